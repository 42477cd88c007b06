"""The outline of a report: its headings, as the paths of its excerpts tell them.

Headings are read as a reader of a file does it: one ends those before it that are on its level or below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.library.paths import Path, read_paths
from bot.models.library import Excerpt


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and all that is under it: the excerpts from ``start`` to before ``end``, by their index.

    ``path`` begins with the outermost heading and ends with its own words; it is empty for excerpts without a heading.
    ``position`` is the library's number of its first excerpt. ``is_lead`` marks a sentence that leads to a list.
    """

    path: Path
    start: int
    end: int
    position: int
    is_lead: bool = False

    @property
    def words(self) -> str:
        """Its own words; empty for excerpts without a heading."""
        return self.path[-1] if self.path else ""

    @property
    def level(self) -> int:
        """How many headings are above it; -1 for excerpts without a heading."""
        return len(self.path) - 1

    @property
    def excerpts(self) -> int:
        """How many excerpts are under it."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's excerpts, in order, the headings above each, and all headings in the order of the report."""

    excerpts: tuple[Excerpt, ...]
    paths: tuple[Path, ...]
    leads: tuple[str, ...]
    headings: tuple[Heading, ...]

    def find(self, position: int, depth: int) -> Heading | None:
        """Find the heading that begins with an excerpt's number, by the length of its path; None without any."""
        named = (each for each in self.headings if (each.position, len(each.path)) == (position, depth))
        return next(named, None)

    def find_alike(self, heading: Heading) -> tuple[Heading, ...]:
        """Find all headings that have the same words, itself among them."""
        return tuple(each for each in self.headings if each.path and heading.path and each.words == heading.words)

    def continues_outer(self, heading: Heading) -> bool:
        """Tell whether the heading above one has an excerpt before it."""
        outer = heading.path[:-1]
        return heading.start > 0 and self.paths[heading.start - 1][: len(outer)] == outer

    def path_before(self, heading: Heading) -> Path:
        """Return the path on which the text goes on if this is no heading."""
        if heading.is_lead or not self.continues_outer(heading):
            return heading.path[:-1]
        return self.paths[heading.start - 1]

    def excerpts_around(self, heading: Heading) -> tuple[Excerpt, ...]:
        """Return all excerpts under the same outermost heading, and the one before these."""
        start, end, outermost = heading.start, heading.end, heading.path[:1]
        while start and self.paths[start - 1][:1] == outermost:
            start -= 1
        while end < len(self.paths) and self.paths[end][:1] == outermost:
            end += 1
        return self.excerpts[max(0, start - 1) : end]


@dataclass(slots=True)
class Opening:
    """Where a heading begins: the index of an excerpt, and its level. Without words, those of its level end there."""

    at: int
    level: int
    words: str


def read_outline(excerpts: Sequence[Excerpt]) -> Outline:
    """Read the headings of a report's excerpts, which are in order."""
    read = read_paths(excerpt.passage.heading for excerpt in excerpts)
    paths, leads = tuple(path for path, _ in read), tuple(lead for _, lead in read)
    headings = [*_read_headings(excerpts, paths), *_read_leads(excerpts, paths, leads)]
    headings.sort(key=lambda heading: (heading.start, heading.level))
    return Outline(tuple(excerpts), paths, leads, tuple(headings))


def read_openings(paths: Sequence[Path]) -> Iterator[Opening]:
    """Return where headings begin, in order, and where only the text of a higher one goes on."""
    before: Path = ()
    for index, path in enumerate(paths):
        shared = 0
        while shared < min(len(before), len(path)) and before[shared] == path[shared]:
            shared += 1
        if shared == len(path) and (shared < len(before) or not index):
            yield Opening(index, shared, "")
        for level in range(shared, len(path)):
            yield Opening(index, level, path[level])
        before = path


def write_paths(openings: Sequence[Opening], count: int) -> Iterator[Path]:
    """Return the path of each excerpt: each heading ends those on its level and below."""
    waiting = sorted(openings, key=lambda opening: opening.at)[::-1]
    above: list[Opening] = []
    for index in range(count):
        while waiting and waiting[-1].at == index:
            opening = waiting.pop()
            while above and above[-1].level >= opening.level:
                above.pop()
            if opening.words:
                above.append(opening)
        yield tuple(opening.words for opening in above)


def _read_headings(excerpts: Sequence[Excerpt], paths: Sequence[Path]) -> Iterator[Heading]:
    openings = list(read_openings(paths))
    ends = [len(paths)] * len(openings)
    under: list[int] = []
    for index, opening in enumerate(openings):
        while under and openings[under[-1]].level >= opening.level:
            ends[under.pop()] = opening.at
        under.append(index)
    for opening, end in zip(openings, ends, strict=True):
        if opening.words or not opening.level:
            path = paths[opening.at][: opening.level + 1] if opening.words else ()
            yield Heading(path, opening.at, end, excerpts[opening.at].position)


def _read_leads(excerpts: Sequence[Excerpt], paths: Sequence[Path], leads: Sequence[str]) -> Iterator[Heading]:
    start = 0
    for end in range(1, len(excerpts) + 1):
        if end == len(excerpts) or (paths[end], leads[end]) != (paths[start], leads[start]):
            if leads[start]:
                path = (*paths[start], leads[start])
                yield Heading(path, start, end, excerpts[start].position, is_lead=True)
            start = end
