"""Decide what becomes of points: outcomes given and changed, with a line in the log of what organisers did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.errors import UserError
from bot.models.actions import OUTCOME_CHANGED, OUTCOME_GIVEN
from bot.models.outcomes import Decision, Outcome, PointRef
from bot.outcomes.decision import read_decision
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.store import Store

NOTHING_CHANGED = "Nothing would change. Give at least one option another value."


async def give_outcome(
    store: Store,
    guild_id: int,
    refs: Sequence[PointRef],
    decided: Decision,
    *,
    channels: Sequence[int],
    user_id: int,
    now: datetime,
) -> Outcome:
    """Keep an outcome of points, to be posted in ``channels``, and log it. Raises UserError if it is refused."""
    await check_outcome(store, guild_id, refs, decided)
    outcome = await store.outcomes.add(guild_id, refs, decided, user_id=user_id, channels=channels, now=now)
    await _log(store, outcome, OUTCOME_GIVEN, user_id, now)
    return outcome


async def change_outcome(
    store: Store,
    guild_id: int,
    outcome_id: int,
    *,
    state: str | None,
    what: str | None,
    reason: str | None,
    owner: str | None,
    due: str | None,
    user_id: int,
    now: datetime,
) -> Outcome:
    """Change an outcome, and log it; what is None stays. Raises UserError if nothing would change, or refused."""
    before = await store.outcomes.get(guild_id, outcome_id)
    decided = read_decision(before.decided, state=state, what=what, reason=reason, owner=owner, due=due)
    if decided == before.decided:
        raise UserError(NOTHING_CHANGED)
    await check_outcome(store, guild_id, before.points, decided)
    # Somebody else may have changed it meanwhile, which the number of changes tells.
    after = await store.outcomes.change(guild_id, before.id, decided, user_id=user_id, now=now, changes=before.changes)
    await _log(store, after, OUTCOME_CHANGED, user_id, now)
    return after


async def check_outcome(store: Store, guild_id: int, refs: Sequence[PointRef], decided: Decision) -> None:
    """Raise UserError where what is decided holds words of staff."""
    typed = decided.what, decided.reason, decided.owner
    await refuse_borrowed_words(store, guild_id, *typed, prompt_ids={ref.prompt_id for ref in refs})


async def _log(store: Store, outcome: Outcome, action: str, user_id: int, now: datetime) -> None:
    subject = f"outcome {outcome.id} of {', '.join(map(str, outcome.points))}"[:200]
    prompt_id = outcome.points[0].prompt_id
    await store.audit_log.note(outcome.guild_id, action, subject, user_id=user_id, prompt_id=prompt_id, now=now)
