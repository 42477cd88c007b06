"""Find dates of birth: a date in any form that is named as one, or that stands beside a patient's particulars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.replies.redaction.kinds import Found, Identifier

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_FIRST_TO_NINTH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
_DAY_IN_WORDS = (
    rf"\b(?:{_FIRST_TO_NINTH}|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
    rf"|twenty[\s-]{_FIRST_TO_NINTH}|thirty[\s-]first)"
)
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_YEAR_IN_WORDS = (
    rf"(?:(?:nineteen|two\sthousand(?:\sand)?|twenty)[\s-](?:oh[\s-]{_UNIT}|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    rf"(?:[\s-]{_UNIT})?|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve|{_UNIT})|two\sthousand)\b"
)
YEARS_IN_WORDS = ("nineteen", "two thousand", "twenty")
"""One of which stands in every year that is written in words (of people who live)."""
_NUMERIC = (
    r"\d{1,2}\s?[./\\–-]\s?\d{1,2}\s?[./\\–-]\s?(?:\d{4}|\d{2})(?![./-]?\d)"
    r"|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
)
_DATE = re.compile(
    rf"(?<!\d)(?:(?P<numeric>{_NUMERIC})"
    rf"|(?:\d{{1,2}}{_ORDINAL}|{_DAY_IN_WORDS})[\s/-](?:of\s)?{_MONTH}[,\s/-]{{1,2}}"
    rf"(?:(?:\d{{4}}|['’]?\d{{2}})(?!\d)|{_YEAR_IN_WORDS})"
    r"|(?P<bare>\d{8}|\d{6}|\d{1,2}\s\d{1,2}\s\d{2,4})(?!\d))"
    rf"|\b{_MONTH}\s\d{{1,2}}{_ORDINAL},?\s\d{{4}}(?!\d)",
    re.IGNORECASE,
)
_NAMED = r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth|\bbirth\s?da(?:y|te))"
_NAMED_BEFORE = re.compile(rf"{_NAMED}(?:[^\d\n.;]{{0,20}}|[^\w\n]{{0,5}}\n\s{{0,3}})\Z", re.IGNORECASE)
_BORN_BEFORE = re.compile(r"\bborn\b[^\d\n.;]{0,20}\Z", re.IGNORECASE)
_NAMED_AFTER = re.compile(rf"[\s,(=-]{{0,3}}(?:is|was)?\s?(?:my|his|her|their|the)?\s?{_NAMED}", re.IGNORECASE)
_PATIENT_BEFORE = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|mx|master)\b\.?\s[^\W\d_][\w'’-]{0,30}|\b(?:patient|pt|service user)"
    r"|\baged?\s\d{1,3}|[(,]\s?(?-i:[MF]))\W{1,3}\Z",
    re.IGNORECASE,
)
_SEX_AFTER = re.compile(r"\s?[,(/]\s?(?:[MF]|(?:fe)?male)\s?(?:[),;.]|\Z)")
_NOT_A_PERSON = re.compile(
    r"\b(?:nhs|trust|service|hospital|ward|unit|team|idea|project|plan|policy|scheme|clinic|it)\b[^.\n]{0,20}\Z",
    re.IGNORECASE,
)
_WITHIN = 60
_FIGURES = re.compile(r"\d\s?[./\\–-]\s?\d{1,2}\s?[./\\–-]\s?\d")

PLAIN_DATE = re.compile(
    r"(?<!\d)(?<!\d[./-])(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d)(?![./-]?\d)"
    r"|(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d))"
)
"""A date in figures that may be of anything; its figures belong to no other number."""


def may_name_birth(small: str) -> bool:
    """Say whether a text in small letters has a word of a birth, so that figures in it are worth the search."""
    # Every message with figures is asked this; a loop over the words would take four times as long.
    return "born" in small or "birth" in small or "dob" in small or "do b" in small or "d.o" in small or "d o" in small


def may_hold_date(part: str) -> bool:
    """Say whether a text, or the part of it that has all its figures, has a date in figures."""
    return _FIGURES.search(part) is not None


def find_birth_dates(text: str) -> Iterator[Found]:
    """Find dates of birth in a text; dates of meetings and plans, and years alone, are none."""
    for match in _DATE.finditer(text):
        before, after = text[max(0, match.start() - _WITHIN) : match.start()], text[match.end() : match.end() + _WITHIN]
        if _is_birth_date(match, before, after):
            yield *match.span(), Identifier.DATE_OF_BIRTH, ""


def _is_birth_date(match: re.Match[str], before: str, after: str) -> bool:
    if _NAMED_BEFORE.search(before):
        return True
    if match["bare"]:
        return False
    if born := _BORN_BEFORE.search(before):
        return not _NOT_A_PERSON.search(before[: born.start()])
    if _NAMED_AFTER.match(after):
        return True
    return bool(match["numeric"] and (_PATIENT_BEFORE.search(before) or _SEX_AFTER.match(after)))
