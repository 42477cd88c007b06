"""Which excerpts of a source a facilitator picks, typed as numbers in order."""

from __future__ import annotations

import re

from bot.errors import UserError

_PART = re.compile(r"([0-9]{1,5})(?:\s*(?:-|–|to)\s*([0-9]{1,5}))?")


def pick_numbers(text: str, most: int) -> tuple[int, ...]:
    """Read "3, 1, 5-7" as (3, 1, 5, 6, 7): numbers from 1 to ``most``, in order, each once.

    Raises UserError that says what to type.
    """
    picked: dict[int, None] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _PART.fullmatch(part)
        if match is None:
            raise UserError("Type the excerpts' numbers in order, such as 3, 1, 5-7.")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= most:
            raise UserError(f"This source has excerpts 1 to {most}. Type numbers between these, such as 1-{most}.")
        picked.update(dict.fromkeys(range(first, last + 1)))
    if not picked:
        raise UserError("Type the excerpts' numbers in order, such as 3, 1, 5-7.")
    return tuple(picked)
