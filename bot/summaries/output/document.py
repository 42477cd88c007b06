"""What a file of a summary says, in the order in which it is read; html.py and markdown.py write it down.

It names nobody: quotes carry numbers instead of ids, and the people's words are plain text without Discord's ids.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.models.groups import StaffGroups
from bot.summaries.output.counts import MARKED_ALONE, UNCHECKED_PART
from bot.summaries.output.days import Days
from bot.summaries.output.plain_text import (
    NOT_QUOTED,
    UNQUOTED_POINT,
    format_supporters,
    format_unquoted,
    format_unquoted_people,
)
from bot.summaries.output.point_groups import ERASED


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote where it is used. ``number`` names it in the list of quotes, ``anchor`` names this place in the file."""

    number: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ListedQuote:
    """A quote in the list of quotes, with the places that use it: their anchors and what they are called."""

    number: int
    text: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PaperPoint:
    """A key point. ``shown`` quotes are below it, ``more`` are cited.

    ``who`` says in sentences who is behind it, and is empty if one person raised it; ``total`` people are counted,
    of whom ``wrote`` said it in their own words, and ``pressed`` is true if others pressed "Same here". ``checked``
    is true if a person confirmed everybody. ``group`` are words that the program puts beside it and ``proposed``
    others that may say so too: they are never counted. ``hidden`` counts people whose words are not shown, and
    ``unquoted`` private replies whose words are not shown.
    """

    number: int
    heading: str
    by_facilitator: bool
    who: str
    total: int
    wrote: int
    checked: bool
    note: str
    shown: tuple[CitedQuote, ...]
    more: tuple[CitedQuote, ...]
    group: tuple[CitedQuote, ...]
    proposed: tuple[CitedQuote, ...]
    hidden: int
    unquoted: int = 0
    pressed: bool = False

    @property
    def not_quoted(self) -> str:
        """What stands for the words of private replies that are not quoted."""
        return format_unquoted(self.unquoted)

    @property
    def is_quote(self) -> bool:
        """Whether the heading is somebody's own words."""
        return is_quote(self.heading) and not self.by_facilitator

    @property
    def shown_heading(self) -> str:
        """The heading where it is no quotation."""
        return UNQUOTED_POINT if self.heading == NOT_QUOTED else self.heading

    @property
    def is_told(self) -> bool:
        """Whether there are any words to tell of the point."""
        return self.heading != NOT_QUOTED or bool(self.shown or self.note)


@dataclass(frozen=True, slots=True)
class PaperSide:
    """One side of a disagreement."""

    name: str
    people: int
    shown: tuple[CitedQuote, ...]
    more: tuple[CitedQuote, ...]
    private: int = 0
    unquoted: int = 0
    hidden: int = 0

    @property
    def who(self) -> str:
        """People of the side, and that there are private replies among it."""
        return format_supporters(self.people, self.private)

    @property
    def not_quoted(self) -> str:
        """What stands for the words of people and of private replies that are not quoted."""
        said = format_unquoted_people(self.hidden), format_unquoted(self.unquoted)
        return " ".join(line for line in said if line)


@dataclass(frozen=True, slots=True)
class PaperDispute:
    """A disagreement. ``common`` are words in which both sides say the same."""

    statement: str
    sides: tuple[PaperSide, ...]
    common: tuple[CitedQuote, ...]

    @property
    def is_quote(self) -> bool:
        """Whether the statement is somebody's own words."""
        return is_quote(self.statement)


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole file. ``groups`` are titles with shared points; ``counts`` and ``left_out`` are labels with numbers.

    ``made`` says on which day it was made, and on which its people were counted if that was another.
    ``turnout`` says how many people replied, how many of them the summary could use, and how many tapped.

    ``single_hidden`` and ``questions_hidden`` count those that are not quoted, and ``not_quoted`` the replies that are
    counted here and whose authors did not say yes to being quoted outside the server.
    """

    question: str
    passage: str
    source: str
    made: str
    span: str
    checking: str
    is_checked: bool
    board: bool
    turnout: str
    counts: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[PaperPoint, ...]], ...]
    single_title: str
    single: tuple[PaperPoint, ...]
    single_hidden: int
    disputes: tuple[PaperDispute, ...]
    questions: tuple[CitedQuote, ...]
    questions_hidden: int
    not_quoted: int
    staff: StaffGroups | None
    balance: str
    vectors: str
    frozen: bool
    days: Days
    quotes: tuple[ListedQuote, ...]

    @property
    def points(self) -> tuple[PaperPoint, ...]:
        """The points of all groups."""
        return tuple(point for _, points in self.groups for point in points)

    @property
    def unchecked_note(self) -> str:
        """What is below the title of a list that nobody could tick, beside what a facilitator checked."""
        return f"{UNCHECKED_PART}." if self.is_checked else ""

    @property
    def single_note(self) -> str:
        """The same of what single people raised, of which some may be checked."""
        checked = [point.checked for point in self.single]
        if not self.is_checked or all(checked):
            return ""
        return MARKED_ALONE if any(checked) else f"{UNCHECKED_PART}."

    @property
    def pressed(self) -> bool:
        """Whether any number holds presses."""
        return any(point.pressed for point in self.points)


def is_quote(heading: str) -> bool:
    """Say whether a heading that is no facilitator's is somebody's words, to be shown in quotation marks."""
    return heading not in (ERASED, NOT_QUOTED)
