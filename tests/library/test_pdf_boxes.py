"""Labels of boxes in a PDF: they lead the text of their box and name no section."""

from __future__ import annotations

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


def test_a_box_with_a_title_of_its_own_or_a_list_keeps_its_heading() -> None:
    pages, frames = [], []
    for number in range(1, 5):
        drawn, frame = box(TOP - 140, f"How {ORDER[number]} ward rests", paragraph(number, 3))
        pages.append([*section(f"What {ORDER[number]} wards said", number + 10, top=TOP), *drawn])
        frames.append([frame])
    document = read_document(pdf(pages, frames=frames), "x.pdf")
    assert document.passages[1].heading == "What one wards said > How one ward rests"


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
