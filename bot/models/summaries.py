"""What summaries hold: key points, quotes, disagreements, coverage."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.models import LabelledEnum
from bot.models.grouping import Sorting, ThemeName
from bot.models.groups import StaffGroups
from bot.models.views import PointViews


class Kind(LabelledEnum):
    """What a point is, where its words say so; VIEW where they do not. The label heads points of the kind."""

    EXPERIENCE = "experience", "What people see"
    CONCERN = "concern", "What worries them"
    PROPOSAL = "proposal", "What they propose"
    QUESTION = "question", "What they ask"
    OFFER = "offer", "What they offer"
    PRAISE = "praise", "What they praise"
    VIEW = "view", "What they think"


class Role(StrEnum):
    """How a person came to support a point. Only the first three are ever counted.

    WROTE: the point is in their own words. AGREED: they answered somebody who made it, in agreement. TICKED: a
    facilitator read their words and put them there. GROUPED: the program thinks that their words may say the same as
    the point, and proposes it to a facilitator. SUGGESTED: further words that a facilitator may want to look at.
    """

    WROTE = "wrote"
    AGREED = "agreed"
    TICKED = "ticked"
    GROUPED = "grouped"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of one message, which is ``private`` or of the thread. ``role`` says how they came to a point."""

    message: str
    text: str
    private: bool = False
    role: Role = Role.WROTE


@dataclass(frozen=True, slots=True)
class Review:
    """What a person made of a key point. ``words`` replace its heading, as the facilitator's and never as a quote.

    ``confirmed`` names the messages of supporters whom a person confirmed, ``unnamed`` those whose quote was ticked as
    naming nobody, ``unquoted`` those whose quote is counted but not shown. ``unticked`` are those of the latter that a
    published summary does not show only because nobody had ticked them as naming nobody. ``erased_confirmed`` counts
    the people who were confirmed and whose replies retention took since, ``erased_confirmed_private`` such private
    replies.
    """

    words: str = ""
    note: str = ""
    confirmed: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    unquoted: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()
    erased_confirmed: int = 0
    erased_confirmed_private: int = 0


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One statement, in somebody's own words, with the people who made themselves count for it.

    ``statement`` is verbatim in the first quote's message. ``quotes`` holds one quote for each supporter, who wrote it,
    answered in agreement, or was ticked by a facilitator; ``people`` is the number of distinct people of the thread
    among them, and ``private`` that of the private replies that say so. ``counted`` names those of them that may not be
    quoted: no summary holds their words. ``endorsements`` counts the people who reacted with agreement to one of the
    quotes' messages and are not supporters themselves. ``possible`` is what the program proposes to a facilitator, one
    quote a person, the likeliest first: those of the draft group, then further suggestions. It is never counted.
    ``review`` is None until a person looked at the point; ``ref`` names it in its draft, and is empty elsewhere.

    Once retention took the replies, the statement is empty and ``people`` and ``private`` stay. ``erased_possible``
    counts the people who possibly said so, and ``erased_possible_private`` such private replies.

    ``views`` is what may be shown of those who pressed "Same here", None where too few did. ``from_voices`` is true for
    a single voice that stands among the points because of them. ``theme`` is the name that a program gave its theme.
    """

    statement: str
    quotes: tuple[Quote, ...]
    people: int
    possible: tuple[Quote, ...] = ()
    endorsements: int = 0
    kind: Kind = Kind.VIEW
    review: Review | None = None
    ref: str = ""
    erased_possible: int = 0
    erased_possible_private: int = 0
    private: int = 0
    counted: tuple[str, ...] = ()
    views: PointViews | None = None
    from_voices: bool = False
    theme: str = ""

    @property
    def heard(self) -> int:
        """People and private replies together: to rank by, and never to be shown, since somebody may be in both."""
        return self.people + self.private

    @property
    def wrote(self) -> int:
        """How many people of the thread said it in their own words, by their account or a facilitator's."""
        return self.people - self.answered

    @property
    def answered(self) -> int:
        """How many people of the thread answered in agreement."""
        return sum(quote.role is Role.AGREED and not quote.private for quote in self.quotes)

    @property
    def total(self) -> int:
        """People who wrote it, answered in agreement, reacted so or pressed "Same here", each once.

        Where ``views`` says "at least", there may be more.
        """
        return self.people + self.endorsements if self.views is None else self.views.people

    @property
    def same_here(self) -> int:
        """How many of ``total`` said so without writing it: they answered in agreement, reacted or pressed."""
        return max(0, self.total - self.wrote)

    @property
    def weight(self) -> float:
        """By what points are ordered: their people, then whether private replies say so.

        Never by how many these are, or the place between two points would tell that it is a single one.
        """
        return self.total + (0.5 if self.private else 0)

    @property
    def is_shared(self) -> bool:
        """Whether two or more people, or a person and a private reply, support it by what they did or by a tick."""
        return self.total + self.private > 1

    @property
    def group(self) -> tuple[Quote, ...]:
        """Those of ``possible`` that may say one thing with the statement: the draft group without its heading."""
        return tuple(quote for quote in self.possible if quote.role is Role.GROUPED)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: one quote for each person, the clearest first.

    ``private`` and ``counted`` are those of a key point.
    """

    quotes: tuple[Quote, ...]
    people: int
    private: int = 0
    counted: tuple[str, ...] = ()

    @property
    def heard(self) -> int:
        """People and private replies together, as of a key point."""
        return self.people + self.private


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Opposed views of one matter. ``statement`` is what is disputed, verbatim in the first side's first message.

    ``common`` are words in which both sides say the same, one quote from each, if there are any.
    """

    statement: str
    sides: tuple[Side, Side]
    common: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """How much of the text, in percent of its words, came from the most active tenth of the people (``people``)."""

    people: int
    percent: int


MOST_SORTED = 25
"""Points of a summary that a language model helped to sort: it finds more that people share, and all are drafts."""

UNUSED_PRIVATE = "private replies"
"""The reason for which no summary reads a private reply, whatever it is. Nobody sees it: one alone would stand out."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was read: messages read of messages held, by how many people; ``left_out`` counts by reason.

    ``people`` are those of the thread; ``private`` counts the private replies among the messages that were read. Those
    that were not read have a reason of their own, UNUSED_PRIVATE. What people see is ``in_thread``. Beside ``held``
    stand the replies that the program was not given: ``excluded`` counts, by reason, those that are stored but left
    out, and ``deleted`` those that are gone.
    """

    read: int
    held: int
    people: int
    left_out: tuple[tuple[str, int], ...] = ()
    excluded: tuple[tuple[str, int], ...] = ()
    deleted: int = 0
    private: int = 0

    @property
    def unused_private(self) -> int:
        """Private replies that were held and not read."""
        return sum(count for reason, count in self.left_out if reason == UNUSED_PRIVATE)

    @property
    def in_thread(self) -> Coverage:
        """The same of the thread alone: without any private reply, so that no number says whether there are some."""
        return replace(
            self,
            read=max(self.read - self.private, 0),
            held=max(self.held - self.private - self.unused_private, 0),
            left_out=tuple((reason, count) for reason, count in self.left_out if reason != UNUSED_PRIVATE),
            private=0,
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What was found in one thread. ``text`` is the running text: the texts of ``lines``, one a line, all verbatim.

    ``voices`` are what only one person raised, beside the points. ``agreements`` are the ids of messages that agree
    with another. ``balance`` is told from 50 people on. ``vectors`` says what likeness was measured with. ``frozen`` is
    true where retention took the replies: all of their words are gone, the counts stay and are no longer checkable.
    ``staff`` is who took part by staff group, where that may be shown. ``withheld`` names, outside of the server, the
    messages whose authors did not consent to being quoted: their quotes are counted and have no text. ``edits`` counts
    what reviewers did beside confirming, by what it was; it is None where nobody reviewed it, or none of it is known.
    ``tapped`` is how many people pressed "Same here" or "Different here" in all, where that may be shown.

    ``themes`` are the names that a program gave themes, proved, and ``opposed`` pairs of quotes that it takes to
    contradict each other: both are for a facilitator's eyes, and nothing that is published has them. ``sorting`` says
    how far a language model helped; None where none was asked.
    """

    thread: str
    text: str
    points: tuple[KeyPoint, ...]
    questions: tuple[Quote, ...]
    coverage: Coverage
    lines: tuple[Quote, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    voices: tuple[KeyPoint, ...] = ()
    agreements: tuple[str, ...] = ()
    balance: Balance | None = None
    vectors: str = "TF-IDF"
    frozen: bool = False
    staff: StaffGroups | None = None
    withheld: tuple[str, ...] = ()
    edits: tuple[tuple[str, int], ...] | None = None
    tapped: int | None = None
    themes: tuple[ThemeName, ...] = ()
    opposed: tuple[tuple[Quote, Quote], ...] = ()
    sorting: Sorting | None = None


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """Limits of a summary: words of the running text, and key points.

    ``model`` is the folder of a sentence-transformers model that helps to tell what is close in meaning; None for words
    alone.
    """

    budget_words: int = 150
    max_points: int = 10
    model: str | None = None


@dataclass(frozen=True, slots=True)
class SharedSummary:
    """A summary that is posted where others see it, recorded so that a deletion can edit it.

    ``body`` is the summary as JSON (see bot.summaries.io.codec). ``message_id`` is None until its message is posted.
    """

    id: int
    guild_id: int
    prompt_id: int
    channel_id: int
    message_id: int | None
    body: str = field(repr=False)
