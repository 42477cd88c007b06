"""Plain text as programs print it: pages with running heads, and numbered headings."""

from __future__ import annotations

from bot.library import read_document
from tests.library.documents import paragraph, sentence, wrapped


def read(text: str) -> list[tuple[str, str]]:
    document = read_document(text.encode(), "report.txt")
    return [(passage.heading, passage.text) for passage in document.passages]


def page(body: str, number: int, *, head: str = "Rota Group          Nights          May 2024") -> str:
    return f"\n{head}\n\n{body}\n\nHill            Report            [Page {number}]\n"


def test_lines_that_pages_share_are_left_out_and_a_paragraph_goes_on_over_the_page() -> None:
    lines = wrapped(paragraph(2, 8), 72)
    bodies = [
        "1. Boards\n\n" + "\n".join(lines[:3]),
        "\n".join(lines[3:]) + "\n\n2. Wards",
        "\n".join(wrapped(paragraph(3))),
    ]
    text = "\f".join(page(body, number) for number, body in enumerate(bodies, 1))
    assert read(text) == [("1. Boards", paragraph(2, 8)), ("2. Wards", paragraph(3))]


def test_numbers_of_pages_are_left_out_and_other_lines_at_their_ends_stay() -> None:
    bodies = [f"Recommendation {number * 2}\n\n{paragraph(number)}" for number in range(1, 5)]
    text = "\f".join(f"{body}\n\n{number}\n" for number, body in enumerate(bodies, 7))
    assert read(text) == [
        (f"{'Recommendation 2 > ' if number > 1 else ''}Recommendation {number * 2}", paragraph(number))
        for number in range(1, 5)
    ]


def test_text_after_a_single_page_end_is_kept_whole() -> None:
    assert read(f"{sentence(1)}\n\f\n{sentence(2)}\n\f") == [("", f"{sentence(1)}\n\n{sentence(2)}")]


def test_numbered_headings_have_the_level_that_their_number_says() -> None:
    heads = ("1 Boards", "1.1 Who sits there", "1.2 What they hear", "2 Wards")
    text = "\n\n".join(f"{head}\n\n{paragraph(number)}" for number, head in enumerate(heads))
    assert [heading for heading, _ in read(text)] == [
        "1 Boards",
        "1 Boards > 1.1 Who sits there",
        "1 Boards > 1.2 What they hear",
        "2 Wards",
    ]
