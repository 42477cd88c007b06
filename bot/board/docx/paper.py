"""A board paper as a Word file with real headings, marked header rows, alternative text and its language set."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from bot.board import texts as wording
from bot.board.chart import TITLE, describe_bars, draw_bars, list_bars
from bot.board.document import BoardPaper, BoardPoint, BoardTheme
from bot.board.docx.annex import add_annex
from bot.board.docx.parts import (
    add_paragraph,
    add_picture,
    blank_document,
    frame,
    keep_with_next,
    make_small,
    page_numbers,
    set_language,
    start_page,
    write_notice,
)
from bot.board.docx.tables import add_labelled_table, add_table
from bot.board.fields import front_rows
from bot.board.template import EMU_PER_CM, letter_size, open_template, text_width

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

CHART_WIDTH = 11.5
"""Centimetres: its letters are then as large as those around it."""


def write_docx(paper: BoardPaper, made_at: datetime, template: bytes | None = None) -> bytes:
    """Return the whole file: the front sheet, the body, and the annex, each from a new page.

    ``template`` is the organisation's own Word file; raises UserError if it cannot be used.

    The same paper at the same moment gives the same text. Call it in the worker.
    """
    document = open_paper(paper.title, made_at, template)
    _add_front(document, paper)
    _add_body(document, paper)
    add_annex(document, paper)
    return close_paper(document, wording.copy_line(paper), template)


def open_paper(title: str, made_at: datetime, template: bytes | None) -> Document:
    """Return an empty document in our own look or a template's, with its language and its properties."""
    document = blank_document() if template is None else open_template(template)
    set_language(document)
    core = document.core_properties
    core.title = f"Board paper: {title}"[:255]
    core.author, core.last_modified_by, core.comments, core.keywords = "Ward to Board", "", "", ""
    core.subject, core.language = "What staff said", "en-GB"
    core.created = core.modified = made_at.replace(tzinfo=None)
    return document


def close_paper(document: Document, last_line: str, template: bytes | None) -> bytes:
    """Write the last line and return the file: in our own footer, or below the text of a template."""
    if template is None:
        page_numbers(document, last_line)
    else:
        document.add_paragraph(last_line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_front(document: Document, paper: BoardPaper) -> None:
    document.add_paragraph(paper.title, style="Heading 1")
    wide = text_width(document) / EMU_PER_CM
    add_labelled_table(document, list(front_rows(paper.fields)), (wide * 0.27, wide * 0.73), "Front sheet")


def _add_body(document: Document, paper: BoardPaper) -> None:
    heads = wording.number_sections(paper)
    start_page(document.add_paragraph(heads[wording.ASKED], style="Heading 2"))
    document.add_paragraph(wording.asked_note(paper))
    document.add_paragraph(f"{paper.invited} {paper.took_part}")
    document.add_paragraph(heads[wording.SAID], style="Heading 2")
    document.add_paragraph(wording.counted_note(paper))
    for theme in paper.themes:
        _add_theme(document, theme)
    _add_chart(document, paper)
    _add_disputes(document, paper, heads)
    if paper.answered:
        document.add_paragraph(heads[wording.ANSWERED], style="Heading 2")
        _add_answers(document, paper)
    document.add_paragraph(heads[wording.REQUEST], style="Heading 2")
    if paper.fields.purpose is not None:
        document.add_paragraph(f"{paper.fields.purpose.label}.")
    write_notice(document.add_paragraph(), paper.fields.recommendation)
    if note := wording.open_note(paper):
        document.add_paragraph(note)
    _add_box(document, paper)


def _add_theme(document: Document, theme: BoardTheme) -> None:
    document.add_paragraph(theme.heading, style="Heading 3")
    larger = max(1.0, letter_size(document))
    narrow = 1.2 * larger, 4.2 * larger
    left = text_width(document) / EMU_PER_CM - sum(narrow)
    table = add_table(
        document, ("No.", "What staff said", "People"), len(theme.points), (narrow[0], left, narrow[1]), theme.heading
    )
    for row, point in zip(table.rows[1:], theme.points, strict=True):
        number, said, who = row.cells
        number.paragraphs[0].add_run(str(point.number))
        _add_point(said, point)
        who.paragraphs[0].add_run(point.who)


def _add_point(cell: _Cell, point: BoardPoint) -> None:
    first = cell.paragraphs[0]
    first.add_run(wording.name_point(point)).bold = True
    for quote in point.quotes:
        add_paragraph(cell, wording.quote_words(quote))
    if point.note:
        add_paragraph(cell, f"Facilitator’s note: {point.note}")
    if point.check is not None:
        add_paragraph(cell, str(point.check))


def _add_chart(document: Document, paper: BoardPaper) -> None:
    bars = list_bars(paper)
    if bars:
        width = min(CHART_WIDTH, text_width(document) / EMU_PER_CM)
        add_picture(document, draw_bars(bars), describe_bars(bars), width)
        caption = document.add_paragraph(f"Figure 1: {TITLE}.")
        make_small(document, caption)


def _add_disputes(document: Document, paper: BoardPaper, heads: dict[str, str]) -> None:
    if not paper.disputes:
        return
    document.add_paragraph(heads[wording.SPLIT], style="Heading 2")
    for dispute in paper.disputes:
        matter = document.add_paragraph()
        matter.add_run(wording.dispute_heading(dispute)).bold = True
        keep_with_next(matter)
        one, other = wording.side_lines(dispute)
        keep_with_next(document.add_paragraph(": ".join(one)))
        document.add_paragraph(": ".join(other))
    if note := wording.split_note(paper):
        document.add_paragraph(note)


def _add_answers(document: Document, paper: BoardPaper) -> None:
    if note := wording.states_note(paper):
        document.add_paragraph(note)
    if not paper.answers:
        return
    wide = text_width(document) / EMU_PER_CM
    heads = ("Point", "Answer", "Owner", "Due")
    widths = (wide * 0.1, wide * 0.48, wide * 0.22, wide * 0.2)
    table = add_table(document, heads, len(paper.answers), widths, wording.ANSWERED)
    for row, answer in zip(table.rows[1:], paper.answers, strict=True):
        numbers = ", ".join(map(str, answer.numbers))
        said = (numbers, f"{answer.state}: {answer.what}", answer.owner or "–", answer.due or "–")
        for cell, text in zip(row.cells, said, strict=True):
            cell.paragraphs[0].add_run(text)


def _add_box(document: Document, paper: BoardPaper) -> None:
    head = document.add_paragraph()
    head.add_run(wording.METHOD).bold = True
    head.paragraph_format.space_before = head.paragraph_format.space_after
    notes = [head, *(document.add_paragraph(note) for note in wording.method_notes(paper))]
    make_small(document, *notes)
    for paragraph in notes:
        frame(paragraph)
        paragraph.paragraph_format.keep_together = True
    for paragraph in notes[:-1]:
        keep_with_next(paragraph)
