"""A board paper as one HTML file: accessible, printable, without scripts, and asking nothing of any other machine."""

from __future__ import annotations

from bot.board import texts as wording
from bot.board.chart import TITLE, list_bars
from bot.board.document import NO_ANSWER, BoardPaper
from bot.board.docx.paper import write_docx
from bot.board.fields import front_rows
from bot.board.page_fit import fit_paper
from bot.board.paper import make_board_paper
from bot.board.pdf import can_write_pdf
from bot.board.pdf_papers import board_pdf
from bot.board.source import BoardSource
from bot.board.tables import point_table, prompt_table
from bot.board.template import estimate_room
from bot.render.pages import render_page
from bot.summaries.output.export import ExportFile
from bot.text.quotes import FACILITATOR

WORD, PDF, PAGE = "board-paper.docx", "board-paper.pdf", "board-paper.html"
POINTS, PROMPTS = "board-points.csv", "board-prompts.csv"


def render_board_page(paper: BoardPaper) -> str:
    """Render the whole file as text, to be written as UTF-8. The same paper gives the same text."""
    bars = list_bars(paper)
    return render_page(
        "board_paper",
        paper=paper,
        said=wording,
        heads=wording.number_sections(paper),
        rows=list(front_rows(paper.fields)),
        bars=bars,
        longest=max((bar.total for bar in bars), default=1),
        chart_title=TITLE,
        no_answer=NO_ANSWER,
        facilitator=FACILITATOR,
    )


def board_files(source: BoardSource, template: bytes | None = None) -> tuple[ExportFile, ...]:
    """Write the paper as a Word file, as PDF where that is installed, and as a page, and the data as two tables.

    ``template`` is a file whose styles the Word file takes over; raises UserError if it cannot be used.
    """
    full = make_board_paper(source)
    room = 1.0 if template is None else estimate_room(template)
    short = fit_paper(full, room)
    return (
        ExportFile(WORD, write_docx(short, source.made_at, template)),
        *([ExportFile(PDF, board_pdf(short, source.made_at))] if can_write_pdf() else []),
        ExportFile(PAGE, render_board_page(short).encode()),
        ExportFile(POINTS, point_table(full)),
        ExportFile(PROMPTS, prompt_table(full)),
    )
