"""Counts, lists and lengths in words: how many of something, "a, b and c", and a text cut where it gets too long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.errors import UserError

_TRAILING = " \t\n,;:.–—-"
_RANGE = re.compile(r"([0-9]{1,5})(?:\s*(?:-|–|to)\s*([0-9]{1,5}))?")


def plural(count: int, one: str, many: str = "") -> str:
    """Count something: "1 person", "2 people", "1,000 points"; ``many`` is ``one`` with an s where it is not given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def count_people(count: int) -> str:
    """Count people: "1 person", "12 people"."""
    return plural(count, "person", "people")


def say_none_answered(points: int) -> str:
    """Say that none of so many points has an answer."""
    return "The point has no answer yet." if points == 1 else f"None of the {points:,} points has an answer yet."


def human_join(items: Sequence[str], last: str = "and") -> str:
    """Join what is listed: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def shorten(text: str, limit: int) -> str:
    """Cut the text to at most ``limit`` characters (1 or more), after a word, and mark the cut with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if not text[limit - 1].isspace():
        words = head.rsplit(maxsplit=1)
        # A single long word is cut within; so is a text whose only space is at its start.
        head = words[0] if len(words) == 2 else head
    return head.rstrip(_TRAILING) + "…"


def parse_numbers(text: str, most: int) -> tuple[int, ...]:
    """Read "3, 1, 5-7" as (3, 1, 5, 6, 7): numbers of excerpts from 1 to ``most``, in order, each once.

    Raises UserError that says what to type.
    """
    picked: dict[int, None] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise UserError("Type the excerpts’ numbers in order, such as 3, 1, 5-7.")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= most:
            raise UserError(f"This source has excerpts 1 to {most}. Type numbers between these, such as 1-{most}.")
        picked.update(dict.fromkeys(range(first, last + 1)))
    if not picked:
        raise UserError("Type the excerpts’ numbers in order, such as 3, 1, 5-7.")
    return tuple(picked)
