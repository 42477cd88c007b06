"""What a board paper says, in the order in which it is read; word.py, page.py and tables.py write it down.

All words of people in it are plain text on one line, without Discord's ids and links and without control characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.checks.texts import format_same
from bot.models import LabelledEnum
from bot.models.outcomes import PointRef
from bot.summaries.output.plain_text import NOT_QUOTED, UNQUOTED_POINT, format_authors, format_supporters

NOT_A_SURVEY = "This is not a survey: these people chose to reply. We can’t say what other people think."
NO_ANSWER = "No answer yet"
FACILITATOR = "facilitator’s words"


class Part(LabelledEnum):
    """What a paper may have no room for, as one of it is called; the label is what several are called."""

    QUESTION = "question", "questions"
    POINT = "point", "points"
    DISAGREEMENT = "disagreement", "disagreements"
    VOICE = "point of one person", "points of one person"
    ANSWER = "answer to an earlier point", "answers to earlier points"
    CHECK = "result of a check", "results of a check"


@dataclass(frozen=True, slots=True)
class PointCheck:
    """How many people tapped "Same here" when a point was put to staff once more, and whether it differs.

    There is none where too few did.
    """

    same: int
    differs: bool = False

    def __str__(self) -> str:
        return f"When we asked staff again, {format_same(self.same, differs=self.differs)}"


@dataclass(frozen=True, slots=True)
class BoardPoint:
    """A point with the people whom a person confirmed. ``quotes`` are the words that may stand outside the server.

    ``pressed`` says who stands with it where others pressed "Same here", and ``total`` counts all of these. ``outcome``
    is what the organisation answered so far, as sentences; empty where there is no answer.
    """

    ref: PointRef
    heading: str
    by_facilitator: bool
    people: int
    private: int
    quotes: tuple[str, ...] = ()
    note: str = ""
    is_quote: bool = True
    outcome: str = ""
    check: PointCheck | None = None
    pressed: str = ""
    total: int = 0

    @property
    def shown_heading(self) -> str:
        """The heading where it is no quotation."""
        return UNQUOTED_POINT if self.heading == NOT_QUOTED else self.heading

    @property
    def who(self) -> str:
        """People of the threads and those who pressed, and that it came up in private replies."""
        return self.pressed or format_supporters(self.people, self.private)


@dataclass(frozen=True, slots=True)
class BoardSide:
    """One side of a disagreement, with words of it that may stand outside the server."""

    people: int
    private: int
    quotes: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """People of the thread, and that it came up in private replies."""
        return format_supporters(self.people, self.private)


@dataclass(frozen=True, slots=True)
class BoardDispute:
    """Two views of one matter that a program found; a person let them be published."""

    statement: str
    sides: tuple[BoardSide, BoardSide]


@dataclass(frozen=True, slots=True)
class BoardPart:
    """What came of one prompt of the series. ``voices`` are what one person alone raised.

    ``source`` is where the passage stands, and ``own_words`` is true where it is retold. ``brief`` is true where a
    paper has no room for more than its question and its counts.
    """

    prompt_id: int
    number: int
    question: str
    passage: str
    source: str
    posted_on: str
    people: int
    private: int
    points: tuple[BoardPoint, ...] = ()
    disputes: tuple[BoardDispute, ...] = ()
    voices: tuple[str, ...] = ()
    voices_unquoted: int = 0
    own_words: bool = False
    brief: bool = False
    tapped: int | None = None

    @property
    def who(self) -> str:
        """People who wrote in the thread, private replies and those who tapped, separately."""
        authors = format_authors(self.people, self.private)
        return authors if self.tapped is None else f"{authors}, {self.tapped:,} tapped"

    @property
    def pressed(self) -> bool:
        """Whether any number of its table holds presses."""
        return any(point.pressed for point in self.points)


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """A whole paper. ``report`` names the source of all passages; ``counts`` and ``left_out`` are labels with numbers.

    ``answers`` are states of outcomes with numbers of points, ``open_refs`` are the points without an answer,
    ``earlier`` are answers to points of summaries that a newer one replaced, and ``checks`` what staff said of points
    that were put to them again. These are of every point, also where ``shortened`` counts, by what it is (such as
    "point"), things that stand in the tables alone so that the paper keeps to two pages.
    """

    title: str
    ask: str
    dates: str
    made_on: str
    invited: str
    took_part: str
    counts: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, int], ...]
    parts: tuple[BoardPart, ...]
    method: str
    report: str = ""
    answers: tuple[tuple[str, int], ...] = ()
    open_refs: tuple[PointRef, ...] = ()
    earlier: tuple[tuple[PointRef, str], ...] = ()
    checks: tuple[tuple[PointRef, PointCheck], ...] = ()
    check_note: str = ""
    voices_unquoted: int = 0
    shortened: tuple[tuple[Part, int], ...] = ()

    @property
    def points(self) -> tuple[BoardPoint, ...]:
        """The points of all parts."""
        return tuple(point for part in self.parts for point in part.points)

    @property
    def told(self) -> tuple[BoardPart, ...]:
        """The prompts of which more than the question is shown."""
        return tuple(part for part in self.parts if not part.brief)

    @property
    def brief(self) -> tuple[BoardPart, ...]:
        """The prompts of which only the question is shown."""
        return tuple(part for part in self.parts if part.brief)

    @property
    def unshown_checks(self) -> tuple[tuple[PointRef, PointCheck], ...]:
        """What staff said of points that have no room here; their numbers are told all the same."""
        shown = {point.ref for point in self.points}
        return tuple((ref, check) for ref, check in self.checks if ref not in shown)

    @property
    def answered(self) -> bool:
        """Whether outcomes are part of it."""
        return bool(self.answers or self.earlier)

    @property
    def has_voices(self) -> bool:
        """Whether there is anything that one person alone raised."""
        return bool(self.voices_unquoted) or any(part.voices for part in self.parts)

    @property
    def has_disputes(self) -> bool:
        """Whether people differ anywhere."""
        return any(part.disputes for part in self.parts)
