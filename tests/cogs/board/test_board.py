"""/summary board and show: from a series that was reviewed to its paper, and from the paper back to the messages."""

from __future__ import annotations

import csv
import io

import discord
from docx import Document

from bot.board.left_out import UNWORDED
from bot.board.readiness import DRAFT_WAITS, NOT_SETTLED
from bot.board.template import BROKEN
from bot.models.outcomes import Decision, OutcomeState, PointRef
from cogs.board.commands import LEFT_OUT
from cogs.board.paper_card import MAKE, OLD_SUMMARY
from cogs.prompts.autocomplete import MANY_SERIES
from tests.cogs.board.papers import ASK, NAMES, checked, fill_in, is_off, make, own_template, press_form, reviewed, sent
from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import discuss, new_series
from tests.permissions.walk import said
from tests.wording import says
from tests.world import shown


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
    decided = Decision(OutcomeState.DOING, "A third nurse on nights")
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
    assert "3 people: 1 wrote it, 2 said “same here”. Checked by a facilitator." in card
    assert "“Same here” adds up like this: 2 people answered." in card
    assert card.count(f"https://discord.com/channels/{world.guild.id}/{prompt.thread_id}/") == 3

    for wrong, told in (("P1", "looks like P12-3"), (f"P{prompt.id}-9", "No point has this reference now")):
        assert told in shown(await organiser.slash(world.prompts, "summary show", reference=wrong))


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
