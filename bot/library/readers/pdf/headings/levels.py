"""Tell the levels of a PDF's headings by how they look: by outline, size, weight, face, numbers, and what follows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bot.library.readers.pdf.headings.looks import Group, Key, Look, is_same_rank, key_of, rank_of, with_depths
from bot.library.readers.pdf.headings.outline import Outline

TITLE_PAGES = 2
_LOWEST = 9
_KNOWN_LOOK = 3
_MOST_BEFORE = 0.6


def levels_of_looks(
    headings: Sequence[Group], groups: Sequence[Group], outline: Outline, body: float
) -> dict[Key, int]:
    """Return the level of each look and depth of headings, 1 for the highest.

    ``groups`` has the text as well, ``body`` is the size of that.
    """
    told: defaultdict[Look, Counter[tuple[int, int]]] = defaultdict(Counter)
    if not outline.is_flat:
        for group in headings:
            level = outline.level(group.lines[0])
            if level:
                look, depth = key_of(group)
                told[look][level, depth] += 1
    # The title page has sizes of its own; its lines are no parents of the chapters.
    inside = [group for group in headings if group.lines[0].page > TITLE_PAGES] or list(headings)
    ranks = _ranks(inside, body)
    if outline.is_flat:
        ranks = _above_followers(ranks, inside, _count_followers(headings, groups))
    return {key: _level_of(key, ranks, told) for key in map(key_of, headings)}


def _ranks(headings: Sequence[Group], body: float) -> dict[Key, int]:
    """Return the level of each look and depth: the largest is 1, bold before plain, "1.2" below "1".

    What is smaller than the text counts as large as that.
    """
    pages: defaultdict[Key, set[int]] = defaultdict(set)
    for group in headings:
        pages[key_of(group)].add(group.lines[0].page)
    deep = with_depths(pages)
    reach = max(map(max, pages.values()), default=0) // 25
    level, ranks = 0, {}
    same: list[list[Key]] = []
    for key in sorted(pages, key=lambda key: rank_of(deep[key], body)):
        if same and is_same_rank(deep[same[-1][-1]], deep[key], body):
            same[-1].append(key)
        else:
            same.append([key])
    for index, keys in enumerate(same):
        level += 1
        ranks.update(dict.fromkeys(keys, level))
        # What is found in one place alone is no parent of headings that are found in many.
        found = set().union(*(pages[key] for key in keys))
        smaller = (pages[key] for others in same[index + 1 :] for key in others)
        if max(found) - min(found) <= reach and any(len(each) >= _KNOWN_LOOK for each in smaller):
            level -= 1
    return {key: max(1, level) for key, level in ranks.items()}


def _count_followers(headings: Sequence[Group], groups: Sequence[Group]) -> Counter[tuple[Key, Key]]:
    """Count which look of headings is right before which, with no text between them."""
    ids = set(map(id, headings))
    return Counter(
        (key_of(group), key_of(following))
        for group, following in pairwise(groups)
        if id(group) in ids and id(following) in ids and group.aside == following.aside
    )


def _above_followers(
    ranks: dict[Key, int], headings: Sequence[Group], followers: Counter[tuple[Key, Key]]
) -> dict[Key, int]:
    """Return the levels, each look above one that most of its headings are right before, though that is larger."""
    uses = Counter(map(key_of, headings))
    order: dict[Key, float] = dict(ranks)
    for (key, following), count in followers.items():
        is_before = count >= max(_KNOWN_LOOK, _MOST_BEFORE * uses[key]) and count > followers[following, key]
        if is_before and key in ranks and following in ranks and ranks[key] > ranks[following]:
            order[key] = min(order[key], ranks[following] - 0.5)
    levels = {height: level for level, height in enumerate(sorted(set(order.values())), start=1)}
    return {key: levels[height] for key, height in order.items()}


def _level_of(key: Key, ranks: dict[Key, int], told: dict[Look, Counter[tuple[int, int]]]) -> int:
    """Return the level of a look and depth: as the outline tells it, or else between those that it does tell."""
    if key not in ranks:
        return _LOWEST  # it stands for the title page alone, above nothing that follows
    look, depth = key
    if look in told:
        (level, usual), _ = told[look].most_common(1)[0]
        # The outline may end above "3.2.1", which is then set as "3.2" is.
        return level + max(0, depth - usual) if usual else level
    if not told:
        return ranks[key]
    larger = {other: rank for (other, deep), rank in ranks.items() if rank < ranks[key] and other in told}
    deepest = max((level for other in larger for level, _ in told[other]), default=0)
    # Those between that it doesn't tell are above each other too.
    return deepest + max(1, ranks[key] - max(larger.values())) if larger else 1
