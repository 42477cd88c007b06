"""A report's own contents."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from bot.library.blocks import Block
from bot.library.contents import find_chapter, read_contents
from bot.library.excerpts import make_excerpts
from bot.library.paths import read_paths
from bot.models.library import Excerpt, Passage
from bot.text.headings import part_path


def excerpts(headings: Iterable[str]) -> list[Excerpt]:
    return [Excerpt(100 + n, 1, n, Passage(f"Passage {n}.", heading)) for n, heading in enumerate(headings, 1)]


def shape(headings: Iterable[str]) -> list[tuple[str, int]]:
    return [(chapter.title, len(chapter.excerpts)) for chapter in read_contents(excerpts(headings))]


def test_the_highest_headings_make_the_chapters() -> None:
    headings = ["", *["Introduction"] * 2, *["Findings > Pay"] * 2, *["Findings > Hours"] * 3]

    assert shape(headings) == [("", 1), ("Introduction", 2), ("Findings", 5)]


def test_a_title_above_everything_is_no_chapter() -> None:
    headings = [*["Our report > Introduction"] * 2, *["Our report > Findings > Pay"] * 3]

    assert shape(headings) == [("Introduction", 2), ("Findings", 3)]


def test_a_large_chapter_is_divided_by_its_own_headings() -> None:
    headings = ["Part A"] * 2 + ["Part A > Pay"] * 20 + ["Part A > Hours > Nights"] * 20 + ["Part B > Words"] * 5

    assert shape(headings) == [("Part A", 2), ("Pay", 20), ("Hours", 20), ("Part B", 5)]


def test_the_sentence_that_leads_to_a_list_is_no_chapter() -> None:
    assert shape(["A > B"] * 20 + ["A > B > They should:"] * 9 + ["A > C"] * 4) == [("B", 29), ("C", 4)]


def test_a_heading_that_ends_in_a_colon_stays_a_heading() -> None:
    blocks = [Block("heading", "Chapter 1", 1)]
    for number in range(1, 5):
        blocks += [Block("heading", f"Recommendation {number}:", 2), Block("paragraph", "Wards should rest. " * 12)]
    headings = [passage.heading for passage in make_excerpts(blocks)]

    assert [path for path, _ in read_paths(headings)] == [("Chapter 1", f"Recommendation {n}") for n in range(1, 5)]


def test_a_heading_that_comes_again_later_is_a_chapter_of_its_own() -> None:
    assert shape(["One", "Notes", "Two", "Notes"]) == [("One", 1), ("Notes", 1), ("Two", 1), ("Notes", 1)]


def test_a_chapter_is_found_by_the_number_of_an_excerpt_also_once_that_is_removed() -> None:
    chapters = read_contents([each for each in excerpts(["One"] * 3 + ["Two"] * 3) if each.position not in (1, 4)])

    assert [find_chapter(chapters, number) for number in (0, 1, 2, 3, 4, 5, 99)] == [0, 0, 0, 0, 0, 1, 1]


A, B, C = "A" * 150, "B" * 120, "C" * 60


def test_the_chapter_that_earlier_versions_left_out_above_a_heading_is_told_by_the_excerpts_around_it() -> None:
    # They stored no more than 200 characters.
    under_its_own = [A, f"{A} > Pay", *[f"Pay > {C}"] * 2, "Hours"]
    within_the_chapter = [f"{A} > Pay", *[B, f"{B} > {C}"], f"{A} > Hours", "Rest"]

    assert shape(under_its_own) == [(A, 4), ("Hours", 1)]
    assert shape(within_the_chapter) == [(A, 4), ("Rest", 1)]


def test_a_heading_that_would_have_had_room_below_the_chapter_before_it_is_a_chapter() -> None:
    assert shape([A, f"{A} > Pay", "Pay", "Pay > Rest", f"{A} > Pay"]) == [(A, 2), ("Pay", 2), (A, 1)]


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([5, 90, 190])), min_size=1, max_size=30))
def test_of_what_earlier_versions_stored_nothing_is_read_that_was_not_there(headings: list[tuple[int, int]]) -> None:
    above: list[tuple[int, str]] = []
    whole = []
    for number, (level, length) in enumerate(headings):
        above = [*(each for each in above if each[0] < level), (level, f"{number} ".ljust(length, "x"))]
        whole.append(tuple(name for _, name in above))
    stored = [
        next(" > ".join(path[n:]) for n in range(len(path)) if len(" > ".join(path[n:])) <= 200) for path in whole
    ]

    for path, heading, (read, _) in zip(whole, stored, read_paths(stored), strict=True):
        assert read == tuple(name for name in path if name in read)
        assert read[0] == path[0] or read == path[-len(read) :]
        assert read[-len(part_path(heading)) :] == part_path(heading)
    assert [read for read, _ in read_paths(map(" > ".join, whole))] == whole


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=3).map(" > ".join), max_size=60))
def test_every_excerpt_is_in_one_chapter_in_order(headings: list[str]) -> None:
    chapters = read_contents(excerpts(headings))

    assert [each for chapter in chapters for each in chapter.excerpts] == excerpts(headings)
    assert all(chapter.excerpts for chapter in chapters)
