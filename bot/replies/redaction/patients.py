"""Find names of patients: those that are beside an age, a bed or the word patient."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from bot.replies.redaction.kinds import Found, Identifier
from bot.text.first_names import FIRST_NAMES, NO_NAMES, WORD_NAMES

_WORD = r"[^\W\d_a-zß-ÿ](?:[^\W\d_]|['’-](?=[^\W\d_])){1,24}"
_CAPITALS = re.compile(
    rf"(?<![\w.'’-])(?:(?P<title>Mr|Mrs|Ms|Miss|Mx|Master)\b\.?\s(?:(?:and|&)\s(?:Mr|Mrs|Ms)\.?\s)?(?:[A-Z]\.?\s){{0,2}})?"
    rf"(?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}})(?:['’]s)?(?!\w)"
)
_STAFF_BEFORE = re.compile(r"\b(?:sister|matron|nurse|dr|doctor|prof|professor|sir)\.?\s\Z", re.IGNORECASE)
_PLACE = r"(?:bed|bay|(?:side\s)?room|cubicle|trolley|chair|ward)\s?[A-Z]?\d{1,3}[A-Za-z]?\b"
_OF_PATIENT = r"(?:bed|bay|side\sroom|cubicle|trolley)\s?[A-Z]?\d{1,3}[A-Za-z]?\b"
_AGE = r"(?:1[01]\d|[1-9]\d|\d)"
_YEARS = r"(?:[\s-]?(?:years?[\s-]old|years?|yrs?(?:[\s-]old)?|y\.?/?o\.?)(?!\w))"
_AGE_AFTER = re.compile(
    rf"(?:,?\s(?:is\s|who\s(?:is|was)\s|who['’]s\s)?aged?\s{_AGE}\b|,\s(?:who\s(?:is|was)\s|who['’]s\s)?{_AGE}(?=\s?[,.;)]|\s?\Z)"
    rf"|\s?\(\s?(?:aged?\s)?{_AGE}{_YEARS}?\s?[),]|,?\s(?:who\s(?:is|was)\s)?{_AGE}{_YEARS}|\s{_AGE}\s(?:in|on)\s{_PLACE})",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(rf"(?<!\d){_AGE}{_YEARS}\s\Z", re.IGNORECASE)
_PLACE_AFTER = re.compile(
    rf"(?:,?\s(?:is\s|was\s)?(?:in|on|from|at)\s(?:my\s|our\s|the\s)?|,\s|\s?\(\s?){_PLACE}"
    r"|,?\s(?:in|on|from)\s(?-i:[A-Z]\w{2,20})\sward\b",
    re.IGNORECASE,
)
_BED_AFTER = re.compile(rf"(?:,?\s(?:in|from)\s(?:the\s)?|,\s|\s?\(\s?){_OF_PATIENT}", re.IGNORECASE)
_PLACE_BEFORE = re.compile(rf"\b{_OF_PATIENT}\s?[:,(–-]\s?\(?\Z", re.IGNORECASE)
_CALLED_BEFORE = re.compile(
    r"\b(?:patient|pt|resident|service user|client|lady|gentleman)['’]?s?,?\s"
    r"(?:(?:is\s|was\s)?(?:called|named)|name\s?(?:is|was)?:?)\s\Z",
    re.IGNORECASE,
)
_PATIENT_BEFORE = re.compile(r"(?:\b(?:patient|resident|service user)|(?i:\bpt)),?\s\Z")
_BEFORE = (_AGE_BEFORE, _PLACE_BEFORE, _CALLED_BEFORE, _PATIENT_BEFORE)
_WITHIN = 40

_CUES_TEXT = """
    bed bay room cubicle trolley ward patient patients pt resident residents client service lady gentleman age aged
"""
_CUES = frozenset(_CUES_TEXT.split())
_AGE_SIGN = re.compile(r"(?<![0-9])(?:1[01][0-9]|[0-9]{1,2})(?:\s?[,.;)]|\Z|[\s-]?y|\s(?:in|on)\s)")


def may_tell_of_patient(part: str, words: Set[str]) -> bool:
    """Say whether a text of these words has a sign of a patient. ``part`` is that with its figures, if any."""
    return not words.isdisjoint(_CUES) or (part != "" and _AGE_SIGN.search(part) is not None)


def find_patients(text: str) -> Iterator[Found]:
    """Find a name with a capital that has a title, or is a first name, beside an age, a bed, a bay, a ward or a room.

    If it is neither, it needs two words beside an age or a bed. One behind "patient" or "patient called" counts too.
    """
    for match in _CAPITALS.finditer(text):
        start = max(0, match.start() - _WITHIN)
        at, is_known = _name_at(match) or (-1, False)
        if at < 0 or _STAFF_BEFORE.search(text, start, at):
            continue
        beside = _AGE_AFTER.match(text, match.end()) or _BED_AFTER.match(text, match.end())
        if not beside and is_known:
            beside = _PLACE_AFTER.match(text, match.end())
        before = _BEFORE if is_known or " " in match["name"] else _BEFORE[:-1]
        if beside or any(shape.search(text, start, at) for shape in before):
            yield at, match.end(), Identifier.PERSON, ""


def _name_at(match: re.Match[str]) -> tuple[int, bool] | None:
    """Say where a name begins among words with capitals, and whether it surely is one; None if there is none."""
    if match["title"]:
        return match.start(), True
    at = match.start("name")
    words = match["name"].split(" ")
    for word in words:
        small = word.casefold().partition("-")[0]
        if small in FIRST_NAMES or (small in WORD_NAMES and small not in NO_NAMES):
            return at, True
        at += len(word) + 1
    is_one = len(words) > 1 and not any(word.casefold() in NO_NAMES or word.isupper() for word in words)
    return (match.start("name"), False) if is_one else None
