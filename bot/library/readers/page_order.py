"""Put what a page's main text was found to be back into the order of the page, under the page's headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.library.blocks import Block

SENTENCE_WORDS = 6
MOST_BETWEEN_WORDS = 12
"""So many words that were not chosen may stand between a heading and the first words that were."""
FEWEST_LETTERS = 12
_MARKER = re.compile(r"\s*(?:-|\d{1,5}\.)\s")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][”’\"')\]]*$")


def put_in_page_order(
    found: Sequence[Block], page: Sequence[Block], linked: Sequence[bool], *, trusted: bool
) -> tuple[Block, ...]:
    """Return the blocks of ``page`` that ``found`` chose, in order, with the headings over them.

    ``linked`` says of each block of the page whether it is nothing but links. Whole sentences that the choice passed
    over stay where they stand between chosen ones; anywhere, where the page is ``trusted``. What was found and is
    nowhere in the page keeps its place behind the block before it.
    """
    keys = [_key(block) for block in page]
    chosen, strays = _choose(found, page, keys)
    if not chosen:
        return tuple(found)
    first, last = min(chosen), max(chosen)
    for index, block in enumerate(page):
        if block.kind != "heading" and not linked[index] and _is_sentence(block) and (trusted or first < index < last):
            chosen.add(index)
    chosen |= _headings_over(page, chosen)
    made = list(strays.get(-1, ()))
    for index in range(len(page)):
        if index in chosen:
            made.append(page[index])
        made += strays.get(index, ())
    return tuple(made)


def _choose(
    found: Sequence[Block], page: Sequence[Block], keys: Sequence[str]
) -> tuple[set[int], dict[int, list[Block]]]:
    """Return the indices of the page's blocks that were found, and what was found elsewhere, by the index before it."""
    text = "".join(keys)
    owner = [index for index, key in enumerate(keys) for _ in key]
    starts = {owner_start: index for index, owner_start in _starts(keys)}
    covered = bytearray(len(text))
    strays: dict[int, list[Block]] = {}
    position = 0
    for block in found:
        key = _key(block)
        at = _place(key, text, covered, position, starts, page, block)
        if at is None:
            # What is no sentence and no title was most likely dropped with what surrounds the text.
            if key and (_is_sentence(block) or (block.kind == "heading" and block.level == 1)):
                strays.setdefault(owner[position - 1] if position else -1, []).append(block)
            continue
        covered[at : at + len(key)] = b"\1" * len(key)
        position = at + len(key)
    counts = [0] * len(keys)
    for char, index in zip(covered, owner, strict=True):
        counts[index] += char
    return {index for index, key in enumerate(keys) if key and counts[index] * 2 >= len(key)}, strays


def _starts(keys: Sequence[str]) -> list[tuple[int, int]]:
    made, at = [], 0
    for index, key in enumerate(keys):
        if key:
            made.append((index, at))
        at += len(key)
    return made


def _place(
    key: str,
    text: str,
    covered: bytearray,
    position: int,
    starts: dict[int, int],
    page: Sequence[Block],
    block: Block,
) -> int | None:
    """Return where in the page's letters a block stands: best at the start of one of its kind, behind the last."""
    places: list[tuple[bool, bool, bool, int]] = []
    goes_on = text.startswith(key, position) and not any(covered[position : position + len(key)])
    at = text.find(key) if key else -1
    while at >= 0 and len(places) < 200:
        if not covered[at]:
            index = starts.get(at)
            is_kind = index is not None and (page[index].kind == "heading") == (block.kind == "heading")
            places.append((not is_kind, index is None, at < position, at))
        at = text.find(key, at + 1)
    best = min(places, default=None)
    if best is None or (best[1] and goes_on):
        return position if goes_on and key else None
    # A few letters within a longer block prove nothing.
    return None if best[1] and len(key) < FEWEST_LETTERS else best[3]


def _headings_over(page: Sequence[Block], chosen: set[int]) -> set[int]:
    """Return the headings that stand over chosen blocks, with next to nothing in between that was not chosen."""
    over: set[int] = set()
    waiting: list[int] = []
    words = 0
    for index, block in enumerate(page):
        if block.kind == "heading":
            if words > MOST_BETWEEN_WORDS:
                waiting, words = [], 0
            waiting = [each for each in waiting if page[each].level < block.level] + [index]
        elif index in chosen:
            if words <= MOST_BETWEEN_WORDS:
                over.update(waiting)
            waiting, words = [], 0
        elif waiting:
            words += len(block.text.split())
    return over


def _is_sentence(block: Block) -> bool:
    text = _MARKER.sub("", block.text, count=1)
    return len(text.split()) >= SENTENCE_WORDS and _ENDS_SENTENCE.search(text) is not None


def _key(block: Block) -> str:
    """Return the letters and figures of a block, without the marker of an item."""
    text = _MARKER.sub("", block.text, count=1) if block.kind == "item" else block.text
    return "".join(char for char in text.casefold() if char.isalnum())
