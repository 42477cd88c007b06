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
