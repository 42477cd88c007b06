"""Settle which headings of a PDF are under which: their looks tell it, unless their numbers or names say otherwise."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.library.readers.pdf.furniture.margins import LABEL_OF_PART
from bot.library.readers.pdf.headings.levels import TITLE_PAGES
from bot.library.readers.pdf.headings.looks import LETTER_DEPTH, Group, Key, Look, key_of, look_of, numbering_depth
from bot.library.readers.pdf.headings.outline import Outline
from bot.library.readers.pdf.headings.series import comes_next

_LABEL_BEFORE = re.compile(r"(?:\w+\s)?(\d[\d.]*)\s?(?:\([a-z]\))?\s")
_DOTTED = re.compile(r"(?:[A-Z]\w+\s)?(\d{1,2}(?:\.[1-9]\d?)+)[.:]?\s")
_SECOND_TITLE = 5
"""The last page on which the title of the report may be repeated before it begins."""
_CHAPTER = 1.25
"""How much larger than the text the numbered title of a chapter is."""
_CODE = re.compile(r"([A-Z]{2,5})\d{1,3}[.:]?\s")
_CHAPTER_NUMBER = re.compile(r"(\d{1,2})\.?(\.\d{1,2})*\s+[^\W\d_]")
_BACK_MATTER = re.compile(
    r"(?:appendix|appendices|annexe?s?)\b|(?:references|glossary|bibliography|acknowledge?ments|endnotes)$",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"(?:[^\W\d]+\s){0,3}(?:spotlight|case study|in action|in focus|highlight|snapshot)\b", re.IGNORECASE
)


def settle(
    headings: Sequence[Group], levels: Mapping[Key, int], outline: Outline, body: float
) -> tuple[dict[int, int], set[int]]:
    """Return the level of each heading by its id, and the ids of those that only repeat what they are under.

    ``levels`` are those of their looks, ``body`` is the size of the running text. What repeats is neither a heading
    nor text: a chapter's title on each of its pages.
    """
    paths = _Paths(levels, outline, body)
    inside = Counter(key_of(group) for group, path in paths.follow(headings) if any(map(_is_case, path)))
    uses = Counter(map(key_of, headings))
    paths.main = {key for key in uses if inside[key] * 2 < uses[key]}
    for _ in paths.follow(headings):
        pass
    return paths.settled, paths.repeated


class _Paths:
    """Follows a report's headings in order. ``main`` are the looks of those that are mostly under no case study."""

    def __init__(self, levels: Mapping[Key, int], outline: Outline, body: float) -> None:
        self._levels = levels
        self._outline = outline
        self._body = body
        self.main: Collection[Key] = ()
        self.settled: dict[int, int] = {}
        self.repeated: set[int] = set()

    def follow(self, headings: Sequence[Group]) -> Iterator[tuple[Group, list[Group]]]:
        """Settle one heading after the other, and return each with those that it is under."""
        path: list[tuple[int, int, Group]] = []
        names = Counter(_number_and_words(heading.text)[1] for heading in headings)
        codes = Counter(code for heading in headings if (code := _code_of(heading)))
        colours: defaultdict[Look, set[int]] = defaultdict(set)
        for heading in headings:
            if _is_numbered(heading):
                colours[look_of(heading)].add(heading.lines[0].colour)
        for group in headings:
            is_told = self._outline.level(group.lines[0]) is not None
            told = None if self._outline.is_flat else self._outline.level(group.lines[0])
            own = told or self._levels[key_of(group)]
            path = [above for above in path if above[2].aside in (0, group.aside)]
            again = any(each < own and _says_the_same(said, group) for _, each, said in path)
            if again or self._is_title(group, headings):
                self.repeated.add(id(group))
                continue
            # What comes again without a number is part of what has one: "Sources" of "A.2".
            comes_again = names[_number_and_words(group.text)[1]] > 1
            is_other = len(colours[look_of(group)]) == 1 and group.lines[0].colour not in colours[look_of(group)]
            own += not told and any(
                _is_numbered_over(said, group, is_other=is_other, comes_again=comes_again)
                or (codes[_code_of(said)] > 1 and look_of(said) == look_of(group) and not _code_of(group))
                for _, _, said in path
            )
            # A box or a chart ends no heading of the text that it stands in.
            ends = (
                at
                for at, (_, each, heading) in enumerate(path)
                if heading.aside == group.aside and (each >= own or (not is_told and self._ends(heading, group)))
            )
            end = next(ends, len(path))
            level = own if told else min([own, *(level for level, _, _ in path[end:])])
            if any(_is_alike(each, group) or _is_next_chapter(each, group) for _, _, each in path[end:]):
                own = level
            self.settled[id(group)] = level
            yield group, [heading for _, _, heading in path[:end]]
            path = [*path[:end], (level, own, group)]

    @staticmethod
    def _is_title(group: Group, headings: Sequence[Group]) -> bool:
        """Say whether a heading soon after the title page has the same words as one of that."""
        if not TITLE_PAGES < group.lines[0].page <= _SECOND_TITLE:
            return False
        return any(_says_the_same(each, group) for each in headings if each.lines[0].page <= TITLE_PAGES)

    def _ends(self, heading: Group, group: Group) -> bool:
        """Say whether a heading ends another that looks higher: by number, by name, or as after a case study."""
        if _is_alike(heading, group) or (_is_case(heading) and key_of(group) in self.main):
            return True
        is_large = group.lines[0].size > _CHAPTER * self._body
        is_back = _BACK_MATTER.match(group.text) and not _BACK_MATTER.match(heading.text)
        return is_large and bool(is_back or _is_next_chapter(heading, group))


def _says_the_same(heading: Group, group: Group) -> bool:
    """Say whether two headings have the same words, and no other number or label before them."""
    (first, words), (second, others) = (_number_and_words(each.text) for each in (heading, group))
    return words == others and (first == second or not (first and second))


def _number_and_words(text: str) -> tuple[str, str]:
    match = _LABEL_BEFORE.match(text)
    number, words = (match[1], text[match.end() :]) if match else ("", text)
    return number, "".join(char for char in words.casefold() if char.isalnum())


def _is_alike(heading: Group, group: Group) -> bool:
    """Say whether two headings have numbers or names of one kind, such as "1.6" and "Action 2.1": neither is in it."""
    if comes_next(heading, group):
        return True
    first, second = (_DOTTED.match(each.text) for each in (heading, group))
    if first is not None and second is not None:
        return first[1].count(".") == second[1].count(".")
    label, other = (LABEL_OF_PART.match(each.text) for each in (heading, group))
    return label is not None and other is not None and label[1].casefold() == other[1].casefold()


def _is_numbered(heading: Group) -> bool:
    return 0 < numbering_depth(heading.text) < LETTER_DEPTH


def _is_numbered_over(heading: Group, group: Group, *, is_other: bool, comes_again: bool) -> bool:
    """Say whether a heading without a number is part of one that has a number, such as "1.6", and is set alike.

    It comes again under others, or is in another colour than all that have a number.
    """
    if look_of(heading) != look_of(group) or numbering_depth(group.text) or not _is_numbered(heading):
        return False
    return is_other or (comes_again and numbering_depth(heading.text) > 1)


def _code_of(group: Group) -> str:
    """Return the letters of the code before the name of a policy, such as "HOU1", or nothing."""
    match = _CODE.match(group.text)
    return match[1] if match else ""


def _is_case(heading: Group) -> bool:
    """Say whether a heading is that of a case study, which stands between what is told of the report's subject."""
    return _CASE.match(heading.text) is not None


def _is_next_chapter(heading: Group, group: Group) -> bool:
    """Say whether the number of one heading is right after another's, or after that of the chapter that this is in."""
    before, after = _CHAPTER_NUMBER.match(heading.text), _CHAPTER_NUMBER.match(group.text)
    if before is None or after is None or after[2]:
        return False
    return int(after[1]) == int(before[1]) + 1
