"""Cuts of long paragraphs: between sentences or words, and never inside what belongs together."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library.split import cut_passage, split_sentences
from bot.text.unbroken import find_sentence_ends, find_unbroken
from tests.examples import examples
from tests.library.documents import WORDS, paragraph

WHOLE = (
    *("07:15", "7.15 am", "10–12", "24/7", "2:1", "£1,500,000", "3.5 million", "1 500 000", "5 per cent", "€ 6"),
    *("https://example.org/a:b,c;d/e?f=g", "www.nhs.uk/rest", "j.smith@example.org", "020 7946 0018", "SW1A 2AA"),
    *("14 Cavendish Square, London W1G 0AN", "Dr. Smith", "Mrs Jones", "J. R. Smith", "St. Thomas", "e.g. bread"),
    *("i.e. none", "Fig. 3", "pp. 12–14", "No. 10", "approx. 40", "page 12", "Chapter IV", "Ward 7", "vs. days"),
    *("£1.5 m", "Art. 5", "Reg. 12(3)", "Sch. 2", "n = 120", "p < 0.05", "95% CI", "2 hrs. 30", "3 to 5 days"),
    *(
        "10 a.m. GMT",
        "1.5 WTE",
        "[2019] EWHC 606",
        "ref. RX1/2",
        "incl. J. R. Smith",
        "eds. Hill",
        "Rt. Hon. Lord Shah",
    ),
    *("12 May 2024", "May 2024", "3rd June", "U.S. staff", "Recommendation 8", "para. 6"),
)


@st.composite
def long_paragraphs(draw: st.DrawFn) -> str:
    """More words than fit, in one sentence or in many, with something in every few that may not be cut."""
    draws = draw(st.lists(st.tuples(st.sampled_from(WHOLE), st.integers(1, 7)), min_size=70, max_size=90))
    ends = draw(st.sampled_from([" ", ", ", "; ", ". The "]))
    return "We saw " + ends.join(f"{' '.join(WORDS[:count])} {whole} in" for whole, count in draws) + " all."


@settings(max_examples=examples(40), deadline=None)
@given(long_paragraphs())
def test_no_cut_falls_into_what_belongs_together(text: str) -> None:
    pieces = cut_passage(text)
    assert len(pieces) > 1
    assert "".join("".join(pieces).split()) == "".join(text.split())
    end = 0
    for piece in pieces[:-1]:
        end = text.index(piece, end) + len(piece)
        for whole in WHOLE:
            start = text.find(whole, max(0, end - len(whole)), end + len(whole))
            assert not 0 <= start < end < start + len(whole), text[end - 20 : end + 20]


@pytest.mark.parametrize("whole", WHOLE)
def test_no_sentence_ends_inside_what_belongs_together(whole: str) -> None:
    text = f"The night team came to {whole} and then told us more. They left."
    parts = split_sentences(text)
    assert "".join(parts) == text
    assert len(parts) == 2
    assert find_sentence_ends(text) == [text.index(" They left")]


SENTENCES = (Path(__file__).parent / "sentence_ends.txt").read_text("utf-8").splitlines()
"""Times, money, citations, titles, quotations and other languages, with "¦" where one sentence ends before another."""


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end_where_people_end_them(marked: str) -> None:
    parts = marked.split("¦")
    assert [part.strip() for part in split_sentences("".join(parts))] == [part.strip() for part in parts]


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=12, max_size=30))
def test_long_texts_of_such_sentences_are_cut_only_at_their_ends(chosen: list[str]) -> None:
    text = " ".join(line.replace("¦", "") for line in chosen)
    whole = {part.strip() for line in chosen for part in line.split("¦")}
    for piece in cut_passage(text):
        assert any(piece.endswith(part) for part in whole), piece[-40:]


def test_a_long_sentence_is_cut_at_a_space_before_a_time() -> None:
    told = "the sheet was read aloud and " * 25
    pieces = cut_passage(
        f"We asked the teams and {told}it was read at 07:15 in the morning and {told}it cost £1,500,000 in all."
    )
    assert len(pieces) > 1
    assert sum("07:15" in piece for piece in pieces) == 1
    assert sum("£1,500,000" in piece for piece in pieces) == 1


def test_real_ends_of_sentences_are_still_found() -> None:
    text = "They had bread, fruit etc. We came at 9. Nobody knew. It was No. She left at 7 p.m. The rest stayed."
    assert len(split_sentences(text)) >= 5


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a-",
        "A.",
        "1,",
        "1 ",
        "a@",
        "Aa ",
        "1.",
        " ",
        "12 Aa ",
        "(1",
        "e.g. ",
        "© 1 ",
        "no. ",
        "Dr. ",
        "1. A ",
        "x. y. ",
        "A. ",
        "?” I ",
    ],
)
@pytest.mark.sampled(6)
def test_no_text_makes_the_search_slow(unit: str) -> None:
    begun = time.process_time()
    find_unbroken(unit * 2_000)
    short = time.process_time() - begun
    begun = time.process_time()
    find_unbroken(unit * 20_000)
    assert time.process_time() - begun < max(0.5, short * 40)


def test_a_numbered_paragraph_is_cut_between_its_sentences() -> None:
    whole = f"(58) {paragraph(1, 20)}"
    assert "".join(split_sentences(whole)) == whole
    assert len(split_sentences(whole)) >= 20
