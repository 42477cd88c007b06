"""What is due because of its age: who has to be told that replies will be erased, and which replies to erase now.

Replies to a prompt are kept for the days that a server sets, counted from the prompt's closing. Facilitators are told
a month before. Nothing is erased within a month after that, however late they were told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.models.prompts import Prompt
from bot.text.dates import format_local_date

NOTICE = timedelta(days=30)
"""How long after facilitators were told replies are erased, those of a deleted thread too."""
COPY_KEPT = timedelta(days=7)
"""How long a copy that a migration made is kept."""
LEFT_KEPT = timedelta(days=30)
"""How long the data of a server is kept from which the bot was removed."""

# Neither people's words nor titles in reports hold control characters, so nobody can write such a place.
_DAY = re.compile("\x02([^\x02\x03]*)\x03")


def format_erasure_day(not_before: datetime | None = None) -> str:
    """Keep a place in a report for the day that is NOTICE after the telling, and not before a moment."""
    return f"\x02{'' if not_before is None else not_before.isoformat()}\x03"


def fill_in_days(text: str, told_at: datetime, time_zone: str) -> str:
    """Fill in the days of a report that is posted at a moment, by the server's calendar."""

    def day(place: re.Match[str]) -> str:
        moments = [told_at + NOTICE, *([datetime.fromisoformat(place[1])] if place[1] else [])]
        return format_local_date(max(moments), time_zone)

    return _DAY.sub(day, text)


def is_told_in(message: str, text: str) -> bool:
    """Say whether a message is a report, on whatever day it was sent. Discord takes spaces off both ends."""
    parts = [re.escape(part) for part in _DAY.split(text.strip())[::2]]
    return re.fullmatch("[^\n]+?".join(parts), message.strip()) is not None


@dataclass(frozen=True, slots=True)
class KeptPrompt:
    """A closed prompt whose replies are kept, with the moment of its closing and the days that its server keeps it."""

    prompt: Prompt
    closed_at: datetime
    days: int

    @property
    def over_at(self) -> datetime:
        """When the time of its replies is over."""
        return self.closed_at + timedelta(days=self.days)

    @property
    def told_at(self) -> datetime | None:
        """When facilitators were told of this moment.

        What they were told when replies were kept less long counts no more: they believe that it was put off.
        """
        told = self.prompt.retention_told_at
        return None if told is None or told < self.over_at - NOTICE else told

    def is_to_tell(self, now: datetime) -> bool:
        """Say whether facilitators should be told now."""
        return self.told_at is None and now >= self.over_at - NOTICE

    def is_forgotten(self) -> bool:
        """Say whether they were told, and it counts no more."""
        return self.told_at is None and self.prompt.retention_told_at is not None

    def may_wait_no_longer(self, now: datetime) -> bool:
        """Say whether the month for telling has passed: a server where nobody can be told keeps nothing for ever."""
        return now >= self.over_at

    def erased_at(self, told_at: datetime) -> datetime:
        """Say when the replies are erased if facilitators were told at a moment."""
        return max(self.over_at, told_at + NOTICE)

    def is_over(self, now: datetime) -> bool:
        """Say whether the replies are to be erased now."""
        return self.told_at is not None and now >= self.erased_at(self.told_at)
