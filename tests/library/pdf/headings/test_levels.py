"""Which heading of a PDF is under which: the levels and paths that looks, numbers and names tell."""

from __future__ import annotations

from tests.library.documents import BOLD, Line, column, paragraph, pdf, places, section, sentence, wrapped
from tests.library.pages import HIGH, PLAIN, TOP, named, on_top, read, text_on, under


def test_numbers_tell_the_levels_of_headings_that_look_alike() -> None:
    titles = ["1 Introduction", "1.1 Background", "1.2 Methods", "2 Findings", "2.1 Rest"]
    pages = [on_top(title, number) for number, title in enumerate(titles)]
    assert places(pdf(pages)) == [
        "1 Introduction",
        "1 Introduction > 1.1 Background",
        "1 Introduction > 1.2 Methods",
        "2 Findings",
        "2 Findings > 2.1 Rest",
    ]


def test_headings_numbered_alike_are_beside_each_other() -> None:
    pages = [
        [*under("1.1 Make it open", 1, size=20), *section("1.2 Ask people", 2, top=TOP - 200, size=20)],
        under("Action 1.1 Open the rota", 3),
        under("Action 1.2 Ask by post", 4),
    ]
    assert places(pdf(pages)) == [
        "1.1 Make it open",
        "1.2 Ask people",
        "Action 1.1 Open the rota",
        "Action 1.2 Ask by post",
    ]


def test_a_chapter_with_the_next_number_ends_the_one_before_though_it_is_set_smaller() -> None:
    pages = [
        [*under("3.7 Waste", 1, size=30), *section("Heaps", 2, top=TOP - 200)],
        [*under("4 Other matters", 3, size=18), *section("Sums", 4, top=TOP - 200)],
        under("5 Next steps", 5, size=18),
    ]
    pages = [under("1 Summary", 8, size=30), column(wrapped(paragraph(9))), *pages]
    assert places(pdf(pages))[-3:] == ["4 Other matters", "4 Other matters > Sums", "5 Next steps"]


def test_the_next_chapter_ends_the_one_before_though_only_that_is_in_capitals_and_it_is_hardly_large() -> None:
    pages = [on_top("1. HOMES FOR THE WARDS", 1), on_top("2. Work for all", 2), on_top("3. ROADS AND PATHS", 3)]
    assert places(pdf(pages)) == ["1. HOMES FOR THE WARDS", "2. Work for all", "3. ROADS AND PATHS"]


def test_a_heading_without_a_number_is_beside_the_numbered_ones_that_look_like_it() -> None:
    names = [("4. Evidence", 24), ("4.4 Feasibility", 18), ("4.4.1 Money", 14), ("Costs of the rota", 14)]
    names += [
        ("4.4.2 Risks", 14),
        ("4.4.3 Data", 14),
        ("5. Next steps", 24),
        ("5.1 The wards", 18),
        ("5.1.1 North", 14),
        ("Costs of the beds", 14),
    ]
    pages: list[list[Line]] = [column(wrapped(paragraph(index))) for index in (20, 21)]
    for index, (name, size) in enumerate(names):
        pages.append([(name, 72, TOP, size, BOLD), *column(wrapped(paragraph(index + 1)), top=TOP - 40)])
    found = [passage.heading for passage in read(pdf(pages))]
    assert "4. Evidence > 4.4 Feasibility > Costs of the rota" in found
    assert "4. Evidence > 4.4 Feasibility > 4.4.2 Risks" in found


def test_a_heading_that_is_an_acronym_stands_beside_its_fellows() -> None:
    titles = ["1. The night team", "2. NHS", "3. The day team"]
    pages = [
        [(title, 72, TOP, 12, BOLD), *column(wrapped(paragraph(number)), top=TOP - 30)]
        for number, title in enumerate(titles)
    ]
    assert places(pdf(pages)) == titles


def test_a_short_word_in_capitals_has_the_level_of_the_headings_in_small_letters_that_are_set_so() -> None:
    parts = {
        "WHY WE ASKED": ("Two wards",),
        "CASE STUDIES": ("Cold wards", "EMRAD", "Warm wards"),
        "SOURCES": ("Talks",),
    }
    pages = [column(wrapped(paragraph(number))) for number in (90, 91)]
    expected = [""]
    for part, names in parts.items():
        pages += [named(name, len(pages) + number) for number, name in enumerate((part, *names))]
        expected += [part, *(f"{part} > {name}" for name in names)]
    assert places(pdf(pages)) == expected


def test_a_chapter_in_capitals_behind_its_label_is_above_headings_of_the_same_size() -> None:
    bold = "Helvetica-Bold"
    summary: Line = ("SUMMARY OF EVERYTHING", 72, HIGH, 12, bold)
    pages: list[list[Line]] = [[summary, *column(wrapped(paragraph(9)), top=HIGH - 30)]]
    names = (("REST FOR EVERYBODY", "What they said"), ("ROTAS AND NOTICE", "Where it failed"))
    for number, (name, within) in enumerate(names, start=1):
        chapter: Line = (f"Chapter {number}: {name}", 72, HIGH, 12, bold)
        first = [(within, 72, HIGH - 130, 12, bold), *column(wrapped(paragraph(number + 10)), top=HIGH - 160)]
        pages.append([chapter, *column(wrapped(paragraph(number)), top=HIGH - 30), *first])
    assert places(pdf(pages)) == [
        "SUMMARY OF EVERYTHING",
        "Chapter 1: REST FOR EVERYBODY",
        "Chapter 1: REST FOR EVERYBODY > What they said",
        "Chapter 2: ROTAS AND NOTICE",
        "Chapter 2: ROTAS AND NOTICE > Where it failed",
    ]


def test_a_chapter_in_a_colour_of_its_own_is_not_part_of_the_numbered_one_before_it() -> None:
    names = ["1. Day", "2. Night", "3. Week", "Next steps"]
    colours = dict(zip(names, [(0.0, 0.5, 0.5), (0.5, 0.0, 0.5), (0.0, 0.0, 0.6), (0.9, 0.4, 0.0)], strict=True))
    pages = [section(name, number, top=HIGH, size=24) for number, name in enumerate(names)]
    assert places(pdf(pages, colours=colours)) == names


def test_a_bold_heading_in_a_colour_has_a_plain_number_and_those_in_black_are_part_of_it() -> None:
    blue = (0.0, 0.2, 0.5)
    names = [f"Ground {name} - The ward has gone to another house" for name in "ABCD"]
    pages, colours = [], {}
    for number, name in enumerate(names, start=1):
        page = [(f"{number}.", 72, HIGH, 11, "Helvetica"), *section(name, number, top=HIGH, size=11)]
        page = [(text, left + 18 * (text == name), *rest) for text, left, *rest in page]
        pages.append([*page, *section(f"Teams {number}", 20 + number, top=HIGH - 200, size=11)])
        colours[name] = blue
    expected = [f"{number}. {name}" for number, name in enumerate(names, start=1)]
    assert places(pdf(pages, colours=colours)) == [
        place for number, name in enumerate(expected, start=1) for place in (name, f"{name} > Teams {number}")
    ]


def test_a_look_of_headings_that_is_always_right_before_another_is_above_it() -> None:
    pages = []
    for number in range(1, 5):
        top = [(f"Future aims: part {'abcd'[number - 1]}", 72.0, TOP, 11.5, "Helvetica-BoldOblique")]
        pages.append([*top, *section(f"Aim {'abcd'[number - 1]}: rest", number, top=TOP - 30)])
    assert places(pdf(pages)) == [f"Future aims: part {letter} > Aim {letter}: rest" for letter in "abcd"]


def test_a_heading_after_a_policy_with_a_code_is_part_of_it_though_it_is_set_alike() -> None:
    titles = [
        "Homes for all",
        "HOU1 Where homes go",
        "Homes on the edge",
        "HOU2 How homes look",
        "HOU3 What homes cost",
    ]
    pages = [on_top(title, number) for number, title in enumerate(titles)]
    titles[2] = "HOU1 Where homes go > Homes on the edge"
    assert places(pdf(pages)) == titles


def test_the_number_of_a_chapter_is_above_many_labels_beside_the_text() -> None:
    labels = ["What we want", "Aims", "Reasons", "Means"]
    page: list[Line] = [("1. Starting out", 72, HIGH, 24, PLAIN)]
    page += [(label, 72, HIGH - 50 - 40 * at, 14, PLAIN) for at, label in enumerate(labels)]
    page += text_on(HIGH - 250, 1)
    pages = [
        page,
        *(
            section(f"{number}. Ward {sentence(number, 3)[:-1]}", number, top=HIGH, size=24, font=PLAIN)
            for number in (2, 3)
        ),
    ]
    assert places(pdf(pages))[0].startswith("1. Starting out")
