"""Everything that a board paper has to say stands in the Word file and on the page, in the same order."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from docx import Document
from docx.table import Table
from lxml import html  # type: ignore[import-untyped]

from bot.board.html import board_files
from tests.board.series import ALONE, SAID, WEEKS, series_source
from tests.board.sources import ASK

IN_ORDER = (
    "Leadership on the ward: what staff said",
    "17 August 2018 to 21 August 2018. Made on 20 August 2018.",
    "No more heroes, The King’s Fund, 2011",
    ASK,
    "120 people were invited. 51 people took part in the threads. Each person counts once.",
    "This is not a survey: these people chose to reply.",
    "Replies used",
    "Left out: too short",
    "Left out: excluded by a facilitator",
    f"Question 1: {WEEKS[0][1]}",
    WEEKS[0][0],
    "P12-1",
    "Keep one count of falls",
    "facilitator’s words",
    "6 people",
    "Doing: One electronic sheet for falls on all wards. Owner: Director of Nursing.",
    "P12-2",
    "Facilitator’s note: The site team was told on 14 August.",
    f"Question 2: {WEEKS[1][1]}",
    SAID[1][0][0],
    "When we asked staff again, 9 people said “same here”.",
    "Not possible: A third nurse on nights, because the posts are frozen until April.",
    "When we asked staff again, 6 people said “same here”. It differs from place to place.",
    f"Question 4: {WEEKS[3][1]}",
    "Where people differ",
    "A manager on the floor every morning is what leadership looks like",
    "Walking the floor changes nothing unless somebody acts afterwards.",
    "Also raised",
    ALONE,
    "What staff said when we asked again",
    "question 2 (14 people tapped) and question 4. A number is shown from five people on. This is not a survey.",
    "Answers so far",
    "Of 10 points: 1 doing, 1 not possible, 8 no answer yet.",
    "We ask the board to answer these points: P12-2,",
    "How this was made",
    "A facilitator checked who says what; 36 changes were made.",
    "Each point has a reference, such as P12-1.",
    "/summary show",
    "python -m bot verify",
)


def word_text(content: bytes) -> str:
    """All words of a Word file in the order in which they are read."""
    return " ".join(_words(content))


def _words(content: bytes) -> Iterator[str]:
    for block in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text


def page_text(content: bytes) -> str:
    """All words of a page in the order in which they are read, with the marks that a browser puts around quotes."""
    tree = html.document_fromstring(content.decode())
    for quote in tree.iter("q"):
        quote.text, quote.tail = f"“{quote.text or ''}", f"”{quote.tail or ''}"
    return str(tree.find("body").text_content())


@pytest.mark.parametrize(("name", "read"), [("board-paper.docx", word_text), ("board-paper.html", page_text)])
def test_every_part_of_the_paper_stands_in_its_place(name: str, read: object) -> None:
    assert callable(read)
    (content,) = (file.content for file in board_files(series_source()) if file.name == name)
    text, place = " ".join(read(content).split()), 0
    for said in IN_ORDER:
        assert said in text[place:], f"{said!r} is missing, or stands too early"
        place = text.index(said, place)


def test_the_word_file_says_what_it_is_and_nothing_of_who_made_it() -> None:
    (content,) = (file.content for file in board_files(series_source()) if file.name == "board-paper.docx")
    core = Document(io.BytesIO(content)).core_properties
    assert (core.title, core.subject) == ("Board paper: Leadership on the ward", "What staff said")
    assert (core.author, core.last_modified_by, core.language) == ("Ward to Board", "", "en-GB")
