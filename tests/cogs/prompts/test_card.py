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
from bot.prompts.texts import CARD_CHARACTERS, CARD_COMPONENTS, LIMITS, TOO_LONG
from cogs.prompts.card import (
    CLOSED,
    ITS_WORDS,
    LATE,
    NO_PATIENTS,
    NUMBER,
    OPEN_UNTIL,
    OUR_SUMMARY,
    REPLY_PRIVATELY,
    WHO_SEES,
    prompt_card,
)
from tests.examples import examples
from tests.wording import says

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
    made = Prompt(1, 2, 3, "0123456789abcdef", PromptState.OPEN, wording, NOW, NOW + timedelta(days=14))
    return replace(made, **changed)


def parts(component: Any) -> list[dict[str, Any]]:
    """Every component below one, as Discord counts them."""
    return [part for child in component.get("components", ()) for part in (child, *parts(child))]


def shown_parts(one: Prompt, *, preview: bool = False) -> list[dict[str, Any]]:
    """Every component of a prompt's card."""
    view: Any = prompt_card(one, "Europe/London", preview=preview)
    return parts({"components": view.to_components()})


def text(one: Prompt) -> str:
    """All that a card says."""
    return "\n".join(part["content"] for part in shown_parts(one) if "content" in part)


def test_the_reports_words_stand_in_quotation_marks_and_ours_do_not() -> None:
    assert f"{ITS_WORDS}\n> “Leaders exist at all levels.\n> They need time.”" in text(prompt())
    ours = text(prompt(replace(WORDING, own_words=True)))
    assert f"{OUR_SUMMARY}\n> Leaders exist at all levels.\n> They need time." in ours
    assert "“" not in ours


def test_a_card_names_series_source_place_and_closing_date() -> None:
    shown = text(prompt())

    assert f"**Ward talk{NUMBER.format(number=3)}**" in shown
    assert "[No more heroes](https://example.org/report), The King's Fund, 2011, pages 21 to 22." in shown
    assert "### Where do you see leadership on your ward?" in shown
    assert OPEN_UNTIL.format(date="19 March 2026 (<t:1773910800:R>)") in shown
    assert NO_PATIENTS in shown
    assert WHO_SEES in shown


def test_a_card_without_a_series_starts_with_the_passage() -> None:
    assert text(prompt(replace(WORDING, series_title="", number=None))).startswith(ITS_WORDS)


def test_a_late_card_and_a_closed_one_say_so() -> None:
    assert LATE in text(prompt(late=True))
    closed = text(prompt(state=PromptState.CLOSED))
    assert CLOSED in closed
    assert not says(closed, OPEN_UNTIL)
    assert REPLY_PRIVATELY not in str(shown_parts(prompt(state=PromptState.CLOSED)))


def test_the_buttons_carry_the_claim_and_are_off_in_a_preview() -> None:
    live, shown = (
        [part for part in shown_parts(prompt(), preview=preview) if part["type"] == 2] for preview in (False, True)
    )

    claim = "0123456789abcdef"
    carried = [f"{name}:{claim}" for name in ("reply", "private", "reply-about")]
    assert [button["custom_id"] for button in live] == [*carried, "contacts"]
    labels = ["Reply", "Reply privately", "How your words are used", "Who to speak to"]
    assert [button["label"] for button in live] == labels
    assert not any(button["disabled"] for button in live)
    assert all(button["disabled"] for button in shown)


def test_the_longest_wording_fits() -> None:
    one = prompt(LONGEST, late=True)
    components = shown_parts(one)

    assert len(text(one)) <= CARD_CHARACTERS
    assert len(components) <= CARD_COMPONENTS


def test_what_is_too_long_once_escaped_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(UserError, match=TOO_LONG):
        prompt_card(prompt(replace(WORDING, text="*" * 1800, question="_" * 300)), "Europe/London")


@given(st.text(max_size=200), st.text(max_size=100), st.text(max_size=100))
@settings(max_examples=examples(60), deadline=None)
def test_no_words_of_a_report_format_the_card_or_mention_anybody(words: str, question: str, title: str) -> None:
    hostile = f"{words} <@123456789012345678> [a](https://evil.example) @everyone ||b||"
    shown = text(prompt(replace(WORDING, text=hostile, question=question + hostile, series_title=title + hostile)))

    assert "<@123456789012345678>" not in shown.replace("\\<@", "")
    assert "@everyone" not in shown
    assert "[a](https" not in shown.replace("\\[a\\]", "")
    assert "||b" not in shown.replace("\\|", "")


def test_a_passage_of_emoji_that_discord_would_refuse_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match=TOO_LONG):
        prompt_card(prompt(replace(WORDING, text="🙂" * 1800, question="🙂" * 300)), "Europe/London")
