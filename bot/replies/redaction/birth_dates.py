"""Find dates of birth: a date in any form that is named as one, or that is beside a patient's particulars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.replies.redaction.kinds import Found, Identifier

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_A_MONTH = re.compile(_MONTH, re.IGNORECASE)
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
"""One of which is in every year that is written in words (of people who live)."""
_NUMERIC = (
    r"\d{1,2}\s?[./\\–-]\s?\d{1,2}\s?[./\\–-]\s?(?:\d{4}|\d{2})(?![./-]?\d)"
    r"|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
)
_IN_FIGURES = re.compile(
    rf"(?<!\d)(?:(?P<numeric>{_NUMERIC})|(?P<bare>\d{{8}}|\d{{6}}|\d{{1,2}}\s\d{{1,2}}\s\d{{2,4}})(?!\d))"
)
_IN_WORDS = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}{_ORDINAL}|{_DAY_IN_WORDS})[\s/-](?:of\s)?{_MONTH}[,\s/-]{{1,2}}"
    rf"(?:(?:\d{{4}}|['’]?\d{{2}})(?!\d)|{_YEAR_IN_WORDS})|\b{_MONTH}\s\d{{1,2}}{_ORDINAL},?\s\d{{4}}(?!\d)",
    re.IGNORECASE,
)
_YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)(?!\d)"
_DAY = rf"(?:\d{{1,2}}{_ORDINAL}\s(?:of\s)?{_MONTH}|{_MONTH}\s\d{{1,2}}{_ORDINAL}|{_DAY_IN_WORDS}\s(?:of\s)?{_MONTH})"
_PART_OF_DATE = re.compile(
    rf"(?<![^\W_])(?=[\d'’adefjmnost])(?:(?P<day>{_DAY})(?![\w/]|,?\s(?:19|20)\d\d)"
    rf"|(?P<year>(?:{_MONTH}[,\s]{{1,2}}|(?<![\d/])\d{{1,2}}[\s./-])?(?<!\d){_YEAR}(?![\d/.-]\d))"
    r"|(?P<bare>(?<!\d)\d{1,2}[\s./-]\d\d)(?![\d/.-]))",
    re.IGNORECASE,
)
"""A day without its year, a year with or without its month: parts that tell a birth only behind its plain name."""
_PART_WITHOUT_MONTH = re.compile(
    rf"(?<![^\W_])(?=[\d'’])(?:(?P<day>(?!))|(?P<year>(?:(?<![\d/])\d{{1,2}}[\s./-])?(?<!\d){_YEAR}(?![\d/.-]\d))"
    r"|(?P<bare>(?<!\d)\d{1,2}[\s./-]\d\d)(?![\d/.-]))"
)
"""The same for a text that names no month."""
_NAMED = r"(?:\b[dy]\.?\s?o\.?\s?b\b\.?|\b(?:date|year) of birth|\bbirth\s?da(?:y|te))"
_NAMED_BEFORE = re.compile(rf"{_NAMED}(?:[^\d\n.;]{{0,20}}|[^\w\n]{{0,5}}\n\s{{0,3}})\Z", re.IGNORECASE)
_BORN_BEFORE = re.compile(r"\bborn\b[^\d\n.;]{0,20}\Z", re.IGNORECASE)
_NAMED_AFTER = re.compile(rf"[\s,(=-]{{0,3}}(?:is|was)?\s?(?:my|his|her|their|the)?\s?{_NAMED}", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"(?:\b[dy]\.?\s?o\.?\s?b\b\.?|\b(?:date|year) of birth)[\s:,.=-]{0,3}(?:is|was)?\s?\Z", re.IGNORECASE
)
_DAY_BEFORE = re.compile(
    r"\bbirthday(?:['’]s)?,?\s?(?:[:-]\s?|(?:is|was|falls|comes)?\s?(?:on\s)?)(?:the\s)?\Z", re.IGNORECASE
)
_SOMEBODY_BORN_BEFORE = re.compile(
    r"(?:\b(?:i|he|she|they|who|we|patient|pt|lady|man|woman|gentleman|resident|client|mum|dad|mother|father|son|daughter)"
    r"(?:['’]s)?(?:,|\s(?:is|was|were|are))?\s|(?:\A|[.(!?;]\s?|,\s))born\s(?:in\s|on\s)?(?:the\s)?\Z",
    re.IGNORECASE,
)
_B_BEFORE = re.compile(r"(?<![\w.&-])b\.?\s{0,2}\Z")
_PATIENT_BEFORE = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|mx|master)\b\.?\s[^\W\d_][\w'’-]{0,30}|\b(?:patient|pt|service user)"
    r"|\baged?\s\d{1,3}|[(,]\s?[MF]|(?<!\w)(?-i:[MF]))\W{1,3}\Z",
    re.IGNORECASE,
)
_SEX_AFTER = re.compile(r"\s?[,(/]\s?(?:[MF]|(?:fe)?male)\s?(?:[),;.]|\Z)")
_NOT_A_PERSON = re.compile(
    r"\b(?:nhs|trust|service|hospital|ward|unit|team|idea|project|plan|policy|scheme|clinic|it|its|ours?|rota|system|rule|building|department|site|centre|programme)\b[^.\n]{0,20}\Z",
    re.IGNORECASE,
)
_SPACED_NAME = re.compile(r"\b[dy]\.?\s?o\.?\s?b\b")
_A_FIGURE = re.compile(r"[0-9]")
_UP_TO_LAST_FIGURE = re.compile(r".*\d", re.DOTALL)
_WITHIN = 45
_LONGEST_WITHOUT_TITLE = 16
_FIGURES = re.compile(r"\d\s?[./\\–-]\s?\d{1,2}\s?[./\\–-]\s?\d")

PLAIN_DATE = re.compile(
    r"(?<!\d)(?<!\d[./-])(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d)(?![./-]?\d)"
    r"|(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d))"
)
"""A date in figures that may be of anything; its figures belong to no other number."""


def may_name_birth(small: str) -> bool:
    """Say whether a text in small letters has a word of a birth, so that figures in it are worth the search."""
    # Every message with figures is asked this; a loop over the words would take four times as long.
    if "born" in small or "birth" in small or "dob" in small or "yob" in small:
        return True
    return ("o b" in small or "o.b" in small) and _SPACED_NAME.search(small) is not None


def may_hold_date(part: str) -> bool:
    """Say whether a text, or the part of it that has all its figures, has a date in figures."""
    return _FIGURES.search(part) is not None


def find_birth_dates(text: str) -> Iterator[Found]:
    """Find dates of birth in a text; dates of meetings and plans are none.

    A year alone, or a day without one, is found behind "born", "birthday" or the like, if that is of a person.
    """
    small = text.lower()
    if not _A_FIGURE.search(text) and not any(year in small for year in YEARS_IN_WORDS):
        return  # what is left between two dates that went
    is_named = may_name_birth(small)
    for match in _IN_FIGURES.finditer(text):
        before = text[max(0, match.start() - _WITHIN) : match.start()]
        if (is_named and _is_named(text, match, before)) or (match["numeric"] and _is_of_patient(text, match, before)):
            yield *match.span(), Identifier.DATE_OF_BIRTH, ""
    if not is_named:
        return
    has_month = _A_MONTH.search(text) is not None
    for match in _IN_WORDS.finditer(text) if has_month else ():
        if _is_named(text, match, text[max(0, match.start() - _WITHIN) : match.start()]):
            yield *match.span(), Identifier.DATE_OF_BIRTH, ""
    for match in (_PART_OF_DATE if has_month else _PART_WITHOUT_MONTH).finditer(text):
        if _tells_birth(match, text[max(0, match.start() - _WITHIN) : match.start()]):
            yield *match.span(), Identifier.DATE_OF_BIRTH, ""


# Before each date only the words are searched that can count: a hostile text has hundreds of dates.


def _after_last_figure(before: str) -> int:
    figures = _UP_TO_LAST_FIGURE.match(before)
    return figures.end() if figures else 0


def _is_named(text: str, match: re.Match[str], before: str) -> bool:
    if _NAMED_BEFORE.search(before, _after_last_figure(before)):
        return True
    if match.lastgroup == "bare":
        return False
    if "born" in before.lower() and (born := _BORN_BEFORE.search(before)):
        return not _NOT_A_PERSON.search(before[: born.start()])
    return _NAMED_AFTER.match(text, match.end()) is not None


def _is_of_patient(text: str, match: re.Match[str], before: str) -> bool:
    # A title, which begins with this letter, can be farther from the date than all else.
    start = 0 if "m" in before.lower() else max(0, len(before) - _LONGEST_WITHOUT_TITLE)
    if _PATIENT_BEFORE.search(before, start) or _B_BEFORE.search(before, max(0, len(before) - 4)):
        return True
    return _SEX_AFTER.match(text, match.end()) is not None


def _tells_birth(match: re.Match[str], before: str) -> bool:
    if not match["day"] and _YEAR_BEFORE.search(before, _after_last_figure(before)):
        return True
    small = before.lower()
    cue = _SOMEBODY_BORN_BEFORE.search(before) if "born" in small else None
    if not cue and match["day"] and "birthday" in small:
        cue = _DAY_BEFORE.search(before)
    return bool(cue and not _NOT_A_PERSON.search(before[: cue.start()]))
