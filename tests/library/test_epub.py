"""E-books: chapters in the order of reading, without lists of contents; notes at the end."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.library import read_document
from bot.library.readers.packed import LOCKED
from tests.library.documents import paragraph, sentence
from tests.library.open_files import epub, pack

ABOUT = "<dc:title>No more surprises</dc:title><dc:publisher>The Rota Group</dc:publisher><dc:date>2024-05-01</dc:date>"
LOCK = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/><CipherData/></EncryptedData></encryption>'


def test_chapters_are_read_in_their_order_without_the_list_of_contents() -> None:
    link = '<sup><a epub:type="noteref" href="#n1">1</a></sup>'
    note = '<aside epub:type="footnote" id="n1"><p>See the survey of staff.</p></aside>'
    chapters = {
        "nav.xhtml": "<nav><ol><li>Wards</li></ol></nav>",
        "toc%20page.xhtml": '<section epub:type="toc"><h1>What is in it</h1><p>Wards</p></section>',
        "b.xhtml": f"<h1>Boards</h1><p>{sentence(1)}{link} {sentence(2)}</p>{note}",
        "a.xhtml": f"<section><h1>Wards</h1><h2>Nights</h2><p>{paragraph(3)}</p></section>",
    }
    data = epub({name.replace("%20", ""): text for name, text in chapters.items()}, about=ABOUT)
    document = read_document(data, "report.epub")
    assert [(passage.heading, passage.text) for passage in document.passages] == [
        ("Boards", f"{sentence(1)} {sentence(2)}"),
        ("Wards > Nights", paragraph(3)),
        ("Notes", "See the survey of staff."),
    ]
    details = document.details
    assert (details.title, details.publisher, details.year) == ("No more surprises", "The Rota Group", 2024)
    assert document.format == "epub"


@pytest.mark.parametrize(
    ("link", "notes"),
    [
        (  # Pandoc
            '<a href="#fn1" class="footnote-ref" id="fnref1" epub:type="noteref">1</a>',
            '<section class="footnotes" epub:type="footnotes"><ol><li id="fn1" epub:type="footnote"><p>See the survey.'
            '<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
        ),
        (  # one that keeps its notes in a page of their own
            '<a href="notes.xhtml#n1" role="doc-noteref">1</a>',
            '<section role="doc-endnotes"><h2>Endnotes</h2><ol><li id="n1" role="doc-endnote"><p>See the survey. '
            '<a href="a.xhtml#r1" role="doc-backlink">back</a></p></li></ol></section>',
        ),
        ('<a epub:type="noteref" href="#n">*</a>', '<aside epub:type="rearnote" id="n">1. See the survey.</aside>'),
    ],
)
def test_notes_of_every_maker_are_read_once_and_without_the_signs_that_lead_to_them(link: str, notes: str) -> None:
    document = read_document(epub({"a.xhtml": f"<h1>Nights</h1><p>{sentence(1)}{link}</p>{notes}"}), "report.epub")
    said = [(passage.heading, passage.text) for passage in document.passages]
    assert said == [("Nights", sentence(1)), ("Notes", "1. See the survey.")]


def test_numbers_of_printed_pages_are_left_out_and_marked_text_is_kept() -> None:
    page = '<span epub:type="pagebreak" id="p3" title="3">3</span>'
    said = f"<p>Nur{page}ses and <![CDATA[wards < 30 beds]]> are <ruby>tired<rt>sic</rt></ruby> of it.</p>"
    assert (
        read_document(epub({"a.xhtml": said}), "report.epub").passages[0].text
        == "Nurses and wards < 30 beds are tired of it."
    )


def test_an_e_book_with_disguised_fonts_is_read_and_a_locked_one_is_refused() -> None:
    chapters = {"a.xhtml": f"<p>{sentence(1)}</p>"}
    fonts = epub(chapters, encryption=LOCK.format("http://www.idpf.org/2008/embedding"))
    assert read_document(fonts, "report.epub").passages[0].text == sentence(1)
    with pytest.raises(UserError, match=LOCKED):
        read_document(epub(chapters, encryption=LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")), "x.epub")


@pytest.mark.parametrize("parts", [{}, {"META-INF/container.xml": "<container/>"}, {"META-INF/container.xml": "<c"}])
def test_an_e_book_without_its_list_of_parts_is_damaged(parts: dict[str, str]) -> None:
    with pytest.raises(UserError, match="damaged"):
        read_document(pack(parts, "application/epub+zip"), "report.epub")
