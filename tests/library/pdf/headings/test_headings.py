"""Which lines of a PDF are headings: their size, weight, face and colour tell it, and where they stand."""

from __future__ import annotations

from tests.library.documents import (
    BOLD,
    LEADING,
    FontLine,
    Line,
    column,
    embed_font,
    paragraph,
    pdf,
    places,
    section,
    wrapped,
)
from tests.library.pages import HIGH, ITALIC, TOP, named, on_top, text_on, under


def test_headings_of_a_face_with_lower_letters_are_found_by_the_size_of_their_type() -> None:
    body = embed_font()
    pages: list[list[FontLine]] = []
    for number in range(1, 4):
        lines = [
            (text, 72.0, HIGH - 30 - index * 16, 12.0, body)
            for index, text in enumerate(wrapped(paragraph(number), 60))
        ]
        pages.append([(f"Part {'abc'[number - 1]}: what was said", 72.0, HIGH, 12.0, "Helvetica-Bold"), *lines])
    assert places(pdf(pages)) == ["Part a: what was said", "Part b: what was said", "Part c: what was said"]


def test_what_is_set_as_nothing_but_headings_is_one_whatever_its_first_letter_or_its_last() -> None:
    names = ["Cold wards", "eTrauma", "Warm wards", "Night wards", "Appendix C: how the wards fared in spring."]
    pages = [named(name, number) for number, name in enumerate(names)]
    assert places(pdf(pages)) == names


def test_headings_are_known_by_their_face_where_the_file_calls_all_its_type_bold() -> None:
    pages = []
    for number in (1, 2, 3):
        page: list[Line] = [(f"How ward {number} rests", 72, 600, 11, "Times-Bold")]
        page += column(wrapped(paragraph(number)), top=576, font=BOLD)
        page += column(["1. Rest of each team", "2. Tea", "3. A day of leave"], top=480, font=BOLD)
        pages.append(page)
    assert places(pdf(pages)) == [f"How ward {number} rests" for number in (1, 2, 3)]


def test_bold_headings_in_another_face_are_so_though_smaller_than_the_text_and_above_those_in_italics() -> None:
    pages = []
    for number in range(1, 4):
        page = [*text_on(HIGH, number), (f"Wards {number}", 72, HIGH - 150, 10, "Times-Bold")]
        page += [*text_on(HIGH - 174, 10 + number), (f"Rests {number}", 72, HIGH - 350, 11, ITALIC)]
        page += text_on(HIGH - 374, 20 + number)
        pages.append(page)
    assert places(pdf([on_top("Part I", 9), *pages])) == [
        "Part I",
        *(each for n in (1, 2, 3) for each in (f"Wards {n}", f"Wards {n} > Rests {n}")),
    ]


def test_short_lines_in_bold_italics_by_themselves_are_headings_though_a_stop_ends_them() -> None:
    names = ["Find people.", "Compare the wards.", "Watch the nights."]
    page: list[Line] = []
    for at, name in enumerate(names):
        top = HIGH - 30 - 220 * at
        page += [(name, 72, top, 11, "Helvetica-BoldOblique"), *text_on(top - 26, at)]
    assert places(pdf([on_top("Uses", 9), page])) == ["Uses", *(f"Uses > {name}" for name in names)]


def test_italic_headings_are_so_together_though_each_is_in_the_colour_of_its_chapter() -> None:
    names = {"What it asks": (0.6, 0.1, 0.5), "What it gets": (0.1, 0.5, 0.2), "What it costs": (0.8, 0.4, 0.0)}
    pages = [
        [*on_top(f"Ward {ward}", number, size=12), *section(name, 9 + number, top=HIGH - 200, size=11, font=ITALIC)]
        for number, (ward, name) in enumerate(zip("abc", names, strict=True))
    ]
    assert [place.split(" > ")[-1] for place in places(pdf(pages, colours=names))][1::2] == list(names)


def test_italic_headings_are_so_beside_many_quotations_in_italics_of_another_colour() -> None:
    said = [paragraph(20 + number, 2) for number in range(10)]
    names = ["What it asks", "What it gets", "What it costs"]
    pages = [
        [*on_top(f"Ward {ward}", number, size=12), *section(name, 9 + number, top=HIGH - 200, size=11, font=ITALIC)]
        for number, (ward, name) in enumerate(zip("abc", names, strict=True))
    ]
    lines = [wrapped(each) for each in said]
    for number, each in enumerate(lines):
        pages[number % 3] += column(each, top=HIGH - 350 - 80 * (number // 3), font=ITALIC)
    colours = {line: (0.1, 0.5, 0.2) for each in lines for line in each}
    shown = places(pdf(pages, colours=colours))
    assert [place.split(" > ")[-1] for place in shown][1::2] == names


def test_headings_that_their_colour_alone_tells_from_the_text_are_found_also_at_the_heads_of_pages() -> None:
    pages = [column(wrapped(paragraph(number)), top=HIGH) for number in (30, 31)]
    for number in range(4):
        names = ("Reasons", "Evidence")[:: 1 if number % 2 else -1]
        below, above = (
            [(name, 72.0, top, 11.0, "Helvetica"), *column(wrapped(paragraph(number + seed)), top=top - 25)]
            for name, top, seed in zip(names, (HIGH - 160, HIGH), (10, 20), strict=True)
        )
        pages += [[*on_top(f"Policy {number} of the wards", number), *below], above]
    report = pdf(pages, colours=dict.fromkeys(("Reasons", "Evidence"), (0.5, 0, 0.5)))
    assert sorted(places(report)[1:]) == [
        f"Policy {number} of the wards{part}" for number in range(4) for part in ("", " > Evidence", " > Reasons")
    ]


def test_a_heading_that_its_colour_alone_tells_may_be_above_a_list_or_have_a_letter() -> None:
    names = [f"{letter}. What the {who} said" for letter, who in zip("abc", ("wards", "teams", "nurses"), strict=True)]
    page: list[Line] = [*column(wrapped(paragraph(1)), top=HIGH)]
    for number, name in enumerate(names):
        top = HIGH - 120 - 195 * number
        page += [
            (name, 72, top, 11, "Helvetica"),
            *column(wrapped(paragraph(number + 2)), top=top - 25),
            (f"Tasks {number}", 72, top - 140, 11, "Helvetica"),
            ("• New beds.", 72, top - 160, 11, "Helvetica"),
        ]
    report = pdf([page], colours=dict.fromkeys((*names, "Tasks 0", "Tasks 1", "Tasks 2"), (0.5, 0, 0.5)))
    found = [place.split(" > ")[-1] for place in places(report)[1:]]
    assert found == [part for number, name in enumerate(names) for part in (name, f"Tasks {number}")]


def test_short_lines_in_a_colour_of_their_own_are_headings_below_those_in_bold() -> None:
    names = [f"{name} {letter}" for letter in "abc" for name in ("What it asks in ward", "What it gets in ward")]
    pages = [section(f"Ward {number}", number, top=HIGH, size=11) for number in (1, 2, 3)]
    for number, name in enumerate(names):
        top = HIGH - 200 * (1 + number % 2)
        pages[number // 2] += section(name, 10 + number, top=top, size=11, font="Helvetica")
    expected = [
        place
        for number in (1, 2, 3)
        for place in (f"Ward {number}", *(f"Ward {number} > {name}" for name in names[2 * number - 2 : 2 * number]))
    ]
    assert places(pdf(pages, colours=dict.fromkeys(names, (0.6, 0.1, 0.5)))) == expected
    assert places(pdf(pages)) == ["Ward 1", "Ward 2", "Ward 3"]


def test_a_long_question_in_another_face_and_colour_is_a_heading() -> None:
    names = [
        "Number of wards",
        "Names of wards",
        "Rests of wards",
        "How does the team rest by night when all the wards ask?",
    ]
    pages = [
        [
            (name, 72, HIGH, 11, "Times-Roman"),
            *column(wrapped(paragraph(number), 66), top=HIGH - 15),
        ]
        for number, name in enumerate(names)
    ]
    assert places(pdf(pages, colours=dict.fromkeys(names, (0.0, 0.2, 0.5)))) == names


def test_terms_in_small_letters_that_are_set_as_headings_are_so_above_what_they_mean() -> None:
    terms = ["rest", "night ward", "cold ward", "warm ward"]
    pages = [on_top("Glossary", 1), *(section(term, number, top=HIGH, size=12.5) for number, term in enumerate(terms))]
    assert places(pdf(pages)) == ["Glossary", *terms]


def test_a_word_in_capitals_with_a_colon_that_stands_alone_is_a_heading() -> None:
    page = under("How wards rest", 1)
    for number, word in enumerate(("PURPOSE:", "VALUE:")):
        page += under(word, 2 + number, top=TOP - 150 * (number + 1), font="Times-Roman", size=11)
    assert [place.split(" > ")[-1] for place in places(pdf([page]))] == ["How wards rest", "PURPOSE", "VALUE"]


def test_a_bold_item_over_a_paragraph_is_its_heading() -> None:
    page: list[Line] = [("Findings", 72, TOP, 16, BOLD)]
    for number in (1, 2):
        top = TOP - 150 * number + 110
        page += [("•", 72, top, 11, BOLD), (f"Ask ward {'abc'[number]} each week", 86, top, 11, BOLD)]
        page += column(wrapped(paragraph(number)), top=top - LEADING)
    assert places(pdf([page])) == ["Findings > Ask ward b each week", "Findings > Ask ward c each week"]
