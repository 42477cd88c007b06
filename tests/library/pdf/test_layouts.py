"""PDFs that are laid out as magazines are, or typed as resolutions are."""

from __future__ import annotations

import io
import math
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.library.documents import (
    BOLD,
    HEIGHT,
    LEADING,
    Line,
    column,
    paragraph,
    pdf,
    places,
    section,
    sentence,
    texts,
    wrapped,
)

TOP = HEIGHT - 100
under = partial(section, top=TOP)


def test_a_paragraph_goes_on_past_a_typed_rule_at_the_foot_of_its_page() -> None:
    start = ["The ward asks that all who work at night be told in good time by the members of the"]
    end = ["Ward Committee what was said of their rest."]
    note: list[Line] = [("1 See the rota of the ward.", 72, 60, 8, "Helvetica")]
    first = [*column(start, top=112), ("_" * 18, 72, 84, 8, BOLD), *note]
    assert f"{start[0]} {end[0]}" in "\n".join(texts(pdf([[*column(wrapped(paragraph(2))), *first], column(end)])))


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


def test_a_heading_below_a_table_is_no_row_of_it() -> None:
    rows = [("Headquarters", "Field", "Overall"), *((f"{n}4", f"{n}7", f"{n}9") for n in range(1, 5))]
    names = ["", "I know who is on shift", "I know whom to ask", "We rest at night", "We meet each week"]
    page = under("How the wards rest", 1)
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        cells = zip(row, (300, 380, 460), strict=True)
        page += [(text, left, 560 - LEADING * number, 9, "Helvetica") for text, left in cells]
        page += [(name, 72, 560 - LEADING * number, 9, "Helvetica")] if name else []
    page.append(("Source: a survey of staff.", 72, 482, 9, "Helvetica"))
    page += under("How teams meet", 2, top=440)
    assert places(pdf([page])) == ["How the wards rest", "How teams meet"]


def test_a_long_title_below_the_number_of_a_figure_is_no_place() -> None:
    page: list[Line] = []
    for number in range(1, 4):
        page += under(f"How ward {number} rests", number, top=TOP - 130 * (number - 1), size=11)
    title = "What the teams of wards and clinics asked of the office last year and the answers that they got by the end"
    page += [
        ("Figure V", 72, 330, 11, "Helvetica"),
        *[(title[:55], 72, 316, 11, BOLD), (title[55:], 72, 302, 11, BOLD)],
    ]
    page += column(wrapped(paragraph(4)), top=260)
    assert places(pdf([page])) == [f"How ward {number} rests" for number in range(1, 4)]


def test_the_title_of_a_chapter_after_a_list_of_contents_is_no_entry_of_it() -> None:
    entries = ["1. The night ....... 3", "2. The day ........ 4", "3. The year ....... 5"]
    contents: list[Line] = [("TABLE OF", 72, TOP, 24, BOLD), ("CONTENTS", 72, TOP - 30, 24, BOLD)]
    contents += column([entry.replace(".......", "   ") for entry in entries], top=TOP - 80)
    pages: list[list[Line]] = [
        under("A plan for rest", 9, size=24),
        contents,
        [("1 THE NIGHT", 72, 300, 60, BOLD)],
        column(wrapped(paragraph(1))),
    ]
    assert places(pdf(pages))[1:] == ["1 THE NIGHT"]


def test_letters_along_a_curve_are_no_heading() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number, letter in enumerate("FRONTIER"):
        angle = 35 - 10 * number
        canvas.saveState()
        canvas.translate(300 + 90 * math.sin(math.radians(-angle)), TOP - 60 + 90 * math.cos(math.radians(angle)))
        canvas.rotate(angle)
        canvas.setFont(BOLD, 24)
        canvas.drawString(0, 0, letter)
        canvas.restoreState()
    for text, left, bottom, size, font in under("How wards rest", 1, top=TOP - 60):
        canvas.setFont(font, size)
        canvas.drawString(left, bottom, text)
    canvas.save()
    assert places(file.getvalue()) == ["How wards rest"]


def test_who_took_a_photo_is_no_heading_of_the_page_after_it() -> None:
    pages = [
        [*under("How wards rest", 1), ("The night team meets. Photo by: Jo Hill", 72, 90, 11, BOLD)],
        column(wrapped(paragraph(2))),
        [*under("How wards meet", 3), ("The day team meets. Photo by: Jo Hill", 72, 90, 11, BOLD)],
        column(wrapped(paragraph(4))),
    ]
    assert places(pdf(pages)) == ["How wards rest", "How wards meet"]


def test_a_word_in_capitals_with_a_colon_that_stands_alone_is_a_heading() -> None:
    page = under("How wards rest", 1)
    for number, word in enumerate(("PURPOSE:", "VALUE:")):
        page += under(word, 2 + number, top=TOP - 150 * (number + 1), font="Times-Roman", size=11)
    assert [place.split(" > ")[-1] for place in places(pdf([page]))] == ["How wards rest", "PURPOSE", "VALUE"]


def test_bookmarks_of_one_level_leave_the_levels_to_the_look_of_headings() -> None:
    titles = [("1. The night team", 18), ("What they ask for", 13), ("2. The day team", 18), ("The answer", 13)]
    pages = [under(title, number, size=size) for number, (title, size) in enumerate(titles)]
    outline = [(title, 1, number) for number, (title, _) in enumerate(titles)]
    assert places(pdf(pages, outline=outline)) == [
        "1. The night team",
        "1. The night team > What they ask for",
        "2. The day team",
        "2. The day team > The answer",
    ]


def test_a_small_circle_that_is_typed_as_a_letter_begins_an_item() -> None:
    page = [*column(wrapped(paragraph(1)), top=TOP), ("The teams ask for:", 72, TOP - 100, 11, "Helvetica")]
    for number, name in enumerate("abc"):
        bottom = TOP - 100 - LEADING * (number + 1)
        page += [
            ("o", 90, bottom, 11, "Times-Roman"),
            (f"rest for team {name} at night;", 108, bottom, 11, "Helvetica"),
        ]
    shown = "\n".join(texts(pdf([page])))
    assert "\n".join(f"- rest for team {name} at night;" for name in "abc") in shown


def test_whose_words_a_quotation_is_stays_in_its_brackets() -> None:
    quotation = "“Nobody in the night team of the ward knew who had been told, and so we asked the people.” (Early"
    page = [*column(wrapped(paragraph(2)), top=TOP), (quotation, 72, TOP - 120, 11, "Times-Italic")]
    page += column(["Intervention Practitioner)"], top=TOP - 120 - LEADING)
    assert f"{quotation} Intervention Practitioner)" in "\n".join(texts(pdf([page])))


def test_words_of_a_legend_and_large_amounts_are_no_headings() -> None:
    page = under("How wards rest", 1)
    legend = zip(("Residential", "Commercial", "Industrial"), (72, 220, 380), strict=True)
    page += [(word, left, TOP - 130, 12, BOLD) for word, left in legend]
    page += [*column(wrapped(paragraph(2)), top=TOP - 180), ("8.1 million", 72, TOP - 290, 20, BOLD)]
    page += column(wrapped(paragraph(3)), top=TOP - 320)
    assert places(pdf([page])) == ["How wards rest"]


def test_columns_with_headings_of_their_own_are_no_table_though_their_paragraphs_begin_at_one_height() -> None:
    page = under("How the wards rest", 1)
    for left, seed in ((72, 2), (320, 5)):
        for part in range(3):
            top = TOP - 130 - 110 * part
            page += [(f"Ward {'abcdefgh'[seed + part]}", left, top, 12, BOLD)]
            page += column(wrapped(paragraph(seed + part, 2), 38), left=left, top=top - 20, size=10)
    assert texts(pdf([page]))[1:] == [paragraph(seed, 2) for seed in (2, 3, 4, 5, 6, 7)]


def test_a_rule_over_both_columns_parts_what_is_above_it_from_what_is_below() -> None:
    lines: list[Line] = []
    for seed, left, top in ((1, 72, TOP), (2, 320, TOP), (3, 72, TOP - 200), (4, 320, TOP - 200)):
        lines += column(wrapped(paragraph(seed), 38), left=left, top=top)
    shown = "\n".join(texts(pdf([lines], frames=[[(72, TOP - 180, 460, 1)]])))
    assert sorted(range(1, 5), key=lambda seed: shown.index(sentence(seed * 100))) == [1, 2, 3, 4]
