"""When a prompt's thread is reminded: half-way, never in quiet hours, never while people talk there."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState
from bot.models.settings import GuildSettings
from bot.prompts.schedule import find_instant
from bot.text.clean import clean_line

LEAST_LEFT = timedelta(days=1)
"""With less than this left until closing, no reminder is posted."""
CALM = timedelta(hours=12)
"""How long a thread has to be still: where people talk, no reminder is needed."""
FROM_PEOPLE = 5
START = "Reminder:"
NOT_A_TIME = "That isn’t a time. Type hours and minutes, like 20:00."
OPEN_UNTIL = "This question is open until {date}."
HAVE_REPLIED = " {people} people have replied so far."


def remind_at(prompt: Prompt, settings: GuildSettings, last_message_at: datetime | None) -> datetime | None:
    """Say when a prompt's reminder is due, as aware UTC; None if none is to be posted, or no more.

    Half-way between posting and closing, put off until the thread was still for CALM and to the end of quiet hours.
    """
    if not settings.reminders or prompt.state is not PromptState.OPEN or prompt.posted_at is None:
        return None
    if prompt.reminder_id is not None or prompt.gone_at is not None or prompt.thread_id is None:
        return None
    half_way = prompt.posted_at + (prompt.closes_at - prompt.posted_at) / 2
    calm = half_way if last_message_at is None else max(half_way, last_message_at + CALM)
    due = skip_quiet_hours(calm, settings)
    return due if is_in_time(prompt, due) else None


def is_in_time(prompt: Prompt, moment: datetime) -> bool:
    """Say whether a reminder at a moment leaves people a day."""
    return prompt.closes_at - moment >= LEAST_LEFT


def skip_quiet_hours(moment: datetime, settings: GuildSettings) -> datetime:
    """Return the moment itself, or the end of the server's quiet hours where it lies in them; aware UTC.

    Clocks of the server's zone count, also if they are changed that night.
    """
    zone, until = ZoneInfo(settings.time_zone), read_time(settings.quiet_to)
    for _ in range(3):  # a clock change may put the end of one quiet time into the next
        if not is_quiet(moment, settings):
            break
        day = moment.astimezone(zone).date()
        ends = (find_instant(datetime.combine(day + timedelta(days=days), until), zone) for days in (0, 1, 2))
        moment = next(end for end in ends if end > moment)
    return moment


def is_quiet(moment: datetime, settings: GuildSettings) -> bool:
    """Say whether the server's clocks show a quiet hour. The same time twice means that none is quiet."""
    start, end = read_time(settings.quiet_from), read_time(settings.quiet_to)
    local = moment.astimezone(ZoneInfo(settings.time_zone)).time()
    return start <= local < end if start <= end else local >= start or local < end


def read_time(typed: str) -> time:
    """Return a local time that was typed, such as 8:00 or 20:30. Raises UserError for anything else."""
    hours, _, minutes = typed.strip().partition(":")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in (hours, minutes)):
        raise UserError(NOT_A_TIME)
    if int(hours) > 23 or int(minutes) > 59 or len(minutes) != 2:
        raise UserError(NOT_A_TIME)
    return time(int(hours), int(minutes))


def reminder_text(prompt: Prompt, people: int, closes: str) -> str:
    """The reminder, not escaped; ``people`` are those whose replies are in the thread, ``closes`` is a date."""
    said = HAVE_REPLIED.format(people=people) if people >= FROM_PEOPLE else ""
    return f"{START} {clean_line(prompt.wording.question)}\n{OPEN_UNTIL.format(date=closes)}{said}"
