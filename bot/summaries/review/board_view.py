"""What a board sees of a summary: counts that a person confirmed, and quotes that a person ticked as naming nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.models.summaries import KeyPoint, Review, Summary
from bot.summaries.disclosure.private_counts import people_of, private_of


def for_board(summary: Summary) -> Summary:
    """The summary with confirmed people alone.

    Points of which nobody was confirmed go, and with them all that no person can confirm: who possibly says so,
    reactions, disagreements, single voices, questions and the running text.
    """
    points = sorted(_confirmed(summary), key=lambda point: -point.heard)
    return replace(
        summary, points=tuple(points), disagreements=(), voices=(), questions=(), lines=(), text="", agreements=()
    )


def not_confirmed(summary: Summary) -> int:
    """How many points `for_board` leaves out."""
    return len(summary.points) - len(list(_confirmed(summary)))


def _confirmed(summary: Summary) -> Iterator[KeyPoint]:
    for point in summary.points:
        review = point.review or Review()
        quotes = tuple(quote for quote in point.quotes if quote.message in review.confirmed)
        counted = tuple(message for message in point.counted if message in review.confirmed)
        if quotes:
            hidden = tuple(
                quote.message
                for quote in quotes
                if quote.message in review.unquoted or quote.message not in review.unnamed
            )
            shown = replace(review, unquoted=hidden)
            people, private = people_of(quotes), private_of(quotes, counted)
            bare = replace(point, possible=(), endorsements=0, review=shown)
            yield replace(bare, quotes=quotes, people=people, private=private, counted=counted)
