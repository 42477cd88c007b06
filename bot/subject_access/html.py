"""What is held about one person as one HTML file: accessible, printable, without scripts or anything from elsewhere."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.models.personal import PersonData
from bot.render.pages import render_page
from bot.subject_access.account import list_personal_data
from bot.text.dates import format_local_date


def render_account(data: PersonData, made_at: datetime, time_zone: str) -> bytes:
    """Render the whole file in UTF-8, with times in an IANA time zone. The same data gives the same file."""

    def day(moment: datetime) -> str:
        return format_local_date(moment, time_zone)

    def minute(moment: datetime) -> str:
        return f"{day(moment)} at {moment.astimezone(ZoneInfo(time_zone)):%H:%M}"

    told = list_personal_data(data, made_at)
    return render_page("personal_data", **told, day=day, minute=minute, time_zone=time_zone).encode()
