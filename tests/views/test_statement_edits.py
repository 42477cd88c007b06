import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.statement_edits import follow_edit
from tests.views import cases, held_out

SAID = "Managers should visit the wards at night and listen to what staff say."


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        SAID.lower(),
        "managers  should visit the wards at night,\nand listen to what staff say",
        "Mangers should visit the wards at night and listen to what staff say.",
        "Managers shoudl visit the wards at nigth and listen to what staff say.",
        "Managers should visitt the wards at night and listen to what staff say!",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Hello all. {}", "{}\nThanks for asking.", "- {}\nPS edited", "👍 {} 👍"])
def test_other_spelling_and_spaces_and_other_sentences_around_it_keep_a_statement(text: str, around: str) -> None:
    assert follow_edit(SAID, around.format(text)) in (text, text.removesuffix("."))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Managers should visit the wards.",
        "Managers should never visit the wards at night and listen to what staff say.",
        "Managers shouldn't visit the wards at night and listen to what staff say.",
        "I don't think that managers should visit the wards at night and listen to what staff say.",
        "Not true that managers should visit the wards at night and listen to what staff say.",
        "Managers should visit the wards at night and listen to what staff say when they are sober.",
        "Managers should visit the wards at night and listen to what staff say, but not now.",
        "Managers should visit the wards at night and listen to what staff say?",
        "Manager should visit the wards at night and listen to what staff say.",
        "Mangers shoudl vist the wards at night and listen to what staff say.",
        "Managers should visit the wards at light and listen to what staff say.",
        f"~~{SAID}~~",
        f"||{SAID}||",
        f"> {SAID}",
        f"My boss tells me: {SAID}",
        "Staff should visit the wards at night and listen to what managers say.",
    ],
)
def test_words_that_say_something_else_are_not_the_statement(text: str) -> None:
    assert follow_edit(SAID, text) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("can", "can't"),
        ("can", "cant"),
        ("now", "not"),
        ("usual", "unusual"),
        ("safe", "unsafe"),
        ("never", "ever"),
        ("would", "wouldn't"),
        ("could", "couldn't"),
        ("12", "13"),
        ("12", "120"),
        ("12", "-12"),
        ("5%", "5"),
        ("1.5", "15"),
        ("2nd", "3rd"),
        ("fewer", "newer"),
        ("worse", "worst"),
        ("trust", "trusts"),
        ("there", "where"),
        ("might", "night"),
        ("quite", "quiet"),
        ("moral", "amoral"),
        ("typical", "atypical"),
        ("sixty", "sixth"),
        ("nurses", "nurse"),
        ("fifteen", "fifteenth"),
        ("legal", "illegal"),
        ("able", "unable"),
        ("without", "with"),
        ("always", "all ways"),
        ("nobody", "somebody"),
        ("under", "sunder"),
        ("understaffed", "understated"),
        ("cared", "scared"),
        ("wanted", "wasted"),
        ("united", "untied"),
        ("paid", "unpaid"),
    ],
)
def test_a_change_that_could_turn_the_sense_is_refused_both_ways(before: str, after: str) -> None:
    said = "The ward of ours is {} on most days and at night."
    for one, other in ((before, after), (after, before)):
        assert follow_edit(said.format(one), said.format(one)) == said.format(one)
        assert follow_edit(said.format(one), said.format(other)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [("recieve", "receive"), ("patients", "pateints"), ("patient", "pateint"), ("definately", "definitely"),
     ("don't", "dont"), ("bussy", "busy"), ("communication", "comunication"),
     ("thier", "their"), ("wich", "which")],
)  # fmt: skip
def test_a_slip_in_one_word_is_mended(before: str, after: str) -> None:
    said = "The ward of ours is {} on most days and at night."
    for one, other in ((before, after), (after, before)):
        assert follow_edit(said.format(one), said.format(other)) == said.format(other)


def test_a_part_of_a_sentence_is_found_after_a_mark_or_a_joining_word() -> None:
    part = "nobody asks the porters"
    assert follow_edit(part, "They draw up plans, but nobody asks the porters; that is how it goes") == part
    assert follow_edit(part, "They draw up plans, and nobody asks the porters") == part
    assert follow_edit(part, "It is not true that nobody asks the porters") is None
    assert follow_edit(part, "They draw up plans, nobody asks the porters unless the lift is broken") is None
    assert follow_edit(part, "They draw up plans, nobody asks the porters, unless the lift is broken") is None


def test_where_the_same_words_come_twice_those_that_say_it_are_taken() -> None:
    text = f"I do not think that {SAID[0].lower()}{SAID[1:]} {SAID}"
    assert follow_edit(SAID, text) == SAID


@given(st.text(max_size=80), st.text(max_size=200))
def test_no_text_breaks_it_and_what_is_found_is_a_slice(statement: str, text: str) -> None:
    found = follow_edit(statement, text)
    assert found is None or found in text


FINE = st.sampled_from([*held_out.OFFERED, *cases.OFFERED])


@given(FINE, st.text(max_size=30), st.text(max_size=30), st.data())
def test_a_statement_is_found_among_other_sentences_and_not_once_a_small_word_is_put_in(
    statement: str, before: str, after: str, data: st.DataObject
) -> None:
    assert follow_edit(statement, f"{before}\n\n{statement}\n\n{after}") is not None
    words = statement.split()
    place = data.draw(st.integers(1, len(words) - 1))
    turned = " ".join(
        [*words[:place], data.draw(st.sampled_from(["not", "never", "hardly", "no", "7"])), *words[place:]]
    )
    assert follow_edit(statement, turned) is None


@given(FINE, st.integers(0, 99), st.integers(0, 99))
def test_another_number_says_something_else(statement: str, one: int, other: int) -> None:
    said, now = f"Every {one} days, {statement}", f"Every {other} days, {statement}"
    assert (follow_edit(said, now) is None) == (one != other)
