"""Put what a page's main text was found to be back into the order of the page, under the page's headings."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.library.blocks import Block

SENTENCE_WORDS = 6
MOST_BETWEEN_WORDS = 12
"""So many words that were not chosen may be between a heading and the first words that were."""
FEWEST_LETTERS = 12
_MARKER = re.compile(r"\s*(?:-|\d{1,5}\.)\s")
_INNER_END = re.compile(r"[a-z][.!?][”’\"')\]]*\s")
_TEASER = re.compile(r"\b(?:read|find out|learn) more\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;…][”’\"')\]]*$")


def put_in_page_order(
    found: Sequence[Block], page: Sequence[Block], linked: Sequence[bool], *, trusted: bool
) -> tuple[Block, ...]:
    """Return the blocks of ``page`` that ``found`` chose, in order, with the headings over them.

    ``linked`` says of each block of the page whether it is nothing but links. Whole sentences and rows that the choice
    passed over stay where they are between chosen ones; if the page is ``trusted``, sentences stay anywhere, all that
    is no link between chosen ones, and the whole page if nothing was found as it stands. What was found and is nowhere
    in the page keeps its place behind the block before it.
    """
    keys = [_key(block) for block in page]
    chosen, strays = _choose(found, page, keys)
    if not trusted:
        text = next((index for index in sorted(chosen) if not linked[index]), len(page))
        chosen = {index for index in chosen if index >= text}  # no menu above the text
    if not chosen:
        # From a short page, all words may be found as one block, with those around the text.
        return tuple(page if trusted and page else found)
    first, last = min(chosen), max(chosen)
    titles = [index for index, block in enumerate(page) if block.kind == "heading" and block.level == 1]
    if len(titles) == 1 and titles[0] < first:
        # The title of the page is over its text, whatever is between them.
        first = titles[0]
        chosen.add(first)
    while last + 1 < len(page) and page[last + 1].kind == "item" and not linked[last + 1]:
        last += 1  # the rest of a list or a table
        chosen.add(last)
    for index, block in enumerate(page):
        is_between = first < index < last
        is_inner = is_between and not linked[index]
        is_text = (_is_sentence(block) and (trusted or is_inner)) or (is_inner and _holds_sentence(block))
        is_part = is_inner and (trusted or block.kind == "item")
        if block.kind != "heading" and (is_text or is_part):
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
    letters = _Letters(page, keys)
    strays: dict[int, list[Block]] = {}
    for block in found:
        key = _key(block)
        # Anything but a sentence or a title was most likely dropped with what surrounds the text.
        if (
            key
            and not letters.cover(key, block)
            and (_is_sentence(block) or (block.kind, block.level) == ("heading", 1))
        ):
            strays.setdefault(letters.last_index, []).append(block)
    return letters.covered_blocks(), strays


class _Letters:
    """The letters of a page in one row, and which of them were found. Each is found once."""

    def __init__(self, page: Sequence[Block], keys: Sequence[str]) -> None:
        self._keys = keys
        self._text = "".join(keys)
        self._owner = [index for index, key in enumerate(keys) for _ in key]
        self._covered = bytearray(len(self._text))
        self._position = 0
        self._wholes: dict[tuple[str, bool], list[int]] = defaultdict(list)
        at = 0
        for index, key in enumerate(keys):
            self._wholes[key, page[index].kind == "heading"].append(at)
            at += len(key)

    @property
    def last_index(self) -> int:
        """The index of the block in which the last letters were found; -1 before any."""
        return self._owner[self._position - 1] if self._position else -1

    def cover(self, key: str, block: Block) -> bool:
        """Note a block's letters as found, if they are in the page. Returns whether they are."""
        at = self._place(key, block)
        if at is None:
            return False
        self._covered[at : at + len(key)] = b"\1" * len(key)
        self._position = at + len(key)
        return True

    def covered_blocks(self) -> set[int]:
        """Return the indices of the blocks of which at least half was found."""
        counts = Counter(index for char, index in zip(self._covered, self._owner, strict=True) if char)
        return {index for index, count in counts.items() if count * 2 >= len(self._keys[index])}

    def _place(self, key: str, block: Block) -> int | None:
        """Find a block's letters: best as a whole block of its kind, behind the last; else right behind or anywhere."""
        is_heading = block.kind == "heading"
        for kind in (is_heading, not is_heading):
            places = self._wholes[key, kind]
            for start in (bisect_left(places, self._position), 0):
                while start < len(places):
                    at = places.pop(start)  # no block is found twice
                    if not self._covered[at]:
                        return at
        if self._text.startswith(key, self._position) and not any(
            self._covered[self._position : self._position + len(key)]
        ):
            return self._position
        # A few letters within a longer block prove nothing.
        starts = (self._text.find(key, self._position), self._text.find(key)) if len(key) >= FEWEST_LETTERS else ()
        return next((at for at in starts if at >= 0 and not self._covered[at]), None)


def _headings_over(page: Sequence[Block], chosen: set[int]) -> set[int]:
    """Return the headings that are over chosen blocks, with next to nothing in between that was not chosen."""
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


def _holds_sentence(block: Block) -> bool:
    """Say whether a sentence is in a block, which may end with an address."""
    end = _INNER_END.search(block.text)
    is_teaser = _TEASER.search(block.text) is not None
    return end is not None and not is_teaser and len(block.text[: end.start()].split()) >= SENTENCE_WORDS


def _key(block: Block) -> str:
    """Return the letters and figures of a block, without the marker of an item."""
    text = _MARKER.sub("", block.text, count=1) if block.kind == "item" else block.text
    # A raised figure is the same figure, however each of the two programs writes it.
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
