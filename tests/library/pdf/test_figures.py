"""Figures, charts and pictures of a PDF: their titles, words and captions, which name nothing in the text."""

from __future__ import annotations

from bot.library import read_document
from tests.library.documents import BOLD, Line, column, paragraph, pdf, places, section, sentence, wrapped
from tests.library.pages import HIGH, ITALIC, PLAIN, TOP, on_top, under


def test_what_is_between_the_title_of_a_figure_and_its_source_is_no_text() -> None:
    page = [*under("How wards rest", 1, size=20), ("Figure 1 Hours of rest in the wards", 72, TOP - 120, 9, BOLD)]
    page += [
        ("(Share of each ward, in hours)", 72, TOP - 134, 9, "Times-Roman"),
        ("16.4 hours", 200, TOP - 170, 16, BOLD),
    ]
    page += [("Wards that count them all", 300, TOP - 190, 9, "Times-Roman")]
    page += [("Source: the rota of the wards.", 72, TOP - 204, 8, "Times-Roman")]
    page += column(wrapped(paragraph(2)), top=TOP - 240)
    passages = read_document(pdf([page]), "x.pdf").passages
    assert {passage.heading for passage in passages} == {"How wards rest"}
    texts_of_report = [passage.text for passage in passages if "n100x" in passage.text or "n200x" in passage.text]
    assert not any("hours" in words or "Source" in words for words in texts_of_report)


def passages(data: bytes) -> list[tuple[str, str]]:
    return [(passage.text, passage.heading) for passage in read_document(data, "x.pdf").passages]


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


def test_the_title_of_a_chart_is_no_heading_of_the_text_on_the_next_page() -> None:
    page = on_top("How we asked", 1)
    page += [("Systems that the wards have", 200, 560, 14, "Helvetica-Bold")]
    page += [(f"System {name}", 380, 530 - 20 * at, 9, "Helvetica") for at, name in enumerate("ABCDEF")]
    page += [("Figure 2: Systems of the wards", 200, 400, 9, "Helvetica-Oblique")]
    assert places(pdf([page, column(wrapped(paragraph(2)), top=HIGH), on_top("What they said", 3)])) == [
        "How we asked",
        "What they said",
    ]


def test_a_title_below_which_all_words_are_small_up_to_a_caption_is_that_of_a_chart() -> None:
    page: list[Line] = [("How the wards see their rotas", 72, HIGH, 20, "Helvetica")]
    shares = [("North", 9), ("South", 7), ("East", 5), ("West", 3)]
    for row, (ward, share) in enumerate(shares, start=1):
        page += [(ward, 72, HIGH - 40 * row, 7, BOLD), (f"{share}% agree", 250, HIGH - 40 * row - 12, 6, "Helvetica")]
    caption = ("Figure 10: How 24 wards see their rotas, in per cent", 72, HIGH - 200, 8, "Helvetica-Oblique")
    after = section("2. Night", 2, top=HIGH)
    assert places(pdf([on_top("1. Day", 1), [*page, caption], after])) == ["1. Day", "2. Night"]
    assert "How the wards see their rotas" in places(pdf([on_top("1. Day", 1), page, after]))[1]


def test_the_title_of_a_framed_chart_names_nothing_below_the_chart() -> None:
    labels = ("Very calm", "Calm", "Neither", "Loud", "Very loud")
    chart: list[Line] = [("NOISE AT NIGHT", 250, HIGH - 160, 16, BOLD)]
    chart += [(label, 130 + 60 * at, HIGH - 190 - 30 * at, 10, BOLD) for at, label in enumerate(labels)]
    frame = (100, HIGH - 330, 420, 190)
    below = section("What the wards did", 3, top=HIGH - 360)
    page = [*section("What the wards heard", 1, top=HIGH, size=18), *chart, *below]
    document = read_document(pdf([page, section("What comes next", 4, top=HIGH, size=18)], frames=[[frame]]), "x.pdf")
    path = [passage.heading for passage in document.passages if paragraph(3) in passage.text]
    assert path == ["What the wards heard > What the wards did"]


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


def test_the_title_below_the_number_of_a_table_or_a_figure_is_no_place() -> None:
    pages = []
    for number, label in enumerate(("Table 3", "Figure IV"), 1):
        page = [*under(f"How ward {number} rests", number), (label, 72, 560, 10, "Helvetica")]
        page += [("What staff say about their rest at night", 72, 546, 11, BOLD)]
        pages.append([*page, *column(wrapped(paragraph(9 + number)), top=500)])
    assert places(pdf(pages)) == ["How ward 1 rests", "How ward 2 rests"]


def test_who_took_a_photo_is_no_heading_of_the_page_after_it() -> None:
    pages = [
        [*under("How wards rest", 1), ("The night team meets. Photo by: Jo Hill", 72, 90, 11, BOLD)],
        column(wrapped(paragraph(2))),
        [*under("How wards meet", 3), ("The day team meets. Photo by: Jo Hill", 72, 90, 11, BOLD)],
        column(wrapped(paragraph(4))),
    ]
    assert places(pdf(pages)) == ["How wards rest", "How wards meet"]


def test_words_of_a_legend_and_large_amounts_are_no_headings() -> None:
    page = under("How wards rest", 1)
    legend = zip(("Residential", "Commercial", "Industrial"), (72, 220, 380), strict=True)
    page += [(word, left, TOP - 130, 12, BOLD) for word, left in legend]
    page += [*column(wrapped(paragraph(2)), top=TOP - 180), ("8.1 million", 72, TOP - 290, 20, BOLD)]
    page += column(wrapped(paragraph(3)), top=TOP - 320)
    assert places(pdf([page])) == ["How wards rest"]


def test_the_names_of_places_on_a_map_are_no_headings() -> None:
    labels: list[Line] = [
        (f"Ward {name}", 100 + 40 * n, 700 - 90 * n, 16, "Helvetica-Bold") for n, name in enumerate("ABCDEF")
    ]
    pages = [on_top("Where we work", 1), labels, on_top("What we do", 2)]
    assert places(pdf(pages)) == ["Where we work", "What we do"]


def test_large_words_in_small_letters_are_no_heading_but_the_words_of_a_picture() -> None:
    picture: list[Line] = [("for women", 90, HIGH - 60, 16, PLAIN), ("for men", 300, HIGH - 60, 16, PLAIN)]
    picture += [("62", 90, HIGH - 40, 30, PLAIN), ("64", 300, HIGH - 40, 30, PLAIN)]
    pages = [on_top("Day", 1), picture, column(wrapped(paragraph(2)), top=HIGH), on_top("Night", 3)]
    assert places(pdf(pages)) == ["Day", "Night"]


def test_what_has_only_a_few_words_here_and_there_below_it_is_no_heading() -> None:
    chart: list[Line] = [("Rests by sort of ward", 72, HIGH, 14, ITALIC)]
    chart += [(word, 90 + 90 * at, HIGH - 40 - 30 * at, 9, PLAIN) for at, word in enumerate(("Cold", "Warm", "Night"))]
    pages = [on_top("Day", 1), on_top("Week", 2), chart, on_top("Night", 3)]
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
        *(section(word, at, top=HIGH, size=20) for at, word in enumerate(("Day", "Week"))),
        [*section("Night", 3, top=HIGH, size=20), *pictures],
        [("Rest", 72, HIGH, large, PLAIN), *column(wrapped(sentence(9, 20), 60), top=HIGH - 30, size=large)],
        on_top("Year", 4),
    ]
    assert places(pdf(pages)) == ["Day", "Week", "Night", "Night > Rest", "Night > Year"]


def test_the_words_in_small_boxes_beside_each_other_name_nothing_below_their_diagram() -> None:
    frames = [(72 + 160 * at, HIGH - 240, 100, 36) for at in range(3)]
    drawn: list[Line] = [
        (name, 82 + 160 * at, HIGH - 226, 12, BOLD) for at, name in enumerate(("Ward data", "Team data", "World data"))
    ]
    page = [*section("The wards", 1, top=HIGH, size=18), *drawn, *column(wrapped(paragraph(2)), top=HIGH - 270)]
    pages = [page, section("The teams", 3, top=HIGH, size=18)]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=[frames]), "x.pdf").passages}
    assert paths[paragraph(2)] == "The wards"


def test_a_title_on_a_picture_is_a_heading() -> None:
    page = [*under("How wards rest", 1, size=20), *under("How wards meet", 2, top=TOP - 250, size=20)]
    assert places(pdf([page], pictures=[[(60, TOP - 20, 400, 60)]])) == ["How wards rest", "How wards meet"]
