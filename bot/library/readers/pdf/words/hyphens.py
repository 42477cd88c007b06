"""Join words that were broken at the end of a line, and keep the hyphens of compounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.library.readers.pdf.words.lines import BROKEN_HYPHEN

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+)[-\x02]$")
_COMPOUND = re.compile(r"[^\W\d_]-[^\W\d_]{2,3}[-\x02]$")
"""Such as "up-to-", of which the third word follows."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/._=?&%\x02-]$")
_TIGHT_DASH = re.compile(r"\w[—–]$")
_MIDDLE = re.compile(r"(?:of|to|in|by|and|the|for|on|at)-[^\W\d_]")
"""The middle of one, such as "of-" in "out-of-area", of which the first word came before."""
_FIRST = re.compile(r"[^\W\d_]+")
_KEPT = re.compile(r"self|(?:twen|thir|for|fif|six|seven|eigh|nine)ty")
_PARTICIPLE = re.compile(r"[^\W\d_]{4}(?:ing|ed)$")
_FORM = re.compile(r"(?:ing|ed|s)$")
_ENDINGS = ("", "s", "e", "es", "ed", "ing")
_LONGEST_PREFIX = 5
"""Such as "under"; what is longer is a word, and no part that comes before one."""


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
        self._first_parts = Counter(word.partition("-")[0] for word in self._words if "-" in word)

    def join(self, text: str, line: str) -> str:
        """Return the text with the next line after it."""
        last, first = _LAST.search(text), _FIRST.match(line)
        if _ADDRESS.search(text) and not line[:1].isupper():
            return text.replace(BROKEN_HYPHEN, "-") + line  # in an address that was broken nothing comes between
        if last is None:
            return text + (" " if _TIGHT_DASH.search(text) is None else "") + line
        if first is None or not first[0][0].islower():
            return text[:-1] + "-" + line
        keeps = _COMPOUND.search(text) or _MIDDLE.match(line) or self._keeps_hyphen(last[1], first[0])
        return text[:-1] + ("-" if keeps else "") + line

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        before, after = before.casefold(), after.casefold()
        joined, hyphened = self._words[before + after], self._words[f"{before}-{after}"]
        if joined or hyphened:
            return hyphened > joined
        if self._is_known(before + after):
            return False
        # Words that are also found by themselves are two words; a broken word's parts are not.
        if after in ("up", "on", "off") or _KEPT.fullmatch(before):
            return True
        if min(len(before), len(after)) > 2 and self._words[before] and self._words[after]:
            return True
        # So is what comes after the "non" of "non-binary" and "non-EU", or a verb's form after a whole word.
        is_part = len(before) > 2 and self._first_parts[before] > 1
        is_part = is_part or (len(before) > _LONGEST_PREFIX and self._is_known(before))
        return is_part and (self._is_known(after) or _PARTICIPLE.search(after) is not None)

    def _is_known(self, word: str) -> bool:
        """Say whether a word is found by itself in any form, as "checks" is one of "checking"."""
        stem = _FORM.sub("", word)
        return len(stem) > 2 and any(self._words[stem + ending] for ending in _ENDINGS)
