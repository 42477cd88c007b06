"""Words and addresses that the end of a PDF’s line parts: when they are joined, and when they keep their hyphen."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.library import read_document
from tests.library.documents import BOLD, LEADING, Line, column, paragraph, pdf, sentence, texts, wrapped
from tests.library.pages import TOP, in_cells, together, whole_text


def test_words_broken_at_line_ends_are_joined_and_compounds_keep_their_hyphen() -> None:
    lines = [
        "A long-term plan needs good manage-",
        "ment, and management needs time. The long-",
        "term view of well-being helps the organ-",
        "isation, and it keeps the patients safe.",
    ]
    text = together(read_document(pdf([column(lines)]), "x.pdf"))
    assert "good management, and management" in text
    assert "The long-term view of well-being helps the organisation, and" in text


def test_a_word_that_the_report_writes_both_ways_as_often_loses_its_hyphen_at_a_line_end() -> None:
    """A line's end breaks far more words than compounds, so only more of the hyphened ones speak for a hyphen."""
    usual = ["The wellbeing of staff, or well-being, is what counts here, and the well-", "being of patients too."]
    mostly_hyphened = [usual[0].replace("what counts", "what well-being counts"), usual[1]]

    assert "and the wellbeing of patients" in together(read_document(pdf([column(usual)]), "x.pdf"))
    assert "and the well-being of patients" in together(read_document(pdf([column(mostly_hyphened)]), "x.pdf"))


def test_a_hyphen_that_is_set_apart_a_little_stays_with_its_word() -> None:
    before = f"{sentence(1)} The ward reads what the Secretary"
    after = 72 + stringWidth(before, "Helvetica", 10) + 1.5
    page: list[Line] = [(before, 72, TOP, 10, "Helvetica"), ("-", after, TOP, 10, "Helvetica")]
    page += column(
        ["General writes about it, and asks for more of it.", *wrapped(paragraph(2))], size=10, top=TOP - LEADING
    )
    assert "the Secretary-General writes" in whole_text(pdf([page]))


def test_compounds_of_three_words_keep_both_hyphens_at_the_end_of_a_line() -> None:
    lines = [
        "The plan is read before the meeting, and it is up-to-",
        "date when the ward meets. The team takes a joined-",
    ]
    lines += ["up view of it, and each person writes a self-", "assessment before that.", *wrapped(paragraph(1))]
    found = whole_text(pdf([column(lines)]))
    assert "it is up-to-date when" in found
    assert "a joined-up view" in found
    assert "a self-assessment before" in found


def test_a_word_with_a_hyphen_keeps_it_within_a_cell() -> None:
    left = ["Places that are owned", "by the government-", "owned company"]
    lines, frames = in_cells([(["What"], ["Who"]), (left, ["the wards"]), (["Beds"], ["nobody"])])
    page = [*lines, *column(wrapped("The company is owned by the government. " + paragraph(1)), top=TOP - 200)]
    assert "government-owned company" in whole_text(pdf([page], frames=[frames]))


def test_a_word_with_a_hyphen_keeps_it_where_its_parts_are_found_in_other_forms() -> None:
    lines = [
        "Each reference is read. The ward checks them all with its reference-",
        "checking list, and writes to who sent them about what it found in it.",
    ]
    assert "reference-checking list" in whole_text(pdf([column(lines)]))


def test_a_word_with_a_hyphen_keeps_it_before_a_form_of_a_verb_that_is_found_nowhere_else() -> None:
    lines = ["They change their behaviour. Behaviour is a habit, and that behaviour matters. A behaviour-"]
    lines.append("modifying letter helps the wards, which read it twice before they answered it at all.")
    assert "A behaviour-modifying letter" in whole_text(pdf([column(lines)]))


def test_a_word_with_a_hyphen_keeps_it_where_others_begin_with_its_first_part() -> None:
    lines = ["The wards keep apart non-urgent and non-medical visits, and since March all non-", "working screens too."]
    lines.append("They say which of them work.")
    assert "all non-working screens" in texts(pdf([column(lines)]))[0]


def test_a_number_in_words_keeps_its_hyphen_at_a_line_end() -> None:
    assert (
        "Seventy-nine of"
        in texts(pdf([column(["All that the wards answer is read. Seventy-", "nine of them do so."])]))[0]
    )


def test_a_parted_word_is_one_where_another_form_of_it_is_so() -> None:
    lines = [
        "The stream and the lining are old. The ward streamlined its rota, and stream-",
        "lining the rest is next.",
    ]
    assert "streamlining the rest" in whole_text(pdf([column([*lines, *wrapped(paragraph(1))])]))


def test_a_parted_word_stays_one_though_its_beginning_is_a_word() -> None:
    lines = ["The govern of the ward and the manage-", "ment of it are read by all, and no one else."]
    assert "the management of it" in whole_text(pdf([column([*lines, *wrapped(paragraph(1))])]))


def test_a_word_that_a_table_parts_is_one_whatever_the_title_of_the_table() -> None:
    before = [*wrapped(paragraph(1)), "All that was found in the wards and in the clinics is manage-"]
    after = ["ment of the beds, and nothing else of it.", *wrapped(paragraph(2))]
    page = [*column(before, top=TOP), ("Beds y By ward", 72, TOP - 120, 13, BOLD)]
    page += [("The figures are those of May.", 72, TOP - 140, 8, "Helvetica"), *column(after, top=TOP - 170)]
    assert "in the clinics is management of the beds" in whole_text(pdf([page]))


def test_hyphens_of_addresses_and_of_compounds_stay_at_the_end_of_a_line() -> None:
    lines = [
        "The rules are at https://www.wards.example.org/rest-of-the-",
        "wards and at no other place. The wards count all of their out-",
        "of-area visits, and what each of the visits has for a knock-",
        "on for the rota. All of it is asked for again by the board.",
    ]
    assert texts(pdf([column(lines, top=TOP)])) == [
        "The rules are at https://www.wards.example.org/rest-of-the-wards and at no other place. The wards "
        "count all of their out-of-area visits, and what each of the visits has for a knock-on for the rota. "
        "All of it is asked for again by the board."
    ]


def test_an_address_that_a_line_s_end_parts_after_a_full_stop_stays_whole() -> None:
    lines = ["Office of the wards. What the office found out in March, to be read at https://www."]
    lines += ["wards.example.org/letter, or asked for by a letter to the board."]
    page = [*column(lines[:1], top=TOP), *column(lines[1:], left=90, top=TOP - LEADING)]
    assert texts(pdf([page])) == ["".join(lines)]


def test_a_dash_that_touches_its_words_does_so_past_the_end_of_a_line() -> None:
    lines = [
        "The campaign of the wards—in particular the walk of the porters—",
        "has, however, not been without letters.",
    ]
    assert texts(pdf([column(lines)])) == ["".join(lines)]
