"""Places are read newest first, one reader each, and again after pauses of their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.reading_queue import ReadingQueue


def drained(turns: ReadingQueue[str]) -> list[str]:
    found = []
    while (place := turns.take()) is not None:
        found.append(place)
        turns.end(place)
    return found


def test_the_newest_come_first_and_what_is_less_pressing_comes_last() -> None:
    turns: ReadingQueue[str] = ReadingQueue()
    for place, rank in (("old", (1, 1)), ("absent", (0, 9)), ("new", (1, 3)), ("middle", (1, 2))):
        turns.queue(place, rank)

    assert drained(turns) == ["new", "middle", "old", "absent"]


def test_a_place_that_is_read_just_now_gets_another_turn_only_afterwards() -> None:
    turns: ReadingQueue[str] = ReadingQueue()
    turns.queue("thread", (1, 1))
    assert turns.take() == "thread"
    turns.queue("thread", (1, 1))

    assert not turns
    assert turns.take() is None
    turns.end("thread")
    assert drained(turns) == ["thread"]


def test_the_first_pause_is_half_a_minute_and_later_ones_grow_to_ten_minutes() -> None:
    turns: ReadingQueue[str] = ReadingQueue()
    turns.queue("thread", (1, 1))
    pauses = []
    for _ in range(7):
        assert turns.take() == "thread"
        pauses.append(turns.put_off("thread", is_fault=True))
        assert turns.take() is None
        turns.retry("thread")

    assert pauses == [30, 60, 120, 240, 480, 600, 600]
    assert drained(turns) == ["thread"]


def test_what_was_read_but_not_to_its_end_goes_on_after_the_first_pause_each_time() -> None:
    turns: ReadingQueue[str] = ReadingQueue()
    turns.queue("thread", (1, 1))
    turns.take()
    turns.put_off("thread", is_fault=True)
    for _ in range(3):
        turns.retry("thread")
        assert turns.take() == "thread"
        assert turns.put_off("thread", is_fault=False) == 30


def test_a_fault_of_one_place_puts_no_other_off() -> None:
    turns: ReadingQueue[str] = ReadingQueue()
    turns.queue("broken", (1, 2))
    turns.queue("sound", (1, 1))
    turns.take()
    turns.put_off("broken", is_fault=True)

    assert drained(turns) == ["sound"]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.tuples(st.integers(0, 1), st.integers(1, 9))), max_size=12))
def test_each_place_has_one_turn_by_its_highest_rank(queued: list[tuple[str, tuple[int, int]]]) -> None:
    turns: ReadingQueue[str] = ReadingQueue()
    for place, rank in queued:
        turns.queue(place, rank)
    highest = {place: max(rank for name, rank in queued if name == place) for place, _ in queued}

    taken = drained(turns)

    assert sorted(taken) == sorted(highest)
    assert [highest[place] for place in taken] == sorted(highest.values(), reverse=True)
