"""A board paper as one HTML file: accessible, printable, without scripts, and asking nothing of any other machine."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.board import wording
from bot.board.content import FACILITATOR, NO_ANSWER, NOT_A_SURVEY, BoardPaper
from bot.board.word import COPY, REFERENCES

if TYPE_CHECKING:
    from jinja2 import Template


def page(paper: BoardPaper) -> str:
    """The whole file as text, to be written as UTF-8. The same paper gives the same text."""
    style = _read("bot.summaries", "page.css") + _read("bot.board", "page.css")
    first = next(iter(paper.points), None)
    return _template().render(
        paper=paper,
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        said=wording,
        left_out=list(wording.left_out_note(paper)),
        pictures=[(one, base64.b64encode(one.png).decode()) for one in paper.pictures],
        survey=NOT_A_SURVEY,
        no_answer=NO_ANSWER,
        facilitator=FACILITATOR,
        references=REFERENCES.format(ref=first.ref if first is not None else "P12-3"),
        copy=COPY,
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    rules = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return rules.from_string(_read("bot.board", "page.html"))


def _read(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
