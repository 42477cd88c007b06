"""Word files as people see them: numbers that go on, headings of every make, and nothing that is hidden."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from bot.library import read_document
from bot.models.library import Document
from tests.library.documents import paragraph, sentence
from tests.word_files import new_word_file


def read(file: Any) -> Document:
    out = io.BytesIO()
    file.save(out)
    return read_document(out.getvalue(), "report.docx")


def words_of(document: Document) -> str:
    return "\n".join(passage.text for passage in document.passages)


def places(document: Document) -> list[str]:
    return list(dict.fromkeys(passage.heading for passage in document.passages))


def bold(file: Any, text: str, points: float | None = None) -> Any:
    line = file.add_paragraph()
    run = line.add_run(text)
    run.bold = True
    if points:
        run.font.size = docx.shared.Pt(points)
    return line


def number_in(line: Any, num_id: int, level: int = 0) -> None:
    properties = line._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')
    )


def add_list(file: Any, *levels: tuple[str, str], starts: dict[int, int] | None = None) -> int:
    """A list whose levels have these formats and texts; returns the number by which paragraphs name it."""
    root = file.part.numbering_part.element
    abstract = 900 + len(root.findall(qn("w:abstractNum")))
    parts = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{parts}</w:abstractNum>'))
    return add_num(file, abstract, starts or {})


def add_num(file: Any, abstract: int, starts: dict[int, int]) -> int:
    root = file.part.numbering_part.element
    num_id = 900 + len(root.findall(qn("w:num")))
    over = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in starts.items()
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{num_id}"><w:abstractNumId w:val="{abstract}"/>{over}</w:num>')
    )
    return num_id


def test_the_numbers_of_a_list_go_on_over_the_paragraphs_between() -> None:
    file = docx.Document()
    file.add_heading("What we ask for", 1)
    for number in range(1, 5):
        file.add_paragraph(sentence(number), style="List Number")
        file.add_paragraph(paragraph(number, 2))
    said = words_of(read(file))
    for number in range(1, 5):
        assert f"{number}. {sentence(number)}\n{paragraph(number, 2)}" in said


def test_numbers_are_written_as_the_list_says() -> None:
    file = new_word_file()
    kinds = [("upperRoman", "%1."), ("lowerLetter", "(%2)"), ("decimal", "%2.%3")]
    num_id = add_list(file, *kinds)
    for level, number in ((0, 1), (1, 2), (1, 3), (2, 4), (0, 5), (1, 6)):
        number_in(file.add_paragraph(sentence(number)), num_id, level)
    lines = [line.strip() for line in words_of(read(file)).split("\n") if line]
    assert [line.split(" ")[0] for line in lines] == ["I.", "(a)", "(b)", "b.1", "II.", "(a)"]


def test_a_label_with_words_is_kept_and_an_empty_one_adds_nothing() -> None:
    file = new_word_file()
    named, bare = add_list(file, ("decimal", "Recommendation %1:")), add_list(file, ("none", ""))
    number_in(file.add_paragraph(sentence(1)), named)
    file.add_paragraph(paragraph(2))
    number_in(file.add_paragraph(sentence(3)), named)
    number_in(file.add_paragraph(paragraph(4)), bare)
    said = words_of(read(file))
    assert f"Recommendation 1: {sentence(1)}" in said
    assert f"Recommendation 2: {sentence(3)}" in said
    assert f"- {paragraph(4)}" not in said


def test_a_list_that_starts_again_does_so_and_one_of_its_own_start_too() -> None:
    file = new_word_file()
    first = add_list(file, ("decimal", "%1."))
    abstract = int(
        file.part.numbering_part.element.findall(qn("w:num"))[-1].find(qn("w:abstractNumId")).get(qn("w:val"))
    )
    again, later = add_num(file, abstract, {0: 1}), add_num(file, abstract, {0: 7})
    for number, num_id in enumerate((first, first, again, again, later)):
        number_in(file.add_paragraph(sentence(number)), num_id)
        file.add_paragraph(paragraph(10 + number, 1))
    said = words_of(read(file))
    for number, label in enumerate(("1.", "2.", "1.", "2.", "7.")):
        assert f"{label} {sentence(number)}" in said


def test_the_numbers_of_headings_are_part_of_the_place() -> None:
    file = new_word_file()
    num_id = add_list(file, ("decimal", "%1"), ("decimal", "%1.%2"))
    for level, name in ((0, "Boards"), (1, "Who sits there"), (1, "What they hear"), (0, "Wards")):
        number_in(file.add_heading(name, level + 1), num_id, level)
        file.add_paragraph(paragraph(len(name)))
    assert places(read(file)) == [
        "1 Boards",
        "1 Boards > 1.1 Who sits there",
        "1 Boards > 1.2 What they hear",
        "2 Wards",
    ]


def test_lines_that_are_only_bold_are_headings_and_the_larger_ones_are_higher() -> None:
    file = new_word_file()
    bold(file, "What we heard", 16)
    bold(file, "On nights", 12)
    file.add_paragraph(paragraph(1))
    bold(file, "On days", 12)
    file.add_paragraph(paragraph(2))
    bold(file, "What we will do", 16)
    file.add_paragraph(paragraph(3))
    assert places(read(file)) == ["What we heard > On nights", "What we heard > On days", "What we will do"]


def test_bold_words_that_are_no_headings_stay_text() -> None:
    file = new_word_file()
    file.add_heading("Wards", 1)
    bold(file, paragraph(1))
    file.add_paragraph(paragraph(2))
    line = bold(file, "The night team")
    line.add_run(" told us that handover takes twenty minutes.")
    bold(file, "Figure 3: Who answered")
    table = file.add_table(1, 2)
    table.cell(0, 0).paragraphs[0].add_run("Group").bold = True
    table.cell(0, 1).paragraphs[0].add_run("Number").bold = True
    bold(file, "The end")
    document = read(file)
    assert places(document) == ["Wards"]
    for wanted in (paragraph(1), "The night team told us", "Figure 3: Who answered", "Group | Number", "The end"):
        assert wanted in words_of(document)


def test_headings_are_known_by_outline_level_by_what_their_style_is_based_on_and_to_the_ninth_level() -> None:
    file = new_word_file()
    own = file.styles.add_style("Report chapter", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = file.styles["Heading 1"]
    by_style = file.styles.add_style("Section title", WD_STYLE_TYPE.PARAGRAPH)
    by_style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
    file.add_paragraph("Boards", style="Report chapter")
    file.add_paragraph("What they hear", style="Section title")
    deep = file.add_paragraph("From the wards")
    deep._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    for level in (7, 8, 9):
        file.add_heading(f"Depth {level}", level)
        file.add_paragraph(paragraph(level))
    text = file.add_paragraph(paragraph(1), style="Report chapter")
    text._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="9"/>'))
    document = read(file)
    assert places(document)[0] == "Boards > What they hear > From the wards > Depth 7"
    assert places(document)[-1].endswith("Depth 7 > Depth 8 > Depth 9")
    assert paragraph(1) in words_of(document)


def test_hidden_words_are_not_read_whichever_style_hides_them() -> None:
    file = new_word_file()
    hidden = file.styles.add_style("Note to editor", WD_STYLE_TYPE.PARAGRAPH)
    hidden.font.hidden = True
    of_run = file.styles.add_style("Secret", WD_STYLE_TYPE.CHARACTER)
    of_run.font.hidden = True
    line = file.add_paragraph("The rota is hard to plan around. ")
    line.add_run("Ask the office first. ").font.hidden = True
    line.add_run("Check this with staff. ", style="Secret")
    line.add_run("Parents say so most.")
    file.add_paragraph("Do not print this.", style="Note to editor")
    shown = file.add_paragraph(style="Note to editor").add_run("But this is seen.")
    shown.font.hidden = False
    said = words_of(read(file))
    assert "The rota is hard to plan around. Parents say so most." in said
    assert "But this is seen." in said
    for unwanted in ("Ask the office", "Check this", "Do not print"):
        assert unwanted not in said


def test_tracked_changes_are_read_as_accepted() -> None:
    file = new_word_file()
    line = file.add_paragraph("Staff said that the rota is ")
    for tag, text_tag, text in (
        ("del", "delText", "unfair "),
        ("ins", "t", "hard to plan around "),
        ("moveFrom", "t", "x"),
    ):
        line._p.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="1" w:author="X" w:date="2024-01-01T00:00:00Z"><w:r>'
                f'<w:{text_tag} xml:space="preserve">{text}</w:{text_tag}></w:r></w:{tag}>'
            )
        )
    line.add_run("for parents.")
    assert words_of(read(file)) == "Staff said that the rota is hard to plan around for parents."


@pytest.mark.parametrize("tag", ["fldSimple", "bdo", "smartTag"])
def test_words_within_fields_and_marks_of_direction_are_kept(tag: str) -> None:
    file = new_word_file()
    line = file.add_paragraph("As the ")
    wrapper = OxmlElement(f"w:{tag}")
    line._p.append(wrapper)
    run = line.add_run("second chapter")
    wrapper.append(run._r)
    line.add_run(" says, staff are tired.")
    assert words_of(read(file)) == "As the second chapter says, staff are tired."


def test_a_word_file_that_says_two_things_of_one_list_is_read_anyway() -> None:
    file = new_word_file()
    number_in(file.add_paragraph(sentence(1)), 123_456)
    number_in(file.add_paragraph(sentence(2)), 1, 77)
    based = file.styles.add_style("Round", WD_STYLE_TYPE.PARAGRAPH)
    based.element.append(parse_xml(f'<w:basedOn {nsdecls("w")} w:val="Round"/>'))
    file.add_paragraph(sentence(3), style="Round")
    said = words_of(read(file))
    assert all(sentence(number) in said for number in (1, 2, 3))


@pytest.mark.parametrize(("restart", "last"), [("", "(a)"), ('<w:lvlRestart {} w:val="0"/>', "(c)")])
def test_a_lower_level_starts_again_unless_the_list_says_that_it_goes_on(restart: str, last: str) -> None:
    file = new_word_file()
    num_id = add_list(file, ("decimal", "%1."), ("lowerLetter", "(%2)"))
    if restart:
        lower = file.part.numbering_part.element.findall(qn("w:abstractNum"))[0].findall(qn("w:lvl"))[1]
        lower.insert(1, parse_xml(restart.format(nsdecls("w"))))
    for number, level in enumerate((0, 1, 1, 0, 1)):
        number_in(file.add_paragraph(sentence(number)), num_id, level)
    assert words_of(read(file)).split("\n")[-1].split()[0] == last


@pytest.mark.parametrize("name", ["Überschrift 2", "Titre 1", "Título 3", "Kop 1", "Pennawd 2"])
def test_headings_of_programs_that_name_styles_in_their_language_are_places(name: str) -> None:
    file = new_word_file()
    style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    file.add_paragraph("Wards at night", style=style)
    file.add_paragraph(paragraph(1))
    assert places(read(file)) == ["Wards at night"]
