"""Headings of PDF reports that are laid out as brochures: in colours, with icons, labels and large words."""

from __future__ import annotations

from functools import partial

from bot.library import read_document
from tests.library.documents import (
    BOLD,
    HEIGHT,
    LEADING,
    Frame,
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

TOP = HEIGHT - 90
PLAIN = "Helvetica"
ORANGE = (0.95, 0.5, 0.1)
under = partial(section, top=TOP)


def passages(data: bytes) -> list[tuple[str, str]]:
    return [(passage.text, passage.heading) for passage in read_document(data, "x.pdf").passages]


def test_the_labels_of_icons_and_topics_are_neither_headings_nor_text() -> None:
    topics = ("Equity", "Health", "Equity", "Health", "Equity", "Health")
    pages: list[list[Line]] = []
    frames: list[list[Frame]] = []
    for number, topic in enumerate(topics):
        text = column(wrapped(paragraph(number)), top=TOP - 60)
        pages.append(
            [(f"What ward {'abcdef'[number]} does", 72, TOP, 14, BOLD), (topic, 75, TOP - 25, 10, BOLD), *text]
        )
        frames.append([(72, TOP - 28, 40, 13)])
    report = pdf(pages, frames=frames)
    assert places(report) == [f"What ward {letter} does" for letter in "abcdef"]
    assert texts(report) == [paragraph(number) for number in range(6)]


def test_a_heading_in_capitals_ends_before_the_bold_sentence_below_it() -> None:
    said = "Raise what people know of the rota, and of the shifts that it is made of each week."
    page = [
        *under("The plan", 1),
        *column(["2 :: EDUCATION & TRAINING", *wrapped(said, 50)], top=TOP - 160, font=BOLD),
        *column(wrapped(paragraph(2)), top=TOP - 220),
    ]
    report = pdf([page])
    assert places(report) == ["The plan", "The plan > 2 :: EDUCATION & TRAINING"]
    assert texts(report)[1].startswith(said)


def test_a_heading_in_a_colour_ends_before_a_line_as_large_in_black() -> None:
    title, subtitle = "Activate volunteers", "Develop a programme with the people of the ward."
    page = [(title, 72.0, TOP, 14.0, PLAIN), (subtitle, 72.0, TOP - 17, 14.0, PLAIN)]
    report = pdf([[*page, *column(wrapped(paragraph(1)), top=TOP - 40)]], colours={title: ORANGE})
    assert places(report) == [title]
    assert texts(report) == [f"{subtitle}\n\n{paragraph(1)}"]


def test_a_chapter_that_has_its_title_again_on_the_page_after_is_named_once() -> None:
    pages: list[list[Line]] = [
        under("Summary", 3, size=30),
        column(wrapped(paragraph(4))),
        [("3.1", 72, 500, 30, PLAIN), ("Energy", 72, 460, 30, BOLD)],
        [("3.1 (a)", 72, TOP + 20, 16, BOLD), ("Energy", 72, TOP, 16, PLAIN)],
        under("Heat", 2),
    ]
    pages[3] += column(wrapped(paragraph(1)), top=TOP - 30)
    assert places(pdf(pages)) == ["Summary", "3.1 Energy", "3.1 Energy > Heat"]


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


def test_a_bold_label_stays_with_the_text_that_it_labels() -> None:
    lines: list[Line] = []
    for number, letter in enumerate("ABC"):
        top = TOP - 60 * number
        lines.append((f"Action Item {letter} ::", 72, top, 11, BOLD))
        lines += column(wrapped(sentence(number, 20)), top=top - LEADING)
    text = "\n\n".join(texts(pdf([lines])))
    assert all(f"Action Item {'ABC'[number]} :: {sentence(number, 20)}" in text for number in range(3))


def test_large_words_that_change_their_size_in_mid_sentence_are_one_sentence() -> None:
    large = [
        ("Since the spring, the wards have given", 72.0, TOP - 200, 15.0, PLAIN),
        ("39 thousand hours of rest to all", 72.0, TOP - 222, 20.0, PLAIN),
        ("of the people who work at night.", 72.0, TOP - 244, 15.0, PLAIN),
    ]
    report = pdf([[*under("The year", 1), *large, *column(wrapped(paragraph(2)), top=TOP - 290)]])
    assert places(report) == ["The year"]
    assert " ".join(text for text, *_ in large) in "\n".join(texts(report))


def test_a_sign_of_another_font_before_a_heading_tells_nothing_of_its_size() -> None:
    pages: list[list[Line]] = []
    for number, word in enumerate(("ROTAS", "WARDS")):
        pages.append(
            [
                ("n", 72, TOP, 18, "ZapfDingbats"),
                (f"MORE OF THE {word} THAT ARE MADE BY", 90, TOP, 12.5, PLAIN),
                ("THOSE WHO WORK IN THEM", 90, TOP - 15, 12.5, PLAIN),
                *column(wrapped(paragraph(number)), top=TOP - 40),
            ]
        )
    assert [place.lstrip("■ ") for place in places(pdf(pages))] == [
        f"MORE OF THE {word} THAT ARE MADE BY THOSE WHO WORK IN THEM" for word in ("ROTAS", "WARDS")
    ]


def test_the_running_head_of_a_short_section_goes_where_others_are_set_like_headings() -> None:
    sections = ["OUR WARDS", "OUR WARDS", "OUR WARDS", "OUR WARDS", "STAGE 1 - ASK", "STAGE 2 - LEARN"]
    pages = [
        [(name, 72.0, HEIGHT - 30, 12.5, PLAIN), *under(f"What we did in {'abcdef'[number]}", number, size=16)]
        for number, name in enumerate(sections)
    ]
    assert places(pdf(pages)) == [f"What we did in {letter}" for letter in "abcdef"]


def test_large_lines_to_which_a_sentence_leads_are_no_heading() -> None:
    lead = f"{sentence(5, 14)[:-1]}, and these are the three that were chosen:"
    page = [
        *under("The plan", 1),
        *column(wrapped(lead), top=TOP - 150),
        *(column(["Energy", "Water", "Waste"], top=TOP - 200, size=14)),
        *column(wrapped(paragraph(2)), top=TOP - 260),
    ]
    assert places(pdf([page])) == ["The plan"]


def test_the_name_of_a_part_in_words_is_put_with_its_title() -> None:
    pages = [
        [
            (f"Strategy {name}", 72, TOP + 35, 16, PLAIN),
            *under(title, number, size=30),
        ]
        for number, (name, title) in enumerate((("one", "Connect"), ("two", "Innovate")))
    ]
    assert places(pdf(pages)) == ["Strategy one Connect", "Strategy two Innovate"]


def test_a_figures_title_ends_where_the_text_goes_on_in_its_own_face() -> None:
    page = [
        *under("The plan", 1, size=20),
        *section("Rest", 2, top=TOP - 140),
        ("Hours of rest", 72, TOP - 280, 11, "Courier-Bold"),
        ("Counted by the office", 72, TOP - 294, 10, "Times-Italic"),
        *column(wrapped(paragraph(3)), top=TOP - 330),
    ]
    found = passages(pdf([page, [*under("What was asked", 4, size=20), *section("Why", 5, top=TOP - 140)]]))
    assert (paragraph(3), "The plan > Rest") in found
    assert ("Counted by the office", "The plan > Rest > Hours of rest") in found


def test_a_look_of_headings_that_is_always_right_before_another_is_above_it() -> None:
    pages = []
    for number in range(1, 5):
        top = [(f"Future aims: part {'abcd'[number - 1]}", 72.0, TOP, 11.5, "Helvetica-BoldOblique")]
        pages.append([*top, *section(f"Aim {'abcd'[number - 1]}: rest", number, top=TOP - 30)])
    assert places(pdf(pages)) == [f"Future aims: part {letter} > Aim {letter}: rest" for letter in "abcd"]


def test_numbered_lines_in_a_row_with_no_text_between_them_are_no_headings() -> None:
    names = [f"{number}. The office of ward {'abcdef'[number - 1]}" for number in range(1, 7)]
    pages = [*(under(f"What ward {letter} does", seed) for seed, letter in enumerate("abc"))]
    pages.append([*under("Where to ask", 7), *column(names, top=TOP - 200, font=BOLD)])
    assert places(pdf(pages))[-1] == "Where to ask"


def test_a_chapter_with_the_next_number_ends_the_one_before_though_it_is_set_smaller() -> None:
    pages = [
        [*under("3.7 Waste", 1, size=30), *section("Heaps", 2, top=TOP - 200)],
        [*under("4 Other matters", 3, size=18), *section("Sums", 4, top=TOP - 200)],
        under("5 Next steps", 5, size=18),
    ]
    pages = [under("1 Summary", 8, size=30), column(wrapped(paragraph(9))), *pages]
    assert places(pdf(pages))[-3:] == ["4 Other matters", "4 Other matters > Sums", "5 Next steps"]


def test_a_sentence_that_a_figures_title_parts_stays_whole() -> None:
    lines = wrapped(paragraph(1))
    cut = next(at for at, line in enumerate(lines) if at > 1 and line[0].islower())
    figure: Line = ("Hours of rest", 72, TOP - 100, 14, BOLD)
    page = [*column(lines[:cut], top=TOP), figure, *column(lines[cut:], top=TOP - 200)]
    assert paragraph(1) in texts(pdf([page, under("What was asked", 2)]))


def test_two_sentences_that_look_like_headings_are_none() -> None:
    said = "The office has a rota for nights. Many of the wards would like to have another of their own"
    pages = [under(f"What ward {letter} does", number) for number, letter in enumerate("abc")]
    pages[1] += [*column(wrapped(said, 60), top=TOP - 160, size=14, font=BOLD)]
    pages[1] += column(wrapped(paragraph(9)), top=TOP - 220)
    assert places(pdf(pages)) == [f"What ward {letter} does" for letter in "abc"]


def test_a_title_goes_on_with_a_conjunction_or_a_name_in_its_second_line() -> None:
    pages = [
        under("Summary", 1, size=22),
        column(wrapped(paragraph(2))),
        [("A RESTED WARD", 72, TOP + 28, 30, PLAIN), *under("AND ITS HUNDRED NIGHTS", 3, size=22)],
        [("LETTER FROM AMOL", 72, TOP + 26, 22, BOLD), *under("S. NAIK, HEAD OF REST", 4, size=22)],
    ]
    assert [place.split(" > ")[-1] for place in places(pdf(pages))] == [
        "Summary",
        "A RESTED WARD AND ITS HUNDRED NIGHTS",
        "LETTER FROM AMOL S. NAIK, HEAD OF REST",
    ]


def test_the_large_number_beside_a_title_of_several_lines_is_before_the_first() -> None:
    pages = [
        [
            (number, 60.0, TOP - 40, 90.0, BOLD),
            *((line, 170.0, TOP - 38 * at, 30.0, BOLD) for at, line in enumerate(title)),
            *column(wrapped(paragraph(seed)), top=TOP - 150),
        ]
        for seed, (number, title) in enumerate(
            [("1", ["A good start"]), ("2", ["Work for the", "wards of the", "city"]), ("IV", ["More money", "for it"])]
        )
    ]
    assert places(pdf(pages)) == ["1 A good start", "2 Work for the wards of the city", "IV More money for it"]
