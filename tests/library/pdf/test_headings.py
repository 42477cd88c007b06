"""Headings of a PDF: none lost to running heads, each at its level, none that ends later than its box."""

from __future__ import annotations

from functools import partial

from bot.library import read_document
from tests.library.documents import (
    HEIGHT,
    FontLine,
    Frame,
    Line,
    column,
    embed_font,
    paragraph,
    pdf,
    places,
    section,
    sentence,
    wrapped,
)

TOP = HEIGHT - 60
FOOT = 40
under = partial(section, top=TOP)


def texts(data: bytes) -> str:
    return "\n".join(passage.text for passage in read_document(data, "x.pdf").passages)


def test_numbered_headings_at_the_top_of_every_page_are_no_running_heads() -> None:
    pages = [under(f"Recommendation {number}", number) for number in range(1, 9)]
    document = read_document(pdf(pages), "x.pdf")
    assert [(passage.heading, passage.text) for passage in document.passages] == [
        (f"Recommendation {number}", paragraph(number)) for number in range(1, 9)
    ]


def test_case_studies_one_a_page_keep_their_headings_beside_numbers_of_pages() -> None:
    pages = [
        [*under(f"Case study {number}", number), (f"Page {number}", 280, FOOT, 8, "Helvetica")]
        for number in range(1, 7)
    ]
    assert places(pdf(pages)) == [f"Case study {number}" for number in range(1, 7)]


def test_a_bold_running_head_with_the_number_of_the_page_goes() -> None:
    pages = [
        [
            (f"Our wards this year {number + 400}", 72, HEIGHT - 40, 11, "Helvetica-Bold"),
            *column(wrapped(paragraph(number))),
        ]
        for number in range(1, 7)
    ]
    document = read_document(pdf(pages), "x.pdf")
    assert {passage.heading for passage in document.passages} == {""}
    assert "Our wards" not in texts(pdf(pages))


def test_the_running_head_of_a_section_of_two_pages_goes_as_those_of_longer_sections_do() -> None:
    pages: list[list[Line]] = []
    for number in range(1, 9):
        section = "Summary" if number < 3 else "What the wards said"
        heading = under(section, number) if number in (1, 3) else column(wrapped(paragraph(number)), top=TOP)
        pages.append([(section, 72, HEIGHT - 30, 8, "Helvetica"), *heading])
    assert places(pdf(pages)) == ["Summary", "What the wards said"]
    assert "Summary" not in texts(pdf(pages))


def test_a_foot_with_another_note_on_every_page_stays() -> None:
    pages = [
        [
            *column(wrapped(paragraph(number))),
            (f"{number} See the talk with ward {number * 7}, kept by the office.", 72, 90, 9, "Helvetica"),
        ]
        for number in range(1, 9)
    ]
    assert all(f"ward {number * 7}," in texts(pdf(pages)) for number in range(1, 9))


def test_headings_of_a_face_with_lower_letters_are_found_by_the_size_of_their_type() -> None:
    body = embed_font()
    pages: list[list[FontLine]] = []
    for number in range(1, 4):
        lines = [
            (text, 72.0, TOP - 30 - index * 16, 12.0, body) for index, text in enumerate(wrapped(paragraph(number), 60))
        ]
        pages.append([(f"Part {'abc'[number - 1]}: what was said", 72.0, TOP, 12.0, "Helvetica-Bold"), *lines])
    assert places(pdf(pages)) == ["Part a: what was said", "Part b: what was said", "Part c: what was said"]


def test_the_outline_tells_headings_that_look_like_text_and_their_levels() -> None:
    headings = [("The night team", 1), ("What they ask for", 2), ("The answer", 2), ("The year ahead", 1)]
    pages = [under(title, number, size=11, font="Helvetica") for number, (title, _) in enumerate(headings)]
    outline = [(title, level, number) for number, (title, level) in enumerate(headings)]
    assert places(pdf(pages, outline=outline)) == [
        "The night team",
        "The night team > What they ask for",
        "The night team > The answer",
        "The year ahead",
    ]


def test_bookmarks_of_figures_and_tables_alone_tell_nothing_of_the_headings() -> None:
    titles = ["1. Care", "1.1 Nights", "Table 1. Hours of rest", "1.2 Meals", "2. Staff"]
    pages = [under(title, number) for number, title in enumerate(titles)]
    outline = [("Table 1. Hours of rest", 1, 2), ("Fig. 1. Rotas of all wards", 1, 3)]
    shown = places(pdf(pages, outline=outline))
    assert shown == places(pdf(pages))
    assert {"1. Care > 1.1 Nights", "1. Care > 1.2 Meals", "2. Staff"} <= set(shown)


def test_numbers_tell_the_levels_of_headings_that_look_alike() -> None:
    titles = ["1 Introduction", "1.1 Background", "1.2 Methods", "2 Findings", "2.1 Rest"]
    pages = [under(title, number) for number, title in enumerate(titles)]
    assert places(pdf(pages)) == [
        "1 Introduction",
        "1 Introduction > 1.1 Background",
        "1 Introduction > 1.2 Methods",
        "2 Findings",
        "2 Findings > 2.1 Rest",
    ]


def test_headings_below_the_last_level_of_the_outline_are_part_of_those_that_it_names() -> None:
    named = [("1 Care", 1), ("1.1 Nights", 2), ("A Annex", 1), ("A.1 Letters", 2), ("A.2 Rotas", 2)]
    deeper = {"1.1 Nights": ("1.1.1 Handover", "1.1.2 Rest"), "A.1 Letters": ("Sources",), "A.2 Rotas": ("Sources",)}
    pages = [[*under(title, 2 * number, size=13 - level)] for number, (title, level) in enumerate(named)]
    for page, (title, _) in zip(pages, named, strict=True):
        for number, name in enumerate(deeper.get(title, ()), start=1):
            page += section(name, 20 + number, top=TOP - 200 * number, size=11)
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


def test_two_headings_in_one_style_after_each_other_stay_two_and_a_long_one_stays_one() -> None:
    size, font = 14, "Helvetica-Bold"
    pages: list[list[Line]] = [
        [("1 Findings", 72, TOP, size, font), ("1.1 What the night team said", 72, TOP - 17, size, font)],
        [
            ("2 What the wards asked for, and what the office", 72, TOP, size, font),
            ("made of it", 72, TOP - 17, size, font),
        ],
    ]
    for number, page in enumerate(pages):
        page += column(wrapped(paragraph(number)), top=TOP - 47)
    assert places(pdf(pages)) == [
        "1 Findings > 1.1 What the night team said",
        "2 What the wards asked for, and what the office made of it",
    ]


def test_the_heading_of_a_box_ends_with_its_box() -> None:
    inside, after = TOP - 200, TOP - 320
    page = [
        *under("Findings", 1),
        ("Box 1: How one ward rests", 80, inside, 11, "Helvetica-Bold"),
        *column(wrapped(paragraph(2, 2), 70), left=80, top=inside - 16),
        *column(wrapped(paragraph(3)), top=after),
    ]
    frames: list[Frame] = [(70, inside - 80, 470, 100)]
    document = read_document(pdf([page], frames=[frames]), "x.pdf")
    assert [(passage.heading, passage.text) for passage in document.passages] == [
        ("Findings", paragraph(1)),
        ("Findings > Box 1: How one ward rests", paragraph(2, 2)),
        ("Findings", paragraph(3)),
    ]


def test_a_paragraph_that_runs_on_below_a_box_stays_whole() -> None:
    lines = wrapped(paragraph(1))
    page = [*column(lines[:3], top=TOP), *column(lines[3:], top=TOP - 220)]
    page += [("Box 1: How one ward rests", 80, TOP - 100, 11, "Helvetica-Bold")]
    page += column(wrapped(paragraph(2, 2), 70), left=80, top=TOP - 116)
    document = read_document(pdf([page], frames=[[(70, TOP - 180, 470, 100)]]), "x.pdf")
    assert [passage.text for passage in document.passages] == [paragraph(1), paragraph(2, 2)]


def test_the_names_of_places_on_a_map_are_no_headings() -> None:
    labels: list[Line] = [
        (f"Ward {name}", 100 + 40 * n, 700 - 90 * n, 16, "Helvetica-Bold") for n, name in enumerate("ABCDEF")
    ]
    pages = [under("Where we work", 1), labels, under("What we do", 2)]
    assert places(pdf(pages)) == ["Where we work", "What we do"]


def named(name: str, number: int, *, size: float = 13, font: str = "Helvetica-Bold", top: float = TOP) -> list[Line]:
    return section(name, number, top=top, size=size, font=font)


def test_what_is_set_as_nothing_but_headings_is_one_whatever_its_first_letter_or_its_last() -> None:
    names = ["Cold wards", "eTrauma", "Warm wards", "Night wards", "Appendix C: how the wards fared in spring."]
    pages = [named(name, number) for number, name in enumerate(names)]
    assert places(pdf(pages)) == names


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


def test_a_bold_sentence_that_leads_to_a_list_is_the_first_line_of_the_list() -> None:
    names = ("Cold wards", "Warm wards", "Night wards", "Day wards")
    pages = [named(name, number) for number, name in enumerate(names)]
    lead = "At the least the wards should have:"
    pages[1] += [(lead, 72, TOP - 160, 13, "Helvetica-Bold")]
    pages[1] += [(f"• {sentence(number)}", 72, TOP - 180 - 16 * number, 11, "Helvetica") for number in range(3)]
    document = read_document(pdf(pages), "x.pdf")
    assert list(dict.fromkeys(passage.heading for passage in document.passages)) == list(names)
    assert f"{lead}\n- {sentence(0)}\n- {sentence(1)}" in texts(pdf(pages))


def test_a_small_running_head_that_says_the_bookmarked_heading_of_two_lines_below_it_is_no_text() -> None:
    heads = ("Chapter 1: Rest", "Chapter 2: What the wards said", "Chapter 3: Rotas", "Chapter 4: Nights and days off")
    pages: list[list[Line]] = []
    for number, name in enumerate(heads):
        running = (name, 300, HEIGHT - 30, 8, "Helvetica")
        title = column([name[:-9], name[-9:].strip()], top=TOP - 40, size=20)
        pages.append([running, *title, *column(wrapped(paragraph(number)), top=TOP - 100)])
        pages += [[running, *column(wrapped(paragraph(20 + 3 * number + page)), top=TOP)] for page in range(3)]
    outline = [(name, 1, 4 * number) for number, name in enumerate(heads)]
    assert not any(head in texts(pdf(pages, outline=outline)) for head in heads)


def test_headings_that_their_colour_alone_tells_from_the_text_are_found_also_at_the_heads_of_pages() -> None:
    pages = [column(wrapped(paragraph(number)), top=TOP) for number in (30, 31)]
    for number in range(4):
        names = ("Reasons", "Evidence")[:: 1 if number % 2 else -1]
        below, above = (
            [(name, 72.0, top, 11.0, "Helvetica"), *column(wrapped(paragraph(number + seed)), top=top - 25)]
            for name, top, seed in zip(names, (TOP - 160, TOP), (10, 20), strict=True)
        )
        pages += [[*under(f"Policy {number} of the wards", number), *below], above]
    report = pdf(pages, colours=dict.fromkeys(("Reasons", "Evidence"), (0.5, 0, 0.5)))
    assert sorted(places(report)[1:]) == [
        f"Policy {number} of the wards{part}" for number in range(4) for part in ("", " > Evidence", " > Reasons")
    ]


def test_a_line_in_the_colour_of_a_link_is_no_heading() -> None:
    links = [f"More on ward {number}" for number in range(1, 5)]
    pages = [
        [
            *under(f"What ward {number} said", number),
            (link, 72, TOP - 160, 11, "Helvetica"),
            *column(wrapped(paragraph(number + 10)), top=TOP - 185),
        ]
        for number, link in enumerate(links, start=1)
    ]
    report = pdf(pages, colours=dict.fromkeys(links, (0, 0.2, 0.8)), links=[[(72, TOP - 163, 80, 14)]] * len(pages))
    assert places(report) == [f"What ward {number} said" for number in range(1, 5)]


def test_a_heading_that_its_colour_alone_tells_may_be_above_a_list_or_have_a_letter() -> None:
    names = [f"{letter}. What the {who} said" for letter, who in zip("abc", ("wards", "teams", "nurses"), strict=True)]
    page: list[Line] = [*column(wrapped(paragraph(1)), top=TOP)]
    for number, name in enumerate(names):
        top = TOP - 120 - 195 * number
        page += [
            (name, 72, top, 11, "Helvetica"),
            *column(wrapped(paragraph(number + 2)), top=top - 25),
            (f"Tasks {number}", 72, top - 140, 11, "Helvetica"),
            ("• New beds.", 72, top - 160, 11, "Helvetica"),
        ]
    report = pdf([page], colours=dict.fromkeys((*names, "Tasks 0", "Tasks 1", "Tasks 2"), (0.5, 0, 0.5)))
    found = [place.split(" > ")[-1] for place in places(report)[1:]]
    assert found == [part for number, name in enumerate(names) for part in (name, f"Tasks {number}")]


def test_a_chapter_in_capitals_behind_its_label_is_above_headings_of_the_same_size() -> None:
    bold = "Helvetica-Bold"
    summary: Line = ("SUMMARY OF EVERYTHING", 72, TOP, 12, bold)
    pages: list[list[Line]] = [[summary, *column(wrapped(paragraph(9)), top=TOP - 30)]]
    names = (("REST FOR EVERYBODY", "What they said"), ("ROTAS AND NOTICE", "Where it failed"))
    for number, (name, within) in enumerate(names, start=1):
        chapter: Line = (f"Chapter {number}: {name}", 72, TOP, 12, bold)
        first = [(within, 72, TOP - 130, 12, bold), *column(wrapped(paragraph(number + 10)), top=TOP - 160)]
        pages.append([chapter, *column(wrapped(paragraph(number)), top=TOP - 30), *first])
    assert places(pdf(pages)) == [
        "SUMMARY OF EVERYTHING",
        "Chapter 1: REST FOR EVERYBODY",
        "Chapter 1: REST FOR EVERYBODY > What they said",
        "Chapter 2: ROTAS AND NOTICE",
        "Chapter 2: ROTAS AND NOTICE > Where it failed",
    ]
