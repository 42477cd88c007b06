"""No cell of a table is taken for a formula, whatever stands before the sign and however the sign is written."""

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.spreadsheet import safe_cell, write_csv

SIGNS = "=+-@|%\u2212\uff1d\uff0b\uff0d\uff20\uff5c\uff05\ufe66\ufe62\ufe63\ufe6b\ufe6a\u207c\u207a\u207b\u208c\u208b"
UNSEEN = (
    "\t\n\r\v\f\0\x1b\x7f\x85\xa0\xad\u034f\u061c\u115f\u1680\u180e\u2003\u200b\u200e\u202e\u2028\u2060\u2066\u2800"
)
MORE_UNSEEN = "\u3000\u3164\ufe0f\ufeff\uffa0\U000e0041 \"'"
FORMULAS = [
    "\t=1",
    "\ufeff=1",
    "\u22121",
    "\uff1b=1",
    "\uff1d1",
    "=\u03381",
    "a;=1",
    "a\uff1b\u200b=1",
    "a\t=1",
    "a;\u22121",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_the_known_ways_round_the_mark_are_closed(text: str) -> None:
    at = next(place for place, char in enumerate(text) if char in SIGNS)
    assert "'" in safe_cell(text)[: at + 1]


@pytest.mark.parametrize(
    "text", ["", "Rest", "“More – please”", "hello; wait", "9 - 5", "a=b", "– a dash", "\ufe0f", "à; è"]
)
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(UNSEEN + MORE_UNSEEN, max_size=8), st.sampled_from(SIGNS), st.text(max_size=8))
@example("", "=", "\u0338")
def test_what_is_not_seen_hides_no_sign_at_the_start(unseen: str, sign: str, rest: str) -> None:
    assert safe_cell(f"{unseen}{sign}{rest}").startswith("'")


@given(
    st.text(max_size=8),
    st.sampled_from(";\uff1b\u037e\t"),
    st.text(UNSEEN + MORE_UNSEEN, max_size=8),
    st.sampled_from(sorted(set(SIGNS) - set("|%\uff5c\uff05\ufe6a"))),
    st.text(max_size=8),
)
def test_nor_behind_what_some_spreadsheets_separate_cells_by(
    before: str, separator: str, unseen: str, sign: str, rest: str
) -> None:
    safe = safe_cell(f"{before}{separator}{unseen}{sign}{rest}")
    assert f"'{sign}" in safe


@given(st.text(max_size=40) | st.text(SIGNS + UNSEEN + ";a", max_size=40))
def test_only_marks_are_added_and_the_first_visible_sign_is_never_bare(text: str) -> None:
    safe = safe_cell(text)
    letters = iter(safe)
    assert all(char in letters for char in text)
    assert set(safe) <= {*text, "'"}
    seen = next((char for char in safe if not char.isspace() and unicodedata.category(char)[0] != "C"), "")
    assert seen not in SIGNS or not seen


def test_the_worst_cell_takes_linear_time_and_a_table_comes_back_whole() -> None:
    for worst in ("\u200b" * 200_000 + "=", ";\u200b" * 100_000 + "=", "; '\"" * 50_000):
        assert len(safe_cell(worst)) <= 2 * len(worst)
    table = write_csv([["\t=1", "two\nlines"], ["\u2212", ""]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(table, newline=""))) == [["'\t'=1", "two\nlines"], ["'\u2212", ""]]
