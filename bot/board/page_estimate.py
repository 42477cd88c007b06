"""How high the body of a paper is, about, as Word and LibreOffice set it in our look; to tell what two pages hold."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator

from bot.board import texts as wording
from bot.board.chart import chart_height, list_bars
from bot.board.document import BoardPaper, BoardPoint, BoardTheme

PAGE = 735.0
"""Points (1/72 inch) to fill on an A4 page between our margins; some are kept back as a reserve."""
LINE, GAP, ROW, AFTER_TABLE = 12.7, 4.0, 5.0, 5.0
SECTION, THEME = 31.0, 23.0
"""Headings of two levels with the space around them."""
CHART_WIDTH = 326.0
WIDE, BOX, SAID, QUOTE, WHO = 90, 98, 56, 61, 19
"""Characters on a line of the page, of the box in its smaller letters, and in a table of points of its bold
headings, of the words below them, and of who says so."""
ANSWER, OWNER, DUE = 42, 17, 15
WIDER = 1.35


def estimate_pages(paper: BoardPaper, room: float = 1.0) -> int:
    """Say about how many pages a body takes, each with ``room`` of our own. No block is divided between two pages."""
    page = PAGE * room
    pages, used = 1, 0.0
    for block in measure_blocks(paper):
        if used + block > page:
            pages, used = pages + max(1, math.ceil(block / page)), 0.0
        used += block
    return pages


def measure_blocks(paper: BoardPaper) -> Iterator[float]:
    """Return the heights of what may not be divided, in order."""
    yield SECTION + _text(wording.asked_note(paper), f"{paper.invited} {paper.took_part}")
    yield SECTION + _text(wording.counted_note(paper))
    for theme in paper.themes:
        yield from _theme(theme)
    if bars := list_bars(paper):
        yield CHART_WIDTH * chart_height(bars) + LINE + 3 * GAP
    yield from _disputes(paper)
    if paper.answered:
        yield SECTION + _text(wording.states_note(paper)) + LINE + ROW
        for answer in paper.answers:
            what = max(count_lines(f"{answer.state}: {answer.what}", ANSWER), count_lines(answer.owner, OWNER))
            yield (
                LINE * max(what, count_lines(", ".join(map(str, answer.numbers)), 8), count_lines(answer.due, DUE))
                + ROW
            )
    yield SECTION + 2 * GAP + _text(paper.fields.recommendation, wording.open_note(paper)) + LINE
    box = sum(0.9 * LINE * count_lines(note, BOX) + GAP for note in wording.method_notes(paper))
    yield 2 * LINE + box + 4 * GAP


def _theme(theme: BoardTheme) -> Iterator[float]:
    first, *others = map(_row, theme.points)
    yield THEME + LINE * (count_lines(theme.heading, 80) - 1) + LINE + ROW + first
    yield from others
    yield AFTER_TABLE


def _row(point: BoardPoint) -> float:
    said = LINE * count_lines(wording.name_point(point), SAID - 4)
    check = [str(point.check)] if point.check is not None else []
    notes = [f"Facilitator’s note: {point.note}"] if point.note else []
    said += sum(LINE * count_lines(words, QUOTE) + GAP / 2 for words in (*point.quotes, *notes, *check))
    return max(said, LINE * count_lines(point.who, WHO)) + ROW


def _disputes(paper: BoardPaper) -> Iterator[float]:
    if not paper.disputes:
        return
    yield SECTION + _text(wording.split_note(paper))
    for dispute in paper.disputes:
        sides = (f"{who}: {words}" for who, words in wording.side_lines(dispute))
        yield _text(wording.dispute_heading(dispute), *sides)


def _text(*paragraphs: str) -> float:
    return sum(LINE * count_lines(text, WIDE) + GAP for text in paragraphs if text)


def count_lines(text: str, width: int) -> int:
    """Return the lines that a text takes, broken at blanks; a longer word continues in the next line."""
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
