"""Words in pictures: what the font can show stays, the rest is said to be missing, and lines fit."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import features

from bot.render.font import CUT, UNSHOWN, Font, load_font

ARABIC, HEBREW = "هل يستمع أحد إلى ما نقوله", "אף אחד לא מקשיב לנו"
NEEDS_FRIBIDI = pytest.mark.skipif(not features.check("raqm"), reason="writing from right to left needs FriBiDi")


@pytest.mark.parametrize(
    "words",
    [
        "Mae angen mwy o amser: ŵy, tŷ, ŷd, â ê î ô û ï, Ŵ Ŷ Ẃ ẁ",
        "Zażółć gęślą jaźń – „tak” «nie»",
        "Șansă, ţară, čeština, ğ ı İ ş, ñ ¿ ¡, ß, æ ø å, tiếng Việt",
        "Чакаємо 3 години; Ελληνικά",
        "“It’s ‘fine’” — £5 & €6, 50% • → ✓ ✗ ≥ ½ °C … # @ ★ ❤",
    ],
)
def test_letters_and_signs_that_staff_write_are_shown(words: str) -> None:
    assert load_font(31).replace_missing(words) == words
    assert load_font(37, bold=True).replace_missing(words) == words


def test_letters_sent_apart_from_their_accents_are_shown_as_one() -> None:
    assert load_font(31).replace_missing(unicodedata.normalize("NFD", "tŷ ŵy")) == "tŷ ŵy"


def test_words_in_letters_that_the_font_lacks_are_said_to_be_missing() -> None:
    font = load_font(31)
    assert font.replace_missing("病棟には看護師が足りません") == UNSHOWN
    assert font.replace_missing("Thank you 🙂 all") == "Thank you … all"
    assert font.replace_missing("Lone \ud800 half") == "Lone … half"


def test_a_sign_made_of_several_becomes_one_gap() -> None:
    assert load_font(31).replace_missing("Thank you 👩🏽‍⚕️ all") == "Thank you … all"


@NEEDS_FRIBIDI
@pytest.mark.parametrize("words", [ARABIC, HEBREW])
def test_writing_from_right_to_left_is_shown_where_it_can_be_laid_out(words: str) -> None:
    assert load_font(31).replace_missing(words) == words


@pytest.mark.parametrize("words", [ARABIC, HEBREW])
def test_writing_from_right_to_left_is_said_to_be_missing_where_it_cannot_be_laid_out(words: str) -> None:
    font = Font(31, right_to_left=False)
    assert font.replace_missing(words) == UNSHOWN
    assert font.replace_missing("They said שלום on the ward") == "They said … on the ward"
    assert font.width("Nights") > 0


def test_a_line_is_cut_where_it_would_leave_the_paper() -> None:
    font = load_font(31)
    lines = font.wrap("word " * 200, 500, 2)
    assert len(lines) == 2
    assert lines[1].endswith(CUT)
    assert all(font.width(line) <= 500 for line in lines)


def test_a_cut_comes_behind_a_whole_word() -> None:
    font = load_font(31)
    words = [
        "It",
        "would",
        "help",
        "if",
        "somebody",
        "had",
        "the",
        "time",
        "to",
        "sit",
        "down",
        "with",
        "each",
        "of",
        "us",
    ]
    for width in range(300, 900, 7):
        (line,) = font.wrap(" ".join(words), width, 1)
        assert line.removesuffix(CUT).split() == words[: len(line.split())], line


def test_a_word_longer_than_a_line_begins_beside_the_words_before_it() -> None:
    lines = load_font(31).wrap("2. “" + "x" * 300, 900, 2)
    assert lines[0].startswith("2. “xxx")


@given(st.text(max_size=500), st.integers(60, 912), st.integers(1, 3))
def test_no_words_make_a_line_wider_than_its_room(text: str, width: int, most: int) -> None:
    font = load_font(31)
    lines = font.wrap(font.replace_missing(text), width, most)
    assert len(lines) <= most
    assert all(font.width(line) <= width for line in lines)
