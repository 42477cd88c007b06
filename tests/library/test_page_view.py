"""Web pages read as people see them, whatever program made or saved them."""

from __future__ import annotations

import time

import pytest

from bot.errors import UserError
from bot.library import read_document
from bot.library.readers.html.document import FRAMES, LOADED_LATER
from bot.library.readers.html.page import parse_page
from tests.library.documents import paragraph, sentence, wrapped
from tests.library.test_html import places, read, under


def texts(body: str) -> str:
    return "\n".join(passage.text for passage in read(f"<main><h1>Rest areas</h1>{body}</main>").passages)


def headings(body: str) -> list[str]:
    found = places(read(f"<main><h1>Rest areas</h1><p>{paragraph(9)}</p>{body}</main>"))
    return [place.removeprefix("Rest areas > ") for place in found[1:]]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>{}</p>",
        '<p style="display: none">{}</p>',
        '<p style="visibility:hidden">{}</p>',
        '<span class="govuk-visually-hidden">{}</span>',
        '<span class="nhsuk-u-visually-hidden">{}</span>',
        '<span class="sr-only sr-only-focusable">{}</span>',
        '<h2 class="element-invisible">{}</h2>',
        '<p class="screen-reader-text">{}</p>',
        "<noscript><p>{}</p></noscript>",
        "<template><p>{}</p></template>",
        "<dialog><p>{}</p></dialog>",
        "<video controls>{}</video>",
        "<canvas>{}</canvas>",
        "<p><del>{}</del></p>",
    ],
)
def test_what_nobody_sees_is_in_no_excerpt(hidden: str) -> None:
    document = read(
        f"<main><h1>Rest areas</h1><p>{paragraph(1)}</p>{hidden.format('Seen by nobody.')}<p>{paragraph(2)}</p></main>"
    )
    said = "\n".join(f"{passage.heading}\n{passage.text}" for passage in document.passages)
    assert "nobody" not in said
    assert paragraph(1) in said
    assert paragraph(2) in said


def test_what_folds_out_is_read_though_it_is_hidden_at_first() -> None:
    folds = (
        '<ul role="tablist"><li><a role="tab" href="#t1">Nights</a></li><li><a role="tab" href="#t2">Days</a></li></ul>'
        f'<div role="tabpanel" id="t1"><p>{paragraph(1)}</p></div>'
        f'<div role="tabpanel" id="t2" style="display:none"><p>{paragraph(2)}</p></div>'
        '<ul class="nav-tabs"><li><a data-toggle="tab" href="#t3">Clinics</a></li></ul>'
        f'<div id="t3" class="tab-pane fade"><p>{paragraph(3)}</p></div>'
        f'<h2>Is it open at night?</h2><div style="display:none"><p>{paragraph(4)}</p></div>'
        f'<div class="expand-control" aria-expanded="false">Bank staff</div><div hidden class="expand-content">'
        f"<p>{paragraph(5)}</p></div>"
    )
    assert headings(folds) == ["Nights", "Days", "Clinics", "Is it open at night?", "Is it open at night? > Bank staff"]


def test_the_inside_of_an_element_that_a_page_defines_itself_is_read() -> None:
    inside = f'<my-fold><template shadowrootmode="open"><h2>Nights</h2><p>{paragraph(1)}</p></template></my-fold>'
    assert headings(inside) == ["Nights"]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2>Nights<a class="headerlink" href="#n" title="Link to this heading">¶</a></h2>',
        '<h2>Nights<a class="headerlink" href="#n">#</a></h2>',
        '<h2><span>Nights</span><span class="mw-editsection">[<a href="/edit">edit</a>]</span></h2>',
        '<h2><button aria-expanded="true" aria-controls="c"><span>Nights</span><span class="govuk-visually-hidden">, '
        '</span><span>Hide<span class="govuk-visually-hidden"> this section</span></span></button></h2>',
        '<div role="heading" aria-level="2">Nights</div>',
        '<span role="heading">Nights</span>',
        "<p><strong>Nights</strong></p>",
        '<p class="x"><span><b>Nights</b></span></p>',
    ],
)
def test_a_heading_is_its_words_alone(heading: str) -> None:
    assert headings(f'{heading}<div id="c"><p>{paragraph(1)}</p></div>') == ["Nights"]


def test_a_number_in_a_heading_is_parted_from_its_words() -> None:
    assert headings(f"<h2><span class=number><b>2.</b></span><span>Nights</span></h2><p>{paragraph(1)}</p>") == [
        "2. Nights"
    ]


def test_bold_lines_between_breaks_are_headings_and_bold_sentences_are_not() -> None:
    body = (
        f"<div><b>Nights</b><br>{paragraph(1)}<br><br>{paragraph(2)}<br><br><b>Days</b><br>{paragraph(3)}</div>"
        f"<p><strong>Boards should look at their rest rooms.</strong></p><p>{paragraph(4)}</p>"
        f"<p><b>Contact</b></p><p><b>Address</b></p><ul><li><b>Wards</b></li></ul>"
    )
    assert headings(body) == ["Nights", "Days"]


def test_tables_that_only_lay_a_page_out_are_no_tables() -> None:
    page = (
        "<html><head><title>Rest</title></head><body><table width=760><tr><td width=160><a href=a.htm>Home</a><br>"
        f"<a href=b.htm>Staff news</a></td><td><h1>Rest</h1><h2>Nights</h2><p>{paragraph(1)}<p>{paragraph(2)}"
        f"<h2>Days</h2>{paragraph(3)}<ul><li>{sentence(4)}</ul><table><tr><th>Ward<th>Gaps<tr><td>Seven<td>4</table>"
        "</td></tr></table></body></html>"
    )
    document = read_document(page.encode(), "old.html")
    assert places(document) == ["Rest > Nights", "Rest > Days"]
    assert f"- {sentence(4)}" in under(document, "Rest > Days")
    assert "Ward | Gaps\nSeven | 4" in under(document, "Rest > Days")
    assert "Staff news" not in "\n".join(passage.text for passage in document.passages)


def test_a_long_cell_of_a_table_stays_behind_the_cells_before_it() -> None:
    rows = f"<tr><td>1. {sentence(1)}<td>{paragraph(1, 9)}<tr><td>2. {sentence(2)}<td>{sentence(3)}"
    said = texts(f"<p>{paragraph(5)}</p><table><tr><td>Advice<td>Reply{rows}</table>")
    assert said.index(sentence(1)) < said.index(paragraph(1, 9)) < said.index(f"2. {sentence(2)} | {sentence(3)}")


def test_what_folds_out_is_read_on_a_page_that_does_not_mark_its_main_part() -> None:
    folds = "".join(
        f'<div class="title" role="button" aria-controls="c{n}" aria-expanded="false"><a>Ward {n}</a></div>'
        f'<div id="c{n}" role="region" style="display:none"><p>{paragraph(n)}</p></div>'
        for n in (1, 2)
    )
    document = read(f"<div><h1>Rest areas</h1><p>{paragraph(9)}</p>{folds}</div>")
    assert places(document) == ["Rest areas", "Rest areas > Ward 1", "Rest areas > Ward 2"]


def test_the_foot_of_a_table_is_its_last_row() -> None:
    table = "<table><thead><tr><th>Ward<tfoot><tr><td>All 9<tbody><tr><td>Seven 4</table>"
    assert "Ward\nSeven 4\nAll 9" in texts(f"<p>{paragraph(1)}</p>{table}")


def test_numbers_that_run_backwards_or_are_letters_or_typed_stay() -> None:
    items = [sentence(number) for number in range(8)]
    said = texts(
        f"<p>{paragraph(1)}</p><ol reversed><li>{items[0]}</li><li>{items[1]}</li></ol><p>{paragraph(2)}</p>"
        f'<ol style="list-style-type: lower-roman"><li>{items[2]}</li><li value="5">{items[3]}</li></ol>'
        f'<p>{paragraph(3)}</p><ol class="lower-alpha"><li>{items[4]}</li></ol>'
        f"<ul><li style='list-style:none'><span>•</span><div><p>{items[5]}</p></div></li></ul>"
        f"<ol><li><span class=tag>(b)</span><div><p>{items[6]}</p></div></li></ol>"
    )
    for mark, item in zip(("2.", "1.", "i.", "v.", "a.", "-", "(b)"), items, strict=False):
        assert f"{mark} {item}" in said


@pytest.mark.parametrize(
    ("sign", "note"),
    [
        ('<a href="#n1" id="r1" role="doc-noteref"><sup>1</sup></a>', '<p id="n1">{} <a href="#r1">↩︎</a></p>'),
        ('<a href="#_ftn1" name="_ftnref1">[1]</a>', '<div><p><a href="#_ftnref1" name="_ftn1">[1]</a> {}</p></div>'),
        (
            '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>',
            '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;{}</span></p></div>',
        ),
        ("<sup>1</sup>", '<div class="footnotes"><p>{}</p></div>'),
    ],
)
def test_notes_of_any_program_are_under_notes_and_their_signs_gone(sign: str, note: str) -> None:
    document = read(
        f"<main><h1>Rest areas</h1><p>{sentence(1)}{sign} {sentence(2)}</p><p>{paragraph(4)}</p>"
        f"<hr>{note.format(sentence(3, 20))}</main>"
    )
    assert f"{sentence(1)} {sentence(2)}" in document.passages[0].text
    assert document.passages[-1].heading.endswith("Notes")
    assert document.passages[-1].text.removeprefix("1. ") == sentence(3, 20)


def test_a_note_within_a_sentence_is_moved_to_the_end_and_a_number_that_is_linked_stays() -> None:
    note = f'<span class="ltx_note"><sup class="ltx_note_mark">1</sup><span>{sentence(3, 20)}</span></span>'
    document = read(
        f"<main><h1>Rest areas</h1><p>We saw{note} all, as section <a href='#s3'>3</a> says. {paragraph(1)}</p>"
        f"<h2 id=s3>More</h2><p>{paragraph(2)}</p></main>"
    )
    assert document.passages[0].text.startswith("We saw all, as section 3 says.")
    assert document.passages[-1].text == f"1. {sentence(3, 20)}"


def test_the_heading_of_a_box_ends_with_it() -> None:
    box = f"<aside><h3>Box 1: the law</h3><p>{paragraph(2)}</p></aside><p>{paragraph(3)}</p>"
    assert headings(f"<h2>Nights</h2><p>{paragraph(1)}</p>{box}") == ["Nights", "Nights > Box 1: the law"]
    document = read(f"<main><h1>Rest areas</h1><h2>Nights</h2><p>{paragraph(1)}</p>{box}</main>")
    assert paragraph(3) in under(document, "Rest areas > Nights")


def test_who_said_a_quotation_stays_with_it_and_short_quotations_have_their_marks() -> None:
    said = texts(
        f"<p>{paragraph(1)} <q>Too late</q>, they wrote.</p><blockquote><p>{sentence(2)}</p><footer>Porter, ward seven"
        f"</footer></blockquote><figure><blockquote><p>{sentence(3)}</p></blockquote><figcaption>Night sister"
        f"</figcaption></figure><p>{paragraph(4)}</p>"
    )
    assert "“Too late”, they wrote." in said
    assert said.index(sentence(2)) < said.index("Porter, ward seven") < said.index(sentence(3))
    assert said.index(sentence(3)) < said.index("Night sister") < said.index(paragraph(4))


def test_the_title_that_a_word_processor_wrote_is_over_all_other_headings() -> None:
    page = (
        f"<html><body><p class=MsoTitle>Rest and rotas</p><h1>Nights</h1><p class=MsoNormal>{paragraph(1)}</p>"
        f"<h2>Beds</h2><p>{paragraph(2)}</p></body></html>"
    )
    document = read_document(page.encode(), "x.htm")
    assert document.details.title == "Rest and rotas"
    assert places(document) == ["Rest and rotas > Nights", "Rest and rotas > Nights > Beds"]


@pytest.mark.parametrize("line", ["<p style='position:absolute;top:9px'>{}</p>", "<div class='t m0 x1 h2'>{}</div>"])
def test_lines_that_a_program_placed_one_by_one_are_paragraphs_again(line: str) -> None:
    lines = "".join(line.format(words) for words in wrapped(paragraph(1)))
    page = f"<html><body><div id=page1>{lines}</div></body></html>"
    assert paragraph(1) in read_document(page.encode(), "x.html").passages[0].text


def test_a_page_that_loads_its_text_later_or_shows_frames_is_refused_with_what_to_do() -> None:
    later = "<html><body><noscript>Switch it on.</noscript><div id=root></div><script src=a.js></script></body></html>"
    frames = "<html><frameset cols='20%,80%'><frame src=a.htm><noframes>No frames.</noframes></frameset></html>"
    for page, sentence_said in ((later, LOADED_LATER), (frames, FRAMES)):
        with pytest.raises(UserError) as refused:
            read_document(page.encode(), "x.html")
        assert str(refused.value) == sentence_said


def test_a_saved_page_of_frames_is_read_from_the_frame_with_the_text() -> None:
    part = "------=_B\r\nContent-Type: text/html\r\nContent-Location: https://example.org/{}\r\n\r\n{}\r\n"
    frames = part.format("x", "<html><frameset><frame src='cid:a'></frameset></html>")
    menu = part.format("menu", "<html><body><a href=/a>Staff news and more news of the staff</a></body></html>")
    text = part.format("text", f"<html><body><h1>Rest</h1><p>{paragraph(1)}</p></body></html>")
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_B"\r\n\r\n'
    document = read_document(f"{head}{frames}{menu}{text}------=_B--\r\n".encode(), "x.mhtml")
    assert [passage.text for passage in document.passages] == [paragraph(1)]
    assert document.details.address == "https://example.org/text"


@pytest.mark.parametrize(
    "unit",
    [
        "<b>Ab</b><br>",
        "<a href='#a' id=b>1</a>",
        "<sup><a href='#a' id=b>[1]</a></sup>",
        "<details><summary>A b</summary>c</details>",
        "<div aria-expanded=true>A b</div><div>c</div>",
        "<span class=ltx_note>a</span>",
        "<p hidden>a</p>",
    ],
)
@pytest.mark.sampled(2)
def test_no_page_makes_the_view_slow(unit: str) -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        parse_page(f"<html><body><p id=a>{unit * count}</p></body></html>")
        return time.process_time() - begun

    short = seconds(500)
    assert seconds(5_000) < max(1.0, short * 40)


def test_formulas_are_read_in_a_line_and_what_tells_how_a_sign_is_spoken_is_left_out() -> None:
    share = "<math><mfrac><mn>1</mn><mn>2</mn></mfrac><annotation>half</annotation></math>"
    spoken = "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"
    said = texts(f"<p>A share of {share} of all nurses, {spoken}, is tired at night.</p><p>{paragraph(1)}</p>")
    assert "A share of 1/2 of all nurses, 漢, is tired at night." in said
