"""What staff see of a reviewed draft: headings as they stand, and no quotes that nobody has ticked as naming nobody."""

from __future__ import annotations

from dataclasses import replace

from bot.models.summaries import KeyPoint, Quote, Review, Summary
from bot.summaries.output.point_groups import confirmed_people, confirmed_private
from bot.text.words import plural


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


NOT_CHECKED = "Found by the program, not checked by a person."


def supporters(summary: Summary) -> tuple[int, int]:
    """How many supporters of the points a person confirmed, and how many there are, each counted once a point."""
    confirmed = sum(confirmed_people(point) + confirmed_private(point) for point in summary.points)
    return confirmed, sum(point.heard for point in summary.points)


def how_far(summary: Summary) -> str:
    """How far a person checked who says so, in one sentence."""
    confirmed, all_of_them = supporters(summary)
    if not confirmed:
        return NOT_CHECKED
    if confirmed == all_of_them:
        return "Checked by a person: all supporters confirmed."
    return f"Partly checked by a person: {confirmed:,} of {all_of_them:,} supporters confirmed."


def checking_line(summary: Summary, changes: int) -> str:
    """How far a person checked who says so, and how many changes a reviewer made, if there was a review."""
    if not changes and not supporters(summary)[0]:
        return NOT_CHECKED
    return f"{how_far(summary)} {plural(changes, 'change was', 'changes were')} made."
