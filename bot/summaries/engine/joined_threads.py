"""Several threads read as one: what comes back in several of them is one point, and its people count once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.models.summaries import Disagreement, KeyPoint, Quote, Side, Summary
from bot.models.threads import Message, Thread
from bot.summaries.balance import measure_balance
from bot.summaries.disclosure.private_counts import count_private, count_quoted_people
from bot.summaries.engine.reading import measure_coverage

Messages = Mapping[str, Message]


def join_threads(threads: Sequence[Thread]) -> Thread:
    """Return one thread of all messages, in the order of the threads; its prompt is all their prompts' words."""
    messages = tuple(message for thread in threads for message in thread.messages)
    return Thread("+".join(thread.id for thread in threads), "\n".join(thread.prompt for thread in threads), messages)


def separate_people(thread: Thread, prompt_of: Mapping[str, int]) -> Thread:
    """Give each person another name at each prompt, so that the engine quotes them at each."""
    return replace(
        thread,
        messages=tuple(
            replace(message, author=f"{prompt_of[message.id]} {message.author}") for message in thread.messages
        ),
    )


def merge_people(summary: Summary, thread: Thread) -> Summary:
    """Merge what people said at several prompts: each counts once a point, and never against themselves.

    ``summary`` is of ``separate_people(thread)``.
    """
    messages = {message.id: message for message in thread.messages}
    points = sorted((_point(point, messages) for point in summary.points), key=lambda point: -point.weight)
    said = {quote for point in points for quote in point.quotes}
    disagreements = (_disagreement(disagreement, messages) for disagreement in summary.disagreements)
    return replace(
        summary,
        points=tuple(points),
        voices=tuple(_point(voice, messages) for voice in summary.voices if said.isdisjoint(voice.quotes)),
        disagreements=tuple(disagreement for disagreement in disagreements if disagreement is not None),
        coverage=measure_coverage(thread),
        balance=measure_balance(thread.messages),
    )


def _point(point: KeyPoint, messages: Messages) -> KeyPoint:
    quotes = _first_of_each(point.quotes, messages)
    private = count_private(quotes, point.counted)
    people = _authors(quotes, messages)
    possible = _first_of_each((quote for quote in point.possible), messages, people)
    endorsers = {name for quote in quotes for name in messages[quote.message].endorsers}
    counted = replace(point, people=count_quoted_people(quotes), private=private, endorsements=len(endorsers - people))
    return replace(counted, quotes=quotes, possible=possible)


def _disagreement(disagreement: Disagreement, messages: Messages) -> Disagreement | None:
    """Return the disagreement with those who are on both sides counted on neither.

    None if a side has nobody left.
    """
    one, other = (_authors(side.quotes, messages) for side in disagreement.sides)
    sides = [_side(side, messages, one & other) for side in disagreement.sides]
    if not all(side.quotes for side in sides) or sides[0].quotes[0] != disagreement.sides[0].quotes[0]:
        return None
    kept = [_authors(side.quotes, messages) for side in sides]
    pairs = zip(disagreement.common, kept, strict=False)
    common = disagreement.common if all(messages[quote.message].author in people for quote, people in pairs) else ()
    return Disagreement(disagreement.statement, (sides[0], sides[1]), common)


def _side(side: Side, messages: Messages, without: set[str]) -> Side:
    quotes = _first_of_each(side.quotes, messages, without)
    return Side(quotes, count_quoted_people(quotes), count_private(quotes, side.counted), side.counted)


def _first_of_each(quotes: Iterable[Quote], messages: Messages, without: Iterable[str] = ()) -> tuple[Quote, ...]:
    seen, kept = set(without), []
    for quote in quotes:
        author = messages[quote.message].author
        if author not in seen:
            seen.add(author)
            kept.append(quote)
    return tuple(kept)


def _authors(quotes: Iterable[Quote], messages: Messages) -> set[str]:
    return {messages[quote.message].author for quote in quotes}
