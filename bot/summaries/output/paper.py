"""From a summary to what a file of it says: quotes numbered as they come, and nothing that names anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.models.prompts import Wording
from bot.models.summaries import Coverage, Disagreement, KeyPoint, Quote, Role, Summary
from bot.summaries.output.counts import (
    ALSO_RAISED,
    COUNTED_ON,
    format_count,
    format_tapped,
    format_turnout,
    says_something,
)
from bot.summaries.output.days import Days, fill_days
from bot.summaries.output.document import CitedQuote, ListedQuote, Paper, PaperDispute, PaperPoint, PaperSide
from bot.summaries.output.point_groups import (
    ERASED,
    find_single_points,
    group_points,
    is_checked,
    is_reviewed,
    point_heading,
)
from bot.summaries.proof.check import quotes_of
from bot.summaries.review.publication import format_checking, not_confirmed, prepare_for_board
from bot.text.dates import format_date, format_local_date
from bot.text.mentions import anonymise_ids
from bot.text.quotes import nest_quotes
from bot.text.words import plural

FOR_BOARD = "This paper only shows what a person has checked."
SPAN = "Replies from {first} to {last}."
MADE_ON = "Made on {date}."
SIDES = ("One side", "The other side")
QUOTES_SHOWN = 2


@dataclass(slots=True)
class _Quotes:
    """Numbers quotes as they come; the same words of the same reply keep their number. Those withheld are left out."""

    withheld: frozenset[str]
    numbers: dict[Quote, int] = field(default_factory=dict)
    places: dict[Quote, list[tuple[str, str]]] = field(default_factory=dict)

    def cite(self, quotes: Iterable[Quote], place: str) -> tuple[CitedQuote, ...]:
        return tuple(self._cite(quote, place) for quote in quotes if quote.message not in self.withheld)

    def listed(self) -> tuple[ListedQuote, ...]:
        return tuple(
            ListedQuote(number, _clean(quote.text), tuple(self.places[quote])) for quote, number in self.numbers.items()
        )

    def _cite(self, quote: Quote, place: str) -> CitedQuote:
        number = self.numbers.setdefault(quote, len(self.numbers) + 1)
        places = self.places.setdefault(quote, [])
        anchor = f"use-{number}-{len(places) + 1}"
        places.append((anchor, place))
        return CitedQuote(number, _clean(quote.text), anchor)


def _clean(words: str) -> str:
    """Return words of people as they are in a quotation, without Discord's ids."""
    return nest_quotes(anonymise_ids(words))


def make_paper(
    wording: Wording,
    summary: Summary,
    made_at: datetime,
    days: Days,
    *,
    time_zone: str = "UTC",
    changes: int = 0,
    board: bool = False,
    wrote: int = 0,
    counted_on: str = "",
) -> Paper:
    """Say what a file says of a summary.

    ``made_at`` is aware, ``days`` are local days with their numbers of replies, ``changes`` counts a reviewer's
    changes. With ``board``, only what a person confirmed is said. ``wrote`` counts the people who replied in the
    thread, 0 if nobody knows. ``counted_on`` is the day of a published summary, in words.
    """
    reviewed, dropped = is_reviewed(summary), not_confirmed(summary)
    checking = format_checking(summary, changes)
    if board:
        summary = prepare_for_board(summary)
    quotes = _Quotes(frozenset(summary.withheld))
    groups = tuple(
        (kind.label, tuple(_point(number, point, quotes) for number, point in points))
        for kind, points in group_points(summary)
    )
    disputes = tuple(_dispute(number, found, quotes) for number, found in enumerate(summary.disagreements, 1))
    single = tuple(_point(number, point, quotes) for number, point in find_single_points(summary))
    asked = quotes.cite(summary.questions, "questions")
    return Paper(
        question=anonymise_ids(wording.question),
        passage=anonymise_ids(wording.text),
        source=_source(wording),
        made=" ".join(
            [
                MADE_ON.format(date=format_local_date(made_at, time_zone)),
                *([COUNTED_ON.format(date=counted_on)] if counted_on else []),
            ]
        ),
        span=_span(days),
        checking=_checking(checking, dropped if board else None),
        is_checked=reviewed,
        board=board,
        turnout=" ".join(filter(None, (format_turnout(summary.coverage.people, wrote), format_tapped(summary.tapped)))),
        counts=_counts(summary.coverage),
        left_out=tuple((anonymise_ids(reason), count) for reason, count in _left_out(summary.coverage)),
        groups=groups,
        single_title=ALSO_RAISED,
        single=tuple(point for point in single if point.is_told),
        single_hidden=sum(not point.is_told for point in single),
        disputes=disputes,
        questions=asked,
        questions_hidden=sum(question.message in quotes.withheld for question in summary.questions),
        not_quoted=len(quotes.withheld.intersection(quote.message for quote in quotes_of(summary))),
        staff=summary.staff,
        balance=_balance(summary),
        vectors=anonymise_ids(summary.vectors),
        frozen=summary.frozen,
        days=fill_days(days),
        quotes=quotes.listed(),
    )


def _point(number: int, point: KeyPoint, quotes: _Quotes) -> PaperPoint:
    review = point.review
    hidden = frozenset(review.unquoted) if review is not None else frozenset()
    telling = [quote for quote in point.quotes if quote.message not in hidden and says_something(quote)]
    shown = quotes.cite(telling, f"point {number}")
    may_say_so = [quote for quote in point.possible if quote.message not in hidden]
    group, proposed = (
        quotes.cite(
            (quote for quote in may_say_so if (quote.role is Role.GROUPED) is grouped), f"next to point {number}"
        )
        for grouped in (True, False)
    )
    return PaperPoint(
        number=number,
        heading=_clean(point_heading(point)),
        by_facilitator=review is not None and bool(review.words),
        who=format_count(point) if point.is_shared else "",
        total=point.total,
        wrote=point.wrote,
        checked=is_checked(point),
        note=_clean(review.note) if review is not None else "",
        shown=shown[:QUOTES_SHOWN],
        more=shown[QUOTES_SHOWN:],
        group=group,
        proposed=proposed,
        hidden=sum(quote.message in hidden | quotes.withheld for quote in point.quotes if not quote.private),
        unquoted=sum(quote.message in hidden for quote in point.quotes if quote.private) + len(point.counted),
        pressed=point.views is not None,
    )


def _dispute(number: int, found: Disagreement, quotes: _Quotes) -> PaperDispute:
    sides = []
    for name, side in zip(SIDES, found.sides, strict=True):
        cited = quotes.cite(side.quotes, f"disagreement {number}, {name.lower()}")
        sides.append(
            PaperSide(
                name,
                side.people,
                cited[:QUOTES_SHOWN],
                cited[QUOTES_SHOWN:],
                side.private,
                len(side.counted),
                hidden=len(side.quotes) - len(cited),
            )
        )
    common = quotes.cite(found.common, f"disagreement {number}, both sides")
    return PaperDispute(_clean(found.statement) or ERASED, tuple(sides), common)


def _source(wording: Wording) -> str:
    parts = (wording.source_title, wording.publisher, str(wording.year or ""), wording.place, wording.address)
    return anonymise_ids(", ".join(part for part in parts if part))


def _span(days: Days) -> str:
    if not days:
        return ""
    first, last = (format_date(pick(day for day, _ in days)) for pick in (min, max))
    return "" if first == last else SPAN.format(first=first, last=last)


def _checking(said: str, dropped: int | None) -> str:
    if dropped is None:
        return said
    said = f"{said} {FOR_BOARD}"
    return f"{said} Left out: {plural(dropped, 'point', 'points')} not fully checked." if dropped else said


def _counts(coverage: Coverage) -> tuple[tuple[str, int], ...]:
    excluded = sum(count for _, count in coverage.excluded)
    counts = [
        ("Replies received", coverage.in_thread.held + excluded),
        ("Replies used", coverage.in_thread.read),
        *([("Private replies used", coverage.private)] if coverage.private else []),
    ]
    return tuple(counts + ([("Replies deleted", coverage.deleted)] if coverage.deleted else []))


def _left_out(coverage: Coverage) -> Sequence[tuple[str, int]]:
    return [(reason, count) for reason, count in (*coverage.in_thread.left_out, *coverage.excluded) if count]


def _balance(summary: Summary) -> str:
    told = summary.balance
    if told is None:
        return ""
    return f"The most active tenth of {told.people} people wrote {told.percent} percent of the words."
