"""Split a summary into pages, and words into a part that can be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.models.summaries import Disagreement, KeyPoint, Quote, Summary
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.output.point_groups import find_single_points, group_points, point_heading
from bot.summaries.output.returning_themes import ThemeAcrossWeeks
from cogs.ui.pages import fill_pages

ROOM = 20
MOST_RAISED = 60
"""Words of single people that are listed; a thread of thousands of replies has more than anybody reads here."""


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What comes first: the shared points that most people made, or without any what single people raised.

    ``rest`` are the points that come only after it.
    """

    shared: tuple[KeyPoint, ...]
    raised: tuple[KeyPoint, ...]
    rest: tuple[KeyPoint, ...]


@dataclass(frozen=True, slots=True)
class NumberedPoint:
    """A shared point with its number, which counts from 1 over the whole summary, and the title of its group."""

    number: int
    point: KeyPoint
    title: str


@dataclass(frozen=True, slots=True)
class Raised:
    """Words of one person: a point of their own, or a quote that the program puts beside one.

    ``beside`` is the number of the point with which they may be about one thing; 0 where they stand alone.
    """

    words: KeyPoint | Quote
    beside: int = 0
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class UnquotedRaised:
    """Stands for ``points`` of single people whose words may not be quoted."""

    points: int


@dataclass(frozen=True, slots=True)
class MoreRaised:
    """Stands for words of single people that are not listed."""


@dataclass(frozen=True, slots=True)
class Details:
    """Stands for what is said at the end: how much was read, and how."""


Item = (
    FirstScreen
    | NumberedPoint
    | ThemeAcrossWeeks
    | Disagreement
    | Raised
    | UnquotedRaised
    | MoreRaised
    | Quote
    | Details
)
Page = tuple[Item, ...]
WEIGHTS: dict[type, int] = {NumberedPoint: 4, ThemeAcrossWeeks: 4, Disagreement: 6, Details: 3}
"""How much of a page's room an item takes; 1 where none is said. So a page has five points at most."""
MOST_FIRST = 3


def split_pages(summary: Summary, comes_back: Sequence[ThemeAcrossWeeks] = ()) -> tuple[Page, ...]:
    """Split a summary into the first screen and at least one page of all of it, which ends with the details.

    ``comes_back`` are themes that come back in several prompts; they follow the points.
    """
    shared = tuple(point for point in summary.points if point.is_shared)
    single = tuple(point for _, point in find_single_points(summary))
    raised = () if shared else single[:MOST_FIRST]
    rest = tuple(point for point in summary.points if point not in shared[:MOST_FIRST] and point not in raised)
    first = FirstScreen(shared[:MOST_FIRST], raised, rest)
    lists = summary.disagreements, list_raised(summary), summary.questions
    parts = chain(number_points(summary), comes_back, *lists, (Details(),))
    pages: list[list[Item]] = fill_pages(parts, lambda item: WEIGHTS.get(type(item), 1), ROOM)
    return ((first,), *map(tuple, pages))


def number_points(summary: Summary) -> tuple[NumberedPoint, ...]:
    """Number the shared points in the order in which they are read."""
    return tuple(
        NumberedPoint(number, point, kind.label) for kind, group in group_points(summary) for number, point in group
    )


def number_all(summary: Summary) -> tuple[tuple[int, KeyPoint], ...]:
    """Number everything that has a number: the shared points, then what single people raised."""
    return (*((item.number, item.point) for item in number_points(summary)), *find_single_points(summary))


def list_raised(summary: Summary) -> Iterator[Raised | UnquotedRaised | MoreRaised]:
    """List the words of single people: those that may go with a shared point, draft groups, then the others.

    Nobody's words are listed twice, and what a facilitator hid or its author does not let be quoted is left out;
    the latter's points are counted.
    """
    raised = list(chain(_beside_shared(summary), _draft_groups(summary), _alone(summary)))
    yield from raised[:MOST_RAISED]
    if len(raised) > MOST_RAISED:
        yield MoreRaised()
    if unquoted := sum(map(_is_unquoted, _alone_points(summary))):
        yield UnquotedRaised(unquoted)


def _beside_shared(summary: Summary) -> Iterator[Raised]:
    for item in number_points(summary):
        yield from (Raised(quote, item.number, is_shared=True) for quote in list_group(item.point))


def _draft_groups(summary: Summary) -> Iterator[Raised]:
    for number, point in find_single_points(summary):
        if members := list_group(point):
            yield Raised(point, number)
            yield from (Raised(quote, number) for quote in members)


def _alone(summary: Summary) -> Iterator[Raised]:
    return (Raised(point) for point in _alone_points(summary) if not _is_unquoted(point))


def _alone_points(summary: Summary) -> Iterator[KeyPoint]:
    return (point for _, point in find_single_points(summary) if not list_group(point))


def _is_unquoted(point: KeyPoint) -> bool:
    return point_heading(point) == NOT_QUOTED


def list_group(point: KeyPoint) -> tuple[Quote, ...]:
    """Return the words that the program puts beside a point and that may be shown."""
    hidden = frozenset(point.review.unquoted) if point.review is not None else frozenset()
    return tuple(quote for quote in point.group if quote.text and quote.message not in hidden)


def cut_words(text: str, limit: int) -> tuple[str, bool]:
    """Return the words on one line, up to ``limit`` characters (1 or more), and whether any are missing at their end.

    What is shown is verbatim but for white space. It ends after a word, or within the first one where that is longer.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line, False
    end = line.rfind(" ", 0, limit + 1)
    return line[: end if end > 0 else limit], True
