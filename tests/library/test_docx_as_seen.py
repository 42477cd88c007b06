"""Word files of many programs, read as people see them: joined lines, fields, formulas, lists of contents."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.library import read_document
from bot.models.library import Document
from tests.library.documents import paragraph, sentence
from tests.library.test_docx import add_list, bold, number_in, places, read, words_of
from tests.word_files import new_word_file

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def element(tag: str, inner: str = "", **values: str) -> Any:
    said = "".join(f' w:{name}="{value}"' for name, value in values.items())
    return parse_xml(f"<w:{tag} {nsdecls('w')} {MATH}{said}>{inner}</w:{tag}>")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(says: str, shows: str) -> str:
    parts = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, separate, end = parts
    return f"{begin}<w:r><w:instrText>{says}</w:instrText></w:r>{separate}{shows}{end}"


def formula(inner: str) -> Any:
    return parse_xml(f"<m:oMath {MATH}>{inner}</m:oMath>")


def test_a_list_of_contents_without_styles_is_not_read() -> None:
    file = new_word_file()
    lines = [file.add_paragraph() for _ in range(3)]
    for line, name in zip(lines, ("Boards", "Wards", "Nights"), strict=True):
        for part in element("p", run(name) + "<w:r><w:tab/></w:r>" + field(" PAGEREF _1 ", run("12"))):
            line._p.append(part)
    lines[0]._p.insert(0, element("r", "<w:instrText> TOC \\o </w:instrText><w:fldChar w:fldCharType='separate'/>"))
    lines[0]._p.insert(0, element("r", "<w:fldChar w:fldCharType='begin'/>"))
    lines[2]._p.append(element("r", "<w:fldChar w:fldCharType='end'/>"))
    said = file.add_paragraph("As ")
    for part in element("p", field(" REF _5 ", run("the second chapter")) + run(" says, staff are tired.")):
        said._p.append(part)
    assert words_of(read(file)) == "As the second chapter says, staff are tired."


def test_a_list_of_contents_in_a_control_goes_with_its_heading() -> None:
    file = new_word_file()
    properties = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    listed = f"<w:p>{run('What is in it')}</w:p><w:p>{run('Boards')}</w:p>"
    file.element.body.insert(0, element("sdt", f"{properties}<w:sdtContent>{listed}</w:sdtContent>"))
    file.add_paragraph(sentence(1))
    assert words_of(read(file)) == sentence(1)


def test_a_field_that_nobody_filled_in_says_nothing() -> None:
    file = new_word_file()
    line = file.add_paragraph("The chair is ")
    for properties, words in (("<w:showingPlcHdr/>", "Click or tap here to enter text."), ("", "chosen by governors.")):
        content = f"<w:sdtContent>{run(words)}</w:sdtContent>"
        line._p.append(element("sdt", f"<w:sdtPr>{properties}</w:sdtPr>{content}"))
    assert words_of(read(file)) == "The chair is chosen by governors."


@pytest.mark.parametrize(
    "properties",
    ["<w:rPr><w:vanish/></w:rPr>", '<w:framePr w:dropCap="drop" w:lines="3"/>', '<w:framePr w:dropCap="margin"/>'],
)
def test_a_paragraph_whose_end_is_not_seen_goes_on_in_the_next(properties: str) -> None:
    file = new_word_file()
    line = file.add_paragraph("T")
    for each in element("pPr", properties):
        line._p.get_or_add_pPr().append(each)
    file.add_paragraph("he night team has two nurses.")
    assert words_of(read(file)) == "The night team has two nurses."


def test_a_heading_in_the_same_line_as_its_text_is_a_place() -> None:
    file = new_word_file()
    line = file.add_heading("Who sits there.", 2)
    line._p.get_or_add_pPr().append(element("rPr", "<w:vanish/><w:specVanish/>"))
    file.add_paragraph(paragraph(1))
    assert places(read(file)) == ["Who sits there."]


def test_a_bold_first_line_is_a_place_in_one_paragraph_with_its_text_too() -> None:
    file = new_word_file()
    for number, name in enumerate(("What we heard", "What we ask:")):
        line = bold(file, name)
        line.runs[0].add_break()
        line.add_run(paragraph(number))
    line = file.add_paragraph(sentence(5))
    line.add_run().add_break()
    line.add_run(sentence(6))
    document = read(file)
    assert places(document) == ["What we heard", "What we ask"]
    for wanted in (paragraph(0), paragraph(1), sentence(5), sentence(6)):
        assert wanted in words_of(document)


def test_a_bold_line_with_a_colon_is_a_place_unless_it_leads_to_a_list() -> None:
    file = new_word_file()
    bold(file, "What we heard:")
    file.add_paragraph(paragraph(1))
    bold(file, "The board should:")
    number_in(file.add_paragraph(sentence(2)), 1)
    bold(file, "Wards should:")
    file.add_paragraph(f"- {sentence(3)}")
    assert places(read(file)) == ["What we heard"]


def test_no_formula_and_no_raised_figure_makes_another_number() -> None:
    file = new_word_file()
    line = file.add_paragraph("It is ")
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup>"
    sums = half.replace(">1<", ">a+b<")
    letters = power.replace(">6<", ">n<")
    for inner, after in ((half, " of "), (power, " or "), (sums, " to "), (letters, " since 2025")):
        line._p.append(formula(inner))
        line.add_run(after)
    for raised in ("21", "st"):
        line.add_run(raised).font.superscript = True
        line.add_run(", on the 1")
    line.add_run(" floor.")
    assert words_of(read(file)).startswith("It is 1/2 of 10⁶ or (a+b)/2 to 10^n since 2025²¹, on the 1st, on")


def test_the_author_and_the_date_below_a_title_are_no_titles() -> None:
    file = new_word_file()
    file.add_paragraph("No more surprises", style="Title")
    for name, words in (("Author", "Jane Smith"), ("Date", "May 2024")):
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles["Title"]
        file.add_paragraph(words, style=name)
    file.add_heading("Boards", 1)
    file.add_paragraph(paragraph(1))
    document = read(file)
    assert document.details.title == "No more surprises"
    assert places(document) == ["No more surprises", "Boards"]


@pytest.mark.parametrize("name", ["Heading", "Titre1", "Heading 1"])
def test_the_highest_heading_is_known_without_a_number_or_a_space_too(name: str) -> None:
    file = new_word_file()
    style = file.styles[name] if name == "Heading 1" else file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    file.add_paragraph("Wards at night", style=style)
    file.add_paragraph(paragraph(1))
    assert places(read(file)) == ["Wards at night"]


def test_a_file_whose_text_has_another_name_within_is_read() -> None:
    file, renamed = io.BytesIO(), io.BytesIO()
    word = new_word_file()
    word.add_paragraph(sentence(1))
    word.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(renamed, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(name.replace("document.xml", "document2.xml"), data)
    document: Document = read_document(renamed.getvalue(), "report.docx")
    assert words_of(document) == sentence(1)


def test_each_number_in_a_cell_of_a_table_is_before_its_own_words() -> None:
    file = new_word_file()
    num_id = add_list(file, ("decimal", "%1."))
    table = file.add_table(1, 2)
    cell = table.cell(0, 0)
    cell.paragraphs[0].add_run("Ask the wards")
    table.cell(0, 1).paragraphs[0].add_run("By May")
    for line in (cell.paragraphs[0], cell.add_paragraph("Publish rotas")):
        number_in(line, num_id)
    file.add_paragraph(sentence(1))
    assert words_of(read(file)).split("\n")[0] == "1. Ask the wards 2. Publish rotas | By May"


def test_the_heading_of_a_list_of_contents_in_styles_is_no_place() -> None:
    file = new_word_file()
    for name, base in (("TOC Heading", "Heading 1"), ("toc 1", "Normal")):
        style = next((each for each in file.styles if each.name == name), None)
        style = style or file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles[base]
    bold(file, "What is in it").style = file.styles["TOC Heading"]
    bold(file, "Boards").style = file.styles["toc 1"]
    file.add_paragraph(paragraph(1))
    assert places(read(file)) == [""]
    assert words_of(read(file)) == paragraph(1)


def test_lines_that_are_only_underlined_are_places_and_links_are_none() -> None:
    file = new_word_file()
    link = file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    file.add_paragraph().add_run("What we heard").underline = True
    file.add_paragraph(paragraph(1))
    file.add_paragraph().add_run("The survey", style="Hyperlink")
    file.add_paragraph(paragraph(2))
    assert places(read(file)) == ["What we heard"]


def test_a_link_that_leads_nowhere_is_read_as_its_words() -> None:
    file = new_word_file()
    line = file.add_paragraph("See ")
    line._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="rId999">{run("the survey of staff.")}</w:hyperlink>')
    )
    assert words_of(read(file)) == "See the survey of staff."


def test_numbered_paragraphs_below_a_numbered_heading_are_not_indented() -> None:
    file = new_word_file()
    num_id = add_list(file, ("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))
    number_in(file.add_heading("Boards", 1), num_id)
    for number, level in ((1, 1), (2, 2), (3, 1)):
        number_in(file.add_paragraph(sentence(number)), num_id, level)
    assert words_of(read(file)).split("\n") == [f"1.1 {sentence(1)}", f"  (a) {sentence(2)}", f"1.2 {sentence(3)}"]


def test_the_sign_of_a_note_that_somebody_chose_is_no_word() -> None:
    file, noted = io.BytesIO(), io.BytesIO()
    word = new_word_file()
    line = word.add_paragraph("Nurses said so")
    line._p.append(element("r", '<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>'))
    line.add_run(" in May.")
    word.save(file)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rN" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p>{run("Of 148.")}</w:p></w:footnote></w:footnotes>'
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(noted, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, data.replace(b"</Relationships>", link.encode()) if "document.xml.rels" in name else data
            )
        new.writestr("word/footnotes.xml", notes)
    document = read_document(noted.getvalue(), "report.docx")
    assert [passage.text for passage in document.passages] == ["Nurses said so in May.", "1. Of 148."]


def test_the_sign_of_a_box_to_tick_is_read() -> None:
    file = new_word_file()
    line = file.add_paragraph()
    kind = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    line._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")} {kind}><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
        )
    )
    line.add_run(" We ask every ward.")
    assert words_of(read(file)) == "☒ We ask every ward."
