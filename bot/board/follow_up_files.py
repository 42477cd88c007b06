"""The follow-up paper as a Word file and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.board import pdf
from bot.board.docx.paper import close_paper, open_paper
from bot.board.docx.parts import make_small
from bot.board.docx.tables import add_labelled_table, add_table
from bot.board.follow_up import FollowUpPaper, FollowUpSource, make_follow_up
from bot.board.pdf import can_write_pdf
from bot.board.pdf_papers import front_table
from bot.board.template import EMU_PER_CM, estimate_room, text_width
from bot.board.texts import COPY
from bot.models.outcomes import Progress
from bot.render.pages import render_page
from bot.summaries.output.export import ExportFile

if TYPE_CHECKING:
    from docx.document import Document

WORD, PDF, PAGE = "follow-up-paper.docx", "follow-up-paper.pdf", "follow-up-paper.html"
FRONT = "What this paper is"
HEADS = {
    Progress.LATE: ("What was promised", "Was due"),
    Progress.DOING: ("What was promised", "Due"),
    Progress.NOT_YET: ("What was answered", "Due"),
    Progress.DONE: ("What was done", "Noted on"),
    Progress.NOT_POSSIBLE: ("What was answered", "Noted on"),
}
"""What the second and the last column hold."""
SHARES = (0.32, 0.35, 0.17, 0.16)


def follow_up_files(source: FollowUpSource, template: bytes | None = None) -> tuple[ExportFile, ...]:
    """Write the follow-up paper as a Word file, as PDF where that is installed, and as a page.

    ``template`` is a file whose styles the Word file takes over; raises UserError if it cannot be used.
    """
    paper = make_follow_up(source, 1.0 if template is None else estimate_room(template))
    return (
        ExportFile(WORD, _write_docx(paper, source, template)),
        *([ExportFile(PDF, _write_pdf(paper, source))] if can_write_pdf() else []),
        ExportFile(PAGE, render_follow_up_page(paper).encode()),
    )


def render_follow_up_page(paper: FollowUpPaper) -> str:
    """Render the page as text, to be written as UTF-8."""
    return render_page("follow_up_paper", paper=paper, tables=list(_tables(paper)), last=_last_line(paper))


def _write_docx(paper: FollowUpPaper, source: FollowUpSource, template: bytes | None) -> bytes:
    document = open_paper(paper.title, source.series.made_at, template)
    wide = text_width(document) / EMU_PER_CM
    document.add_paragraph(paper.title, style="Heading 1")
    add_labelled_table(document, paper.front, (wide * 0.27, wide * 0.73), FRONT)
    document.add_paragraph(" ".join(part for part in (paper.summary, paper.open_note) if part))
    for heading, heads, rows in _tables(paper):
        document.add_paragraph(heading, style="Heading 2")
        _add_rows(document, heads, rows, wide)
    if paper.left_note:
        document.add_paragraph(paper.left_note)
    return close_paper(document, _last_line(paper), template)


def _write_pdf(paper: FollowUpPaper, source: FollowUpSource) -> bytes:
    blocks = [
        pdf.heading(paper.title, 1),
        front_table(paper.front, FRONT),
        pdf.paragraph(" ".join(part for part in (paper.summary, paper.open_note) if part)),
        *(
            block
            for heading, heads, rows in _tables(paper)
            for block in (pdf.heading(heading), pdf.table(heads, rows, SHARES, small=True))
        ),
        *([pdf.paragraph(paper.left_note)] if paper.left_note else []),
    ]
    return pdf.write_pdf(paper.title, _last_line(paper), blocks, source.series.made_at)


def _add_rows(document: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], wide: float) -> None:
    table = add_table(document, heads, len(rows), [wide * share for share in SHARES], heads[0])
    for row, said in zip(table.rows[1:], rows, strict=True):
        for cell, text in zip(row.cells, said, strict=True):
            cell.paragraphs[0].add_run(text)
    for row in table.rows:
        make_small(document, *(cell.paragraphs[0] for cell in row.cells))


def _tables(paper: FollowUpPaper) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
    """Return a heading, the heads of the columns, and the rows, for each group of promises."""
    for progress, promises in paper.groups:
        by_due = progress not in (Progress.DONE, Progress.NOT_POSSIBLE)
        rows = [(each.said, each.promised, each.owner, each.due if by_due else each.changed) for each in promises]
        promised, day = HEADS[progress]
        yield progress.label, ("What staff said", promised, "Owner", day), rows


def _last_line(paper: FollowUpPaper) -> str:
    return f"Made on {paper.made_on}. {COPY}"
