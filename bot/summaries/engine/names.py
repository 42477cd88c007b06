"""See the names of people in what others wrote, so that no heading names a colleague or a patient.

A name is seen where the caller knows it, after a title, in a mention, among common first names, and where a capital
is within a sentence on a word that the thread writes in no other way. What is no name and looks like one costs a
heading and no more: another clause takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.summaries.engine.words import STOP, WORD
from bot.text.first_names import FIRST_NAMES, NO_NAME_IN_WELSH, NO_NAMES, WORD_NAMES

_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sister|Sir|Lady|Nurse|Matron|Auntie|Uncle)\.?\s+[A-Z][\w'’-]+",
)
_TITLED_LOOSELY = re.compile(r"\b(?:mr|mrs|ms|mx|dr|prof)\.?\s+[a-z][\w'’-]{2,}", re.IGNORECASE)
_MENTIONED = re.compile(r"<@!?\d+>|(?<!\w)@(?!everyone\b|here\b)\w")
_BRACKETS = re.compile(r"[(\[{].*?(?:[)\]}]|$)")
"""What is beside a display name in brackets is where somebody works, and no name."""
_CAPITAL = re.compile(r"(?<![\w.])(?P<name>[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)?)(?:['’]s)?(?!\w)")
_STARTS = re.compile(r"(?:^|[.!?:;\n…*_\"“(–-]|['‘](?=\w))\s*(?:[^\w\s]+\s*)?$")
_LEAST = 3


class Names:
    """Knows the names that a thread holds."""

    def __init__(self, texts: Iterable[str], known: Iterable[str] = ()) -> None:
        """``known`` are names that the caller has, such as display names; each word of them is one."""
        texts = list(texts)
        lower = {word for text in texts for word in WORD.findall(text) if word.islower()}
        bare = (_BRACKETS.sub(" ", name) for name in known)
        told = {word.casefold() for name in bare for word in WORD.findall(name) if _may_be_name(word)}
        self._within = told & STOP & WORD_NAMES
        told = {word for word in told if word not in STOP and word not in NO_NAMES}
        seen = {match["name"] for text in texts for match in _CAPITAL.finditer(text) if _stands_within(text, match)}
        # A word that the thread also writes small is a word: "Matron said", "the matron".
        written_large = {_plain(name) for name in seen} - lower - NO_NAMES - STOP
        self._names = (told - (lower & WORD_NAMES)) | written_large
        self._capitals = told & lower & WORD_NAMES

    def holds_name(self, text: str) -> bool:
        """Say whether a text names a person, as far as can be seen."""
        text = NO_NAME_IN_WELSH.sub(" ", text)
        if (
            _MENTIONED.search(text)
            or _TITLED.search(text)
            or _TITLED_LOOSELY.search(text)
            or self._holds_stop_word(text)
        ):
            return True
        for word in WORD.findall(text):
            small = _plain(word)
            if small in self._names or small in FIRST_NAMES or (small in self._capitals and word[:1].isupper()):
                return True
        return False

    def _holds_stop_word(self, text: str) -> bool:
        """Say whether a text names somebody called Will or May: with a capital, if no sentence begins."""
        return bool(self._within) and any(
            match["name"].casefold() in self._within and _stands_within(text, match)
            for match in _CAPITAL.finditer(text)
        )


def _may_be_name(word: str) -> bool:
    return len(word) >= _LEAST and word.isalpha()


def _plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").casefold()


def _stands_within(text: str, match: re.Match[str]) -> bool:
    """Say whether a capital is where no sentence begins."""
    return not _STARTS.search(text[max(0, match.start() - 6) : match.start()])
