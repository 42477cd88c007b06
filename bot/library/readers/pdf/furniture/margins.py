"""What is at the tops and feet of a PDF's pages, and what there is surely a heading or text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.library.readers.pdf.words.lines import Line, rows_of_lines

_ZONE = 0.13
"""The part of a page's height, at its top and its bottom, in which heads and feet stand."""
_EDGE_ZONE = 0.2
"""The same for the outermost row alone, since some pages have wide margins."""
_OUTER_ROWS = 4
_SPACE = 1.6
_SQUEEZED = 3
_USUAL = 5
_LEAST = 0.88
"""The least part of the size of other headings in which one is set that was too long for its line."""
LARGER = 1.1
SMALLER = 0.96
_AS_LARGE = 0.98
LABELLED = re.compile(
    r"(?:chapter|part|section|annexe?|appendix|recommendation|principle|theme|box|figure|table|case study|objective|"
    r"action|priority|question|step|stage|finding|conclusion|goal|standard|module|unit|lesson)s?\s+#?[\divx]+\b",
    re.IGNORECASE,
)
LABEL_OF_PART = re.compile(
    r"(article|chapter|part|section|annexe?|appendix|title|schedule|strategy|goal|theme|pillar|recommendation)\s+"
    r"(?:\d{1,3}|[IVXLC]{1,6}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)


def body_size(lines: Iterable[Line]) -> float:
    """Return the size in which most letters are set."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def is_set_like_heading(line: Line, body: float) -> bool:
    """Say whether a line is larger than the running text, or bold and as large."""
    return line.size >= LARGER * body or (line.bold and line.size >= _AS_LARGE * body)


def unsqueeze(pages: Sequence[Sequence[Line]], body: float) -> list[list[Line]]:
    """Return the pages' lines, headings of a size of their own in that of others that are set so, if hardly smaller.

    Type is set a little smaller where a heading was too long for its line.
    """
    sizes: defaultdict[tuple[bool, bool, str, int], Counter[float]] = defaultdict(Counter)
    for line in (line for lines in pages for line in lines if is_set_like_heading(line, body)):
        sizes[line.bold, line.italic, line.face, line.colour][line.size] += 1

    def whole(line: Line) -> Line:
        counts = sizes[line.bold, line.italic, line.face, line.colour]
        if not 0 < counts[line.size] <= _SQUEEZED or not is_set_like_heading(line, body):
            return line
        larger = [size for size, count in counts.items() if line.size < size and count >= _USUAL]
        size = min(larger, default=0.0)
        return replace(line, size=size) if _LEAST * size <= line.size and size > LARGER * body else line

    return [[whole(line) for line in lines] for lines in pages]


def first_lines(pages: Sequence[Sequence[Line]], body: float) -> set[int]:
    """Return the lines from which the running text continues right below: no running head, though it may repeat."""
    kept = set()
    for lines in pages:
        for row, following in pairwise(rows_of_lines(lines)):
            first, second = row[0], following[0]
            is_text = len(row) == 1 and first.size == body == second.size and first.face == second.face
            if is_text and first.bottom - second.bottom < 1.7 * body and len(first.text.split()) > 5:
                kept.add(id(first))
    return kept


def numbers_of_headings(pages: Sequence[Sequence[Line]], body: float) -> set[int]:
    """Return the lines that are a number right before a heading, such as "3" before "Findings"."""
    kept = set()
    for lines in pages:
        for row in rows_of_lines(lines):
            for number, text in pairwise(sorted(row, key=lambda line: line.left)):
                is_near = 0 <= text.left - number.right < 5 * text.size and number.size > 0.9 * text.size
                if is_near and is_set_like_heading(text, body) and is_set_like_heading(number, body):
                    kept.add(id(number))
    return kept


def plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalpha())


def outer_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Return the lines of the outermost rows that are in the zones of heads and feet."""
    rows = rows_of_lines(lines)
    for index, row in enumerate(rows):
        from_edge = min(index, len(rows) - 1 - index)
        if from_edge >= _OUTER_ROWS:
            continue
        zone = _ZONE if from_edge else _EDGE_ZONE
        for line in row:
            if line.bottom > (1 - zone) * line.page_height or line.top < zone * line.page_height:
                yield line


def apart_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Return the lines of the outermost rows that are together, and of single rows inside of them.

    A space parts them from the text that is wider than those between its lines.
    """
    rows = rows_of_lines(lines)
    for inward in (rows, rows[::-1]):
        together: list[Line] = []
        is_outermost = True
        for row, following in pairwise(inward[: _OUTER_ROWS + 1]):
            together += row
            if abs(row[0].bottom - following[0].bottom) > _SPACE * max(row[0].size, following[0].size):
                yield from together
                together, is_outermost = [], False
            elif not is_outermost:
                break
