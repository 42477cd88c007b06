"""Find NHS numbers and phone numbers among other figures, and in figures that are spelt in words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from itertools import accumulate, pairwise
from operator import mul

from nhs_number.validate import is_valid

from bot.replies.redaction.birth_dates import PLAIN_DATE
from bot.replies.redaction.kinds import Found, Identifier

_RUN = re.compile(r"(?<![\d£$€])\d(?:[ \t\u00a0\u2007\u2009\u202f\n._()/·*`|‐‑‒–—-]{0,3}\d){8,}+")
_DIGITS = re.compile(r"\d+")
# Figures that belong to something else: Discord's own tokens, the numbers of books.
_OTHERS = re.compile(r"<[^<>\s]{1,80}>|\bISBN(?:-?1[03])?:?\s?(?:[\d-]|\s(?=\d)){9,20}X?", re.IGNORECASE)
_NHS_CUE = re.compile(
    r"\b(?:nhs|chi|h&c|hsc)\W{0,3}(?:(?:no|num\w{0,5}|id)\W{0,3}|[:#=]\s?)(?:is|was)?\W{0,3}\Z", re.IGNORECASE
)
_NHS_NAMES = ("nhs", "chi", "h&c", "hsc")
_CUE_WITHIN = 30
_SIGN = re.compile(r"\+[ (]{0,2}\Z")
_ABROAD = re.compile(r"(?!44)[1-9]\d{8,14}|440?[1-9]\d{8,9}|0\d{9,10}")
"""Behind a plus sign: a country's code and number (ITU-T E.164), or one at home that was given the sign by mistake."""
_PHONE = re.compile(
    r"00(?:(?!44)[1-9]\d{8,12}|440?[1-9]\d{8,9})|44[1-9]\d{9}|0[1235789]\d{8,9}|7(?:[1-57-9]\d\d|624)\d{6}"
)
"""With a country's code, at home, or a mobile without its nought (Ofcom's numbering plan)."""
_CLOCK = re.compile(r"(?:[01]\d|2[0-4])[0-5][05]")
_LEAST_DIGITS, _OF_NHS_NUMBER, _MOST_DIGITS = 9, 10, 15
"""The most are those of a phone number in any country (ITU-T E.164)."""
_WEIGHTS = range(10, 0, -1)
_MOST_GROUPS = 12
_ODD_NHS_NUMBER = re.compile(r"(?<!\d)\d{3}(\s{0,2}[:;,+=~\\]\s{0,2})\d{3}\1\d{4}(?!\d)")
_FIGURES = {"zero": "0", "oh": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_FIGURES |= {"six": "6", "seven": "7", "eight": "8", "nine": "9"}
_LEAST_WORDS = 3
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_IN_WORDS = rf"(?:(?:{'|'.join(_TIMES)})\s)?(?:{'|'.join(_FIGURES)}|\d)"
_SPOKEN = re.compile(rf"\b{_IN_WORDS}(?:[\s,.–-]{{1,3}}{_IN_WORDS}){{5,30}}+\b", re.IGNORECASE)

Group = tuple[int, int]


def find_numbers(text: str) -> Iterator[Found]:
    """Find NHS numbers, valid or typed 3-3-4, and phone numbers, British or with a country's code."""
    for match in _ODD_NHS_NUMBER.finditer(text):
        if is_valid("".join(_DIGITS.findall(match[0]))):
            yield *match.span(), Identifier.NHS_NUMBER, ""
    masked = _OTHERS.sub(_blank, PLAIN_DATE.sub(_blank, text))
    small = masked.lower()
    is_named = any(name in small for name in _NHS_NAMES)
    for run in _RUN.finditer(masked):
        groups = [match.span() for match in _DIGITS.finditer(masked, *run.span())]
        totals = [0, *accumulate([end - start for start, end in groups])]
        first = found_until = 0
        while first < len(groups):
            is_worth_it = _may_begin_number(masked, groups, totals, first)
            if not is_worth_it and not (is_named and _is_named_nhs_number(masked, groups[first][0])):
                first += 1
                continue
            last, kind = _number_at(masked, groups, first, found_until)
            if kind is not None:
                found_until = groups[last][1]
                yield _with_sign(masked, groups[first][0], groups[last][1]), groups[last][1], kind, ""
            first = last + 1


def may_spell_number(small: str, words: Set[str]) -> bool:
    """Say whether a text in small letters, of these words, has figures in words enough for a number."""
    return not words.isdisjoint(_FIGURES) and sum(map(small.count, _FIGURES)) >= _LEAST_WORDS


def find_numbers_in_words(text: str) -> Iterator[Found]:
    """Find NHS numbers and phone numbers that are spelt, figure by figure."""
    for match in _SPOKEN.finditer(text):
        words = re.findall(r"\d|[a-z]+", match[0].lower())
        digits, times = "", 1
        for word in words:
            digits += _FIGURES.get(word, word if word.isdigit() else "") * times
            times = _TIMES.get(word, 1)
        is_named = _NHS_CUE.search(text, max(0, match.start() - _CUE_WITHIN), match.start())
        if len(digits) == 10 and (is_named or is_valid(digits)):
            yield *match.span(), Identifier.NHS_NUMBER, ""
        elif len(digits) in (10, 11) and _PHONE.fullmatch(digits):
            yield *match.span(), Identifier.PHONE_NUMBER, ""


def _blank(match: re.Match[str]) -> str:
    return "x" * len(match[0])


def _with_sign(text: str, start: int, end: int) -> int:
    """Say where a number begins with its plus sign or bracket, if it has one."""
    sign = _SIGN.search(text, max(0, start - 3), start)
    if sign:
        return sign.start()
    return start - 1 if text[max(0, start - 1) : start] == "(" and ")" in text[start:end] else start


def _is_named_nhs_number(text: str, start: int) -> bool:
    """Say whether a name for NHS numbers comes right before."""
    begin = max(0, start - _CUE_WITHIN)
    near = text[begin:start].lower()
    # Most figures have only figures before them, and the pattern tries each place.
    return any(name in near for name in _NHS_NAMES) and _NHS_CUE.search(text, begin, start) is not None


def _number_at(text: str, groups: list[Group], first: int, found_until: int) -> tuple[int, Identifier | None]:
    """Return the last group of the longest number that begins with this group, and its kind.

    If there is no such number, the group itself and None. What ends at ``found_until`` is a number already.
    """
    ends = _possible_ends(groups, first)
    if not ends:
        return first, None
    if _is_broken_nhs_number(text, groups[first : first + 3]):
        return first + 2, Identifier.NHS_NUMBER
    start, until = groups[first][0], groups[first + ends[-1][0] - 1][1]
    if (line_end := text.find("\n", start, until)) >= 0:
        ends = [(count, total) for count, total in ends if groups[first + count - 1][1] <= line_end]
    can_be_phone = _can_begin_phone_number(text, start) and not _is_fraction(text, start, found_until)
    for count, total in reversed(ends):
        can_be_nhs_number = total == _OF_NHS_NUMBER and _can_be_groups_of_nhs_number(count)
        if not can_be_phone and not can_be_nhs_number:
            continue
        chosen = groups[first : first + count]
        digits = "".join([text[left:right] for left, right in chosen])
        if can_be_nhs_number and _is_nhs_number(text, groups, first, count, digits):
            return first + count - 1, Identifier.NHS_NUMBER
        if can_be_phone and _is_phone_number(text, chosen, digits):
            return first + count - 1, Identifier.PHONE_NUMBER
    if _is_named_nhs_number(text, start):
        mistyped = [count for count, total in ends if total <= _OF_NHS_NUMBER + 1]
        if mistyped:
            return first + mistyped[-1] - 1, Identifier.NHS_NUMBER
    return first, None


def _may_begin_number(text: str, groups: list[Group], totals: list[int], first: int) -> bool:
    """Say whether a number that nothing names can begin with this group.

    It begins as a phone number does, or so many groups have ten figures as those of an NHS number. In a long list of
    figures hardly any does, and to look at each end of each would take long. ``totals`` are of the figures before each
    group, and of all.
    """
    if _can_begin_phone_number(text, groups[first][0]):
        return True
    wanted = totals[first] + _OF_NHS_NUMBER
    last = bisect_left(totals, wanted, first + 1, min(first + _OF_NHS_NUMBER + 1, len(totals)))
    return last < len(totals) and totals[last] == wanted and _can_be_groups_of_nhs_number(last - first)


def _can_be_groups_of_nhs_number(count: int) -> bool:
    return count <= 3 or count == _OF_NHS_NUMBER


def _possible_ends(groups: list[Group], first: int) -> list[tuple[int, int]]:
    """Return after how many groups from the first a number can end, each with its total of figures."""
    ends, total = [], 0
    for count, (start, end) in enumerate(groups[first : first + _MOST_GROUPS], 1):
        total += end - start
        if total > _MOST_DIGITS:
            break
        if total >= _LEAST_DIGITS:
            ends.append((count, total))
    return ends


def _is_in_list(text: str, groups: list[Group], first: int, count: int) -> bool:
    """Say whether numbers of three figures or more, with the same gaps, are beside these groups."""
    gaps = {text[left[1] : right[0]] for left, right in pairwise(groups[first : first + count])}
    sides = [(first - 1, first), (first + count - 1, first + count)]
    for left, right in sides:
        if left < 0 or right >= len(groups):
            continue
        outer = groups[left] if left < first else groups[right]
        if outer[1] - outer[0] >= 3 and text[groups[left][1] : groups[right][0]] in gaps:
            return True
    return False


def _is_broken_nhs_number(text: str, groups: list[Group]) -> bool:
    """Say whether they are a number that continues in the next line.

    A valid one alone, since many texts list figures so.
    """
    if [end - start for start, end in groups] != [3, 3, 4] or "\n" not in text[groups[0][0] : groups[-1][1]]:
        return False
    return is_valid("".join(text[start:end] for start, end in groups))


def _is_nhs_number(text: str, groups: list[Group], first: int, count: int, digits: str) -> bool:
    """Say whether so many groups are an NHS number: they have these ten ``digits``."""
    # The sum alone refuses ten in eleven, and the full check takes ten times as long.
    valid = sum(map(mul, _WEIGHTS, map(int, digits))) % 11 == 0 and is_valid(digits)
    chosen = groups[first : first + count]
    if [end - start for start, end in chosen] == [3, 3, 4]:
        gaps = {text[left[1] : right[0]].strip() for left, right in pairwise(chosen)}
        return valid or (len(gaps) == 1 and not _is_in_list(text, groups, first, count))
    return valid and not any(end - start == 4 and text[start : start + 2] in ("19", "20") for start, end in chosen)


def _can_begin_phone_number(text: str, start: int) -> bool:
    return text[start] in "047" or _has_sign(text, start)


def _has_sign(text: str, start: int) -> bool:
    near = text[max(0, start - 3) : start]
    return "+" in near and _SIGN.search(near) is not None


def _is_phone_number(text: str, groups: list[Group], digits: str) -> bool:
    start, end = groups[0][0], groups[-1][1]
    has_sign = _has_sign(text, start) and _ABROAD.fullmatch(digits)
    if not has_sign and (not _PHONE.fullmatch(digits) or (digits[0] == "7" and len(groups) > 2)):
        return False
    return text.count("/", start, end) <= 1 and not _is_list(text, groups)


def _is_fraction(text: str, start: int, found_until: int) -> bool:
    """Say whether they begin as, or behind, the point of "0.123456789"."""
    before = text[max(found_until, start - 2) : start]
    return text.startswith("0.", start) or (before[1:] == "." and before[0].isdecimal())


def _is_list(text: str, groups: list[Group]) -> bool:
    """Say whether they begin with a span of the clock ("0800-2000 365 days"), or count up ("wards 01 02 03 04 05")."""
    if len(groups) < 2:
        return False
    figures = [text[start:end] for start, end in groups]
    if all(len(part) == 2 for part in figures) and all(int(b) == int(a) + 1 for a, b in pairwise(figures)):
        return True
    gap = text[groups[0][1] : groups[1][0]].strip()
    return gap in ("-", "–") and all(_CLOCK.fullmatch(part) for part in figures[:2])
