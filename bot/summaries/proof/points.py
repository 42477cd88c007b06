"""Check one point of a summary, or one side of a disagreement, against the thread: its words, people and roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.models.summaries import (
    KeyPoint,
    Message,
    Quote,
    Role,
    Side,
    Summary,
)
from bot.models.views import LEAST_PRESSES
from bot.summaries.output.plain_text import NOT_QUOTED

Messages = Mapping[str, Message]
COUNTED = Role.WROTE, Role.AGREED, Role.TICKED


def check_point(what: str, point: KeyPoint, messages: Messages, frozen: bool) -> Iterator[str]:
    """Say what is wrong with a point or a voice; ``what`` names it."""
    title = what.capitalize()
    yield from check_people(what, point, messages, frozen)
    # Of a point that a facilitator looked at, a heading that went may leave none behind.
    if point.review is None or point.statement != NOT_QUOTED:
        yield from check_statement(what, point.statement, point.quotes, messages, frozen)
    yield from check_quotes(f"{title}, possible quote", point.possible, messages)
    yield from _check_roles(title, point)
    possible = [messages[quote.message].author for quote in point.possible if quote.message in messages]
    if len(possible) != len(set(possible)):
        yield f"{title} names a possible person twice."
    if not (list_quoted_authors(point.quotes, messages) | list_authors(point.counted, messages)).isdisjoint(possible):
        yield f"{title} counts a supporter as possible, too."
    yield from _check_review(title, point)


def check_people(what: str, said: KeyPoint | Side, messages: Messages, frozen: bool) -> Iterator[str]:
    """Say what is wrong with supporters: one quote each, verbatim, and people counted apart from private replies."""
    title = what.capitalize()
    yield from check_quotes(f"{title}, quote", said.quotes, messages)
    yield from _check_counted(title, said, messages)
    if not said.quotes and (not frozen or said.heard < 1):
        yield f"{title} has no supporter."
        return
    known = [messages[quote.message] for quote in said.quotes if quote.message in messages]
    people = len({message.author for message in known if not message.private})
    private = sum(message.private for message in known) + len(said.counted)
    if said.people < people or (said.people > people and not frozen):
        yield f"{title} counts {said.people} people, but its quotes are of {people}."
    if said.private < private or (said.private > private and not frozen):
        yield f"{title} counts {said.private} private replies, but names {private}."
    if len({message.author for message in known}) != len(known):
        yield f"{title} quotes a person twice."


def _check_roles(title: str, point: KeyPoint) -> Iterator[str]:
    """Say which quotes are counted without having made themselves count."""
    for number, quote in enumerate(point.quotes, 1):
        if quote.role not in COUNTED:
            yield f"{title} counts quote {number}, which the program only proposes."


def check_answers(title: str, point: KeyPoint, messages: Messages) -> Iterator[str]:
    """Say which quotes agree with nobody: they answer no other person’s message, and none of the point before."""
    order = {name: place for place, name in enumerate(messages)}
    supporters = [messages[quote.message] for quote in point.quotes if quote.message in messages]
    for quote in point.quotes:
        if quote.role is not Role.AGREED or quote.message not in messages:
            continue
        message = messages[quote.message]
        answered = messages.get(message.reply_to or "")
        others = [answered] if answered is not None else []
        others += [other for other in supporters if order[other.id] < order[message.id]]  # whom it may name
        if all(other.author == message.author for other in others):
            yield f"{title} says that message {quote.message} agrees, but it answers nobody else."


def _check_counted(title: str, said: KeyPoint | Side, messages: Messages) -> Iterator[str]:
    """Say which messages are counted without a quote and are missing, not private, or named twice."""
    if len({*said.counted, *(quote.message for quote in said.quotes)}) != len(said.counted) + len(said.quotes):
        yield f"{title} names a message twice."
    for message in said.counted:
        if message not in messages:
            yield f"{title} counts message {message}, which is not in the thread."
        elif not messages[message].private or messages[message].quotable:
            yield f"{title} counts message {message} as a private reply that may not be quoted, which it is not."


def check_statement(
    what: str, statement: str, quotes: tuple[Quote, ...], messages: Messages, frozen: bool
) -> Iterator[str]:
    """Say whether a statement is empty, or not verbatim in the first quote’s message."""
    if frozen:
        return
    if not statement.strip():
        yield f"The statement of {what} is empty."
    elif quotes:
        first = messages.get(quotes[0].message)
        if first is None or statement not in first.text:
            yield f"The statement of {what} is not verbatim in message {quotes[0].message}."


def check_quotes(what: str, quotes: tuple[Quote, ...], messages: Messages) -> Iterator[str]:
    """Say which quotes are not verbatim, not in the thread, or may not be shown."""
    for number, quote in enumerate(quotes, 1):
        if quote.message not in messages:
            yield f"{what} {number} is of message {quote.message}, which is not in the thread."
            continue
        said = messages[quote.message]
        if not quote.text.strip() or quote.text not in said.text:
            yield f"{what} {number} is not verbatim in message {quote.message}."
        if not said.quotable:
            yield f"{what} {number} is of message {quote.message}, which may not be quoted."
        if quote.private != said.private:
            yield f"{what} {number} does not tell whether message {quote.message} is private."


def _check_review(title: str, point: KeyPoint) -> Iterator[str]:
    if point.review is None:
        return
    quoted = {*(quote.message for quote in point.quotes), *point.counted}
    lists = {"confirmed": point.review.confirmed, "unnamed": point.review.unnamed, "unquoted": point.review.unquoted}
    for name, ids in lists.items():
        if len(ids) != len(set(ids)):
            yield f"{title} lists a reply twice as {name}."
        for stray in sorted(set(ids) - quoted):
            yield f"{title} lists message {stray} as {name}, which is no supporter's."


def check_endorsements(title: str, point: KeyPoint, messages: Messages) -> Iterator[str]:
    """Say whether a point counts other people than those who reacted and did not write it."""
    endorsers = {
        name for quote in point.quotes if quote.message in messages for name in messages[quote.message].endorsers
    }
    counted = len(endorsers - list_quoted_authors(point.quotes, messages))
    if point.endorsements != counted:
        yield f"{title} counts {point.endorsements} endorsements, but {counted} people endorse it."


def check_presses(summary: Summary) -> Iterator[str]:
    """Say where a number that holds presses cannot be so. Nobody knows who pressed, so no more can be said here."""
    for number, point in enumerate(summary.points, 1):
        if point.views is None:
            continue
        if point.views.people < LEAST_PRESSES:
            yield f"Point {number} shows presses, but counts only {point.views.people} people."
        if point.views.people < point.people:
            yield f"Point {number} counts {point.views.people} people with presses, but {point.people} said so."
    if any(voice.views is not None for voice in summary.voices):
        yield "A single voice shows presses."
    printed = max((point.same_here for point in summary.points if point.views is not None), default=0)
    if summary.tapped is not None and summary.tapped < LEAST_PRESSES + printed:
        yield f"The summary says that {summary.tapped} people pressed, too few beside {printed} at a point."


def list_quoted_authors(quotes: Iterable[Quote], messages: Messages) -> set[str]:
    """List the authors of quotes, as far as their messages are held."""
    return list_authors((quote.message for quote in quotes), messages)


def list_authors(ids: Iterable[str], messages: Messages) -> set[str]:
    """List the authors of messages, as far as they are held."""
    return {messages[message].author for message in ids if message in messages}
