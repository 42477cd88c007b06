"""Give a point that lost its heading another one, in the words of a supporter who is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.models.summaries import Quote, Role
from bot.summaries.engine.clauses import choose_heading
from bot.summaries.engine.courtesies import is_agreement
from bot.summaries.engine.sentences import sentences
from bot.summaries.engine.words import content


def choose_quote_heading(quotes: Sequence[Quote]) -> tuple[str, tuple[Quote, ...]] | None:
    """Return a heading from the first quote that says something, and the quotes with that one first.

    Who wrote it or was ticked goes before who answered in agreement; whose words become the heading wrote it. The
    heading is verbatim in that quote. None if nothing but agreement is left: "+1" alone says nothing once the
    words that it answered are gone.
    """
    speaking = [quote for quote in quotes if quote.text and not is_agreement(quote.text)]
    head = min(speaking, key=lambda quote: quote.role is Role.AGREED, default=None)
    if head is None:
        return None
    wrote = head
    if head.role is Role.AGREED:
        wrote = replace(head, text=head.text[_skip_agreement(head.text) :], role=Role.WROTE)
    return statement_of(wrote.text), (wrote, *(quote for quote in quotes if quote is not head))


def statement_of(text: str) -> str:
    """Return the weightiest clause of a quote that can serve as a heading, verbatim, without "Same here." before it."""
    start, end = choose_heading(text, _skip_agreement(text), len(text), weigh=_count_matter)
    return text[start:end] or text


def _skip_agreement(text: str) -> int:
    """Say where a quote's own matter begins: after sentences that only agree."""
    return next((start for start, end in sentences(text) if not is_agreement(text[start:end])), 0)


def _count_matter(words: str) -> float:
    return float(len(set(content(words))))
