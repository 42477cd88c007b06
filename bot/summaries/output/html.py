"""A summary as one HTML file: accessible, printable, without scripts, and asking nothing of any other machine."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.summaries.disclosure.staff_groups import TITLE, about, rows_of
from bot.summaries.output.bars import BAR_WIDTH, DAYS_HEIGHT, DAYS_WIDTH, days_chart, people_bars
from bot.summaries.output.document import Paper
from bot.summaries.output.plain_text import UNQUOTED
from bot.text.words import plural

if TYPE_CHECKING:
    from jinja2 import Template


def page(paper: Paper) -> str:
    """The whole file as text, to be written as UTF-8. The same paper gives the same text."""
    style = _read("page.css")
    return _template().render(
        paper=paper,
        style=style,
        style_hash=_hash(style),
        bars=people_bars(paper),
        chart=days_chart(paper.days),
        bar_width=BAR_WIDTH,
        days_width=DAYS_WIDTH,
        days_height=DAYS_HEIGHT,
        unquoted=UNQUOTED,
        staff_title=TITLE,
        staff_note=about(paper.staff) if paper.staff is not None else "",
        staff_rows=rows_of(paper.staff) if paper.staff is not None else (),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    rules = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    rules.filters["people"] = lambda number: plural(number, "person", "people")
    return rules.from_string(_read("page.html"))


def _read(name: str) -> str:
    return files("bot.summaries").joinpath(name).read_text(encoding="utf-8")


def _hash(style: str) -> str:
    """The style's name in the page's content security policy, which lets this one be applied and no other."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
