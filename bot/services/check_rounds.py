"""What people press about the points of a check: what they are asked, what is theirs, and the counting at the end."""

from __future__ import annotations

from datetime import datetime

from bot.errors import UserError
from bot.models.checks import Check, CheckState
from bot.models.views import OpenRound, OwnPresses, Subject
from bot.store import Store
from bot.store.keyed.check_presses import NOT_OPEN


async def find_open_check(store: Store, guild_id: int, claim: str, now: datetime) -> Check:
    """Find the open check of this server that a button names. Raises UserError for any other."""
    check = await store.checks.by_claim(guild_id, claim)
    # People are told until when somebody could find out; so nothing is taken after that, even if the bot is late.
    if check.state is not CheckState.OPEN or check.ends_at <= now:
        raise UserError(NOT_OPEN)
    return check


async def find_check_round(store: Store, guild_id: int, claim: str, user_id: int, now: datetime) -> OpenRound:
    """Find what a person can be asked by the button of a check's card: its points, in their order.

    Raises UserError if the check takes no presses.
    """
    check = await find_open_check(store, guild_id, claim, now)
    prompt = await store.prompts.get(guild_id, check.prompt_id)
    subjects = {point.mark: Subject(point.mark, point.heading, point.verbatim) for point in check.asked}
    pressed = await store.check_presses.own(check, user_id, tuple(subjects))
    left = tuple(mark for mark in subjects if mark not in pressed)
    has_thread = prompt.thread_id is not None and prompt.gone_at is None
    return OpenRound(check, check.ends_at, subjects, pressed, left, prompt.claim if has_thread else "")


async def find_own_check_presses(store: Store, guild_id: int, user_id: int) -> tuple[OwnPresses, ...]:
    """Find what a person pressed about points of checks, as long as anybody can tell."""
    own = []
    for check in await store.checks.of_unreleased(guild_id):
        words = {point.mark: point.heading for point in check.points}
        marks = list_marks(check)
        pressed = await store.check_presses.own(check, user_id, marks)
        if pressed:
            in_order = (mark for mark in marks if mark in pressed)
            own.append(OwnPresses(check, tuple((words.get(mark, ""), pressed[mark]) for mark in in_order)))
    return tuple(own)


def list_marks(check: Check) -> tuple[str, ...]:
    """List the marks that the points of a check have, or had before they got other words."""
    return tuple(mark for point in check.points for mark in point.marks)


async def follow_check(store: Store, check: Check) -> None:
    """Erase what was pressed about words that the points of an open check no longer have."""
    if check.state is CheckState.OPEN:
        await store.check_presses.drop_orphans(check, [point.mark for point in check.asked])


async def count_check_presses(store: Store, check: Check) -> None:
    """Count what was pressed about the points of a check, once, while its key is there; only totals are kept."""
    if not await store.check_presses.has_uncounted(check):
        return
    counted = await store.check_presses.count(check, {point.mark: () for point in check.asked})
    if counted is not None:
        await store.check_presses.keep_totals(check, *counted)
