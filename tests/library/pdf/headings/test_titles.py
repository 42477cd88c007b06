"""Where a heading of a PDF begins and ends: the lines, numbers and labels that it is put together of."""

from __future__ import annotations

from bot.library.blocks import HEADING_CHARACTERS
from tests.library.documents import BOLD, LEADING, Line, column, paragraph, pdf, places, section, texts, wrapped
from tests.library.pages import HIGH, PLAIN, TOP, on_top, read, under

ORANGE = (0.95, 0.5, 0.1)


def test_two_headings_in_one_style_after_each_other_stay_two_and_a_long_one_stays_one() -> None:
    size, font = 14, "Helvetica-Bold"
    pages: list[list[Line]] = [
        [("1 Findings", 72, HIGH, size, font), ("1.1 What the night team said", 72, HIGH - 17, size, font)],
        [
            ("2 What the wards asked for, and what the office", 72, HIGH, size, font),
            ("made of it", 72, HIGH - 17, size, font),
        ],
    ]
    for number, page in enumerate(pages):
        page += column(wrapped(paragraph(number)), top=HIGH - 47)
    assert places(pdf(pages)) == [
        "1 Findings > 1.1 What the night team said",
        "2 What the wards asked for, and what the office made of it",
    ]


def test_a_heading_set_as_wide_as_its_text_keeps_its_second_line() -> None:
    def page(first: str, second: str, seed: int) -> list[Line]:
        lines = enumerate(wrapped(paragraph(seed)))
        text: list[Line] = [(line, 72, TOP - 70 - index * 19, 11, "Helvetica") for index, line in lines]
        return [(first, 72, TOP, 16, BOLD), (second, 72, TOP - 29, 16, BOLD), *text]

    data = pdf([page("1 How the wards were kept safe in hard years, 2022–", "2024", 1), page("2 Rest", "and sleep", 2)])
    assert places(data)[0] == "1 How the wards were kept safe in hard years, 2022–2024"


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


def test_a_heading_in_a_face_of_its_own_may_be_as_long_as_its_column() -> None:
    page = column(["What the wards asked of the office in the winter"], left=72, top=TOP, font="Times-Roman")
    page += column(["Religion and all the other things of the wards are", "a part of the letters."], top=TOP - LEADING)
    page += column(wrapped(paragraph(1), 50), top=TOP - 5 * LEADING)
    assert not any("winter Religion" in text for text in texts(pdf([page])))


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


def test_a_small_number_right_before_a_large_heading_stands_apart() -> None:
    page: list[Line] = [("2.4", 72, TOP, 10, "Helvetica"), ("Rest at night", 86, TOP, 20, "Helvetica")]
    page += column(wrapped(paragraph(1)), top=TOP - 30)
    assert places(pdf([page])) == ["2.4 Rest at night"]


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


def test_a_label_stands_in_its_heading() -> None:
    pages = [
        [
            *column(wrapped(paragraph(number + 5)), top=TOP),
            (f"Article {number}", 270, TOP - 120, 11, "Helvetica"),
            (f"Rest on ward {'abcd'[number]}", 250, TOP - 137, 11, BOLD),
            *column(wrapped(paragraph(number)), top=TOP - 170),
        ]
        for number in range(1, 4)
    ]
    assert places(pdf(pages))[1:] == [f"Article {number} Rest on ward {'abcd'[number]}" for number in range(1, 4)]


def test_the_name_of_a_part_in_words_is_put_with_its_title() -> None:
    pages = [
        [
            (f"Strategy {name}", 72, TOP + 35, 16, PLAIN),
            *under(title, number, size=30),
        ]
        for number, (name, title) in enumerate((("one", "Connect"), ("two", "Innovate")))
    ]
    assert places(pdf(pages)) == ["Strategy one Connect", "Strategy two Innovate"]


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


def test_the_title_of_a_page_of_its_own_is_not_put_with_that_on_the_next_page() -> None:
    cover: list[Line] = [("Summary of the evidence and of what we ask", 72, HIGH - 200, 24, PLAIN)]
    pages = [
        section("1. Day on all wards", 1, top=HIGH, size=24),
        on_top("Cold wards", 2),
        cover,
        section("2. Night on all the wards", 3, top=HIGH, size=24),
    ]
    assert places(pdf(pages))[-1] == "2. Night on all the wards"


def test_a_heading_too_long_for_a_place_is_shortened_and_what_follows_stands_under_it() -> None:
    long = "What the night team must do before it hands over the ward, " + " and ".join(["what it must write"] * 8)
    lines = [*wrapped(long, 75), "", *wrapped(paragraph(2))]
    page: list[Line] = [("Findings", 72, TOP, 16, BOLD), *column(wrapped(paragraph(1)), top=TOP - 30)]
    for index, line in enumerate(lines):
        font = BOLD if index < lines.index("") else "Helvetica"
        page += [(line, 72, TOP - 160 - index * LEADING, 11, font)] if line else []
    assert len(long) > HEADING_CHARACTERS
    last = read(pdf([page], outline=[("Findings", 1, 0), (long, 2, 0)]))[-1]
    chapter, place = last.heading.split(" > ")
    assert (chapter, place[:27]) == ("Findings", "What the night team must do")
    assert len(place) <= HEADING_CHARACTERS
    assert paragraph(2) in last.text
