"""The annex of a board paper in Word: the questions, every point with its reference, single voices, and the replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.board import texts as wording
from bot.board.document import NO_ANSWER, BoardPaper
from bot.board.docx.parts import keep_with_next, make_small, start_page
from bot.board.docx.tables import add_table
from bot.board.template import EMU_PER_CM, text_width

if TYPE_CHECKING:
    from docx.document import Document


def add_annex(document: Document, paper: BoardPaper) -> None:
    """Add all sections of the annex, from a new page on."""
    start_page(document.add_paragraph(wording.ANNEX, style="Heading 2"))
    _add_questions(document, paper)
    _add_points(document, paper)
    _add_disputes(document, paper)
    for heading, lines in wording.annex_lists(paper):
        document.add_paragraph(heading, style="Heading 3")
        make_small(document, *map(document.add_paragraph, lines))
    document.add_paragraph(wording.REPLIES, style="Heading 3")
    _fill(document, ("What", "How many"), wording.reply_rows(paper), (0.79, 0.21), wording.REPLIES)


def _add_questions(document: Document, paper: BoardPaper) -> None:
    document.add_paragraph(wording.QUESTIONS, style="Heading 3")
    rows = [(str(part.number), part.question, wording.passage(part), part.posted_on, part.who) for part in paper.parts]
    heads = ("No.", "Question", "What staff read", "Asked on", "Who replied")
    _fill(document, heads, rows, (0.07, 0.27, 0.35, 0.14, 0.17), wording.QUESTIONS)


def _add_points(document: Document, paper: BoardPaper) -> None:
    if not paper.numbered:
        return
    document.add_paragraph(wording.POINTS, style="Heading 3")
    rows = [
        (
            *(str(point.number), str(point.ref), str(part.number), wording.name_point(point), point.who),
            *([point.outcome or NO_ANSWER] if paper.answered else []),
        )
        for part, point in paper.numbered
    ]
    heads = ("No.", "Reference", "Question", "Point", "People", *(["Answer so far"] if paper.answered else []))
    shares = (0.06, 0.13, 0.125, 0.275, 0.18, 0.23) if paper.answered else (0.06, 0.13, 0.125, 0.44, 0.245)
    _fill(document, heads, rows, shares, wording.POINTS)
    make_small(document, document.add_paragraph(wording.references_note(paper)))


def _add_disputes(document: Document, paper: BoardPaper) -> None:
    if not paper.more_disputes:
        return
    document.add_paragraph(wording.MORE_SPLIT, style="Heading 3")
    for dispute in paper.more_disputes:
        lines = [wording.dispute_heading(dispute), *map(": ".join, wording.side_lines(dispute))]
        paragraphs = [document.add_paragraph(line) for line in lines]
        make_small(document, *paragraphs)
        for paragraph in paragraphs[:-1]:
            keep_with_next(paragraph)


def _fill(
    document: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], caption: str
) -> None:
    """Add a table in small letters; ``shares`` are the columns' parts of the text's width."""
    wide = text_width(document) / EMU_PER_CM
    table = add_table(document, heads, len(rows), [wide * share for share in shares], caption)
    for row, said in zip(table.rows[1:], rows, strict=True):
        for cell, text in zip(row.cells, said, strict=True):
            cell.paragraphs[0].add_run(text)
    for row in table.rows:
        make_small(document, *(cell.paragraphs[0] for cell in row.cells))
