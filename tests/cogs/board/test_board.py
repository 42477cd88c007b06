"""/summary board and show: from a series that was reviewed to its paper, and from the paper back to the messages."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import discord
import pytest
from docx import Document
from simcord.enums import InteractionType

from bot.board.fields import FIELDS
from bot.board.left_out import UNWORDED
from bot.board.readiness import DRAFT_WAITS, NOT_SETTLED
from bot.board.template import BROKEN
from bot.models.checks import CheckPoint
from bot.models.outcomes import Decided, OutcomeState, PointRef
from bot.models.prompts import Series
from bot.models.reviews import DropPoint
from bot.models.views import Choice
from bot.outcomes.owners import PERSON
from bot.services.borrowed_words import BORROWED
from bot.services.checks import release_checks
from bot.services.paper_fields import AskedQuestion, read_fields
from cogs.board.commands import LEFT_OUT
from cogs.board.forms import split_form
from cogs.board.paper_card import MAKE, NO_ASK, OLD_SUMMARY
from cogs.board.paper_forms import A_ROLE, LIKE_A_NAME
from cogs.board.point_card import CONFIRMED, FOUND
from cogs.outcomes.commands import FOLLOW_UP
from cogs.prompts.autocomplete import MANY_SERIES
from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import Discussion, discuss, new_series
from tests.permission_walk import a_card, said, send
from tests.wording import says
from tests.world import World, form_parts, shown

ASK = "Agree to staff nights."
NAMES = ["board-paper.docx", "board-paper.pdf", "board-paper.html", "board-points.csv", "board-prompts.csv"]


def own_template() -> bytes:
    document, out = Document(), io.BytesIO()
    document.sections[0].footer.paragraphs[0].text = "Heron Trust"
    document.save(out)
    return out.getvalue()


async def sent(result: Any) -> dict[str, bytes]:
    """The files of an answer by their names."""
    return {file.filename: await file.read() for file in result.response.attachments}


@pytest.fixture
async def sitting(world: World) -> Sitting:
    """A reviewer with the draft of a closed prompt of a series."""
    discussion: Discussion = await discuss(world, series=await new_series(world))
    await world.store.prompts.close(discussion.prompt, world.env.now())
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()
    return sitting


async def reviewed(sitting: Sitting) -> None:
    """All points but the first are dropped, that one is confirmed, and the summary is published."""
    draft = await sitting.draft()
    for point in draft.summary.points[1:]:
        draft = await sitting.world.store.drafts.change(draft, 1, DropPoint(point.ref), sitting.world.env.now())
    await sitting.check(1)
    await sitting.publish()


async def checked(sitting: Sitting, ref: PointRef) -> None:
    """Six people tap "Same here" in a check of a point, and it ends."""
    store, guild_id, now = sitting.world.store, sitting.world.guild.id, sitting.world.env.now()
    points = [CheckPoint(ref.ref, "Nights are short of staff")]
    check = await store.checks.start(guild_id, ref.prompt_id, points, ends_at=now, channel_id=1, now=now)
    for person in range(6):
        await store.check_presses.press(check, 500 + person, check.points[0].mark, Choice.SAME, ["0100"])
    await store.checks.end(guild_id, check.id, now)
    await release_checks(store, now)


async def fill_in(sitting: Sitting, card: Any, label: str, **values: Any) -> Any:
    """The organiser opens one of the card's forms and sends it with these values."""
    opened = await sitting.world.organiser.click(card.response, label=label)
    return await sitting.world.organiser.submit_modal(opened, values)


async def make(sitting: Sitting, **values: Any) -> Any:
    """The organiser writes the ask and makes the paper."""
    card = await sitting.world.organiser.slash(sitting.world.prompts, "summary board")
    await fill_in(sitting, card, "Summary and ask", recommendation=ASK)
    return await fill_in(sitting, card, MAKE, **values)


def is_off(card: Any, label: str) -> bool:
    """Whether a button of the card cannot be pressed."""
    rows = [part for row in card.response.message.components for part in _flat(row.to_dict())]
    return next(bool(part.get("disabled")) for part in rows if part.get("label") == label)


def _flat(part: Any) -> list[Any]:
    return [part, *(inner for child in part.get("components", ()) for inner in _flat(child))]


async def test_a_paper_is_made_only_when_nothing_is_left_to_do(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    refused = await organiser.slash(world.prompts, "summary board")
    assert says(shown(refused), DRAFT_WAITS)
    assert is_off(refused, MAKE)
    made_anyway = await press_form(sitting, "board-form:1")
    assert says(made_anyway, DRAFT_WAITS)

    await reviewed(sitting)
    summary, *_ = await world.store.summaries.shared(sitting.discussion.prompt.id)
    await world.store.objections.add(
        guild_id=world.guild.id, summary_id=summary.id, user_id=5, text="I meant days.", now=world.env.now()
    )
    refused = await organiser.slash(world.prompts, "summary board")
    assert says(shown(refused), NOT_SETTLED, answers="1 answer")
    assert "I meant days" not in shown(refused)


async def test_a_series_that_has_asked_nothing_yet_is_in_nobodys_way(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    await new_series(world, "Next year")

    assert "Board paper: Weekly" in shown(await organiser.slash(world.prompts, "summary board"))


async def test_in_a_thread_its_own_series_is_meant(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    await discuss(world, series=await new_series(world, "Another"))

    assert MANY_SERIES in said(await organiser.slash(world.prompts, "summary board"))
    assert "Board paper: Weekly" in shown(await organiser.slash(sitting.discussion.thread, "summary board"))


async def test_a_paper_comes_as_files_with_the_template_and_is_noted_in_the_log(sitting: Sitting) -> None:
    world = sitting.world
    await reviewed(sitting)
    ref = PointRef(sitting.discussion.prompt.id, "1")
    decided = Decided(OutcomeState.DOING, "A third nurse on nights")
    await world.store.outcomes.add(world.guild.id, [ref], decided, user_id=1, channels=[], now=world.env.now())
    await checked(sitting, ref)
    files = await sent(await make(sitting, template=("own.docx", own_template())))

    assert list(files) == NAMES
    document = Document(io.BytesIO(files["board-paper.docx"]))
    assert document.sections[0].footer.paragraphs[0].text == "Heron Trust"
    page = files["board-paper.html"].decode()
    assert ASK in page
    assert "Under way: A third nurse on nights." in page
    first = list(csv.reader(io.StringIO(files["board-points.csv"].decode("utf-8-sig"))))[1]
    assert (first[1], first[3], first[5], first[9]) == (str(ref), "(not quoted)", "3", "6")
    (noted,) = [one for one in await world.store.audit_log.of_guild(world.guild.id) if one.action == "export"]
    assert noted.subject == f"board paper of series 1: {', '.join(NAMES)}"


async def test_a_file_that_is_no_template_is_refused_with_what_to_do(sitting: Sitting) -> None:
    await reviewed(sitting)
    refused = await make(sitting, template=("own.docx", b"no Word file"))
    assert BROKEN in shown(refused)


async def test_a_reference_leads_to_the_point_its_counts_and_its_messages(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    prompt = sitting.discussion.prompt
    card = shown(await organiser.slash(world.prompts, "summary show", reference=f"p{prompt.id}-1"))
    assert f"P{prompt.id}-1" in card
    assert FOUND.format(people="3 people") in card
    assert CONFIRMED.format(people="3 people") in card
    assert card.count(f"https://discord.com/channels/{world.guild.id}/{prompt.thread_id}/") == 3

    for wrong, told in (("P1", "looks like P12-3"), (f"P{prompt.id}-9", "No point has this reference now")):
        assert told in shown(await organiser.slash(world.prompts, "summary show", reference=wrong))


async def press_form(sitting: Sitting, custom_id: str, **values: str) -> str:
    """Send a form that no card offers now, and read the answer."""
    world = sitting.world
    parts = [{"type": 18, "component": {"type": 4, "custom_id": name, "value": text}} for name, text in values.items()]
    data = {"custom_id": custom_id, "components": parts}
    card = await a_card(world, world.prompts)
    return said(await send(world, world.organiser, world.prompts, card, InteractionType.MODAL_SUBMIT, data))


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


async def the_series(sitting: Sitting) -> Series:
    (series,) = await sitting.world.store.series.of_guild(sitting.world.guild.id)
    return series


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


async def test_points_without_words_are_named_to_the_organiser_and_not_in_the_paper(sitting: Sitting) -> None:
    await reviewed(sitting)
    answer = await make(sitting)
    assert LEFT_OUT in shown(answer)
    assert says(shown(answer), UNWORDED, points=f"P{sitting.discussion.prompt.id}-1", them="it")


async def test_files_stand_by_their_names_so_that_discord_opens_none_of_them_in_the_chat(sitting: Sitting) -> None:
    await reviewed(sitting)
    parts = (await make(sitting)).response.message.components
    shown_files = [part.media.url for part in parts if isinstance(part, discord.FileComponent)]
    assert [url.rsplit("/", 1)[-1].split("?")[0] for url in shown_files] == NAMES


async def test_a_front_sheet_older_than_the_newest_checked_summary_is_named_until_it_is_read_again(
    sitting: Sitting,
) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    card = await organiser.slash(world.prompts, "summary board")
    written = {"summary": "We asked one question.", "recommendation": ASK}
    assert OLD_SUMMARY not in shown(await fill_in(sitting, card, "Summary and ask", **written))
    await reviewed(sitting)
    card = await organiser.slash(world.prompts, "summary board")
    assert OLD_SUMMARY in shown(card)
    assert OLD_SUMMARY in shown(await fill_in(sitting, card, MAKE))
    assert OLD_SUMMARY not in shown(await fill_in(sitting, card, "Summary and ask", **written))
    assert OLD_SUMMARY not in shown(await fill_in(sitting, card, MAKE))


async def test_the_follow_up_paper_comes_from_the_list_of_outcomes(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    ref = PointRef(sitting.discussion.prompt.id, "1")
    decided = Decided(OutcomeState.DOING, "A third nurse on nights", "", "Chief Nurse", date(2020, 1, 1))
    await world.store.outcomes.add(world.guild.id, [ref], decided, user_id=1, channels=[], now=world.env.now())
    listed = await organiser.slash(world.prompts, "outcome list")
    series = await the_series(sitting)
    await new_series(world, "Next year")
    opened = await organiser.click(listed.response, label=FOLLOW_UP)
    assert [each["label"] for each in form_parts(opened)["series"]["options"]] == ["Weekly"]
    files = await sent(await organiser.submit_modal(opened, {"series": [str(series.id)], "held_on": "8 October 2026"}))
    assert list(files) == ["follow-up-paper.docx", "follow-up-paper.pdf", "follow-up-paper.html"]
    page = files["follow-up-paper.html"].decode()
    assert "1 January 2020" in page
    assert "Chief Nurse" in page
    assert ">Late<" in page
    assert "8 October 2026" in page
    noted = [one for one in await world.store.audit_log.of_guild(world.guild.id) if one.action == "export"]
    assert noted[0].subject == f"board paper of series {series.id}: {', '.join(files)}"


async def test_a_follow_up_paper_whose_date_cannot_be_read_gives_back_what_was_typed(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    ref = PointRef(sitting.discussion.prompt.id, "1")
    decided = Decided(OutcomeState.DOING, "A third nurse on nights")
    await world.store.outcomes.add(world.guild.id, [ref], decided, user_id=1, channels=[], now=world.env.now())
    listed = await organiser.slash(world.prompts, "outcome list")
    opened = await organiser.click(listed.response, label=FOLLOW_UP)
    series = await the_series(sitting)
    typed = {"held_on": "the 31st of Febuary", "agenda_item": "Item 9, after the break"}
    refused = await organiser.submit_modal(opened, {"series": [str(series.id)], **typed})

    assert all(text in shown(refused) for text in typed.values())
