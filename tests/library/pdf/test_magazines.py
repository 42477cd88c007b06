"""PDFs that are laid out as magazines are: lines that decorate, signs before items, headings over columns, figures."""

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
    embed_font,
    paragraph,
    pdf,
    places,
    section,
    sentence,
    texts,
    wrapped,
)

TOP = HEIGHT - 100
under = partial(section, top=TOP)


def _columns(seed: int, *, top: float) -> list[Line]:
    left, right = (wrapped(paragraph(seed + step), 40) for step in (0, 1))
    return [*column(left, top=top, size=10), *column(right, left=320, top=top, size=10)]


def test_lines_that_decorate_a_page_are_no_box_around_its_text() -> None:
    decoration: list[Frame] = [(40, 30, 2, 790), (0, 20, 590, 30), (20, 760, 150, 60)]
    first = [
        *under("How wards rest", 1),
        *column([*wrapped(paragraph(2)), "The night team asks that they be"], top=140),
    ]
    pages = [first, column(["told of changes in good time."])]
    data = pdf(pages, frames=[decoration, decoration])
    assert places(data) == ["How wards rest"]
    assert "asks that they be told of changes" in "\n".join(texts(data))


def test_a_sign_of_a_font_of_pictures_begins_an_item() -> None:
    font = embed_font()
    page = [*column(wrapped(paragraph(1)), top=TOP), ("The teams ask for:", 72, TOP - 100, 11, "Helvetica")]
    for number, name in enumerate("abc"):
        bottom = TOP - 100 - LEADING * (number + 1)
        page += [("❱", 90, bottom, 11, font), (f"rest for team {name} at night;", 108, bottom, 11, "Helvetica")]
    shown = "\n".join(texts(pdf([page])))
    assert "\n".join(f"- rest for team {name} at night;" for name in "abc") in shown


def test_items_beside_each_other_stay_apart() -> None:
    page = [*column(wrapped(paragraph(1)), top=TOP), ("The teams ask for:", 72, TOP - 100, 11, "Helvetica")]
    page += [("• Rest at night", 90, TOP - 114, 11, "Helvetica"), ("• A rota", 300, TOP - 114, 11, "Helvetica")]
    page += [("• Meals", 90, TOP - 128, 11, "Helvetica"), *column(wrapped(paragraph(2)), top=TOP - 160)]
    assert "- Rest at night\n- A rota\n- Meals" in "\n".join(texts(pdf([page])))


def test_a_sign_before_a_heading_in_capitals_only_decorates_it() -> None:
    font = embed_font()
    page = under("How wards rest", 1, size=20)
    for number, title in enumerate(("REST FOR THE NIGHT TEAM", "MEALS FOR THE DAY TEAM")):
        top = TOP - 130 - 140 * number
        page += [("■", 72, top, 20, font), (title, 96, top, 14, BOLD)]
        page += column(wrapped(paragraph(2 + number)), top=top - 20)
    assert places(pdf([page])) == [
        "How wards rest",
        "How wards rest > REST FOR THE NIGHT TEAM",
        "How wards rest > MEALS FOR THE DAY TEAM",
    ]


def test_figures_in_a_margin_that_begin_no_paragraph_do_not_part_the_text_beside_them() -> None:
    page = [*under("How wards rest", 1), *column(wrapped(paragraph(2, 12), 45), left=260, top=TOP - 150, size=11)]
    for number, (figure, words) in enumerate((("17", "of nurses rested"), ("19", "of porters rested"))):
        top = TOP - 195 - 77 * number
        page += [(figure, 72, top, 20, "Helvetica"), (words, 72, top - 14, 9, "Helvetica")]
    assert paragraph(2, 12) in "\n".join(texts(pdf([page])))


def test_the_words_on_a_picture_at_the_foot_of_a_page_do_not_part_the_text() -> None:
    first = [*column([*wrapped(paragraph(2)), "The night team asks that they be"], top=400)]
    first += [("The night team at work.", 100, 120, 10, "Helvetica")]
    second = column(["told of changes in good time."])
    shown = texts(pdf([first, second], pictures=[[(72, 100, 400, 180)]]))
    assert any("asks that they be told of changes" in words for words in shown)
    assert "The night team at work." in shown


def test_a_paragraph_whose_last_lines_run_over_a_picture_stays_whole() -> None:
    lines = wrapped(paragraph(2))
    page = [*under("How wards rest", 1), *column(lines, top=400)]
    wave = (0, 0, 595, 400 - LEADING * (len(lines) - 2) + 4)
    assert paragraph(2) in texts(pdf([page], pictures=[[wave]]))


def test_a_title_on_a_picture_is_a_heading() -> None:
    page = [*under("How wards rest", 1, size=20), *under("How wards meet", 2, top=TOP - 250, size=20)]
    assert places(pdf([page], pictures=[[(60, TOP - 20, 400, 60)]])) == ["How wards rest", "How wards meet"]


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


def test_a_box_whose_source_is_told_keeps_its_heading_over_its_text() -> None:
    page = [*under("How wards rest", 1, size=20), ("Box 1. Hours of rest", 72, TOP - 120, 11, BOLD)]
    page += column(wrapped(paragraph(2)), top=TOP - 140, size=9)
    page.append(("Source: the rota of the wards.", 72, TOP - 230, 8, "Helvetica"))
    passages = read_document(pdf([page]), "x.pdf").passages
    assert any("Box 1" in passage.heading and paragraph(2) in passage.text for passage in passages)


def test_a_large_heading_in_the_margin_is_over_the_text_that_begins_above_its_foot() -> None:
    pages: list[list[Line]] = []
    for number, name in enumerate(("Rest", "Meals", "Rotas")):
        page = column(wrapped(paragraph(2 * number)), left=216, top=TOP)
        page += column(wrapped(paragraph(2 * number + 1)), left=216, top=TOP - 150)
        pages.append([*page, (name, 37, TOP - 157, 17, "Helvetica")])
    passages = read_document(pdf(pages), "x.pdf").passages
    assert {(passage.heading, passage.text) for passage in passages} >= {
        ("Rest", paragraph(1)),
        ("Meals", paragraph(3)),
        ("Rotas", paragraph(5)),
    }


def test_a_line_at_the_margin_of_the_next_page_is_no_part_of_the_last_item() -> None:
    first = [*column(wrapped(paragraph(1)), top=400), ("The teams ask for:", 72, 300, 11, "Helvetica")]
    first += [
        ("• Rest for the night team", 90, 286, 11, "Helvetica"),
        ("• A rota for all wards", 90, 272, 11, "Helvetica"),
    ]
    shown = "\n".join(texts(pdf([first, column(["These are the asks of all wards.", *wrapped(paragraph(2))])])))
    assert "- A rota for all wards\n" in shown
    assert "wards These" not in shown


def test_a_paragraph_goes_on_past_large_figures_and_what_is_said_of_them_in_italics() -> None:
    first = [
        *under("How wards rest", 1),
        *column([*wrapped(paragraph(2)), "The night team asks that they be"], top=200),
    ]
    second: list[Line] = [("81%", 72, TOP, 20, "Times-Italic")]
    said = wrapped("Of those who work at night say that they would like to be told before the rota changes", 40)
    second += column(said, top=TOP - 20, font="Times-Italic")
    second += column(["told of changes in good time.", *wrapped(paragraph(3))], top=TOP - 140)
    shown = "\n".join(texts(pdf([first, second])))
    assert "asks that they be told of changes in good time." in shown
    assert " ".join(said) in shown


def test_a_sentence_that_stands_large_beside_the_text_it_is_from_is_no_heading_and_is_read_once() -> None:
    said = sentence(7, 16)
    quote = wrapped(said.rstrip("."), 24)
    pages = [
        [
            *under("How wards rest", 1),
            *column(wrapped(f"{paragraph(2)} {said} {paragraph(3)}", 60), left=230, top=TOP - 140),
            *((line, 72.0, TOP - 142 - 20 * at, 15.0, "Helvetica") for at, line in enumerate(quote)),
        ],
        under("What else they said", 4),
    ]
    data = pdf(pages)
    assert len(quote) > 2
    assert places(data) == ["How wards rest", "What else they said"]
    assert "\n".join(texts(data)).count(said.rstrip(".")) == 1


def test_a_heading_in_capitals_whose_words_the_text_beside_it_has_is_no_such_sentence() -> None:
    named = sentence(7, 16).rstrip(".")
    heading = wrapped(named.upper(), 16)
    pages = [
        [
            *under("How wards rest", 1),
            *column(wrapped(f"{paragraph(2)} {named}. {paragraph(3)}", 60), left=230, top=TOP - 140),
            *((line, 72.0, TOP - 142 - 16 * at, 13.0, "Helvetica") for at, line in enumerate(heading)),
        ],
        under("What else they said", 4),
    ]
    assert len(heading) > 2
    shown = "\n".join((*places(pdf(pages)), *texts(pdf(pages))))
    assert all(line in shown for line in heading)


def test_a_long_heading_whose_words_the_text_below_it_has_stays() -> None:
    named = sentence(7, 16).rstrip(".")
    heading = wrapped(named, 30)
    pages = [
        [
            *((line, 72.0, TOP - 18 * at, 15.0, BOLD) for at, line in enumerate(heading)),
            *column(wrapped(f"{named} is what this is about. {paragraph(2)}"), top=TOP - 100),
        ],
        under("What else they said", 4, size=15),
    ]
    assert len(heading) > 2
    assert places(pdf(pages)) == [named, "What else they said"]
