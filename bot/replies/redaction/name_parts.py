"""Tell which parts of a name in a script other than Latin are looked for, and what can be written onto them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.replies.redaction.name_letters import fold
from bot.text.other_scripts import (
    ATTACHED,
    CHINESE_SURNAMES_LONG,
    HAN,
    HANGUL,
    JAPANESE_SURNAMES,
    KOREAN_SURNAMES,
    KOREAN_SURNAMES_LONG,
    ROLES_ELSEWHERE,
    WORD_NAMES_ELSEWHERE,
)

_ROLES = frozenset(map(fold, ROLES_ELSEWHERE))
_NO_PARTS = frozenset(map(fold, WORD_NAMES_ELSEWHERE)) | _ROLES
_LONG_ROLES = tuple(sorted((role for role in _ROLES if HAN.match(role) or HANGUL.match(role)), key=len, reverse=True))
BEFORE_NAME = frozenset(map(fold, ("عبد", "أبو", "ابن", "بن", "أم", "בן", "בת")))
"""What stands before a name and belongs to it: "servant of", "father of", "son of"."""
_LETTER = re.compile(r"[^\W\d_]")
_INDIAN = re.compile(r"[\u0900-\u0dff]")
_SHORT = re.compile(r"[\u0590-\u06ff\u10a0-\u10ff\u1200-\u139f\u3041-\u30fc]")
"""Scripts in which three letters can be a name: Arabic, Hebrew, Georgian, that of Ethiopia, kana."""
_ENDS_IN_CASE = re.compile(r"[\u0370-\u052f].*(?:[aoяй]|σ)\Z")
_LONGEST_END = 12
_KANA_BEFORE = re.compile(r"(?:\A|[^\u3041-\u3096]|[はがをにともへやの])\Z")
_HIRAGANA = re.compile(r"[\u3041-\u3096]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")
_THAI_BEHIND = re.compile(r"[\u0e30-\u0e3a\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ece]")
_THAI_LEAD = re.compile(r"[\u0e40-\u0e44\u0ec0-\u0ec4]")


def is_role(folded: str) -> bool:
    """Say whether a word is a title, what somebody does, or where."""
    return folded in _ROLES


def is_role_or_word(folded: str) -> bool:
    """Say whether a word is a role, or a name that is a word too."""
    return folded in _NO_PARTS


def list_parts(folded: str) -> set[str]:
    """Return what is looked for by itself of one word of a name, folded: all of it, a given name, a surname.

    A name that is a word too stays out, since no capital tells which is meant, and so does a short one.
    """
    if folded in _ROLES:
        return set()
    if HAN.fullmatch(folded):
        parts = set(_split_han(_cut_roles(folded)))
    elif HANGUL.fullmatch(folded):
        parts = set(_split_hangul(_cut_roles(folded)))
    elif folded.startswith("ال") and len(folded) > 4:
        parts = {folded, folded[2:]}
    elif folded.endswith("்") and _is_long(folded):
        return {folded[:-1]} - _NO_PARTS  # "குமார்" is "குமாரின்" behind "of"
    elif _ENDS_IN_CASE.search(folded) and len(folded) > 4:
        parts = {folded, folded[:-1]}  # "Галина" is "Галину" in another case
    else:
        parts = {folded}
    return {part for part in parts if part not in _NO_PARTS and _is_long(part)}


def list_places(folded: str) -> Iterator[tuple[int, int]]:
    """Return where a name can be in a word, folded, onto which something is written: the longest first."""
    yield 0, len(folded)
    for letters, before, after in ATTACHED:
        if letters.search(folded):
            lead = before.match(folded)
            starts = range(lead.end() + 1 if lead else 1)
            ends = [
                end for end in range(len(folded), max(1, len(folded) - _LONGEST_END), -1) if after.match(folded, end)
            ]
            yield from ((start, end) for start in starts for end in ends if end - start > 1 and (start or end))
            return


def stands_alone(run: str, start: int, end: int) -> bool:
    """Say whether a piece of a run without spaces can be a word, by what is beside it."""
    if _HIRAGANA.match(run, start) and not _KANA_BEFORE.search(run, max(0, start - 1), start):
        return start == 0
    if _KATAKANA.match(run, start) and start and _KATAKANA.match(run, start - 1):
        return False
    if _KATAKANA.match(run, end - 1) and _KATAKANA.match(run, end):
        return False
    return not _THAI_BEHIND.match(run, end) and not (start and _THAI_LEAD.match(run, start - 1))


def _is_long(part: str) -> bool:
    """Say whether a part of a name is long enough to be no ordinary word.

    With two letters it would be any word, such as "कर" or "من"; only in Chinese, Japanese and Korean do two signs tell
    a person. Thai and its like have no spaces, so a short part would be found within other words. In Russian or Greek
    a part counts without a capital too, and needs four.
    """
    if HAN.match(part) or HANGUL.match(part):
        return len(part) > 1
    if _INDIAN.match(part):  # "मीरा" has two letters, and two vowels on them
        return len(part) > 3 or len(_LETTER.findall(part)) > 2
    return len(_LETTER.findall(part)) > 2 and len(part) > (2 if _SHORT.match(part) else 3)


def _split_han(name: str) -> Iterator[str]:
    yield name
    if len(name) > 2 and name[:2] in JAPANESE_SURNAMES:
        yield from (name[:2], name[2:])
    elif len(name) == 3:
        yield name[1:]
    elif len(name) == 4:
        yield name[2:]
        if name[:2] not in CHINESE_SURNAMES_LONG:
            yield name[:2]


def _split_hangul(name: str) -> Iterator[str]:
    yield name
    if len(name) == 4 and name.startswith(KOREAN_SURNAMES_LONG):
        yield name[2:]
    elif len(name) == 3 and name[0] in KOREAN_SURNAMES:
        yield name[1:]


def _cut_roles(name: str) -> str:
    for role in _LONG_ROLES:
        if len(name) - len(role) >= 2:
            name = name.removeprefix(role)
        if len(name) - len(role) >= 2:
            name = name.removesuffix(role)
    return name
