"""Paths of headings where room is short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.headings import part_path, shorten_heading, shorten_path

SEMINAR = "An introduction to the factors that influence how people travel (Dr Jillian Anable)"


@pytest.mark.parametrize(
    ("path", "most", "shown"),
    [
        ("Part A > Access > Rules", 30, "Part A > Access > Rules"),
        ("Part A > Access for all > Who decides > Rules", 40, "Part A > … > Who decides > Rules"),
        ("Part A > Access for all > Who decides > Rules", 30, "Part A > … > Rules"),
        ("Part A > Access for all > Who decides about the rules", 40, "Part A > … > Who decides about the rules"),
        ("Part A > Access for all > Who decides about the rules", 30, "Part A > … > Who decides…"),
        ("What people told us about access > Who decides", 30, "What people… > Who decides"),
        ("What people told us about access to their records", 30, "What people told us about…"),
        (f"Seminar > {SEMINAR}", 60, "Seminar > An introduction to the… (Dr Jillian Anable)"),
    ],
)
def test_a_path_keeps_its_outermost_and_its_last_heading(path: str, most: int, shown: str) -> None:
    assert shorten_path(path, most) == shown


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (len(SEMINAR), SEMINAR),
        (60, "An introduction to the factors that… (Dr Jillian Anable)"),
        (30, "An introduction to the…"),
    ],
)
def test_a_heading_keeps_what_is_in_brackets_at_its_end(most: int, shown: str) -> None:
    assert shorten_heading(SEMINAR, most) == shown


NAMES = st.text("ab (>)é😀", min_size=1, max_size=60).map(str.strip).filter(lambda name: part_path(name) == (name,))


@given(st.lists(NAMES, min_size=1, max_size=6), st.integers(12, 120))
def test_any_path_fits_and_shows_its_outermost_and_its_last_heading(names: list[str], most: int) -> None:
    path = " > ".join(names)
    shown = shorten_path(path, most)
    assert 0 < len(shown) <= most
    assert shown == path or "…" in shown
    kept = shown.split(" > ")
    for whole, cut in ((names[0], kept[0]), (names[-1], kept[-1])):
        begin, sign, end = cut.partition("…")
        assert cut == whole or (sign and whole.startswith(begin) and whole.endswith(end))
