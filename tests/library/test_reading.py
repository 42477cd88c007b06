"""Reading files of every kind, told apart by what they hold."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.library import MAX_FILE_BYTES, check_size, read_document
from bot.models.library import Document
from tests.examples import examples
from tests.library.documents import docx, paragraph, sentence

BRIEF = f"""Rotas and rest
The trust set up a group on rotas with a brief to:
- {sentence(1, 14)}
- {sentence(2, 20)}
- {sentence(3, 14)}
{paragraph(4, 4)}
{paragraph(5, 6)}
{paragraph(6, 11)}
"""


def texts(document: Document) -> list[str]:
    return [passage.text for passage in document.passages]


def test_a_plain_text_of_one_line_a_paragraph_keeps_every_paragraph_and_the_brief_whole() -> None:
    document = read_document(BRIEF.encode(), "report.txt")
    title, *lines = BRIEF.splitlines()
    assert document.format == "text"
    assert document.details.title == title
    assert [line for text in texts(document) for line in text.split("\n") if line] == lines
    assert texts(document)[0].split("\n") == lines[:4]
    assert {passage.heading for passage in document.passages} == {title}


def test_a_wrapped_text_becomes_paragraphs() -> None:
    first, second = paragraph(1), paragraph(2)
    wrapped = "\n\n".join(_wrap(text) for text in (first, second))
    assert texts(read_document(wrapped.encode(), "wrapped.txt")) == [first, second]


def test_markdown_is_read_with_its_headings_lists_and_front_matter() -> None:
    text = (
        f'---\ntitle: "Rest"\nauthor: Rota group\ndate: 2019-03-04\n---\n# Part 2\n\n'
        f"## Boards\n\n**{paragraph(1)}**\n\n"
        f"We ask:\n\n1. {sentence(2, 30)}\n2. {sentence(3, 30)}\n\n[Wards](#wards)\n=====\n\n{_wrap(paragraph(4))}\n"
    )
    document = read_document(text.encode(), "notes.md")
    assert (document.format, document.details.title, document.details.year) == ("markdown", "Rest", 2019)
    assert document.details.publisher == "Rota group"
    assert texts(document) == [paragraph(1), f"We ask:\n1. {sentence(2, 30)}\n2. {sentence(3, 30)}", paragraph(4)]
    assert [passage.heading for passage in document.passages] == ["Part 2 > Boards", "Part 2 > Boards", "Wards"]


PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Rotas | Weekly</title>
<meta property="og:site_name" content="Ward Weekly"><style>p {{color: red}}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/jobs">Find jobs near you</a></li></ul></nav>
<article><h1>Rotas that work</h1><p>{paragraph(1)}</p><h2>What we tried</h2>
<p>{paragraph(2)}<sup><a href="#n1">[7]</a></sup></p><p>We asked for:</p>
<ul><li>{sentence(3, 25)}</li><li>{sentence(4, 25)}</li></ul>
<p>The room had 12 m<sup>2</sup>. {paragraph(5)}</p><script>track("everything")</script></article>
<footer><p>Accept all cookies. All rights reserved.</p></footer></body></html>"""


def test_a_web_page_gives_its_article_without_navigation_and_note_signs() -> None:
    document = read_document(PAGE.encode(), "page.html")
    assert document.format == "html"
    assert (document.details.title, document.details.publisher) == ("Rotas that work", "Ward Weekly")
    together = "\n".join(texts(document))
    for wanted in (paragraph(1), paragraph(2), f"We asked for:\n- {sentence(3, 25)}\n- {sentence(4, 25)}", "m²"):
        assert wanted in together
    for unwanted in ("Find jobs", "cookies", "track", "[7]", "color"):
        assert unwanted not in together
    assert "Rotas that work > What we tried" in {passage.heading for passage in document.passages}


def test_a_web_page_in_an_old_encoding_is_read_as_it_says() -> None:
    page = PAGE.replace("utf-8", "iso-8859-2").replace("We asked for:", "We asked Łukasz for:")
    assert "Łukasz" in "\n".join(texts(read_document(page.encode("iso-8859-2"), "page.html")))


def test_a_word_file_is_read_with_headings_and_without_its_list_of_contents() -> None:
    parts = [("Title", "Rotas and rest"), ("TOC1", "Part 2 ........ 3"), ("Heading1", "Part 2"), ("Heading2", "Boards")]
    data = docx([*parts, ("Normal", paragraph(1)), ("Normal", paragraph(2))], title="Rest & rotas")
    document = read_document(data, "rotas.docx")
    assert (document.format, document.details.title, document.details.year) == ("docx", "Rest & rotas", None)
    assert texts(document)[-2:] == [paragraph(1), paragraph(2)]
    assert document.passages[-1].heading == "Part 2 > Boards"
    assert not any("....." in text for text in texts(document))


def test_a_typed_list_of_contents_is_dropped_and_typed_items_stay_together() -> None:
    contents = [("Normal", text) for text in ("Contents", "A. Purpose 1-1", "B. Boards 1-2", "C. Wards", "D. Rest 14")]
    items = [("Normal", text) for text in ("We want:", f"1. {sentence(1, 30)}", f"2. {sentence(2, 30)}")]
    document = read_document(docx([*contents, ("Normal", paragraph(3)), *items]), "typed.docx")
    assert texts(document) == [paragraph(3), f"We want:\n1. {sentence(1, 30)}\n2. {sentence(2, 30)}"]


def test_the_kind_is_told_by_the_content_and_not_by_the_name() -> None:
    assert read_document(docx([("Normal", paragraph(1))]), "report.pdf").format == "docx"
    assert read_document(PAGE.encode(), "report.txt").format == "html"
    assert read_document(BRIEF.encode("utf-16"), "report.docx").format == "text"
    assert read_document(BRIEF.encode("utf-16-le"), "report.docx").details.title == "Rotas and rest"


def test_the_same_bytes_have_the_same_digest_and_the_name_serves_as_title_only_where_there_is_none() -> None:
    data = paragraph(1).encode()
    first, second = read_document(data, "my_rota-report.txt"), read_document(data, "other.txt")
    assert first.digest == second.digest != read_document(data + b" ", "my_rota-report.txt").digest
    assert (first.details.title, second.details.title) == ("My rota report", "Other")


def test_right_to_left_text_keeps_its_letters_and_loses_what_shows_nothing() -> None:
    words = "\u0627\u0644\u0641\u0631\u064a\u0642 \u064a\u0639\u0645\u0644 \u0645\u0639\u0627"
    (passage,) = read_document(f"\u202e{words}\u200b\ufeff. ".encode() * 12, "rtl.txt").passages
    assert passage.text.count(words) == 12
    assert not set("\u202e\u200b\ufeff") & set(passage.text)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t ", "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"{\\rtf1 words}", "Rich Text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes(range(256)) * 20, "can’t be read"),
        (b"<?xml version='1.0'?><data><row>1</row></data>", "XML"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (docx([("Normal", "words")])[:-60], "damaged"),
        (docx([]), "no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_clear_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read_document(data, "report.txt")


def test_a_zip_bomb_as_word_file_is_refused_before_it_is_unpacked() -> None:
    bomb = docx([("Normal", paragraph(1))], extra=bytes(40_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(UserError, match="unpacks to far more"):
        read_document(bomb, "report.docx")


def test_a_file_is_refused_by_its_size_alone() -> None:
    check_size(MAX_FILE_BYTES)
    with pytest.raises(UserError, match=r"12\.0 MiB"):
        check_size(12 * 1024 * 1024)
    with pytest.raises(UserError, match="MiB"):
        read_document(b"a" * (MAX_FILE_BYTES + 1), "long.txt")
    with pytest.raises(UserError, match="empty"):
        check_size(0)


@settings(max_examples=examples(60))
@given(st.binary(max_size=300) | st.text(max_size=400).map(str.encode), st.text(max_size=20))
def test_any_bytes_become_a_document_or_a_clear_sentence(data: bytes, name: str) -> None:
    try:
        document = read_document(data, name)
    except UserError:
        return
    assert all(passage.text.strip() for passage in document.passages)
    assert 0 < len(document.details.title) <= 200


def test_the_library_loads_without_the_libraries_that_read_files() -> None:
    code = (
        "import sys, bot.library; bot.library.load_pack('no_more_heroes');"
        "print({'pypdfium2', 'trafilatura', 'mammoth', 'markdown_it', 'sentencex', 'lxml'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def _wrap(text: str) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= 76:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
