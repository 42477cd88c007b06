"""Give a point that lost its heading another one, in the words of a supporter who is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.models.summaries import Quote, Review, Role
from bot.summaries.engine.clauses import choose_heading
from bot.summaries.engine.courtesies import is_agreement, skip_agreement
from bot.summaries.engine.sentences import sentences
from bot.summaries.engine.words import content_stems


def choose_quote_heading(quotes: Sequence[Quote]) -> tuple[str, tuple[Quote, ...]] | None:
    """Return a heading from the first quote that says something, and the quotes with that one first.

    Who wrote it or was ticked goes before who answered in agreement; whose words become the heading wrote it. The
    heading is verbatim in that quote. None if nothing but agreement is left: "+1" alone says nothing once the
    words that it answered are gone.
    """
    return _put_first(quotes, [quote for quote in quotes if quote.text], statement_of)


def choose_read_heading(quotes: Sequence[Quote], review: Review) -> tuple[str, tuple[Quote, ...]] | None:
    """Return the same of a point that a facilitator looked at: only words that they have read can head it now.

    It is the whole quote of the first supporter whom they confirmed and ticked as naming nobody, without "Same here."
    or "The same with us:" before it. None if there is none: then the point has no heading until a facilitator gives it
    one.
    """
    return _put_first(quotes, [quote for quote in quotes if is_read(quote, review)], lambda text: text)


def is_read(quote: Quote, review: Review) -> bool:
    """Say whether a facilitator confirmed who said a quote, looked for names in it, and lets it be shown."""
    ticked = quote.message in review.confirmed and quote.message in review.unnamed
    return bool(quote.text) and ticked and quote.message not in review.unquoted


def choose_heading_of(quotes: Sequence[Quote], message: str) -> tuple[str, tuple[Quote, ...]] | None:
    """Return the heading that the quote of this message gives, whole, and the quotes with that one first."""
    return _put_first(quotes, [quote for quote in quotes if quote.message == message], lambda text: text)


def _put_first(
    quotes: Sequence[Quote], choice: Sequence[Quote], cut: Callable[[str], str]
) -> tuple[str, tuple[Quote, ...]] | None:
    speaking = [quote for quote in choice if quote.text and not is_agreement(quote.text)]
    head = min(speaking, key=lambda quote: quote.role is Role.AGREED, default=None)
    if head is None:
        return None
    wrote = replace(head, text=head.text[_skip_agreement(head.text) :], role=Role.WROTE)
    return cut(wrote.text), (wrote, *(quote for quote in quotes if quote is not head))


def statement_of(text: str) -> str:
    """Return the weightiest clause of a quote that can serve as a heading, verbatim, without "Same here." before it."""
    start, end = choose_heading(text, _skip_agreement(text), len(text), weigh=_count_matter)
    return text[start:end] or text


def _skip_agreement(text: str) -> int:
    """Say where a quote's own matter begins: after sentences that only agree, and after "The same with us:"."""
    start, end = next(((start, end) for start, end in sentences(text) if not is_agreement(text[start:end])), (0, 0))
    return skip_agreement(text, start, len(text)) if end else 0


def _count_matter(words: str) -> float:
    return float(len(set(content_stems(words))))
