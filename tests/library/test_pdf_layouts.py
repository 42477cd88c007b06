"""PDFs that are laid out as magazines are, or typed as resolutions are."""

from __future__ import annotations

from bot.library import read_document
from tests.library.documents import HEIGHT, Line, column, paragraph, pdf, wrapped

TOP = HEIGHT - 100
BOLD = "Helvetica-Bold"


def places(data: bytes) -> list[str]:
    return list(dict.fromkeys(passage.heading for passage in read_document(data, "x.pdf").passages))


def texts(data: bytes) -> list[str]:
    return [passage.text for passage in read_document(data, "x.pdf").passages]


def under(heading: str, seed: int, top: float = TOP, font: str = BOLD, size: float = 14) -> list[Line]:
    return [(heading, 72, top, size, font), *column(wrapped(paragraph(seed)), top=top - 30)]


def test_a_paragraph_goes_on_past_a_typed_rule_at_the_foot_of_its_page() -> None:
    start = ["The ward asks that all who work at night be told in good time by the members of the"]
    end = ["Ward Committee what was said of their rest."]
    note: list[Line] = [("1 See the rota of the ward.", 72, 60, 8, "Helvetica")]
    first = [*column(start, top=112), ("_" * 18, 72, 84, 8, BOLD), *note]
    assert f"{start[0]} {end[0]}" in "\n".join(texts(pdf([[*column(wrapped(paragraph(2))), *first], column(end)])))
