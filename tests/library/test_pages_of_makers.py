"""Saved web pages of more makers: short posts, folds and tabs of several kinds, menus and banners that nobody names."""

from __future__ import annotations

import pytest

from bot.library import read_document
from bot.models.library import Document
from tests.library.documents import paragraph, sentence
from tests.library.test_html import places, read, section, under


def read_page(body: str) -> Document:
    return read_document(f"<!doctype html><html><body>{body}</body></html>".encode(), "page.html")


def words_of(document: Document) -> str:
    return "\n".join(f"{passage.heading}\n{passage.text}" for passage in document.passages)


def test_a_short_post_keeps_its_headings_and_loses_who_wrote_it() -> None:
    head = '<h1>Rest areas</h1><div class="entry-meta">Posted on 4 March <span class="byline">by Jo Smith</span></div>'
    shared = '<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="https://example.org">X</a></li></ul></div>'
    body = f"<p>{sentence(1)}</p><h2>Beds</h2><p>{sentence(2)}</p>{shared}"
    document = read_page(f"<nav><a href='/'>Home</a></nav><article><header>{head}</header>{body}</article>")
    assert places(document) == ["Rest areas", "Rest areas > Beds"]
    assert "Jo Smith" not in words_of(document)
    assert "Share" not in words_of(document)


def test_folds_whose_headings_are_tabs_keep_their_text() -> None:
    folds = "".join(
        f'<h3 role="tab" id="t{n}" aria-controls="p{n}">Ward {n}</h3>'
        f'<div role="tabpanel" id="p{n}" aria-labelledby="t{n}" style="display: none"><p>{sentence(n, 25)}</p></div>'
        for n in (1, 2)
    )
    document = read(f'<main><h1>Rest areas</h1>{section(2, "Wards", 9)}<div role="tablist">{folds}</div></main>')
    assert all(sentence(n, 25) in under(document, f"Rest areas > Wards > Ward {n}") for n in (1, 2))


def test_a_fold_of_plain_buttons_has_their_words_as_headings() -> None:
    folds = "".join(
        f'<button class="accordion">Ward {n}</button><div class="panel" style="display:none"><p>{sentence(n, 25)}</p>'
        "</div>"
        for n in (1, 2)
    )
    document = read(f"<main><h1>Rest areas</h1>{section(2, 'Wards', 9)}{folds}</main>")
    assert all(sentence(n, 25) in under(document, f"Rest areas > Wards > Ward {n}") for n in (1, 2))


def test_a_banner_about_cookies_and_a_menu_of_links_are_in_no_excerpt() -> None:
    banner = (
        "<div id='WebCookieDialog'><h2>This site uses cookies</h2><p>We use cookies to count who reads it.</p></div>"
    )
    menu = "<div class='top'><a href='/'>Home</a> <a href='/about'>About us</a></div>"
    document = read_page(f"{banner}{menu}<div><h1>Rest areas</h1><p>{paragraph(1)}</p><p>{paragraph(2)}</p></div>")
    said = words_of(document)
    assert paragraph(1) in said
    assert "cookies" not in said
    assert "About us" not in said


def test_a_list_of_links_to_the_headings_goes_with_its_name() -> None:
    for name in ("On this page", "Contents", "In this guide"):
        entries = "".join(f'<li><a href="#s{n}">Ward {n}</a></li>' for n in (1, 2, 3))
        parts = "".join(f'<h2 id="s{n}">Ward {n}</h2><p>{paragraph(n)}</p>' for n in (1, 2, 3))
        document = read(f"<main><h1>Rest areas</h1><h2>{name}</h2><ol>{entries}</ol>{parts}</main>")
        assert places(document) == [f"Rest areas > Ward {n}" for n in (1, 2, 3)]
        assert name not in words_of(document)


def test_a_date_with_a_link_to_what_changed_is_in_no_excerpt() -> None:
    date = '<p>Last updated 5 May 2025 — <a href="#history">See all updates</a></p>'
    document = read(f"<main><h1>Rest areas</h1>{date}<p>{paragraph(1)}</p></main>")
    assert [passage.text for passage in document.passages] == [paragraph(1)]


def test_notes_of_a_page_with_several_chapters_are_under_none_of_them() -> None:
    chapters = "".join(
        f'<h1>Ward {n}</h1><p>{sentence(n)}<a class="note" href="#n{n}" id="r{n}"><sup>{n}</sup></a> {paragraph(n)}</p>'
        for n in (1, 2)
    )
    notes = "".join(f'<p><a href="#r{n}" id="n{n}"><sup>{n}</sup></a> Staff survey, page {n}.</p>' for n in (1, 2))
    document = read_page(f"{chapters}<div>{notes}</div>")
    assert places(document) == ["Ward 1", "Ward 2", "Notes"]


def test_bold_lines_with_a_colon_or_a_number_of_their_own_are_headings() -> None:
    listed = "<p><strong>They asked for:</strong></p><ul><li>more beds</li><li>two lifts</li></ul>"
    document = read(
        f"<main><h1>Rest areas</h1><p><b>Lifts:</b></p><p>{paragraph(1)}</p>"
        f'<ol start="2"><li><p><strong>Beds</strong></p></li></ol><p>{paragraph(2)}</p>{listed}</main>'
    )
    assert places(document) == ["Rest areas > Lifts", "Rest areas > 2. Beds"]


def test_a_bold_line_is_a_heading_also_before_text_that_soon_has_bold_words() -> None:
    document = read(
        f"<main><h1>Rest areas</h1><p><b>Beds</b></p><ul><li><b>Night staff:</b> {sentence(1)}</li></ul>"
        '<p><a name="x"></a><font><span><b>Lifts</b></span></font></p>'
        f"<p>There is <b>no</b> lift. {paragraph(2)}</p></main>"
    )
    assert places(document) == ["Rest areas > Beds", "Rest areas > Lifts"]


def test_a_paragraph_that_ends_with_an_address_stays_between_others() -> None:
    address = "<a href='https://example.org/a/b'>https://example.org/a/b</a>"
    menu = "<p><a href='/a'>Home</a></p>"
    body = f"<p>{paragraph(1)}</p><p>{sentence(2)} {address}</p><p>{paragraph(3)}</p>"
    said = words_of(read_page(f"{menu}<div><h1>Rest areas</h1>{body}</div>"))
    assert f"{sentence(2)} https://example.org/a/b" in said


@pytest.mark.parametrize("name", ["social-care", "patient-feedback", "informed-consent", "data-sharing", "cookies"])
def test_a_section_keeps_its_heading_whatever_its_place_is_called(name: str) -> None:
    parts = (
        f'<h2 id="{name}">What staff said</h2><p>{paragraph(1)}</p>',
        f'<section id="{name}"><h2>What staff said</h2><p>{paragraph(1)}</p></section>',
        f'<div class="section" id="{name}"><h2>What staff said</h2><p>{paragraph(1)}</p></div>',
    )
    for part in parts:
        document = read(f"<main><h1>Rest areas</h1>{part}<h2>After</h2><p>{paragraph(2)}</p></main>")
        assert places(document) == ["Rest areas > What staff said", "Rest areas > After"]


def test_a_body_that_is_named_after_its_list_of_contents_is_no_furniture() -> None:
    entries = "".join(f'<li><a href="#s{n}">Ward {n}</a></li>' for n in (1, 2))
    parts = "".join(f'<h2 id="s{n}">Ward {n}</h2><p>{sentence(n)}</p>' for n in (1, 2))
    listed = f'<div class="contents-list"><h2>Contents</h2><ol>{entries}</ol></div>'
    logos = '<ul class="organisation-logos"><li>Department of Rest</li></ul>'
    body = f'<div class="contents-list-with-body">{listed}<div>{parts}</div></div>'
    document = read(f"<main>{logos}<h1>Rest areas</h1>{body}</main>")
    assert places(document) == ["Rest areas > Ward 1", "Rest areas > Ward 2"]
    assert "Department" not in words_of(document)


def test_notes_in_a_part_of_their_own_are_under_notes() -> None:
    text = f'<p>{paragraph(1)}<sup id="r1"><a class="footnote-ref" href="#n1">1</a></sup></p>'
    notes = (
        '<div class="footnote"><hr><ol><li id="n1"><p>Staff survey.&#160;<a href="#r1">&#8617;</a></p></li></ol></div>'
    )
    assert places(read(f"<main><h1>Rest areas</h1>{text}{notes}</main>")) == ["Rest areas", "Rest areas > Notes"]
