"""How much of a thread was read is told the same, whether or not its words are needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.summary_speed import made_up
from bot.models.threads import Message, Thread
from bot.summaries.engine.reading import measure_coverage, read
from bot.summaries.io.threads_json import thread_from_json
from tests.summaries.engine.test_hostile_threads import THREADS

FILES = sorted((Path(__file__).parent.parent / "threads").glob("*.json"))
CORNERS = Thread(
    "corners",
    "What would help?",
    (
        Message("1", "a", "Nights are short staffed again, and nobody tells us why."),
        Message("2", "b", "Same here.", reply_to="1"),
        Message("3", "b", "Agreed."),
        Message("4", "c", "Ours is.", reply_to="1"),
        Message("5", "c", "Ok"),
        Message("6", "d", "Thank you!"),
        Message("1", "e", "The same id again, with words of its own in it."),
        Message("7", "f", "The lift on the third floor is broken every week.", private=True),
        Message("8", "a", "Who decides?", reply_to="8"),
        Message("9", "g", "…"),
    ),
)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_coverage_is_that_of_a_reading(path: Path) -> None:
    thread, _ = thread_from_json(path.read_bytes())

    assert measure_coverage(thread) == read(thread).coverage


@pytest.mark.parametrize("thread", [CORNERS, made_up(300), *THREADS.values()])
def test_coverage_is_that_of_a_reading_of_odd_threads_too(thread: Thread) -> None:
    excluded = replace(thread, excluded=(("by a facilitator", 2),))

    assert measure_coverage(excluded) == read(excluded).coverage
