"""What a reviewer's change makes of a summary: pure rules, so that a change fits the draft as it is or is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.errors import UserError
from bot.models.reviews import (
    AddNote,
    AddReplies,
    Change,
    ChangeQuote,
    ChooseHeading,
    Confirm,
    DropPoint,
    Merge,
    Move,
    NameNobody,
    Reword,
    SetKind,
    ShowQuotes,
)
from bot.models.summaries import UNUSED_PRIVATE, Coverage, KeyPoint, Kind, Quote, Review, Role, Summary
from bot.summaries.disclosure.private_counts import list_counted
from bot.summaries.lifecycle.headings import choose_heading_of, choose_quote_heading, statement_of
from bot.summaries.lifecycle.later_counts import lower_counts
from bot.summaries.proof.check import quotes_of
from bot.summaries.review.continuation import find_lead
from bot.summaries.review.edits import count_edit
from bot.summaries.review.supporters import (
    DraftReplies,
    add_ticked_role,
    check_messages,
    count_people,
    join_people,
    keep_each_person_once,
    review_of,
)

LONGEST_HEADING = 200
LONGEST_NOTE = 500
NEW_POINT = "new"
NO_POINT = "Someone has dropped or merged that point. Choose another on the draft’s card."
NOBODY = "Choose at least one person to move."
NOBODY_ELSE = "Nobody else is on this point, so it’s already a point of their own."
NO_WORDS = "A point needs words that we may quote. Move a reply that has them too."
NO_HEADING = "There are no words here that can head the point. Choose someone whose words may be quoted."
NO_REPLY = "That reply is no longer in this draft. Look at the point again, then choose."
SAME_POINT = "Choose a different point."
THERE_ALREADY = "The person who wrote this is already on that point. Choose another point."
NOT_VERBATIM = "These words aren’t in the reply. Copy them from it exactly, with the same spaces and full stops."
TOO_LONG = "This is too long. Use at most {most} characters."


def apply_change(summary: Summary, change: Change, held: DraftReplies, ref: str) -> Summary:
    """Return the summary after a change; ``ref`` names the point that the change makes, if it makes one.

    Raises UserError if the change does not fit the summary as it is.
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
        self._edits = Counter(dict(summary.edits or ()))
        self._placed: frozenset[str] = frozenset()

    def apply(self, change: Change) -> None:
        if isinstance(change, AddReplies) and change.point == NEW_POINT:
            self._add_point(change.messages)
        else:
            self._apply(self._point(change.point), change)
        self._edits.update(count_edit(change))

    def _apply(self, point: KeyPoint, change: Change) -> None:
        review = review_of(point)
        match change:
            case Reword(words=words):
                self._put(replace(point, review=replace(review, words=_check_length(words, LONGEST_HEADING))))
            case ChooseHeading(message=message):
                self._put(_head(replace(point, review=replace(review, words="")), message))
            case AddNote(note=note):
                self._put(replace(point, review=replace(review, note=_check_length(note, LONGEST_NOTE))))
            case SetKind(kind=kind):
                self._put(replace(point, kind=kind, review=review))
            case ShowQuotes(messages=messages):
                shown = check_messages(messages, point.quotes)
                hidden = tuple(quote.message for quote in point.quotes if quote.message not in shown)
                self._put(replace(point, review=replace(review, unquoted=hidden)))
            case NameNobody(messages=messages):
                self._put(replace(point, review=replace(review, unnamed=check_messages(messages, point.quotes))))
            case DropPoint():
                del self._points[point.ref]
            case _:
                self._apply_to_people(point, change)

    def _apply_to_people(self, point: KeyPoint, change: Confirm | ChangeQuote | Merge | Move | AddReplies) -> None:
        match change:
            case Confirm(messages=messages, unnamed=unnamed):
                self._confirm(point, messages, unnamed)
            case ChangeQuote(message=message, text=text):
                self._quote(point, message, text.strip())
            case Merge(others=others):
                self._merge(point, [self._point(other) for other in dict.fromkeys(others)])
            case AddReplies(messages=messages):
                self._add(point, messages)
            case Move(messages=messages, to=to):
                self._move(point, check_messages(messages, point.quotes, point.counted), to)

    def summary(self) -> Summary:
        """Return the summary as it is now, with the points by people; what came since an earlier summary comes behind.

        A voice that became evidence of a point is listed there alone.
        """
        lead = find_lead(self._ref)
        is_new = {ref: bool(lead) and find_lead(ref) == lead for ref in self._points}
        points = tuple(sorted(self._points.values(), key=lambda point: (is_new[point.ref], -point.weight)))
        evidence = {(quote.message, quote.text) for point in points for quote in point.quotes}
        voices = tuple(
            voice
            for voice in self._before.voices
            if not any(
                (quote.message, quote.text) in evidence or quote.message in self._placed for quote in voice.quotes
            )
        )
        silent = {quote.message for point in points for quote in point.quotes if not quote.text}
        withheld = tuple(sorted(silent.union(self._before.withheld)))
        edits = tuple(sorted(self._edits.items()))
        after = replace(self._before, points=points, voices=voices, withheld=withheld, edits=edits)
        return replace(after, coverage=self._cover(after)) if self._placed else after

    def _cover(self, after: Summary) -> Coverage:
        """Count a reply that had been left out as saying nothing among those that are read, once it is on a point."""
        before = after.coverage
        named = {quote.message for quote in quotes_of(after)} | list_counted(after)
        people = {self._held.people[message] for message in named if not self._held.is_private(message)}
        private = sum(self._held.is_private(message) for message in named)
        more_people, more_private = max(0, len(people) - before.people), max(0, private - before.private)
        thread = before.in_thread
        read = min(max(thread.read + more_people, len(named) - private), thread.held)
        unused = before.unused_private - more_private
        left_out = lower_counts(thread.left_out, read - thread.read)
        return replace(
            before,
            read=read + before.private + more_private,
            people=before.people + more_people,
            private=before.private + more_private,
            left_out=(*left_out, *(((UNUSED_PRIVATE, unused),) if unused > 0 else ())),
        )

    def _point(self, ref: str) -> KeyPoint:
        if ref not in self._points:
            raise UserError(NO_POINT)
        return self._points[ref]

    def _put(self, point: KeyPoint) -> None:
        self._points[point.ref] = point

    def _confirm(self, point: KeyPoint, messages: tuple[str, ...], unnamed: tuple[str, ...]) -> None:
        named = check_messages(messages, (*point.quotes, *point.possible), point.counted)
        joining = [quote for quote in point.possible if quote.message in named]
        self._held.refuse_undone(point, (quote.message for quote in joining))
        point = count_people(point, (*point.quotes, *add_ticked_role(joining)), self._held)
        review = review_of(point)
        nameless = dict.fromkeys([*review.unnamed, *check_messages(unnamed, point.quotes)])
        self._put(replace(point, review=replace(review, confirmed=named, unnamed=tuple(nameless))))

    def _quote(self, point: KeyPoint, message: str, text: str) -> None:
        check_messages((message,), point.quotes)
        if not text or text not in self._held.texts.get(message, ""):
            raise UserError(NOT_VERBATIM)
        quotes = tuple(replace(quote, text=text) if quote.message == message else quote for quote in point.quotes)
        if message == point.quotes[0].message and point.statement not in text:
            point = replace(point, statement=statement_of(text))
        review = review_of(point)
        # Who ticked that the quote names nobody ticked other words.
        unnamed = tuple(named for named in review.unnamed if named != message)
        # Which statement the quote holds may be another one now.
        self._put(replace(point, quotes=quotes, views=None, review=replace(review, unnamed=unnamed)))

    def _merge(self, point: KeyPoint, others: Sequence[KeyPoint]) -> None:
        if not others or point.ref in {other.ref for other in others}:
            raise UserError(SAME_POINT)
        for other in others:
            point = self._take_in(point, other)
        self._put(point)

    def _take_in(self, point: KeyPoint, other: KeyPoint) -> KeyPoint:
        """Return the point with the people of another, which goes.

        Who answered in agreement still did; who wrote something else is here because a facilitator says so.
        """
        del self._points[other.ref]
        joining = [quote if quote.role is Role.AGREED else replace(quote, role=Role.TICKED) for quote in other.quotes]
        merged = join_people(point, joining, review_of(other), other.counted, self._held)
        proposed = (*merged.possible, *(quote for quote in other.possible if quote.message not in merged.counted))
        possible = keep_each_person_once(proposed, self._held.people, self._held.speakers(merged.quotes))
        return _join_notes(replace(merged, possible=possible), other)

    def _add(self, point: KeyPoint, messages: tuple[str, ...]) -> None:
        """Put replies on a point, in the words in which the draft knows them, else in their clearest clause.

        If it may not be quoted, a private reply is only counted, and one from the thread keeps its place.
        """
        if not messages or not self._held.people.keys() >= set(messages):
            raise UserError(NO_REPLY)
        self._held.refuse_undone(point, messages)
        known = {quote.message: quote for quote in self._list_known_words()}
        silent = {message for message in messages if message not in self._held.texts and self._held.is_private(message)}
        joining = [self._words_of(message, known) for message in messages if message not in silent]
        counted = tuple(message for message in messages if message in silent)
        after = join_people(point, joining, Review(confirmed=messages), counted, self._held)
        if (after.quotes, after.counted) == (point.quotes, point.counted):
            raise UserError(THERE_ALREADY)
        self._placed = frozenset(messages)
        self._put(after)

    def _add_point(self, messages: tuple[str, ...]) -> None:
        """Make a point of replies that are in none; the first that may be quoted heads it, in its author's words."""
        first = next((message for message in messages if message in self._held.texts), None)
        if first is None:
            raise UserError(NO_WORDS)
        voices = {quote.message: voice for voice in self._before.voices for quote in voice.quotes}
        fresh = KeyPoint("", (), 0, review=Review(), ref=self._ref)
        self._add(fresh, (first, *(message for message in messages if message != first)))
        made = self._points[self._ref]
        words, voice = made.quotes[0].text, voices.get(first)
        kind = Kind.VIEW if voice is None else voice.kind
        statement = voice.statement if voice is not None and voice.statement in words else statement_of(words)
        quotes = (replace(made.quotes[0], role=Role.WROTE), *made.quotes[1:])
        self._put(replace(made, statement=statement, quotes=quotes, kind=kind))

    def _list_known_words(self) -> Iterator[Quote]:
        """Yield the quotes that the draft holds of replies in no point, those of single voices last."""
        for point in self._points.values():
            yield from point.possible
        for voice in self._before.voices:
            yield from (*voice.possible, *voice.quotes)

    def _words_of(self, message: str, known: Mapping[str, Quote]) -> Quote:
        text = self._held.texts.get(message, "")
        words = known[message].text if message in known and known[message].text in text else statement_of(text)
        return Quote(message, words, self._held.is_private(message), Role.TICKED)

    def _move(self, point: KeyPoint, messages: tuple[str, ...], to: str) -> None:
        if not messages:
            raise UserError(NOBODY)
        if to == point.ref:
            raise UserError(SAME_POINT)
        target = self._point(to) if to not in {"", NEW_POINT} else None
        if target is not None:
            self._held.refuse_undone(target, messages)
        moving = add_ticked_role(quote for quote in point.quotes if quote.message in messages)
        counted = tuple(message for message in point.counted if message in messages)
        is_emptied = len(moving) == len(point.quotes)
        if to == NEW_POINT:
            _check_new_point(moving, is_emptied=is_emptied)
        review = review_of(point)
        # Whom a person puts somewhere is confirmed there: the program did not find them.
        carried = Review(confirmed=messages, unnamed=review.unnamed, unquoted=review.unquoted)
        self._leave(point, messages)
        if target is not None:
            after = join_people(target, moving, carried, counted, self._held)
            self._put(_join_notes(after, point) if is_emptied else after)
        elif to == NEW_POINT:
            moving.sort(key=lambda quote: not quote.text)
            moving[0] = replace(moving[0], role=Role.WROTE)
            fresh = KeyPoint(statement_of(moving[0].text), (), 0, kind=point.kind, review=Review(), ref=self._ref)
            self._put(join_people(fresh, moving, carried, counted, self._held))

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
        self._put(count_people(replace(point, statement=statement, counted=counted), quotes, self._held))


def _head(point: KeyPoint, message: str) -> KeyPoint:
    """Return a point headed by the whole quote of a supporter. Raises UserError where there are no words to show."""
    check_messages((message,), point.quotes)
    headed = choose_heading_of(point.quotes, message)
    if headed is None:
        raise UserError(NO_HEADING)
    # Which statement was pressed about may be another one now.
    return replace(point, statement=headed[0], quotes=headed[1], views=None)


def _check_new_point(moving: Sequence[Quote], *, is_emptied: bool) -> None:
    """Raise UserError where these cannot make a point, or nobody would be left on the point that they leave."""
    if is_emptied:
        raise UserError(NOBODY_ELSE)
    if not any(quote.text for quote in moving):
        raise UserError(NO_WORDS)


def _join_notes(point: KeyPoint, other: KeyPoint) -> KeyPoint:
    """Return the point with the note of another, which goes, below its own."""
    notes = "\n".join(note for note in (review_of(point).note, review_of(other).note) if note)
    return replace(point, review=replace(review_of(point), note=notes[:LONGEST_NOTE]))


def _check_length(words: str, most: int) -> str:
    words = words.strip()
    if len(words) > most:
        raise UserError(TOO_LONG.format(most=most))
    return words
