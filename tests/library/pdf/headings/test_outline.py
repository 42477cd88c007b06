"""The bookmarks of a PDF: which headings they tell, at which levels, and what they leave to the look of the lines."""

from __future__ import annotations

from bot.library import read_document
from tests.library.documents import BOLD, Line, column, paragraph, pdf, places, section, wrapped
from tests.library.pages import HIGH, named, on_top, under


def test_the_outline_tells_headings_that_look_like_text_and_their_levels() -> None:
    headings = [("The night team", 1), ("What they ask for", 2), ("The answer", 2), ("The year ahead", 1)]
    pages = [on_top(title, number, size=11, font="Helvetica") for number, (title, _) in enumerate(headings)]
    outline = [(title, level, number) for number, (title, level) in enumerate(headings)]
    assert places(pdf(pages, outline=outline)) == [
        "The night team",
        "The night team > What they ask for",
        "The night team > The answer",
        "The year ahead",
    ]


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


def test_bookmarks_of_figures_and_tables_alone_tell_nothing_of_the_headings() -> None:
    titles = ["1. Care", "1.1 Nights", "Table 1. Hours of rest", "1.2 Meals", "2. Staff"]
    pages = [on_top(title, number) for number, title in enumerate(titles)]
    outline = [("Table 1. Hours of rest", 1, 2), ("Fig. 1. Rotas of all wards", 1, 3)]
    shown = places(pdf(pages, outline=outline))
    assert shown == places(pdf(pages))
    assert {"1. Care > 1.1 Nights", "1. Care > 1.2 Meals", "2. Staff"} <= set(shown)


def test_headings_below_the_last_level_of_the_outline_are_part_of_those_that_it_names() -> None:
    named = [("1 Care", 1), ("1.1 Nights", 2), ("A Annex", 1), ("A.1 Letters", 2), ("A.2 Rotas", 2)]
    deeper = {"1.1 Nights": ("1.1.1 Handover", "1.1.2 Rest"), "A.1 Letters": ("Sources",), "A.2 Rotas": ("Sources",)}
    pages = [[*on_top(title, 2 * number, size=13 - level)] for number, (title, level) in enumerate(named)]
    for page, (title, _) in zip(pages, named, strict=True):
        for number, name in enumerate(deeper.get(title, ()), start=1):
            page += section(name, 20 + number, top=HIGH - 200 * number, size=11)
    outline = [(title, level, number) for number, (title, level) in enumerate(named)]
    assert places(pdf(pages, outline=outline)) == [
        "1 Care",
        "1 Care > 1.1 Nights",
        "1 Care > 1.1 Nights > 1.1.1 Handover",
        "1 Care > 1.1 Nights > 1.1.2 Rest",
        "A Annex",
        "A Annex > A.1 Letters",
        "A Annex > A.1 Letters > Sources",
        "A Annex > A.2 Rotas",
        "A Annex > A.2 Rotas > Sources",
    ]


def test_headings_of_several_sizes_below_the_last_level_of_the_outline_are_under_each_other() -> None:
    named = [("About us", 1), ("Our wards", 1), ("1 Care", 1), ("1.1 Nights", 2), ("2 Rest", 1)]
    pages = [section(title, number, top=HIGH, size=18 - 2 * level) for number, (title, level) in enumerate(named)]
    deeper = [("1.1.1 Handover", BOLD, 13), ("Who takes part", "Helvetica-BoldOblique", 11)]
    for number, (name, font, size) in enumerate(deeper, start=1):
        pages[3] += section(name, 20 + number, top=HIGH - 200 * number, font=font, size=size)
    outline = [(title, level, number) for number, (title, level) in enumerate(named)]
    assert places(pdf(pages, outline=outline))[2:] == [
        "1 Care",
        "1 Care > 1.1 Nights",
        "1 Care > 1.1 Nights > 1.1.1 Handover",
        "1 Care > 1.1 Nights > 1.1.1 Handover > Who takes part",
        "2 Rest",
    ]


def test_a_heading_that_the_outline_forgot_is_one_as_those_that_are_set_so_though_it_is_smaller_by_a_little() -> None:
    pages = [column(wrapped(paragraph(number))) for number in (92, 93)]
    pages.append(named("Care", 90, size=18))
    outline = [("Care", 1, 2), ("Sources", 1, 10)]
    for number, part in enumerate("abcdefg", start=3):
        size = 12.6 if part == "d" else 14
        pages.append(column(wrapped(paragraph(number + 20))))
        pages[-1] += [("Care at night: what all teams of the wards do together", 72, 500, size, "Helvetica-Bold")]
        pages[-1] += [
            (f"5{part}. On the wards", 72, 484, 14, "Helvetica-Oblique"),
            *named("Remarks", number, size=12, top=440),
        ]
        if part != "d":
            outline.append((f"Care at night: what all teams of the wards do together 5{part}. On the wards", 2, number))
    pages.append(named("Sources", 91, size=18))
    found = [place for place in places(pdf(pages, outline=outline)) if place.endswith("Remarks")]
    assert found == [
        f"Care > Care at night: what all teams of the wards do together 5{part}. On the wards > Remarks"
        for part in "abcdefg"
    ]


def test_a_short_line_set_as_text_is_no_heading_where_bookmarks_name_others_that_are_set_so() -> None:
    names = ["Cold wards", "Warm wards", "Night wards", "Day wards"]
    pages = [on_top(name, number, size=11, font="Helvetica") for number, name in enumerate(names)]
    pages[1] += [
        ("Handbook of rest, second edition", 72, HIGH - 150, 11, "Helvetica"),
        *column(wrapped(paragraph(9)), top=HIGH - 180),
    ]
    outline = [(name, 1, number) for number, name in enumerate(names)]
    assert places(pdf(pages, outline=outline)) == names


def test_the_number_that_ends_a_sentence_above_a_bookmarked_heading_is_no_label_of_that() -> None:
    said = column([*wrapped(paragraph(1)), "This is what is said of it in", "Chapter 5."], top=HIGH - 30)
    heading: Line = ("What is a rota?", 72, said[-1][2] - 24, 11, "Helvetica-Oblique")
    below = column(wrapped(paragraph(2)), top=heading[2] - 20)
    page: list[Line] = [("The wards", 72, HIGH, 18, BOLD), *said, heading, *below]
    outline = [("The wards", 1, 0), ("What is a rota?", 2, 0)]
    found = read_document(pdf([page], outline=outline), "x.pdf").passages
    assert [passage.heading for passage in found] == ["The wards", "The wards > What is a rota?"]
    assert found[0].text.endswith("in Chapter 5.")
