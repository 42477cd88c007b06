"""No heading names a colleague or a patient; what they said is still read, counted and quoted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.summaries import Summary, SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from bot.summaries.engine.names import Names
from tests.examples import examples
from tests.summaries.threads import SENTENCES, threads

ALL = SummaryOptions(max_points=100, budget_words=2_000)
SAID = (
    "We asked zorblatt about the rota, and the matron will come on Monday.",
    "Hope is not a plan, and we may need a bill for it.",
)
KNOWN = ("Zed Quill", "Will", "Grace H", "matron on nights", "Jo")
NAMES = Names(SAID, KNOWN)


def headings(summary: Summary) -> list[str]:
    return [point.statement for point in (*summary.points, *summary.voices)]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Llewellyn waited four hours for a bed",
        "mr okonkwo-bright fell on the stairs",
        "Sister Bernard knows where the keys are",
        "Ask Dr. Adeyemi about the clinic",
        "Clive, the lift is broken again",
        "Zed, the lift is broken again",
        "<@123456789012345678> has the keys to the store",
        "I told Tregarthen about the lift",
        "we put Tregarthen's name on the list",
        "priya and kev do it all by themselves",
        "Clive does the bins on his own",
        "it was quill who found the forms",
        "I asked Will about the forms",
        "ask @kev about it",
    ],
)
def test_a_name_is_seen(text: str) -> None:
    assert Names((*SAID, text), KNOWN).holds_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "The matron told us nothing about the move",
        "Matron said nothing about the move",
        "the sister in charge has the keys",
        "On Monday the NHS sent us Datix forms in Welsh",
        "Will we get the rota before May",
        "it will not help and nobody may say so",
        "That is a bill of hope",
        "A doctor from Theatre came on Christmas Day",
        "GP letters go by post. They take a week",
        "nights on the ward are long",
    ],
)
def test_what_is_no_name_is_none(text: str) -> None:
    assert not NAMES.holds_name(text)


def test_a_capital_that_the_thread_also_writes_small_is_a_word() -> None:
    assert Names(["Ask Bursar first."]).holds_name("Ask Bursar first")
    assert not Names(["Ask Bursar first.", "the bursar is away"]).holds_name("Ask Bursar first")


def test_another_clause_that_names_nobody_becomes_the_heading() -> None:
    sentence = (
        "Tregarthen from estates has promised us a new boiler every winter since I came here, and we have "
        "to wash patients with kettles that we carry up two floors"
    )
    said = Thread("t", "", (Message("1", "a", sentence), Message("2", "b", "> I asked Tregarthen.")))
    summary = summarise(said)
    assert headings(summary) == ["we have to wash patients with kettles that we carry up two floors"]
    assert summary.points[0].quotes[0].text == sentence


def test_a_statement_without_such_a_clause_heads_nothing_and_stays_in_the_running_text() -> None:
    named = "At night Tregarthen never answers the bleep."
    said = Thread(
        "t",
        "",
        (
            Message("1", "a", named),
            Message("2", "b", "The lifts are broken again."),
        ),
    )
    summary = summarise(said)
    assert headings(summary) == ["The lifts are broken again"]
    assert named in summary.text
    assert summary.coverage.read == 2


def test_names_that_the_caller_knows_are_seen_in_any_spelling_and_are_not_kept() -> None:
    messages = (
        Message("1", "a", "quill left the medicine room open again last night."),
        Message("2", "b", "The medicine room door does not lock any more."),
    )
    assert "quill left" in " ".join(headings(summarise(Thread("t", "", messages))))
    known = summarise(Thread("t", "", messages, names=("Zed QUILL",)))
    assert headings(known) == ["The medicine room door does not lock any more"]
    assert "Zed" not in repr(known)


@settings(max_examples=examples(60), deadline=None)
@given(threads(8), st.data())
def test_no_heading_ever_holds_a_known_authors_name_and_the_summary_stays_sound(
    said: Thread, data: st.DataObject
) -> None:
    names = data.draw(st.lists(st.sampled_from(["Zorblatt", "Quillfeather", "Marrowby"]), min_size=1, unique=True))
    texts = st.sampled_from(
        SENTENCES + tuple(f"{name} says that nobody reads the forms, {name} knows." for name in names)
    )
    more = tuple(Message(f"n{number}", name, data.draw(texts) + f" {name}!") for number, name in enumerate(names))
    told = Thread(said.id, said.prompt, (*said.messages, *more), names=tuple(names))
    summary = summarise(told, ALL)
    assert not [heading for heading in headings(summary) for name in names if name.casefold() in heading.casefold()]
    assert check_summary(summary, told, most_points=100) == ()
    assert summary.coverage == summarise(Thread(told.id, told.prompt, told.messages), ALL).coverage
