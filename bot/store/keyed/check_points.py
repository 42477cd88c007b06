"""Checks as they are stored, with their points, which follow the summaries: so deletion reaches them too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.checks import NOWHERE, Check, CheckPoint, CheckState
from bot.models.summaries import KeyPoint
from bot.store.encryption.sealer import Sealer
from bot.store.repository import write_rows
from bot.store.schema.sealed_columns import Row, open_column, seal_column
from bot.store.tables import check_words, checks, pressers, presses, summaries
from bot.summaries.io.codec import summary_from_json
from bot.summaries.output.point_groups import ERASED, is_verbatim, point_heading
from bot.views.statement_edits import say_same, split


def open_check(row: RowMapping, sealer: Sealer) -> Check:
    """Return a check as it is stored, with its points."""
    points = json.loads(open_column(sealer, checks, row))
    return Check(
        id=row["id"],
        guild_id=row["guild_id"],
        prompt_id=row["prompt_id"],
        claim=row["claim"],
        state=CheckState(row["state"]),
        points=tuple(_point(place, *values) for place, values in enumerate(points, 1)),
        started_at=row["started_at"],
        ends_at=row["ends_at"],
        released_at=row["released_at"],
        channel_id=row["channel_id"],
        message_id=_message(row["message_id"]),
        result_id=_message(row["result_id"]),
    )


def _point(place: int, ref: str, heading: str, verbatim: bool, mark: str = "") -> CheckPoint:
    return CheckPoint(ref, heading, verbatim, mark or f"{place:02}00")


def _message(stored: int | None) -> int | None:
    return NOWHERE if stored is not None and stored < 0 else stored


def seal_points(points: Sequence[CheckPoint], row: Row, sealer: Sealer) -> dict[str, Any]:
    """Return the columns that hold a check's points, sealed for its row."""
    body = json.dumps([[point.ref, point.heading, point.verbatim, point.mark] for point in points])
    return seal_column(sealer, checks, row, body)


async def follow_summaries(connection: AsyncConnection, sealer: Sealer, prompt_id: int, before: str) -> None:
    """Give the points of a prompt's checks the headings of today, after a summary that said ``before`` changed.

    A point that no summary of the prompt holds now loses its words. What people pressed about words that are others
    now, but for spelling, is not counted for these.
    """
    rows = (await connection.execute(select(checks).where(checks.c.prompt_id == prompt_id))).mappings().all()
    if not rows:
        return
    query = select(summaries).where(summaries.c.prompt_id == prompt_id).order_by(summaries.c.id)
    held = (await connection.execute(query)).mappings().all()
    now = _points(open_column(sealer, summaries, summary) for summary in held)
    changed = {ref: now.get(ref, CheckPoint(ref, "")) for ref, old in _points([before]).items() if now.get(ref) != old}
    for row in rows:
        old = open_check(row, sealer).points
        new = tuple(_reword(point, changed.get(point.ref, point)) for point in old)
        if new != old:
            values = seal_points(new, row, sealer)
            await connection.execute(update(checks).where(checks.c.id == row["id"]).values(values))


async def drop_words(connection: AsyncConnection, sealer: Sealer, prompt_id: int) -> bool:
    """Take the words of staff out of the points of a prompt's checks; headings of facilitators stay.

    Returns whether there were any.
    """
    rows = (await connection.execute(select(checks).where(checks.c.prompt_id == prompt_id))).mappings().all()
    changed = False
    for row in rows:
        old = open_check(row, sealer).points
        new = tuple(replace(point, heading="") if point.verbatim else point for point in old)
        if new != old:
            values = seal_points(new, row, sealer)
            await connection.execute(update(checks).where(checks.c.id == row["id"]).values(values))
            changed = True
    return changed


async def end_for_good(connection: AsyncConnection, prompt_id: int, now: datetime) -> bool:
    """End the checks of a prompt whose replies are erased. Returns whether any was open, or had words that went.

    What people wrote and pressed in those that are not released is erased. Only the counts of the others are left.
    """
    of_prompt = checks.c.prompt_id == prompt_id
    unreleased = select(checks.c.id).where(of_prompt, checks.c.released_at.is_(None))
    gone = await write_rows(connection, delete(check_words).where(check_words.c.check_id.in_(unreleased)))
    for rows in (presses, pressers):
        await connection.execute(delete(rows).where(rows.c.check_id.in_(unreleased)))
    is_open = of_prompt, checks.c.state == CheckState.OPEN
    ended = await write_rows(connection, update(checks).where(*is_open).values(state=CheckState.ENDED, ends_at=now))
    return bool(gone or ended)


def _reword(point: CheckPoint, now: CheckPoint) -> CheckPoint:
    is_same = not now.heading or say_same(split(point.heading), split(now.heading))
    edition = int(point.mark[2:]) if is_same else (int(point.mark[2:]) + 1) % 100
    return replace(now, mark=f"{point.mark[:2]}{edition:02}")


def _points(bodies: Iterable[str]) -> dict[str, CheckPoint]:
    """Return the points of stored summaries by their names; the last one that has a name counts."""
    by_ref = {}
    for body in bodies:
        try:
            points = summary_from_json(body).points
        except ValueError:  # not a summary: it can have no points
            continue
        named = (point for point in points if point.ref)
        by_ref.update({point.ref: CheckPoint(point.ref, _heading(point), is_verbatim(point)) for point in named})
    return by_ref


def _heading(point: KeyPoint) -> str:
    """Return a point's words; empty if they were erased."""
    heading = point_heading(point)
    return "" if heading == ERASED else heading
