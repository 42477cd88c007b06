"""Take identifiers of people out of what somebody wrote, before it is stored; it never tells what they were."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from bot.replies.redaction.addresses import (
    find_named_houses,
    find_postcodes,
    find_street_addresses,
    may_hold_address,
    may_name_house,
)
from bot.replies.redaction.birth_dates import YEARS_IN_WORDS, find_birth_dates, may_hold_date, may_name_birth
from bot.replies.redaction.kinds import Found, Identifier
from bot.replies.redaction.name_letters import fold
from bot.replies.redaction.named_numbers import (
    find_meeting_codes,
    find_number_plates,
    find_references,
    may_hold_plate,
    may_name_number,
)
from bot.replies.redaction.numbers import find_numbers, find_numbers_in_words, may_spell_number
from bot.replies.redaction.patients import find_patients, may_tell_of_patient
from bot.replies.redaction.patterns import (
    find_email_addresses,
    find_file_paths,
    find_links,
    find_mentions,
    find_ni_numbers,
)
from bot.replies.redaction.plain_text import Edit, PlainText, replace_signs
from bot.replies.redaction.seen_names import SeenNames, index_names
from bot.replies.redaction.word_list import find_own_words, may_hold_own_word

_MARKS = re.compile("|".join(re.escape(kind.mark) for kind in Identifier if kind.mark))
# Signs that a text can hold a kind at all. Plain words and counts are looked for first: most messages hold none, and
# each search for a pattern costs as much as all of these.
_AS_FIGURES = bytes(ord("0") if chr(code).isdigit() and code < 128 else code for code in range(256))
_FIGURE = re.compile(r"\d")
_NINE_FIGURES = re.compile(r"\d(?:[\W_]{0,5}\d){8}")
_POSTCODE_END = re.compile(r"[0-9](?:\s?[a-z]){2}(?![a-z0-9])")
_WORD = re.compile(r"[^\W_]+")
_SPACED = bytes(code if chr(code).isalnum() and code < 128 else ord(" ") for code in range(256))
_SIX_FIGURES = re.compile(r"[0-9]{2}[\W_]{0,3}[0-9]{2}[\W_]{0,3}[0-9]{2}")
_SPOKEN_AT = re.compile(r"at\s{1,2}[\w-]++(?:\.|\s{1,2}dot\s{1,2})[^\W\d_]|[\[({<]\s?at\s?[\])}>]")

Finder = Callable[[str], Iterable[Found]]
_LETTER = "ꙮ"  # of no name, word or number that is looked for


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without identifiers, and how many of each kind were taken out of it (never the words)."""

    text: str
    removed: Mapping[Identifier, int]


def redact(text: str, own_words: Sequence[str] = (), names: Iterable[str] = ()) -> Redaction:
    """Return the text with identifiers replaced by plain marks such as "[NHS number removed]"; links keep their host.

    ``own_words`` are words or phrases of the server's own: they are removed as whole words, in any case and with
    any spaces or dashes between. ``names`` are display names that the bot has seen; for a list that grows, give a
    SeenNames. The text is read in its plainest characters, so that none hides anything; what stays is as it was typed.
    Doing it twice changes nothing. Takes linear time in the length of the text.
    """
    seen = names if isinstance(names, SeenNames) else index_names(tuple(names))
    reading = PlainText(text)
    finders = _choose_finders(reading.plain, own_words, seen)
    if not finders:
        return Redaction(text, {})
    removed: Counter[Identifier] = Counter()
    # What is left after a removal can be read in another way, so it is looked at until nothing is found.
    while finders:
        before = removed.total()
        for finder in finders:
            if edits := _find_between_marks(reading.plain, finder, removed):
                reading.replace(edits)
        finders = _choose_finders(reading.plain, own_words, seen) if removed.total() > before else []
    return Redaction(reading.typed if removed else text, dict(removed))


def _choose_finders(text: str, own_words: Sequence[str], names: SeenNames) -> list[Finder]:
    """Choose the finders of what this text can hold.

    For most messages there are none, which makes it quick.
    """
    small = text.lower()
    signless = text if text.isascii() else replace_signs(text)
    words = _words_of(signless)
    figures, part = _figures_in(signless, small)
    finders = [*_needed_for_signs(text, small, words)]
    if figures:
        finders += _needed_for_figures(small, words, part, figures)
    finders += _needed_for_words(small, words, part)
    if names.may_be_among(words, signless):
        finders.append(names.find)
    if own_words and may_hold_own_word(small, own := tuple(own_words)):
        finders.append(partial(find_own_words, words=own))
    return finders


def _words_of(text: str) -> Set[str]:
    """Return the words of a text, folded."""
    # Half of the time that an ordinary message takes would be spent on the search for its words.
    if text.isascii():
        return frozenset(text.lower().encode().translate(_SPACED).decode().split())
    return frozenset(map(fold, _WORD.findall(text)))


def _needed_for_signs(text: str, small: str, words: Set[str]) -> Iterable[Finder]:
    """``small`` is the text in small letters, ``words`` its words."""
    if "<@" in text:
        yield find_mentions
    if "/" in text or "www." in small:
        yield find_links
    if "@" in text or ("at" in words and _SPOKEN_AT.search(small)):
        yield find_email_addresses
    if "\\" in text or ("/" in text and _has_path(small)):
        yield find_file_paths


def _needed_for_words(small: str, words: Set[str], part: str) -> Iterable[Finder]:
    """``part`` is the part of the text, in small letters, that has all its figures; empty if there is none."""
    if not part and may_name_birth(small) and any(year in small for year in YEARS_IN_WORDS):
        yield find_birth_dates
    if may_spell_number(small, words):
        yield find_numbers_in_words
    if "pass" in small:
        yield find_meeting_codes
    if not part and may_name_house(words):
        yield find_named_houses
    if may_tell_of_patient(part, words):
        yield find_patients


def _has_path(small: str) -> bool:
    return ":/" in small or "~/" in small or "/home/" in small or "/users/" in small


def _figures_in(text: str, small: str) -> tuple[int, str]:
    """Say how many figures a text has, and which part of it, in small letters, holds them all with what touches them.

    ``small`` is the text in small letters. Patterns of figures need not be sought outside that part.
    """
    if not text.isascii():
        return len(_FIGURE.findall(text)), small
    told = text.encode().translate(_AS_FIGURES)
    figures = told.count(b"0")
    return figures, small[max(0, told.find(b"0") - 3) : told.rfind(b"0") + 5] if figures else ""


def _needed_for_figures(small: str, words: Set[str], part: str, figures: int) -> Iterable[Finder]:
    """``small`` is the text in small letters, ``words`` its words, ``part`` that with its ``figures``."""
    if figures >= 3 and may_name_number(small, words):
        yield find_references
        yield find_meeting_codes
    if may_hold_date(part) or may_name_birth(small):
        yield find_birth_dates
    if figures >= 6 and _SIX_FIGURES.search(part):
        yield find_ni_numbers
    if figures >= 2 and _POSTCODE_END.search(part):
        yield find_postcodes
    if figures >= 9 and _NINE_FIGURES.search(part):
        yield find_numbers
    if may_hold_plate(part, words):
        yield find_number_plates
    if may_hold_address(words):
        yield find_street_addresses


def _find_between_marks(text: str, finder: Finder, removed: Counter[Identifier]) -> list[Edit]:
    """Find what one finder finds between the marks that are there already, and add it to ``removed``.

    In a mark's place it sees a letter, since what was removed had one or a figure there. Without it each removal could
    uncover another, as often as somebody wrote it.
    """
    edits: list[Edit] = []
    at, lead = 0, ""
    for mark in [*(_MARKS.finditer(text) if "[" in text else ()), None]:
        end = mark.start() if mark else len(text)
        beside = _LETTER if mark else ""
        part = f"{lead}{text[at:end]}{beside}" if at or mark else text
        for start, stop, kind, kept in sorted(finder(part)):
            begin, stop = at + start - len(lead), at + stop - len(lead)
            if at <= begin and stop <= end and (not edits or begin >= edits[-1][1]):
                edits.append((begin, stop, kind.mark or kept))
                removed[kind] += 1
        at, lead = mark.end() if mark else end, beside
    return edits
