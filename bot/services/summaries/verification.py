"""Hold stored summaries against the stored replies, without anybody's words in the verdict."""

from __future__ import annotations

from dataclasses import replace

from bot.board.references import GONE, find_point, name_points, read_reference
from bot.errors import UserError
from bot.models.outcomes import PointRef
from bot.models.summaries import KeyPoint, SharedSummary, Summary
from bot.services.replies.readable_replies import load_readable
from bot.store import Store, StoreError
from bot.store.encryption.sealer import ChangedRowError
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.lifecycle.record import Record
from bot.summaries.proof.verdict import Verdict, verify
from bot.views.proof import check_views

CHANGED = Verdict(0, 0, ("Something that is stored for it was changed by hand or is damaged.",))
UNREADABLE = Verdict(0, 0, ("What is stored isn’t a summary.",))
NO_PROMPT = Verdict(0, 0, ("Its prompt isn’t stored.",))


async def verify_summaries(store: Store) -> list[tuple[SharedSummary, Verdict]]:
    """Check every stored summary. Raises ChangedRowError if one of them does not open."""
    return [(shared, await verify_summary(store, shared)) for shared in await store.summaries.shared()]


async def verify_point(store: Store, written: str) -> list[tuple[PointRef, KeyPoint, SharedSummary, Verdict]]:
    """Check every summary that has the point which a reference names. Raises UserError if none has it."""
    ref = read_reference(written)
    checked = []
    for shared in await store.summaries.shared(ref.prompt_id):
        summary = _summary_of(shared)
        if summary is not None and any(point.ref == ref.ref for point in summary.points):
            checked.append((ref, find_point(summary, ref), shared, await verify_summary(store, shared)))
    if not checked:
        raise UserError(GONE)
    return checked


async def verify_summary(store: Store, shared: SharedSummary) -> Verdict:
    """Check one summary; a faulty one twice.

    One whose replies, or what else it is compared with, do not open is faulty. Beside a running bot, a reply may be
    erased after the summary was read and before its replies are.
    """
    result = await _check(store, shared)
    if not result.problems:
        return result
    now = await store.summaries.shared(shared.prompt_id)
    again = next((recorded for recorded in now if recorded.id == shared.id), None)
    return result if again is None else await _check(store, again)


def _summary_of(shared: SharedSummary) -> Summary | None:
    try:
        return name_points(Record.from_json(shared.body).summary)
    except ValueError:
        return None


async def _check(store: Store, shared: SharedSummary) -> Verdict:
    try:
        return await _hold(store, shared)
    except ChangedRowError:
        return CHANGED


async def _hold(store: Store, shared: SharedSummary) -> Verdict:
    try:
        record = Record.from_json(shared.body)
    except ValueError:
        return UNREADABLE
    try:
        prompt = await store.prompts.get(shared.guild_id, shared.prompt_id)
    except StoreError:
        raise
    except UserError:
        return NO_PROMPT
    read = await load_readable(store, shared.prompt_id, shared.guild_id)
    verdict = verify(record.summary, thread_of(prompt, read.stored, read.private), record.held)
    return replace(verdict, problems=(*verdict.problems, *check_views(record.summary, read.views, read.replies)))
