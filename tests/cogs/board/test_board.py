"""/summary board and show: from a series that was reviewed to its paper, and from the paper back to the messages."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from docx import Document

from bot.board.readiness import DRAFT_WAITS, NOT_SETTLED
from bot.board.template import BROKEN
from bot.models.checks import CheckPoint
from bot.models.outcomes import Decided, OutcomeState, PointRef
from bot.models.reviews import DropPoint
from bot.models.views import Choice
from bot.services.checks import release_checks
from cogs.board.point_card import CONFIRMED, FOUND
from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import Discussion, discuss, new_series
from tests.wording import says
from tests.world import World, shown

ASK = "Agree to staff nights."
NAMES = ["board-paper.docx", "board-paper.html", "board-points.csv", "board-prompts.csv"]


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


async def test_a_paper_is_made_only_when_nothing_is_left_to_do(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    refused = await organiser.slash(world.prompts, "summary board")
    assert says(shown(refused), DRAFT_WAITS)

    await reviewed(sitting)
    summary, *_ = await world.store.summaries.shared(sitting.discussion.prompt.id)
    await world.store.objections.add(
        guild_id=world.guild.id, summary_id=summary.id, user_id=5, text="I meant days.", now=world.env.now()
    )
    refused = await organiser.slash(world.prompts, "summary board")
    assert says(shown(refused), NOT_SETTLED, answers="1 answer")
    assert "I meant days" not in shown(refused)


async def test_a_paper_comes_as_files_with_the_template_and_is_noted_in_the_log(sitting: Sitting) -> None:
    world, organiser = sitting.world, sitting.world.organiser
    await reviewed(sitting)
    ref = PointRef(sitting.discussion.prompt.id, "1")
    decided = Decided(OutcomeState.DOING, "A third nurse on nights")
    await world.store.outcomes.add(world.guild.id, [ref], decided, user_id=1, channels=[], now=world.env.now())
    await checked(sitting, ref)
    form = await organiser.slash(world.prompts, "summary board")
    files = await sent(await organiser.submit_modal(form, {"ask": ASK, "template": ("own.docx", own_template())}))

    assert list(files) == NAMES
    document = Document(io.BytesIO(files["board-paper.docx"]))
    assert document.sections[0].footer.paragraphs[0].text == "Heron Trust"
    page = files["board-paper.html"].decode()
    assert ASK in page
    assert str(ref) in page
    assert "Doing: A third nurse on nights." in page
    assert "When we asked staff again, 6 people said “same here”." in page
    first = list(csv.reader(io.StringIO(files["board-points.csv"].decode("utf-8-sig"))))[1]
    assert (first[1], first[3], first[5]) == (str(ref), "(not quoted)", "3")
    (noted,) = [one for one in await world.store.audit_log.of_guild(world.guild.id) if one.action == "export"]
    assert noted.subject == f"board paper of series 1: {', '.join(NAMES)}"


async def test_a_file_that_is_no_template_is_refused_with_what_to_do(sitting: Sitting) -> None:
    await reviewed(sitting)
    organiser = sitting.world.organiser
    form = await organiser.slash(sitting.world.prompts, "summary board")
    refused = await organiser.submit_modal(form, {"ask": ASK, "template": ("own.docx", b"no Word file")})
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
