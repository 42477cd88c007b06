"""Begin from what reviewers made of earlier summaries: points and their references stay, new ones come after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from bot.models.summaries import KeyPoint, Quote, Role, Summary
from bot.summaries.lifecycle.deletions import remove_messages
from bot.summaries.lifecycle.headings import choose_quote_heading
from bot.summaries.review.publication import hide_unticked
from bot.summaries.review.supporters import DraftReplies, count_people, keep_each_person_once, review_of


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A published summary that a person reviewed; ``held`` maps the replies that it read to their authors."""

    summary: Summary
    held: Mapping[str, str]


def continue_reviewed(
    fresh: Summary, earlier: Sequence[Reviewed], held: DraftReplies, *, proposing: bool = True
) -> Summary:
    """Return a fresh summary that begins with the points of reviewed ones, as far as their replies are held.

    Each keeps its heading, kind, note, ticks and reference. A reply that a reviewed summary had read stays where the
    reviewer left it: in its point, or in none. Only replies that came since are placed by the program: behind a
    reviewed point where they answered it in agreement, as a proposal where they may say the same, else in points and
    voices of their own. If nobody reviews what comes of it, nothing is proposed (``proposing``), and no words are
    shown that nobody looked for names in. ``held`` are the replies that are read now. Returns it unchanged if none was
    reviewed.
    """
    if not earlier:
        return fresh
    known = {message for reviewed in earlier for message in reviewed.held}
    carried = [point for reviewed in earlier for point in _carry(reviewed, held)]
    merger = _Merger(dict(enumerate(carried)), known, held, proposing)
    new = [point for point in map(merger.place, fresh.points) if point is not None]
    points = (*merger.carried.values(), *new)
    if not proposing:
        hidden = (replace(hide_unticked(point), ref="") for point in merger.carried.values())
        points = tuple(sorted((*hidden, *new), key=lambda point: -point.weight))
    placed = {quote.message for point in points for quote in point.quotes}
    kept = [voice for reviewed in earlier for voice in reviewed.summary.voices if _is_held(voice, held)]
    told = {quote.message for voice in kept for quote in voice.quotes}
    kept += [voice for voice in fresh.voices if not _messages(voice) & (known | told)]
    silent = {quote.message for point in points for quote in point.quotes if not quote.text}
    return replace(
        fresh,
        points=points,
        voices=tuple(voice for voice in kept if not placed & _messages(voice)),
        withheld=tuple(sorted(silent.union(fresh.withheld))),
        edits=_sum_edits(earlier),
    )


def number_points(summary: Summary, earlier: int = 0) -> Summary:
    """Give each point without one a reference, by which changes and, once published, outcomes name it.

    ``earlier`` counts the summaries of the prompt that were published before: no reference names two points. A point
    that comes from one of those keeps its own.
    """
    numbered = enumerate(summary.points, 1)
    points = tuple(replace(point, ref=point.ref or f"{_make_lead(earlier)}{number}") for number, point in numbered)
    return replace(summary, points=points)


def new_ref(number: int, earlier: int = 0) -> str:
    """Return the reference of a point that the change ``number`` of a draft makes; ``earlier`` as above."""
    return f"{_make_lead(earlier)}{number}n"


def find_lead(ref: str) -> str:
    """Return the letters before the number of a reference, which tell the published summary that it comes from."""
    return ref[: len(ref) - len(ref.lstrip(ascii_lowercase))]


def _carry(reviewed: Reviewed, held: DraftReplies) -> Iterator[KeyPoint]:
    """Yield the points of a reviewed summary with the replies that are held, to be reviewed further."""
    gone = frozenset(reviewed.held) - frozenset(held.people)
    summary = remove_messages(reviewed.summary, gone, held.people)
    for point in summary.points:
        review = review_of(point)
        # What was hidden only because nobody had looked for names in it may be shown once somebody has.
        unquoted = tuple(message for message in review.unquoted if message not in review.unticked)
        point = replace(point, review=replace(review, unquoted=unquoted, unticked=()))
        yield count_people(point, point.quotes, held)


@dataclass(slots=True)
class _Merger:
    """Places fresh points beside carried ones. ``known`` are the replies that reviewed summaries had read."""

    carried: dict[int, KeyPoint]
    known: Collection[str]
    held: DraftReplies
    proposing: bool

    def place(self, fresh: KeyPoint) -> KeyPoint | None:
        """Let a fresh point join the carried one that has any of its people; return what stands by itself."""
        home = next((index for quote in fresh.quotes for index in self._find(quote.message)), None)
        new = tuple(quote for quote in fresh.quotes if quote.message not in self.known)
        proposed = tuple(quote for quote in fresh.possible if quote.message not in self.known)
        if home is None:
            return self._stand_alone(fresh, new)
        own = tuple(quote for quote in new if quote.role is not Role.AGREED)
        if own and not self.proposing:
            return self._stand_alone(fresh, new)
        point = self.carried[home]
        speakers = self.held.speakers(point.quotes)
        joining = keep_each_person_once(
            (quote for quote in new if quote.role is Role.AGREED), self.held.people, speakers
        )
        others = tuple(replace(quote, role=Role.GROUPED) for quote in own)
        point = replace(point, possible=(*point.possible, *others, *proposed) if self.proposing else ())
        counted = tuple(message for message in fresh.counted if message not in self.known)
        point = replace(point, counted=(*point.counted, *counted))
        point = count_people(point, (*point.quotes, *joining), self.held)
        undone = {message for message, ref in self.held.undone if ref == point.ref}
        possible = tuple(quote for quote in point.possible if quote.message not in undone)
        self.carried[home] = replace(point, possible=possible)
        return None

    def _find(self, message: str) -> Iterator[int]:
        for index, point in self.carried.items():
            if any(quote.message == message for quote in point.quotes) or message in point.counted:
                yield index

    def _stand_alone(self, fresh: KeyPoint, new: tuple[Quote, ...]) -> KeyPoint | None:
        """Return a point of new replies; what reviewers had read of it before is no more than a proposal."""
        if new == fresh.quotes:
            statement, quotes = fresh.statement, new
        elif (restated := choose_quote_heading(new)) is not None:
            statement, quotes = restated
        else:
            return None
        old = tuple(replace(quote, role=Role.GROUPED) for quote in fresh.quotes if quote not in new)
        placed = {quote.message for point in self.carried.values() for quote in point.quotes}
        possible = tuple(quote for quote in (*old, *fresh.possible) if quote.message not in placed)
        counted = tuple(message for message in fresh.counted if message not in self.known)
        point = replace(fresh, statement=statement, possible=possible, counted=counted)
        return replace(count_people(point, quotes, self.held), review=None)


def _is_held(voice: KeyPoint, held: DraftReplies) -> bool:
    return _messages(voice) <= held.people.keys()


def _messages(point: KeyPoint) -> set[str]:
    return {quote.message for quote in point.quotes}


def _sum_edits(earlier: Sequence[Reviewed]) -> tuple[tuple[str, int], ...] | None:
    """Add up what reviewers did; None if that is not known of any."""
    edits: Counter[str] = Counter()
    for reviewed in earlier:
        if reviewed.summary.edits is None:
            return None
        edits.update(dict(reviewed.summary.edits))
    return tuple(sorted(edits.items()))


def _make_lead(earlier: int) -> str:
    return "z" * (earlier // 25) + ascii_lowercase[earlier % 25] if earlier else ""
