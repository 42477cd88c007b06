"""Take identifiers of people out of what somebody wrote, before it is stored; it never tells what they were."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.replies.redaction.birth_dates import YEARS_IN_WORDS, find_birth_dates, may_hold_date, may_name_birth
from bot.replies.redaction.kinds import Found, Identifier
from bot.replies.redaction.patterns import (
    find_email_addresses,
    find_links,
    find_names,
    find_ni_numbers,
    find_postcodes,
)
from bot.replies.redaction.word_list import find_own_words, may_hold_own_word

# Marks that nobody sees would hide a number; so would joiners beside Latin letters and figures, which they do not join.
_UNSEEN = re.compile(r"[\u00ad\u034f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINERS = re.compile(r"(?<=[0-9A-Za-z@.])[\u200c\u200d]++|(?<![\u200c\u200d])[\u200c\u200d]++(?=[0-9A-Za-z@.])")
_MARKS = re.compile("(" + "|".join(re.escape(kind.mark) for kind in Identifier if kind.mark) + ")")
# Signs that a text can hold a kind at all. Plain words and counts are looked for first: most messages hold none, and
# each search for a pattern costs as much as all of these.
_AS_FIGURES = bytes(ord("0") if chr(code).isdigit() and code < 128 else code for code in range(256))
_FIGURE = re.compile(r"\d")
_NINE_FIGURES = re.compile(r"\d(?:[\W_]{0,3}\d){8}")
_POSTCODE_END = re.compile(r"[0-9][a-z]{2}")
_SIX_FIGURES = re.compile(r"[0-9]{2}[\W_]{0,3}[0-9]{2}[\W_]{0,3}[0-9]{2}")
_SPOKEN_AT = re.compile(r"at\s{1,2}[\w-]++(?:\.|\s{1,2}dot\s{1,2})[^\W\d_]|[\[(]\s?at\s?[\])]")

Finder = Callable[[str], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without identifiers, and how many of each kind were taken out of it (never the words)."""

    text: str
    removed: Mapping[Identifier, int]


def redact(text: str, own_words: Sequence[str] = ()) -> Redaction:
    """Return the text with identifiers replaced by plain marks such as "[NHS number removed]"; links keep their host.

    ``own_words`` are words or phrases of the server's own: they are removed as whole words, in any case and with
    any spaces or dashes between. Marks that nobody sees hide none; they go where anything is removed. Doing it twice
    changes nothing. Takes linear time in the length of the text.
    """
    if text.isascii():
        return _redact_text(text, own_words)
    plain = _redact_text(_JOINERS.sub("", _UNSEEN.sub("", text)), own_words)
    return plain if plain.removed else Redaction(text, {})


def _redact_text(text: str, own_words: Sequence[str]) -> Redaction:
    finders = _choose_finders(text, own_words)
    if not finders:
        return Redaction(text, {})
    removed: Counter[Identifier] = Counter()
    # What is left after a removal can be read in another way, so it is looked at until nothing is found.
    while finders:
        before = removed.total()
        for finder in finders:
            text = _clear_between_marks(text, finder, removed)
        finders = _choose_finders(text, own_words) if removed.total() > before else []
    return Redaction(text, dict(removed))


def _choose_finders(text: str, own_words: Sequence[str]) -> list[Finder]:
    """Choose the finders of what this text can hold.

    For most messages there are none, which makes it quick.
    """
    small = text.lower()
    finders: list[Finder] = []
    if "<@" in text:
        finders.append(find_names)
    if "/" in text or "www." in small:
        finders.append(find_links)
    if "@" in text or (_may_hold_spoken_at(small) and _SPOKEN_AT.search(small)):
        finders.append(find_email_addresses)
    figures, part = _figures_in(text, small)
    if figures:
        finders += _needed_for_figures(small, part, figures)
    elif may_name_birth(small) and any(year in small for year in YEARS_IN_WORDS):
        finders.append(find_birth_dates)
    if own_words and may_hold_own_word(small, own := tuple(own_words)):
        finders.append(partial(find_own_words, words=own))
    return finders


def _may_hold_spoken_at(small: str) -> bool:
    return " at " in small or "(at" in small or "( at" in small or "[at" in small or "[ at" in small


def _figures_in(text: str, small: str) -> tuple[int, str]:
    """Say how many figures a text has, and which part of it holds them all.

    Figures of other scripts count too; the part has two letters more on either side.

    ``small`` is the text in small letters. Patterns of figures need not be sought outside that part.
    """
    if not text.isascii():
        return len(_FIGURE.findall(text)), small
    told = text.encode().translate(_AS_FIGURES)
    figures = told.count(b"0")
    return figures, small[told.find(b"0") : told.rfind(b"0") + 3] if figures else ""


def _needed_for_figures(small: str, part: str, figures: int) -> Iterable[Finder]:
    """``small`` is the text in small letters, ``part`` that with its ``figures``."""
    if may_hold_date(part) or may_name_birth(small):
        yield find_birth_dates
    if figures >= 6 and _SIX_FIGURES.search(part):
        yield find_ni_numbers
    if figures >= 2 and _POSTCODE_END.search(part):
        yield find_postcodes
    if figures >= 9 and _NINE_FIGURES.search(part):
        yield _find_numbers


def _find_numbers(text: str) -> Iterable[Found]:
    # The lists of the world's phone numbers take memory and time to load, so only the first long number does it.
    from bot.replies.redaction.numbers import find_numbers

    return find_numbers(text)


def _clear_between_marks(text: str, finder: Finder, removed: Counter[Identifier]) -> str:
    """Take out what one finder finds between the marks that are there already, and add it to ``removed``."""
    if "[" not in text:
        return _clear_piece(text, finder, removed)
    pieces = _MARKS.split(text)
    pieces[::2] = [_clear_piece(piece, finder, removed) for piece in pieces[::2]]
    return "".join(pieces)


def _clear_piece(piece: str, finder: Finder, removed: Counter[Identifier]) -> str:
    parts, at = [], 0
    for start, end, kind, kept in finder(piece):
        parts += [piece[at:start], kind.mark or kept]
        at = end
        removed[kind] += 1
    return "".join([*parts, piece[at:]]) if parts else piece
