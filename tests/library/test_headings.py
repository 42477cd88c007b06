"""Headings that were read wrongly, and what becomes of the excerpts once somebody says what they are."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.library.blocks import PASSAGE_CHARACTERS, PATH_CHARACTERS
from bot.library.headings import HeadingRole, correct_headings, find_roles, insert_heading
from bot.library.outline import Heading, Outline, read_openings, read_outline, write_paths
from bot.library.paths import split_path
from bot.models.library import Excerpt, Passage

BELOW, BESIDE, HEADING, LABEL, TEXT = (HeadingRole[name] for name in ("BELOW", "BESIDE", "HEADING", "LABEL", "TEXT"))


def outline(*headings: str) -> Outline:
    return read_outline([Excerpt(100 + n, 1, n, Passage(f"Text {n}.", each)) for n, each in enumerate(headings, 1)])


def named(report: Outline, words: str) -> Heading:
    return next(heading for heading in report.headings if heading.words == words)


def after(report: Outline, changed: Iterable[Excerpt]) -> list[str]:
    """The headings of all excerpts once some have changed."""
    by_id = {excerpt.id: excerpt for excerpt in (*report.excerpts, *changed)}
    return [by_id[excerpt.id].passage.heading for excerpt in report.excerpts]


def corrected(report: Outline, words: str, role: HeadingRole, now: str = "") -> list[str]:
    return after(report, correct_headings(report, [named(report, words)], role, now or words))


def test_every_heading_is_told_with_the_excerpts_under_it() -> None:
    report = outline("", "One", "One > A", "One > A > They should:", "One", "Two > B")

    told = [(heading.path, heading.excerpts, heading.position) for heading in report.headings]

    assert told == [
        ((), 1, 1),
        (("One",), 4, 2),
        (("One", "A"), 2, 3),
        (("One", "A", "They should:"), 1, 4),
        (("Two",), 1, 6),
        (("Two", "B"), 1, 6),
    ]


def test_what_is_no_heading_goes_on_under_the_heading_before_and_keeps_what_is_below_it_on_its_level() -> None:
    report = outline(
        "3 Findings > 3.1 Pay", "SAVE ENERGY", "SAVE ENERGY > 3.2 Hours", "SAVE ENERGY > 3.3 Rest", "4 End"
    )

    headings = corrected(report, "SAVE ENERGY", LABEL)

    assert headings == [
        "3 Findings > 3.1 Pay",
        "3 Findings > 3.1 Pay",
        "3 Findings > 3.2 Hours",
        "3 Findings > 3.3 Rest",
        "4 End",
    ]


def test_a_list_stays_a_list_under_the_heading_before() -> None:
    report = outline("A > B > B1", "A > H", "A > H > They should:", "A > H", "A > C")

    headings = corrected(report, "H", LABEL)

    assert headings == ["A > B > B1", "A > B > B1", "A > B > B1 > They should:", "A > B > B1", "A > C"]


def test_the_first_heading_within_another_gives_its_excerpts_to_that() -> None:
    assert corrected(outline("Z", "A > H", "A > I"), "H", LABEL) == ["Z", "A", "A > I"]


def test_the_first_heading_of_a_report_leaves_its_excerpts_without_one() -> None:
    assert corrected(outline("H", "H > A", "B"), "H", LABEL) == ["", "A", "B"]


def test_after_a_box_that_is_none_the_text_goes_on_where_it_was() -> None:
    assert corrected(outline("A > B", "A > B > Box", "A > B", "A"), "Box", LABEL) == ["A > B", "A > B", "A > B", "A"]


def test_words_that_are_text_become_the_first_line_of_it() -> None:
    report = outline("A", "It was late", "It was late > B")

    changed = correct_headings(report, [named(report, "It was late")], TEXT, "It was late")

    assert [(each.position, each.passage.heading, each.passage.text) for each in changed] == [
        (2, "A", "It was late\nText 2."),
        (3, "A > B", "Text 3."),
    ]


@pytest.mark.parametrize("text", ["A long line\nMore.", "A long line that went on\nMore."])
def test_words_that_are_in_the_text_already_are_not_put_there_twice(text: str) -> None:
    words = "A long line" if text.startswith("A long line\n") else "A long line that…"
    report = read_outline([Excerpt(1, 1, 1, Passage(text, words))])

    (changed,) = correct_headings(report, [named(report, words)], TEXT, words)

    assert changed.passage == Passage(text, "")


def test_words_for_which_a_text_has_no_room_are_refused() -> None:
    report = read_outline([Excerpt(1, 1, 7, Passage("x" * (PASSAGE_CHARACTERS - 4), "Four"))])

    with pytest.raises(UserError, match="excerpt 7: it would have 1,801 characters, and 1,800 fit"):
        correct_headings(report, [named(report, "Four")], TEXT, "Four")


def test_our_own_summary_never_takes_in_words_of_the_report() -> None:
    ours, theirs = Passage("Ours.", "H", own_words=True), Passage("Theirs.", "H")
    report = read_outline([Excerpt(1, 1, 1, ours), Excerpt(2, 1, 2, theirs)])

    first, second = correct_headings(report, [named(report, "H")], TEXT, "H")

    assert (first.passage.text, second.passage.text) == ("Ours.", "H\nTheirs.")
    only_ours = read_outline([Excerpt(1, 1, 1, ours)])
    assert TEXT not in find_roles(only_ours, named(only_ours, "H"))


def test_a_heading_that_took_the_place_of_the_one_above_it_goes_below_it_with_all_its_own() -> None:
    report = outline("3 > 3.2", "3 > 3.2.1", "3 > 3.2.1 > a", "3 > 3.3")

    assert corrected(report, "3.2.1", BELOW) == ["3 > 3.2", "3 > 3.2 > 3.2.1", "3 > 3.2 > 3.2.1 > a", "3 > 3.3"]
    assert find_roles(report, named(report, "3.2.1"))[BELOW] == "3.2"
    assert BELOW not in find_roles(report, named(report, "3.2"))


def test_a_heading_on_the_level_of_the_one_above_takes_what_follows_there() -> None:
    report = outline("F > EMRAD", "F > EMRAD > Optimam", "F > EMRAD > Mental health", "F > Next")

    headings = corrected(report, "Optimam", BESIDE)

    assert headings == ["F > EMRAD", "F > Optimam", "F > Optimam > Mental health", "F > Next"]
    # The heading above has no excerpt but those of this one: it would be lost.
    assert BESIDE not in find_roles(report, named(report, "EMRAD"))


def test_words_are_corrected_wherever_the_heading_is_above() -> None:
    report = outline("Costs Tasks", "Costs Tasks > A > They should:", "B")

    assert corrected(report, "Costs Tasks", HEADING, "Costs  > Tasks") == [
        "Costs > Tasks",
        "Costs > Tasks > A > They should:",
        "B",
    ]


def test_a_sentence_before_a_list_can_be_corrected_too() -> None:
    report = outline("A", "A > Goals include:", "A > Goals include:", "A > B")

    assert corrected(report, "Goals include:", HEADING, "Goals") == ["A", "A > Goals", "A > Goals", "A > B"]
    changed = correct_headings(report, [named(report, "Goals include:")], TEXT, "Goals include:")
    assert [(each.passage.heading, each.passage.text) for each in changed] == [
        ("A", "Goals include:\nText 2."),
        ("A", "Text 3."),
    ]


def test_excerpts_without_a_heading_get_one() -> None:
    report = outline("", "", "A")

    assert after(report, correct_headings(report, [report.headings[0]], HEADING, "Preface")) == ["Preface"] * 2 + ["A"]


def test_a_heading_with_the_words_of_the_one_before_joins_it() -> None:
    joined = outline(*corrected(outline("Pay", "Pay (cont.)", "End"), "Pay (cont.)", HEADING, "Pay"))

    assert [(heading.words, heading.excerpts) for heading in joined.headings] == [("Pay", 2), ("End", 1)]


def test_all_headings_with_the_same_words_are_corrected_at_once() -> None:
    report = outline("A", "A > RECOMMENDATION", "B", "B > C", "RECOMMENDATION", "RECOMMENDATION > D")
    alike = report.find_alike(named(report, "RECOMMENDATION"))

    assert len(alike) == 2
    assert after(report, correct_headings(report, alike, LABEL, "")) == ["A", "A", "B", "B > C", "B > C", "B > D"]


def test_long_headings_stay_under_those_above_them() -> None:
    report = outline("A" * 100 + " > B", "A" * 100 + " > B > C")

    (first, second) = corrected(report, "B", HEADING, "b" * 150)

    assert (first, second) == (f"{'A' * 100} > {'b' * 150}", f"{'A' * 100} > {'b' * 150} > C")


@pytest.mark.parametrize("words", ["", " > ", ">"])
def test_a_heading_needs_words(words: str) -> None:
    report = outline("A")

    with pytest.raises(UserError, match="has no words"):
        correct_headings(report, [report.headings[0]], HEADING, words)
    with pytest.raises(UserError, match="has no words"):
        insert_heading(report, 1, words, 1)


def test_a_heading_that_was_missed_begins_at_an_excerpt_and_holds_until_the_next_of_its_level() -> None:
    report = outline("5 > 5a", "5 > 5a", "5 > 5a > Notes", "5 > 5a", "6")

    assert after(report, insert_heading(report, 2, "5b", 0)) == [
        "5 > 5a",
        "5 > 5b",
        "5 > 5b > Notes",
        "5 > 5b",
        "6",
    ]
    assert after(report, insert_heading(report, 2, "Why", 1)) == [
        "5 > 5a",
        "5 > 5a > Why",
        "5 > 5a > Notes",
        "5 > 5a",
        "6",
    ]


def test_a_missed_heading_one_level_above_takes_what_follows_of_the_section_before() -> None:
    report = outline("5 > 5a > Evidence", "5 > 5a > Evidence", "5 > 5a > Remarks", "6")
    flat = outline("A", "A")

    headings = after(report, insert_heading(report, 2, "5b", -1))

    assert headings == ["5 > 5a > Evidence", "5 > 5b", "5 > 5b > Remarks", "6"]
    assert after(flat, insert_heading(flat, 2, "B", -1)) == ["A", "B"]
    with pytest.raises(UserError, match="Excerpt 3 is the first"):
        insert_heading(report, 3, "5b", -1)


def test_a_parent_that_was_missed_is_written_before_the_heading_below_it() -> None:
    report = outline("4 > 4.5", "4 > 4.6.1", "4 > 4.6.2")
    report = outline(*corrected(report, "4.6.1", HEADING, "4.6 > 4.6.1"))

    assert corrected(report, "4.6.2", BELOW) == ["4 > 4.5", "4 > 4.6 > 4.6.1", "4 > 4.6 > 4.6.2"]


def test_a_missed_heading_that_was_read_as_text_leaves_it() -> None:
    texts = ["One.", "APPENDIX C\nTwo.", "Appendix C"]
    report = read_outline([Excerpt(n, 1, n, Passage(text, "A")) for n, text in enumerate(texts, 1)])

    assert [each.passage.text for each in insert_heading(report, 2, "Appendix C", 0)] == [
        "Two.",
        "Appendix C",
    ]
    (last,) = insert_heading(report, 3, "Appendix C", 0)
    assert last.passage == Passage("Appendix C", "Appendix C")


def test_a_missed_heading_never_takes_the_place_of_another() -> None:
    report = outline("A", "B", "B")

    with pytest.raises(UserError, match="Excerpt 2 is the first under its heading"):
        insert_heading(report, 2, "C", 0)
    with pytest.raises(UserError, match="no excerpt with that number"):
        insert_heading(report, 4, "C", 0)
    assert after(report, insert_heading(report, 2, "C", 1)) == ["A", "B > C", "B > C"]


NAMES = st.sampled_from(["A", "B", "C", "D", "A list:", "x > y"])
PATHS = st.lists(st.lists(NAMES, max_size=4).map(" > ".join), min_size=1, max_size=12)
WORDS = st.text(alphabet=" >:…AB*@<\u202e\n", max_size=12)


def names_in(headings: Iterable[str]) -> set[str]:
    split = (split_path(heading) for heading in headings)
    return {part for path, lead in split for part in (*path, lead) if part}


@given(PATHS)
def test_an_outline_read_and_written_is_the_same(headings: list[str]) -> None:
    report = outline(*headings)

    assert tuple(write_paths(list(read_openings(report.paths)), len(headings))) == report.paths
    assert [report.find(each.position, len(each.path)) for each in report.headings] == list(report.headings)


@given(PATHS, st.integers(0), st.sampled_from(HeadingRole), WORDS, st.booleans())
def test_no_other_heading_and_no_word_is_lost(
    headings: list[str], which: int, role: HeadingRole, words: str, everywhere: bool
) -> None:
    report = outline(*headings)
    heading = report.headings[which % len(report.headings)]
    chosen = (everywhere and report.find_alike(heading)) or (heading,)
    try:
        changed = correct_headings(report, chosen, role, words)
    except UserError:
        return

    now = after(report, changed)
    assert names_in(headings) - {heading.words} <= names_in(now)
    assert all(len(each) <= PATH_CHARACTERS for each in now)
    by_id = {excerpt.id: excerpt for excerpt in report.excerpts}
    text_of = {excerpt.id: excerpt.passage.text for excerpt in (*report.excerpts, *changed)}
    if role is TEXT:
        assert all(words in text_of[report.excerpts[each.start].id] for each in chosen if each.path)
    for each in changed:
        was = by_id[each.id]
        assert (each.id, each.position, each.question) == (was.id, was.position, was.question)
        assert each.passage.text.endswith(was.passage.text)


@given(PATHS, st.integers(0), WORDS, st.sampled_from([1, 0, -1]))
def test_a_heading_that_is_added_takes_none_away(headings: list[str], which: int, words: str, step: int) -> None:
    report = outline(*headings)
    try:
        changed = insert_heading(report, which % len(headings) + 1, words, step)
    except UserError:
        return

    assert names_in(headings) <= names_in(after(report, changed))
