"""Give a point that lost its heading another one, in the words of a supporter who is left."""

from __future__ import annotations

from collections.abc import Sequence

from bot.models.summaries import Quote
from bot.summaries.engine.clauses import choose_heading
from bot.summaries.engine.courtesies import is_agreement
from bot.summaries.engine.words import content


def choose_quote_heading(quotes: Sequence[Quote]) -> tuple[str, tuple[Quote, ...]] | None:
    """Return a heading from the first quote that says something, and the quotes with that one first.

    The heading is verbatim in that quote. None where nothing but agreement is left: "+1" alone says nothing once the
    words that it answered are gone.
    """
    speaking = next((quote for quote in quotes if quote.text and not is_agreement(quote.text)), None)
    if speaking is None:
        return None
    return statement_of(speaking.text), (speaking, *(quote for quote in quotes if quote is not speaking))


def statement_of(text: str) -> str:
    """Return the weightiest clause of a quote that can stand as a heading, verbatim."""
    start, end = choose_heading(text, 0, len(text), weigh=lambda words: float(len(set(content(words)))))
    return text[start:end] or text
