"""Labels of boxes in a PDF: they lead the text of their box and name no section."""

from __future__ import annotations

import pytest

from bot.library import read_document
from tests.library.documents import BOLD, HEIGHT, LEADING, Frame, Line, column, paragraph, pdf, section, wrapped

TOP = HEIGHT - 60
ORDER = ("", "one", "two", "all", "no")


def box(top: float, label: str, text: str) -> tuple[list[Line], Frame]:
    lines = wrapped(text, 70)
    drawn: list[Line] = [(label, 110, top, 11, BOLD), *column(lines, left=110, top=top - LEADING)]
    return drawn, (100, top - LEADING * (len(lines) + 1), 420, LEADING * (len(lines) + 2))


def test_labels_that_come_again_and_again_lead_the_text_of_their_boxes_with_the_number_beside_them() -> None:
    pages, frames = [], []
    for number in range(1, 5):
        concluded, first = box(TOP - 140, "conclusion", paragraph(10 + number, 3))
        advised, second = box(TOP - 300, "RECOMMENDATION", paragraph(20 + number, 2))
        numbered: list[Line] = [(f"{number * 7}.", 72, TOP - 140, 11, BOLD)]
        after = section(f"How {ORDER[number]} wards went on", 40 + number, top=TOP - 440)
        pages.append(
            [*section(f"What {ORDER[number]} wards said", number, top=TOP), *numbered, *concluded, *advised, *after]
        )
        frames.append([first, second])
    document = read_document(pdf(pages, frames=frames), "x.pdf")
    assert [(passage.heading, passage.text) for passage in document.passages[:4]] == [
        ("What one wards said", paragraph(1)),
        ("What one wards said", f"7. Conclusion: {paragraph(11, 3)}"),
        ("What one wards said", f"RECOMMENDATION: {paragraph(21, 2)}"),
        ("How one wards went on", paragraph(41)),
    ]


def test_a_box_with_a_title_of_its_own_keeps_it_as_a_heading_and_a_label_leads_to_a_list() -> None:
    pages, frames = [], []
    for number in range(1, 5):
        drawn, frame = box(TOP - 140, f"How {ORDER[number]} ward rests", paragraph(number, 3))
        listed, other = box(TOP - 300, "What to do", f"• {paragraph(20 + number, 2)}")
        pages.append([*section(f"What {ORDER[number]} wards said", number + 10, top=TOP), *drawn, *listed])
        frames.append([frame, other])
    document = read_document(pdf(pages, frames=frames), "x.pdf")
    assert document.passages[1].heading == "What one wards said > How one ward rests"
    assert document.passages[1].text.endswith(f"\n\nWhat to do:\n- {paragraph(21, 2)}")


def test_a_chapter_whose_title_is_set_in_a_frame_goes_on_below_it() -> None:
    pages = [section(f"What {ORDER[number]} wards said", number, top=TOP, size=22) for number in (1, 2)]
    summary, frame = box(TOP - 40, "In short", paragraph(3, 2))
    title: list[Line] = [("How all wards rest", 110, TOP - 10, 22, BOLD)]
    pages.append([*title, *summary, *column(wrapped(paragraph(4)), top=TOP - 200)])
    frames: list[list[Frame]] = [[], [], [(frame[0], frame[1], frame[2], frame[3] + 50)]]
    document = read_document(pdf(pages, frames=frames), "x.pdf")
    assert [passage.heading for passage in document.passages if paragraph(4) in passage.text] == ["How all wards rest"]


def test_the_title_of_a_framed_chart_names_nothing_below_the_chart() -> None:
    labels = ("Very calm", "Calm", "Neither", "Loud", "Very loud")
    chart: list[Line] = [("NOISE AT NIGHT", 250, TOP - 160, 16, BOLD)]
    chart += [(label, 130 + 60 * at, TOP - 190 - 30 * at, 10, BOLD) for at, label in enumerate(labels)]
    frame = (100, TOP - 330, 420, 190)
    below = section("What the wards did", 3, top=TOP - 360)
    page = [*section("What the wards heard", 1, top=TOP, size=18), *chart, *below]
    document = read_document(pdf([page, section("What comes next", 4, top=TOP, size=18)], frames=[[frame]]), "x.pdf")
    path = [passage.heading for passage in document.passages if paragraph(3) in passage.text]
    assert path == ["What the wards heard > What the wards did"]


def test_text_in_large_type_is_that_of_its_box() -> None:
    stories, frames = [], []
    for number, top in ((1, TOP - 120), (2, TOP - 320)):
        lines = wrapped(paragraph(number), 60)
        name: Line = (f"The {ORDER[number]} nurse", 110, top, 14, BOLD)
        stories += [name, *[(line, 110, top - 20 - 16 * at, 14, "Helvetica") for at, line in enumerate(lines)]]
        frames.append((100, top - 30 - 16 * len(lines), 460, 50 + 16 * len(lines)))
    page = [*section("What nurses say", 5, top=TOP, size=20), *stories, *column(wrapped(paragraph(6)), top=60)]
    pages = [section("How this was done", 7, top=TOP, size=20), page]
    document = read_document(pdf(pages, frames=[[], frames]), "x.pdf")
    paths = {passage.heading: passage.text for passage in document.passages}
    assert paths["What nurses say > The two nurse"] == paragraph(2)
    assert paths["What nurses say > The one nurse"] == paragraph(1)


def numbered_box(number: int, title: str, top: float, seed: int) -> tuple[list[Line], Frame]:
    """A box whose number and title stand above its frame, in a face that no heading of the report has."""
    text = wrapped(paragraph(seed, 2), 70)
    more = wrapped(paragraph(seed + 1, 2), 70)
    drawn: list[Line] = [(f"BOX {number}", 270, top, 11, "Times-Bold"), (title, 240, top - 16, 11, "Times-Bold")]
    drawn += column([*text, "", "", *more], left=82, top=top - 40)
    drawn.append(("Porters", 82, top - 46 - LEADING * len(text), 11, "Times-Bold"))
    height = LEADING * (len(text) + len(more) + 4)
    return drawn, (72, top - 22 - height, 450, height)


def test_a_numbered_title_above_a_frame_ends_with_its_box_also_where_the_outline_has_it_above_all() -> None:
    box, frame = numbered_box(1, "Night work", TOP - 120, 5)
    ask: list[Line] = [
        ("What to ask", 72, TOP - 300, 11, "Helvetica-Oblique"),
        *column(wrapped(paragraph(7)), top=TOP - 320),
    ]
    pages = [
        [
            *section("1. The wards", 1, top=TOP, size=20),
            *section("Plans", 10, top=TOP - 130, size=11, font="Times-Bold"),
            *section("What they say", 2, top=TOP - 260, size=14),
            *section("By day", 3, top=TOP - 390, size=11, font="Helvetica-Oblique"),
            *section("By night", 4, top=TOP - 520, size=11, font="Helvetica-Oblique"),
        ],
        [*column(wrapped(paragraph(8)), top=TOP), *box, *ask, *section("2. The teams", 9, top=200, size=20)],
    ]
    outline = [
        *(("1. The wards", 1, 0), ("What they say", 2, 0), ("By day", 3, 0), ("By night", 3, 0)),
        *(("BOX 1", 1, 1), ("Night work", 1, 1), ("Porters", 1, 1), ("What to ask", 2, 1), ("2. The teams", 1, 1)),
    ]
    document = read_document(pdf(pages, frames=[[], [frame]], outline=outline), "x.pdf")
    paths = {passage.text: passage.heading for passage in document.passages}
    assert paths[paragraph(7)] == "1. The wards > What they say > What to ask"
    assert paths[paragraph(5, 2)].endswith(" > BOX 1 Night work")
    assert paths[paragraph(6, 2)].endswith(" > Porters")
    assert paths[paragraph(9)] == "2. The teams"
    assert paths[paragraph(10)] == "1. The wards > Plans"


def test_a_numbered_box_without_a_frame_ends_where_the_text_is_set_as_usual_again() -> None:
    small = [(line, 72, TOP - 190 - 12 * at, 9, "Helvetica") for at, line in enumerate(wrapped(paragraph(3), 100))]
    lines: list[Line] = [("Box 2. Night work of porters", 72, TOP - 170, 12, BOLD), *small]
    pages = [
        [*section("The wards", 1, top=TOP, size=18), *lines, *column(wrapped(paragraph(4)), top=TOP - 280)],
        section("The teams", 5, top=TOP, size=18),
    ]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages), "x.pdf").passages}
    assert paths[paragraph(3)] == "The wards > Box 2. Night work of porters"
    assert paths[paragraph(4)] == "The wards"


def test_a_numbered_box_that_is_set_as_the_text_is_ends_at_the_next_heading() -> None:
    pages = [
        [
            *section("The wards", 1, top=TOP, size=18),
            *section("Box 2. Night work of porters", 2, top=TOP - 150, size=14),
            *section("Day work", 3, top=TOP - 300, size=12),
        ],
        section("The teams", 4, top=TOP, size=18),
    ]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages), "x.pdf").passages}
    assert paths[paragraph(2)] == "The wards > Box 2. Night work of porters"
    assert paths[paragraph(3)] == "The wards > Day work"


def test_a_box_that_goes_on_over_the_whole_next_page_ends_with_that_page() -> None:
    first: list[Line] = [("Night work", 90, 300, 11, BOLD), *column(wrapped(paragraph(2, 6), 70), left=90, top=280)]
    second: list[Line] = [
        ("Day work", 90, TOP - 20, 11, BOLD),
        *column(wrapped(paragraph(3), 70), left=90, top=TOP - 40),
    ]
    pages = [
        [*section("The wards", 1, top=TOP, size=18), *first],
        second,
        [*column(wrapped(paragraph(4)), top=TOP), *section("The teams", 5, top=300, size=18)],
    ]
    frames = [[(72, 150, 390, 170)], [(72, TOP - 200, 390, 200)], []]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=frames), "x.pdf").passages}
    assert paths[paragraph(3)] == "The wards > Day work"
    assert paths[paragraph(4)] == "The wards"


def bold(seed: int, top: float, left: float = 90) -> list[Line]:
    return [(line, left, top - LEADING * at, 11, BOLD) for at, line in enumerate(wrapped(paragraph(seed), 60))]


def test_a_bold_box_goes_on_over_the_page_also_where_the_next_has_its_margins_the_other_way_round() -> None:
    pages = [
        [*section("The wards", 1, top=TOP, size=18), ("Night work", 90, 300, 11, BOLD), *bold(2, 270)],
        [*bold(3, TOP - 20, 140), *column(wrapped(paragraph(4)), left=122, top=TOP - 200)],
        section("The teams", 5, top=TOP, size=18),
    ]
    frames = [[(72, 150, 390, 170)], [(122, TOP - 130, 390, 130)], []]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=frames), "x.pdf").passages}
    assert paths[paragraph(3)] == paths[paragraph(2)] == "The wards > Night work"
    assert paths[paragraph(4)] == "The wards"


def test_a_box_at_the_end_of_a_chapter_is_under_what_is_above_its_own_heading() -> None:
    drawn, frame = box(TOP - 370, "", paragraph(9))
    chapter = [
        *section("What wards do", 1, top=TOP, size=18),
        *section("Aims", 2, top=TOP - 120),
        *section("Night work", 3, top=TOP - 240, size=12),
        ("How one ward rests", 110, TOP - 365, 14, BOLD),
        *drawn[1:],
    ]
    pages = [chapter, section("What teams do", 4, top=TOP, size=18)]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=[[frame]]), "x.pdf").passages}
    assert paths[paragraph(3)] == "What wards do > Aims > Night work"
    assert paths[paragraph(9)] == "What wards do > How one ward rests"


@pytest.mark.parametrize("size", [12, 14])
def test_a_framed_page_is_a_section_only_where_the_next_heading_is_as_high(size: int) -> None:
    chapters = [
        [
            *section(f"{name} wards", at, top=TOP, size=18),
            *section(f"Aims of {name} wards", at + 1, top=TOP - 120 - at),
            *section(f"Night work on {name} wards", at + 2, top=TOP - 240 - at, size=12),
        ]
        for at, name in enumerate(("Cold", "Warm", "Large", "Small"))
    ]
    framed: list[Line] = [
        ("How one ward rests", 90, TOP - 20, 14, BOLD),
        *column(wrapped(paragraph(9, 6), 70), left=90, top=TOP - 40),
    ]
    pages = [*chapters, framed, section("Day work", 7, top=TOP, size=size)]
    frames = [*([],) * 4, [(72, TOP - 300, 420, 320)], []]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=frames), "x.pdf").passages}
    above = "Small wards > Aims of Small wards" if size == 12 else "Small wards"
    assert paths[paragraph(7)] == f"{above} > Day work"
    above += " > Night work on Small wards" * (size == 12)
    assert paths[paragraph(9, 6)] == f"{above} > How one ward rests"


def test_a_framed_page_with_the_number_of_a_chapter_begins_it_though_only_text_is_on_the_next() -> None:
    boxed: list[Line] = [
        ("2. Night", 90, TOP - 20, 18, BOLD),
        *column(wrapped(paragraph(9, 6), 70), left=90, top=TOP - 50),
    ]
    pages = [
        [*section("1. Day", 1, top=TOP, size=18), *section("Aims", 2, top=TOP - 120)],
        boxed,
        column(wrapped(paragraph(3)), top=TOP),
        section("3. Week", 4, top=TOP, size=18),
    ]
    frames = [[], [(72, TOP - 300, 420, 320)], []]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=frames), "x.pdf").passages}
    assert paths[paragraph(2)] == "1. Day > Aims"
    assert paths[paragraph(3)] == paths[paragraph(9, 6)] == "2. Night"


def test_the_words_in_small_boxes_beside_each_other_name_nothing_below_their_diagram() -> None:
    frames = [(72 + 160 * at, TOP - 240, 100, 36) for at in range(3)]
    drawn: list[Line] = [
        (name, 82 + 160 * at, TOP - 226, 12, BOLD) for at, name in enumerate(("Ward data", "Team data", "World data"))
    ]
    page = [*section("The wards", 1, top=TOP, size=18), *drawn, *column(wrapped(paragraph(2)), top=TOP - 270)]
    pages = [page, section("The teams", 3, top=TOP, size=18)]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=[frames]), "x.pdf").passages}
    assert paths[paragraph(2)] == "The wards"
