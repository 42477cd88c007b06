"""The cues of care see most words about a risk, leave staff talk alone, and nothing makes the look run away."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.risk_cues import labelled, scores
from bot.models.settings import Contact, GuildSettings
from bot.replies.risk_cues import CUES, Risk
from bot.replies.risk_signposting import care_lines, find_risks

LABELLED = labelled(held_out=False) + labelled(held_out=True)
SET = GuildSettings(
    1,
    contacts={
        Contact.SPEAK_UP: "Sam <@1> **Okoro**, extension 4321",
        Contact.SAFEGUARDING: "safe@riverside.example",
        Contact.COMPLAINTS: "complaints@riverside.example",
    },
)
REFERENCE = Path(__file__).parents[2] / "docs" / "reference.md"


def test_there_are_a_hundred_and_twenty_sentences_half_of_them_about_a_risk_and_a_third_held_out() -> None:
    about = [row for row in LABELLED if row["risk"]]

    assert len(LABELLED) >= 120
    assert 0.4 <= len(about) / len(LABELLED) <= 0.6
    assert {row["risk"] for row in about} == set(Risk)
    assert len(labelled(held_out=True)) / len(LABELLED) >= 0.3


@pytest.mark.parametrize(("held_out", "recall"), [(False, 0.95), (True, 0.8)])
def test_most_risks_are_seen_and_few_of_those_seen_are_none(held_out: bool, recall: float) -> None:
    found = scores(labelled(held_out=held_out))

    assert found.recall >= recall
    assert found.precision >= 0.9


@pytest.mark.parametrize("risk", list(Risk))
def test_every_cue_is_seen_in_its_own_words(risk: Risk) -> None:
    for cue in CUES[risk]:
        shortest = " ".join(part.split("/")[0] for part in cue.split() if part != "…")
        longest = " ".join("so very much" if part == "…" else part.split("/")[-1] for part in cue.split())
        assert risk in find_risks(f"Well, {shortest.upper()}!"), cue
        assert risk in find_risks(f"well {longest.replace(' ', '-')}"), cue


def test_the_cues_are_published_word_for_word() -> None:
    page = re.sub(r"\s+", " ", REFERENCE.read_text(encoding="utf-8"))

    assert [cue for cues in CUES.values() for cue in cues if f"- {cue} " not in page] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I don’t want to live", {Risk.SELF_HARM}),
        ("I DONT WANT TO LIVE.", {Risk.SELF_HARM}),
        ("patients left alone. The floor is wet", {Risk.PATIENT_SAFETY}),
        ("patients left. The floor is wet", set()),
        ("they did not stop bullying me", {Risk.BULLYING}),
        ("nobody was bullied", set()),
        ("bullying and harassment training", set()),
        ("", set()),
    ],
)
def test_a_cue_is_one_phrase_of_one_sentence_however_it_is_typed(text: str, found: set[Risk]) -> None:
    assert find_risks(text) == found


def test_its_author_is_shown_the_contacts_for_concerns_with_nothing_to_act_on() -> None:
    told = care_lines(SET, "My manager bullies me.")

    assert "This bot can’t report a concern for you" in told
    assert "It has told nobody" in told
    assert "- Freedom to Speak Up guardian: Sam \\<@1> \\*\\*Okoro\\*\\*, extension 4321" in told
    assert "- Safeguarding: safe@riverside.example\n" in told
    assert told.endswith("\n\n**If someone is in danger now, call 999.**")
    assert "complaints" not in told.lower()
    assert "Samaritans" not in told
    assert "Samaritans" in care_lines(SET, "I want to die.")


def test_where_no_contact_is_set_the_general_ways_are_named() -> None:
    told = care_lines(GuildSettings(1), "My manager bullies me.")

    assert "Ask a facilitator" in told
    assert "Freedom to Speak Up guardian" in told


def test_words_without_a_cue_get_no_answer() -> None:
    assert care_lines(SET, "The rota is killing us.") == ""


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert find_risks(text) == find_risks(text)
    assert bool(care_lines(SET, text)) == bool(find_risks(text))


@pytest.mark.parametrize(
    "part",
    ["i want to ", "bullying and ", "patients left in ", "my self i ", ". ", "’", "missed dose missed ", "a" * 50],
)
@pytest.mark.sampled(2)
def test_hostile_text_takes_time_in_step_with_its_length(part: str) -> None:
    def seconds(length: int) -> float:
        text = part * (length // len(part))
        began = time.process_time()
        find_risks(text)
        return time.process_time() - began

    least = min(seconds(10_000) for _ in range(3))
    assert min(seconds(100_000) for _ in range(3)) <= 40 * least + 0.05
