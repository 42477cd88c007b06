"""A text as the patterns read it, beside the characters that its author typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

# Marks that nobody sees would hide a number, and so would joiners, which other scripts need.
_UNSEEN = "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_ODD = re.compile(rf"[{_UNSEEN}]|(?![0-9])\d")
_CLUSTER = re.compile(
    rf"(?P<plain>[\x00-\x7f]+(?=[\x00-\x7f]|\Z))|(?P<seen>[^{_UNSEEN}][\u0300-\u036f]*+)?[{_UNSEEN}]*+", re.DOTALL
)
"""A run of plain characters with nothing on them, or one character with its marks."""

_SIGNS = "’‘“”–—£"
"""Signs in which nothing is hidden, and that are in their plainest form."""

Edit = tuple[int, int, str]
"""Where a piece starts and ends that goes, and what comes in its place."""


def replace_signs(text: str) -> str:
    """Return a text with its typographic quotation marks, dashes and pounds as spaces, each in the place it had.

    Phones type these. With them, a text of plain characters is as quick to look at as without.
    """
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text


class PlainText:
    """A text in its plainest characters: NFKC, ten figures, nothing unseen. It remembers what was typed."""

    def __init__(self, typed: str) -> None:
        self.plain = typed
        self._typed: list[str] | None = None  # what was typed for each plain character; None where it is the same
        if typed.isascii() or replace_signs(typed).isascii():
            return
        if _ODD.search(typed) or not unicodedata.is_normalized("NFKC", typed):
            self._fold(typed)

    @property
    def typed(self) -> str:
        """The text as its author typed it, but for what was replaced."""
        return self.plain if self._typed is None else "".join(self._typed)

    def replace(self, edits: Sequence[Edit]) -> None:
        """Replace pieces of the plain text, given in their order. What was typed as one character goes as a whole."""
        if self._typed is not None:
            edits = [(self._back(start), self._forth(end), instead) for start, end, instead in edits]
            self._typed = list(chain.from_iterable(_cut(self._typed, edits)))
        self.plain = "".join(chain.from_iterable(_cut(self.plain, edits)))

    def _fold(self, text: str) -> None:
        plain, typed, lead = [], [], ""
        for match in _CLUSTER.finditer(text):
            if run := match["plain"]:
                plain.append(run)
                typed += [lead + run[0], *run[1:]]
                lead = ""
                continue
            folded = _fold_cluster(match["seen"] or "")
            whole = lead + match[0]
            lead = "" if folded else whole  # unseen marks before all else stay with the first character
            if folded:
                plain.append(folded)
                typed += [whole, *[""] * (len(folded) - 1)]
        self.plain, self._typed = "".join(plain), typed or [lead]

    def _back(self, at: int) -> int:
        while self._typed and 0 < at < len(self._typed) and not self._typed[at]:
            at -= 1
        return at

    def _forth(self, at: int) -> int:
        while self._typed and at < len(self._typed) and not self._typed[at]:
            at += 1
        return at


def _fold_cluster(cluster: str) -> str:
    return _fold_alone(cluster) if len(cluster) == 1 else _fold_afresh(cluster)


@lru_cache(maxsize=2_048)
def _fold_alone(char: str) -> str:
    """Fold one character; a text has few of them, and to fold each afresh takes three times as long."""
    return _fold_afresh(char)


def _fold_afresh(cluster: str) -> str:
    return "".join(map(_fold_figure, unicodedata.normalize("NFKC", cluster)))


def _fold_figure(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _cut(whole: Sequence[str], edits: Sequence[Edit]) -> list[Sequence[str]]:
    parts: list[Sequence[str]] = []
    at = 0
    for start, end, instead in edits:
        parts += [whole[at : max(at, start)], instead]
        at = max(at, end)
    return [*parts, whole[at:]]
