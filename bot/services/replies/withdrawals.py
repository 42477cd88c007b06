"""Withdrawals by code: noted at once, and done together with all others of the day, so that nobody sees which went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.store import Store
from bot.summaries.io.stored_replies import is_private
from bot.text.dates import format_local_date

HOUR = time(4)
"""The local hour at which a day's withdrawals are done, when few people look."""
NOT_YET = (
    "Someone took back a private reply to “{question}”. Please try again after 4 in the morning on {date}, when it "
    "has gone. Until then, private replies to it can’t be published."
)


def find_next_round(now: datetime, time_zone: str) -> datetime:
    """Return when what is asked for now is done: the next 4 in the morning in a server's time zone, within a day."""
    local = now.astimezone(ZoneInfo(time_zone))
    today = datetime.combine(local.date(), HOUR, local.tzinfo)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), HOUR, local.tzinfo)


async def note_withdrawal(store: Store, guild_id: int, code: str, now: datetime) -> datetime | None:
    """Note that the private reply of a code is to go. Returns when it goes; None if there is none."""
    settings = await store.settings.of(guild_id)
    return await store.withdrawals.note(guild_id, code, find_next_round(now, settings.time_zone))


async def refuse_withdrawn(store: Store, guild_id: int, prompt_id: int, held: Iterable[str]) -> None:
    """Raise UserError where private replies would be published again while one to that prompt is about to go.

    ``held`` are the ids of the replies behind what is to be published, as quotes name them. It is refused whichever
    of them is to go, so that nobody can find out which.
    """
    if not any(is_private(name) for name in held):
        return
    due_at = await store.withdrawals.waits_for(prompt_id)
    if due_at is not None:
        zone = (await store.settings.of(guild_id)).time_zone
        question = (await store.prompts.get(guild_id, prompt_id)).wording.question
        raise UserError(NOT_YET.format(question=question, date=format_local_date(due_at, zone)))
