"""Which prompt a thread, a card or a channel belongs to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.models.prompts import Prompt, PromptState, WatchedPrompt, Wording
from bot.replies.watch import Watch

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDING = Wording("Text", True, "Why?", "A report")
CLAIMED = Prompt(1, 10, 20, PromptState.CLAIMED, "c", WORDING, NOW, NOW)
OPEN = replace(CLAIMED, state=PromptState.OPEN, message_id=30, thread_id=40, notice_id=50)


def test_a_prompt_is_found_by_its_thread_its_card_its_notice_and_its_channel() -> None:
    watch = Watch()
    watch.add(OPEN)

    assert watch.of_thread(40) is watch.of_card(30) is watch.of_card(50) is watch.of_prompt(1) is OPEN
    assert watch.of_channel(20) == (OPEN,)
    assert watch.prompts() == (OPEN,)


def test_a_newer_state_replaces_the_older_one_everywhere() -> None:
    watch = Watch()
    watch.add(CLAIMED)
    watch.add(OPEN)
    closed = replace(OPEN, state=PromptState.CLOSED)
    watch.add(closed)

    assert watch.of_thread(40) is watch.of_card(30) is watch.of_card(50) is closed
    assert watch.prompts() == watch.of_channel(20) == (closed,)


def test_only_a_thread_that_was_not_watched_is_new() -> None:
    watch = Watch()
    told: list[WatchedPrompt] = []
    watch.on_new = told.append
    for prompt in (CLAIMED, OPEN, OPEN):
        watch.add(prompt)

    assert told == [OPEN]


def test_a_dropped_prompt_leaves_nothing_behind() -> None:
    watch = Watch()
    watch.add(OPEN)
    watch.drop(OPEN)

    assert watch.prompts() == watch.of_channel(20) == ()
    assert watch.of_thread(40) is watch.of_card(30) is watch.of_card(50) is None
