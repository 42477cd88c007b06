"""Find the headings of a PDF that belong to a series: "Recommendation 12: …" after 11, or "b. …" after "a. …"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.library.readers.pdf.headings.looks import Group, Style
from bot.library.sentences import CAPTION

_LABELLED = re.compile(r"(?:[A-Z][a-z]+\s)?([^\W\d_]{4,})\s+#?(\d{1,3})\s?[:.–—-](?:\s|$)")
_LETTERED = re.compile(r"(\(?)([a-z])([.)])\s+[A-Z“\"‘]")
_FEWEST = 3
_FURTHEST = 3
"""By how much the numbers of two that come after each other may differ: one may be set otherwise."""
_AS_LARGE = 0.95
_LOOKED_AT = 12
_Key = tuple[str, float, str, int, int]
_Member = tuple[int, int]
"""The place of a group, and its number in its series."""


def find_series(groups: Sequence[Group], style: Style) -> set[int]:
    """Return the ids of groups that are headings because they count on, however long and however they end.

    At least three are set alike, and unlike the text that is between them. They are nearer to what follows than to what
    is before: those right below each other are a list, and those with as much space on both sides are conclusions.
    """
    members: defaultdict[_Key, list[_Member]] = defaultdict(list)
    for at, group in enumerate(groups):
        mark = _mark_of(group)
        first = group.lines[0]
        is_set_out = group.is_bold or first.italic or (first.face, first.colour) != (style.face, style.colour)
        if mark is not None and is_set_out and first.size >= _AS_LARGE * style.size:
            members[mark[0], first.size, first.face, first.colour, group.aside].append((at, mark[1]))
    runs = [run for each in members.values() for run in _runs(each)]
    runs = [run for run in runs if _is_parted(run, groups) and _is_near_what_follows(run, groups)]
    return {id(groups[at]) for run in runs for at, _ in run}


def comes_next(group: Group, following: Group) -> bool:
    """Say whether what is marked "b." comes after "a.", or "Recommendation 12:" after 11, though set otherwise."""
    before, after = _mark_of(group), _mark_of(following)
    return before is not None and after is not None and before[0] == after[0] and 0 < after[1] - before[1] <= _FURTHEST


def _mark_of(group: Group) -> tuple[str, int] | None:
    """Return the kind of mark with which a group begins, and its number."""
    text = group.text
    if group.lines[0].noted or CAPTION.match(text):
        return None
    if match := _LABELLED.match(text):
        return match[1].casefold(), int(match[2])
    if (match := _LETTERED.match(text)) and not text.endswith(":"):  # which leads to a list
        return f"{match[1]}a{match[3]}", ord(match[2]) - ord("a") + 1
    return None


def _runs(members: Iterable[_Member]) -> list[list[_Member]]:
    """Part what is marked alike where the numbers don't go on: the next chapter has its own "a."."""
    runs: list[list[_Member]] = []
    for at, number in members:
        if runs and 0 <= number - runs[-1][-1][1] <= _FURTHEST:
            runs[-1].append((at, number))
        else:
            runs.append([(at, number)])
    return [run for run in runs if len(run) >= _FEWEST]


def _is_parted(run: Sequence[_Member], groups: Sequence[Group]) -> bool:
    """Say whether most of a run have something below them that is set otherwise, before the next."""
    ends = [*(at for at, _ in run[1:]), len(groups)]
    parted = sum(
        any(group.setting != groups[at].setting for group in groups[at + 1 : min(end, at + _LOOKED_AT)])
        for (at, _), end in zip(run, ends, strict=True)
    )
    return parted * 2 >= len(run)


def _is_near_what_follows(run: Sequence[_Member], groups: Sequence[Group]) -> bool:
    """Say whether most of a run have less space below them than above, as headings do; what concludes has as much."""
    spaces = [
        (groups[at - 1].lines[-1].bottom - groups[at].lines[0].bottom, groups[at].lines[-1].bottom - below.bottom)
        for at, _ in run
        if 0 < at < len(groups) - 1
        and groups[at - 1].lines[-1].page == groups[at].lines[0].page
        and groups[at].lines[-1].page == (below := groups[at + 1].lines[0]).page
    ]
    return sum(0 < below < above for above, below in spaces) * 2 >= len(spaces)
