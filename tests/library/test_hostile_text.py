"""Hostile files: none takes time with the square of its length."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest

from bot.errors import UserError
from bot.library.blocks import Block
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.document import TOO_DEEP, read_document
from bot.library.readers.file_type import DAMAGED, form_of_text
from bot.library.readers.html.document import read_html
from bot.library.readers.html.linked_data import read_linked_data
from bot.library.readers.html.source import drop_unclosed
from bot.library.readers.markdown import read_markdown
from bot.library.readers.markup import blocks_of_html
from bot.library.readers.packed import TOO_LARGE
from bot.library.readers.text import read_text
from bot.library.split import split_sentences
from bot.library.title_page import find_year
from tests.library.documents import docx

PLAIN = "Leaders need time to lead their teams well. " * 10
PAGE = f"<html><body><p>{PLAIN}</p>"


def contents(text: str) -> None:
    tidy_blocks([Block("heading", "Contents", 1), *(Block("paragraph", text) for _ in range(3))])


def grows_in_step(work: Callable[[str], object], part: str, before: str = "", length: int = 20_000) -> None:
    """Fail where ten times the text takes more than twenty times as long, in the processor's time.

    The least of three times on either side leaves noise out, and what is left of a twentieth of a second is let pass:
    what grows with the square takes a hundred times as long, each time.
    """

    def seconds(length: int) -> float:
        text = before + part * (length // len(part))
        began = time.process_time()
        work(text)
        return time.process_time() - began

    least = min(seconds(length) for _ in range(3))
    assert any(seconds(10 * length) <= 20 * least + 0.05 for _ in range(3)), (part, least)


@pytest.mark.parametrize(
    "part",
    [
        *(
            "<sup",
            "<sup ",
            "<sup><a",
            "<!-",
            "<!--",
            "<!--a>",
            "<![CDATA[a>",
            "<!",
            "<?",
            "</",
            "</a",
            "<a b=",
            "<a b='",
        ),
        *("<", "<a", "<a b='>", "<svg><math></math>", "<math></math>", "<ul>", "<ul><li>a", "<script>", "<style", "&"),
        *("<a b=\"'>", "= ", "<script", "<p>.</p>", "<td>", "<div>"),
    ],
)
@pytest.mark.sampled(5)
def test_html_is_read_in_step_with_its_length(part: str) -> None:
    grows_in_step(blocks_of_html, part, before="<svg>" if part == "<math></math>" else "")


@pytest.mark.parametrize("part", ["<meta", "<meta charset", "charset ", "<?xml", "<!-", "<sup", "<p>a ..... 1</p>"])
@pytest.mark.sampled(2)
def test_a_page_is_read_in_step_with_its_length(part: str) -> None:
    grows_in_step(read_html, part, before=PAGE, length=5_000)


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "[[",
        "![",
        "[a](",
        "[a][",
        "]",
        "<!--",
        "<?",
        "<!-",
        "`",
        "`a`",
        "```a\n",
        "*",
        "**a",
        "&",
        "<a ",
        "|",
        "[a]: b\n",
        *(">", "> ", "- ", "1. ", "*a **b ", "[^a]: ", "a\n: ", "<div>\n", "```\n> "),
    ],
)
@pytest.mark.sampled(3)
def test_markdown_is_read_in_step_with_its_length(part: str) -> None:
    grows_in_step(read_markdown, part, length=4_000)


@pytest.mark.parametrize("part", [".", ". ", "·", "_", "…", "1", "i", " ", "a. "])
def test_a_line_of_contents_is_read_in_step_with_its_length(part: str) -> None:
    grows_in_step(contents, part, length=4_000)


@pytest.mark.parametrize("part", ["'", '"', "(", "a.", "“", "1. ", "?! "])
@pytest.mark.sampled(3)
def test_sentences_are_found_in_step_with_its_length(part: str) -> None:
    grows_in_step(split_sentences, part)


@pytest.mark.parametrize("part", ["[", "[a](", "**a", "|", "| a ", "<!--", "- "])
def test_what_a_text_is_can_be_told_at_once_however_it_is_built(part: str) -> None:
    began = time.process_time()
    form_of_text(part * 100_000)

    assert time.process_time() - began < 0.2


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("a < b and <b>c</b>", "a &lt; b and <b>c</b>"),
        ("a <!-- b --> c <!-- d", "a  c &lt;!-- d"),
        ("<p title='a > b'>c</p>", "<p title='a > b'>c</p>"),
        ("<p class=x don't>c</p>", "<p class=x don't>c</p>"),
        ("<!DOCTYPE html><?xml a?><p>b", "<p>b"),
        ("a<script>if (a < b) { c = '<p>' }</script>b<style>p {}</style>c", "abc"),
        ("a<SCRIPT src=b>c", "a"),
        ("<script/>a", "<script/>a"),
        ("<p>a <b", "<p>a &lt;b"),
        ("<![CDATA[a > b]]>c", "c"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_whole_markup_stays_and_what_never_ends_is_shown_as_text(html: str, kept: str) -> None:
    assert drop_unclosed(html) == kept


def test_sentences_of_a_text_without_paragraphs_are_the_text() -> None:
    text = "Leaders need time. Boards need to listen, every month. " * 2_000

    assert "".join(split_sentences(text)) == text
    assert max(map(len, split_sentences(text))) < 100


DEEP = 100_000
"""How many elements within one another: far more than any parser goes down, and less than a megabyte of text."""


def test_what_a_page_tells_search_engines_is_found_in_step_with_its_length() -> None:
    grows_in_step(read_linked_data, "application/ld+json ", before="<script ")


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "blockquote", "b", "ul><li", "section", "x-y"])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.sampled(1)
def test_a_page_of_elements_within_elements_is_read(tag: str, closed: bool) -> None:
    """Also by the library that finds the main text; elements that lie too deep are left out, and the page is read."""
    end = "".join(f"</{name}>" for name in reversed(tag.split("><"))) * DEEP if closed else ""
    document = read_document(f"{PAGE}{f'<{tag}>' * DEEP}Deep.{end}".encode(), "page.html")

    assert "Leaders need time" in document.passages[0].text


@pytest.mark.parametrize("start", ["<div>", "<p><font>", "<b>", "<ul><li>", "<section><div><span>"])
@pytest.mark.sampled(2)
def test_a_page_whose_elements_are_left_open_is_read_to_its_end(start: str) -> None:
    said = "".join(f"{start}{PLAIN} Ward {number}." for number in range(300))
    text = " ".join(passage.text for passage in read_document(f"{PAGE}{said}".encode(), "page.html").passages)

    assert re.findall(r"Ward (\d+)\.", text) == [str(number) for number in range(300)]


@pytest.mark.parametrize(
    ("before", "part"),
    [
        ("<h2>", "<button></button>"),
        ("<div role=tabpanel id=p>a</div>", "<a role=tab aria-controls=p>Night</a>"),
        ("<p>", "The rota is hard<span class=sidenote>See the survey.</span>."),
        ("", "<p>The rota is hard to plan around for parents.</p>"),
    ],
)
@pytest.mark.sampled(2)
def test_a_page_of_many_parts_of_a_kind_is_read_in_step_with_its_length(before: str, part: str) -> None:
    grows_in_step(read_html, part, before=PAGE + before, length=30_000)


def test_a_text_of_many_lines_is_read_in_step_with_its_length() -> None:
    grows_in_step(read_text, f"{PLAIN[:87]}\n", length=200_000)


def test_a_bold_line_of_many_parts_is_read_in_step_with_its_length() -> None:
    grows_in_step(lambda text: read_markdown(f"{text}**\n\n{PLAIN}"), "_a_ ", before="**", length=8_000)


@pytest.mark.parametrize("part", ["a", "<", "1.", "_"])
@pytest.mark.sampled(2)
def test_the_details_of_a_text_without_spaces_are_found_in_step_with_its_length(part: str) -> None:
    grows_in_step(lambda text: find_year([Block("paragraph", text)]), part)


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "blockquote", "b", "i><b", "ul><li", "p", "a href=b", "b><p"])
@pytest.mark.sampled(2)
def test_a_page_of_elements_that_never_end_is_read_in_step_with_its_length(tag: str) -> None:
    grows_in_step(read_html, f"<{tag}>", before=PAGE, length=10_000)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:smartTag>", "</w:smartTag>"),
        ("<x>", "</x>"),
    ],
)
@pytest.mark.parametrize("depth", [10, 120, 1_000, DEEP])
def test_a_word_file_of_parts_within_parts_is_read_or_refused_in_a_sentence(start: str, end: str, depth: int) -> None:
    file = nested_docx(start * depth, end * depth)
    if depth < 1_000 and not (depth > 100 and "tbl" in start):
        assert "Leaders need time" in read_document(file, "report.docx").passages[0].text
        return
    with pytest.raises(UserError, match=REFUSED):
        read_document(file, "report.docx")


REFUSED = "|".join(re.escape(sentence) for sentence in (TOO_DEEP, DAMAGED, TOO_LARGE))


def nested_docx(start: str, end: str) -> bytes:
    """A Word file whose body holds this around one more paragraph."""
    out = io.BytesIO()
    inner = f"{start}<w:p><w:r><w:t>Deep.</w:t></w:r></w:p>{end}"
    with zipfile.ZipFile(io.BytesIO(docx([("", PLAIN)]))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = part.replace(b"</w:p>", b"</w:p>" + inner.encode(), 1)
            target.writestr(name, part)
    return out.getvalue()


def test_lists_within_lists_make_no_long_text_of_a_short_one() -> None:
    blocks = blocks_of_html("<ul>" * 3_000 + "<li>a" * 3_000)

    assert sum(len(block.text) for block in blocks) < 100_000
