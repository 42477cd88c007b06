"""Count private replies separately from people, and take the words of those that may not be quoted out of a summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.models.summaries import Disagreement, KeyPoint, Quote, Side, Summary
from bot.models.threads import Message, Thread
from bot.summaries.lifecycle.headings import choose_quote_heading
from bot.summaries.lifecycle.model_additions import change_opposed

Messages = Mapping[str, Message]


def separate_private_replies(summary: Summary, thread: Thread) -> Summary:
    """Return the summary as it can be kept. The given one treats every message as a person's that may be quoted.

    What may not be quoted is named only by its message, in ``counted``, and no words of it are left. Returns the
    summary unchanged if no message is private.
    """
    messages: dict[str, Message] = {}
    for message in thread.messages:
        messages.setdefault(message.id, message)
    if not any(message.private or not message.quotable for message in messages.values()):
        return summary
    summary = change_opposed(summary, lambda pair: _quotable(pair, messages))
    lines = _quotable(summary.lines, messages)
    disagreements = (_disagreement(disagreement, messages) for disagreement in summary.disagreements)
    points = [kept for point in summary.points if (kept := _point(point, messages)).quotes]
    return replace(
        summary,
        text="\n".join(line.text for line in lines),
        points=tuple(sorted(points, key=lambda point: -point.weight)),
        questions=_quotable(summary.questions, messages),
        lines=lines,
        disagreements=tuple(disagreement for disagreement in disagreements if disagreement is not None),
        voices=tuple(kept for voice in summary.voices if (kept := _point(voice, messages)).quotes),
    )


def count_quoted_people(quotes: Iterable[Quote]) -> int:
    """Say how many of the quotes are of people of the thread."""
    return sum(not quote.private for quote in quotes)


def count_private(quotes: Sequence[Quote], counted: Sequence[str]) -> int:
    """Say how many private replies are behind quotes and beside them."""
    return len(quotes) - count_quoted_people(quotes) + len(counted)


def list_counted(summary: Summary) -> frozenset[str]:
    """Return the private replies that a summary counts and may not quote."""
    points = [point.counted for point in (*summary.points, *summary.voices)]
    sides = [side.counted for disagreement in summary.disagreements for side in disagreement.sides]
    return frozenset(message for counted in (*points, *sides) for message in counted)


def _point(point: KeyPoint, messages: Messages) -> KeyPoint:
    quotes, counted = _quotable(point.quotes, messages), _list_unquotable(point.quotes, messages)
    return replace(
        point,
        quotes=quotes,
        people=count_quoted_people(quotes),
        possible=_quotable(point.possible, messages),
        private=count_private(quotes, counted),
        counted=counted,
    )


def _disagreement(disagreement: Disagreement, messages: Messages) -> Disagreement | None:
    """Return the disagreement with each side in words that may be quoted.

    None if a side has none that say anything.
    """
    statement, sides = disagreement.statement, list[Side]()
    for side in disagreement.sides:
        quotes, counted = _quotable(side.quotes, messages), _list_unquotable(side.quotes, messages)
        if counted and not _same_first(quotes, side.quotes):
            restated = choose_quote_heading(quotes)
            if restated is None:
                return None
            quotes = restated[1]
            statement = statement if sides else restated[0]
        sides.append(Side(quotes, count_quoted_people(quotes), count_private(quotes, counted), counted))
    common = _quotable(disagreement.common, messages)
    return Disagreement(statement, (sides[0], sides[1]), common if len(common) == len(disagreement.common) else ())


def _same_first(quotes: Sequence[Quote], before: Sequence[Quote]) -> bool:
    return bool(quotes) and quotes[0].message == before[0].message


def _quotable(quotes: Iterable[Quote], messages: Messages) -> tuple[Quote, ...]:
    """Return the quotes that may be shown, each marked where it is of a private reply."""
    known = ((quote, messages[quote.message]) for quote in quotes)
    return tuple(replace(quote, private=said.private) for quote, said in known if said.quotable)


def _list_unquotable(quotes: Iterable[Quote], messages: Messages) -> tuple[str, ...]:
    return tuple(quote.message for quote in quotes if not messages[quote.message].quotable)
