"""Items of lists, numbered paragraphs and clauses of a PDF: where each begins and ends."""

from __future__ import annotations

from tests.library.documents import BOLD, LEADING, Line, column, paragraph, pdf, sentence, texts, wrapped
from tests.library.pages import TOP, read, units


def test_a_line_that_begins_like_an_item_stays_in_a_sentence_that_runs_on() -> None:
    lines = [
        "The rota group met the night nurses of every ward in the house, who were older than",
        "64. Most of them had worked on the same ward for years, and they were told by the ward",
        "J. Smith had run that nobody would ask them again, by day and by night, in any house",
        "– both were wrong, as it turned out, and so the group came back to them in the spring.",
    ]
    assert texts(pdf([column(lines)])) == [" ".join(lines)]


def test_numbered_items_that_fill_their_lines_stay_items() -> None:
    items = [f"{number}. {sentence(number, 26)[:-1]}" for number in range(1, 4)]
    lines = ["We ask for three things:", *(line for item in items for line in wrapped(item))]
    (text,) = texts(pdf([column(lines)]))
    assert text.split("\n") == ["We ask for three things:", *items]


def test_a_numbered_paragraph_with_an_indent_stays_whole_though_names_begin_its_lines() -> None:
    first = "7. The staff of the ward have asked more than once this year and last that the"
    others = ["Ward Committee meet before the night team goes, so that all who are there with", "Nurse Hill can ask."]
    page: list[Line] = [*column(wrapped(paragraph(1)), top=TOP), (first, 100, TOP - 120, 11, "Helvetica")]
    page += column(others, top=TOP - 120 - LEADING)
    assert " ".join([first, *others]) in "\n".join(texts(pdf([page])))


def test_an_item_set_in_another_face_stays_whole_though_a_name_begins_its_second_line() -> None:
    first, second = (
        "• Support at night from those who know the wards and the teams, such as",
        "Nurse Hill or the porter.",
    )
    page: list[Line] = [*column(wrapped(paragraph(1)), top=TOP), (first, 72, TOP - 120, 11, "Times-Roman")]
    page += [(second, 80, TOP - 120 - LEADING, 11, "Helvetica"), *column(wrapped(paragraph(2)), top=TOP - 160)]
    assert f"- {first[2:]} {second}" in "\n".join(texts(pdf([page])))


def test_a_sentence_in_bold_goes_on_in_the_paragraph_whose_number_is_not() -> None:
    lines = [
        "Whilst the ward recognises all the letters and visits of the night, it",
        "asks the office to answer each of these letters within the month.",
        "By asking so, it makes sure that nobody waits for the whole winter.",
    ]
    page = [("160.", 44.0, TOP, 11.0, "Helvetica"), *column(lines, top=TOP, font=BOLD)]
    page += column(wrapped(paragraph(1)), top=TOP - 5 * LEADING)
    assert texts(pdf([page])) == ["\n".join([" ".join(["160.", *lines]), paragraph(1)])]


def numbered(number: str, words: str, top: float, *, left: float = 56, indent: float = 36) -> list[Line]:
    """A paragraph with its number in the margin."""
    first, *others = wrapped(words, 75)
    lines: list[Line] = [(number, left, top, 11, "Helvetica"), (first, left + indent, top, 11, "Helvetica")]
    return lines + column(others, left=left + indent, top=top - LEADING)


def test_a_numbered_paragraph_after_an_item_is_one_of_its_own() -> None:
    page = numbered("6.22.", f"{paragraph(1, 2)} It may ask for:", TOP)
    page += [
        ("•", 114, TOP - 60, 11, "Helvetica"),
        ("a return to the ward at any time.", 132, TOP - 60, 11, "Helvetica"),
    ]
    page += numbered("6.23.", paragraph(2, 3), TOP - 75)
    assert [unit[:6] for unit in units(pdf([page]))][1:] == ["- a re", "6.23. "]


def test_numbers_that_follow_each_other_begin_paragraphs_without_space_between_them() -> None:
    page = numbered("7.58.", sentence(1, 20), TOP)
    page += numbered("7.59.", paragraph(2, 4), TOP - 2 * LEADING)
    found = units(pdf([page]))
    assert [unit[:5] for unit in found] == ["7.58.", "7.59."]


def test_a_numbered_paragraph_begins_behind_one_that_ends_without_a_stop() -> None:
    pages = [[*column(wrapped(paragraph(number)), top=TOP)] for number in (1, 2)]
    pages[0] += column(
        ["8.14 The ward asks for beds by telephone, whose numbers are at", "www.wards.example.org"], top=120
    )
    pages[1] = column(["8.15 The list below goes with it, and so do the letters of the wards."], top=TOP)
    assert any(each.startswith("8.15 The list") for text in texts(pdf(pages)) for each in text.split("\n\n"))


def test_the_text_right_behind_a_list_whose_marks_are_at_its_left_is_no_part_of_its_last_item() -> None:
    lines = [
        "We ask for:",
        "• rest for the teams",
        "• beds for those who need one",
        "They are asked for by all of the wards,",
    ]
    page = column([*lines, "and by the office that counts the beds of each of the wards at night."], top=TOP)
    assert texts(pdf([page]))[0].split("\n\n")[-1].startswith("They are asked for by all of the wards, and")


def test_the_text_behind_a_list_at_the_foot_of_a_page_is_no_part_of_its_last_item() -> None:
    items = column(["• rest for the teams that work at night and for all the others", "  who work with them"], top=160)
    after = "They are asked for by all of the wards, and by the office that counts them."
    pages = [
        [*column(wrapped(paragraph(1)), top=TOP), *column(["We ask for:"], top=180), *items],
        column([after, *wrapped(paragraph(2))], top=TOP),
    ]
    assert any(each.startswith("They are asked for") for each in texts(pdf(pages)))


def test_a_line_at_the_margin_of_the_next_page_is_no_part_of_the_last_item() -> None:
    first = [*column(wrapped(paragraph(1)), top=400), ("The teams ask for:", 72, 300, 11, "Helvetica")]
    first += [
        ("• Rest for the night team", 90, 286, 11, "Helvetica"),
        ("• A rota for all wards", 90, 272, 11, "Helvetica"),
    ]
    shown = "\n".join(texts(pdf([first, column(["These are the asks of all wards.", *wrapped(paragraph(2))])])))
    assert "- A rota for all wards\n" in shown
    assert "wards These" not in shown


def test_a_short_last_item_of_a_page_ends_before_a_line_that_begins_with_a_capital() -> None:
    items = column(["Read on in one of these books of the wards:", "• The book of the porters"], top=100)
    pages = [
        [*column(wrapped(paragraph(1)), top=300), *items],
        column(["Now all wards answer", "each of these."], top=TOP),
    ]
    assert not any("porters Now" in text for text in texts(pdf(pages)))


def test_an_item_goes_on_over_the_page_in_lines_that_begin_with_capitals() -> None:
    first = ["• The law of the wards holds the rules of the night and the Rota", "   Management Act (which"]
    second = ["asks each of the wards to answer all letters) and the Night Service", "Act (which asks the office)."]
    pages = [column(wrapped(paragraph(1)), top=300) + column(first, left=240, top=100), column(second, top=TOP)]
    assert texts(pdf(pages))[-1].endswith(" ".join(second))


def test_clauses_that_end_with_a_comma_stay_apart_over_a_page() -> None:
    clauses = [f"Noting {sentence(number, 30)[:-1].lower()}," for number in (1, 2)]
    pages = []
    for number, clause in enumerate(clauses):
        lines = wrapped(clause)
        top = 130 if number == 0 else TOP
        page = [*column(lines[:1], left=100, top=top), *column(lines[1:], top=top - LEADING)]
        pages.append([*page, *column(wrapped(paragraph(number)), top=TOP - 200)])
    shown = texts(pdf(pages))
    assert not any(clauses[0] in text and f"{clauses[0]} {clauses[1]}" in text for text in shown)


def test_the_end_of_a_list_that_is_too_long_begins_with_the_sentence_that_leads_to_it() -> None:
    page: list[Line] = [("Duties", 72, TOP, 14, BOLD), *column([f"{sentence(1)} Wards should see that:"], top=TOP - 30)]
    top = TOP - 50
    for number in range(9):
        first, *others = wrapped(sentence(number + 2, 34))
        page += [("•", 80, top, 11, "Helvetica"), (first, 98, top, 11, "Helvetica")]
        page += column(others, left=98, top=top - 14)
        top -= 14 * (len(others) + 1)
    found = read(pdf([page]))
    assert {passage.heading for passage in found} == {"Duties"}
    assert all(passage.text.startswith("Wards should see that:\n[…]\n- ") for passage in found[1:])
    assert len(found) > 1
