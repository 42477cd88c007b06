"""Who stopped is collected from again only from the moment on that they started."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.models.people import Choices, Silence
from bot.replies.opt_outs import KeptChoices, start_collecting, stop_collecting
from tests.store.samples import NOW

HOUR = timedelta(hours=1)


@given(st.lists(st.booleans(), max_size=12))
def test_silences_never_overlap_and_the_last_is_open_just_while_somebody_has_stopped(turns: list[bool]) -> None:
    kept = KeptChoices(Choices("somebody"))
    for hour, stop in enumerate(turns):
        kept = stop_collecting(kept, NOW + hour * HOUR) if stop else start_collecting(kept, NOW + hour * HOUR)

    bounds = [moment for one in kept.silences for moment in (one.since, one.until) if moment is not None]
    assert bounds == sorted(set(bounds))
    assert kept.choices.stopped == (bool(turns) and turns[-1])
    assert [one.until is None for one in kept.silences].count(True) == kept.choices.stopped


def test_a_silence_holds_its_first_moment_and_not_its_last() -> None:
    silence = Silence(NOW, NOW + HOUR)

    assert [silence.covers(NOW + minutes * timedelta(minutes=1)) for minutes in (-1, 0, 59, 60)] == [
        False,
        True,
        True,
        False,
    ]
