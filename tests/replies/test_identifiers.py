"""Identifiers are taken out of what people write, and their lookalikes stay."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identifiers import labelled, read_rows, scores
from bot.replies.redaction import addresses, birth_dates, named_numbers, numbers, patients, patterns
from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.plain_text import PlainText
from bot.replies.redaction.redact import redact
from bot.summaries.engine.words import REMOVED
from tests.examples import examples

LABELLED = labelled(held_out=False) + labelled(held_out=True)
FRESH = read_rows("identifiers_fresh") + read_rows("identifiers_frozen")
WITH = [row for row in LABELLED if row["identifiers"]]
WITHOUT = [row["text"] for row in LABELLED if not row["identifiers"]]
REFERENCE = Path(__file__).parents[2] / "docs" / "reference.md"
PHONE_MARK = Identifier.PHONE_NUMBER.mark
pieces = st.lists(
    st.one_of(
        st.sampled_from([row["text"] for row in LABELLED + FRESH]),
        st.sampled_from([words for row in WITH for _, words in row["identifiers"]]),
        st.sampled_from([kind.mark for kind in Identifier]),
        st.sampled_from(["DOB ", "NHS no ", "£", "+", "(", ")", " at ", "@", ".", "-", " ", "/", "<", "[", "https://"]),
        st.text("0123456789 -./@[]abAB£", max_size=14),
        st.text(max_size=12),
    ),
    max_size=6,
)

FINDERS = [
    getattr(module, name)
    for module in (addresses, birth_dates, named_numbers, numbers, patients, patterns)
    for name in vars(module)
    if name.startswith("find_")
]
ABOUT_PATIENTS = [
    "".join(parts)
    for parts in product(
        ("", "Bed 4: ", "patient ", "pt called ", "57 y/o "),
        ("Mrs Jane Smith", "Jane", "Jane Smith", "Winterbourne"),
        (" ", ", ", " (", ", who is ", " is "),
        ("age 57", "aged 7", "57", "110", "in bed 4", "57 years old", "on Willow ward", "57 yrs", "7 in bay 2"),
        ("", ")", " fell", " and frail", ", again", "."),
    )
]


def test_there_are_three_hundred_sentences_half_with_identifiers_and_a_third_held_out() -> None:
    assert len(LABELLED) >= 300
    assert min(len(WITH), len(WITHOUT)) >= 150
    assert 0.3 <= len(labelled(held_out=True)) / len(LABELLED) <= 0.4


@pytest.mark.parametrize("held_out", [False, True])
def test_nearly_all_identifiers_are_removed_and_nearly_all_lookalikes_stay(held_out: bool) -> None:
    found = scores(labelled(held_out=held_out))

    assert found.recall >= 0.97
    assert found.false_alarms.total() <= 0.02 * found.lookalikes


@pytest.mark.parametrize("kind", list(Identifier))
def test_each_kind_is_removed(kind: Identifier) -> None:
    found = scores(LABELLED + FRESH)

    assert found.removed[kind] >= 0.95 * found.there[kind]


@pytest.mark.parametrize("name", ["identifiers_fresh", "identifiers_frozen"])
def test_kinds_and_spellings_of_all_sorts_are_removed_and_what_looks_like_them_stays(name: str) -> None:
    rows = read_rows(name)
    found = scores(rows)

    assert found.lookalikes >= 150
    assert len(rows) - found.lookalikes >= 150
    assert found.recall >= 0.97
    assert found.false_alarms.total() <= 0.01 * found.lookalikes


def test_what_was_removed_is_told_by_kind_and_count_and_never_by_its_words() -> None:
    done = redact("Ring 07700 900123 or 0161 496 0123 about 943 476 5919.")

    assert done.text == "Ring [phone number removed] or [phone number removed] about [NHS number removed]."
    assert done.removed == {Identifier.PHONE_NUMBER: 2, Identifier.NHS_NUMBER: 1}
    assert not any(char.isdigit() for char in repr(done).replace(": 2", "").replace(": 1", ""))


def test_a_mistyped_nhs_number_is_removed_where_it_is_typed_as_one() -> None:
    assert redact("It was 943 476 5918.").text == "It was [NHS number removed]."
    assert redact("It was 9434765918.").text == "It was 9434765918."
    assert redact("NHS number 9434765918.").text == "NHS number [NHS number removed]."


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Beds were 120 340 5601 780 in all.", "Beds were 120 340 5601 780 in all."),
        ("Beds were 780 120 340 5601 in all.", "Beds were 780 120 340 5601 in all."),
        ("Ward 12 120 340 5601 is it.", "Ward 12 [NHS number removed] is it."),
        ("It was 120 340 5601 12 times.", "It was [NHS number removed] 12 times."),
        ("It was 120-340-5601 780 times.", "It was [NHS number removed] 780 times."),
        ("Beds were 780 943 476 5919 in all.", "Beds were 780 [NHS number removed] in all."),
    ],
)
def test_figures_typed_as_an_nhs_number_stay_in_a_list_of_figures_unless_they_are_a_valid_one(
    written: str, kept: str
) -> None:
    assert redact(written).text == kept


def test_identifiers_are_found_in_the_figures_of_other_scripts_and_with_odd_spaces() -> None:
    assert redact("ring ０７７００ ９００１２３").text == "ring [phone number removed]"
    assert redact("it is 943\u00a0476\u202f5919").text == "it is [NHS number removed]"


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d", "\u202c", "\u200c\u200b"])
@pytest.mark.parametrize(
    ("written", "cleared"),
    [
        ("ring 07700~900123", "ring [phone number removed]"),
        ("it is 9~4~3~476~5919", "it is [NHS number removed]"),
        ("write to jane~@~nhs.net", "write to [e-mail address removed]"),
        ("at SW1A~ 1AA", "at [postcode removed]"),
        ("AB~123456C", "[National Insurance number removed]"),
        ("DOB 12/03/~1961", "DOB [date of birth removed]"),
        ("ask <~@123456789012345678>", "ask [name removed]"),
        ("https://example.org~/staff/jane", "example.org"),
        ("Blue~bird", "[word removed]"),
    ],
)
def test_marks_that_nobody_sees_hide_nothing(written: str, cleared: str, unseen: str) -> None:
    assert redact(written.replace("~", unseen), ["Bluebird"]).text == cleared


def test_text_in_which_nothing_is_hidden_keeps_its_joiners_and_marks() -> None:
    text = "\U0001f469\u200d\u2695\ufe0f Two of us, \u202bمی\u200cخواهم\u202c, co\u00adoperate"

    assert redact(text).text == text


def test_a_valid_nhs_number_is_found_over_two_lines_and_other_figures_in_lines_stay() -> None:
    assert redact("It is 943 476\n5919, so").text == "It is [NHS number removed], so"
    for text in ("943 476\n5918", "120\n340\n5601 staff", "0800\n2000 365 days", "wards 12\n345 67890"):
        assert redact(text).text == text


def test_a_date_of_birth_in_words_is_removed_and_other_days_in_words_stay() -> None:
    assert redact("He was born on the third of May 1961.").text == "He was born on the [date of birth removed]."
    assert redact("DOB twenty-first May nineteen sixty-one").text == "DOB [date of birth removed]"
    assert redact("DOB:\n12–03–1961").text == "DOB:\n[date of birth removed]"
    for text in ("We open on the first of May twenty of us", "We met on the third of May nineteen sixty one"):
        assert redact(text).text == text


def test_a_link_keeps_its_host_and_a_link_that_is_only_a_host_stays() -> None:
    assert redact("See https://example.org/staff/jane?id=3.").text == "See example.org."
    assert redact("See http://intranet/patient/12").text == "See intranet"
    assert redact("See https://example.org/ or www.example.org").text == "See https://example.org/ or www.example.org"


@pytest.mark.parametrize(
    ("text", "cleared"),
    [
        ("call +07700 900123 now", "call [phone number removed] now"),
        ("07700 900123/07700 900124", "[phone number removed]/[phone number removed]"),
        ("07700 900123 2 nurses", "[phone number removed] 2 nurses"),
        ("to 1900 0161 496 0123 ext 45", "to 1900 [phone number removed] ext 45"),
        ("nhs numbr 943 476 591 9", "nhs numbr [NHS number removed]"),
        ("...jane@nhs.net.", "...[e-mail address removed]."),
        ("DoB - 12/Mar/1961", "DoB - [date of birth removed]"),
        ("(F, 12/03/1941)", "(F, [date of birth removed])"),
        ("[form](https://forms.example.org/r)", "[form](forms.example.org)"),
        ("forms.gle/a1B2 and bit.ly/janes-rota", "forms.gle and bit.ly"),
        ("ftp://jane:pw@files.example.org/rota", "files.example.org"),
        ("file:///home/jane/rota.xlsx is it", "a file is it"),
        ("https://[2001:db8::1]/jane", "[2001:db8::1]"),
        ("j.smith at nhs dot net", "[e-mail address removed]"),
        ("**j.smith**@nhs.net", "**[e-mail address removed]"),
        ("`943`476`5919`", "`[NHS number removed]`"),
        ("**SW1A** 1AA, SW1A\u202f1AA", "**[postcode removed], [postcode removed]"),
    ],
)
def test_identifiers_are_found_among_other_signs_and_figures(text: str, cleared: str) -> None:
    assert redact(text).text == cleared


@pytest.mark.parametrize(
    "text",
    [
        "wards 01 02 03 04 05 06",
        "on 12/03/2019 F ward was full",
        "E4 2ND FLOOR, W12 8HR shift",
        "0900-1700 0900-1700 0900-1300",
        "bleeps 4521 4522 4523 4524",
        "Mr Smith met us on 12/03/2019",
        "1-2-3-4-5-6-7-8-9-10",
    ],
)
def test_figures_of_the_ward_stay(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize("text", WITHOUT)
def test_a_text_without_identifiers_is_unchanged(text: str) -> None:
    assert redact(text).text == text


@given(st.text(st.characters(exclude_categories=["Nd"], exclude_characters="@/.[]()")))
def test_a_text_without_figures_and_signs_is_unchanged(text: str) -> None:
    assert redact(text).text == text
    assert redact(text).removed == {}


@given(pieces, st.lists(st.sampled_from(["rota", "ward", "number", "nhs", "12"]), max_size=2))
@settings(max_examples=examples(500))
def test_redacting_twice_changes_nothing(parts: list[str], own: list[str]) -> None:
    once = redact("".join(parts), own)

    assert redact(once.text, own) == type(once)(once.text, {})


def is_spared(text: str) -> bool:
    """Whether nothing is taken out of a text in which some search would find something."""
    plain = PlainText(text).plain
    return not redact(text).removed and any(found for find in FINDERS for found in find(plain))


def test_a_quick_look_never_spares_a_search_that_would_find_a_patient() -> None:
    assert [text for text in ABOUT_PATIENTS if is_spared(text)] == []


@given(pieces)
@settings(max_examples=examples(300))
def test_a_quick_look_never_spares_a_search_that_would_find_something(parts: list[str]) -> None:
    assert not is_spared(" ".join(parts))


@given(st.sampled_from([row for row in WITH if "link" not in dict(row["identifiers"])]))
def test_no_figure_of_a_removed_identifier_remains(row: dict[str, list[list[str]] | str]) -> None:
    text, expected = str(row["text"]), str(row["expected"])
    done = redact(text).text

    assert [char for char in done if char.isdigit()] == [char for char in expected if char.isdigit()]


def test_what_stays_is_as_it_was_typed_beside_characters_that_were_read_in_their_plain_form() -> None:
    text = "Ｗｅ lost ½ a bed… ring ０７７００ ９００１２３ or ｊａｎｅ＠nhs．net, e\u0301cole ①"

    assert redact(text).text == (
        "Ｗｅ lost ½ a bed… ring [phone number removed] or [e-mail address removed], e\u0301cole ①"
    )


@given(st.text(max_size=60))
@settings(max_examples=examples(200))
def test_a_text_of_any_characters_keeps_all_that_is_no_identifier(text: str) -> None:
    done = redact(f"{text}\nring 07700 900123\n{text}")

    assert PHONE_MARK in done.text
    if not redact(text).removed and sum(done.removed.values()) == 1:
        assert done.text == f"{text}\nring {PHONE_MARK}\n{text}"


def test_every_kind_has_a_mark_and_a_phrase_and_stands_in_the_documents() -> None:
    marks = [kind.mark for kind in Identifier if kind is not Identifier.LINK]
    page = REFERENCE.read_text(encoding="utf-8")

    assert len(set(marks)) == len(marks) == len(Identifier) - 1
    assert [mark for mark in marks if mark not in page] == []
    assert [mark for mark in marks if not REMOVED.fullmatch(mark)] == []
    assert all(kind.phrase for kind in Identifier if kind is not Identifier.LINK)
