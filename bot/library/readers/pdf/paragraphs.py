"""Make headings, paragraphs and list items of the groups of a PDF's lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from bot.library.blocks import Block
from bot.library.readers.pdf.asides import CAPTION_WORDS, number_asides
from bot.library.readers.pdf.furniture.margins import LABEL_OF_PART, LARGER
from bot.library.readers.pdf.groups import group_elements
from bot.library.readers.pdf.headings.headings import HEADING_WORDS, Headings
from bot.library.readers.pdf.headings.looks import LETTER_DEPTH, Group, Style, numbering_depth
from bot.library.readers.pdf.headings.outline import Outline
from bot.library.readers.pdf.page.spans import Element
from bot.library.readers.pdf.page.tables import Table
from bot.library.readers.pdf.words.bullets import BULLETS
from bot.library.readers.pdf.words.hyphens import Hyphens
from bot.library.readers.pdf.words.lines import BROKEN_HYPHEN
from bot.library.readers.text import set_bullet
from bot.models.library import UNREAD_LETTER
from bot.text.clean import clean_line

_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?:\s?\([a-z]\))?")
_CAPTION_LABEL = re.compile(r"(?:figure|table|chart|map|graph|box)\s+(?:\d{1,3}|[IVXL]{1,6})[.:]?", re.IGNORECASE)
"""What is over the title of a table, a figure or a box."""
_SIGNS = f" {BULLETS}{UNREAD_LETTER}"
"""What may be drawn after a heading, and is no word of it."""
_MARK = re.compile(rf"([:;,.?!]?)\s+[{BULLETS}]\s+")
_SPEAKER_WORDS = 9


def blocks_of_elements(elements: Sequence[Element], style: Style, hyphens: Hyphens, outline: Outline) -> list[Block]:
    """Return the blocks of a report's lines and tables, which are in reading order."""
    groups = _with_labels(group_elements(elements, style, outline), style, outline)
    headings = Headings([group for group in groups if isinstance(group, Group)], style, outline)
    blocks: list[Block] = []
    for group, aside in zip(groups, number_asides(groups, style, headings), strict=True):
        if isinstance(group, Table):
            for text, first, last in group.sentences(hyphens):
                # The items of a cell are parted as cells are.
                row = _MARK.sub(lambda mark: f"{mark[1] or ';'} ", set_bullet(clean_line(text)))
                blocks.append(Block("item", row, 0, first, last, aside))
        elif not headings.repeats(group):
            # What the outline names is a heading of the report, also where it is set in a frame.
            block = _block(group, headings.level(group), hyphens)
            blocks.append(replace(block, aside=0 if headings.is_of_report(group) else aside))
    return _with_speakers(block for block in blocks if any(map(str.isalnum, block.text)))


def _with_labels(groups: Sequence[Group | Table], style: Style, outline: Outline) -> list[Group | Table]:
    """Return the groups, a label such as "Article 65" put with the heading that is right below it."""
    joined: list[Group | Table] = []
    for group in groups:
        last = joined[-1] if joined else None
        if isinstance(last, Group) and isinstance(group, Group) and _is_labelled(last, group, style):
            label, first = last.lines[0], group.lines[0]
            if outline.entry(label) is None:
                label = replace(label, size=first.size, bold=group.is_bold, face=first.face, italic=first.italic)
            joined[-1] = Group([label, *group.lines])
        else:
            joined.append(group)
    return joined


def _is_labelled(above: Group, group: Group, style: Style) -> bool:
    """Say whether a group is what a label right above it names."""
    label, first = above.lines[0], group.lines[0]
    is_number = _NUMBER.fullmatch(above.text) and min(label.size, first.size) >= LARGER * style.size
    is_name = LABEL_OF_PART.fullmatch(above.text.rstrip(".:")) and numbering_depth(group.text) != LETTER_DEPTH
    is_of_part = bool(is_name or is_number)
    if not (is_of_part or _CAPTION_LABEL.fullmatch(above.text)):
        return False
    is_near = first.page == label.page and 0 < label.bottom - first.bottom < 3 * first.size
    is_set_out = group.is_bold or first.size >= LARGER * style.size or group.text.isupper()
    most = HEADING_WORDS if is_of_part else CAPTION_WORDS
    return is_near and is_set_out and len(group.text.split()) <= most


def _with_speakers(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks, a line that says whose words a quotation is put with the quotation."""
    joined: list[Block] = []
    for block in blocks:
        if joined and _is_speaker(joined[-1], block):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}\n{block.text}", page_to=block.page_to)
        else:
            joined.append(block)
    return joined


def _is_speaker(last: Block, block: Block) -> bool:
    are_text = last.kind == block.kind == "paragraph" and last.aside == block.aside
    is_short = len(block.text.split()) <= _SPEAKER_WORDS and block.text[-1] not in '.:;?!,”"'
    return are_text and is_short and last.text[:1] in "“\"‘'" and last.text[-1] in "”\"’'"


def _block(group: Group, level: int, hyphens: Hyphens) -> Block:
    pages = group.lines[0].page, group.lines[-1].page
    text = reduce(hyphens.join, (line.text for line in group.lines))
    text = clean_line(text.replace(BROKEN_HYPHEN, "-"))
    if level:
        return Block("heading", set_bullet(text).removeprefix("- ").rstrip(_SIGNS), level, *pages)
    return Block("item", set_bullet(text), 0, *pages) if group.is_item else Block("paragraph", text, 0, *pages)
