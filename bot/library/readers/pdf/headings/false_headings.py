"""Tell which of a PDF's lines are no headings though they look so: their look, and what is around them, tell it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import groupby, pairwise

from bot.library.readers.pdf.furniture.margins import LARGER, SMALLER
from bot.library.readers.pdf.headings.levels import TITLE_PAGES
from bot.library.readers.pdf.headings.looks import Group, Look, key_of, look_of, numbering_depth
from bot.library.readers.pdf.headings.not_headings import WEAK_HEADING_WORDS
from bot.library.sentences import CAPTION

FAR_IN = 6
TEXT_WORDS = 8
DISPLAY = 1.8
"""How much larger than the text headings are that name a chapter or a report."""
_MOST_TOGETHER = 4
_FEWEST_CHAPTERS = 2
_FEWEST_IN_CHART = 3
_CAPTION = re.compile(rf"(?:\d{{1,3}}\s)?{CAPTION.pattern}")
"""A caption, before which the sign of a note may stand that is drawn first."""


class FalseHeadings:
    """Takes the false ones from the ids of ``headings``. The ``guesses`` are known by their look alone."""

    def __init__(
        self, groups: Sequence[Group], headings: set[int], guesses: Collection[int], told: Set[int], body: float
    ) -> None:
        self._groups = groups
        self._ids = headings
        self._guesses = guesses
        self._body = body
        self._drop_lists(told)
        finders = (
            self._titles_above_captions,
            self._without_text,
            self._set_as_in_boxes,
            self._bylines,
            self._set_as_text,
        )
        for find in finders:
            self._ids.difference_update(list(map(id, find())))

    def _drop_lists(self, told: Set[int]) -> None:
        """Take many headings in a row, with no text between them, for a list or the words of a picture.

        The number of a chapter that is set as others are tells that it is above them, unless it is one of them.
        """
        pages = groupby(self._groups, key=lambda group: id(group) in self._ids and group.lines[0].page)
        runs = [list(run) for page, run in pages if page]
        kept = Counter(look_of(group) for run in runs if len(run) <= _MOST_TOGETHER for group in run)
        for run in runs:
            if len(run) > _MOST_TOGETHER and told.isdisjoint(map(id, run)):
                is_chapter = numbering_depth(run[0].text) and kept[look_of(run[0])] >= _FEWEST_CHAPTERS
                is_chapter = is_chapter and key_of(run[0]) != key_of(run[1])
                self._ids.difference_update(map(id, run[1:] if is_chapter else run))

    def _titles_above_captions(self) -> Iterator[Group]:
        """Return those below which only a chart's words are, and its caption: set in, or all these words are small."""
        for at, group in enumerate(self._groups):
            if not self._is_guess(group):
                continue
            first = group.lines[0]
            is_set_in, is_small = first.left >= first.column[0] + FAR_IN * first.size, True
            for count, below in enumerate(self._groups[at + 1 :]):
                is_small = is_small and below.lines[0].size < SMALLER * self._body
                if below.lines[0].page != first.page or id(below) in self._ids or not (is_set_in or is_small):
                    break
                is_caption = _CAPTION.match(below.text) is not None
                if is_caption and count >= _FEWEST_IN_CHART:
                    yield group
                if is_caption or (below.has_words(WEAK_HEADING_WORDS) and not is_small):
                    break

    def _without_text(self) -> Iterator[Group]:
        """Return those below which only a few words are here and there, as is so for most that are set alike."""
        uses: Counter[tuple[Look, bool]] = Counter()
        without: list[Group] = []
        below: list[Group] = []
        for group in reversed(self._groups):
            if id(group) not in self._ids:
                below.append(group)
                continue
            is_without = bool(below) and not any(map(_is_text, below))
            uses[look_of(group), is_without] += 1
            without += [group] * is_without
            below = []
        for group in filter(self._is_inside, without):
            if uses[look_of(group), True] > uses[look_of(group), False]:
                yield group

    def _set_as_in_boxes(self) -> Iterator[Group]:
        """Return those above the words of a chart that are set as the titles of boxes and charts are."""
        uses = Counter((look_of(group), group.aside > 0) for group in self._groups if id(group) in self._ids)
        for group, below in pairwise(self._groups):
            is_words = not below.is_item and (below.lines[0].parts > 1 or not below.has_words(TEXT_WORDS))
            if is_words and id(below) not in self._ids and self._is_inside(group):
                look = look_of(group)
                if uses[look, True] >= max(_FEWEST_IN_CHART, 2 * uses[look, False]):
                    yield group

    def _bylines(self) -> Iterator[Group]:
        """Return those on the title page that are right below a larger one, where nothing else is set so."""
        uses = Counter(look_of(group) for group in self._groups if id(group) in self._ids)
        for above, group in pairwise(self._groups):
            first, last = group.lines[0], above.lines[-1]
            is_below = id(above) in self._ids and first.page == last.page <= TITLE_PAGES
            is_smaller = first.size < min(last.size, DISPLAY * self._body)
            if is_below and is_smaller and self._is_guess(group) and uses[look_of(group)] == 1:
                yield group

    def _set_as_text(self) -> Iterator[Group]:
        """Return the long ones in large type where text on their page is set so, such as the captions of pictures."""
        texts = {
            (group.lines[0].page, group.setting)
            for group in self._groups
            if id(group) not in self._ids and not group.is_item and group.has_words(TEXT_WORDS)
        }
        for group in self._groups:
            first = group.lines[0]
            is_large = first.size >= LARGER * self._body and first.page > TITLE_PAGES
            is_long = group.has_words(WEAK_HEADING_WORDS + 1)
            if is_large and is_long and (first.page, group.setting) in texts and self._is_guess(group):
                yield group

    def _is_guess(self, group: Group) -> bool:
        return id(group) in self._guesses and id(group) in self._ids

    def _is_inside(self, group: Group) -> bool:
        """Say whether a guess is in the running text, and not on the title page."""
        return self._is_guess(group) and not group.aside and group.lines[0].page > TITLE_PAGES


def _is_text(group: Group) -> bool:
    return group.has_words(TEXT_WORDS) or group.is_item or group.text[-1] in ".:;"
