"""What is no heading of a PDF though it is set so, and what is one though it is set otherwise."""

from __future__ import annotations

from functools import partial

from bot.library import read_document
from tests.library.documents import BOLD, HEIGHT, Line, column, paragraph, pdf, places, section, sentence, wrapped

TOP = HEIGHT - 60
PLAIN = "Helvetica"
ITALIC = "Helvetica-Oblique"
under = partial(section, top=TOP)


def text_on(top: float, seed: int) -> list[Line]:
    return column(wrapped(paragraph(seed)), top=top)


def test_the_names_of_the_authors_and_the_date_below_a_title_are_no_headings() -> None:
    first: list[Line] = [
        ("Rest on the wards at night", 72, TOP, 20, PLAIN),
        ("Ada North and Ben South", 72, TOP - 40, 14, PLAIN),
        ("February 3, 2022", 72, TOP - 70, 14, PLAIN),
        *text_on(TOP - 110, 1),
    ]
    pages = [first, *(under(f"{number} Ward", number) for number in (1, 2, 3))]
    assert places(pdf(pages)) == ["Rest on the wards at night", "1 Ward", "2 Ward", "3 Ward"]


def test_the_title_of_a_page_of_its_own_is_not_put_with_that_on_the_next_page() -> None:
    cover: list[Line] = [("Summary of the evidence and of what we ask", 72, TOP - 200, 24, PLAIN)]
    pages = [
        section("1. Day on all wards", 1, top=TOP, size=24),
        under("Cold wards", 2),
        cover,
        section("2. Night on all the wards", 3, top=TOP, size=24),
    ]
    assert places(pdf(pages))[-1] == "2. Night on all the wards"


def test_large_words_in_small_letters_are_no_heading_but_the_words_of_a_picture() -> None:
    picture: list[Line] = [("for women", 90, TOP - 60, 16, PLAIN), ("for men", 300, TOP - 60, 16, PLAIN)]
    picture += [("62", 90, TOP - 40, 30, PLAIN), ("64", 300, TOP - 40, 30, PLAIN)]
    pages = [under("Day", 1), picture, column(wrapped(paragraph(2)), top=TOP), under("Night", 3)]
    assert places(pdf(pages)) == ["Day", "Night"]


def test_terms_in_small_letters_that_are_set_as_headings_are_so_above_what_they_mean() -> None:
    terms = ["rest", "night ward", "cold ward", "warm ward"]
    pages = [under("Glossary", 1), *(section(term, number, top=TOP, size=12.5) for number, term in enumerate(terms))]
    assert places(pdf(pages)) == ["Glossary", *terms]


def test_what_has_only_a_few_words_here_and_there_below_it_is_no_heading() -> None:
    chart: list[Line] = [("Rests by sort of ward", 72, TOP, 14, ITALIC)]
    chart += [(word, 90 + 90 * at, TOP - 40 - 30 * at, 9, PLAIN) for at, word in enumerate(("Cold", "Warm", "Night"))]
    pages = [under("Day", 1), under("Week", 2), chart, under("Night", 3)]
    assert "Rests by sort of ward" not in " ".join(places(pdf(pages)))


def test_captions_in_large_type_beside_each_other_are_no_headings_but_a_short_line_set_so_is() -> None:
    captions = (
        "Nearly all of the wards that we saw let staff rest",
        "A study of the nurses of one cold ward found that those who rest for an hour of the night make fewer mistakes "
        "in the next one and are less ill in all the year that comes after",
    )
    large = 14
    pictures: list[Line] = [
        (line, 72 + 160 * at, 300 - large * 1.2 * row, large, PLAIN)
        for at, caption in enumerate(captions)
        for row, line in enumerate(wrapped(caption, 20))
    ]
    pages = [
        *(section(word, at, top=TOP, size=20) for at, word in enumerate(("Day", "Week"))),
        [*section("Night", 3, top=TOP, size=20), *pictures],
        [("Rest", 72, TOP, large, PLAIN), *column(wrapped(sentence(9, 20), 60), top=TOP - 30, size=large)],
        under("Year", 4),
    ]
    assert places(pdf(pages)) == ["Day", "Week", "Night", "Night > Rest", "Night > Year"]


def test_the_first_of_many_bold_items_of_a_list_is_no_heading_above_them() -> None:
    items = ["Cold wards", "Warm wards", "Night wards", "Day wards", "All wards"]
    listed: list[Line] = [
        (f"{number}. {item}", 72, TOP - 130 - 24 * number, 11, BOLD) for number, item in enumerate(items, start=1)
    ]
    pages = [
        [*under("Night", 1), *listed, *text_on(TOP - 300, 2)],
        *(section(word, number, top=TOP, size=11) for number, word in enumerate(("Day", "Week", "Year"), start=3)),
    ]
    assert "Cold" not in " ".join(places(pdf(pages)))


def test_an_office_that_is_always_right_below_a_name_is_no_heading_of_its_own() -> None:
    people = [("Ada North", "Head of the cold wards"), ("Ben South", "Head of the warm wards"), ("Cy East", "Porter")]
    page: list[Line] = []
    for at, (name, office) in enumerate(people):
        top = TOP - 200 * at
        page += [(name, 72, top, 11, BOLD), (office, 72, top - 13, 11, PLAIN), *text_on(top - 40, at)]
    colours = dict.fromkeys((office for _, office in people), (0.8, 0.3, 0.0))
    report = pdf([under("People", 9), page], colours=colours)
    assert places(report) == ["People", *(f"People > {name}" for name, _ in people)]
    assert "Head of the warm wards" in " ".join(each.text for each in read_document(report, "x.pdf").passages)


def test_a_chapter_in_a_colour_of_its_own_is_not_part_of_the_numbered_one_before_it() -> None:
    names = ["1. Day", "2. Night", "3. Week", "Next steps"]
    colours = dict(zip(names, [(0.0, 0.5, 0.5), (0.5, 0.0, 0.5), (0.0, 0.0, 0.6), (0.9, 0.4, 0.0)], strict=True))
    pages = [section(name, number, top=TOP, size=24) for number, name in enumerate(names)]
    assert places(pdf(pages, colours=colours)) == names


def test_bold_headings_in_another_face_are_so_though_smaller_than_the_text_and_above_those_in_italics() -> None:
    pages = []
    for number in range(1, 4):
        page = [*text_on(TOP, number), (f"Wards {number}", 72, TOP - 150, 10, "Times-Bold")]
        page += [*text_on(TOP - 174, 10 + number), (f"Rests {number}", 72, TOP - 350, 11, ITALIC)]
        page += text_on(TOP - 374, 20 + number)
        pages.append(page)
    assert places(pdf([under("Part I", 9), *pages])) == [
        "Part I",
        *(each for n in (1, 2, 3) for each in (f"Wards {n}", f"Wards {n} > Rests {n}")),
    ]


def test_short_lines_in_bold_italics_by_themselves_are_headings_though_a_stop_ends_them() -> None:
    names = ["Find people.", "Compare the wards.", "Watch the nights."]
    page: list[Line] = []
    for at, name in enumerate(names):
        top = TOP - 30 - 220 * at
        page += [(name, 72, top, 11, "Helvetica-BoldOblique"), *text_on(top - 26, at)]
    assert places(pdf([under("Uses", 9), page])) == ["Uses", *(f"Uses > {name}" for name in names)]


def test_bold_sentences_that_the_text_repeats_stay_text() -> None:
    pages = []
    for number in range(1, 5):
        page = [*under(f"Ward {number}", number), ("We agree with this.", 72, TOP - 200, 11, BOLD)]
        pages.append([*page, *text_on(TOP - 226, 10 + number)])
    assert places(pdf(pages)) == [f"Ward {number}" for number in range(1, 5)]


def test_the_number_of_a_chapter_is_above_many_labels_beside_the_text() -> None:
    labels = ["What we want", "Aims", "Reasons", "Means"]
    page: list[Line] = [("1. Starting out", 72, TOP, 24, PLAIN)]
    page += [(label, 72, TOP - 50 - 40 * at, 14, PLAIN) for at, label in enumerate(labels)]
    page += text_on(TOP - 250, 1)
    pages = [
        page,
        *(
            section(f"{number}. Ward {sentence(number, 3)[:-1]}", number, top=TOP, size=24, font=PLAIN)
            for number in (2, 3)
        ),
    ]
    assert places(pdf(pages))[0].startswith("1. Starting out")
