"""Put people on a point of a draft and count them again: each person once, in the better of their words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.models.summaries import KeyPoint, Quote, Review, Role, Summary
from bot.summaries.disclosure.private_counts import count_private, count_quoted_people
from bot.summaries.proof.check import quotes_of

NOT_HERE = "Someone you chose is no longer on this point. Look at it again, then choose."
TAKEN_OFF = "Someone you chose took their own words off this point, so they stay off it."


@dataclass(frozen=True, slots=True)
class DraftReplies:
    """What a change is checked against, by the ids of the replies that the draft read.

    ``people`` are their pseudonyms, ``texts`` the words of those that are to be quoted, ``endorsers`` who reacted to
    them with agreement. ``undone`` holds, as pairs of a reply and a point, the ticks that authors took back.
    """

    people: Mapping[str, str]
    texts: Mapping[str, str]
    endorsers: Mapping[str, Collection[str]]
    undone: Collection[tuple[str, str]] = frozenset()

    def is_private(self, message: str) -> bool:
        """Say whether a reply is a private one, which belongs to nobody in the thread."""
        return self.people[message] == message

    def speakers(self, quotes: Iterable[Quote]) -> set[str]:
        """Return who said the quotes."""
        return {self.people[quote.message] for quote in quotes}

    def refuse_undone(self, point: KeyPoint, messages: Iterable[str]) -> None:
        """Raise UserError where an author of one of the replies took it off this point."""
        if any((message, point.ref) in self.undone for message in messages):
            raise UserError(TAKEN_OFF)


def review_of(point: KeyPoint) -> Review:
    """Return what a person made of a point; nothing yet where nobody looked at it."""
    return point.review or Review()


def check_messages(
    messages: tuple[str, ...], quotes: Sequence[Quote], counted: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the messages, each once. Raises UserError if one is none of the quotes' and none that is counted."""
    if not {*(quote.message for quote in quotes), *counted}.issuperset(messages):
        raise UserError(NOT_HERE)
    return tuple(dict.fromkeys(messages))


def join_people(
    point: KeyPoint, joining: Sequence[Quote], ticks: Review, counted: tuple[str, ...], held: DraftReplies
) -> KeyPoint:
    """Return the point with further supporters, each person once, who keep what was ticked for them.

    Who is there already stays, in their better words: those that say something before a bare agreement, and those
    that are ticked as naming nobody before those that would not be shown. The words that head the point stay.
    """
    joining = [quote for quote in joining if (quote.message, point.ref) not in held.undone]
    kept = _choose_better(point, joining, ticks, held)
    quotes = (*kept, *keep_each_person_once(joining, held.people, held.speakers(kept)))
    counted = tuple(message for message in counted if message not in point.counted)
    came = {quote.message for quote in joining if quote in quotes} | set(counted)
    moved_on = {before.message: after.message for before, after in zip(point.quotes, kept, strict=True)}
    review = review_of(point)
    confirmed = [moved_on.get(message, message) for message in review.confirmed]
    review = replace(
        review,
        confirmed=_add_ticks(confirmed, ticks.confirmed, came),
        unnamed=_add_ticks(review.unnamed, ticks.unnamed, came),
        unquoted=_add_ticks(review.unquoted, ticks.unquoted, came),
    )
    point = replace(point, review=review, counted=(*point.counted, *counted))
    return count_people(point, quotes, held)


def count_people(point: KeyPoint, quotes: tuple[Quote, ...], held: DraftReplies) -> KeyPoint:
    """Return the point with these supporters, and all that is counted of them counted again.

    What it showed of presses goes: the totals are not known here.
    """
    ids = frozenset(quote.message for quote in quotes)
    speakers = held.speakers(quotes)
    endorsers = {name for message in ids for name in held.endorsers.get(message, ())}
    possible = keep_each_person_once(point.possible, held.people, speakers)
    review = review_of(point)
    return replace(
        point,
        quotes=quotes,
        people=count_quoted_people(quotes),
        private=count_private(quotes, point.counted),
        possible=tuple(quote for quote in possible if quote.message not in point.counted),
        endorsements=len(endorsers - speakers),
        views=None,
        review=replace(
            review,
            confirmed=tuple(message for message in review.confirmed if message in ids or message in point.counted),
            unnamed=tuple(message for message in review.unnamed if message in ids),
            unquoted=tuple(message for message in review.unquoted if message in ids),
            unticked=tuple(message for message in review.unticked if message in ids),
        ),
    )


def list_unplaced(summary: Summary, held: Iterable[str]) -> tuple[str, ...]:
    """List the replies that are in no point, by their ids; those of which the draft holds words come first."""
    placed = {quote.message for point in summary.points for quote in point.quotes}
    placed.update(message for point in summary.points for message in point.counted)
    known = {quote.message for quote in quotes_of(summary)}
    return tuple(
        sorted((message for message in held if message not in placed), key=lambda message: message not in known)
    )


def add_ticked_role(quotes: Iterable[Quote]) -> list[Quote]:
    """Return the quotes as those of people whom a facilitator put somewhere."""
    return [replace(quote, role=Role.TICKED) for quote in quotes]


def keep_each_person_once(
    quotes: Iterable[Quote], people: Mapping[str, str], known: Collection[str]
) -> tuple[Quote, ...]:
    """Return the quotes of people who are not known yet, one for each."""
    first: dict[str, Quote] = {}
    for quote in quotes:
        if people[quote.message] not in known:
            first.setdefault(people[quote.message], quote)
    return tuple(first.values())


def _choose_better(point: KeyPoint, joining: Iterable[Quote], ticks: Review, held: DraftReplies) -> tuple[Quote, ...]:
    told: dict[str, list[Quote]] = {}
    for quote in joining:
        told.setdefault(held.people[quote.message], []).append(quote)
    unnamed = review_of(point).unnamed

    def choose(quote: Quote) -> Quote:
        others = told.get(held.people[quote.message], ())
        return next((other for other in others if _is_better(other, quote, ticks, unnamed)), quote)

    return (*point.quotes[:1], *map(choose, point.quotes[1:]))


def _is_better(other: Quote, quote: Quote, ticks: Review, unnamed: Collection[str]) -> bool:
    if not other.text or not quote.text:
        return bool(other.text)
    if Role.AGREED in (other.role, quote.role) and other.role is not quote.role:
        return quote.role is Role.AGREED
    is_shown = other.message in ticks.unnamed and other.message not in ticks.unquoted
    return is_shown and quote.message not in unnamed


def _add_ticks(before: Iterable[str], ticks: Iterable[str], came: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*before, *(message for message in ticks if message in came)]))
