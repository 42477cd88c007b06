"""The card of the board paper and its forms: what is filled in, what is missing, and what they refuse."""

from __future__ import annotations

from bot.board.fields import FIELDS
from bot.outcomes.owners import PERSON
from bot.services.paper_fields import AskedQuestion, read_fields
from bot.services.replies.borrowed_words import BORROWED
from cogs.board.forms import split_form
from cogs.board.paper_card import MAKE, NO_ASK
from cogs.board.paper_forms import A_ROLE, LIKE_A_NAME
from tests.cogs.board.papers import ASK, fill_in, is_off, make, reviewed, sent, the_series
from tests.cogs.review.sitting import Sitting
from tests.wording import says
from tests.world import form_parts, shown


async def test_the_card_says_what_is_filled_in_and_what_is_missing_and_remembers_it(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    card = await organiser.slash(world.prompts, "summary board")
    text = shown(card)
    assert all(each.label in text for each in FIELDS)
    assert NO_ASK in text
    assert is_off(card, MAKE)

    await fill_in(sitting, card, "Meeting and title", organisation="Heron *Trust*", held_on="6 September 2026")
    await fill_in(sitting, card, "Sponsor and author", sponsor=["Chief Nurse"], author=["Matron"], purpose="decision")
    await fill_in(sitting, card, "Summary and ask", summary="One.\nTwo.", recommendation=ASK)
    await fill_in(sitting, card, "Risks and equality", register="BAF 3")
    card = await organiser.slash(world.prompts, "summary board")
    text = shown(card)
    for said_ in (
        "Heron \\*Trust\\*",
        "6 September 2026",
        "Chief Nurse",
        "Matron",
        "For decision",
        "One. Two.",
        "BAF 3",
    ):
        assert said_ in text
    assert not is_off(card, MAKE)
    opened = await organiser.click(card.response, label="Meeting and title")
    assert form_parts(opened)["organisation"]["value"] == "Heron *Trust*"
    assert len(opened.modal["components"]) == 5

    page = (await sent(await fill_in(sitting, card, MAKE)))["board-paper.html"].decode()
    assert "Heron *Trust*" in page
    assert "BAF 3" in page
    assert "To be completed" in page


async def test_a_date_that_cannot_be_read_is_named_and_the_rest_of_its_form_is_kept(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    card = await organiser.slash(world.prompts, "summary board")
    await fill_in(sitting, card, "Meeting and title", held_on="14/1/27")
    told = await fill_in(sitting, card, "Meeting and title", meeting="Trust Board", held_on="soon", agenda_item="Nine")

    assert "“Date of meeting”: That doesn’t look like a date." in shown(told)
    assert "The rest of the form is saved." in shown(told)
    text = shown(await organiser.slash(world.prompts, "summary board"))
    for kept in ("Trust Board", "Nine", "14 January 2027"):
        assert kept in text


async def test_words_of_staff_are_refused_on_every_form_of_the_card(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    (reply, *_) = await world.store.replies.of_prompt(sitting.discussion.prompt.id)
    card = await organiser.slash(world.prompts, "summary board")
    for label, name in (
        ("Meeting and title", "title"),
        ("Summary and ask", "summary"),
        ("Risks and equality", "risks"),
    ):
        assert BORROWED in shown(await fill_in(sitting, card, label, **{name: reply.text[:120]}))
    theme = {"theme": " ".join(reply.text.split()[:8]), "points": [f"P{sitting.discussion.prompt.id}-1"]}
    assert BORROWED in shown(await fill_in(sitting, card, "Themes", **theme))
    sides = {"about": [str(sitting.discussion.prompt.id)], "matter": "Nights", "one": reply.text[:200], "other": "No."}
    assert BORROWED in shown(await fill_in(sitting, card, "Where opinion is split", **sides))
    assert await world.store.board_papers.newest(world.guild.id) is None


async def test_a_role_that_reads_like_a_name_is_asked_about_once_more(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    card = await organiser.slash(world.prompts, "summary board")
    person = {"which": "author", "role": "Staff Experience Lead", "asked": "person"}
    assert PERSON in shown(await fill_in(sitting, card, "Another role", **person))
    await fill_in(sitting, card, "Another role", **{**person, "asked": "role"})
    assert (await read_fields(world.store, await the_series(sitting))).author == "Staff Experience Lead"

    named = {"which": "sponsor", "role": "Mary Seacole", "asked": "role"}
    warned = await fill_in(sitting, card, "Another role", **named)
    assert says(shown(warned), LIKE_A_NAME, role="Mary Seacole")
    assert (await read_fields(world.store, await the_series(sitting))).sponsor == ""
    opened = await organiser.click(warned.followups[-1], label=A_ROLE)
    await organiser.submit_modal(opened, named)
    assert (await read_fields(world.store, await the_series(sitting))).sponsor == "Mary Seacole"


async def test_themes_and_both_sides_in_own_words_come_into_the_paper(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    await world.store.people.choose(world.guild.id, world.staff[0].id, quotes=True)
    prompt = sitting.discussion.prompt
    card = await organiser.slash(world.prompts, "summary board")
    themed = await fill_in(sitting, card, "Themes", theme="Nights", points=[f"P{prompt.id}-1"])
    assert "Nights (1 point)" in shown(themed)
    sides = {"matter": "Walking the floor", "one": "Some value it.", "other": "Some want action."}
    await fill_in(sitting, card, "Where opinion is split", about=[str(prompt.id)], **sides)
    page = (await sent(await make(sitting)))["board-paper.html"].decode()
    assert "Walking the floor (facilitator’s words)" in page
    assert "Some want action." in page
    kept = await read_fields(world.store, await the_series(sitting))
    assert [theme.name for theme in kept.themes] == ["Nights"]


async def test_the_form_for_both_sides_says_what_opinion_is_split_on(sitting: Sitting) -> None:
    prompt = sitting.discussion.prompt
    asked = [AskedQuestion(prompt, ("There must be a limit to a team",)), AskedQuestion(prompt, ())]
    (question, *_) = split_form(1, asked).to_dict()["components"]
    told = [each.get("description") for each in question["component"]["options"]]

    assert told == ["Split on: There must be a limit to a team", None]
