"""Labels in a PDF that name no section: those of boxes and paragraphs lead their text, those of icons are no text."""

from __future__ import annotations

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
from tests.library.pages import HIGH, ORDER, TOP, box


def test_labels_that_come_again_and_again_lead_the_text_of_their_boxes_with_the_number_beside_them() -> None:
    pages, frames = [], []
    for number in range(1, 5):
        concluded, first = box(HIGH - 140, "conclusion", paragraph(10 + number, 3))
        advised, second = box(HIGH - 300, "RECOMMENDATION", paragraph(20 + number, 2))
        numbered: list[Line] = [(f"{number * 7}.", 72, HIGH - 140, 11, BOLD)]
        after = section(f"How {ORDER[number]} wards went on", 40 + number, top=HIGH - 440)
        pages.append(
            [*section(f"What {ORDER[number]} wards said", number, top=HIGH), *numbered, *concluded, *advised, *after]
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
        drawn, frame = box(HIGH - 140, f"How {ORDER[number]} ward rests", paragraph(number, 3))
        listed, other = box(HIGH - 300, "What to do", f"• {paragraph(20 + number, 2)}")
        pages.append([*section(f"What {ORDER[number]} wards said", number + 10, top=HIGH), *drawn, *listed])
        frames.append([frame, other])
    document = read_document(pdf(pages, frames=frames), "x.pdf")
    assert document.passages[1].heading == "What one wards said > How one ward rests"
    assert document.passages[1].text.endswith(f"\n\nWhat to do:\n- {paragraph(21, 2)}")


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


def test_a_bold_label_stays_with_the_text_that_it_labels() -> None:
    lines: list[Line] = []
    for number, letter in enumerate("ABC"):
        top = TOP - 60 * number
        lines.append((f"Action Item {letter} ::", 72, top, 11, BOLD))
        lines += column(wrapped(sentence(number, 20)), top=top - LEADING)
    text = "\n\n".join(texts(pdf([lines])))
    assert all(f"Action Item {'ABC'[number]} :: {sentence(number, 20)}" in text for number in range(3))
