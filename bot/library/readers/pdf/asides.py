"""Tell what stands beside the running text of a PDF: captions and tables, the words of charts, and whole figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import count, groupby, pairwise

from bot.library.readers.pdf.furniture.margins import LABELLED
from bot.library.readers.pdf.groups import LABEL_WORDS
from bot.library.readers.pdf.headings.headings import Headings
from bot.library.readers.pdf.headings.looks import Group, Style, numbering_depth
from bot.library.readers.pdf.page.box_titles import is_title_of_box
from bot.library.readers.pdf.page.tables import Table
from bot.library.readers.pdf.starts import STOPS
from bot.library.sentences import CAPTION, CREDIT

CAPTION_WORDS = 60
_SOURCES = ("source:", "sources:", "note:", "notes:", "base:")
_CAPTION_START = re.compile(r"(?:Figure|Fig\.|Table|Chart|Map|Box|Graph|Exhibit)\s+(?:[A-Z]\.?)?[\dIVX]")
_CASE = re.compile(r"case\s", re.IGNORECASE)
_TEXT_WORDS = 12
_FEWEST_LABELS = 3
_FEWEST_LARGE_LABELS = 5
_SMALL = 0.93
_LARGEST_TITLE = 1.25
_FIGURE_WORDS = 80
_LEVEL_OF_FIGURES = 3
_FORM = 3
_AS_LARGE = 1.02
_PICTURE_SIZE = 0.6
"""Letters that are smaller than this, beside those of the text, belong to a picture."""


def number_asides(groups: Sequence[Group | Table], style: Style, headings: Headings) -> list[int]:
    """Return for each group the number of the box, table or figure that it belongs to, 0 for the running text.

    What turns out to be the title of a chart, or to be inside a figure, is dropped from the headings.
    """
    asides = _Asides(groups, style, headings)
    asides.drop_names()
    asides.drop_last_lines()
    asides.join_captions()
    asides.part_boxes()
    asides.part_sourced()
    asides.part_labels()
    asides.part_figures()
    asides.part_small()
    asides.open_sections()
    return asides.numbers


class _Asides:
    def __init__(self, groups: Sequence[Group | Table], style: Style, headings: Headings) -> None:
        self._groups = groups
        self._style = style
        self._headings = headings
        self.numbers = [group.aside for group in groups]
        self._unused = count(max(self.numbers, default=0) + 1)

    def drop_names(self) -> None:
        """Take the name of who says the words above it, which is last in a box, for no heading."""
        groups = self._groups
        for words, name, after in zip(groups, groups[1:], [*groups[2:], None], strict=False):
            if isinstance(name, Group) and isinstance(words, Group) and self._is_name(name, words, after):
                self._headings.drop(name)
                if self._headings.is_guess(words):
                    self._headings.drop(words)

    def _is_name(self, name: Group, words: Group, after: Group | Table | None) -> bool:
        is_last = after is None or after.aside != name.aside
        # What leads to a table or to items below the box is a heading.
        is_last = is_last and not (isinstance(after, Table) or (after is not None and after.is_item))
        is_said = words.aside == name.aside != 0 and words.text.endswith(STOPS)
        last, first = words.lines[-1], name.lines[0]
        is_said = is_said and last.colour == first.colour and abs(last.left - first.left) < first.size
        is_guess = self._headings.is_guess(name) and not self._headings.is_of_report(name)
        return is_last and is_said and is_guess

    def drop_last_lines(self) -> None:
        """Take what is last before a page with a higher heading, such as who signs a foreword, for no heading."""
        for group, after in pairwise(self._groups):
            if isinstance(group, Group) and isinstance(after, Group) and self._headings.is_guess(group):
                is_last = group.lines[-1].page < after.lines[0].page
                if is_last and 0 < self._headings.level(after) < self._headings.level(group):
                    self._headings.drop(group)

    def join_captions(self) -> None:
        """Give each table a number, and a caption above it the same."""
        for index, group in enumerate(self._groups):
            if isinstance(group, Table) and not self.numbers[index]:
                self.numbers[index] = next(self._unused)
                if index and _is_caption(self._groups[index - 1]):
                    self.numbers[index - 1] = self.numbers[index]

    def part_boxes(self) -> None:
        """Part a numbered box without a frame: what is set otherwise than the text, or all up to the next heading."""
        groups = self._groups
        for start, title in enumerate(groups[:-1]):
            if self.numbers[start] or not isinstance(title, Group) or not self._headings.level(title):
                continue
            if not is_title_of_box(title.text) or _CASE.match(title.text):
                continue  # a case study without a frame may be a chapter of its own
            are_plain = self._is_plain(groups[start + 1])
            end = start + 1
            while end < len(groups) and self._is_of_box(end, title, are_plain=are_plain):
                end += 1
            self.numbers[start:end] = [next(self._unused)] * (end - start)

    def _is_of_box(self, at: int, title: Group, *, are_plain: bool) -> bool:
        group = self._groups[at]
        if self.numbers[at] or not isinstance(group, Group) or group.lines[0].page > title.lines[-1].page + 1:
            return False
        if self._headings.level(group):
            return group.lines[0].size < self._style.size
        return are_plain or not self._is_plain(group)

    def _is_plain(self, group: Group | Table) -> bool:
        """Say whether a group is set as the running text is."""
        style = self._style
        return isinstance(group, Group) and (group.lines[0].size, group.lines[0].face) == (style.size, style.face)

    def part_sourced(self) -> None:
        """Part what is between the title of a figure or a table and the line that tells its source."""
        for start, title in enumerate(self._groups):
            if not isinstance(title, Group) or not _CAPTION_START.match(title.text):
                continue
            if title.text.startswith("Box"):
                continue  # its text is to be read, and its heading names it
            end = start + 1
            while end < len(self._groups) and self._is_in_figure(self._groups[end], title):
                end += 1
            if end < len(self._groups) and self._is_source(self._groups[end]):
                number = self.numbers[start] or next(self._unused)
                for at in range(start, end + 1):
                    group = self._groups[at]
                    if isinstance(group, Group):
                        self._headings.drop(group)
                        self.numbers[at] = number

    def part_labels(self) -> None:
        """Part the words of charts from the text: several short groups in a row, with the chart's title above them."""
        groups, size = self._groups, self._style.size
        for are_labels, places in groupby(range(len(groups)), key=self._is_label):
            run = list(places)
            labels = [group for group in groups[run[0] : run[-1] + 1] if isinstance(group, Group)]
            is_small = sum(group.lines[0].size < _SMALL * size or _is_figure(group) for group in labels) * 2 > len(run)
            if are_labels and len(run) >= (_FEWEST_LABELS if is_small else _FEWEST_LARGE_LABELS):
                above = groups[run[0] - 1] if run[0] and not self.numbers[run[0] - 1] else None
                if isinstance(above, Group) and is_small and self._is_title_of_chart(above):
                    self._headings.drop(above)
                    run.insert(0, run[0] - 1)
                self.numbers[run[0] : run[-1] + 1] = [next(self._unused)] * len(run)

    def part_figures(self) -> None:
        """Part a figure's title, and the few words below it in another face, from the text that goes on after it."""
        groups, end = self._groups, 0
        for start, title in enumerate(groups[:-1]):
            if start < end or self.numbers[start] or not isinstance(title, Group):
                continue
            if not self._is_title_of_figure(title, groups[start + 1]):
                continue
            end = start + 1
            while end < len(groups) and not self.numbers[end] and self._is_of_figure(groups[end], title):
                end += 1
            words = sum(len(group.text.split()) for group in groups[start:end] if isinstance(group, Group))
            after = groups[end] if end < len(groups) else None
            if isinstance(after, Group) and not self._headings.level(after) and words <= _FIGURE_WORDS:
                self.numbers[start:end] = [next(self._unused)] * (end - start)

    def part_small(self) -> None:
        """Part captions and the words of pictures; what tells a source belongs to what is right above it."""
        for index, group in enumerate(self._groups):
            if self.numbers[index] or isinstance(group, Table):
                continue
            if _is_caption(group) or group.lines[0].size < _PICTURE_SIZE * self._style.size:
                self.numbers[index] = next(self._unused)
            elif self._is_source(group):
                self.numbers[index] = (index and self.numbers[index - 1]) or next(self._unused)

    def open_sections(self) -> None:
        """Take a box for a section where its heading ends the one above, and the next heading in the text is as high.

        It is all of a page, or higher than the heading right above it, or comes again and again, such as "Policy".
        Below any other box, the text goes on with what is above, but for a page with the number of a chapter.
        """
        groups = self._groups
        levels = [self._headings.level(group) if isinstance(group, Group) else 0 for group in groups]
        texts = [group.text if isinstance(group, Group) else "" for group in groups]
        pages = [0.0, *map(_page_of, groups), float("inf")]
        runs = [list(places) for _, places in groupby(range(len(groups)), key=self.numbers.__getitem__)]
        uses = Counter(texts[run[0]] for run in runs if self.numbers[run[0]])
        path: list[int] = []
        for run in runs:
            start, end, level, title = run[0], run[-1] + 1, levels[run[0]], texts[run[0]]
            outside = (at for at in range(end, len(groups)) if not self.numbers[at])
            after = next((levels[at] for at in outside if levels[at] or len(texts[at].split()) > _TEXT_WORDS), 1)
            is_alone = pages[start] < pages[start + 1] and pages[end] < pages[end + 1]
            is_numbered = numbering_depth(title) > 0
            is_set_off = path[-1:] > [level] or uses[title] >= _FORM
            is_set_off = is_set_off and not (is_numbered or LABELLED.match(title))
            is_section = is_alone or is_set_off if 0 < after <= level else is_alone and is_numbered
            is_highest = not any(0 < levels[at] < level for at in run)
            if is_section and is_highest and any(each >= level > 0 for each in path):
                self.numbers[start:end] = [0] * len(run)
            for own in (levels[at] for at in run if levels[at] and not self.numbers[at]):
                path = [*(each for each in path if each < own), own]

    def _is_source(self, group: Group | Table) -> bool:
        if not isinstance(group, Group) or group.lines[0].size >= self._style.size:
            return False
        return group.text.casefold().startswith(_SOURCES)

    def _is_in_figure(self, group: Group | Table, title: Group) -> bool:
        if isinstance(group, Table):
            return True
        first, style = group.lines[0], self._style
        is_near = first.page == title.lines[0].page and not _CAPTION_START.match(group.text)
        is_heading = self._headings.level(group) > 0 and not self._headings.is_guess(group)
        is_text = (first.size, first.face) == (style.size, style.face) and group.has_words(_TEXT_WORDS)
        return is_near and not is_heading and not is_text and not self._is_source(group)

    def _is_label(self, at: int) -> bool:
        return not self.numbers[at] and self._is_short(at) and not self._is_title_of_items(at)

    def _is_title_of_items(self, at: int) -> bool:
        title, *below = self._groups[at : at + 2]
        are_items = any(isinstance(group, Group) and group.is_item and not group.is_bold for group in below)
        return are_items and isinstance(title, Group) and title.is_bold

    def _is_short(self, at: int) -> bool:
        """Say whether a group is like the words in a chart: few, and no sentence."""
        group = self._groups[at]
        if not isinstance(group, Group) or self._headings.level(group) or group.is_item:
            return False
        return len(group.text.split()) <= LABEL_WORDS and not group.text.endswith((".", ":", ";", ",", "”"))

    def _is_title_of_chart(self, above: Group) -> bool:
        return above.lines[0].size <= _LARGEST_TITLE * self._style.size and self._headings.is_guess(above)

    def _is_title_of_figure(self, title: Group, below: Group | Table) -> bool:
        """Say whether what may be a heading is in another face, and text below it as well, none of it large."""
        if not self._headings.is_guess(title) or not isinstance(below, Group) or below.is_item:
            return False
        is_heading = self._headings.level(title) < _LEVEL_OF_FIGURES or self._headings.level(below)
        lines = (title.lines[0], below.lines[0])
        is_other = all(line.face != self._style.face and line.size <= _AS_LARGE * self._style.size for line in lines)
        return not is_heading and is_other

    def _is_of_figure(self, group: Group | Table, title: Group) -> bool:
        """Say whether what follows a figure's title may belong to it: no text, and no heading above its level."""
        if not isinstance(group, Group) or group.lines[0].page != title.lines[0].page:
            return False
        level = self._headings.level(group)
        return level >= self._headings.level(title) if level else group.lines[0].face != self._style.face


def _is_caption(group: Group | Table) -> bool:
    """Say whether a group names a table or a picture, or tells who made it."""
    if not isinstance(group, Group) or len(group.text.split()) >= CAPTION_WORDS:
        return False
    return bool(CAPTION.match(group.text) or CREDIT.search(group.text))


def _page_of(group: Group | Table) -> int:
    return group.page if isinstance(group, Table) else group.lines[0].page


def _is_figure(group: Group) -> bool:
    return not any(char.isalpha() for char in group.text)
