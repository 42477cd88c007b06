"""What is held about one person as one HTML file: accessible, printable, without scripts or anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.models.personal import PersonData
from bot.subject_access.account import account

if TYPE_CHECKING:
    from jinja2 import Template


def as_page(data: PersonData, made_at: datetime, time_zone: str) -> bytes:
    """The whole file in UTF-8, with times in an IANA time zone. The same data gives the same file."""
    zone, style = ZoneInfo(time_zone), _read("page.css")

    def day(moment: datetime) -> str:
        local = moment.astimezone(zone)
        return f"{local.day} {local:%B %Y}"

    def minute(moment: datetime) -> str:
        return f"{day(moment)} at {moment.astimezone(zone):%H:%M}"

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    told = account(data, made_at)
    page = _template().render(**told, day=day, minute=minute, time_zone=time_zone, style=style, style_hash=digest)
    return page.encode()


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    rules = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return rules.from_string(_read("page.html"))


def _read(name: str) -> str:
    return files("bot.subject_access").joinpath(name).read_text(encoding="utf-8")
