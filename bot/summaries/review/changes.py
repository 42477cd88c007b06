"""What a reviewer's change makes of a summary: pure rules, so that a change fits the draft as it is or is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from bot.errors import UserError
from bot.models.reviews import (
    AddNote,
    AddReplies,
    Change,
    ChangeQuote,
    Confirm,
    DropPoint,
    Merge,
    Move,
    NameNobody,
    Reword,
    SetKind,
    ShowQuotes,
)
from bot.models.summaries import KeyPoint, Kind, Quote, Review, Role, Summary
from bot.summaries.disclosure.private_counts import people_of, private_of
from bot.summaries.lifecycle.headings import choose_quote_heading, statement_of

LONGEST_HEADING = 200
LONGEST_NOTE = 500
NEW_POINT = "new"
NO_POINT = "That point was dropped or merged meanwhile."
NOT_HERE = "Somebody you chose is no longer on this point. Look at it again, then choose."
NOBODY = "Choose at least one person to move."
NO_WORDS = "A point needs words that may be quoted. Move a reply with it that may be quoted."
SAME_POINT = "Choose another point than this one."
NOT_VERBATIM = "These words do not stand in the reply. Copy them from it exactly, spaces and full stops included."
TOO_LONG = "This is too long. Use at most {most} characters."


@dataclass(frozen=True, slots=True)
class DraftReplies:
    """What a change is held against, by the ids of the replies that the draft read.

    ``people`` are their pseudonyms, ``texts`` the words of those whose quote is changed, ``endorsers`` who reacted to
    them with agreement.
    """

    people: Mapping[str, str]
    texts: Mapping[str, str]
    endorsers: Mapping[str, Collection[str]]


def number_points(summary: Summary, earlier: int = 0) -> Summary:
    """Give each point a reference, by which changes and, once published, outcomes name it.

    ``earlier`` counts the summaries of the prompt that were published before: no reference comes twice.
    """
    lead = "z" * (earlier // 25) + ascii_lowercase[earlier % 25] if earlier else ""
    points = tuple(replace(point, ref=f"{lead}{number}") for number, point in enumerate(summary.points, 1))
    return replace(summary, points=points)


def new_ref(summary: Summary, number: int) -> str:
    """Return the reference of a point that the change ``number`` of a draft makes."""
    first = summary.points[0].ref if summary.points else ""
    return f"{first[: len(first) - len(first.lstrip(ascii_lowercase))]}{number}n"


def apply_change(summary: Summary, change: Change, held: DraftReplies, ref: str) -> Summary:
    """Return the summary after a change; ``ref`` names the point that the change makes, if it makes one.

    Raises UserError where the change does not fit the summary as it is.
    """
    editor = _Editor(summary, held, ref)
    editor.apply(change)
    return editor.summary()


class _Editor:
    def __init__(self, summary: Summary, held: DraftReplies, ref: str) -> None:
        self._before = summary
        self._held = held
        self._ref = ref
        self._points = {point.ref: point for point in summary.points}

    def apply(self, change: Change) -> None:
        if isinstance(change, AddReplies) and change.point == NEW_POINT:
            self._add_point(change.messages)
            return
        point = self._point(change.point)
        review = _review_of(point)
        match change:
            case Reword(words=words):
                self._put(replace(point, review=replace(review, words=_check_length(words, LONGEST_HEADING))))
            case AddNote(note=note):
                self._put(replace(point, review=replace(review, note=_check_length(note, LONGEST_NOTE))))
            case SetKind(kind=kind):
                self._put(replace(point, kind=kind, review=review))
            case ShowQuotes(messages=messages):
                shown = _check_messages(messages, point.quotes)
                hidden = tuple(quote.message for quote in point.quotes if quote.message not in shown)
                self._put(replace(point, review=replace(review, unquoted=hidden)))
            case NameNobody(messages=messages):
                self._put(replace(point, review=replace(review, unnamed=_check_messages(messages, point.quotes))))
            case DropPoint():
                del self._points[point.ref]
            case _:
                self._apply_to_people(point, change)

    def _apply_to_people(self, point: KeyPoint, change: Confirm | ChangeQuote | Merge | Move | AddReplies) -> None:
        match change:
            case Confirm(messages=messages):
                self._confirm(point, messages)
            case ChangeQuote(message=message, text=text):
                self._quote(point, message, text.strip())
            case Merge(others=others):
                self._merge(point, [self._point(other) for other in others])
            case AddReplies(messages=messages):
                self._add(point, messages)
            case Move(messages=messages, to=to):
                self._move(point, _check_messages(messages, point.quotes, point.counted), to)

    def summary(self) -> Summary:
        """Return the summary as it is now, with the points by people.

        A voice that became evidence of a point is listed there alone.
        """
        points = tuple(sorted(self._points.values(), key=lambda point: -point.weight))
        evidence = {(quote.message, quote.text) for point in points for quote in point.quotes}
        voices = tuple(
            voice
            for voice in self._before.voices
            if not any((quote.message, quote.text) in evidence for quote in voice.quotes)
        )
        return replace(self._before, points=points, voices=voices)

    def _point(self, ref: str) -> KeyPoint:
        if ref not in self._points:
            raise UserError(NO_POINT)
        return self._points[ref]

    def _put(self, point: KeyPoint) -> None:
        self._points[point.ref] = point

    def _confirm(self, point: KeyPoint, messages: tuple[str, ...]) -> None:
        named = _check_messages(messages, (*point.quotes, *point.possible), point.counted)
        joining = tuple(replace(quote, role=Role.TICKED) for quote in point.possible if quote.message in named)
        point = self._with(point, (*point.quotes, *joining))
        self._put(replace(point, review=replace(_review_of(point), confirmed=named)))

    def _quote(self, point: KeyPoint, message: str, text: str) -> None:
        _check_messages((message,), point.quotes)
        if not text or text not in self._held.texts.get(message, ""):
            raise UserError(NOT_VERBATIM)
        quotes = tuple(replace(quote, text=text) if quote.message == message else quote for quote in point.quotes)
        if message == point.quotes[0].message and point.statement not in text:
            point = replace(point, statement=statement_of(text))
        review = _review_of(point)
        # Who ticked that the quote names nobody ticked other words.
        unnamed = tuple(named for named in review.unnamed if named != message)
        self._put(replace(point, quotes=quotes, review=replace(review, unnamed=unnamed)))

    def _merge(self, point: KeyPoint, others: Sequence[KeyPoint]) -> None:
        if not others or point.ref in {other.ref for other in others}:
            raise UserError(SAME_POINT)
        for other in others:
            point = self._merge_one(point, other)
        self._put(point)

    def _merge_one(self, point: KeyPoint, other: KeyPoint) -> KeyPoint:
        """Return the point with the people of another, which goes; no better quote of a person is lost by it."""
        self._points.pop(other.ref, None)
        merged = self._joined(
            replace(point, quotes=self._better_quotes(point, other)), other.quotes, _review_of(other), other.counted
        )
        speakers = self._people(merged.quotes)
        possible = _each_once((*merged.possible, *other.possible), self._held.people, speakers)
        possible = tuple(quote for quote in possible if quote.message not in merged.counted)
        notes = "\n".join(note for note in (_review_of(point).note, _review_of(other).note) if note)
        review = replace(_review_of(merged), note=notes[:LONGEST_NOTE])
        return replace(merged, possible=possible, review=review)

    def _better_quotes(self, point: KeyPoint, other: KeyPoint) -> tuple[Quote, ...]:
        """Return the point's quotes, with the words of the other for those who only agreed here."""
        told = {self._held.people[quote.message]: quote for quote in other.quotes if quote.role is not Role.AGREED}
        return tuple(
            told.get(self._held.people[quote.message], quote) if quote.role is Role.AGREED else quote
            for quote in point.quotes
        )

    def _add(self, point: KeyPoint, messages: tuple[str, ...]) -> None:
        """Put replies on a point, in the words in which the draft knows them, else in their clearest clause."""
        if not messages or not self._held.people.keys() >= set(messages):
            raise UserError(NOT_HERE)
        known = {quote.message: quote for quote in self._list_known_words()}
        joining = [self._words_of(message, known) for message in messages if message in self._held.texts]
        counted = tuple(message for message in messages if message not in self._held.texts)
        carried = Review(confirmed=messages)
        self._put(self._joined(point, joining, carried, counted))

    def _add_point(self, messages: tuple[str, ...]) -> None:
        """Make a point of replies that stand in none; the first that may be quoted heads it."""
        if not any(message in self._held.texts for message in messages):
            raise UserError(NO_WORDS)
        fresh = KeyPoint("", (), 0, review=Review(), ref=self._ref)
        self._add(fresh, messages)
        made = self._points[self._ref]
        first = made.quotes[0]
        known = {quote.message: voice for voice in self._before.voices for quote in voice.quotes}
        voice = known.get(first.message)
        statement = voice.statement if voice is not None and voice.statement in first.text else statement_of(first.text)
        self._put(replace(made, statement=statement, kind=Kind.VIEW if voice is None else voice.kind))

    def _list_known_words(self) -> Iterator[Quote]:
        """Yield the quotes that the draft holds of replies in no point."""
        for point in (*self._points.values(), *self._before.voices):
            yield from point.possible
            yield from point.quotes if point.ref not in self._points else ()

    def _words_of(self, message: str, known: Mapping[str, Quote]) -> Quote:
        text = self._held.texts[message]
        words = known[message].text if message in known and known[message].text in text else statement_of(text)
        return Quote(message, words, self._held.people[message] == message, Role.TICKED)

    def _move(self, point: KeyPoint, messages: tuple[str, ...], to: str) -> None:
        if not messages:
            raise UserError(NOBODY)
        if to == point.ref:
            raise UserError(SAME_POINT)
        target = self._point(to) if to not in {"", NEW_POINT} else None
        moving = tuple(quote for quote in point.quotes if quote.message in messages)
        counted = tuple(message for message in point.counted if message in messages)
        if to == NEW_POINT and not moving:
            raise UserError(NO_WORDS)
        review = _review_of(point)
        # Whom a person puts somewhere is confirmed there: the program did not find them.
        carried = Review(confirmed=messages, unnamed=review.unnamed, unquoted=review.unquoted)
        self._leave(point, messages)
        if target is not None:
            self._put(self._joined(target, moving, carried, counted))
        elif to == NEW_POINT:
            fresh = KeyPoint(statement_of(moving[0].text), (), 0, kind=point.kind, review=Review(), ref=self._ref)
            self._put(self._joined(fresh, moving, carried, counted))

    def _leave(self, point: KeyPoint, messages: tuple[str, ...]) -> None:
        """Take supporters out of a point; it goes with their last words, and is restated where its heading went."""
        quotes = tuple(quote for quote in point.quotes if quote.message not in messages)
        if not quotes:
            del self._points[point.ref]
            return
        statement = point.statement
        if quotes[0] != point.quotes[0]:
            statement, quotes = choose_quote_heading(quotes) or (quotes[0].text, quotes)
        counted = tuple(message for message in point.counted if message not in messages)
        self._put(self._with(replace(point, statement=statement, counted=counted), quotes))

    def _joined(
        self, point: KeyPoint, quotes: Sequence[Quote], ticks: Review, counted: tuple[str, ...] = ()
    ) -> KeyPoint:
        """Return the point with further supporters, each person once, who keep what was ticked for them."""
        joining = _each_once(quotes, self._held.people, self._people(point.quotes))
        counted = tuple(message for message in counted if message not in point.counted)
        ids = frozenset((*(quote.message for quote in joining), *counted))
        review = _review_of(point)
        review = replace(
            review,
            confirmed=(*review.confirmed, *(message for message in ticks.confirmed if message in ids)),
            unnamed=(*review.unnamed, *(message for message in ticks.unnamed if message in ids)),
            unquoted=(*review.unquoted, *(message for message in ticks.unquoted if message in ids)),
        )
        point = replace(point, review=review, counted=(*point.counted, *counted))
        return self._with(point, (*point.quotes, *joining))

    def _with(self, point: KeyPoint, quotes: tuple[Quote, ...]) -> KeyPoint:
        """Return the point with these supporters, and all that is counted of them counted again."""
        ids = frozenset(quote.message for quote in quotes)
        speakers = self._people(quotes)
        endorsers = {name for message in ids for name in self._held.endorsers.get(message, ())}
        review = _review_of(point)
        return replace(
            point,
            quotes=quotes,
            people=people_of(quotes),
            private=private_of(quotes, point.counted),
            possible=_each_once(point.possible, self._held.people, speakers),
            endorsements=len(endorsers - speakers),
            review=replace(
                review,
                confirmed=tuple(message for message in review.confirmed if message in ids or message in point.counted),
                unnamed=tuple(message for message in review.unnamed if message in ids),
                unquoted=tuple(message for message in review.unquoted if message in ids),
            ),
        )

    def _people(self, quotes: Iterable[Quote]) -> set[str]:
        return {self._held.people[quote.message] for quote in quotes}


def _review_of(point: KeyPoint) -> Review:
    return point.review or Review()


def _check_length(words: str, most: int) -> str:
    words = words.strip()
    if len(words) > most:
        raise UserError(TOO_LONG.format(most=most))
    return words


def _check_messages(
    messages: tuple[str, ...], quotes: Sequence[Quote], counted: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the messages, each once. Raises UserError where one is none of the quotes' and none that is counted."""
    if not {*(quote.message for quote in quotes), *counted}.issuperset(messages):
        raise UserError(NOT_HERE)
    return tuple(dict.fromkeys(messages))


def _each_once(quotes: Iterable[Quote], people: Mapping[str, str], known: Collection[str]) -> tuple[Quote, ...]:
    """Return the quotes of people who are not known yet, one for each."""
    found: dict[str, Quote] = {}
    for quote in quotes:
        if people[quote.message] not in known:
            found.setdefault(people[quote.message], quote)
    return tuple(found.values())
