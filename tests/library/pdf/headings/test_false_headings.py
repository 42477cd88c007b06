"""Which lines of a PDF are no headings though they look so: quotations, names, sentences, links, and items of lists."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.library import read_document
from tests.library.documents import (
    BOLD,
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
from tests.library.pages import HIGH, PLAIN, TOP, named, on_top, read, text_on, under, whole_text


def test_a_quotation_set_like_a_heading_is_none() -> None:
    quoted = "“It would be good to hear how other wards do this” (Night nurse)"
    pages = [under(f"How ward {number} rests", number, size=11) for number in (1, 2, 3)]
    pages[1] += [(quoted, 72, TOP - 150, 11, BOLD), *column(wrapped(paragraph(9)), top=TOP - 180)]
    data = pdf(pages)
    assert places(data) == [f"How ward {number} rests" for number in (1, 2, 3)]
    assert quoted in "\n".join(texts(data))


def test_a_bold_name_right_below_a_quotation_is_no_heading() -> None:
    said = wrapped(f"“{paragraph(1)}”")
    page = [("What helped", 72, TOP, 14, BOLD), *column(said, top=TOP - 30)]
    below = TOP - 30 - 14 * len(said)
    page.append(("Porter [nights], Ward 1 (May 2024)", 72, below, 11, BOLD))
    page += column(wrapped(paragraph(2)), top=below - 30)
    page.append(("What did not", 72, below - 150, 14, BOLD))
    page += column(wrapped(paragraph(3)), top=below - 180)
    data = pdf([page])
    assert set(places(data)) == {"What helped", "What did not"}
    assert "”\nPorter [nights], Ward 1 (May 2024)" in whole_text(data)


def test_the_name_below_a_quotation_in_a_box_is_no_heading() -> None:
    page = [("How we buy", 72.0, TOP, 20.0, BOLD), *column(wrapped(paragraph(1)), top=TOP - 40)]
    frames: list[Frame] = []
    for number, top in enumerate((560, 440, 320), 1):
        words = [f"It takes the ward {number} weeks to buy a bed,", "so the list should be shorter."]
        page += [
            *column(words, left=110, top=top, size=12),
            (f"Person {number}, ward {number}", 110, top - 44, 12, BOLD),
        ]
        frames.append((100, top - 60, 340, 84))
    assert places(pdf([page], frames=[frames])) == ["How we buy"]
    assert "so the list should be shorter.\n\nPerson 2, ward 2" in "\n".join(texts(pdf([page], frames=[frames])))


def test_who_signs_at_the_foot_of_a_page_is_no_heading() -> None:
    pages = []
    for number in range(1, 4):
        page = [
            (f"What ward {number} asks for", 72.0, TOP, 18.0, BOLD),
            *column(wrapped(paragraph(number)), top=TOP - 30),
        ]
        page += [("How it rests", 72, 560, 11, BOLD), *column(wrapped(paragraph(10 + number)), top=540)]
        pages.append(page)
    pages[0] += [("Chair of the Office for Wards", 72, 400, 11, BOLD)]
    data = pdf(pages)
    assert "Chair of the Office for Wards" not in "\n".join(places(data))
    assert any(each.endswith("\n\nChair of the Office for Wards") for each in texts(data))


def test_the_names_of_the_authors_and_the_date_below_a_title_are_no_headings() -> None:
    first: list[Line] = [
        ("Rest on the wards at night", 72, HIGH, 20, PLAIN),
        ("Ada North and Ben South", 72, HIGH - 40, 14, PLAIN),
        ("February 3, 2022", 72, HIGH - 70, 14, PLAIN),
        *text_on(HIGH - 110, 1),
    ]
    pages = [first, *(on_top(f"{number} Ward", number) for number in (1, 2, 3))]
    assert places(pdf(pages)) == ["Rest on the wards at night", "1 Ward", "2 Ward", "3 Ward"]


def test_an_office_that_is_always_right_below_a_name_is_no_heading_of_its_own() -> None:
    people = [("Ada North", "Head of the cold wards"), ("Ben South", "Head of the warm wards"), ("Cy East", "Porter")]
    page: list[Line] = []
    for at, (name, office) in enumerate(people):
        top = HIGH - 200 * at
        page += [(name, 72, top, 11, BOLD), (office, 72, top - 13, 11, PLAIN), *text_on(top - 40, at)]
    colours = dict.fromkeys((office for _, office in people), (0.8, 0.3, 0.0))
    report = pdf([on_top("People", 9), page], colours=colours)
    assert places(report) == ["People", *(f"People > {name}" for name, _ in people)]
    assert "Head of the warm wards" in " ".join(each.text for each in read_document(report, "x.pdf").passages)


def test_bold_sentences_that_the_text_repeats_stay_text() -> None:
    pages = []
    for number in range(1, 5):
        page = [*on_top(f"Ward {number}", number), ("We agree with this.", 72, HIGH - 200, 11, BOLD)]
        pages.append([*page, *text_on(HIGH - 226, 10 + number)])
    assert places(pdf(pages)) == [f"Ward {number}" for number in range(1, 5)]


def test_two_sentences_that_look_like_headings_are_none() -> None:
    said = "The office has a rota for nights. Many of the wards would like to have another of their own"
    pages = [under(f"What ward {letter} does", number) for number, letter in enumerate("abc")]
    pages[1] += [*column(wrapped(said, 60), top=TOP - 160, size=14, font=BOLD)]
    pages[1] += column(wrapped(paragraph(9)), top=TOP - 220)
    assert places(pdf(pages)) == [f"What ward {letter} does" for letter in "abc"]


def test_large_lines_to_which_a_sentence_leads_are_no_heading() -> None:
    lead = f"{sentence(5, 14)[:-1]}, and these are the three that were chosen:"
    page = [
        *under("The plan", 1),
        *column(wrapped(lead), top=TOP - 150),
        *(column(["Energy", "Water", "Waste"], top=TOP - 200, size=14)),
        *column(wrapped(paragraph(2)), top=TOP - 260),
    ]
    assert places(pdf([page])) == ["The plan"]


def test_numbered_lines_in_a_row_with_no_text_between_them_are_no_headings() -> None:
    names = [f"{number}. The office of ward {'abcdef'[number - 1]}" for number in range(1, 7)]
    pages = [*(under(f"What ward {letter} does", seed) for seed, letter in enumerate("abc"))]
    pages.append([*under("Where to ask", 7), *column(names, top=TOP - 200, font=BOLD)])
    assert places(pdf(pages))[-1] == "Where to ask"


def test_a_bold_sentence_that_leads_to_a_list_is_the_first_line_of_the_list() -> None:
    names = ("Cold wards", "Warm wards", "Night wards", "Day wards")
    pages = [named(name, number) for number, name in enumerate(names)]
    lead = "At the least the wards should have:"
    pages[1] += [(lead, 72, HIGH - 160, 13, "Helvetica-Bold")]
    pages[1] += [(f"• {sentence(number)}", 72, HIGH - 180 - 16 * number, 11, "Helvetica") for number in range(3)]
    document = read_document(pdf(pages), "x.pdf")
    assert list(dict.fromkeys(passage.heading for passage in document.passages)) == list(names)
    assert f"{lead}\n- {sentence(0)}\n- {sentence(1)}" in whole_text(pdf(pages))


def test_lettered_items_that_lead_to_lists_are_no_headings() -> None:
    names = [
        "a) The team of the ward in the north gives its rota to:",
        "b) The team of the night and its lead gives it to:",
    ]
    names.append("c) The team of the day, which has no lead now, gives it to:")
    pages = [[*section("Rest of the wards", 1, top=HIGH, size=16)]]
    for number, name in enumerate(names, start=2):
        pages[-1] += [(name, 72, HIGH - 200, 11, BOLD), *column(wrapped(sentence(number, 14)), top=HIGH - 217)]
        pages.append(column(wrapped(paragraph(20 + number)), top=HIGH))
    assert places(pdf(pages)) == ["Rest of the wards"]


def test_bold_items_right_below_each_other_stay_a_list() -> None:
    items = [f"{letter}) {sentence(at, 6)}" for at, letter in enumerate("abcd")]
    page = [*section("Rest", 1, top=HIGH), *column(items, top=HIGH - 150, font=BOLD)]
    page += column(wrapped(paragraph(3)), top=HIGH - 230)
    assert places(pdf([page])) == ["Rest"]


def test_the_first_of_many_bold_items_of_a_list_is_no_heading_above_them() -> None:
    items = ["Cold wards", "Warm wards", "Night wards", "Day wards", "All wards"]
    listed: list[Line] = [
        (f"{number}. {item}", 72, HIGH - 130 - 24 * number, 11, BOLD) for number, item in enumerate(items, start=1)
    ]
    pages = [
        [*on_top("Night", 1), *listed, *text_on(HIGH - 300, 2)],
        *(section(word, number, top=HIGH, size=11) for number, word in enumerate(("Day", "Week", "Year"), start=3)),
    ]
    assert "Cold" not in " ".join(places(pdf(pages)))


def test_bold_words_that_fill_the_first_line_of_a_paragraph_are_no_heading() -> None:
    page: list[Line] = [("What helped", 72, TOP, 14, BOLD)]
    for index, name in enumerate(
        ("Clear words to all teams and wards at the start of it all:", "A culture that is open:")
    ):
        top = TOP - 30 - index * 160
        page.append((name, 72, top, 11, "Times-Bold"))
        page.append(("Wards in", 75 + stringWidth(name, "Times-Bold", 11), top, 11, "Helvetica"))
        page += column(wrapped(f"North and South say so. {paragraph(index + 1)}"), top=top - LEADING)
    assert "at the start of it all: Wards in North and South say so." in whole_text(pdf([page]))


def test_a_bold_term_that_a_dash_leads_on_from_is_no_heading() -> None:
    term = "Advice and support of the service for all wards of the clinic -"
    page = [("Words", 72, TOP, 14, BOLD), (term, 72, TOP - 30, 11, BOLD), *column(wrapped(paragraph(1)), top=TOP - 44)]
    found = read(pdf([page]))
    assert [passage.heading for passage in found] == ["Words"] * len(found)
    assert f"{term} {paragraph(1)[:20]}" in found[0].text


def test_a_line_in_the_colour_of_a_link_is_no_heading() -> None:
    links = [f"More on ward {number}" for number in range(1, 5)]
    pages = [
        [
            *on_top(f"What ward {number} said", number),
            (link, 72, HIGH - 160, 11, "Helvetica"),
            *column(wrapped(paragraph(number + 10)), top=HIGH - 185),
        ]
        for number, link in enumerate(links, start=1)
    ]
    report = pdf(pages, colours=dict.fromkeys(links, (0, 0.2, 0.8)), links=[[(72, HIGH - 163, 80, 14)]] * len(pages))
    assert places(report) == [f"What ward {number} said" for number in range(1, 5)]
