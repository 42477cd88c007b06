"""Find numbers by the name in front of them: of patients, staff, cases, banks, vehicles and meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from bot.replies.redaction.kinds import Found, Identifier

_REGISTERS = (
    r"m\.?r\.?n|rio|pas|nmc|gmc|hcpc|gphc|gdc|pin|esr|datix|st?eis|emis|systmone"
    r"|payroll|passport|licen[cs]e|a/c|acc|acct|account"
)
"""Names of numbers themselves: five figures behind one are such a number."""
_OWNERS = (
    r"hosp(?:ital)?|unit|patient|pt|client|resident|case|complaint|incident|grievance|claim|referral|staff|employee"
    r"|worker|personnel|pay|assignment|membership|badge|smart\s?card|visa|dbs|crb|registration|record|policy"
)
"""What a number belongs to: it is one only behind "no", "id" or the like."""
_NAMED = re.compile(rf"(?<![^\W_])(?:(?P<register>{_REGISTERS})|{_OWNERS})(?![^\W_])", re.IGNORECASE)
_LABELS = re.compile(
    r"(?:[\s.,:(-]{0,3}(?:no|num|numbr|number|id|ref|reference|reg|registration|pin|code|#)(?![^\W_])){0,3}",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"[\s.,:;()=#–-]{0,4}(?:(?:is|was|are|under|as|for|with|my|his|her|the|him|them)\b[\s:.,#()=–-]{0,4}){0,3}",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?:(?-i:[A-Z]{1,5})\s|[a-z]{1,8}[/-]?)?\d[\da-z]{0,20}(?:[/.-][\da-z]{1,12}|\s\d{3,12}(?![^\W_])){0,4}(?![\w%£€]|[,.]\d)",
    re.IGNORECASE,
)
_LEAST_LABELLED, _LEAST_BARE = 3, 5
_YEAR = re.compile(r"(?:19|20)\d\d")
_SORT_CODE = re.compile(r"\b(?:sort[\s-]?code|s/c)\b", re.IGNORECASE)
_THREE_PAIRS = re.compile(r"\d\d[\s.–-]?\d\d[\s.–-]?\d\d(?!\d)")

_MEETING = re.compile(
    r"\b(?:meeting|zoom|teams|webinar|conference)[\s-]{0,2}(?:id|no|number)\b"
    r"|\b(?P<secret>pass[\s-]?(?:code|word))\b",
    re.IGNORECASE,
)
_MEETING_ID = re.compile(r"\d(?:[\s-]{0,2}\d){7,13}(?![\d-])")
_SECRET = re.compile(r"(?=\S{0,20}[0-9]|[^\W_]{0,20}[a-z][A-Z])[\w!#$%&*+@?-]{4,20}")

_PLATE = re.compile(r"(?<![^\W_])[A-HJ-PR-Y]{2}(?:0[2-9]|[12][0-9]|[5-7][0-9])[\s-]?[A-HJ-PR-Z]{3}(?![^\W_])")
_SMALL_PLATE = re.compile(
    r"(?<![^\W_])[a-hj-pr-y]{2}(?:0[2-9]|[12][0-9]|[5-7][0-9])(?:[a-hj-pr-z]{3}|\s[b-df-hj-np-tv-xz]{3})(?![^\W_])"
)
_OLD_PLATE = re.compile(
    r"(?<![^\W_])(?:[A-HJ-NPR-Y]\d{1,3}[\s-]?[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3}[\s-]?\d{1,3}[A-HJ-NPR-Y])(?![^\W_])"
)
_OF_VEHICLE = re.compile(
    r"\b(?:cars?|vans?|taxis?|vehicles?|reg|plates?|park(?:s|ed|ing)?|permits?|clamped|towed|drives?|drove|driver)\b",
    re.IGNORECASE,
)
_FORM_BEFORE = re.compile(r"\b(?:form|model|room|version|module|course)s?\s\Z", re.IGNORECASE)
_VEHICLE = re.compile(
    r"\b(?:reg(?:istration)?|(?:number\s?|licen[cs]e\s?)?plates?|car|van|vehicle)\b"
    r"(?:[\s.:,#(]{0,3}(?:reg(?:istration)?|no|number|plate|is|was)\b){0,3}[\s.:,#(]{1,3}",
    re.IGNORECASE,
)
_ANY_PLATE = re.compile(
    r"(?:[a-z]{2}\s?\d\d\s?[a-z]{3}|[a-z]\d{1,3}\s?[a-z]{3}|[a-z]{3}\s?\d{1,3}[a-z]|\d{1,4}\s?[a-z]{2,3}"
    r"|(?-i:(?=[A-Z]{0,2}[IZ])[A-Z]{3})\s?\d{1,4})(?![^\W_])",
    re.IGNORECASE,
)
_CUE_WITHIN, _VEHICLE_WITHIN = 20, 40

_CUES_TEXT = """
    hosp hospital unit patient pt client resident case complaint incident grievance claim referral staff
    employee worker personnel pay assignment membership badge smart smartcard license licence visa dbs crb
    registration record policy mrn rio pas nmc gmc hcpc gphc gdc pin esr datix steis eis emis systmone payroll
    passport acc acct account sort sortcode meeting zoom teams webinar conference
"""
_CUES = frozenset(_CUES_TEXT.split())
_VEHICLES = frozenset(("reg", "registration", "plate", "plates", "numberplate", "car", "van", "vehicle"))
_PLATE_PART = re.compile(r"[a-z][0-9]")


def may_name_number(small: str, words: Set[str]) -> bool:
    """Say whether a text in small letters, of these words, has one that can name a number."""
    return not words.isdisjoint(_CUES) or "/c" in small or "m.r.n" in small


def may_hold_plate(part: str, words: Set[str]) -> bool:
    """Say whether a text of these words can hold the plate of a vehicle. ``part`` is that with all its figures."""
    return not words.isdisjoint(_VEHICLES) or _PLATE_PART.search(part) is not None


def find_references(text: str) -> Iterator[Found]:
    """Find numbers behind the name of a register, or behind their owner and "no" or "id"; and sort codes."""
    for match in _NAMED.finditer(text):
        end = _end(_LABELS, text, match.end())
        is_labelled = end > match.end()
        value = _VALUE.match(text, _end(_FILLER, text, end))
        if value is None or not (is_labelled or match["register"]) or _YEAR.fullmatch(value[0]):
            continue
        if sum(map(str.isdigit, value[0])) >= (_LEAST_LABELLED if is_labelled else _LEAST_BARE):
            yield *value.span(), Identifier.REFERENCE, ""
    for match in _SORT_CODE.finditer(text):
        if pairs := _THREE_PAIRS.match(text, _end(_FILLER, text, match.end())):
            yield *pairs.span(), Identifier.REFERENCE, ""


def find_meeting_codes(text: str) -> Iterator[Found]:
    """Find ids of meetings, and passcodes."""
    for match in _MEETING.finditer(text):
        shape = _SECRET if match["secret"] else _MEETING_ID
        code = shape.match(text, _end(_FILLER, text, match.end()))
        if code and not _YEAR.fullmatch(code[0]):
            yield *code.span(), Identifier.MEETING_CODE, ""


def find_number_plates(text: str) -> Iterator[Found]:
    """Find plates of vehicles in today's form; in older ones beside a word of vehicles or parking.

    Those in small letters with a space, and of other kinds, are found right behind a vehicle.
    """
    for shape in (_PLATE, _SMALL_PLATE):
        for match in shape.finditer(text):
            if not _FORM_BEFORE.search(text, max(0, match.start() - _CUE_WITHIN), match.start()):
                yield *match.span(), Identifier.NUMBER_PLATE, ""
    for match in _OLD_PLATE.finditer(text):
        if _OF_VEHICLE.search(text, max(0, match.start() - _VEHICLE_WITHIN), match.end() + _VEHICLE_WITHIN):
            yield *match.span(), Identifier.NUMBER_PLATE, ""
    for match in _VEHICLE.finditer(text):
        if plate := _ANY_PLATE.match(text, match.end()):
            yield *plate.span(), Identifier.NUMBER_PLATE, ""


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Say where a pattern that may be empty ends, if it begins here."""
    match = pattern.match(text, start)
    return match.end() if match else start
