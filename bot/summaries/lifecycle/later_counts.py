"""Counts of a summary that have changed since it was made: replies that went, and people who no longer agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.models.replies import Reply
from bot.models.summaries import KeyPoint, Summary

LEFT_OUT = "left out by a facilitator"
"""Why a stored reply is not read."""


def count_excluded(summary: Summary, more: int) -> Summary:
    """Count ``more`` replies in the coverage that a facilitator left out."""
    if not more:
        return summary
    counts = dict(summary.coverage.excluded)
    counts[LEFT_OUT] = counts.get(LEFT_OUT, 0) + more
    return replace(summary, coverage=replace(summary.coverage, excluded=tuple(sorted(counts.items()))))


def count_deleted(summary: Summary, more: int) -> Summary:
    """Count ``more`` replies in the coverage that are gone."""
    deleted = summary.coverage.deleted + more
    return replace(summary, coverage=replace(summary.coverage, deleted=deleted)) if more else summary


def lower_counts(left_out: tuple[tuple[str, int], ...], by: int) -> tuple[tuple[str, int], ...]:
    """Lower counts of replies by reason, the first reasons first, by so many in all."""
    lowered = []
    for reason, count in left_out:
        taken = min(count, max(by, 0))
        by -= taken
        if count > taken:
            lowered.append((reason, count - taken))
    return tuple(lowered)


def limit_endorsements(summary: Summary, stored: Mapping[str, Reply]) -> Summary:
    """Lower endorsements, so that no point counts more endorsements than there are people who endorse it now.

    ``stored`` are the replies that are held, by the ids that quotes use. Returns the summary unchanged if none was
    lost. Those that came since are not counted, because a summary says what it read. A frozen one is left as it is: its
    replies are gone because of their age.
    """
    if summary.frozen:
        return summary
    limited = (_limit_endorsements(point, stored) for point in summary.points)
    points = tuple(sorted(limited, key=lambda point: -point.weight))
    voices = tuple(_limit_endorsements(voice, stored) for voice in summary.voices)
    if (points, voices) == (summary.points, summary.voices):
        return summary
    return replace(summary, points=points, voices=voices)


def _limit_endorsements(point: KeyPoint, stored: Mapping[str, Reply]) -> KeyPoint:
    said = [stored[quote.message] for quote in point.quotes if quote.message in stored]
    now = len({name for reply in said for name in reply.endorsers} - {reply.person for reply in said})
    return replace(point, endorsements=now, views=None) if now < point.endorsements else point
