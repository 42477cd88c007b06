"""Let a statement appear in a summary by itself where many pressed "Same here" and no point is made of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.models.replies import Reply
from bot.models.summaries import KeyPoint, Quote, Summary
from bot.models.views import LEAST_PRESSES, StatementTotal, ViewTotals
from bot.summaries.engine.kinds import kind_of
from bot.views.statement_matches import find_statements


def raise_statements(
    summary: Summary, totals: ViewTotals, replies: Sequence[Reply], refused: Collection[str] = ()
) -> Summary:
    """Return a fresh summary with a voice for each statement of enough presses that none of its points is made of.

    The program lists only some of what single people raised, and may have put a statement's words beside another point;
    it does so no longer. ``refused`` are the ids of replies whose words are quoted nowhere. A summary that a person
    reviewed is never given here: what they dropped stays away.
    """
    if not totals.statements:
        return summary
    told = [*summary.points, *summary.voices]
    claimed = {statement for point in told for statement in find_statements(point, totals.statements)}
    headings = {point.statement.casefold() for point in told}
    stored = {reply.id: reply for reply in replies if str(reply.id) not in refused}
    for statement in totals.statements:
        reply = stored.get(statement.replies[0]) if statement.replies else None
        if statement in claimed or statement.others < LEAST_PRESSES or reply is None:
            continue
        if statement.text in reply.text and statement.text.casefold() not in headings:
            headings.add(statement.text.casefold())
            summary = _add_voice(summary, statement, reply)
    return summary


def _add_voice(summary: Summary, statement: StatementTotal, reply: Reply) -> Summary:
    quote = Quote(str(reply.id), statement.text)
    reacted = len({*reply.endorsers} - {reply.person})
    voice = KeyPoint(statement.text, (quote,), 1, endorsements=reacted, kind=kind_of(statement.text))
    return replace(
        summary,
        points=tuple(_without(point, quote) for point in summary.points),
        voices=(*(_without(other, quote) for other in summary.voices), voice),
    )


def _without(point: KeyPoint, raised: Quote) -> KeyPoint:
    """Return a point without the words that are a point of their own now, if the program proposed them for it."""
    left = tuple(
        quote
        for quote in point.possible
        if quote.message != raised.message or (raised.text not in quote.text and quote.text not in raised.text)
    )
    return point if left == point.possible else replace(point, possible=left)
