"""Frames around text in Word files and OpenDocument texts, and headings that only their size of type tells."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from bot.library import read_document
from bot.models.library import Document
from tests.library.documents import paragraph, sentence
from tests.library.open_files import h, odt, p, style
from tests.library.test_docx import bold, places, read
from tests.word_files import new_word_file


def read_odt(data: bytes) -> Document:
    return read_document(data, "report.odt")


def placed(document: Document) -> list[tuple[str, str]]:
    return [(passage.heading, passage.text) for passage in document.passages]


def framed(file: Any) -> Any:
    return file.add_table(1, 1).cell(0, 0)


def rows(*cells: str) -> str:
    inside = "".join(
        f"<table:table-row><table:table-cell>{cell}</table:table-cell></table:table-row>" for cell in cells
    )
    return f"<table:table>{inside}</table:table>"


def test_the_heading_of_a_frame_ends_with_it() -> None:
    file = new_word_file()
    file.add_heading("Wards", 1)
    file.add_paragraph(paragraph(1))
    cell = framed(file)
    cell.paragraphs[0].add_run("What one ward did").bold = True
    cell.add_paragraph(paragraph(2))
    file.add_paragraph(paragraph(3))
    wanted = [("Wards", paragraph(1)), ("Wards > What one ward did", paragraph(2)), ("Wards", paragraph(3))]
    assert placed(read(file)) == wanted
    strong = style("P1", 'fo:font-weight="bold"')
    body = h("Wards") + p(paragraph(1)) + rows(p("What one ward did", "P1") + p(paragraph(2))) + p(paragraph(3))
    assert placed(read_odt(odt(body, automatic=strong))) == wanted


def test_a_frame_without_a_heading_is_text_like_other_text() -> None:
    file = new_word_file()
    file.add_heading("Wards", 1)
    cell = framed(file)
    cell.paragraphs[0].add_run(paragraph(1))
    cell.add_paragraph(paragraph(2))
    wanted = [("Wards", paragraph(1)), ("Wards", paragraph(2))]
    assert placed(read(file)) == wanted
    assert placed(read_odt(odt(h("Wards") + rows(p(paragraph(1)), p(paragraph(2)))))) == wanted


def test_a_frame_that_only_holds_a_heading_is_over_what_follows() -> None:
    file = new_word_file()
    framed(file).paragraphs[0].add_run("Wards").bold = True
    file.add_paragraph(paragraph(1))
    wanted = [("Wards", paragraph(1))]
    assert placed(read(file)) == wanted
    strong = style("P1", 'fo:font-weight="bold"')
    assert placed(read_odt(odt(rows(p("Wards", "P1")) + p(paragraph(1)), automatic=strong))) == wanted


def test_sections_in_the_cells_of_a_table_keep_their_headings() -> None:
    file = new_word_file()
    table = file.add_table(1, 2)
    for number in (0, 1):
        cell = table.cell(0, number)
        cell.paragraphs[0].add_run(("Wards", "Nights")[number])
        cell.paragraphs[0].style = file.styles["Heading 2"]
        cell.add_paragraph(paragraph(number))
    file.add_paragraph(paragraph(2))
    assert placed(read(file)) == [("Wards", paragraph(0)), ("Nights", paragraph(1)), ("", paragraph(2))]


def test_a_bold_line_above_one_that_leads_to_a_list_is_a_heading() -> None:
    file = new_word_file()
    bold(file, "On nights", 14)
    bold(file, "They asked for these three things:", 11)
    for item in ("Beds", "Lifts", "Phones"):
        file.add_paragraph(item, style="List Bullet")
    assert places(read(file)) == ["On nights"]


def test_the_title_of_a_report_is_found_in_a_frame() -> None:
    file = new_word_file()
    cell = framed(file)
    cell.paragraphs[0].add_run("Nobody asked the porters")
    cell.paragraphs[0].style = file.styles["Title"]
    file.add_paragraph(paragraph(1))
    assert read(file).details.title == "Nobody asked the porters"


def test_a_frame_within_a_frame_keeps_its_words_in_order() -> None:
    file = new_word_file()
    outer = framed(file)
    outer.paragraphs[0].add_run(sentence(1))
    outer.add_table(1, 1).cell(0, 0).paragraphs[0].add_run(sentence(2))
    outer.add_paragraph(sentence(3))
    text = "\n".join(passage.text for passage in read(file).passages)
    assert text.split("\n\n") == [sentence(1), sentence(2), sentence(3)]


def test_lines_in_clearly_larger_type_are_headings_without_being_bold() -> None:
    file = new_word_file()
    for name, seed in (("On nights", 1), ("On days", 2)):
        file.add_paragraph().add_run(name).font.size = Pt(18)
        file.add_paragraph(paragraph(seed))
    file.add_paragraph().add_run("A little larger").font.size = Pt(12)
    file.add_paragraph(paragraph(3))
    assert places(read(file)) == ["On nights", "On days"]
    large, small = style("P1", 'fo:font-size="18pt"'), style("P2", 'fo:font-size="12pt"')
    body = p("On nights", "P1") + p(paragraph(1), "P2") + p("On days", "P1") + p(paragraph(2), "P2")
    assert [heading for heading, _ in placed(read_odt(odt(body, automatic=large + small)))] == ["On nights", "On days"]


def test_a_caption_is_no_heading_whatever_it_looks_like() -> None:
    file = new_word_file()
    file.styles.add_style("Caption", WD_STYLE_TYPE.PARAGRAPH) if "Caption" not in file.styles else None
    file.add_heading("Wards", 1)
    file.add_paragraph(paragraph(1))
    bold(file, "Beds by ward and month").style = file.styles["Caption"]
    file.add_paragraph(paragraph(3))
    bold(file, "Map 2 – Beds by district")
    file.add_paragraph(paragraph(2))
    assert places(read(file)) == ["Wards"]


def test_signs_that_no_font_has_do_no_harm() -> None:
    file = new_word_file()
    file.add_paragraph("\ue011")
    file.add_paragraph("\ue010")
    file.add_paragraph(paragraph(1))
    assert placed(read(file)) == [("", paragraph(1))]
