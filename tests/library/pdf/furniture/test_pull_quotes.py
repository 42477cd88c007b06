"""Sentences of a PDF that stand large beside the text that they are taken from, and headings that are none of these."""

from __future__ import annotations

from tests.library.documents import BOLD, column, paragraph, pdf, places, sentence, texts, wrapped
from tests.library.pages import TOP, under


def test_a_sentence_that_stands_large_beside_the_text_it_is_from_is_no_heading_and_is_read_once() -> None:
    said = sentence(7, 16)
    quote = wrapped(said.rstrip("."), 24)
    pages = [
        [
            *under("How wards rest", 1),
            *column(wrapped(f"{paragraph(2)} {said} {paragraph(3)}", 60), left=230, top=TOP - 140),
            *((line, 72.0, TOP - 142 - 20 * at, 15.0, "Helvetica") for at, line in enumerate(quote)),
        ],
        under("What else they said", 4),
    ]
    data = pdf(pages)
    assert len(quote) > 2
    assert places(data) == ["How wards rest", "What else they said"]
    assert "\n".join(texts(data)).count(said.rstrip(".")) == 1


def test_a_heading_in_capitals_whose_words_the_text_beside_it_has_is_no_such_sentence() -> None:
    named = sentence(7, 16).rstrip(".")
    heading = wrapped(named.upper(), 16)
    pages = [
        [
            *under("How wards rest", 1),
            *column(wrapped(f"{paragraph(2)} {named}. {paragraph(3)}", 60), left=230, top=TOP - 140),
            *((line, 72.0, TOP - 142 - 16 * at, 13.0, "Helvetica") for at, line in enumerate(heading)),
        ],
        under("What else they said", 4),
    ]
    assert len(heading) > 2
    shown = "\n".join((*places(pdf(pages)), *texts(pdf(pages))))
    assert all(line in shown for line in heading)


def test_a_long_heading_whose_words_the_text_below_it_has_stays() -> None:
    named = sentence(7, 16).rstrip(".")
    heading = wrapped(named, 30)
    pages = [
        [
            *((line, 72.0, TOP - 18 * at, 15.0, BOLD) for at, line in enumerate(heading)),
            *column(wrapped(f"{named} is what this is about. {paragraph(2)}"), top=TOP - 100),
        ],
        under("What else they said", 4, size=15),
    ]
    assert len(heading) > 2
    assert places(pdf(pages)) == [named, "What else they said"]
