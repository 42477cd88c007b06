"""The path of headings above an excerpt, such as "Part 2 > Boards": how it is written, and read again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.library.blocks import HEADING_CHARACTERS

SEPARATOR = " > "
_BETWEEN = re.compile(r"(?:^|\s)>(?=\s|$)")


def join_path(path: Sequence[str]) -> str:
    """Return such as "Part 2 > Boards"; the outer parts go first where it is too long."""
    for start in range(len(path)):
        text = SEPARATOR.join(path[start:])
        if len(text) <= HEADING_CHARACTERS:
            return text
    return ""


def split_path(heading: str) -> tuple[tuple[str, ...], str]:
    """Return the headings of an excerpt, the outermost first, and the sentence that leads to its list, if one does.

    Reports that were read by earlier versions have it as the last part, such as "They should:". It is no chapter.
    """
    path = _parts(heading)
    return (path[:-1], path[-1]) if len(path) > 1 and path[-1].endswith(":") else (path, "")


def tidy_path(words: str) -> str:
    """Write headings that a person typed, such as "Part 2 >  Boards", as the path of an excerpt has them."""
    return SEPARATOR.join(_parts(words))


def _parts(heading: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _BETWEEN.split(heading))))
