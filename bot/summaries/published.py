"""What staff see of a reviewed draft: headings as they stand, and no quotes that nobody has ticked as naming nobody."""

from __future__ import annotations

from dataclasses import replace

from bot.models.summaries import KeyPoint, Quote, Review, Summary


def for_staff(summary: Summary, *, with_others: bool) -> Summary:
    """The summary as it is published.

    Quotes that nobody ticked are counted only, and who possibly says so is left out. Disagreements, single voices and
    questions, whose words nobody can tick, stay only ``with_others``. The points keep the names that they had in the
    draft, by which outcomes and papers refer to them.
    """
    points = tuple(_point(point) for point in summary.points)
    if with_others:
        return replace(summary, points=points)
    return replace(summary, points=points, disagreements=(), voices=(), questions=(), lines=(), text="")


def other_words(summary: Summary) -> tuple[Quote, ...]:
    """The words beside the points that are shown with the summary: of disagreements, single voices and questions."""
    sides = (side.quotes[:2] for found in summary.disagreements for side in found.sides)
    voices = (voice.quotes[:1] for voice in summary.voices)
    shown = [*(quote for group in (*sides, *voices) for quote in group), *summary.questions]
    return tuple(dict.fromkeys(quote for quote in shown if quote.text))


def _point(point: KeyPoint) -> KeyPoint:
    review = point.review or Review()
    hidden = tuple(
        quote.message
        for quote in point.quotes
        if quote.message in review.unquoted or quote.message not in review.unnamed
    )
    return replace(point, possible=(), review=replace(review, unquoted=hidden))
