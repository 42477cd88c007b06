"""Web pages in the order in which people read them, and in the encoding that browsers would take."""

from __future__ import annotations

import pytest

from bot.library import read_document
from bot.models.library import Document
from tests.library.documents import paragraph, sentence

SITE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rest areas - Ward Weekly</title></head>
<body>
<div class="cookie-banner"><h2>Cookies</h2><p>We use cookies to make this site work for you and for us.</p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/jobs">Find jobs near you</a></li></ul></nav></header>
{}
<footer><p>All rights reserved. Ward Weekly is printed in Riverside.</p></footer></body></html>"""


def read(body: str) -> Document:
    return read_document(SITE.format(body).encode(), "page.html")


def places(document: Document) -> list[str]:
    return list(dict.fromkeys(passage.heading for passage in document.passages))


def under(document: Document, place: str) -> str:
    return "\n".join(passage.text for passage in document.passages if passage.heading == place)


def section(level: int, title: str, number: int) -> str:
    return f"<h{level}>{title}</h{level}><p>{paragraph(number)}</p>"


def test_an_accordion_stays_in_its_place_with_its_headings() -> None:
    fold = "".join(
        f'<div class="govuk-accordion__section"><div class="govuk-accordion__section-header"><h2><span '
        f'class="govuk-accordion__section-button">{title}</span></h2></div>'
        f'<div class="govuk-accordion__section-content">'
        f"<p>{sentence(number, 20)}</p></div></div>"
        for title, number in (("Bank staff", 11), ("Porters", 12))
    )
    document = read(
        f"<main><h1>Rest areas</h1>{section(2, 'Wards', 1)}<div class=govuk-accordion>{fold}</div>"
        f"{section(2, 'Next', 2)}</main>"
    )
    assert places(document) == [f"Rest areas > {title}" for title in ("Wards", "Bank staff", "Porters", "Next")]
    assert sentence(11, 20) in under(document, "Rest areas > Bank staff")


def test_a_fold_of_buttons_without_headings_gets_its_labels_as_headings() -> None:
    fold = "".join(
        f'<div class="card"><button data-bs-toggle="collapse" data-bs-target="#c{number}" aria-expanded="false">{title}'
        f'</button><div id="c{number}" class="collapse"><p>{sentence(number, 20)}</p></div></div>'
        for title, number in (("What managers said", 11), ("What the trust will do", 12))
    )
    document = read(f"<main><h1>Rest areas</h1>{section(2, 'Wards', 1)}{fold}</main>")
    for title, number in (("What managers said", 11), ("What the trust will do", 12)):
        assert sentence(number, 20) in under(document, f"Rest areas > Wards > {title}")


def test_tabs_keep_their_order_and_their_labels() -> None:
    tabs = "".join(f'<li><button role="tab" id="t{n}" aria-controls="p{n}">Ward {n}</button></li>' for n in (1, 2, 3))
    panels = "".join(f'<div id="p{n}" role="tabpanel" hidden><p>{sentence(n, 25)}</p></div>' for n in (1, 2, 3))
    document = read(f'<main><h1>Rest areas</h1><p>{paragraph(9)}</p><ul role="tablist">{tabs}</ul>{panels}</main>')
    assert places(document) == ["Rest areas", *(f"Rest areas > Ward {n}" for n in (1, 2, 3))]
    assert all(sentence(n, 25) in under(document, f"Rest areas > Ward {n}") for n in (1, 2, 3))


def test_details_are_under_their_summary_and_what_follows_is_not() -> None:
    fold = f"<details><summary>Who we asked</summary><p>{sentence(3, 20)}</p></details><p>{sentence(4, 20)}</p>"
    document = read(f"<main><h1>Rest areas</h1>{section(2, 'Wards', 1)}{fold}</main>")
    assert under(document, "Rest areas > Wards > Who we asked") == sentence(3, 20)
    assert sentence(4, 20) in under(document, "Rest areas > Wards")


def test_what_surrounds_the_text_and_the_date_of_the_page_are_in_no_excerpt() -> None:
    document = read(
        "<main><h1>Rest areas</h1><p>Updated 3 May 2024</p>"
        "<nav><h2>Contents</h2><ol><li><a href='#a'>Wards</a></li></ol></nav>"
        f"{section(2, 'Wards', 1)}<div class='share'><a href='#'>Share this page</a></div>"
        "<div class='feedback'><h2>Is this page useful?</h2><button>Yes</button></div></main>"
    )
    said = "\n".join(passage.text for passage in document.passages)
    assert said == paragraph(1)
    assert places(document) == ["Rest areas > Wards"]


def test_a_text_that_was_saved_as_a_page_keeps_every_word() -> None:
    body = "".join(
        f"<h2>Part {n}</h2><p>{sentence(n)}</p><p>Short {n}</p><ul><li>{sentence(n + 10, 5)}</li></ul>"
        for n in range(1, 6)
    )
    document = read_document(f"<html><body>{body}</body></html>".encode(), "saved.html")
    said = "\n".join(passage.text for passage in document.passages)
    for n in range(1, 6):
        assert f"Short {n}" in said
        assert said.count(sentence(n)) == said.count(sentence(n + 10, 5)) == 1


def test_a_list_of_definitions_reads_as_lines() -> None:
    terms = "<dl><dt>Owner</dt><dd>Site team</dd></dl>"
    document = read_document(
        f"<html><body><h1>Rest</h1>{terms}<p>{paragraph(1)}</p></body></html>".encode(),
        "x.html",
    )
    assert "Owner: Site team" in "\n".join(passage.text for passage in document.passages)


SAID = "The handover is “too short” on nights – and it costs €6 a day… so they said, and more than once."


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "ISO8859-1", "latin1", "us-ascii", "windows-1252", "x-cp1252", "ansi_x3.4-1968"]
)
@pytest.mark.parametrize(
    "tag", ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">']
)
def test_a_label_means_what_browsers_take_it_for(label: str, tag: str) -> None:
    page = f"<html><head>{tag.format(label)}</head><body><h1>Rest</h1><p>{SAID}</p></body></html>"
    assert SAID in read_document(page.encode("cp1252"), "page.html").passages[0].text


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("iso-8859-9", "cp1254", "İstanbul’da “gece” vardiyası yorgun düşüyor."),
        ("gb2312", "gb18030", "护士说夜班太长，没有地方休息。" * 4),
        ("shift_jis", "cp932", "看護師は夜勤が長すぎると言った①。" * 4),
        ("iso-2022-jp", "iso2022_jp", "看護師は夜勤が長すぎると言った。" * 4),
        ("koi8-r", "koi8-r", "Медсёстры говорят, что смены слишком длинные."),
        ("windows-1251", "cp1251", "Медсёстры говорят, что смены слишком длинные."),
        ("no-such-label", "cp1252", "They said “no” – again."),
    ],
)
def test_pages_in_other_encodings_are_read(label: str, codec: str, words: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body><h1>Report</h1><p>{words}</p></body></html>'
    assert words in "".join(passage.text for passage in read_document(page.encode(codec), "page.html").passages)


def test_a_text_without_a_label_keeps_its_curly_quotes() -> None:
    said = f"{paragraph(1, 60)} They said “no” – again."
    assert "They said “no” – again." in read_document(said.encode("cp1252"), "a.txt").passages[-1].text


def test_a_site_made_of_plain_boxes_is_read_without_its_menus() -> None:
    menu = "<div class=left><ul><li><a href=/a>About us</a></li><li><a href=/b>Contact</a></li></ul></div>"
    related = "<div class=right><h3>Others read</h3><ul><li><a href=/c>Porters on nights</a></li></ul></div>"
    text = f"<h1>Rest</h1>{section(2, 'Nights', 1)}{section(2, 'Days', 2)}"
    page = f"<html><body>{menu}<div class=middle>{text}</div>{related}</body></html>"
    document = read_document(page.encode(), "page.html")
    said = "\n".join(passage.text for passage in document.passages)
    assert said == f"{paragraph(1)}\n{paragraph(2)}"
    assert places(document) == ["Rest > Nights", "Rest > Days"]


def test_details_within_details_are_below_them_and_what_follows_is_below_none() -> None:
    inner = f"<details><summary>Breaks</summary><p>{sentence(3, 20)}</p></details>"
    folds = (
        f"<details><summary>Nights</summary><p>{sentence(2, 20)}</p>{inner}</details>"
        f"<details open><summary><span>Days</span></summary><p>{sentence(4, 20)}</p></details>"
    )
    document = read(f"<main><h1>Rest areas</h1>{section(2, 'Wards', 1)}{folds}<p>{sentence(5, 20)}</p></main>")
    wards = "Rest areas > Wards"
    assert places(document) == [wards, f"{wards} > Nights", f"{wards} > Nights > Breaks", f"{wards} > Days"]
    assert sentence(5, 20) in under(document, wards)


def test_panels_that_name_their_tabs_have_these_as_headings() -> None:
    panels = "".join(f'<div role="tabpanel" aria-labelledby="t{n}"><p>{sentence(n, 25)}</p></div>' for n in (1, 2))
    tabs = "".join(f'<button role="tab" id="t{n}">Ward {n}</button>' for n in (1, 2))
    document = read(f'<main><h1>Rest areas</h1><p>{paragraph(9)}</p>{panels}<div role="tablist">{tabs}</div></main>')
    assert places(document) == ["Rest areas", "Rest areas > Ward 1", "Rest areas > Ward 2"]


def test_notes_of_a_page_stand_under_notes_without_the_way_back() -> None:
    notes = f'<ol><li id="n1">{sentence(3, 20)} <a href="#r1">↩</a></li></ol>'
    document = read(
        f'<main><h1>Rest areas</h1><p>{paragraph(1)}<sup><a id="r1" href="#n1">1</a></sup></p>'
        f'<section class="footnotes">{notes}</section></main>'
    )
    assert places(document)[-1].endswith("Notes")
    assert document.passages[-1].text == f"1. {sentence(3, 20)}"


def test_numbers_and_letters_of_lists_are_those_that_people_see() -> None:
    items = [sentence(number) for number in range(1, 6)]
    lists = (
        f'<ol start="4"><li>{items[0]}</li><li value="9">{items[1]}</li><li>{items[2]}</li></ol>'
        f'<p>They also said:</p><ol type="a"><li>{items[3]}</li><li>{items[4]}</li></ol>'
    )
    said = "\n".join(
        passage.text for passage in read(f"<main><h1>Rest</h1>{section(2, 'Plan', 9)}{lists}</main>").passages
    )
    for label, item in zip(("4.", "9.", "10.", "a.", "b."), items, strict=True):
        assert f"{label} {item}" in said


def test_a_paragraph_with_raised_figures_is_read_once_and_its_numbers_stay() -> None:
    parts = "".join(
        f"<h2>Part {number}</h2><p>{paragraph(number)} It costs 10<sup>6</sup> pounds, since 2025<sup>21</sup>.</p>"
        for number in range(1, 4)
    )
    said = "\n".join(
        passage.text
        for passage in read_document(f"<html><body><main>{parts}</main></body></html>".encode(), "x.html").passages
    )
    assert said.count("It costs 10⁶ pounds, since 2025²¹.") == said.count("It costs") == 3
