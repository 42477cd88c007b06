"""Whatever a file is made of, no word of a body paragraph is lost or read twice, and the order stays."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library import read_document
from bot.models.library import Document
from tests.examples import examples
from tests.library.documents import sentence
from tests.word_files import new_word_file

Part = tuple[str, int, int]
"""A kind, a seed and a number of sentences."""

parts = st.lists(
    st.tuples(
        st.sampled_from(["heading", "bold", "text", "text", "text", "item", "number", "fold", "quote"]),
        st.integers(0, 10_000),
        st.integers(1, 6),
    ),
    min_size=1,
    max_size=14,
)


def text_of(number: int, part: Part) -> str:
    kind, seed, count = part
    if kind in ("heading", "bold"):
        return f"Heading {number}h about {sentence(seed, 4)[:-1]}"
    # A number of its own in each sentence, so that one lost or doubled is seen.
    return " ".join(f"{sentence(seed + each)[:-1]} w{number}w{each}." for each in range(count))


def assert_kept(document: Document, made: Sequence[Part]) -> None:
    said = " ".join(passage.text for passage in document.passages)
    marks = [f"w{number}w{each}" for number, part in enumerate(made) for each in range(_sentences(part))]
    assert re.findall(r"\bw\d+w\d+\b", said) == marks
    for number, part in enumerate(made):
        for line in text_of(number, part).split(". ") if _sentences(part) else ():
            assert line.rstrip(".") in said.replace("\n", " ")
        # A heading over nothing goes, as "Related pages" on a web site.
        leads = number + 1 < len(made) and _sentences(made[number + 1]) > 0
        if not _sentences(part) and leads:
            everywhere = " ".join([said, document.details.title, *(passage.heading for passage in document.passages)])
            assert f"Heading {number}h" in everywhere


def _sentences(part: Part) -> int:
    return 0 if part[0] in ("heading", "bold") else part[2]


@settings(max_examples=examples(60), deadline=None)
@given(parts)
def test_word_files_keep_their_words(made: list[Part]) -> None:
    file = new_word_file()
    for number, part in enumerate(made):
        text = text_of(number, part)
        match part[0]:
            case "heading":
                file.add_heading(text, 1 + part[1] % 3)
            case "bold":
                file.add_paragraph().add_run(text).bold = True
            case "item":
                file.add_paragraph(text, style="List Bullet")
            case "number":
                file.add_paragraph(text, style="List Number")
            case _:
                file.add_paragraph(text, style="Quote" if part[0] == "quote" else None)
    out = io.BytesIO()
    file.save(out)
    assert_kept(read_document(out.getvalue(), "made.docx"), made)


@settings(max_examples=examples(60), deadline=None)
@given(parts, st.sampled_from(["main", "article", "body", "site"]))
def test_pages_keep_their_words(made: list[Part], where: str) -> None:
    body = "".join(html_of(number, part) for number, part in enumerate(made))
    page = {
        "main": f"<header><nav><a href='/'>Home</a></nav></header><main><h1>The report</h1>{body}</main>"
        "<footer><p>Rights.</p></footer>",
        "article": f"<nav><a href='/'>Home</a></nav><article><h1>The report</h1>{body}</article>",
        "body": body,
        "site": f"<div id='top'>Site</div><div class='content'><h1>The report</h1>{body}</div>",
    }[where]
    html = f"<!doctype html><html><head><title>The report</title></head><body>{page}</body></html>"
    assert_kept(read_document(html.encode(), "made.html"), made)


def html_of(number: int, part: Part) -> str:
    text = escape(text_of(number, part))
    tags = {
        "heading": f"<h{2 + part[1] % 3}>{text}</h{2 + part[1] % 3}>",
        "bold": f"<h2><b>{text}</b></h2>",
        "text": f"<div><p>{text}</p></div>",
        "item": f"<ul><li>{text}</li></ul>",
        "number": f"<ol><li><p>{text}</p></li></ol>",
        "fold": f"<details><summary>More of {number}</summary><p>{text}</p></details>",
        "quote": f"<blockquote>{text}</blockquote>",
    }
    return tags[part[0]]


@settings(max_examples=examples(60), deadline=None)
@given(parts)
def test_markdown_keeps_its_words(made: list[Part]) -> None:
    body = "\n\n".join(markdown_of(number, part) for number, part in enumerate(made))
    assert_kept(read_document(f"# The report\n\n{body}\n".encode(), "made.md"), made)


def markdown_of(number: int, part: Part) -> str:
    text = text_of(number, part)
    starts = {"heading": f"{'#' * (2 + part[1] % 3)} ", "item": "• ", "number": "1. ", "quote": "> "}
    if part[0] == "bold":
        return f"**{text}**"
    return starts.get(part[0], "") + (text.replace(". ", ".\n") if part[0] == "fold" else text)
