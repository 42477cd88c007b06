"""What a board paper says, in the order in which it is read; docx.py, html.py and tables.py write it down.

All words of people in it are plain text on one line, without Discord's ids and links and without control characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.checks.texts import format_same
from bot.models import LabelledEnum
from bot.models.board import PaperFields
from bot.models.outcomes import PointRef
from bot.summaries.output.counts import COUNTED_ON
from bot.summaries.output.plain_text import NOT_QUOTED, UNQUOTED_POINT, format_authors, format_supporters
from bot.summaries.output.point_groups import ERASED
from bot.text.quotes import mark_facilitators

NOT_A_SURVEY = "This isn’t a survey: these people chose to reply. We can’t say what other people think."
NO_ANSWER = "No answer yet"


class Part(LabelledEnum):
    """What a body of two pages may have no room for, as one of it is called; the label is what several are called."""

    POINT = "point", "points"
    DISAGREEMENT = "disagreement", "disagreements"
    ANSWER = "answer", "answers"


@dataclass(frozen=True, slots=True)
class PointCheck:
    """How many people tapped "Same here" when staff were asked about a point in a check, and whether it differs.

    There is none if too few did. ``until`` is the last day of the check, in words.
    """

    same: int
    differs: bool = False
    until: str = ""

    def __str__(self) -> str:
        when = f", until {self.until}" if self.until else ""
        return f"When we asked staff again{when}, {format_same(self.same, differs=self.differs)}"


@dataclass(frozen=True, slots=True)
class BoardPoint:
    """A point that is fully checked. ``quotes`` are the words that may be outside the server.

    ``number`` is its place in the paper. ``who`` says as sentences who is behind it, in the words that staff see, and
    ``total`` counts the people of these; ``at_least`` is true if there may be more. ``wrote`` are those of them who
    wrote it, ``reacted`` and ``pressed`` say that others did so. ``outcome`` is what the organisation answered so far,
    as sentences; empty if there is no answer.
    """

    ref: PointRef
    heading: str
    by_facilitator: bool
    who: str
    total: int
    wrote: int
    at_least: bool = False
    reacted: bool = False
    pressed: bool = False
    in_private: bool = False
    quotes: tuple[str, ...] = ()
    note: str = ""
    is_quote: bool = True
    outcome: str = ""
    check: PointCheck | None = None
    number: int = 0

    @property
    def has_words(self) -> bool:
        """Whether anything may be said of it outside the server; else a board would read of a number alone."""
        return self.heading not in (NOT_QUOTED, ERASED)

    @property
    def shown_heading(self) -> str:
        """The heading where it is no quotation."""
        return UNQUOTED_POINT if self.heading == NOT_QUOTED else self.heading

    @property
    def bar_label(self) -> str:
        """What is at the end of its bar, such as "9" or "at least 12"."""
        return f"at least {self.total:,}" if self.at_least else f"{self.total:,}"


@dataclass(frozen=True, slots=True)
class BoardTheme:
    """Points under one name: a facilitator's, or that of the question from which the others came."""

    name: str
    points: tuple[BoardPoint, ...]
    by_facilitator: bool = False

    @property
    def heading(self) -> str:
        """The name as it is written, marked if a facilitator gave it."""
        return mark_facilitators(self.name) if self.by_facilitator else self.name


@dataclass(frozen=True, slots=True)
class BoardSide:
    """One side of a disagreement, with words of it that may be outside the server."""

    people: int
    private: int
    quotes: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """People of the thread, and that it came up in private replies."""
        return format_supporters(self.people, self.private)


@dataclass(frozen=True, slots=True)
class BoardDispute:
    """Two views of one matter that a program found and a person let be published, or that a facilitator wrote.

    A facilitator's sides have no counts: nobody checked who is on which. ``question`` is what they answered.
    """

    statement: str
    sides: tuple[BoardSide, BoardSide]
    by_facilitator: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class BoardAnswer:
    """What was decided of some points, which ``numbers`` name as the paper does; ``due`` is a date in words."""

    numbers: tuple[int, ...]
    state: str
    what: str
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class BoardPart:
    """What came of one prompt of the series. ``voices`` are what one person alone raised.

    ``source`` is where the passage is, and ``own_words`` is true if it is retold. ``summed_up_on`` is the day of the
    published summary whose counts these are.
    """

    prompt_id: int
    number: int
    question: str
    passage: str
    source: str
    posted_on: str
    summed_up_on: str
    people: int
    private: int
    points: tuple[BoardPoint, ...] = ()
    disputes: tuple[BoardDispute, ...] = ()
    voices: tuple[str, ...] = ()
    voices_unquoted: int = 0
    own_words: bool = False
    tapped: int | None = None

    @property
    def who(self) -> str:
        """People who wrote in the thread, private replies and those who tapped, separately, and when they counted."""
        authors = format_authors(self.people, self.private)
        told = authors if self.tapped is None else f"{authors}, {self.tapped:,} tapped"
        return f"{told}. {COUNTED_ON.format(date=self.summed_up_on)}" if self.summed_up_on else told


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """A whole paper: the front sheet (``fields``), the body, and the annex, which is made of ``parts``.

    ``themes``, ``disputes`` and ``answers`` are the body, whose two pages may have less than all; ``shortened`` counts
    what they lack, by what it is. ``report`` names the source of all passages; ``counts`` and ``left_out`` are labels
    with numbers. ``states`` are states of outcomes with numbers of points, ``open_numbers`` are the points without an
    answer, ``earlier`` are answers to points that the paper does not have, and ``checks`` what staff said of
    points that were put to them again. ``unworded`` counts points of which no words may be quoted.
    """

    title: str
    fields: PaperFields
    dates: str
    made_on: str
    invited: str
    took_part: str
    counts: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, int], ...]
    parts: tuple[BoardPart, ...]
    method: str
    report: str = ""
    themes: tuple[BoardTheme, ...] = ()
    disputes: tuple[BoardDispute, ...] = ()
    answers: tuple[BoardAnswer, ...] = ()
    states: tuple[tuple[str, int], ...] = ()
    open_numbers: tuple[int, ...] = ()
    earlier: tuple[tuple[PointRef, str], ...] = ()
    checks: tuple[tuple[PointRef, PointCheck], ...] = ()
    check_note: str = ""
    unworded: int = 0
    shortened: tuple[tuple[Part, int], ...] = field(default=())

    @property
    def points(self) -> tuple[BoardPoint, ...]:
        """All points, in the order of the questions."""
        return tuple(point for part in self.parts for point in part.points)

    @property
    def told(self) -> tuple[BoardPoint, ...]:
        """The points of the body, in its order."""
        return tuple(point for theme in self.themes for point in theme.points)

    @property
    def numbered(self) -> tuple[tuple[BoardPart, BoardPoint], ...]:
        """Every point that has words, with its question, by the paper's numbers."""
        pairs = ((part, point) for part in self.parts for point in part.points if point.number)
        return tuple(sorted(pairs, key=lambda pair: pair[1].number))

    @property
    def voices(self) -> Iterator[tuple[BoardPart, str]]:
        """What one person alone raised, with its question."""
        return ((part, voice) for part in self.parts for voice in part.voices)

    @property
    def more_disputes(self) -> tuple[BoardDispute, ...]:
        """The disagreements that the body has no room for."""
        return tuple(dispute for part in self.parts for dispute in part.disputes)[len(self.disputes) :]

    @property
    def unshown_checks(self) -> tuple[tuple[PointRef, PointCheck], ...]:
        """What staff said of points that are in no summary now."""
        shown = {point.ref for point in self.points}
        return tuple((ref, check) for ref, check in self.checks if ref not in shown)

    @property
    def annex_checks(self) -> tuple[tuple[int, PointCheck], ...]:
        """What staff said of points that only the annex has, by their numbers."""
        told = {point.ref for point in self.told}
        return tuple(
            (point.number, point.check)
            for _, point in self.numbered
            if point.check is not None and point.ref not in told
        )

    @property
    def answered(self) -> bool:
        """Whether outcomes are part of it."""
        return bool(self.states or self.earlier)
