"""Take from a PDF's lines what is no part of the running text: heads, feet, page numbers, contents; and the notes."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.library.readers.pdf.lines import Line

_ZONE = 0.13
"""The part of a page's height, at its top and its bottom, in which heads and feet stand."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[\[(–-]?\s*(?:\d{1,4}|[ivxl]{1,7})\s*[\])–-]?(?:\s+of\s+\d{1,4})?", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|(?:·\s?){4,}|_{4,}")
_ENDS_WITH_PAGE = re.compile(r"\S.*?\s(?:\d{1,3}|[ivxl]{1,6})")
_CONTENTS = re.compile(
    r"(?:table of )?contents(?: page)?|in this (?:report|document)|list of (?:figures|tables|boxes)", re.IGNORECASE
)
_NOTE_START = re.compile(r"\[?(?:\d{1,3}|[*∗†‡§¶])[\])]?\.?\s*\S")
_SMALL = 0.88
_FEWEST_LINES = 3


def body_size(lines: Iterable[Line]) -> float:
    """Return the size in which most letters are set."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def drop_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages' lines without running heads and feet, page numbers and lists of contents."""
    repeated = _find_repeated(pages)
    kept = [[line for line in lines if not _is_furniture(line, repeated)] for lines in pages]
    return _without_contents(kept)


def part_notes(lines: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """Part a page's running text from the footnotes below its columns: small lines, the first with a sign."""
    text = [line for line in lines if line.size >= _SMALL * body]
    if len(text) < _FEWEST_LINES:
        return list(lines), []  # a page that is all in small letters, such as a table
    low = [line for line in lines if line.size < _SMALL * body and not any(_is_below(other, line) for other in text)]
    notes: set[int] = set()
    for line in low:
        above = [other for other in low if _is_below(line, other)]
        highest = max([*above, line], key=lambda other: other.top)
        if _NOTE_START.match(highest.text):
            notes.add(id(line))
    return [line for line in lines if id(line) not in notes], [line for line in lines if id(line) in notes]


def _is_below(line: Line, other: Line) -> bool:
    """Say whether a line stands below another, in the same column."""
    return line.top < other.top and line.left < other.right and other.left < line.right


def _find_repeated(pages: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """Say what stands at the same height of several pages, but for its numbers."""
    seen: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for lines in pages:
        for line in lines:
            if _is_in_zone(line):
                seen[_likeness(line)].add(line.page)
    enough = 3 if len(pages) > 4 else 2
    return {likeness for likeness, on in seen.items() if len(on) >= enough}


def _likeness(line: Line, shift: int = 0) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.casefold()), round(line.bottom / 6) + shift


def _is_in_zone(line: Line) -> bool:
    return line.bottom > (1 - _ZONE) * line.page_height or line.top < _ZONE * line.page_height


def _is_furniture(line: Line, repeated: set[tuple[str, int]]) -> bool:
    if not _is_in_zone(line):
        return False
    return bool(_PAGE_NUMBER.fullmatch(line.text)) or any(_likeness(line, shift) in repeated for shift in (-1, 0, 1))


def _without_contents(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Without the list of contents, which may run over some pages; only those before the middle are looked at."""
    kept, was_contents = [], False
    for index, lines in enumerate(pages):
        is_early = index <= max(3, len(pages) // 3)
        was_contents = is_early and _is_contents(rows(lines), was_contents)
        kept.append([] if was_contents else list(lines))
    return kept


def _is_contents(page: Sequence[str], follows: bool) -> bool:
    if not page:
        return False
    entries = sum(bool(_ENDS_WITH_PAGE.fullmatch(row)) for row in page)
    leaders = sum(bool(_LEADERS.search(row)) for row in page)
    is_headed = follows or any(_CONTENTS.fullmatch(row.strip()) for row in page[:6])
    return leaders >= max(3, len(page) / 3) or (is_headed and entries >= max(3, len(page) / 3))


def rows(lines: Sequence[Line]) -> list[str]:
    """Return the texts of a page's lines, those beside each other joined."""
    by_height: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if by_height and abs(by_height[-1][0].bottom - line.bottom) < max(2.0, line.size * 0.3):
            by_height[-1].append(line)
        else:
            by_height.append([line])
    return [" ".join(line.text for line in sorted(row, key=lambda line: line.left)) for row in by_height]


def usual_leading(lines: Sequence[Line]) -> float:
    """Return the usual distance from line to line, in points."""
    gaps = [
        before.bottom - line.bottom
        for before, line in pairwise(lines)
        if before.page == line.page and 0 < before.bottom - line.bottom < 3 * line.size
    ]
    return statistics.median(gaps) if gaps else 0.0
