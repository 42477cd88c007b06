"""The files of a board paper, made of the same content; heavy, so to be called in the worker."""

from __future__ import annotations

from dataclasses import replace

from bot.board.check_pictures import check_pictures
from bot.board.fitting import fitted
from bot.board.making import BoardSource, board_paper
from bot.board.page import page
from bot.board.tables import point_table, prompt_table
from bot.board.template import room_in
from bot.board.word import word_file
from bot.summaries.exporting import ExportFile

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
