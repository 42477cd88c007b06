"""Take out the sentences of a PDF that stand large beside the text that they are taken from: they are read there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby

from bot.library.readers.pdf.page.spans import Element
from bot.library.readers.pdf.words.lines import Line

_FEWEST_WORDS = 12
_FEWEST_LINES = 3
_NEAR = 1
"""How many pages the sentence in the text may be away."""


def drop_pull_quotes(elements: Sequence[Element], body: float) -> list[Element]:
    """Return the elements without several lines beside the text that are set unlike it, and whose words are in it."""
    lines = [element for element in elements if isinstance(element, Line)]
    uses = Counter(line.setting for line in lines if line.size == body)
    plain = max(uses, key=uses.__getitem__, default=None)
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.setting == plain:
            pages[line.page].append(line)
    kept: list[Element] = []
    for (page, setting), members in groupby(elements, key=lambda each: (each.page, getattr(each, "setting", None))):
        run = list(members)
        quote = [element for element in run if isinstance(element, Line)]
        may_be = setting != plain and len(quote) >= _FEWEST_LINES and _is_beside(quote, pages[page])
        near = [line for other in range(page - _NEAR, page + _NEAR + 1) for line in pages[other]] if may_be else []
        # Its first letter may be a capital in one place; a heading that the text says again is all in capitals.
        if not near or _letters(quote)[1:] not in _letters(near):
            kept += run
    return kept


def _letters(lines: Sequence[Line]) -> str:
    return "".join(char for line in lines for char in line.text if char.isalnum())


def _is_beside(quote: Sequence[Line], text: Sequence[Line]) -> bool:
    """Say whether enough words are beside a line of the text."""
    if sum(len(line.text.split()) for line in quote) < _FEWEST_WORDS:
        return False
    left, right = min(line.left for line in quote), max(line.right for line in quote)
    return any(
        quote[-1].bottom <= line.bottom <= quote[0].top and (line.right <= left or right <= line.left) for line in text
    )
