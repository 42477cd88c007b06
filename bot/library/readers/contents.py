"""Drop lists of contents that were typed into the text, and make items of what was typed like items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.library.blocks import Block
from bot.library.readers.text import BULLET, set_bullet

CONTENTS = re.compile(
    r"(?:table of |page )?contents(?: page| list)?|on this page|jump to(?: section)?|"
    r"in this (?:report|document|page|guide|section|chapter|article)|list of (?:figures|tables|boxes)",
    re.IGNORECASE,
)
_PAGE_AT_END = re.compile(r"(?:(?:\d{1,2}-)?\d{1,3}|[ivxl]{1,6})\Z")
_LEADERS = " \t.·…_\n"
_LONGEST_PAGE = 6
FEWEST_ENTRIES = 3
FEWEST_LINES = 2
"""A paragraph with as many lines that are typed like items is a list."""
MOST_BETWEEN = 3
"""So many lines of a list of contents may be before one that ends with a page."""


def tidy_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks without a typed list of contents, with typed list items made items."""
    return tuple(_with_items([part for block in _without_contents(blocks) for part in _split_list(block)]))


def drop_linked_contents(blocks: Sequence[Block], linked: Sequence[bool]) -> tuple[list[Block], list[bool]]:
    """Return the blocks without a list of contents that links to the headings; of each, whether it is all links."""
    kept: list[tuple[Block, bool]] = []
    in_contents = False
    for index, (block, is_link) in enumerate(zip(blocks, linked, strict=True)):
        in_contents = in_contents and is_link and block.kind != "heading"
        if CONTENTS.fullmatch(block.text.strip(" :")) and linked[index + 1 : index + 2] == (True,):
            in_contents = blocks[index + 1].kind != "heading"
        kept += [] if in_contents else [(block, is_link)]
    return [block for block, _ in kept], [is_link for _, is_link in kept]


def _without_contents(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        end = _end_of_contents(blocks, index + 1) if CONTENTS.fullmatch(block.text.strip(" :")) else index
        if end > index:
            index = end
        else:
            kept.append(block)
            index += 1
    return kept


def _end_of_contents(blocks: Sequence[Block], start: int) -> int:
    """Say where the entries from ``start`` on end; ``start`` - 1 where these are too few to be a list of contents."""
    end, entries = start, 0
    for index in range(start, len(blocks)):
        text = blocks[index].text
        if len(text.split()) > 25 or index - end > MOST_BETWEEN:
            break
        if _is_entry(text):
            end, entries = index + 1, entries + 1
    return end if entries >= FEWEST_ENTRIES else start - 1


def _is_entry(text: str) -> bool:
    """Say whether a line of a list of contents ends with a page. It looks from the end: a line may be all dots."""
    page = _PAGE_AT_END.search(text, max(1, len(text) - _LONGEST_PAGE))
    return page is not None and not text[0].isspace() and "\n" not in text[: page.start()].rstrip(_LEADERS)


def _split_list(block: Block) -> list[Block]:
    """Part a paragraph that is a list of lines, each typed like an item, and the words that lead to it."""
    lines = block.text.split("\n")
    if block.kind != "paragraph" or sum(BULLET.match(line) is not None for line in lines) < FEWEST_LINES:
        return [block]
    parts: list[list[str]] = []
    for line in lines:
        if not parts or BULLET.match(line):
            parts.append([])
        parts[-1].append(line)
    texts = ("\n".join(part) for part in parts)
    return [
        replace(block, kind="item", text=set_bullet(text)) if BULLET.match(text) else replace(block, text=text)
        for text in texts
    ]


def _with_items(blocks: Sequence[Block]) -> list[Block]:
    """A paragraph that starts like an item is one if it follows a lead-in, or if its neighbour starts like that too."""
    made: list[Block] = []
    for index, block in enumerate(blocks):
        before = made[-1] if made else None
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        is_led = before is not None and (before.kind == "item" or before.text.endswith((":", "–", "—")))
        has_fellow = after is not None and after.kind != "heading" and BULLET.match(after.text)
        if block.kind == "paragraph" and BULLET.match(block.text) and (is_led or has_fellow):
            made.append(replace(block, kind="item", text=set_bullet(block.text)))
        else:
            made.append(block)
    return made
