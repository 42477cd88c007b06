"""Look for what the product says by its own texts, so that a text can be rewritten without its tests."""

from __future__ import annotations

import re
from itertools import count
from string import Formatter
from typing import NoReturn

LEAST_LETTERS = 6
"""Letters and digits of a text and of the fields that are given; fewer are found in any answer."""


def says(shown: str, text: str, *values: object, **fields: object) -> bool:
    """Say whether ``shown`` holds a text of the product; fields that are not given may be anything within a line.

    Raises ValueError where the text has too few words of its own to tell anything, or lacks a given field.
    """
    return text_pattern(text, *values, **fields).search(shown) is not None


def opening(text: str) -> str:
    """Return what a text of the product says before its first field. Raises ValueError where that is too little."""
    start = next(iter(Formatter().parse(text)))[0]
    return start if _tells_something(start) else _refuse(text)


def text_pattern(text: str, *values: object, **fields: object) -> re.Pattern[str]:
    """Make a regular expression of a text with fields, with the given ones filled in."""
    given = {**{str(place): value for place, value in enumerate(values)}, **fields}
    unused, unnamed = set(given), count()
    pattern, fixed = "", ""
    for literal, name, spec, _ in Formatter().parse(text):
        key = next(unnamed) if name == "" else name
        known = format(given[str(key)], spec or "") if str(key) in given else ""
        unused.discard(str(key))
        fixed += literal + known
        pattern += re.escape(literal + known)
        if key is not None and str(key) not in given:
            pattern += ".*?"
    if unused:
        raise ValueError(f"the text has no field {', '.join(sorted(unused))}: {text}")
    if not _tells_something(fixed):
        _refuse(text)
    return re.compile(pattern)


def _tells_something(fixed: str) -> bool:
    return sum(character.isalnum() for character in fixed) >= LEAST_LETTERS


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"the text has too few words of its own to be looked for: {text}")
