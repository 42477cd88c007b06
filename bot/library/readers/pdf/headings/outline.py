"""The bookmarks of a PDF: what its makers say are its headings, found again among its lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.library.readers.pdf.words.lines import Line, Setting
from bot.library.sentences import CAPTION

_MOST_ENTRIES = 3000
_MOST_LINES = 5
_LONGEST_LABEL = 13
_LABEL = re.compile(r"(?:chapter|part|section|annexe?|appendix)?(?:[\divxl]{1,5}|[a-z])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark: its words, its level (1 is the highest) and the page to which it leads, from 1."""

    title: str
    level: int
    page: int


def read_outline(document: Any) -> list[Entry]:
    """Return the bookmarks that lead to a page. One above all others names the report and is no level.

    Those of figures and tables, which some files have alone, tell nothing of the headings and are left out.
    """
    entries: list[Entry] = []
    for bookmark in document.get_toc(max_depth=9):
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        title = " ".join(bookmark.get_title().split())
        if index is not None and title and not _is_caption(title):
            entries.append(Entry(title, bookmark.level + 1, index + 1))
        if len(entries) >= _MOST_ENTRIES:
            break
    highest = min((entry.level for entry in entries), default=1)
    is_rooted = len(entries) > 3 and sum(entry.level == highest for entry in entries) == 1
    lift = highest if is_rooted else highest - 1
    return [Entry(entry.title, max(1, entry.level - lift), entry.page) for entry in entries]


def _is_caption(title: str) -> bool:
    return CAPTION.match(title) is not None and not title.casefold().startswith("map")


class Outline:
    """Tells which lines are headings of the outline, and of which level."""

    def __init__(self, entries: Sequence[Entry], lines: Iterable[Line]) -> None:
        self._of_line: dict[int, tuple[int, int | None]] = {}
        self._together: set[tuple[Setting, Setting]] = set()
        pages: defaultdict[int, list[Line]] = defaultdict(list)
        for line in lines:
            pages[line.page].append(line)
        for number, entry in enumerate(entries):
            found = self._find(letters_of(entry.title), pages[entry.page])
            self._of_line.update((id(line), (number, entry.level)) for line in found)
            self._together.update((above.setting, line.setting) for above, line in pairwise(found))
        # Bookmarks of one level tell what is a heading, and nothing of its level.
        self.is_flat = len({level for _, level in self._of_line.values()}) < 2

    def are_together(self, above: Line, line: Line) -> bool:
        """Say whether two lines below each other are set as two that are one entry, though each in another way."""
        return above.setting != line.setting and (above.setting, line.setting) in self._together

    def entry(self, line: Line) -> int | None:
        """Return the number of the entry to which a line belongs."""
        found = self._of_line.get(id(line))
        return found[0] if found else None

    def level(self, line: Line) -> int | None:
        """Return the level of the heading to which a line belongs, if that is told."""
        found = self._of_line.get(id(line))
        return found[1] if found else None

    def forget_levels_in(self, boxes: Collection[int], headings: Iterable[Sequence[Line]]) -> None:
        """Forget the levels of the entries in boxes, and of those that it has below one: they are no part of the box.

        ``headings`` are the lines of each in order.
        """
        above: list[tuple[int, bool]] = []
        for lines in headings:
            level, is_in_box = self.level(lines[0]), lines[0].aside in boxes
            if level is None:
                continue
            above = [(each, is_box) for each, is_box in above if each < level]
            if is_in_box or (above and above[-1][1]):
                told = (line for line in lines if id(line) in self._of_line)
                self._of_line.update({id(line): (self._of_line[id(line)][0], None) for line in told})
            above.append((level, is_in_box))

    def _find(self, title: str, lines: Sequence[Line]) -> Sequence[Line]:
        """Return the lines whose letters are those of a title, but for a number before either: the largest such."""
        found: list[Sequence[Line]] = []
        for start in range(len(lines)):
            text = ""
            for end, line in enumerate(lines[start : start + _MOST_LINES], start=start + 1):
                text += letters_of(line.text)
                if id(line) in self._of_line or len(text) > len(title) + _LONGEST_LABEL:
                    break
                if _is_same(title, text):
                    found.append(lines[start:end])
                    break
        # What reads as a label before it may only end the sentence above, such as "in Chapter 5."
        return max(found, key=lambda each: (each[0].size, letters_of_lines(each) == title), default=())


def letters_of_lines(lines: Iterable[Line]) -> str:
    """Return the letters and figures of lines, whatever is between them."""
    return "".join(letters_of(line.text) for line in lines)


def letters_of(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _is_same(title: str, text: str) -> bool:
    if title == text:
        return bool(title)
    longer, shorter = (title, text) if len(title) > len(text) else (text, title)
    return len(shorter) > 3 and longer.endswith(shorter) and bool(_LABEL.fullmatch(longer[: -len(shorter)]))
