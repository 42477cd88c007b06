"""The Word file and the page: accessible, harmless whatever people write, and in the organisation's own look."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]

from bot.board.fields import FIELDS as FRONT
from bot.board.html import board_files
from bot.board.template import MOST_BYTES, open_template
from bot.errors import UserError
from bot.models.board import PaperFields, PaperTheme, WrittenDispute
from bot.models.outcomes import PointRef
from bot.models.summaries import Coverage, KeyPoint, Quote, Review, Summary
from bot.render.pages import read_style
from bot.text.mentions import anonymise_ids
from tests.board.series import series_source
from tests.board.sources import ASK, hostile_source, prompt_of, source
from tests.board.test_paper import rows
from tests.examples import examples

WORD_ELEMENTS = """
    body p pPr pStyle r rPr b t tab br spacing keepNext sectPr footerReference pgSz pgMar cols docGrid tbl tblPr
    tblStyle tblW tblLook tblLayout tblCaption tblGrid gridCol tr trPr tblHeader cantSplit tc tcPr tcW shd
    pageBreakBefore keepLines pBdr top left bottom right ind sz
"""
PICTURE_ELEMENTS = """
    drawing inline extent docPr cNvGraphicFramePr graphicFrameLocks graphic graphicData pic nvPicPr cNvPr cNvPicPr
    blipFill blip stretch fillRect spPr xfrm off ext prstGeom
"""
PAGE_ELEMENTS = """
    html head meta title style body a header p h1 h2 h3 h4 bdi main section strong table caption thead tbody tr th td q
    span div ul li br figure svg rect footer
"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def made(given_source: Any, template: bytes | None = None) -> dict[str, bytes]:
    return {file.name: file.content for file in board_files(given_source, template)}


def word(files: dict[str, bytes]) -> Any:
    return Document(io.BytesIO(files["board-paper.docx"]))


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_word_file_has_headings_header_rows_and_its_language() -> None:
    document = word(made(series_source()))
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "What staff say about leadership on the ward")
    assert ("Heading 2", "5. What we ask of the board") in headings
    assert [name for name, _ in headings].count("Heading 1") == 1
    front, *others = document.tables
    assert others
    (look,) = front._tbl.tblPr.iter(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("0", "1")
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in others)
    for table in (front, *others):
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert document.core_properties.language == "en-GB"


def test_the_chart_is_a_picture_with_alternative_text_in_word_and_a_table_on_the_page() -> None:
    files = made(series_source())
    body = word(files).element.body
    (described,) = (one.get("descr") for one in body.iter("{*}docPr"))
    assert described.startswith(
        "Bar chart. Point 1, Keep one count of falls (facilitator’s words): 6 people. Point 4, “We are short staffed"
    )
    assert {one.tag.split("}")[1] for one in body.iter()} <= {*WORD_ELEMENTS.split(), *PICTURE_ELEMENTS.split()}
    tree = html.document_fromstring(files["board-paper.html"].decode())
    rows_ = [" ".join(row.text_content().split()) for row in tree.findall(".//figure//tbody/tr")]
    assert rows_[0] == "1. Keep one count of falls facilitator’s words6"
    assert all(bar.get("aria-hidden") == "true" for bar in tree.iter("svg"))


def test_bars_are_as_long_as_their_numbers_say_however_long_the_number_is_in_words() -> None:
    page = made(source())["board-paper.html"].decode()
    # “at least 11” beside a bar would otherwise leave it less room than “11” beside another.
    assert ".bar span { flex: 0 0 6rem; }" in page


def test_what_nobody_filled_in_is_left_to_be_completed_by_hand() -> None:
    files = made(source())
    sheet, *_ = word(files).tables
    rows_ = {row.cells[0].text: row.cells[1].text for row in sheet.rows}
    assert rows_["Sponsor"] == rows_["Date of meeting"] == "To be completed"
    assert rows_["Recommendation"] == ASK
    assert files["board-paper.html"].decode().count("To be completed") == len(FRONT) - 2


def test_the_page_has_one_title_row_and_column_headers_and_asks_nothing_of_other_machines() -> None:
    page = made(series_source())["board-paper.html"].decode()
    tree = html.document_fromstring(page)
    assert len(tree.findall(".//h1")) == 1
    assert tree.get("lang") == "en-GB"
    assert all(cell.get("scope") for cell in tree.iter("th"))
    assert not list(tree.iter("script", "link", "iframe", "img"))
    assert "default-src 'none'" in page


def _rows_of(tree: Any) -> set[str]:
    """The annex's rows of points, to which their numbers lead."""
    return {f"#{name}" for row in tree.iter("tr") if (name := row.get("id")) and re.fullmatch(r"P12-\d+", name)}


def test_hostile_words_stay_words() -> None:
    files = made(hostile_source())
    tree = html.document_fromstring(files["board-paper.html"].decode())
    assert not list(tree.iter("script", "img", "iframe"))
    sheet, *_ = word(files).tables
    for text in (" ".join(tree.find(".//table").text_content().split()), sheet.rows[1].cells[1].text):
        assert "=cmd()<script>{{ 7 * 7 }} ]]> **bold**" in text
    assert not list(tree.iter("b", "strong", "a")) or {one.get("href") for one in tree.iter("a")} == {
        "#main",
        *_rows_of(tree),
    }
    assert b"900000000000000001" not in b"".join(files[name] for name in files if not name.endswith(".docx"))


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=80), st.sampled_from(["=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2", "\t=1", ""]))
def test_whatever_people_write_harms_none_of_the_files(words: str, formula: str) -> None:
    text = f"{formula}{words}".encode("utf-8", "replace").decode() or "."
    quotes = Quote("1", text), Quote("2", text)
    review = Review(words=text, note=text, confirmed=("1", "2"), unnamed=("1", "2"))
    summary = Summary("t", "", (KeyPoint(text, quotes, 2, review=review, ref="1"),), (), Coverage(2, 2, 2))
    texts: dict[str, Any] = {each.name: text[: each.longest] for each in FRONT if each.is_text}
    written = (WrittenDispute(12, text, text, text),)
    fields = PaperFields(**texts, themes=(PaperTheme(text, (PointRef(12, "1"),)),), disputes=written)
    files = made(replace(source(prompt_of(summary)), fields=fields))
    document = word(files)
    assert len(document.tables) == (5 if anonymise_ids(text) else 3)  # a point without words has no tables
    assert {one.tag.split("}")[1] for one in document.element.body.iter()} <= set(WORD_ELEMENTS.split())
    tree = html.document_fromstring(files["board-paper.html"].decode())
    assert {one.tag for one in tree.iter()} <= set(PAGE_ELEMENTS.split())
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith("on")]
    assert {one.get("href") for one in tree.iter("a")} == {"#main", *_rows_of(tree)}
    for name in ("board-points.csv", "board-prompts.csv"):
        for row in rows(files[name]):
            assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "|", "%")) for cell in row)


def test_the_organisations_own_template_gives_its_styles_margins_and_footer() -> None:
    own = Document()
    own.styles["Heading 1"].font.name = "Georgia"
    own.sections[0].footer.paragraphs[0].text = "Heron Trust"
    own.add_paragraph("Sample text of the template")
    document = word(made(source(), saved(own)))
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.sections[0].footer.paragraphs[0].text == "Heron Trust"
    assert "Sample text" not in "\n".join(p.text for p in document.paragraphs)
    assert any("This file is a copy" in p.text for p in document.paragraphs)


def test_a_template_that_is_none_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match="must be a Word file"):
        open_template(b"no archive")
    with pytest.raises(UserError, match="more than 5 MiB"):
        open_template(b"x" * (MOST_BYTES + 1))
    bare = Document()
    bare.styles["Table Grid"].delete()
    with pytest.raises(UserError, match="needs these styles: Table Grid"):
        open_template(saved(bare))
    locked_by_word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    with pytest.raises(UserError, match="not damaged or locked"):
        open_template(locked_by_word)
    wrong = (
        ("word/vbaProject.bin", 4, "macros"),
        ("word/embeddings/object1.bin", 4, "embedded objects"),
        ("a.xml", 51 * 1024 * 1024, "unpacks to far more"),
        ("a.xml", 4, "not damaged or locked"),
    )
    for name, size, told in wrong:
        with pytest.raises(UserError, match=told):
            open_template(archive_of({name: b"\0" * size}))


def test_a_locked_archive_and_one_of_thousands_of_parts_are_refused() -> None:
    locked = bytearray(archive_of({"word/document.xml": b"secret"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1  # the sign of an encrypted part
    with pytest.raises(UserError, match="not damaged or locked"):
        open_template(bytes(locked))
    with pytest.raises(UserError, match="unpacks to far more"):
        open_template(archive_of({f"{number}.xml": b"" for number in range(2001)}))


def test_a_template_that_asks_other_machines_for_something_is_refused() -> None:
    linked = Document()
    linked.part.relate_to("https://example.org/a.png", RELATION.IMAGE, is_external=True)
    field = Document()
    for part in ("INCLUDE", 'PICTURE "https://example.org/a.png"'):
        instruction = OxmlElement("w:instrText")
        instruction.text = part
        field.sections[0].header.paragraphs[0].add_run()._r.append(instruction)
    for template, told in ((linked, "gets something from somewhere else"), (field, "the field INCLUDEPICTURE")):
        with pytest.raises(UserError, match=told):
            open_template(saved(template))
    pressed = Document()
    pressed.part.relate_to("https://example.org/", RELATION.HYPERLINK, is_external=True)
    assert open_template(saved(pressed)) is not None


def test_the_file_that_a_template_was_made_from_is_forgotten() -> None:
    made_from = Document()
    attached = OxmlElement("w:attachedTemplate")
    where = made_from.part.part_related_by(RELATION.SETTINGS)
    attached.set(qn("r:id"), where.relate_to("file:///old.dotm", f"{OFFICE}/attachedTemplate", is_external=True))
    made_from.settings.element.insert(0, attached)
    assert b"old.dotm" in b"".join(parts_of(saved(made_from)).values())
    assert b"old.dotm" not in b"".join(parts_of(made(source(), saved(made_from))["board-paper.docx"]).values())


def test_a_template_of_larger_letters_gets_a_shorter_paper_within_its_margins() -> None:
    narrow = Document()
    narrow.sections[0].left_margin = narrow.sections[0].right_margin = Cm(4)
    narrow.styles["Normal"].font.size = Pt(14)
    own, theirs = word(made(series_source())), word(made(series_source(), saved(narrow)))
    assert sum(len(table.rows) for table in theirs.tables) < sum(len(table.rows) for table in own.tables)
    page = theirs.sections[0]
    for table in theirs.tables:
        wide = page.page_width - page.left_margin - page.right_margin
        assert sum(column.width for column in table.columns) <= wide + Pt(1)


@pytest.mark.parametrize(("name", "classes"), [("board_paper", ("sheet", "bars")), ("follow_up_paper", ("sheet",))])
def test_on_a_phone_the_name_of_a_table_that_is_taken_apart_has_a_line_of_its_own(
    name: str, classes: tuple[str, ...]
) -> None:
    phone = read_style(name).partition("@media screen and (max-width: 40rem) {")[2].partition("@media print")[0]
    for each in classes:  # else a browser sets it one letter a line, in a table of no width
        assert f".{each} caption" in phone
