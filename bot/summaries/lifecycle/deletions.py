"""What remains of a summary when replies were deleted, or reactions taken back: words and counts go with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.models.summaries import UNUSED_PRIVATE, Coverage, Disagreement, KeyPoint, Quote, Review, Role, Side, Summary
from bot.summaries.disclosure.private_counts import count_private, count_quoted_people, list_counted
from bot.summaries.lifecycle.headings import choose_quote_heading, choose_read_heading
from bot.summaries.lifecycle.later_counts import lower_counts
from bot.summaries.lifecycle.model_additions import keep_drafted, list_sources
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.proof.check import quotes_of

OWN_ACTS = (Role.WROTE, Role.AGREED)
Endorsers = Mapping[str, Collection[str]]
Quotes = tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left to count with. ``endorsers`` is None if nobody knows who reacted."""

    gone: frozenset[str]
    authors: Mapping[str, str]
    endorsers: Endorsers | None

    def of(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        return tuple(quote for quote in quotes if quote.message not in self.gone)

    def ids(self, messages: Iterable[str]) -> tuple[str, ...]:
        return tuple(message for message in messages if message not in self.gone)

    def people(self, quotes: Iterable[Quote]) -> set[str]:
        return {self.authors[quote.message] for quote in quotes}


def remove_messages(
    summary: Summary,
    ids: frozenset[str],
    thread_authors: Mapping[str, str],
    endorsers: Endorsers | None = None,
) -> Summary:
    """Take every word of the messages ``ids`` out of the summary.

    ``thread_authors`` maps message ids to authors, of the messages that remain; if it also holds the deleted ones, the
    people of the coverage are counted more exactly. A quoted message that it does not hold is taken as deleted too.
    A point that a facilitator looked at gets another heading only from words that they have read, else NOT_QUOTED.
    ``ids`` are messages that the summary's coverage still counts: give each deletion once. ``endorsers`` maps message
    ids to those who reacted with agreement; without it, a point that lost a supporter keeps no endorsements. Private
    replies are mapped to their own ids. The voice balance goes with the first words that went: what is left of a
    summary does not hold the words to weigh it again. So do the presses behind a point that lost a supporter.
    """
    named = {quote.message for quote in quotes_of(summary)} | set(summary.agreements) | list_counted(summary)
    named |= list_sources(summary)
    gone = ids | {message for message in named if message not in thread_authors}
    if not gone:
        return summary
    left = _Left(gone, thread_authors, endorsers)
    summary = keep_drafted(summary, lambda message: message not in gone)  # first: points bear the names that go
    points = _distinct(kept for point in summary.points if (kept := _point(point, left)))
    stated = {point.statement.casefold() for point in points}
    voices = _distinct(kept for voice in summary.voices if (kept := _point(voice, left)))
    disagreements = (two for disagreement in summary.disagreements if (two := _disagreement(disagreement, left)))
    lines = left.of(summary.lines)
    shortened = replace(
        summary,
        text="\n".join(line.text for line in lines),
        points=tuple(sorted(points, key=lambda point: -point.weight)),
        questions=left.of(summary.questions),
        lines=lines,
        disagreements=tuple(disagreements),
        voices=tuple(voice for voice in voices if voice.statement.casefold() not in stated),
        agreements=left.ids(summary.agreements),
        balance=None,
    )
    return replace(shortened, coverage=_coverage(summary.coverage, shortened, left))


def remove_undone_ticks(
    summary: Summary, undone: Collection[tuple[str, str]], thread_authors: Mapping[str, str], endorsers: Endorsers
) -> Summary:
    """Take people off the points where a facilitator had put them and they do not want to be; they stay read.

    ``undone`` are pairs of a reply and a point's reference. What the program proposes of them for the point goes too.
    Return the summary unchanged if there is nobody like that. ``thread_authors`` and ``endorsers`` are as above.
    """
    gone = {point.ref: _list_undone(point, undone) for point in summary.points}
    if not any(gone.values()):
        return summary
    after = (
        _point(point, _Left(gone[point.ref], thread_authors, endorsers)) if gone[point.ref] else point
        for point in summary.points
    )
    points = sorted((point for point in after if point is not None), key=lambda point: -point.weight)
    return replace(summary, points=tuple(points))


def _list_undone(point: KeyPoint, undone: Collection[tuple[str, str]]) -> frozenset[str]:
    """List the replies that are on a point, or proposed for it, though their authors took them off it."""
    put_there = [quote for quote in (*point.quotes, *point.possible) if quote.role not in OWN_ACTS]
    return frozenset(quote.message for quote in put_there if (quote.message, point.ref) in undone)


def _point(point: KeyPoint, left: _Left) -> KeyPoint | None:
    quotes, counted = left.of(point.quotes), left.ids(point.counted)
    lost = len(point.quotes) - len(quotes)
    if lost and not quotes:
        return None
    statement = point.statement
    if lost and quotes[0] != point.quotes[0]:
        restated = choose_quote_heading(quotes)
        if restated is None:
            return None
        statement, headed = restated
        if point.review is not None:  # nothing becomes a heading that no facilitator has read
            statement, headed = choose_read_heading(quotes, point.review) or (NOT_QUOTED, quotes)
        quotes = _drop_unanswered(headed, quotes, point.review)
    return replace(
        point,
        statement=statement,
        quotes=quotes,
        people=point.people - (count_quoted_people(point.quotes) - count_quoted_people(quotes)),
        private=point.private - (count_private(point.quotes, point.counted) - count_private(quotes, counted)),
        counted=counted,
        possible=left.of(point.possible),
        endorsements=_endorsements(point, quotes, left),
        views=point.views if len(quotes) == len(point.quotes) else None,
        review=_review(point.review, left, _messages(point.quotes) - _messages(quotes)),
    )


def _drop_unanswered(headed: Quotes, quotes: Quotes, review: Review | None) -> Quotes:
    """Return the quotes of a point with a new head, without answers whose agreement is with words that are gone.

    If nobody is left who wrote it or was ticked, nobody knows whether those who answered agree with the new head,
    unless a person confirmed them.
    """
    if any(quote.role is not Role.AGREED for quote in quotes):
        return headed
    confirmed = () if review is None else review.confirmed
    return headed[0], *(quote for quote in headed[1:] if quote.message in confirmed)


def _endorsements(point: KeyPoint, quotes: tuple[Quote, ...], left: _Left) -> int:
    if len(quotes) == len(point.quotes):
        return point.endorsements
    if left.endorsers is None:
        return 0
    everybody = {name for quote in quotes for name in left.endorsers.get(quote.message, ())}
    return len(everybody - left.people(quotes))


def _messages(quotes: Quotes) -> frozenset[str]:
    return frozenset(quote.message for quote in quotes)


def _review(review: Review | None, left: _Left, dropped: frozenset[str]) -> Review | None:
    if review is None:
        return None
    left = replace(left, gone=left.gone | dropped)
    return replace(
        review,
        confirmed=left.ids(review.confirmed),
        unnamed=left.ids(review.unnamed),
        unquoted=left.ids(review.unquoted),
        unticked=left.ids(review.unticked),
    )


def _disagreement(disagreement: Disagreement, left: _Left) -> Disagreement | None:
    statement = disagreement.statement
    sides: list[Side] = []
    for side in disagreement.sides:
        quotes = left.of(side.quotes)
        lost = len(side.quotes) - len(quotes)
        if lost and quotes[:1] != side.quotes[:1]:
            restated = choose_quote_heading(quotes)
            if restated is None:
                return None
            quotes = restated[1]
            statement = statement if sides else restated[0]
        counted = left.ids(side.counted)
        fewer = count_private(side.quotes, side.counted) - count_private(quotes, counted)
        people = side.people - (count_quoted_people(side.quotes) - count_quoted_people(quotes))
        sides.append(Side(quotes, people, side.private - fewer, counted))
    return Disagreement(statement, (sides[0], sides[1]), _common(disagreement, sides, left))


def _common(disagreement: Disagreement, sides: list[Side], left: _Left) -> tuple[Quote, ...]:
    """Keep what both sides say only while both who say it are left, each on their side."""
    kept = left.of(disagreement.common)
    if len(kept) < len(disagreement.common):
        return ()
    speak = all(left.people((quote,)) <= left.people(side.quotes) for quote, side in zip(kept, sides, strict=False))
    return kept if speak else ()


def _distinct(points: Iterable[KeyPoint]) -> list[KeyPoint]:
    """Return the points without those that now say what one before them says; what a person reviewed stays."""
    kept: list[KeyPoint] = []
    stated: set[str] = set()
    for point in points:
        if point.review is not None or point.statement.casefold() not in stated:
            kept.append(point)
            stated.add(point.statement.casefold())
    return kept


def _coverage(before: Coverage, after: Summary, left: _Left) -> Coverage:
    """Held and read fall by what went. Who was left out is not known by id, so the read ones are lowered first.

    Of private replies it is the other way round. Those of the thread and private ones never lower each other's numbers.
    """
    kept = {quote.message for quote in quotes_of(after)} | list_counted(after)
    with_private = bool(before.private or before.unused_private)
    apart = {message for message in left.authors if with_private and left.authors[message] == message}
    thread, lost = before.in_thread, len(left.gone - apart)
    read = max(thread.read - lost, len(kept - apart), 0)
    left_out = lower_counts(thread.left_out, lost - (thread.read - read))
    private = max(min(before.private, len(apart - left.gone)), len(apart & kept))
    unused = min(before.unused_private, len(apart - left.gone) - private)
    named = {message: author for message, author in left.authors.items() if message not in apart}
    remaining = {author for message, author in named.items() if message not in left.gone}
    departed = {author for message, author in named.items() if message in left.gone} - remaining
    quoted = {named[message] for message in kept if message in named}
    people = max(min(before.people - len(departed), len(remaining), read), len(quoted))
    left_out += ((UNUSED_PRIVATE, unused),) if unused > 0 else ()
    read += private
    held = read + sum(count for _, count in left_out)
    return replace(before, read=read, held=held, people=people, left_out=left_out, private=private)
