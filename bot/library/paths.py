"""The path of headings above an excerpt, such as "Part 2 > Boards": how it is written, and read again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.library.blocks import HEADING_CHARACTERS, PATH_CHARACTERS
from bot.text.headings import SEPARATOR, part_path, shorten_heading


def join_path(path: Sequence[str]) -> str:
    """Return such as "Part 2 > Boards", with all headings. A long one is shortened in the same way wherever it stands.

    A path that is deeper than any report's loses those right above its last: it always tells the chapter.
    """
    names = [shorten_heading(name, HEADING_CHARACTERS) for name in path]
    while len(text := SEPARATOR.join(names)) > PATH_CHARACTERS:
        del names[-2]
    return text


def split_path(heading: str) -> tuple[tuple[str, ...], str]:
    """Return the headings of an excerpt, the outermost first, and the sentence that leads to its list, if one does.

    Reports that were read by earlier versions have it as the last part, such as "They should:". It is no chapter.
    """
    path = part_path(heading)
    return (path[:-1], path[-1]) if len(path) > 1 and path[-1].endswith(":") else (path, "")


def tidy_path(words: str) -> str:
    """Write headings that a person typed, such as "Part 2 >  Boards", as the path of an excerpt has them."""
    return SEPARATOR.join(part_path(words))
