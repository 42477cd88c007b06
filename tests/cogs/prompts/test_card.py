"""What stands on a card, and that it always fits into one message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState, Wording
from bot.models.settings import GuildSettings
from bot.prompts.texts import CARD_CHARACTERS, CARD_COMPONENTS, LIMITS, SHOWN_WORDS, TOO_LONG, shorten_passage
from cogs.prompts.card import (
    ANSWER_BY,
    CLOSED,
    ITS_WORDS,
    LAST_TIME,
    LATE,
    NUMBER,
    OPEN_UNTIL,
    OUR_WORDS,
    REPLY_PRIVATELY,
    SAFE,
    WRITERS,
    CardFacts,
    passage_texts,
    prompt_card,
)
from cogs.replies.views import describe_use_shortly
from tests.examples import examples

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
WORDING = Wording(
    text="Leaders exist at all levels.\nThey need time.",
    own_words=False,
    question="Where do you see leadership on your ward?",
    source_title="No more heroes",
    publisher="The King's Fund",
    year=2011,
    address="https://example.org/report",
    heading="Shared leadership",
    place="pages 21 to 22",
    series_title="Ward talk",
    number=3,
)


def filled(name: str) -> str:
    """The longest text that a part may have."""
    return "words " * (LIMITS[name][1] // 6)


LONGEST = Wording(
    text=filled("text"),
    own_words=True,
    question=filled("question"),
    source_title=filled("source_title"),
    publisher=filled("publisher"),
    year=2011,
    address="https://example.org/" + "a" * 280,
    licence=filled("licence"),
    heading=filled("heading"),
    place=filled("place"),
    series_title=filled("series_title"),
    number=99,
)


def prompt(wording: Wording = WORDING, **changed: Any) -> Prompt:
    """An open prompt that closes on 19 March 2026."""
    made = Prompt(1, 2, 3, PromptState.OPEN, "0123456789abcdef", wording, NOW, NOW + timedelta(days=14))
    return replace(made, **changed)


def parts(component: Any) -> list[dict[str, Any]]:
    """Every component below one, as Discord counts them."""
    return [part for child in component.get("components", ()) for part in (child, *parts(child))]


def shown_parts(one: Prompt, *, preview: bool = False, **facts: Any) -> list[dict[str, Any]]:
    """Every component of a prompt's card."""
    view: Any = prompt_card(one, CardFacts("Europe/London", **facts), preview=preview)
    return parts({"components": view.to_components()})


def text(one: Prompt, **facts: Any) -> str:
    """All that a card says."""
    return "\n".join(part["content"] for part in shown_parts(one, **facts) if "content" in part)


def more(one: Prompt) -> str:
    """What is behind its button More."""
    return "\n".join(passage_texts(one))


def test_the_question_comes_first_and_then_the_passage_in_quotation_marks_unless_the_words_are_ours() -> None:
    shown = text(prompt())
    assert shown.startswith(
        "### Where do you see leadership on your ward?\n> “Leaders exist at all levels.\n> They need"
    )
    assert "> They need time.”\n" in shown
    ours = text(prompt(replace(WORDING, own_words=True)))
    assert "> Leaders exist at all levels.\n> They need time.\n" in ours
    assert "“" not in ours


def test_one_small_line_names_publisher_year_whose_words_they_are_and_the_last_day() -> None:
    until = OPEN_UNTIL.format(date="19 Mar")
    assert f"\n-# [The King's Fund](https://example.org/report), 2011, {ITS_WORDS} · {until}\n{SAFE}" in text(prompt())
    ours = replace(WORDING, own_words=True, publisher="", address="", year=None)
    assert f"\n-# No more heroes, {OUR_WORDS} · {until}\n" in text(prompt(ours))


def test_a_long_passage_is_cut_at_a_sentence_and_is_whole_behind_more() -> None:
    sentence = "Staff in twelve teams said that nobody had asked them what would help before the change came."
    one = prompt(replace(WORDING, text=" ".join([sentence] * 5)))

    assert f"> “{sentence} {sentence} …”\n" in text(one)
    assert f"> “{' '.join([sentence] * 5)}”\n" in more(one)
    assert "From [No more heroes](https://example.org/report), The King's Fund, 2011, pages 21 to 22." in more(one)
    assert "-# Part: Shared leadership" in more(one)
    assert f"-# Series: Ward talk{NUMBER.format(number=3)}" in more(one)


@given(st.text(max_size=900))
@settings(max_examples=examples(100), deadline=None)
def test_a_shortened_passage_is_the_start_of_it_and_has_no_more_words_than_a_phone_shows(words: str) -> None:
    shown = shorten_passage(words)
    assert words.startswith(shown.removesuffix(" …"))
    assert len(shown.removesuffix(" …").split()) <= SHOWN_WORDS
    assert (shown == words) == (len(words.split()) <= SHOWN_WORDS)


@pytest.mark.parametrize("ending", ["at 07:15 on the ward", "for approx. 30 people", "e.g. Mrs. Hall", "of 3.5 hours"])
def test_a_passage_is_not_cut_after_a_point_that_ends_no_sentence(ending: str) -> None:
    shown = shorten_passage(f"{'word ' * 30}came to an end. {'Later ' * 6}{ending} {'and so on ' * 10}")
    assert shown == f"{'word ' * 30}came to an end. …"


def test_a_card_says_how_many_have_written_once_five_have() -> None:
    assert WRITERS.format(count=12) in text(prompt(), writers=12)
    assert WRITERS.format(count=5) in text(prompt(), writers=5)
    assert "have written" not in text(prompt(), writers=4)


def test_a_card_names_the_day_by_which_the_board_answers_and_leads_to_what_it_answered_before() -> None:
    shown = text(prompt(replace(WORDING, answer_days=30)), answers="https://discord.com/channels/1/2/3")
    assert ANSWER_BY.format(date="18 April 2026") in shown
    assert LAST_TIME.format(address="https://discord.com/channels/1/2/3") in shown
    assert "board" not in text(prompt())


def test_a_late_card_and_a_closed_one_say_so() -> None:
    assert LATE in text(prompt(late=True))
    closed = text(prompt(state=PromptState.CLOSED))
    assert CLOSED in closed
    assert "19 Mar" not in closed
    assert REPLY_PRIVATELY not in str(shown_parts(prompt(state=PromptState.CLOSED)))


def test_the_buttons_carry_the_claim_and_are_off_in_a_preview() -> None:
    live, shown = (
        [part for part in shown_parts(prompt(shows_others=True), preview=preview) if part["type"] == 2]
        for preview in (False, True)
    )

    claim = "0123456789abcdef"
    carried = [f"{name}:{claim}" for name in ("reply", "private", "others")]
    assert [button["custom_id"] for button in live] == [*carried, "contacts", f"more:{claim}"]
    labels = ["Reply", "Reply privately", "What others said", "Get help", "More"]
    assert [button["label"] for button in live] == labels
    assert not any(button["disabled"] for button in live)
    assert all(button["disabled"] for button in shown)


def test_the_longest_wording_fits() -> None:
    one = prompt(replace(LONGEST, answer_days=180), late=True)
    facts: dict[str, Any] = {"writers": 99_999, "answers": "https://discord.com/channels/" + "9" * 60}
    components = shown_parts(one, **facts)

    assert len(text(one, **facts)) <= CARD_CHARACTERS
    assert len(components) <= CARD_COMPONENTS
    assert len(more(one)) + len(describe_use_shortly(GuildSettings(1))) <= CARD_CHARACTERS


def test_what_is_too_long_once_escaped_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(UserError, match=TOO_LONG):
        prompt_card(prompt(replace(WORDING, text="*" * 1800, question="_" * 300)), CardFacts("Europe/London"))


@given(st.text(max_size=200), st.text(max_size=100), st.text(max_size=100))
@settings(max_examples=examples(60), deadline=None)
def test_no_words_of_a_report_format_the_card_or_mention_anybody(words: str, question: str, title: str) -> None:
    hostile = f"{words} <@123456789012345678> [a](https://evil.example) @everyone ||b||"
    one = prompt(replace(WORDING, text=hostile, question=question + hostile, series_title=title + hostile))
    shown = text(one) + more(one)

    assert "<@123456789012345678>" not in shown.replace("\\<@", "")
    assert "@everyone" not in shown
    assert "[a](https" not in shown.replace("\\[a\\]", "")
    assert "||b" not in shown.replace("\\|", "")


def test_a_passage_of_emoji_that_discord_would_refuse_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match=TOO_LONG):
        prompt_card(prompt(replace(WORDING, text="🙂" * 1800, question="🙂" * 300)), CardFacts("Europe/London"))
