"""How high a paper is, about, as LibreOffice and Word set it in our own look; to tell whether two pages hold it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator

from bot.board import texts as wording
from bot.board.document import NOT_A_SURVEY, BoardPaper, BoardPart, BoardPoint

PAGE = 780.0
"""Points (1/72 inch) to fill on an A4 page. It has 760 between its margins, and what is below measures some 10%
more than LibreOffice does, which leaves a reserve."""
LINE, GAP, ROW, AFTER_TABLE = 11.0, 3.0, 4.0, 5.0
TITLE, SECTION, QUESTION = 28.0, 27.0, 21.0
"""Headings of the three levels with the space around them; a question's heading often takes a second line."""
WIDE, SAID, SAID_ALONE, ANSWER, WHO = 106, 51, 73, 25, 13
"""Characters on a line of the page, and of each column of a table of points; of one without answers, more."""
WIDER = 1.35


def pages_of(paper: BoardPaper, room: float = 1.0) -> int:
    """Say about how many pages a paper takes, each with ``room`` of our own. No block is divided between two pages."""
    page = PAGE * room
    pages, used = 1, 0.0
    for block in blocks_of(paper):
        if used + block > page:
            pages, used = pages + max(1, math.ceil(block / page)), 0.0
        used += block
    return pages


def blocks_of(paper: BoardPaper) -> Iterator[float]:
    """Return the heights of what may not be divided, in order."""
    yield TITLE * _lines(paper.title + ": what staff said", 50) + _text(paper.dates, paper.report)
    yield SECTION + _text(paper.ask)
    yield SECTION + _text(f"{paper.invited} {paper.took_part} {NOT_A_SURVEY}") + LINE + ROW
    for label, _ in (*paper.counts, *wording.left_out_note(paper)):
        yield LINE * _lines(label, 80) + ROW
    yield AFTER_TABLE + SECTION + _text(wording.CONFIRMED)
    for part in paper.told:
        yield from _part(part, SAID if paper.answered else SAID_ALONE)
    if paper.brief:
        yield QUESTION
        yield from (_text(wording.brief_line(part)) for part in paper.brief)
    yield from _rest(paper)


def _part(part: BoardPart, wide: int) -> Iterator[float]:
    said = f"{wording.put_to_staff(part)} {wording.passage(part)} ({part.source})"
    rows = [_row(point, wide) for point in part.points]
    head = QUESTION + LINE * (_lines(part.question, 75) - 1) + _text(said)
    yield head + (LINE + ROW + rows[0] if rows else _text(wording.NO_POINTS))
    yield from rows[1:]
    yield _text(wording.PRESSES_NOTE) * part.pressed
    yield AFTER_TABLE * bool(rows)


def _row(point: BoardPoint, wide: int) -> float:
    said = LINE * _lines(point.heading + " (facilitator’s words)" * point.by_facilitator, wide - 4)
    check = [str(point.check)] if point.check is not None else []
    notes = [f"Facilitator’s note: {point.note}"] if point.note else []
    said += sum(LINE * _lines(words, wide) + GAP for words in (*point.quotes, *notes, *check))
    return max(said, LINE * _lines(point.outcome, ANSWER), LINE * _lines(point.who, WHO)) + ROW


def _rest(paper: BoardPaper) -> Iterator[float]:
    if paper.has_disputes:
        yield SECTION + _text(wording.differing_note(paper))
        yield from (_text(*wording.dispute_lines(part, dispute)) for part in paper.parts for dispute in part.disputes)
    if paper.has_voices:
        yield SECTION
        yield from (_text(wording.voice_line(part, voice)) for part in paper.parts for voice in part.voices)
        yield _text(wording.voices_note(paper))
    notes = wording.check_notes(paper)
    if notes:
        yield SECTION + _text(*notes)
    if paper.answered:
        yield SECTION + _text(wording.outcome_note(paper), *wording.earlier_lines(paper), wording.format_request(paper))
    yield SECTION + _text(paper.method) + 2 * LINE + _text(wording.shortened_note(paper))


def _text(*paragraphs: str) -> float:
    return sum(LINE * _lines(text, WIDE) + GAP for text in paragraphs if text)


def _lines(text: str, width: int) -> int:
    """Return the lines that a text takes, broken at blanks; a longer word goes on in the next line."""
    lines, used = 1, 0.0
    for word in text.split():
        length = sum(map(_width, word))
        if used and used + 1 + length > width:
            lines, used = lines + 1, 0.0
        used += length + bool(used)
        more = math.ceil(used / width) - 1
        lines, used = lines + more, used - more * width
    return lines


def _width(char: str) -> float:
    if char < "\x7f":
        return WIDER if char.isupper() or char in "mw@%" else 1.0
    return 2.0 if unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char) == "So" else WIDER
