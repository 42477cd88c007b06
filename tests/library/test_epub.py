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
