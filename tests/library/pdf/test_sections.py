"""Headings of a PDF’s sections: those below tables and charts, long ones, and those whose number is set otherwise."""

from __future__ import annotations

from functools import partial

from bot.library import read_document
from tests.library.documents import BOLD, HEIGHT, Line, column, paragraph, pdf, places, section, sentence, wrapped

TOP = HEIGHT - 60
ITALIC = "Helvetica-Oblique"
under = partial(section, top=TOP)


def test_a_heading_below_a_table_begins_the_text_that_is_set_in_as_it_is() -> None:
    cells = [(72, "Risks of the first year"), (236, "Risks of the second year"), (402, "Risks of now")]
    page: list[Line] = []
    for number, (left, head) in enumerate(cells):
        page += [(head, left, TOP, 8, "Helvetica-Oblique")]
        page += column(wrapped(sentence(number, 20), 26), left=left, top=TOP - 16, size=10)
    page += [("What the wards fear most of all risks", 130, TOP - 130, 10, "Helvetica-Bold")]
    page += column(wrapped(paragraph(5), 70), left=130, top=TOP - 150, size=10)
    document = read_document(pdf([under("Risks", 1), page]), "x.pdf")
    last = document.passages[-1]
    assert (last.heading, last.text) == ("Risks > What the wards fear most of all risks", paragraph(5))


def test_the_title_of_a_chart_is_no_heading_of_the_text_on_the_next_page() -> None:
    page = under("How we asked", 1)
    page += [("Systems that the wards have", 200, 560, 14, "Helvetica-Bold")]
    page += [(f"System {name}", 380, 530 - 20 * at, 9, "Helvetica") for at, name in enumerate("ABCDEF")]
    page += [("Figure 2: Systems of the wards", 200, 400, 9, "Helvetica-Oblique")]
    assert places(pdf([page, column(wrapped(paragraph(2)), top=TOP), under("What they said", 3)])) == [
        "How we asked",
        "What they said",
    ]


def test_a_title_below_which_all_words_are_small_up_to_a_caption_is_that_of_a_chart() -> None:
    page: list[Line] = [("How the wards see their rotas", 72, TOP, 20, "Helvetica")]
    shares = [("North", 9), ("South", 7), ("East", 5), ("West", 3)]
    for row, (ward, share) in enumerate(shares, start=1):
        page += [(ward, 72, TOP - 40 * row, 7, BOLD), (f"{share}% agree", 250, TOP - 40 * row - 12, 6, "Helvetica")]
    caption = ("Figure 10: How 24 wards see their rotas, in per cent", 72, TOP - 200, 8, "Helvetica-Oblique")
    after = section("2. Night", 2, top=TOP)
    assert places(pdf([under("1. Day", 1), [*page, caption], after])) == ["1. Day", "2. Night"]
    assert "How the wards see their rotas" in places(pdf([under("1. Day", 1), page, after]))[1]


def test_a_bold_heading_in_a_colour_has_a_plain_number_and_those_in_black_are_part_of_it() -> None:
    blue = (0.0, 0.2, 0.5)
    names = [f"Ground {name} - The ward has gone to another house" for name in "ABCD"]
    pages, colours = [], {}
    for number, name in enumerate(names, start=1):
        page = [(f"{number}.", 72, TOP, 11, "Helvetica"), *section(name, number, top=TOP, size=11)]
        page = [(text, left + 18 * (text == name), *rest) for text, left, *rest in page]
        pages.append([*page, *section(f"Teams {number}", 20 + number, top=TOP - 200, size=11)])
        colours[name] = blue
    expected = [f"{number}. {name}" for number, name in enumerate(names, start=1)]
    assert places(pdf(pages, colours=colours)) == [
        place for number, name in enumerate(expected, start=1) for place in (name, f"{name} > Teams {number}")
    ]


def test_a_numbered_recommendation_that_is_set_as_the_others_may_be_long() -> None:
    names = [f"RECOMMENDATION #{number}: {sentence(number, 7)[:-1]}" for number in (1, 2, 3, 4)]
    names[2] = "RECOMMENDATION #3: Ask all the wards for a day or two of rest a week, and let all of them say by noon "
    names[2] += "on the day how they do it"
    pages = []
    for number, name in enumerate(names):
        head = wrapped(name, 75)
        pages.append(column(head, top=TOP, font="Helvetica-Oblique"))
        pages[-1] += column(wrapped(paragraph(number)), top=TOP - 24 - 16 * len(head))
    assert places(pdf(pages)) == names


def test_a_long_question_in_another_face_and_colour_is_a_heading() -> None:
    names = [
        "Number of wards",
        "Names of wards",
        "Rests of wards",
        "How does the team rest by night when all the wards ask?",
    ]
    pages = [
        [
            (name, 72, TOP, 11, "Times-Roman"),
            *column(wrapped(paragraph(number), 66), top=TOP - 15),
        ]
        for number, name in enumerate(names)
    ]
    assert places(pdf(pages, colours=dict.fromkeys(names, (0.0, 0.2, 0.5)))) == names


def test_a_long_recommendation_stays_text_where_hardly_one_is_a_heading() -> None:
    names = ["Cold wards", "Warm wards", "Night wards", "Recommendation 1: Ask all wards about rest"]
    pages = [under(name, number, size=11) for number, name in enumerate(names)]
    asked = (
        "Recommendation 2: All of the wards should be asked by noon on the day for a day or two of rest a week, and "
    )
    asked += "should say so."
    pages.append(
        [*column(wrapped(asked), top=TOP, font="Helvetica-Bold"), *column(wrapped(paragraph(9)), top=TOP - 70)]
    )
    assert places(pdf(pages)) == names


def test_a_short_line_set_as_text_is_no_heading_where_bookmarks_name_others_that_are_set_so() -> None:
    names = ["Cold wards", "Warm wards", "Night wards", "Day wards"]
    pages = [under(name, number, size=11, font="Helvetica") for number, name in enumerate(names)]
    pages[1] += [
        ("Handbook of rest, second edition", 72, TOP - 150, 11, "Helvetica"),
        *column(wrapped(paragraph(9)), top=TOP - 180),
    ]
    outline = [(name, 1, number) for number, name in enumerate(names)]
    assert places(pdf(pages, outline=outline)) == names


def test_the_number_that_ends_a_sentence_above_a_bookmarked_heading_is_no_label_of_that() -> None:
    said = column([*wrapped(paragraph(1)), "This is what is said of it in", "Chapter 5."], top=TOP - 30)
    heading: Line = ("What is a rota?", 72, said[-1][2] - 24, 11, "Helvetica-Oblique")
    below = column(wrapped(paragraph(2)), top=heading[2] - 20)
    page: list[Line] = [("The wards", 72, TOP, 18, BOLD), *said, heading, *below]
    outline = [("The wards", 1, 0), ("What is a rota?", 2, 0)]
    found = read_document(pdf([page], outline=outline), "x.pdf").passages
    assert [passage.heading for passage in found] == ["The wards", "The wards > What is a rota?"]
    assert found[0].text.endswith("in Chapter 5.")


def test_headings_of_several_sizes_below_the_last_level_of_the_outline_are_under_each_other() -> None:
    named = [("About us", 1), ("Our wards", 1), ("1 Care", 1), ("1.1 Nights", 2), ("2 Rest", 1)]
    pages = [section(title, number, top=TOP, size=18 - 2 * level) for number, (title, level) in enumerate(named)]
    deeper = [("1.1.1 Handover", BOLD, 13), ("Who takes part", "Helvetica-BoldOblique", 11)]
    for number, (name, font, size) in enumerate(deeper, start=1):
        pages[3] += section(name, 20 + number, top=TOP - 200 * number, font=font, size=size)
    outline = [(title, level, number) for number, (title, level) in enumerate(named)]
    assert places(pdf(pages, outline=outline))[2:] == [
        "1 Care",
        "1 Care > 1.1 Nights",
        "1 Care > 1.1 Nights > 1.1.1 Handover",
        "1 Care > 1.1 Nights > 1.1.1 Handover > Who takes part",
        "2 Rest",
    ]


def test_short_lines_in_a_colour_of_their_own_are_headings_below_those_in_bold() -> None:
    names = [f"{name} {letter}" for letter in "abc" for name in ("What it asks in ward", "What it gets in ward")]
    pages = [section(f"Ward {number}", number, top=TOP, size=11) for number in (1, 2, 3)]
    for number, name in enumerate(names):
        top = TOP - 200 * (1 + number % 2)
        pages[number // 2] += section(name, 10 + number, top=top, size=11, font="Helvetica")
    expected = [
        place
        for number in (1, 2, 3)
        for place in (f"Ward {number}", *(f"Ward {number} > {name}" for name in names[2 * number - 2 : 2 * number]))
    ]
    assert places(pdf(pages, colours=dict.fromkeys(names, (0.6, 0.1, 0.5)))) == expected
    assert places(pdf(pages)) == ["Ward 1", "Ward 2", "Ward 3"]


def test_a_heading_after_a_policy_with_a_code_is_part_of_it_though_it_is_set_alike() -> None:
    titles = [
        "Homes for all",
        "HOU1 Where homes go",
        "Homes on the edge",
        "HOU2 How homes look",
        "HOU3 What homes cost",
    ]
    pages = [under(title, number) for number, title in enumerate(titles)]
    titles[2] = "HOU1 Where homes go > Homes on the edge"
    assert places(pdf(pages)) == titles


def test_the_next_chapter_ends_the_one_before_though_only_that_is_in_capitals_and_it_is_hardly_large() -> None:
    pages = [under("1. HOMES FOR THE WARDS", 1), under("2. Work for all", 2), under("3. ROADS AND PATHS", 3)]
    assert places(pdf(pages)) == ["1. HOMES FOR THE WARDS", "2. Work for all", "3. ROADS AND PATHS"]


def test_italic_headings_are_so_together_though_each_is_in_the_colour_of_its_chapter() -> None:
    names = {"What it asks": (0.6, 0.1, 0.5), "What it gets": (0.1, 0.5, 0.2), "What it costs": (0.8, 0.4, 0.0)}
    pages = [
        [*under(f"Ward {ward}", number, size=12), *section(name, 9 + number, top=TOP - 200, size=11, font=ITALIC)]
        for number, (ward, name) in enumerate(zip("abc", names, strict=True))
    ]
    assert [place.split(" > ")[-1] for place in places(pdf(pages, colours=names))][1::2] == list(names)


def test_italic_headings_are_so_beside_many_quotations_in_italics_of_another_colour() -> None:
    said = [paragraph(20 + number, 2) for number in range(10)]
    names = ["What it asks", "What it gets", "What it costs"]
    pages = [
        [*under(f"Ward {ward}", number, size=12), *section(name, 9 + number, top=TOP - 200, size=11, font=ITALIC)]
        for number, (ward, name) in enumerate(zip("abc", names, strict=True))
    ]
    lines = [wrapped(each) for each in said]
    for number, each in enumerate(lines):
        pages[number % 3] += column(each, top=TOP - 350 - 80 * (number // 3), font=ITALIC)
    colours = {line: (0.1, 0.5, 0.2) for each in lines for line in each}
    shown = places(pdf(pages, colours=colours))
    assert [place.split(" > ")[-1] for place in shown][1::2] == names
