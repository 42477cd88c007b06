"""Tell a report's cover and imprint from its text: nobody discusses them, and no passage runs from one into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, groupby, takewhile

from bot.library.blocks import COVER, Block
from bot.library.sentences import has_sentence

IMPRINT_HEADING = "Imprint"
_FEWEST_PAGES = 4
_MOST_PAGES = 3
"""The first pages of a report on which an imprint is looked for, as it is on the last."""
_FEWEST_SIGNS = 3
_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bISBN\b|\bISSN\b",
        r"©|\bcopyright\b",
        r"\brights reserved\b",
        r"\blicen[cs]e\b",
        r"\breproduc(?:e|ed|tion)\b",
        r"\b(?:printed|published|produced|designed) (?:by|in|and)\b",
        r"\bcatalogu?ing\b",
        r"\bsuggested citation\b|\bto cite this\b|\bshould be (?:cited|referenced) as\b",
        r"\bdesignations employed\b|\bdisclaimers?\b|\bmention of (?:specific|any) (?:compan|firm)|\bliable\b",
        r"\bpermission\b",
        r"\b(?:enquiries|queries)\b",
    )
)


def part_front(blocks: Sequence[Block], pages: int) -> list[Block]:
    """Return a report's blocks, those of its cover as such, and those of its imprint under a heading of their own."""
    if pages < _FEWEST_PAGES:
        return list(blocks)
    cover = list(takewhile(lambda block: block.page_from == 1, blocks))
    is_text = any(block.kind == "item" or has_sentence(block.text) for block in cover)
    marked = cover if is_text else [replace(block, aside=COVER) for block in cover]
    unused = count(max((block.aside for block in blocks), default=0) + 1)
    for page, group in groupby(blocks[len(cover) :], key=lambda block: block.page_from):
        is_outer = page is not None and (page <= _MOST_PAGES or page == pages)
        on_page = list(group)
        marked += _with_imprint(on_page, next(unused)) if is_outer else on_page
    return marked


def _with_imprint(blocks: Sequence[Block], number: int) -> list[Block]:
    """Return a page's blocks, what belongs to an imprint under its heading, as the aside of this number.

    Its own headings name no section.
    """
    signs = [{sign for sign in _SIGNS if sign.search(block.text)} for block in blocks]
    words = [len(block.text.split()) for block in blocks]
    signed = sum(length for length, found in zip(words, signs, strict=True) if found)
    if len(set().union(*signs)) < _FEWEST_SIGNS or signed * 2 < sum(words):
        return list(blocks)
    last = max(at for at, found in enumerate(signs) if found)
    after = next((at for at in range(last + 1, len(blocks)) if blocks[at].kind == "heading"), len(blocks))
    first = blocks[0]
    heading = Block("heading", IMPRINT_HEADING, 1, first.page_from, first.page_from, number)
    inside = [
        replace(block, kind="paragraph" if block.level else block.kind, level=0, aside=number)
        for block in blocks[:after]
    ]
    return [heading, *inside, *blocks[after:]]
