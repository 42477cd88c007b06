"""Checks: started on published points, answered and taken back while they are open, ended on time and released."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UserError
from bot.models.checks import Check, CheckPoint, CheckState
from bot.models.private import LEAST_SHOWN, Quoting
from bot.models.prompts import Prompt
from bot.outcomes.points import PublishedPoint
from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.word_list import KnownWords
from bot.services.check_rounds import count_check_presses
from bot.services.replies.private_replies import redact_private
from bot.store import Store, StoreError
from bot.summaries.output.point_groups import ERASED, is_verbatim, point_heading
from bot.text.dates import local_date
from bot.text.words import count_people

log = logging.getLogger(__name__)

NOT_CHECKED = "Publish a checked summary first: /summary draft."
FEW_POINTS = "No point of this summary has {people} or more. Choose a smaller number with the option people."
NOTHING_TO_TAKE_BACK = "You have no private reply here."


@dataclass(frozen=True, slots=True)
class ReleasedChecks:
    """What a round released: the prompts whose checks can be read now, and whether no trace is left of any key."""

    prompt_ids: tuple[int, ...]
    is_complete: bool


def choose_points(published: Sequence[PublishedPoint], least: int) -> list[CheckPoint]:
    """Choose the points that a check asks about, with their words.

    They are those of at least ``least`` people, and those of at least LEAST_SHOWN private replies.

    ``published`` are the points of the prompt's newest checked summary. Raises UserError if none is left.
    """
    if not published:
        raise UserError(NOT_CHECKED)
    # Private replies by their own number, never by ``least``: with that, an organiser could count those of a point.
    shared = [row for row in published if row.point.total >= least or row.point.private >= LEAST_SHOWN]
    points = [CheckPoint(row.ref.ref, point_heading(row.point), is_verbatim(row.point)) for row in shared]
    points = [point for point in points if point.heading != ERASED]
    if not points:
        raise UserError(FEW_POINTS.format(people=count_people(least)))
    return points


async def find_running_check(store: Store, prompt: Prompt) -> Check | None:
    """Find the check of a prompt that is open; None without one."""
    checks = await store.checks.of_prompt(prompt.id)
    return next((check for check in checks if check.state is CheckState.OPEN), None)


async def keep_missing(
    store: Store, check: Check, user_id: int, *, text: str, quoting: Quoting, own_words: KnownWords, now: datetime
) -> tuple[str, Mapping[Identifier, int]]:
    """Keep what a person says is missing. Returns the code that erases it, and what was removed from it.

    Raises UserError if it is refused.
    """
    words, removed = await asyncio.to_thread(redact_private, text, own_words)
    zone = (await store.settings.of(check.guild_id)).time_zone
    today = local_date(now, zone)
    return await store.checks.keep_words(check, user_id, text=words, quoting=quoting, today=today), removed


async def take_back_missing(store: Store, check: Check, user_id: int) -> str:
    """Erase what a person said is missing, and return it. Raises UserError if there is nothing."""
    words = await store.checks.own(check, user_id)
    if words is None or not await store.checks.withdraw_own(check, user_id):
        raise UserError(NOTHING_TO_TAKE_BACK)
    return words.text


async def end_due_checks(store: Store, now: datetime) -> None:
    """End the checks whose time is over."""
    for check in await store.checks.open_checks():
        if check.ends_at <= now:
            await store.checks.end(check.guild_id, check.id, now)


async def release_checks(store: Store, now: datetime) -> ReleasedChecks:
    """Release the checks that have ended: what was pressed is counted first, since their keys are destroyed then."""
    prompt_ids: list[int] = []
    try:
        for check in await store.checks.to_release():
            await count_check_presses(store, check)
            released = await store.checks.release(check, now)
            prompt_ids += [] if released is None else [check.prompt_id]  # kept whatever fails afterwards
        is_complete = await store.checks.tidy()
    except StoreError as error:  # of one of the two files, so that no other check would fare better
        log.warning("checks are not released yet: %s", error)
        is_complete = False
    return ReleasedChecks(tuple(prompt_ids), is_complete)
