"""OpenDocument texts are read as Word files are: numbers that go on, headings of every make, nothing that is hidden."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.library import read_document
from bot.library.readers.packed import LOCKED, TOO_LARGE
from tests.library.documents import paragraph, sentence
from tests.library.open_files import h, list_style, listed, odt, p, pack, style


def texts(data: bytes) -> str:
    return "\n".join(passage.text for passage in read_document(data, "report.odt").passages)


def places(data: bytes) -> list[str]:
    return list(dict.fromkeys(passage.heading for passage in read_document(data, "report.odt").passages))


def test_headings_paragraphs_rows_and_notes_of_a_text_are_read() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('See the survey of staff.', 'Footnote')}</text:note-body></text:note>"
    )
    cells = "".join(f"<table:table-cell>{p(text)}</table:table-cell>" for text in ("Nurses", "148"))
    table = f"<table:table><table:table-row>{cells}<table:covered-table-cell/></table:table-row></table:table>"
    spaced = f"{sentence(3)[:-1]}<text:s text:c='3'/>and<text:tab/>more.<text:soft-page-break/>"
    data = odt(h("Boards") + p(f"{sentence(1)}{note} {sentence(2)}") + h("Wards", 2) + table + p(spaced))
    document = read_document(data, "report.odt")
    assert document.format == "odt"
    assert places(data) == ["Boards", "Boards > Wards", "Notes"]
    assert [passage.text for passage in document.passages] == [
        f"{sentence(1)} {sentence(2)}",
        f"Nurses | 148\n\n{sentence(3)[:-1]} and more.",
        "1. See the survey of staff.",
    ]


def test_numbers_go_on_where_a_list_says_so_and_start_again_elsewhere() -> None:
    kinds = list_style("L1", ("", "1", "."), ("(", "a", ")"))
    inner = f"<text:list><text:list-item>{p(sentence(5))}</text:list-item></text:list>"
    body = "".join(
        (
            *(listed(sentence(1)), p(paragraph(1, 2)), listed(sentence(2), goes_on=True, inner=inner)),
            *(p(paragraph(2, 2)), listed(sentence(3))),
        )
    )
    said = texts(odt(body, automatic=kinds))
    for wanted in (f"1. {sentence(1)}", f"2. {sentence(2)}\n  (a) {sentence(5)}", f"1. {sentence(3)}"):
        assert wanted in said


def test_bullets_are_dashes_and_lists_without_signs_are_paragraphs() -> None:
    kinds = list_style("L1", ("", "", "")) + '<text:list-style style:name="L2"><text:list-level-style-number'
    kinds += ' text:level="1" style:num-format=""/></text:list-style>'
    assert texts(odt(listed(sentence(1)), automatic=kinds)) == f"- {sentence(1)}"
    assert texts(odt(listed(sentence(1), "L2"), automatic=kinds)) == sentence(1)


def test_the_numbers_of_headings_are_part_of_the_place() -> None:
    levels = list_style("", ("Article ", "I", "."), ("", "1", ""), display=2)
    outline = levels.replace("list-style style:name", "outline-style style:name").replace(
        "list-style>", "outline-style>"
    )
    outline = outline.replace("list-level-style-number", "outline-level-style")
    body = "".join(
        f"{h(name, level)}{p(paragraph(level))}" for name, level in (("Duties", 1), ("Boards", 2), ("Rights", 1))
    )
    assert places(odt(body, styles=outline)) == [
        "Article I. Duties",
        "Article I. Duties > I.1 Boards",
        "Article II. Rights",
    ]


def test_lines_that_are_only_bold_are_headings() -> None:
    bold = style("P1", 'fo:font-weight="bold"', parent="Standard") + style("T1", 'fo:font-weight="bold"', family="text")
    span = '<text:span text:style-name="T1">On days</text:span>'
    lead = f'<text:span text:style-name="T1">Some</text:span> {sentence(4)}'
    data = odt(p("On nights", "P1") + p(paragraph(1)) + p(span) + p(paragraph(2)) + p(lead), automatic=bold)
    assert places(data) == ["On nights", "On days"]


def test_lines_that_are_only_underlined_are_headings_and_links_are_not() -> None:
    look = style("T1", 'style:text-underline-style="solid"', family="text")
    look += style("Internet_20_link", 'style:text-underline-style="solid"', family="text")
    line = '<text:span text:style-name="T1">On days</text:span>'
    link = '<text:a><text:span text:style-name="Internet_20_link">The survey of staff</text:span></text:a>'
    data = odt(p(line) + p(paragraph(1)) + p(link) + p(paragraph(2)), automatic=look)
    assert places(data) == ["On days"]


@pytest.mark.parametrize("name", ["Überschrift 2", "Titre 1", "Heading 3"])
def test_headings_of_programs_that_name_styles_in_their_language_are_places(name: str) -> None:
    named = f'<style:style style:name="P9" style:display-name="{name}" style:family="paragraph"/>'
    assert places(odt(p("Wards at night", "P9") + p(paragraph(1)), styles=named)) == ["Wards at night"]


def test_what_nobody_sees_is_not_read() -> None:
    hidden = style("T1", 'text:display="none"', family="text") + style("P1", 'text:display="none"', parent="Standard")
    deleted = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('Gone')}</text:deletion></text:changed-region>"
    )
    contents = f"<text:table-of-content><text:index-body>{p('Gone 3')}</text:index-body></text:table-of-content>"
    comment = f"<office:annotation><dc:creator>Gone</dc:creator>{p('Gone')}</office:annotation>"
    control = '<loext:content-control loext:showing-place-holder="true">Gone</loext:content-control>'
    never = "<text:hidden-text>Gone</text:hidden-text>"
    line = f'The rota <text:span text:style-name="T1">Gone</text:span>is {comment}hard{control}.{never}'
    frame = "<draw:frame><svg:title>Gone</svg:title><svg:desc>Gone</svg:desc></draw:frame>"
    section = f'<text:section text:display="none">{p("Gone")}</text:section>'
    body = f"{deleted}</text:tracked-changes>{contents}{p('Gone', 'P1')}{p(frame + line)}{section}"
    body += p("Gone 4", "Contents_20_1")
    assert texts(odt(body, automatic=hidden, styles=style("Contents_20_1"))) == "The rota is hard."


def test_a_box_is_read_before_the_paragraph_that_it_hangs_on() -> None:
    box = f"<draw:frame><draw:text-box>{p(sentence(2))}</draw:text-box></draw:frame>"
    assert texts(odt(p(f"{box}{sentence(1)}"))) == f"{sentence(2)}\n\n{sentence(1)}"


def test_raised_figures_make_no_other_number() -> None:
    raised = style("T1", 'style:text-position="super 58%"', family="text")
    line = 'It costs 10<text:span text:style-name="T1">6</text:span> pounds<text:line-break/>each year.'
    assert texts(odt(p(line), automatic=raised)) == "It costs 10⁶ pounds\neach year."


def test_the_title_is_that_of_the_title_page() -> None:
    styles = style("Title") + style("Author", parent="Title")
    data = odt(
        p("No more surprises", "Title") + p("Jane Smith", "Author") + h("Boards") + p(paragraph(1)),
        styles=styles,
        meta="<dc:title>Template of 2009</dc:title><meta:initial-creator>jsmith</meta:initial-creator>",
    )
    document = read_document(data, "report.odt")
    assert (document.details.title, document.details.publisher) == ("No more surprises", "")


def test_a_locked_a_damaged_and_a_swollen_file_are_refused() -> None:
    kind = "application/vnd.oasis.opendocument.text"
    for data, said in (
        (odt(p("x"), manifest="<encryption-data/>"), LOCKED),
        (pack({"content.xml": "<office"}, kind), "damaged"),
        (pack({"content.xml": "<a/>"}, kind), "damaged"),
        (pack({"other.xml": "<a/>"}, kind), "damaged"),
        (odt(p("x" * 3_000_000)), TOO_LARGE),
    ):
        with pytest.raises(UserError, match=said):
            read_document(data, "report.odt")


@pytest.mark.parametrize(
    "inner", ["<text:section>{}</text:section>", "<text:list><text:list-item>{}</text:list-item></text:list>"]
)
def test_deep_and_odd_files_end(inner: str) -> None:
    deep = p("Deep.")
    for _ in range(100):
        deep = inner.format(deep)
    assert "Deep." in texts(odt(deep))
    spans = "<text:span>" * 200 + "Deep." + "</text:span>" * 200
    round_about = style("P1", parent="P2") + style("P2", parent="P1")
    assert (
        texts(odt(p(spans, "P1") + "<text:list/>" + p("<text:s text:c='999999999'/>"), automatic=round_about))
        == "Deep."
    )


def test_a_formula_is_read_where_it_is_seen() -> None:
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi><mo>=</mo><mfrac><mn>1</mn>'
        "<mn>2</mn></mfrac><mo>+</mo><msup><mn>10</mn><mn>6</mn></msup></mrow><annotation>x = 1 over 2</annotation>"
        "</semantics></math>"
    )
    frame = '<draw:frame><draw:object xmlns:xlink="x" xlink:href="./Object 1"/></draw:frame>'
    missing = frame.replace("Object 1", "Object 2")
    assert texts(odt(p(f"The share is {frame} of{missing} all."), math=math)) == "The share is x=1/2+10⁶ of all."


def test_a_list_goes_on_with_the_numbers_of_another_that_it_names() -> None:
    kinds = list_style("L1", ("", "1", ".")) + list_style("L2", ("", "1", ")"))
    first = listed(sentence(1)).replace("<text:list ", '<text:list xml:id="a" ', 1)
    second = listed(sentence(2), "L2").replace("<text:list ", '<text:list text:continue-list="a" ', 1)
    said = texts(odt(first + p(paragraph(1, 2)) + second, automatic=kinds))
    assert f"1. {sentence(1)}" in said
    assert f"2) {sentence(2)}" in said


def test_two_lists_with_one_id_are_read() -> None:
    kinds = list_style("L1", ("", "1", "."))
    one = listed(sentence(1)).replace("<text:list ", '<text:list xml:id="a" ', 1)
    assert texts(odt(one + one, automatic=kinds)) == f"1. {sentence(1)}\n2. {sentence(1)}"


def test_a_label_of_words_and_numbers_with_a_nought_are_kept() -> None:
    kinds = list_style("L1", ("", "01, 02, 03, ...", "."))
    kinds += '<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format=""'
    kinds += ' style:num-suffix="Action:"/></text:list-style>'
    said = texts(odt(listed(sentence(1)) + listed(sentence(2), "L2"), automatic=kinds))
    assert f"01. {sentence(1)}" in said
    assert f"Action: {sentence(2)}" in said
