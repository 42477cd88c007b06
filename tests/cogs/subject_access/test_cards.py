"""Whatever people write, the cards of /my fit into a message of Discord, and lose no words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.people import STAFF_GROUPS, Choices
from bot.models.personal import OwnReaction, PersonData, Use
from bot.models.private import PrivateReply, Quoting
from bot.models.prompts import Prompt, PromptState, Wording
from bot.models.replies import Reply, ReplyKind
from bot.models.views import Choice, OwnPresses
from cogs.subject_access.choices import QUOTES_ON, QUOTES_ON_AGAIN
from cogs.subject_access.data_card import BY_QUESTION, USED, data_card
from cogs.subject_access.erasure_cards import PER_PAGE, all_card, choice_card, some_card
from cogs.subject_access.my_card import QUOTES, my_card
from cogs.ui.limits import beyond_limits
from tests.examples import examples

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LARGE = 1_456_074_443_980_800_000
WORDS = st.text(min_size=1, max_size=2_000) | st.sampled_from(
    ["*" * 4_000, "\n" * 3_000, "😀" * 2_000, "@everyone " * 300]
)


def prompt(number: int, question: str) -> Prompt:
    wording = Wording("Leaders exist.", True, question, "No more heroes")
    ends, place = NOW + timedelta(14), LARGE + number
    return Prompt(
        number, LARGE, LARGE, PromptState.OPEN, "claim", wording, NOW, ends, message_id=place, thread_id=place
    )


def reply(number: int, text: str, of: int) -> Reply:
    return Reply(LARGE + number, of, "0" * 32, ReplyKind.THREAD, text, NOW, message_id=LARGE + number)


def held(text: str, question: str, count: int) -> PersonData:
    """What may be held of somebody who wrote the same words to so many prompts."""
    prompts = {number: prompt(number, question) for number in range(1, count + 1)}
    replies = tuple(reply(number, text, number) for number in prompts)
    private = tuple(
        PrivateReply(f"{number:032x}", number, text, date(2026, 1, 5), Quoting.YES) for number in list(prompts)[:3]
    )
    uses = tuple(Use(number, 10_000, (text,) * 50, (LARGE, LARGE)) for number in prompts)
    reactions = (OwnReaction(1, LARGE, "👍"),)
    choices = Choices("0" * 32, True, True, True, max(STAFF_GROUPS, key=len), True)
    why = {LARGE + 1: text}
    return PersonData(LARGE, 3_650, choices, (), prompts, replies, why, private, reactions, uses=uses)


def texts(view: ui.LayoutView) -> str:
    return "\n".join(item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))


@settings(max_examples=examples(40), deadline=None)
@given(text=WORDS, question=WORDS, count=st.integers(0, 12), page=st.integers(0, 20))
def test_every_page_of_what_is_stored_fits_into_a_message(text: str, question: str, count: int, page: int) -> None:
    assert beyond_limits(data_card(held(text, question, count), page, "Europe/London")) == ()


@given(
    text=WORDS, stopped=st.booleans(), refused=st.booleans(), shown=st.booleans(), group=st.sampled_from(STAFF_GROUPS)
)
@settings(max_examples=examples(40), deadline=None)
def test_the_card_fits_whatever_was_chosen(text: str, stopped: bool, refused: bool, shown: bool, group: str) -> None:
    chosen = Choices("0" * 32, stopped, not refused, True, group, True, refused, shown)
    data = replace(held(text, text, 12), choices=chosen)

    card = my_card(data, 1_000, QUOTES, f"{QUOTES_ON}\n{QUOTES_ON_AGAIN}")

    assert beyond_limits(card) == ()
    assert f"{QUOTES_ON}" in texts(card)


def test_each_list_of_what_is_stored_has_a_heading_of_its_own_and_a_summary_names_its_question() -> None:
    data = replace(held("We count beds twice.", "What is written twice?", 1), uses=(Use(1, 1, (), (LARGE, LARGE)),))

    said = texts(data_card(data, 0, "Europe/London"))

    assert f"\n\n{BY_QUESTION}\n- What is written twice?" in said
    assert f"\n\n{USED}\n- [The summary](" in said
    assert ") of “What is written twice?” counts 1 of your replies" in said


def test_what_somebody_tapped_comes_before_the_sentence_in_quotation_marks() -> None:
    pressed = OwnPresses(prompt(1, "What?"), (("Stop the count.", Choice.SAME),))
    data = replace(held("", "What?", 1), replies=(), presses=(pressed,))

    said = "\n".join(texts(data_card(data, page, "Europe/London")) for page in (1, 2, 3))

    assert "> Same here: “Stop the count.”" in said


def test_the_question_before_erasing_agrees_in_number() -> None:
    assert "Delete 1 reply?\nWe delete it for good, with its quotes" in texts(some_card(0, 0b10, "f" * 16))
    assert "Delete 2 replies?\nWe delete them for good, with their quotes" in texts(some_card(0, 0b11, "f" * 16))


@settings(max_examples=examples(40), deadline=None)
@given(text=WORDS, count=st.integers(0, 60), page=st.integers(0, 9))
def test_every_page_of_what_can_be_erased_fits_into_a_message(text: str, count: int, page: int) -> None:
    replies = [reply(number, text, 1) for number in range(count)]

    card = choice_card(replies, {1: prompt(1, text)}, page, "A note.")

    assert beyond_limits(card) == ()
    assert beyond_limits(some_card(99_999, 2**PER_PAGE - 1, "f" * 16)) == ()
    assert beyond_limits(all_card()) == ()


@given(st.lists(st.sampled_from(["ward", "nurse", "rota,", "late."]), min_size=1, max_size=900))
@settings(max_examples=examples(20), deadline=None)
def test_no_word_is_lost_between_pages(said: list[str]) -> None:
    one = reply(1, " ".join(said), 1)
    data = PersonData(LARGE, 365, Choices("0" * 32), (), {1: prompt(1, "What?")}, (one,))

    shown = {texts(data_card(data, page, "Europe/London")): None for page in range(1, 9)}

    quoted = [line[2:] for page in shown for line in page.split("\n") if line.startswith("> ")]
    assert re.sub(r"\\", "", " ".join(quoted)).split() == said
