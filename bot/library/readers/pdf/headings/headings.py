"""Tell the headings of a PDF from its text: by outline, size, weight, face and numbering."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import attrgetter

from bot.library.readers.pdf.furniture.margins import LARGER
from bot.library.readers.pdf.headings.false_headings import DISPLAY, FAR_IN, TEXT_WORDS, FalseHeadings
from bot.library.readers.pdf.headings.levels import levels_of_looks
from bot.library.readers.pdf.headings.looks import (
    NUMBERED,
    Group,
    Look,
    Style,
    is_in_capitals,
    is_labelled,
    look_of,
    numbering_depth,
)
from bot.library.readers.pdf.headings.not_headings import (
    FEWEST_LEADING,
    WEAK_HEADING_WORDS,
    above,
    following,
    has_name,
    is_no_heading,
    is_quoted,
    is_right_below,
)
from bot.library.readers.pdf.headings.outline import Outline
from bot.library.readers.pdf.headings.paths import settle
from bot.library.readers.pdf.headings.series import find_series
from bot.library.readers.pdf.page.box_titles import is_title_of_box
from bot.library.readers.pdf.words.letters import LINK
from bot.library.readers.pdf.words.lines import Setting

HEADING_WORDS = 20
_NEARLY_ALL = 0.8
_ANNEX = re.compile(r"(?:annexe?|appendix)\s+[A-Z]\b", re.IGNORECASE)
_NAME = re.compile(r"[a-z]+[A-Z\d]")
"""How a name begins that is written so, such as "eTrauma"."""
_ACRONYM = re.compile(r"[^\W\d_]{1,6}")
_KNOWN_LOOK = 3
_FEWEST_CHAPTERS = 2
_MOST_COLOURED = 2
_FEWEST_HEADINGS = 0.25
_AS_LARGE = 0.95
_SMALLEST = 0.85
_SPACE = 1.3
KNOWN_HEADING_WORDS = 24
_LARGE_HEADING_WORDS = 40
_MOST_PARTS = 2
_DIGIT = re.compile(r"\d")
_PLAIN_NUMBER = re.compile(r"(\d{1,2})\.\s")


class Headings:
    """Knows which groups of lines are headings, and their levels: 1 is the highest."""

    def __init__(self, groups: Sequence[Group], style: Style, outline: Outline) -> None:
        self._style = style
        self._outline = outline
        numbered = [
            (at, group)
            for at, group in enumerate(groups)
            if self.is_told(group) or not is_no_heading(group, above(groups, at), following(groups, at))
        ]
        self._find_acronyms([group for _, group in numbered])
        self._ids = {id(group) for at, group in numbered if self._is_strong(group) or self._is_bold_item(groups, at)}
        weak = [group for at, group in numbered if id(group) not in self._ids and self._is_weak(groups, at)]
        # Italics and colours that are mostly text, such as captions and quotations, are no heading's.
        other = [group for group in groups if group.lines[0].italic or self._is_coloured(group)]
        weak_uses = Counter(map(self._look_of_weak, weak))
        under = Counter(
            self._look_of_weak(below)
            for group, below in pairwise(groups)
            if id(group) in self._ids and id(below) not in self._ids and is_right_below(group, below)
        )
        # What is always right below a heading, such as someone's office below the name, is part of what it names.
        weak = [group for group in weak if under[self._look_of_weak(group)] < weak_uses[self._look_of_weak(group)]]
        tell: tuple[Callable[[Group], object], ...] = (self._look_of_weak, attrgetter("setting"))
        for look in tell:
            counts, uses = (Counter(map(look, each)) for each in (weak, other))
            shown = {each for each, count in counts.items() if count >= max(2, _FEWEST_HEADINGS * uses[each])}
            self._ids.update(id(group) for group in weak if look(group) in shown)
        known = Counter(look_of(group) for group in groups if id(group) in self._ids)
        self._numbers = {(group.setting, _number_of(group)) for group in groups if id(group) in self._ids}
        self._ids.update(
            id(group) for _, group in numbered if known[look_of(group)] >= _KNOWN_LOOK and self._is_like_known(group)
        )
        self._boxes = {group.aside for group in groups if group.aside and is_title_of_box(group.text)}
        self._ids |= find_series(groups, style)
        self._looks_told = self._find_looks_told(groups)
        told = {id(group) for group in groups if self.is_told(group)}
        guesses = {id(group) for group in groups if self.is_guess(group) and not is_labelled(group)}
        FalseHeadings(groups, self._ids, guesses, told, style.size)
        headings = [group for group in groups if id(group) in self._ids]
        outline.forget_levels_in(self._boxes, (group.lines for group in headings))
        levels = levels_of_looks(headings, groups, outline, style.size)
        self._levels, self._repeated = settle(headings, levels, outline, style.size)
        self._ids -= self._repeated
        self._chapters = Counter(look_of(group) for group in headings if not group.aside and self._is_chapter(group))

    def _is_like_known(self, group: Group) -> bool:
        """Say whether a group that looks like several headings may be one as well, though it is longer."""
        text, first = group.text.strip(), group.lines[0]
        # Where the outline names a line that is set as text is, the others that are set so are text.
        is_text = (first.size, first.face, first.italic) == (self._style.size, self._style.face, False)
        if not has_name(group) or (is_text and not group.is_bold):
            return False
        is_larger = first.size >= LARGER * self._style.size and group.is_bold
        is_long = is_larger or (group.is_bold and NUMBERED.match(text) is not None)
        most_words, most_lines = (_LARGE_HEADING_WORDS, 5) if is_long else (KNOWN_HEADING_WORDS, 3)
        is_short = len(text.split()) <= most_words and len(group.lines) <= most_lines
        is_counted = {(group.setting, _number_of(group) + step) for step in (-1, 1)} <= self._numbers
        is_named = text[-1] == "." and (is_labelled(group) or _ANNEX.match(text) is not None or is_counted)
        is_headed = text.rstrip('”"’')[-1:] not in ".,;:–" or is_named
        return is_short and is_headed and (text[0].isupper() or text[0].isdigit() or _NAME.match(text) is not None)

    def _find_acronyms(self, groups: Sequence[Group]) -> None:
        """Take the capitals of a short word, such as "UNICEF", for none where words in small letters are set so too."""
        plain = Counter(look_of(group) for group in groups if self._is_strong(group))
        maybe = [group for group in groups if is_in_capitals(group.text) and _ACRONYM.fullmatch(group.text)]
        names = {group.text for group in maybe}
        words = {word.upper() for group in groups for word in group.text.split() if names and not word.isupper()}
        for group in maybe:
            size, bold, italic, _, face = look_of(group)
            is_set_so = plain[size, bold, italic, False, face] >= _KNOWN_LOOK
            group.is_acronym = is_set_so and group.text not in words

    def _find_looks_told(self, groups: Sequence[Group]) -> set[Setting]:
        """Return how those headings are set that the outline names, but for few."""
        uses = Counter(group.setting for group in groups if id(group) in self._ids)
        told = Counter(group.setting for group in groups if self.is_told(group))
        return {look for look, count in told.items() if count >= max(_KNOWN_LOOK, _NEARLY_ALL * uses[look])}

    def is_told(self, group: Group) -> bool:
        """Say whether the outline names a group."""
        return self._outline.entry(group.lines[0]) is not None

    def is_of_report(self, group: Group) -> bool:
        """Say whether a group is a heading of the report though it is in a frame.

        The outline names what is set so, or chapters are set so elsewhere. In a numbered box there is none.
        """
        if group.aside in self._boxes:
            return False
        if self.is_told(group) or (id(group) in self._ids and group.setting in self._looks_told):
            return True
        return self._is_chapter(group) and self._chapters[look_of(group)] >= _FEWEST_CHAPTERS

    def _is_chapter(self, group: Group) -> bool:
        """Say whether a group is a heading of the highest level, set much larger than the text."""
        return self.level(group) == 1 and group.lines[0].size >= DISPLAY * self._style.size

    def is_guess(self, group: Group) -> bool:
        """Say whether a group is a heading by its look alone: neither the outline nor a number says so."""
        return id(group) in self._ids and not self.is_told(group) and not numbering_depth(group.text)

    def drop(self, group: Group) -> None:
        """Take a heading for text."""
        self._ids.discard(id(group))

    def level(self, group: Group) -> int:
        """Return a heading's level, 0 for what is none."""
        if id(group) not in self._ids:
            return 0
        return self._levels.get(id(group), 1)

    def repeats(self, group: Group) -> bool:
        """Say whether a group has the words of the heading that it is under."""
        return id(group) in self._repeated

    def _is_strong(self, group: Group) -> bool:
        text = group.text.strip()
        if self.is_told(group):
            return True
        first = group.lines[0]
        is_bold = group.is_bold and first.size >= _AS_LARGE * self._style.size
        is_larger = first.size >= LARGER * self._style.size
        # Several words far apart are the legend of a chart.
        if not has_name(group) or is_quoted(text) or first.parts > _MOST_PARTS:
            return False
        if text.endswith((";", ",", "–")) or len(text.split()) > HEADING_WORDS or text[0] in "•–-(":
            return False
        if is_larger:
            return not text.endswith(".") and (
                not text[0].islower() or _NAME.match(text) is not None or numbering_depth(text) > 0
            )
        is_numbered = NUMBERED.match(text) is not None and not group.has_words(TEXT_WORDS + 1)
        return is_bold and (is_numbered or not text.endswith((":", "."))) and not text[0].islower()

    def _is_bold_item(self, groups: Sequence[Group], index: int) -> bool:
        """Say whether a bold item is over a paragraph, as a heading with a bullet is."""
        group, below = groups[index], following(groups, index)
        if below is None or below.is_item or below.is_bold:
            return False
        is_short = len(group.text.split()) <= HEADING_WORDS and group.text[-1] not in ".,;:"
        return group.is_item and group.is_bold and is_short and below.has_words(HEADING_WORDS)

    def _look_of_weak(self, group: Group) -> Look | Setting:
        """Return how a group looks; its colour counts where that alone tells it from the text."""
        return group.setting if self._is_coloured(group) else look_of(group)

    def _is_coloured(self, group: Group) -> bool:
        """Say whether its colour alone tells a group of one or two lines from the text, and is no link's."""
        first, style = group.lines[0], self._style
        is_plain = first.face == style.face and not (first.italic or group.is_bold or group.text.isupper())
        return is_plain and first.colour not in (style.colour, LINK) and len(group.lines) <= _MOST_COLOURED

    def _is_apart(self, before: Group, group: Group, below: Group) -> bool:
        """Say whether a line is by itself above a text, and nearer to that than to what is before it."""
        first, last = group.lines[0], before.lines[-1]
        space = first.bottom - below.lines[0].bottom
        is_nearer = last.page != first.page or space < last.bottom - first.bottom
        is_above_text = below.has_words(HEADING_WORDS) and not is_quoted(below.text)
        return len(group.lines) == 1 and space > _SPACE * self._style.leading and is_nearer and is_above_text

    def _is_weak(self, groups: Sequence[Group], index: int) -> bool:
        """Say whether a short line of another face or in capitals stands by itself before a paragraph."""
        group, below = groups[index], following(groups, index)
        text, first, body = group.text.strip(), group.lines[0], self._style.size
        is_bold_face = group.is_bold and first.face != self._style.face
        if len(text.split()) > WEAK_HEADING_WORDS or not has_name(group) or group.is_item or below is None:
            return False
        is_larger = first.size >= LARGER * body
        stops = ".,;!”’" if text.isupper() and not _DIGIT.search(text) else ".,;:!”’"
        if group.is_bold and self._is_apart(groups[index - 1], group, below):
            stops = ",;!”’" + "." * (not first.italic) + ":" * group.has_words(FEWEST_LEADING)
        if text[-1] in stops or not (text[0].isupper() or text[0].isdigit() or is_larger):
            return False
        is_other = is_larger or group.is_bold or first.italic or text.isupper()
        is_other = is_other or first.face != self._style.face or self._is_coloured(group)
        is_far_in = not is_larger and first.left > first.column[0] + FAR_IN * first.size
        if not is_other or first.size < (_SMALLEST if is_bold_face else _AS_LARGE) * body or is_far_in:
            return False
        if below.lines[0].italic or below.lines[0].left >= first.left + 3 * first.size:
            return False
        is_text = below.has_words(TEXT_WORDS) or (below.is_item and self._is_coloured(group))
        return is_text or self._is_strong(below)


def _number_of(group: Group) -> int:
    """Return the number of a heading such as "2. Rest", below 0 without one."""
    match = _PLAIN_NUMBER.match(group.text)
    return int(match[1]) if match else -2
