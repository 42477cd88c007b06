"""What people type to search for, and which texts meet it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.search import MOST_TERMS, find_place, make_patterns, match, read_search


def rank(words: str, *texts: str) -> int | None:
    return match(read_search(words), texts)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("leaders", "Each leader was asked."),
        ("leader", "Their leadership was weak."),
        ("policies", "One policy is enough."),
        ("policy", "There are policies for it."),
        ("training", "They were not trained."),
        ("trained", "Training was cut."),
        ("planning", "A plan was made."),
        ("making", "They make do."),
        ("nurses", "Nursing is hard."),
        ("staffing", "Staff were short."),
        ("children", "One child waited."),
        ("women", "A woman said so."),
        ("nurse's", "Nurses said so."),
        ("organisation", "Organizations differ."),
        ("organize", "It was badly organised."),
    ],
)
def test_other_forms_of_a_word_are_found_too(typed: str, held: str) -> None:
    assert rank(typed, held) is not None


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("training", "They had to constrain it."),
        ("planning", "The aeroplane was late."),
        ("caring", "The car was late."),
        ("policies", "The police came."),
        ("meeting", "It was a means."),
    ],
)
def test_a_form_is_found_at_the_start_of_a_word_alone_and_no_other_word_is_one(typed: str, other: str) -> None:
    assert rank(typed, other) is None


def test_words_as_typed_come_before_their_other_forms_and_part_of_a_word_is_enough() -> None:
    assert rank("boards", "Boards listen.") == 0
    assert rank("boards", "A board listens.") == 1
    assert rank("rust", "Trust") == 0


@pytest.mark.parametrize("quotation", ['"safe staffing"', "“safe staffing”", '"Safe  Staffing"', '"safe staffing'])
def test_a_phrase_is_found_as_a_whole_also_over_a_line_end(quotation: str) -> None:
    assert rank(quotation, "They need safe\nstaffing now.") == 0


def test_words_of_a_phrase_that_are_apart_are_not_that_phrase() -> None:
    assert rank('"safe staffing"', "Staffing is not safe.") is None
    assert rank("safe staffing", "Staffing is not safe.") == 0


@pytest.mark.parametrize("typed", ["dŵr", "dwr", "DŴR", "dw\u0302r"])
def test_welsh_letters_are_found_with_and_without_their_accents(typed: str) -> None:
    assert rank(typed, "Mae’r DŴR yn oer.") == 0
    assert rank(typed, "Dwr ydyw.") == 0


@pytest.mark.parametrize(
    ("typed", "held", "missed"),
    [
        ("nurses OR doctors", "A doctor came.", "A porter came."),
        ("nurses AND doctors", "Nurses and a doctor came.", "A doctor came."),
        ("staff NOT agency", "Staff came.", "Agency staff came."),
        ("staff -agency", "Staff came.", "Staff of agencies came."),
        ("staff*", "Staffing fell.", "Nobody came."),
        ("organi*ation", "An organization.", "An organ, and a nation."),
        ("100%", "It is 100% so.", "It is 1000 of them."),
        ("_", "snake_case", "Nothing"),
        ("(staffing), [wards]!", "Staffing on wards.", "Wards."),
        ("what next?", "What comes next.", "What now."),
        ("staff AND", "Staff and others.", "Staff alone."),
        ("-staff", "Staff came.", "Nobody came."),
        ("OR", "For all.", "He is in."),
        ("don't self-care", "They don’t: self–care.", "They do: care."),
    ],
)
def test_what_people_type_as_operators_and_wildcards_does_what_they_mean(typed: str, held: str, missed: str) -> None:
    assert rank(typed, held) is not None
    assert rank(typed, missed) is None


@pytest.mark.parametrize("typed", ["", " ", "*", '""', '"', "-", "--", "* *", "...", "\0", "\ud800", "“”"])
def test_what_holds_no_words_looks_for_nothing(typed: str) -> None:
    assert read_search(typed) == ()


def test_words_may_be_in_the_heading_and_in_the_text_and_no_more_than_eight_are_looked_for() -> None:
    assert rank("levels leaders", "Leaders exist.", "Levels") == 0
    assert len(read_search("a b c d e f g h i j")) == MOST_TERMS


@pytest.mark.parametrize("typed", ["a" * 4000, "*" * 4000, "a*" * 29 + "b", "(a+)+$", '"' * 999, "[" * 999, "-" * 999])
def test_hostile_words_are_read_and_matched_at_once(typed: str) -> None:
    assert rank(typed[:60], "a" * 1800 + " " + "aaab " * 300) in (0, 1, None)
    assert read_search(typed) is not None


def test_a_place_is_found_in_the_line_as_it_is_written() -> None:
    line = "Yn yr ŵyl, “Plans – made”"
    assert line[find_place(read_search("planning"), line) or 0 :].startswith("Plans")
    assert find_place(read_search("zebra -yn"), line) is None


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_can_be_searched_for_in_any_text(typed: str, text: str) -> None:
    terms = read_search(typed)

    assert match(terms, [text]) in (0, 1, None)
    assert all(make_patterns(term) for term in terms)
