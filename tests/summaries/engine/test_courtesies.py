"""What is no point: greetings, leave-takings, talk about the thread, contact details, and marks of what was removed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.summaries import Summary
from bot.summaries import summarise
from bot.summaries.engine.courtesies import has_matter, is_agreement, is_courtesy, is_no_point
from tests.summaries.threads import SENTENCES, thread

LATE = "The rota comes out too late to plan childcare."
PLAIN = (
    "The canteen shuts at seven each evening",
    "Parking takes an hour of pay every week",
    "Nobody told the porters that the clinic moved",
    "The canteen closes before the night staff come",
)
MARKS = ("[phone number removed]", "[email address removed]", "[name removed]", "[date of birth removed]")


def told(summary: Summary) -> list[str]:
    """Everything that a summary puts forward as said."""
    return [
        *(point.statement for point in (*summary.points, *summary.voices)),
        *(quote.text for point in summary.points for quote in (*point.quotes, *point.possible)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("Thanks everyone!", "Hi all", "Good morning", "Great post", "Well said", "lol", "Cheers.", "Kind regards"),
        *("Take care", "Bore da pawb", "Morning all, thanks for this", "Thank you so much for raising this"),
        *("See you at the leaving do on Friday", "We're having a whip-round for the porter on nights"),
        *("There is cake in the kitchen for everybody", "Bring a fork and sign the card"),
        *("Created an attachment", "Created an attachment (id=47)", "Sent from my iPhone", "Wrong thread, ignore that"),
        *("Changing the subject for a minute", "Sorry for the long rant here", "I'll kick us off then"),
        *("Ring me on extension 4471", "Drop me a line any time", "Get in touch with me after the weekend"),
        *("Ring me on [phone number removed]", "Email me at [email address removed] if you want to hear more"),
        *MARKS,
    ],
)
def test_what_is_said_in_passing_is_no_point_however_many_say_it(text: str) -> None:
    summary = summarise(thread(text, text, LATE))
    assert set(told(summary)) == {LATE, LATE.rstrip(".")}


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_what_was_removed_is_no_matter_and_makes_nobody_alike(mark: str) -> None:
    assert not has_matter(mark)
    assert not has_matter(f"It is {mark}, so it is.")
    marked, plain = (
        summarise(thread(*(f"{text} {end}".strip() for text in PLAIN), f"{LATE} {mark}.")) for end in (mark, "")
    )
    assert {point.total for point in (*marked.points, *marked.voices)} == {1}
    assert _groups(marked) == _groups(plain) == {frozenset({"m1", "m4"})}


def _groups(summary: Summary) -> set[frozenset[str]]:
    return {
        frozenset(quote.message for quote in (*point.quotes, *point.group)) for point in summary.points if point.group
    }


@pytest.mark.parametrize("mark", MARKS)
def test_words_around_a_mark_are_read(mark: str) -> None:
    text = f"The night porters {mark} have nowhere to sit down and eat."
    assert told(summarise(thread(text)))[0] == text.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks to the new rota we see our children again.",
        "Hello all, the lifts are broken again.",
        "The phone rings all night and nobody picks it up.",
        "We ring the bed manager four times a shift.",
        "The leaving of one nurse broke our rota.",
        "Welcome packs for new starters are two years out of date.",
        "The cake shop in the foyer costs more than the canteen.",
        "Night staff get biscuits and no supper at all.",
        "We still wash patients with water from kettles.",
    ],
)
def test_matter_that_only_looks_like_a_courtesy_is_told(text: str) -> None:
    assert any(statement in text for statement in told(summarise(thread(text))))


@pytest.mark.parametrize("text", ["Same here", "+1", "Totally agree with this", "I couldn't agree more", "Us too"])
def test_a_message_that_only_agrees_is_known(text: str) -> None:
    assert is_agreement(text)
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text", ["Same here, but only on nights", "I don't agree", "Yes, the lifts are broken", "Yes?"]
)
def test_a_message_that_says_more_is_not_agreement_alone(text: str) -> None:
    assert not is_agreement(text)


@given(st.text(max_size=200) | st.sampled_from(SENTENCES))
def test_any_text_is_judged_the_same_every_time(text: str) -> None:
    judged = has_matter(text), is_courtesy(text), is_agreement(text), is_no_point(text)
    assert judged == (has_matter(text), is_courtesy(text), is_agreement(text), is_no_point(text))
