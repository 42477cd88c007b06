"""A report's own contents: its chapters, made of the headings above its excerpts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.library.paths import Path, read_paths
from bot.models.library import Excerpt

FEWEST_TO_DIVIDE = 25
"""A chapter of no more excerpts than this stays whole: they fit one list."""
MOST_CHAPTERS_IN_MIND = 8
"""A chapter with more than its share of a report in this many parts is divided by its own headings."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A run of excerpts, in order, below one heading. The title is empty for what is before any heading."""

    title: str
    excerpts: tuple[Excerpt, ...]

    @property
    def position(self) -> int:
        """The library's own number of its first excerpt, by which a chapter is named."""
        return self.excerpts[0].position


def read_contents(excerpts: Sequence[Excerpt]) -> tuple[Chapter, ...]:
    """Divide a report's excerpts, in order, into chapters: each excerpt is in exactly one.

    The highest headings make the chapters; a large chapter is divided by the headings within it.
    """
    most = max(FEWEST_TO_DIVIDE, len(excerpts) // MOST_CHAPTERS_IN_MIND)
    paths = [path for path, _ in read_paths(excerpt.passage.heading for excerpt in excerpts)]
    return tuple(_divide(list(zip(excerpts, paths, strict=True)), 0, most)) if excerpts else ()


def find_chapter(chapters: Sequence[Chapter], position: int) -> int:
    """Return the index of the chapter in which an excerpt's number is, or would be had it not been removed."""
    before = [index for index, chapter in enumerate(chapters) if chapter.position <= position]
    return before[-1] if before else 0


def _divide(excerpts: Sequence[tuple[Excerpt, Path]], depth: int, most: int) -> list[Chapter]:
    runs = [(title, tuple(run)) for title, run in groupby(excerpts, key=lambda each: _title(each[1], depth))]
    chapters: list[Chapter] = []
    for title, run in runs:
        has_more = any(len(path) > depth + 1 for _, path in run)
        if has_more and (len(run) > most or len(runs) == 1):
            chapters += _divide(run, depth + 1, most)
        else:
            chapters.append(Chapter(title, tuple(excerpt for excerpt, _ in run)))
    return chapters


def _title(path: Path, depth: int) -> str:
    """Return the heading at a depth; what is right below a higher one has that one's."""
    return path[min(depth, len(path) - 1)] if path else ""
