"""Take from a PDF's lines what repeats from page to page: running heads and feet, and the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bot.library.readers.pdf.furniture.margins import (
    LABELLED,
    LARGER,
    apart_lines,
    first_lines,
    is_set_like_heading,
    numbers_of_headings,
    outer_lines,
)
from bot.library.readers.pdf.words.bullets import BULLETS
from bot.library.readers.pdf.words.lines import ORDINAL, Line

_CONTINUED = re.compile(
    r"\(?(?:table )?continue[sd] (?:on|from|over)(?: the)? (?:next|previous|following) page\)?\.?", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"(?!\[\d{4})(?:page\s+|p\.?\s?)?[\[(|–-]?\s*(?:\d{1,4}|[ivxl]{1,7})\s*[\])|–-]?(?:\s*(?:of|/)\s*\d{1,4})?|page\s\d{1,4}\.",
    re.IGNORECASE,
)
_NUMBER_OR_LEAD = re.compile(f"{_PAGE_NUMBER.pattern}|{_CONTINUED.pattern}", re.IGNORECASE)
_FEWEST_WORDS = 4
_NUMBER = re.compile(r"(?<![\d.,/])\d{1,4}(?![\d.,/]*\d)")
_ITEM_SIGN = re.compile(rf"{ORDINAL}|[{BULLETS}–-]")
_NOTE = re.compile(r"\d{1,3}\s+(?:\S+\s+){3}")
_YEARS = 1800
"""A heading may end in a number of this size, such as "2024" in its second line."""
_MOST_PAGES = 0.6
_MANY_PAGES = 0.3
_Slot = tuple[int, float, str]


def drop_furniture(pages: Sequence[Sequence[Line]], body: float) -> list[list[Line]]:
    """Return the pages' lines without running heads and feet and page numbers.

    What is set like a heading goes only if it repeats what stood at its place on the page before.
    """
    search = _Search(pages, body)
    return [_with_cells([line for line in lines if not search.is_furniture(line)], lines) for lines in pages]


def _with_cells(kept: list[Line], lines: Sequence[Line]) -> list[Line]:
    """Return the lines that are kept, and what is between two of them that are text: no head or foot, but a cell."""
    heights = [line.bottom for line in kept if len(line.text.split()) >= _FEWEST_WORDS]
    known = set(map(id, kept))
    return [
        line
        for line in lines
        if id(line) in known
        or (heights and min(heights) < line.bottom < max(heights) and not _NUMBER_OR_LEAD.fullmatch(line.text))
    ]


def _slot(line: Line, shift: int = 0) -> _Slot:
    """Return where and how a line is set: its height, size and face."""
    return round(line.bottom / 3) + shift, line.size, line.face


def _largest(lines: Iterable[Line]) -> float:
    return max((line.size for line in lines), default=0.0)


class _Search:
    """Knows what is at the tops and feet of all pages."""

    def __init__(self, pages: Sequence[Sequence[Line]], body: float) -> None:
        self._body = body
        self._count = len(pages)
        self._enough = 3 if self._count > 4 else 2
        self._outer = {
            id(line): line for lines in pages for line in outer_lines(lines) if not _ITEM_SIGN.fullmatch(line.text)
        }
        votes = self._count_shifts()
        # By how much the printed numbers of pages are ahead of the pages' own.
        self._shifts = {shift for shift, count in votes.items() if count >= max(self._enough, self._count // 6)}
        self._sure_shifts = {shift for shift in self._shifts if votes[shift] * 2 > self._count}
        self._pages: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        self._texts: defaultdict[str, set[int]] = defaultdict(set)
        for line in self._outer.values():
            self._pages[self._likeness(line)].add(line.page)
            if is_set_like_heading(line, body):
                self._texts[self._masked(line)].add(line.page)
        # The size of the largest heading inside each page, and of its largest line.
        self._sections = [
            _largest(line for line in lines if id(line) not in self._outer and line.size >= LARGER * body)
            for lines in pages
        ]
        self._top = self._find_top(pages)
        self._largest = [_largest(lines) for lines in pages]
        self._kept = first_lines(pages, body)
        self._numbers = numbers_of_headings(pages, body)
        self._apart = {id(line) for lines in pages for line in apart_lines(lines)}
        self._amid = Counter(
            (line.text, line.setting) for lines in pages for line in lines if id(line) not in self._outer
        )
        self._slots = self._find_slots()

    def is_furniture(self, line: Line) -> bool:
        if id(line) not in self._outer or id(line) in self._kept:
            return _CONTINUED.fullmatch(line.text) is not None
        if _PAGE_NUMBER.fullmatch(line.text):
            is_year = (
                line.text.isdecimal() and int(line.text) > _YEARS > self._count and line.size >= LARGER * self._body
            )
            return id(line) not in self._numbers and not line.noted and not is_year
        if is_set_like_heading(line, self._body):
            return self._repeats_heading(line) or self._is_above_text(line) or self._is_beside_running_heads(line)
        on = len(self._seen_on(line))
        if on >= self._enough:
            # What stands as often amid the text is a heading that comes again.
            return self._amid[line.text, line.setting] < on
        is_in_slot = any(_slot(line, shift) in self._slots for shift in (-1, 0, 1))
        return id(line) in self._apart and is_in_slot and _is_short(line)

    def _count_shifts(self) -> Counter[int]:
        votes: Counter[int] = Counter()
        for line in self._outer.values():
            if not is_set_like_heading(line, self._body) or self._is_numbered_head(line):
                votes.update({int(number[0]) - line.page for number in _NUMBER.finditer(line.text)})
        return votes

    @staticmethod
    def _is_numbered_head(line: Line) -> bool:
        """Say whether a bold line is a page's number, alone or beside several words: "Domestic trade 639"."""
        if _PAGE_NUMBER.fullmatch(line.text):
            return True
        words = line.text.split()
        return len(words) > 2 and (words[0].isdecimal() or words[-1].isdecimal()) and not LABELLED.match(line.text)

    def _likeness(self, line: Line, shift: int = 0) -> tuple[str, int]:
        """Return the text with the page's own number masked, and the height. A heading's own number never is."""
        return self._masked(line), round(line.bottom / 6) + shift

    def _masked(self, line: Line) -> str:
        text = line.text.casefold()
        is_heading = is_set_like_heading(line, self._body)
        is_note = _NOTE.match(line.text) is not None and line.text.endswith(".")
        if not is_note and (not is_heading or self._is_numbered_head(line)):
            own = {line.page + ahead for ahead in (self._sure_shifts if is_heading else self._shifts)}
            text = _NUMBER.sub(lambda match: "#" if int(match[0]) in own else match[0], text)
        return text

    def _seen_on(self, line: Line) -> set[int]:
        return set().union(*(self._pages.get(self._likeness(line, shift), ()) for shift in (-1, 0, 1)))

    def _repeats_heading(self, line: Line) -> bool:
        """Say whether a line set like a heading repeats what stood at its place a page or two before."""
        anywhere = self._texts[self._masked(line)]
        share = _MOST_PAGES if line.size >= LARGER * self._body else _MANY_PAGES
        if len(anywhere) >= share * self._count and len(anywhere) > self._enough:
            return True
        on = self._seen_on(line)
        if len(on) >= _MOST_PAGES * self._count and len(on) >= self._enough:
            return True
        before = [page for page in on if 0 < line.page - page <= 2]
        if not before or len(on) < self._enough:
            return False
        between = self._sections[max(before) - 1 : line.page]
        return max(between, default=0.0) < line.size

    def _find_top(self, pages: Sequence[Sequence[Line]]) -> float:
        """Return the height at which the highest of the pages' own text begins, but for a quarter of them."""
        tops = sorted(max((line.bottom for line in lines if not self._is_often(line)), default=0.0) for lines in pages)
        return tops[len(tops) * 3 // 4] if tops else 0.0

    def _is_often(self, line: Line) -> bool:
        return id(line) in self._outer and len(self._seen_on(line)) >= self._enough

    def _is_above_text(self, line: Line) -> bool:
        """Say whether a line that repeats is above all text, and is no heading where it comes first."""
        if not self._is_often(line) or line.bottom < self._top + line.size:
            return False
        return min(self._seen_on(line)) < line.page or line.size < self._largest[line.page - 1]

    def _is_beside_running_heads(self, line: Line) -> bool:
        """Say whether a line that is set like a heading is above all text on several pages: the head of these."""
        is_above = id(line) in self._apart and line.bottom >= self._top + line.size
        return is_above and len(self._seen_on(line)) > 1 and line.size < self._largest[line.page - 1]

    def _find_slots(self) -> set[_Slot]:
        """Return where running heads are set, as repeated ones tell; the head of a short section is there too."""
        return {
            _slot(line)
            for line in self._outer.values()
            if len(self._seen_on(line)) >= max(self._enough, self._amid[line.text, line.setting] + 1)
            and not is_set_like_heading(line, self._body)
            and not _PAGE_NUMBER.fullmatch(line.text)
        }


def _is_short(line: Line) -> bool:
    return not line.text.endswith((".", ";", ",")) and len(line.text.split()) <= 14
