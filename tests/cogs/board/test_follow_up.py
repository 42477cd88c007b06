"""The follow-up paper of a series, from the list of its outcomes."""

from __future__ import annotations

from datetime import date

from bot.models.outcomes import Decision, OutcomeState, PointRef
from cogs.outcomes.lists import FOLLOW_UP
from tests.cogs.board.papers import reviewed, sent, the_series
from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import new_series
from tests.world import form_parts, shown


async def test_the_follow_up_paper_comes_from_the_list_of_outcomes(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    ref = PointRef(sitting.discussion.prompt.id, "1")
    decided = Decision(OutcomeState.DOING, "A third nurse on nights", "", "Chief Nurse", date(2020, 1, 1))
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
    decided = Decision(OutcomeState.DOING, "A third nurse on nights")
    await world.store.outcomes.add(world.guild.id, [ref], decided, user_id=1, channels=[], now=world.env.now())
    listed = await organiser.slash(world.prompts, "outcome list")
    opened = await organiser.click(listed.response, label=FOLLOW_UP)
    series = await the_series(sitting)
    typed = {"held_on": "the 31st of Febuary", "agenda_item": "Item 9, after the break"}
    refused = await organiser.submit_modal(opened, {"series": [str(series.id)], **typed})

    assert all(text in shown(refused) for text in typed.values())
