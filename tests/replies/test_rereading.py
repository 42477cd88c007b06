"""Which threads a new session reads at once, and at what pace it reads the others again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.models.prompts import Prompt, PromptState
from bot.replies.rereading import DAY, ThreadRead, is_pressing, mark_thread, pause_between
from tests.replies.test_watch import OPEN

NOW = datetime(2026, 1, 20, tzinfo=UTC)
CLOSED: Prompt = replace(OPEN, state=PromptState.CLOSED, closed_at=NOW - timedelta(days=3))
READ = ThreadRead(mark_thread(1, 9, 4, 5), NOW)


@pytest.mark.parametrize(
    ("prompt", "read", "mark", "pressing"),
    [
        (OPEN, READ, READ.mark, True),
        (CLOSED, None, None, True),
        (CLOSED, READ, READ.mark, False),
        (CLOSED, READ, None, False),
        (CLOSED, READ, mark_thread(1, 10, 5, 6), True),
        (CLOSED, READ, mark_thread(1, 9, 3, 5), True),
        (CLOSED, ThreadRead(READ.mark, NOW - timedelta(days=4)), READ.mark, True),
    ],
)
def test_a_thread_is_read_at_once_where_something_can_have_been_said(
    prompt: Prompt, read: ThreadRead | None, mark: str | None, pressing: bool
) -> None:
    assert is_pressing(prompt, read, mark) is pressing


@pytest.mark.parametrize("waiting", [1, 500, 10_000, 50_000])
def test_all_that_wait_are_read_within_a_day(waiting: int) -> None:
    assert pause_between(waiting) * waiting <= DAY
