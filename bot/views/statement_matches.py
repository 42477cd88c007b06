"""Say of which statements a point is made: by the replies that it counts and by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.models.summaries import KeyPoint, Quote, Role
from bot.models.views import StatementTotal
from bot.summaries.engine.words import split_words

SAME_MATTER = 2 / 3
"""Share of the longer one's words from which two texts of one reply say nearly the same."""
OWN_WORDS = (Role.WROTE, Role.TICKED)
"""How those came to a point whose own words make it; who agreed may have said something else too."""

Words = tuple[str, ...]


def find_statements(point: KeyPoint, statements: Sequence[StatementTotal]) -> tuple[StatementTotal, ...]:
    """Return the statements that a point is made of.

    One of a statement's replies is counted on the point in its author's own words, and what the point is about in them
    is the statement, a part of it, or nearly the same words. No likeness of meaning is looked for.
    """
    aims = list(_find_aims(point))
    return tuple(
        statement
        for statement in statements
        if any(message in statement.replies and _says(statement, aim) for message, aim in aims)
    )


def _find_aims(point: KeyPoint) -> Iterator[tuple[int, Words]]:
    """Yield the replies that the point counts in own words, each with the words of it that the point is about."""
    heading = _words_of(point.statement)
    for quote in point.quotes:
        if quote.role in OWN_WORDS and not quote.private and quote.message.isdecimal():
            yield int(quote.message), _find_aim(quote, heading)


def _find_aim(quote: Quote, heading: Words) -> Words:
    """Return the heading where the quote holds it, since a quote may hold a second thought; else the whole quote."""
    said = _words_of(quote.text)
    return heading if heading and _contains(said, heading) else said


def _says(statement: StatementTotal, aim: Words) -> bool:
    if not aim:
        return False
    told = _words_of(statement.text)
    if _contains(told, aim):
        return True
    common = sum((Counter(told) & Counter(aim)).values())
    return common >= SAME_MATTER * max(len(told), len(aim)) or (_contains(aim, told) and 2 * len(told) >= len(aim))


def _words_of(text: str) -> Words:
    return tuple(split_words(text))


def _contains(words: Words, part: Words) -> bool:
    """Say whether the words of ``part`` are in ``words`` one after the other."""
    return any(words[start : start + len(part)] == part for start in _starts(words, part))


def _starts(words: Words, part: Words) -> Iterable[int]:
    return range(len(words) - len(part) + 1) if part else ()
