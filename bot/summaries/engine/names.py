"""See the names of people in what others wrote, so that no heading names a colleague or a patient.

A name is seen where the caller knows it, after a title, where somebody is spoken to, and where a capital stands within
a sentence on a word that the thread writes in no other way. What is no name and looks like one costs a heading and no
more: another clause takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.summaries.engine.words import STOP, WORD

_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sister|Sir|Lady|Nurse|Matron|Auntie|Uncle)\.?\s+[A-Z][\w'’-]+",
)
_TITLED_LOOSELY = re.compile(r"\b(?:mr|mrs|ms|mx|dr|prof)\.?\s+[a-z][\w'’-]{2,}", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<![\w.])(?P<name>[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)?)(?:['’]s)?(?!\w)")
_STARTS = re.compile(r"(?:^|[.!?:;\n…*_\"“(–-]|['‘](?=\w))\s*(?:[^\w\s]+\s*)?$")
_NO_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter halloween ramadan diwali hogmanay english welsh scottish irish british
    polish wales scotland england ireland britain london europe google excel word teams outlook whatsapp facebook
    windows datix god lord jesus covid nhs trust board ward unit team day night bay theatre clinic matron sister doctor
    """.split()
)
_LEAST = 3


class Names:
    """Knows the names that a thread holds."""

    def __init__(self, texts: Iterable[str], known: Iterable[str] = ()) -> None:
        """``known`` are names that the caller has, such as the display names of who writes; each word of them is one."""
        texts = list(texts)
        lower = {word for text in texts for word in WORD.findall(text) if word.islower()}
        told = {word.casefold() for name in known for word in WORD.findall(name) if _may_be_name(word)}
        told = {word for word in told if word not in STOP and word not in _NO_NAMES}
        seen = {match["name"] for text in texts for match in _CAPITAL.finditer(text) if _stands_within(text, match)}
        # A word that the thread also writes small is a word: "Matron said", "the matron".
        found = {name.casefold() for name in seen if name.casefold() not in lower | _NO_NAMES | STOP}
        self._names = (told - (lower & _COMMON)) | found
        self._capitals = told & lower & _COMMON

    def holds_name(self, text: str) -> bool:
        """Say whether a text names a person, as far as can be seen."""
        if _TITLED.search(text) or _TITLED_LOOSELY.search(text):
            return True
        for word in WORD.findall(text):
            plain = word.removesuffix("'s").removesuffix("’s")
            small = plain.casefold()
            if small in self._names or (small in self._capitals and plain[:1].isupper()):
                return True
        return False


_COMMON = frozenset(
    "will may mark grace hope rose joy dawn bill rob pat sue jack art dean faith iris ivy june lily miles summer".split()
)
"""Names that are words too: they count with a capital only."""


def _may_be_name(word: str) -> bool:
    return len(word) >= _LEAST and word.isalpha()


def _stands_within(text: str, match: re.Match[str]) -> bool:
    """Say whether a capital stands where no sentence begins."""
    return not _STARTS.search(text[max(0, match.start() - 6) : match.start()])
