"""Everything that a board paper has to say stands in the Word file and on the page, in the same order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from docx import Document
from docx.table import Table
from lxml import html  # type: ignore[import-untyped]
from pypdfium2 import PdfDocument

from bot.board.html import board_files
from bot.board.paper import make_board_paper
from bot.board.texts import open_note, states_note
from tests.board.series import ALONE, SAID, WEEKS, series_source
from tests.board.sources import ASK

IN_ORDER = (
    "What staff say about leadership on the ward",
    "Heron NHS Foundation Trust",
    "Board of Directors, meeting in public",
    "6 September 2018",
    "9.2",
    "Chief Nurse",
    "Freedom to Speak Up Guardian",
    "For decision",
    "Over four weeks we asked ward staff",
    "They describe double counting",
    ASK,
    "staff stop raising concerns",
    "BAF 3 (workforce)",
    "internationally educated nurses",
    "People Committee, 21 August 2018",
    "1. What we asked, and who took part",
    "From 17 August 2018 to 21 August 2018 we asked staff 4 questions about this report: “No more heroes, The King’s",
    "120 people were invited. 51 people took part in the threads. Each person counts once.",
    "2. What staff said",
    "Counting and reporting",
    "Keep one count of falls",
    "facilitator’s words",
    "6 people",
    "Facilitator’s note: The site team was told on 14 August.",
    "Speaking up",
    SAID[1][0][0],
    "When we asked staff again, 9 people said “same here”.",
    f"Question 2: {WEEKS[1][1]}",
    "When we asked staff again, 6 people said “same here”. It differs from place to place.",
    f"Question 4: {WEEKS[3][1]}",
    "3. Where opinion is split",
    "A manager on the floor every morning is what leadership looks like",
    "Some say (1 person): “A manager on the floor every morning is what leadership looks like.”",
    "Others say (2 people): “Walking the floor changes nothing unless somebody acts afterwards.",
    "4. What has been answered",
    "2 of the 10 points have an answer: 1 under way and 1 not possible. 8 have none yet.",
    "Under way: One electronic sheet for falls on all wards",
    "Director of Nursing",
    "Not possible: A third nurse on nights, because the posts are frozen until April",
    "1 October 2018",
    "5. What we ask of the board",
    "For decision.",
    ASK,
    "Points 2, 3, 5, 6, 7, 8, 9 and 10 have no answer yet.",
    "Method and limits",
    "A facilitator checked who says what; 36 changes were made.",
    "This isn’t a survey: these people chose to reply.",
    "Annex",
    WEEKS[0][1],
    WEEKS[0][0],
    "All points, and where each comes from",
    "P12-1",
    "Keep one count of falls",
    "P13-1",
    "Each point has a reference, such as P12-1, which it keeps.",
    "Raised by one person each",
    ALONE,
    "What staff said when we asked again",
    "question 2 (14 people tapped) and question 4. Numbers below five aren’t shown. This isn’t a survey.",
    "Replies used",
    "Left out: too short",
    "Left out: excluded by a facilitator",
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


def pdf_text(content: bytes) -> str:
    """All words of a PDF in the order in which they are read."""
    with PdfDocument(content) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


READERS = [("board-paper.docx", word_text), ("board-paper.html", page_text), ("board-paper.pdf", pdf_text)]


@pytest.mark.parametrize(("name", "read"), READERS)
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
    assert (core.title, core.subject) == ("Board paper: What staff say about leadership on the ward", "What staff said")
    assert (core.author, core.last_modified_by, core.language) == ("Ward to Board", "", "en-GB")


@pytest.mark.parametrize(("name", "read"), READERS)
def test_the_paper_names_no_command_and_no_percentage(name: str, read: object) -> None:
    assert callable(read)
    (content,) = (file.content for file in board_files(series_source()) if file.name == name)
    text = read(content)
    assert not re.search(r"(?<!\w)/[a-z]{2,}", text)
    assert "python -m" not in text
    assert "%" not in text
    assert "not quoted" not in text
    assert "privately" not in text


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ((), ""),
        ((("No answer yet", 1),), "The point has no answer yet."),
        ((("No answer yet", 5),), "None of the 5 points has an answer yet."),
        ((("Done", 1), ("No answer yet", 1)), "1 of the 2 points has an answer: 1 done. 1 has none yet."),
        ((("Done", 2), ("Under way", 1)), "All 3 points have an answer: 2 done and 1 under way."),
        ((("Not yet", 1),), "The point has an answer: 1 not yet."),
    ],
)
def test_how_many_points_have_an_answer_is_a_sentence(states: tuple[tuple[str, int], ...], told: str) -> None:
    paper = replace(make_board_paper(series_source()), states=states)
    assert states_note(paper) == told


def test_points_without_an_answer_are_not_listed_where_none_has_one() -> None:
    paper = make_board_paper(replace(series_source(), outcomes=()))
    assert states_note(paper) == "None of the 10 points has an answer yet."
    assert open_note(paper) == ""
