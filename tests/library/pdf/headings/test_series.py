"""Headings of a PDF that belong to a series: set alike and counted, however long they are and however they end."""

from __future__ import annotations

from bot.library import read_document
from tests.library.documents import BOLD, LEADING, Line, column, paragraph, pdf, places, section, sentence, wrapped
from tests.library.pages import HIGH, ITALIC, TOP, on_top, under

SHORT = "Ask all the wards for a day of rest a week."
LONG = "That the board of each trust ask all of the wards by noon for a day or two of rest a week. It should say why."


def last_places(data: bytes) -> list[str]:
    return [place.split(" > ")[-1] for place in places(data)]


def recommendations(count: int, space: float, below: float = 22) -> tuple[list[str], list[list[Line]]]:
    """Recommendations in bold, every third in a few words, each with text before and after it on a page of its own."""
    names = [
        f"Recommendation {at}: {SHORT if at % 3 == 0 else f'{sentence(at, 6)} {LONG}'}" for at in range(1, count + 1)
    ]
    pages = []
    for number, name in enumerate(names, start=1):
        lines = wrapped(name, 75)
        page = column(wrapped(paragraph(number)), top=HIGH) if number > 1 else section("What we say", 90, top=HIGH)
        top = min(bottom for _, _, bottom, *_ in page) - space
        page += column(lines, top=top, font=BOLD)
        pages.append([*page, *column(wrapped(paragraph(50 + number)), top=top - LEADING * (len(lines) - 1) - below)])
    return names, pages


def test_recommendations_that_are_set_as_headings_are_so_however_long_they_are() -> None:
    names, pages = recommendations(6, space=30)
    assert last_places(pdf(pages)) == ["What we say", *names]


def test_recommendations_with_as_much_space_on_both_sides_conclude_what_is_above_them() -> None:
    names, pages = recommendations(5, space=22)
    long = [name for name in names if SHORT not in name]
    assert not any(name in place for name in long for place in places(pdf(pages)))


def test_a_recommendation_too_long_for_a_place_begins_there_and_is_whole_in_the_text() -> None:
    names, pages = recommendations(3, space=30)
    names[1] = f"Recommendation 2: {paragraph(7, 8)}"
    lines = wrapped(names[1], 75)
    pages[1] = [*column(lines, top=HIGH, font=BOLD), *column(wrapped(paragraph(52)), top=HIGH - 14 * len(lines) - 8)]
    passages = read_document(pdf(pages), "x.pdf").passages
    under = [passage for passage in passages if "Recommendation 2" in passage.heading]
    assert {passage.heading.endswith("…") for passage in under} == {True}
    assert names[1] in " ".join(passage.text for passage in under)


def test_a_numbered_recommendation_that_is_set_as_the_others_may_be_long() -> None:
    names = [f"RECOMMENDATION #{number}: {sentence(number, 7)[:-1]}" for number in (1, 2, 3, 4)]
    names[2] = "RECOMMENDATION #3: Ask all the wards for a day or two of rest a week, and let all of them say by noon "
    names[2] += "on the day how they do it"
    pages = []
    for number, name in enumerate(names):
        head = wrapped(name, 75)
        pages.append(column(head, top=HIGH, font="Helvetica-Oblique"))
        pages[-1] += column(wrapped(paragraph(number)), top=HIGH - 24 - 16 * len(head))
    assert places(pdf(pages)) == names


def test_a_long_recommendation_stays_text_where_hardly_one_is_a_heading() -> None:
    names = ["Cold wards", "Warm wards", "Night wards", "Recommendation 1: Ask all wards about rest"]
    pages = [on_top(name, number, size=11) for number, name in enumerate(names)]
    asked = (
        "Recommendation 2: All of the wards should be asked by noon on the day for a day or two of rest a week, and "
    )
    asked += "should say so."
    pages.append(
        [*column(wrapped(asked), top=HIGH, font="Helvetica-Bold"), *column(wrapped(paragraph(9)), top=HIGH - 70)]
    )
    assert places(pdf(pages)) == names


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


def test_priorities_that_are_counted_with_two_words_are_headings_though_they_end_as_sentences_do() -> None:
    names = [f"Strategic priority {number}: {SHORT}" for number in (1, 2, 3, 4)]
    pages = []
    for number, name in enumerate(names):
        page = column(wrapped(paragraph(number)), top=HIGH) + column([name], top=HIGH - 130, font=BOLD)
        pages.append([*page, *column(wrapped(paragraph(10 + number)), top=HIGH - 150)])
    assert last_places(pdf(pages)) == ["", *names]


def test_a_numbered_heading_of_two_lines_between_two_others_may_end_as_a_sentence_does() -> None:
    asked = wrapped(
        "2. All the wards of the trust that ask for it can have a day or two of rest a week from now on, in turn."
    )
    pages = [section(name, at, top=HIGH, size=11) for at, name in enumerate(("1. Rest", "", "3. Night", "4. Rotas"))]
    pages[1] = [*column(asked, top=HIGH, font=BOLD), *column(wrapped(paragraph(4)), top=HIGH - 50)]
    assert places(pdf(pages)) == ["1. Rest", " ".join(asked), "3. Night", "4. Rotas"]
    assert "2. All the wards" not in places(pdf([pages[0], pages[1]]))[-1]


def test_the_second_line_of_a_recommendation_may_begin_with_a_day() -> None:
    asked = ["15. No ward of the trust shall be asked for a rota of the night after", "27 November 2025."]
    pages = [section(name, at, top=HIGH) for at, name in enumerate(("Rest", "Rota", "Night"))]
    pages[-1] += [*column(asked, top=HIGH - 130, font=BOLD), *column(wrapped(paragraph(4)), top=HIGH - 180)]
    assert places(pdf(pages)) == ["Rest", "Rota", "Night"]
    assert " ".join(asked) in read_document(pdf(pages), "x.pdf").passages[-1].text


def test_lettered_headings_are_so_together_whatever_is_below_them() -> None:
    names = ["a. Rest by day", "b. Has the ward asked for rest in all of its teams?", "c. Rest by night"]
    pages = [[*section("Rest of the wards", 1, top=HIGH, size=16)]]
    for number, name in enumerate(names, start=2):
        pages[-1] += [(name, 72, HIGH - 200, 11, BOLD)]
        text = sentence(number, 8) if number == 3 else paragraph(number)
        pages[-1] += column(wrapped(text), top=HIGH - 217)
        pages.append(column(wrapped(paragraph(20 + number)), top=HIGH))
    assert last_places(pdf(pages)) == ["Rest of the wards", *names]


def test_a_letter_after_another_is_no_part_of_it_though_that_is_set_larger() -> None:
    names = [("1. Rest", 18), ("a. Introduction", 14), ("b. By day", 12), ("c. By night", 12)]
    names += [("2. Work", 18), ("a. The shifts", 14), ("b. The rota", 12), ("c. The teams", 12)]
    pages = [section(name, at, top=HIGH, size=size) for at, (name, size) in enumerate(names)]
    cover = column(wrapped(paragraph(9)), top=HIGH)
    assert places(pdf([cover, cover, *pages]))[1:] == [
        name if name[0].isdigit() else f"{'1. Rest' if at < 4 else '2. Work'} > {name}"
        for at, (name, _) in enumerate(names)
    ]
