"""A board paper as a Word file with real headings, marked header rows, alternative text and its language set."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from bot.board.document import FACILITATOR, NO_ANSWER, NOT_A_SURVEY, BoardPaper, BoardPart, BoardPoint
from bot.board.docx_parts import (
    add_paragraph,
    add_table,
    blank_document,
    kept_with_next,
    page_numbers,
    set_language,
    write_notice,
)
from bot.board.template import EMU_PER_CM, letter_size, open_template, text_width
from bot.board.texts import (
    AGAIN,
    BRIEF,
    CONFIRMED,
    NO_POINTS,
    PRESSES_NOTE,
    RAISED,
    brief_line,
    check_notes,
    differing_note,
    dispute_lines,
    earlier_lines,
    format_request,
    left_out_note,
    outcome_note,
    passage,
    put_to_staff,
    quote_words,
    shortened_note,
    voice_line,
    voices_note,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

REFERENCES = (
    "Each point has a reference, such as {ref}. In the server, /summary show finds it with its counts and messages; "
    "on the machine, python -m bot verify checks it. All data is in board-points.csv and board-prompts.csv."
)
COPY = "This file is a copy. When somebody takes a reply back, it does not change. Delete it when it is not needed."


def write_docx(paper: BoardPaper, made_at: datetime, template: bytes | None = None) -> bytes:
    """Return the whole file.

    ``template`` is the organisation's own Word file; raises UserError where it cannot be used.

    The same paper at the same moment gives the same text. Call it in the worker.
    """
    document = blank_document() if template is None else open_template(template)
    set_language(document)
    _properties(document, paper, made_at)
    _head(document, paper)
    for part in paper.told:
        _part(document, part, paper)
    _add_brief(document, paper)
    _add_disputes(document, paper)
    _add_voices(document, paper)
    _add_checks(document, paper)
    _outcomes(document, paper)
    _method(document, paper)
    if template is None:
        page_numbers(document, COPY)
    else:
        document.add_paragraph(COPY)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _properties(document: Document, paper: BoardPaper, made_at: datetime) -> None:
    core = document.core_properties
    core.title = f"Board paper: {paper.title}"[:255]
    core.author, core.last_modified_by, core.comments, core.keywords = "Ward to Board", "", "", ""
    core.subject, core.language = "What staff said", "en-GB"
    core.created = core.modified = made_at.replace(tzinfo=None)


def _head(document: Document, paper: BoardPaper) -> None:
    document.add_paragraph(f"{paper.title}: what staff said", style="Heading 1")
    document.add_paragraph(f"Board paper. {paper.dates}. Made on {paper.made_on}.")
    if paper.report:
        document.add_paragraph(f"The report we asked staff about: {paper.report}.")
    document.add_paragraph("What we ask of the board", style="Heading 2")
    write_notice(document.add_paragraph(), paper.ask)
    document.add_paragraph("Who took part", style="Heading 2")
    document.add_paragraph(f"{paper.invited} {paper.took_part} {NOT_A_SURVEY}")
    rows = [(label, str(count)) for label, count in (*paper.counts, *left_out_note(paper))]
    wide = text_width(document) / EMU_PER_CM
    table = add_table(document, ("What", "How many"), len(rows), (wide * 0.79, wide * 0.21), "Questions and replies")
    for row, said in zip(table.rows[1:], rows, strict=True):
        for cell, text in zip(row.cells, said, strict=True):
            cell.paragraphs[0].add_run(text)
    document.add_paragraph("What staff said", style="Heading 2")
    document.add_paragraph(CONFIRMED)


def _part(document: Document, part: BoardPart, paper: BoardPaper) -> None:
    document.add_paragraph(f"Question {part.number}: {part.question}", style="Heading 3")
    said = document.add_paragraph(f"{put_to_staff(part)} {passage(part)}")
    if part.source:
        said.add_run(f" ({part.source})")
    kept_with_next(said)
    if not part.points:
        document.add_paragraph(NO_POINTS)
        return
    answer = ("Answer so far",) if paper.answered else ()
    wider = max(1.0, letter_size(document))
    narrow = 2.3 * wider, 2.5 * wider
    left = text_width(document) / EMU_PER_CM - sum(narrow)
    columns = (left * 0.66, narrow[1], left * 0.34) if answer else (left, narrow[1])
    caption = f"Points of question {part.number}"
    heads = ("Reference", "What they say", "People", *answer)
    table = add_table(document, heads, len(part.points), (narrow[0], *columns), caption)
    for row, point in zip(table.rows[1:], part.points, strict=True):
        reference, said_cell, who, *rest = row.cells
        reference.paragraphs[0].add_run(str(point.ref))
        _add_point(said_cell, point)
        who.paragraphs[0].add_run(point.who)
        for cell in rest:
            cell.paragraphs[0].add_run(point.outcome or NO_ANSWER)
    if part.pressed:
        document.add_paragraph(PRESSES_NOTE)


def _add_point(cell: _Cell, point: BoardPoint) -> None:
    first = cell.paragraphs[0]
    first.add_run(quote_words(point.heading) if point.is_quote else point.shown_heading).bold = True
    if point.by_facilitator:
        first.add_run(f" ({FACILITATOR})")
    for quote in point.quotes:
        add_paragraph(cell, quote_words(quote))
    if point.note:
        add_paragraph(cell, f"Facilitator’s note: {point.note}")
    if point.check is not None:
        add_paragraph(cell, str(point.check))


def _add_brief(document: Document, paper: BoardPaper) -> None:
    if paper.brief:
        document.add_paragraph(BRIEF, style="Heading 3")
        for part in paper.brief:
            document.add_paragraph(brief_line(part))


def _add_disputes(document: Document, paper: BoardPaper) -> None:
    if not paper.has_disputes:
        return
    document.add_paragraph("Where people differ", style="Heading 2")
    document.add_paragraph(differing_note(paper))
    for part in paper.parts:
        for dispute in part.disputes:
            first, *others = dispute_lines(part, dispute)
            kept_with_next(document.add_paragraph(first))
            for line in others:
                document.add_paragraph(line)


def _add_voices(document: Document, paper: BoardPaper) -> None:
    if not paper.has_voices:
        return
    document.add_paragraph(RAISED, style="Heading 2")
    for part in paper.parts:
        for voice in part.voices:
            document.add_paragraph(voice_line(part, voice))
    if note := voices_note(paper):
        document.add_paragraph(note)


def _add_checks(document: Document, paper: BoardPaper) -> None:
    notes = check_notes(paper)
    if not notes:
        return
    document.add_paragraph(AGAIN, style="Heading 2")
    for note in notes:
        document.add_paragraph(note)


def _outcomes(document: Document, paper: BoardPaper) -> None:
    if not paper.answered:
        return
    document.add_paragraph("Answers so far", style="Heading 2")
    for line in (outcome_note(paper), *earlier_lines(paper), format_request(paper)):
        if line:
            document.add_paragraph(line)


def _method(document: Document, paper: BoardPaper) -> None:
    document.add_paragraph("How this was made", style="Heading 2")
    document.add_paragraph(paper.method)
    first = next(iter(paper.points), None)
    told = [REFERENCES.format(ref=first.ref if first is not None else "P12-3"), shortened_note(paper)]
    document.add_paragraph(" ".join(part for part in told if part))
