"""A board paper as one HTML file: accessible, printable, without scripts, and asking nothing of any other machine."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.board import texts as wording
from bot.board.check_charts import check_pictures
from bot.board.document import FACILITATOR, NO_ANSWER, NOT_A_SURVEY, BoardPaper
from bot.board.docx import COPY, REFERENCES, word_file
from bot.board.page_fit import fitted
from bot.board.paper import BoardSource, board_paper
from bot.board.tables import point_table, prompt_table
from bot.board.template import room_in
from bot.summaries.output.export import ExportFile

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


WORD, PAGE, POINTS, PROMPTS = "board-paper.docx", "board-paper.html", "board-points.csv", "board-prompts.csv"


def board_files(source: BoardSource, template: bytes | None = None) -> tuple[ExportFile, ...]:
    """The paper as a Word file and a page, and the series' data as two tables.

    ``template`` is a Word file whose styles the paper takes over; raises UserError where it cannot be used.
    """
    full = board_paper(source)
    room = 1.0 if template is None else room_in(template)
    short = fitted(replace(full, pictures=check_pictures(full, source.results)), room)
    return (
        ExportFile(WORD, word_file(short, source.made_at, template)),
        ExportFile(PAGE, page(short).encode()),
        ExportFile(POINTS, point_table(full)),
        ExportFile(PROMPTS, prompt_table(full)),
    )
