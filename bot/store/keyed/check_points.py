"""What becomes of checks when replies are erased: their points follow the summaries, so that deletion reaches them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.checks import CheckPoint, CheckState
from bot.store.encryption import Sealer
from bot.store.keyed.check_rows import check_of, sealed_points
from bot.store.tables import checks, summaries, views
from bot.summaries.io.codec import summary_from_json
from bot.summaries.output.point_groups import is_verbatim, point_heading


async def follow_summaries(connection: AsyncConnection, sealer: Sealer, prompt_id: int, before: str) -> None:
    """Give the points of a prompt's checks the headings of today, after a summary that said ``before`` changed.

    A point that no summary of the prompt holds any more loses its words. What people said of it stays.
    """
    rows = (await connection.execute(select(checks).where(checks.c.prompt_id == prompt_id))).mappings().all()
    if not rows:
        return
    query = select(summaries).where(summaries.c.prompt_id == prompt_id).order_by(summaries.c.id)
    held = (await connection.execute(query)).mappings().all()
    now = _points(sealer.open(one["sealed"], f"summaries:{one['row']}", one["key_id"]) for one in held)
    changed = {ref: now.get(ref, CheckPoint(ref, "")) for ref, old in _points([before]).items() if now.get(ref) != old}
    for row in rows:
        old = check_of(row, sealer).points
        new = tuple(changed.get(point.ref, point) for point in old)
        if new != old:
            values = sealed_points(new, row["row"], sealer)
            await connection.execute(update(checks).where(checks.c.id == row["id"]).values(values))


async def without_words(connection: AsyncConnection, sealer: Sealer, prompt_id: int) -> bool:
    """Take the words of staff out of the points of a prompt's checks; headings of facilitators stay.

    Returns whether there were any.
    """
    rows = (await connection.execute(select(checks).where(checks.c.prompt_id == prompt_id))).mappings().all()
    changed = False
    for row in rows:
        old = check_of(row, sealer).points
        new = tuple(replace(point, heading="") if point.verbatim else point for point in old)
        if new != old:
            values = sealed_points(new, row["row"], sealer)
            await connection.execute(update(checks).where(checks.c.id == row["id"]).values(values))
            changed = True
    return changed


async def end_for_good(connection: AsyncConnection, prompt_id: int, now: datetime) -> bool:
    """End the checks of a prompt whose replies are erased. Returns whether any was open, or had views that went.

    Views that are not released may hold words, so they are erased. Of the others, counts alone are left.
    """
    of_prompt = checks.c.prompt_id == prompt_id
    unreleased = select(checks.c.id).where(of_prompt, checks.c.released_at.is_(None))
    gone = await connection.execute(delete(views).where(views.c.check_id.in_(unreleased)))
    is_open = of_prompt, checks.c.state == CheckState.OPEN
    ended = await connection.execute(update(checks).where(*is_open).values(state=CheckState.ENDED, ends_at=now))
    return bool(gone.rowcount or ended.rowcount)


def _points(bodies: Iterable[str]) -> dict[str, CheckPoint]:
    """The points of stored summaries by their names; the last one that has a name counts."""
    found = {}
    for body in bodies:
        try:
            points = summary_from_json(body).points
        except ValueError:  # not a summary: it can have no points
            continue
        named = (point for point in points if point.ref)
        found.update({point.ref: CheckPoint(point.ref, point_heading(point), is_verbatim(point)) for point in named})
    return found
