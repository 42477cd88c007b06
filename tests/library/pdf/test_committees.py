"""What committees’ reports have: numbered paragraphs in bold, footnotes, and names that end with a raised figure."""

from __future__ import annotations

from tests.library.documents import BOLD, HEIGHT, LEADING, Line, column, embed_font, paragraph, pdf, texts, wrapped

TOP = HEIGHT - 80
RULE = (72.0, 212.0, 450.0, 1.0)


def test_notes_whose_numbers_stand_apart_below_a_wide_rule_are_no_text() -> None:
    page = column(wrapped(paragraph(1)), top=TOP)
    for at, note in enumerate(["The survey of the rota group, March 2025", "Letter from the porters"]):
        page += [(f"{62 + at}", 72, 200 - 11 * at, 8, "Helvetica"), (note, 92, 200 - 11 * at, 8, "Helvetica")]
    read_back = texts(pdf([page, column(wrapped(paragraph(2)), top=TOP)], frames=[[RULE]]))
    assert read_back[:2] == [paragraph(1), paragraph(2)]
    assert "62 The survey of the rota group, March 2025 63 Letter" in read_back[2]


def test_a_sentence_in_bold_goes_on_in_the_paragraph_whose_number_is_not() -> None:
    lines = [
        "Whilst the ward recognises all the letters and visits of the night, it",
        "asks the office to answer each of these letters within the month.",
        "By asking so, it makes sure that nobody waits for the whole winter.",
    ]
    page = [("160.", 44.0, TOP, 11.0, "Helvetica"), *column(lines, top=TOP, font=BOLD)]
    page += column(wrapped(paragraph(1)), top=TOP - 5 * LEADING)
    assert texts(pdf([page])) == ["\n".join([" ".join(["160.", *lines]), paragraph(1)])]


def test_a_list_in_one_sentence_goes_on_over_the_page_after_a_semicolon() -> None:
    lines = [
        "The team saw all the wards and the offices; it read all the letters, records and",
        "answers of the year; and it held two more meetings with all porters and nurses;",
    ]
    pages = [column(lines, top=40 + LEADING * len(lines)), column(["and it wrote to the office."], top=TOP)]
    assert texts(pdf(pages)) == [" ".join([*lines, "and it wrote to the office."])]


def test_a_raised_figure_of_which_there_is_no_note_is_part_of_a_name() -> None:
    page: list[Line] = [
        ("The wards take part in ROTA", 72, TOP, 11, "Courier"),
        ("2", 72 + 6.6 * 27, TOP + 4, 6, "Courier"),
        ("as they did before.", 72 + 6.6 * 29, TOP, 11, "Courier"),
        ("62", 72 + 6.6 * 48, TOP + 4, 6, "Courier"),
        *column(wrapped(paragraph(1)), top=TOP - 60),
        ("62 See the report of the rota group, which was printed in March.", 72, 100, 8, "Helvetica"),
    ]
    assert texts(pdf([page]))[0].startswith("The wards take part in ROTA² as they did before.\n")


def test_a_word_with_a_hyphen_keeps_it_where_others_begin_with_its_first_part() -> None:
    lines = ["The wards keep apart non-urgent and non-medical visits, and since March all non-", "working screens too."]
    lines.append("They say which of them work.")
    assert "all non-working screens" in texts(pdf([column(lines)]))[0]


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


def test_a_bold_sentence_goes_on_over_the_page_after_a_word_that_ends_none() -> None:
    lines = [
        "7.48. We ask for the letters of the last year and we recommend that the",
        "Office (a) count each of them.",
    ]
    pages = [column(wrapped(paragraph(1)), top=220), column(lines[1:], top=TOP, font=BOLD)]
    pages[0] += column(lines[:1], top=100, font=BOLD)
    pages[1] += column(wrapped(paragraph(2)), top=TOP - 60)
    assert " ".join(lines) in "\n".join(texts(pdf(pages)))


def test_a_sentence_goes_on_over_the_page_in_brackets() -> None:
    lines = ["All letters of the wards are free for all in two ways, for they are both “open”", "(all may read them)."]
    pages = [column([*wrapped(paragraph(1)), lines[0]], top=100 + 6 * LEADING), column(lines[1:], top=TOP)]
    assert texts(pdf(pages))[0].endswith(" ".join(lines))


def test_an_item_goes_on_over_the_page_in_lines_that_begin_with_capitals() -> None:
    first = ["• The law of the wards holds the rules of the night and the Rota", "   Management Act (which"]
    second = ["asks each of the wards to answer all letters) and the Night Service", "Act (which asks the office)."]
    pages = [column(wrapped(paragraph(1)), top=300) + column(first, left=240, top=100), column(second, top=TOP)]
    assert texts(pdf(pages))[-1].endswith(" ".join(second))


def test_a_short_last_item_of_a_page_ends_before_a_line_that_begins_with_a_capital() -> None:
    items = column(["Read on in one of these books of the wards:", "• The book of the porters"], top=100)
    pages = [
        [*column(wrapped(paragraph(1)), top=300), *items],
        column(["Now all wards answer", "each of these."], top=TOP),
    ]
    assert not any("porters Now" in text for text in texts(pdf(pages)))


def test_a_heading_in_a_face_of_its_own_may_be_as_long_as_its_column() -> None:
    page = column(["What the wards asked of the office in the winter"], left=72, top=TOP, font="Times-Roman")
    page += column(["Religion and all the other things of the wards are", "a part of the letters."], top=TOP - LEADING)
    page += column(wrapped(paragraph(1), 50), top=TOP - 5 * LEADING)
    assert not any("winter Religion" in text for text in texts(pdf([page])))


def test_a_raised_sign_stands_in_its_line_past_a_wide_space() -> None:
    lines = ["There were as many visits of the wards that year as in", "the one before it.", *wrapped(paragraph(1), 60)]
    page = [*column(lines, top=500, font="Courier"), ("23", 196, 500 - LEADING + 3, 6.5, "Courier")]
    assert texts(pdf([page]))[0].startswith(" ".join(lines[:2]) + "\n")


def test_a_number_in_words_keeps_its_hyphen_at_a_line_end() -> None:
    assert (
        "Seventy-nine of"
        in texts(pdf([column(["All that the wards answer is read. Seventy-", "nine of them do so."])]))[0]
    )


def test_an_odd_letter_that_the_page_has_before_items_only_is_their_mark() -> None:
    font = embed_font()
    page: list[Line] = [("We ask for:", 72, TOP, 11, font)]
    for at, item in enumerate(["rest for the teams;", "letters for the wards."], 1):
        page += [("ɚ", 80, TOP - at * LEADING, 11, font), (item, 100, TOP - at * LEADING, 11, font)]
    assert texts(pdf([page])) == ["We ask for:\n- rest for the teams;\n- letters for the wards."]
