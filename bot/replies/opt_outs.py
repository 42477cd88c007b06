"""Opting out of collecting: since when nothing that a person writes is collected, and what that takes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.models.people import Choices, Silence
from bot.models.replies import Arrival


@dataclass(frozen=True, slots=True)
class KeptChoices:
    """All that is kept of a person's choices. ``user_id`` is None unless they allow direct messages.

    ``silences`` are the times in which nothing they wrote was collected; the last one is open while they are stopped.
    """

    choices: Choices
    user_id: int | None = field(default=None, repr=False)
    silences: tuple[Silence, ...] = ()


def stop_collecting(kept: KeptChoices, at: datetime) -> KeptChoices:
    """Return the choices of a person who is stopped from a moment on. Stopping twice changes nothing."""
    if kept.choices.stopped:
        return kept
    return replace(kept, choices=replace(kept.choices, stopped=True), silences=(*kept.silences, Silence(at)))


def start_collecting(kept: KeptChoices, at: datetime) -> KeptChoices:
    """Return the choices of a person who is stopped no longer. Starting twice changes nothing."""
    if not kept.choices.stopped:
        return kept
    *before, last = kept.silences
    silences = (*before, replace(last, until=at))
    return replace(kept, choices=replace(kept.choices, stopped=False), silences=silences)


def forget_choices(kept: KeptChoices) -> KeptChoices:
    """Return what stays when a person erases everything: a no to collecting, quotes, asking others or the model.

    They asked the bot not to do this. If it forgot, it would do so with the next thing they write.
    """
    before = kept.choices
    choices = Choices(
        before.person,
        stopped=before.stopped,
        refused=before.refused,
        shown=before.shown,
        modelled=before.modelled,
    )
    return KeptChoices(choices, silences=kept.silences)


def covers(silences: Sequence[Silence], arrival: Arrival) -> bool:
    """Tell whether a message was written or last changed while its author had stopped."""
    moments = (arrival.created_at, arrival.edited_at or arrival.created_at)
    return any(silence.covers(moment) for silence in silences for moment in moments)
