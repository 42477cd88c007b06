"""Headings, and the path of those above a passage, such as "Part 2 > Boards": how they are parted and cut."""

from __future__ import annotations

import re

from bot.text.words import shorten

SEPARATOR = " > "
_BETWEEN = re.compile(r"(?:^|\s)>(?=\s|$)")
_IN_BRACKETS = re.compile(r"\s(\([^()\d]+\))$")


def part_path(path: str) -> tuple[str, ...]:
    """Return the headings of a path, the outermost first."""
    return tuple(filter(None, map(str.strip, _BETWEEN.split(path))))


def shorten_heading(heading: str, most: int) -> str:
    """Cut a heading to at most ``most`` characters. Words in brackets at its end, such as who speaks, are kept."""
    end = match[1] if (match := _IN_BRACKETS.search(heading)) else ""
    if len(heading) <= most or not end or len(end) > most // 2:
        return shorten(heading, most)
    return f"{shorten(heading[: -len(end)].rstrip(), most - len(end) - 1)} {end}"


def shorten_path(path: str, most: int) -> str:
    """Write a path in at most ``most`` characters: the outermost heading, the last one, and those above that which fit.

    A longer path has "…" for the others.
    """
    headings = part_path(path)
    if len(path) <= most or len(headings) < 2:
        return shorten_heading(path, most)
    for start in range(2, len(headings)):
        if len(text := SEPARATOR.join((headings[0], "…", *headings[start:]))) <= most:
            return text
    gap = SEPARATOR if len(headings) == 2 else f"{SEPARATOR}…{SEPARATOR}"
    room = most - len(gap)
    last = shorten_heading(headings[-1], max(room - len(headings[0]), room * 2 // 3))
    return f"{shorten_heading(headings[0], room - len(last))}{gap}{last}"
