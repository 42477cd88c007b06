"""Make headings, paragraphs and list items of a PDF's lines, by their place, their size and how they end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.library.blocks import Block
from bot.library.readers.markup import CELL_SEPARATOR
from bot.library.readers.pdf.lines import BROKEN_HYPHEN, Line
from bot.library.readers.text import BULLET, set_bullet
from bot.text.clean import clean_line

_ENDS = tuple('.!?:;”"’)')
_STOPS = tuple('.!?:”"')
LARGER = 1.1
CLOSE = 1.15
SAME = 0.06
HEADING_WORDS = 20
BOLD_HEADING_WORDS = 14
NUMBERED_HEADING_WORDS = 30
_NUMBER = re.compile(r"(?:\d{1,2}\.)+\d{0,2}\s+[A-Z]")
_CAPTION = re.compile(r"(?:figure|fig\.|table|chart|exhibit)\s+[\dA-Z]", re.IGNORECASE)
TITLE_PAGES = 2
_BARE_BULLETS = frozenset("•–-▪◦●‣·■□➤►✓§o")


@dataclass(frozen=True, slots=True)
class Style:
    """How the running text is set: its size and its leading, in points."""

    size: float
    leading: float


@dataclass(slots=True)
class _Group:
    """Lines that belong together."""

    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def is_item(self) -> bool:
        return bool(BULLET.match(self.lines[0].text))

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table: cells beside each other, with more than a number before them."""
        first, *others = self.lines
        beside = [line for line in others if abs(line.bottom - first.bottom) <= first.size / 2]
        return len(beside) == len(others) > 0 and not first.bold and len(first.text) > 3 and not self.is_item


def blocks_of_lines(lines: Sequence[Line], style: Style, hyphens: Hyphens) -> list[Block]:
    """Return the blocks of the lines in reading order."""
    groups = list(_groups(_with_bullets(lines), style))
    levels = _levels(groups, style)
    blocks = (_block(group, levels, style, hyphens) for group in groups)
    return [block for block in blocks if any(char.isalnum() for char in block.text)]


def _with_bullets(lines: Sequence[Line]) -> Iterator[Line]:
    """Return the lines, a bullet that is drawn by itself put before the line that it stands beside."""
    bullet: Line | None = None
    for line in lines:
        if line.text in _BARE_BULLETS:
            bullet = line
            continue
        if bullet is not None and bullet.page == line.page and abs(bullet.bottom - line.bottom) < line.size:
            line = Line("- " + line.text, line.page, bullet.left, line.right, line.bottom, line.top, line.size)
        bullet = None
        yield line


def _groups(lines: Iterator[Line], style: Style) -> Iterator[_Group]:
    group: _Group | None = None
    for line in lines:
        if group is not None and _goes_on(group, line, style):
            group.lines.append(line)
            continue
        if group is not None:
            yield group
        group = _Group([line])
    if group is not None:
        yield group


def _goes_on(group: _Group, line: Line, style: Style) -> bool:
    """Say whether a line belongs to the paragraph, item or heading before it."""
    last = group.lines[-1]
    if _is_beside(last, line):
        return True
    if abs(line.size - last.size) > max(SAME * last.size, 0.5) or BULLET.match(line.text):
        return False
    drop = last.bottom - line.bottom
    leading = style.leading * max(1.0, line.size / style.size)
    # A bold sentence with its paragraph right below it is no heading.
    if _is_bold(group) and not line.starts_bold and not (last.text.endswith(".") and 0 < drop <= CLOSE * leading):
        return False
    if line.bold and not _is_bold(group) and (last.text.endswith(_STOPS) or len(group.text.split()) < 3):
        return False
    if line.page != last.page or drop < -last.size / 2 or drop > 4 * line.size:
        return _is_unfinished(group, line)
    if abs(drop) <= last.size / 2:
        return line.left >= last.right - 1  # the next part of the same line, or the next cell of a row
    if group.is_row:
        return False
    return drop <= 1.3 * leading and not _starts_paragraph(group, line)


def _is_beside(last: Line, line: Line) -> bool:
    """Say whether a line is the next part of the same line, such as a small letter of a formula."""
    overlap = min(last.top, line.top) - max(last.bottom, line.bottom)
    gap = line.left - last.right
    is_small = min(len(last.text), len(line.text)) <= 6 or min(last.size, line.size) < 0.8 * max(last.size, line.size)
    return last.page == line.page and is_small and overlap > 0 and -1 <= gap < max(last.size, line.size)


def _is_bold(group: _Group) -> bool:
    return all(line.bold for line in group.lines)


def _is_unfinished(group: _Group, line: Line) -> bool:
    """Say whether a paragraph goes on in the next column or on the next page."""
    text = group.text.rstrip()
    if len(text.split()) <= 3 or line.size > LARGER * group.lines[0].size:
        return False
    return not text.endswith(_ENDS) and (line.text[:1].islower() or text.endswith((",", "-", "\x02")) or not line.bold)


def _starts_paragraph(group: _Group, line: Line) -> bool:
    """Say whether a line with no more space above it is indented after a sentence, or follows a short line."""
    last = group.lines[-1]
    if not last.text.endswith(_STOPS):
        return False
    is_indented = not group.is_item and line.left > min(each.left for each in group.lines[-2:]) + 0.8 * line.size
    back_from_item = group.is_item and line.left < group.lines[0].left + 1 and line.text[:1].isupper()
    width = max(each.right for each in group.lines) - min(each.left for each in group.lines)
    is_short = len(group.lines) > 1 and last.right < min(each.left for each in group.lines) + 0.6 * width
    return is_indented or back_from_item or is_short


def _is_heading(group: _Group, style: Style) -> bool:
    text = group.text.strip()
    words = len(text.split())
    is_bold = _is_bold(group) and group.lines[0].size >= 0.95 * style.size
    if _CAPTION.match(text):
        return False
    if is_bold and words <= NUMBERED_HEADING_WORDS and _NUMBER.match(text):
        return True
    if not re.search(r"[^\W\d_]{3}", text) or text.endswith((";", ",")) or words > HEADING_WORDS:
        return False
    if group.lines[0].size >= LARGER * style.size:
        return not text.endswith(".")
    return is_bold and words <= BOLD_HEADING_WORDS and text[0].isalnum() and not text.endswith(":")


def _levels(groups: Sequence[_Group], style: Style) -> dict[float, int]:
    """Return the level of each size of heading: the largest is 1, bold text of the running size comes last."""
    headings = [group.lines[0] for group in groups if _is_heading(group, style)]
    # The title page has sizes of its own; its lines are no parents of the chapters.
    inside = [line for line in headings if line.page > TITLE_PAGES] or headings
    sizes: list[float] = []
    for size in sorted({line.size for line in inside}, reverse=True):
        if sizes and abs(sizes[-1] - size) <= SAME * size:
            continue
        sizes.append(size)
    return {size: level for level, size in enumerate(sizes, start=1)}


def _level(size: float, levels: dict[float, int]) -> int:
    return min(levels.items(), key=lambda entry: abs(entry[0] - size))[1]


def _block(group: _Group, levels: dict[float, int], style: Style, hyphens: Hyphens) -> Block:
    first, last = group.lines[0].page, group.lines[-1].page
    if group.is_row and not _is_heading(group, style):
        cells = (clean_line(line.text) for line in group.lines)
        return Block("item", CELL_SEPARATOR.join(filter(None, cells)), 0, first, last)
    text = group.lines[0].text
    for line in group.lines[1:]:
        text = hyphens.join(text, line.text)
    text = clean_line(text.replace("\x02", "-"))
    if _is_heading(group, style):
        return Block("heading", text, _level(group.lines[0].size, levels), first, last)
    if group.is_item:
        return Block("item", set_bullet(text), 0, first, last)
    return Block("paragraph", text, 0, first, last)


_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+)[-\x02]$")
_FIRST = re.compile(r"[^\W\d_]+")


class Hyphens:
    """Knows the document's words, so that "manage-" and "ment" become one and "well-" and "being" keep their hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        was_broken = False
        for line in lines:
            words = [word.casefold() for word in _WORD.findall(line)]
            is_broken = line.endswith(("-", BROKEN_HYPHEN))
            # The parts of a broken word are no words.
            self._words.update(words[1 if was_broken else 0 : -1 if is_broken else None])
            was_broken = is_broken

    def join(self, text: str, line: str) -> str:
        """Return the text with the next line after it."""
        last, first = _LAST.search(text), _FIRST.match(line)
        if last is None:
            # After a dash between numbers, or an address that was broken, nothing comes between.
            is_broken = text.endswith(BROKEN_HYPHEN)
            return text[:-1] + "-" + line if is_broken else f"{text} {line}"
        if first is None or not first[0][0].islower():
            return text[:-1] + "-" + line
        return text[:-1] + ("-" if self._keeps_hyphen(last[1], first[0]) else "") + line

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        before, after = before.casefold(), after.casefold()
        joined, hyphened = self._words[before + after], self._words[f"{before}-{after}"]
        if joined or hyphened:
            return hyphened > joined
        # Two words that stand elsewhere by themselves are rather two words; a broken word's parts are not.
        return min(len(before), len(after)) > 2 and bool(self._words[before] and self._words[after])
