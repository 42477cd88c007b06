"""What remains of a stored summary once retention took its replies: counts, and what a facilitator wrote."""

from __future__ import annotations

from dataclasses import replace

from bot.models.summaries import Disagreement, KeyPoint, Review, Summary
from bot.summaries.lifecycle.model_additions import remove_drafted
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import (
    count_confirmed_people,
    count_confirmed_private,
    count_possible_people,
    count_possible_private,
)

CHANGED = "Changed on {date}: the replies were erased at the end of their time, so we can no longer check the counts."


def freeze_record(record: Record, date: str) -> Record:
    """Return the record of a shared summary without anybody's words, ids and pseudonyms, to be shown again.

    ``date`` is the local date of the erasing. A record that is frozen already stays as it is.
    """
    if record.summary.frozen:
        return record
    return replace(
        record,
        summary=freeze_summary(record.summary),
        held={},
        edits={},
        outside=None,
        outdated="",
        changed=CHANGED.format(date=date),
        pending=True,
    )


def freeze_summary(summary: Summary) -> Summary:
    """Keep the counts and a facilitator's own headings and notes, and nothing that others wrote.

    A single voice is nothing but somebody's words, so it goes, unless a facilitator gave it a heading.
    """
    return replace(
        remove_drafted(summary),
        text="",
        points=tuple(_point(point) for point in summary.points),
        questions=(),
        lines=(),
        disagreements=tuple(_disagreement(disagreement) for disagreement in summary.disagreements),
        voices=tuple(_point(voice) for voice in summary.voices if voice.review is not None and voice.review.words),
        agreements=(),
        withheld=(),
        frozen=True,
    )


def _point(point: KeyPoint) -> KeyPoint:
    review = point.review
    if review is not None:
        people, private = count_confirmed_people(point), count_confirmed_private(point)
        review = Review(review.words, review.note, erased_confirmed=people, erased_confirmed_private=private)
    bare = replace(point, statement="", quotes=(), possible=(), counted=(), review=review, theme="")
    return replace(
        bare, erased_possible=count_possible_people(point), erased_possible_private=count_possible_private(point)
    )


def _disagreement(disagreement: Disagreement) -> Disagreement:
    one, other = (replace(side, quotes=(), counted=()) for side in disagreement.sides)
    return Disagreement("", (one, other))
