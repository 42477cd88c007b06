"""Make headings, paragraphs and list items of the groups of a PDF's lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from bot.library.blocks import Block
from bot.library.readers.pdf.groups import CAPTION, Group, Style, group_elements
from bot.library.readers.pdf.headings import Headings
from bot.library.readers.pdf.hyphens import Hyphens
from bot.library.readers.pdf.layout import Element
from bot.library.readers.pdf.lines import Line
from bot.library.readers.pdf.outline import Outline
from bot.library.readers.pdf.tables import Table
from bot.library.readers.text import set_bullet
from bot.text.clean import clean_line

_SOURCES = ("source:", "sources:", "note:", "notes:", "base:")
_LABEL_WORDS = 5
_FEWEST_LABELS = 3


def blocks_of_elements(elements: Sequence[Element], style: Style, hyphens: Hyphens, outline: Outline) -> list[Block]:
    """Return the blocks of a report's lines and tables, which are in reading order."""
    groups = list(group_elements(elements, style, outline))
    headings = Headings([group for group in groups if isinstance(group, Group)], style, outline)
    blocks: list[Block] = []
    numbers = count(10_000_000)
    for group, aside in _with_asides(groups, style, numbers, headings):
        if isinstance(group, Table):
            blocks += [
                Block("item", text, 0, group.page, group.page, aside) for text in map(clean_line, group.sentences())
            ]
        else:
            blocks.append(replace(_block(group, headings.level(group), hyphens), aside=aside))
    return [block for block in blocks if any(char.isalnum() for char in block.text)]


def _with_asides(
    groups: Sequence[Group | Table], style: Style, numbers: Iterator[int], headings: Headings
) -> Iterator[tuple[Group | Table, int]]:
    """Return each group with the number of what it stands in: a caption stands with its table, labels with others."""
    asides = [group.aside for group in groups]
    for index, group in enumerate(groups):
        if isinstance(group, Table) and not asides[index]:
            asides[index] = next(numbers)
            if index and _is_caption(groups[index - 1]):
                asides[index - 1] = asides[index]
    at = 0
    while at < len(groups):
        end = at
        while end < len(groups) and not asides[end] and _is_label(groups[end], style):
            end += 1
        if end - at >= _FEWEST_LABELS:
            above = groups[at - 1] if at and not asides[at - 1] else None
            if isinstance(above, Group) and headings.is_guess(above):
                # What stands right above the words of a chart is its title.
                headings.drop(above)
                at -= 1
            asides[at:end] = [next(numbers)] * (end - at)
        at = max(end, at + 1)
    for index, group in enumerate(groups):
        if not asides[index] and isinstance(group, Group):
            if _is_caption(group):
                asides[index] = next(numbers)
            elif group.text.casefold().startswith(_SOURCES) and group.lines[0].size < style.size:
                asides[index] = asides[index - 1] if index and asides[index - 1] else next(numbers)
    yield from zip(groups, asides, strict=True)


def _is_caption(group: Group | Table) -> bool:
    return isinstance(group, Group) and bool(CAPTION.match(group.text)) and len(group.text.split()) < 60


def _is_label(group: Group | Table, style: Style) -> bool:
    """Say whether a group is like the words in a chart: small, few, and no sentence."""
    if isinstance(group, Table):
        return False
    text = group.text
    is_few = len(text.split()) <= _LABEL_WORDS and not text.endswith((".", ":", ";"))
    return is_few and (group.lines[0].size < 0.93 * style.size or not any(char.isalpha() for char in text))


def _block(group: Group, level: int, hyphens: Hyphens) -> Block:
    first, last = group.lines[0].page, group.lines[-1].page
    text = _joined(group.lines, hyphens)
    if level:
        return Block("heading", text, level, first, last)
    if group.is_item:
        return Block("item", set_bullet(text), 0, first, last)
    return Block("paragraph", text, 0, first, last)


def _joined(lines: Sequence[Line], hyphens: Hyphens) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = hyphens.join(text, line.text)
    return clean_line(text.replace("\x02", "-"))
