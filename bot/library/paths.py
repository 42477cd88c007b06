"""The path of headings above an excerpt, such as "Part 2 > Boards": how it is written, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.library.blocks import HEADING_CHARACTERS, PATH_CHARACTERS
from bot.text.headings import SEPARATOR, part_path, shorten_heading

Path = tuple[str, ...]
_EARLIER_ROOM = 200
"""How long a path could be in earlier versions, which left out the outermost headings of a longer one."""


def join_path(path: Sequence[str]) -> str:
    """Return such as "Part 2 > Boards", with all headings. A long one is shortened in the same way wherever it stands.

    A path that is deeper than any report's loses those right above its last: it always tells the chapter.
    """
    names = [shorten_heading(name, HEADING_CHARACTERS) for name in path]
    while len(text := SEPARATOR.join(names)) > PATH_CHARACTERS:
        del names[-2]
    return text


def read_paths(headings: Iterable[str]) -> list[tuple[Path, str]]:
    """Return what ``split_path`` does for each excerpt of a report, in order.

    The outermost headings that earlier versions left out are put back where the excerpts around tell them: the excerpt
    before has them above the same heading, or their chapter goes on later.
    """
    paths: list[tuple[Path, str]] = []
    before: Path = ()
    chapter: Path = ()
    without: list[int] = []
    for index, heading in enumerate(headings):
        path, lead = split_path(heading)
        above = (
            before[:depth]
            for depth in range(1, len(before))
            if before[depth] == path[0] and _had_no_room(before[depth - 1], heading)
        )
        before = (*next(above, ()), *path) if path else ()
        paths.append((before, lead))
        if chapter and before[:1] == chapter:
            for each in without:
                paths[each] = ((*chapter, *paths[each][0]), paths[each][1])
            without = []
        elif chapter and path and _had_no_room(chapter[0], heading):
            without.append(index)
        else:
            chapter, without = before[:1], []
    return paths


def _had_no_room(outer: str, heading: str) -> bool:
    return len(heading) <= _EARLIER_ROOM < len(outer) + len(SEPARATOR) + len(heading)


def split_path(heading: str) -> tuple[Path, str]:
    """Return the headings of an excerpt, the outermost first, and the sentence that leads to its list, if one does.

    Reports that were read by earlier versions have it as the last part, such as "They should:". It is no chapter.
    """
    path = part_path(heading)
    return (path[:-1], path[-1]) if len(path) > 1 and path[-1].endswith(":") else (path, "")


def end_heading(heading: str) -> str:
    """Return a heading without a colon at its end: with one, it would be the sentence that leads to a list."""
    return heading.rstrip(": ") or heading


def tidy_path(words: str) -> str:
    """Write headings that a person typed, such as "Part 2 >  Boards:", as the path of an excerpt has them."""
    return SEPARATOR.join(map(end_heading, part_path(words)))
