"""Hostile files: none takes time with the square of its length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bot.library.blocks import Block
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.file_type import form_of_text
from bot.library.readers.html import read_html
from bot.library.readers.markdown import read_markdown
from bot.library.readers.markup import blocks_of_html
from bot.library.readers.unclosed import drop_unclosed
from bot.library.split import sentences

PAGE = "<html><body><p>" + "Leaders need time to lead their teams well. " * 10 + "</p>"


def contents(text: str) -> None:
    tidy_blocks([Block("heading", "Contents", 1), *(Block("paragraph", text) for _ in range(3))])


def grows_in_step(work: Callable[[str], object], part: str, before: str = "", length: int = 20_000) -> None:
    """Fail where ten times the text takes far more than ten times as long, three times in a row.

    Noise of a tenth of a second is let pass: what grows with the square takes a hundred times as long, each time.
    """

    def seconds(length: int) -> float:
        text = before + part * (length // len(part))
        began = time.process_time()
        work(text)
        return time.process_time() - began

    least = min(seconds(length) for _ in range(2))
    assert any(seconds(10 * length) <= 30 * least + 0.1 for _ in range(3)), (part, least)


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
    grows_in_step(sentences, part)


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

    assert "".join(sentences(text)) == text
    assert max(map(len, sentences(text))) < 100


def test_lists_within_lists_make_no_long_text_of_a_short_one() -> None:
    blocks = blocks_of_html("<ul>" * 3_000 + "<li>a" * 3_000)

    assert sum(len(block.text) for block in blocks) < 100_000
