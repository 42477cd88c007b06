"""What the tests of board papers do: publish a summary, fill in the card’s forms, and read the files."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from simcord.enums import InteractionType

from bot.models.checks import CheckPoint
from bot.models.outcomes import PointRef
from bot.models.prompts import Series
from bot.models.reviews import DropPoint
from bot.models.views import Choice
from bot.services.checks import release_checks
from cogs.board.paper_card import MAKE
from tests.cogs.review.sitting import Sitting
from tests.permissions.walk import a_card, said, send

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


async def press_form(sitting: Sitting, custom_id: str, **values: str) -> str:
    """Send a form that no card offers now, and read the answer."""
    world = sitting.world
    parts = [{"type": 18, "component": {"type": 4, "custom_id": name, "value": text}} for name, text in values.items()]
    data = {"custom_id": custom_id, "components": parts}
    card = await a_card(world, world.prompts)
    return said(await send(world, world.organiser, world.prompts, card, InteractionType.MODAL_SUBMIT, data))


async def the_series(sitting: Sitting) -> Series:
    (series,) = await sitting.world.store.series.of_guild(sitting.world.guild.id)
    return series
