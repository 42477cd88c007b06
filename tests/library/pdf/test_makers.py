"""What reports that nobody had tried showed: each kind of fault that was read there, on a small page of its own."""

from __future__ import annotations

import io
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

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

TOP = HEIGHT - 80
ITALIC = "Helvetica-Oblique"
under = partial(section, top=TOP)


def test_text_that_a_filled_box_covers_is_not_read() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number, seed in enumerate((1, 2)):
        if number:
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(60, TOP - 200, 480, 220, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
        for index, line in enumerate(wrapped(paragraph(seed))):
            canvas.drawString(72, TOP - index * LEADING, line)
    canvas.save()
    assert texts(file.getvalue()) == [paragraph(2)]


def test_text_below_which_a_box_was_drawn_before_is_read() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFillColorRGB(0.9, 0.9, 0.9)
    canvas.rect(60, TOP - 200, 480, 220, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    for index, line in enumerate(wrapped(paragraph(1))):
        canvas.drawString(72, TOP - index * LEADING, line)
    canvas.save()
    assert texts(file.getvalue()) == [paragraph(1)]


def test_lines_that_are_spread_over_their_column_are_no_table() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    rows = ["Most wards rest", "less than they", "need, when both", "beds and people", "move each night."]
    for index, line in enumerate(rows):
        written = canvas.beginText(72, TOP - index * LEADING)
        written.setFont("Courier", 10)
        written.setWordSpace(5)
        written.textLine(line)
        canvas.drawText(written)
    canvas.save()
    assert texts(file.getvalue()) == [" ".join(rows)]


def test_a_page_in_a_frame_with_a_bar_and_a_margin_is_no_table() -> None:
    frames: list[Frame] = [
        (36, 48, 126, 708),
        (54, 55, 2, 683),
        (54, 55, 522, 4),
        (574, 55, 2, 683),
        (54, 720, 522, 18),
    ]
    page: list[Line] = [("THE ROTA PLAN", 72, 725, 10, BOLD), ("Page 14", 530, 725, 10, BOLD)]
    page += [*column(wrapped(paragraph(1)), top=680), *column(wrapped(paragraph(2)), top=520)]
    shown = texts(pdf([page, page], frames=[frames, frames]))
    assert paragraph(1) in shown
    assert paragraph(2) in shown


def test_a_heading_set_as_wide_as_its_text_keeps_its_second_line() -> None:
    def page(first: str, second: str, seed: int) -> list[Line]:
        lines = enumerate(wrapped(paragraph(seed)))
        text: list[Line] = [(line, 72, TOP - 70 - index * 19, 11, "Helvetica") for index, line in lines]
        return [(first, 72, TOP, 16, BOLD), (second, 72, TOP - 29, 16, BOLD), *text]

    data = pdf([page("1 How the wards were kept safe in hard years, 2022–", "2024", 1), page("2 Rest", "and sleep", 2)])
    assert places(data)[0] == "1 How the wards were kept safe in hard years, 2022–2024"


def test_a_paragraph_that_a_page_parts_after_an_abbreviation_stays_whole() -> None:
    first = "The team asks before it changes the rota of those who cannot agree to it (i.e."
    second = "when a nurse is ill or away) and it writes down what it was told."
    data = pdf([column(wrapped(first)), column(wrapped(second))])
    assert texts(data) == [f"{first} {second}"]


def test_a_list_of_contents_within_an_annex_is_left_out_and_no_place() -> None:
    titles = ["How wards rest", "How wards eat", "How wards meet", "How wards end a shift"]
    pages = [under(f"Part {number}", number) for number in range(1, 10)]
    contents: list[Line] = [("Annex: more to read", 72, TOP, 18, BOLD), ("Table of contents", 72, TOP - 40, 16, BOLD)]
    contents += [
        (f"{title}   {number}", 72, TOP - 70 - 14 * number, 11, "Helvetica") for number, title in enumerate(titles, 1)
    ]
    pages += [contents, *(under(title, 20 + number) for number, title in enumerate(titles))]
    data = pdf(pages)
    assert not any("contents" in place.casefold() for place in places(data))
    assert not any("How wards rest 1" in text for text in texts(data))


def test_a_table_with_rules_between_its_rows_alone_is_read_row_by_row() -> None:
    page: list[Line] = column(wrapped(paragraph(1)), top=TOP)
    page += [("Duty", 76, 600, 11, BOLD), ("What it asks", 240, 600, 11, BOLD)]
    for row, (duty, seed) in enumerate([("Keep wards safe at night", 2), ("Write down what was said", 3)]):
        page += column(wrapped(duty, 14), left=76, top=578 - row * 80)
        page += column(wrapped(paragraph(seed, 2), 52), left=240, top=578 - row * 80)
    rules: list[Frame] = [(72, height, 450, 0.5) for height in (614, 594, 514, 434)]
    shown = "\n".join(texts(pdf([page], frames=[rules])))
    assert f"Duty: Keep wards safe at night; What it asks: {paragraph(2, 2)}" in shown
    assert f"Duty: Write down what was said; What it asks: {paragraph(3, 2)}" in shown


def test_headings_are_known_by_their_face_where_the_file_calls_all_its_type_bold() -> None:
    pages = []
    for number in (1, 2, 3):
        page: list[Line] = [(f"How ward {number} rests", 72, 600, 11, "Times-Bold")]
        page += column(wrapped(paragraph(number)), top=576, font=BOLD)
        page += column(["1. Rest of each team", "2. Tea", "3. A day of leave"], top=480, font=BOLD)
        pages.append(page)
    assert places(pdf(pages)) == [f"How ward {number} rests" for number in (1, 2, 3)]


def test_a_quotation_set_like_a_heading_is_none() -> None:
    quoted = "“It would be good to hear how other wards do this” (Night nurse)"
    pages = [under(f"How ward {number} rests", number, size=11) for number in (1, 2, 3)]
    pages[1] += [(quoted, 72, TOP - 150, 11, BOLD), *column(wrapped(paragraph(9)), top=TOP - 180)]
    data = pdf(pages)
    assert places(data) == [f"How ward {number} rests" for number in (1, 2, 3)]
    assert quoted in "\n".join(texts(data))


def test_a_framed_quotation_stays_with_the_words_that_lead_to_it() -> None:
    lead = sentence(1, 40).rstrip(".") + ":"
    quoted = "“We would not have known whom to ask at night. Now we do.” (Night nurse)"
    page: list[Line] = [*column(wrapped(paragraph(3)), top=TOP), *column(wrapped(lead), top=TOP - 110)]
    page += [(quoted, 90, TOP - 180, 11, "Helvetica"), *column(wrapped(paragraph(2)), top=TOP - 230)]
    shown = texts(pdf([page], frames=[[(80, TOP - 190, 440, 26)]]))
    assert any(f"{lead}\n\n{quoted}" in text for text in shown)


def test_a_paragraph_that_a_bold_label_of_a_figure_parts_stays_whole() -> None:
    lines = wrapped(paragraph(1))
    first = [*column(wrapped(paragraph(2))), *column(lines[:2], top=150)]
    second: list[Line] = [("Ask", 100, TOP, 8, "Helvetica"), ("FIGURE 6-1", 72, TOP - 40, 8, BOLD)]
    second += [("How the wards ask.", 72, TOP - 50, 8, "Helvetica"), *column(lines[2:], top=TOP - 120)]
    assert paragraph(1) in "\n".join(texts(pdf([first, second])))


def test_a_small_number_right_before_a_large_heading_stands_apart() -> None:
    page: list[Line] = [("2.4", 72, TOP, 10, "Helvetica"), ("Rest at night", 86, TOP, 20, "Helvetica")]
    page += column(wrapped(paragraph(1)), top=TOP - 30)
    assert places(pdf([page])) == ["2.4 Rest at night"]


def test_a_running_head_set_like_a_heading_above_all_text_goes() -> None:
    pages: list[list[Line]] = []
    for number in range(1, 9):
        head = "THE NIGHT SHIFT" if number < 5 else "THE DAY SHIFT"
        page: list[Line] = [(head, 72, HEIGHT - 40, 12.5, "Helvetica")]
        pages.append([*page, *under(f"How ward {number} rests", number)])
    data = pdf(pages)
    assert [place.split(" > ")[-1] for place in places(data)] == [f"How ward {number} rests" for number in range(1, 9)]
    assert "SHIFT" not in "\n".join(texts(data))


def test_labelled_headings_stay_headings_though_some_end_in_a_stop() -> None:
    titles = [
        "RECOMMENDATION #1: Rest at night",
        "RECOMMENDATION #2: Write down who was asked and when they were asked.",
        "RECOMMENDATION #3: Meet each week",
        "RECOMMENDATION #4: Ask the wards",
    ]
    page = [
        line
        for number, title in enumerate(titles)
        for line in under(title, number, top=TOP - 150 * number, font=ITALIC, size=11)
    ]
    assert places(pdf([page])) == [title.removesuffix(".") if title[-1] != "." else title for title in titles]


def test_what_a_table_says_of_its_next_page_is_no_text() -> None:
    pages = [
        [*column(wrapped(paragraph(number))), ("Continued on next page", 380, 320, 11, "Helvetica")]
        for number in (1, 2)
    ]
    assert "Continued" not in "\n".join(texts(pdf(pages)))


def test_a_year_in_brackets_alone_on_top_of_a_page_is_no_page_number() -> None:
    second: list[Line] = [("[2015]", 72, TOP, 11, "Helvetica"), *column(wrapped(paragraph(2)), top=TOP - 28)]
    pages = [column(wrapped(paragraph(1))), second, *(column(wrapped(paragraph(number))) for number in (3, 4))]
    assert f"{paragraph(1)} [2015]" in "\n".join(texts(pdf(pages)))


def test_bullets_right_before_their_words_are_bullets() -> None:
    page: list[Line] = [("We ask for:", 72, TOP, 11, "Helvetica")]
    page += column([f"•rest for team {name} at night;" for name in "abc"], top=TOP - LEADING)
    assert texts(pdf([page])) == ["We ask for:\n" + "\n".join(f"- rest for team {name} at night;" for name in "abc")]


def test_a_box_whose_lines_stand_in_another_that_it_overlaps_is_read() -> None:
    page = [
        *column(wrapped(paragraph(1)), top=TOP),
        *column(["Ask the ward team", "before the shift"], left=310, top=480),
    ]
    frames: list[Frame] = [(60, 400, 0.4, 160), (80, 400, 0.4, 160), (60, 400, 440, 0.4), (60, 560, 440, 0.4)]
    frames += [(300, 440, 220, 60)]
    assert "Ask the ward team before the shift" in "\n".join(texts(pdf([page], frames=[frames])))


def test_the_title_below_the_number_of_a_table_or_a_figure_is_no_place() -> None:
    pages = []
    for number, label in enumerate(("Table 3", "Figure IV"), 1):
        page = [*under(f"How ward {number} rests", number), (label, 72, 560, 10, "Helvetica")]
        page += [("What staff say about their rest at night", 72, 546, 11, BOLD)]
        pages.append([*page, *column(wrapped(paragraph(9 + number)), top=500)])
    assert places(pdf(pages)) == ["How ward 1 rests", "How ward 2 rests"]
