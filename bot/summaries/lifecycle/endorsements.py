"""Lets the endorsements of a summary fall with the reactions that were taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.models.replies import Reply
from bot.models.summaries import KeyPoint, Summary


def without_lost_endorsements(summary: Summary, stored: Mapping[str, Reply]) -> Summary:
    """The summary in which no point counts more endorsements than there are people who endorse it now.

    ``stored`` are the replies that are held, by the ids that quotes bear. The same summary where none was lost; those
    that came since are not counted, since a summary tells what it read. A frozen one is left as it is: its replies are
    gone because of their age.
    """
    if summary.frozen:
        return summary
    points = tuple(_true(point, stored) for point in summary.points)
    voices = tuple(_true(voice, stored) for voice in summary.voices)
    if (points, voices) == (summary.points, summary.voices):
        return summary
    return replace(summary, points=points, voices=voices)


def _true(point: KeyPoint, stored: Mapping[str, Reply]) -> KeyPoint:
    said = [stored[quote.message] for quote in point.quotes if quote.message in stored]
    now = len({name for reply in said for name in reply.endorsers} - {reply.person for reply in said})
    return replace(point, endorsements=now) if now < point.endorsements else point
