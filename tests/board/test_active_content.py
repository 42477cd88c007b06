"""A template that runs or fetches something is refused, in whichever part and under whichever prefix it hides that."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.board.html import board_files
from bot.board.template import open_template
from bot.errors import UserError
from tests.board.packages import OFFICE, PARTS, STRICT, WORD, add_part, field, plain, relate, with_story, zipped
from tests.board.sources import source
from tests.examples import examples

DDE = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'
PRESSED = "https://example.org/"
HARMLESS = (
    "PAGE",
    "numpages \\* MERGEFORMAT",
    'STYLEREF "Heading 1"',
    'DATE \\@ "d MMMM yyyy"',
    "TITLE",
    "PAGE\\*Arabic",
)
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
VIDEO = "http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing"
PANES = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
RIBBON = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
STORIES = sorted(PARTS)


def simple(instruction: str, prefix: str = "w") -> str:
    return f"<w:p><{prefix}:fldSimple {prefix}:instr='{instruction}'/></w:p>"


def refuse(parts: dict[str, bytes], told: str) -> None:
    with pytest.raises(UserError, match=told):
        open_template(zipped(parts))


@pytest.mark.parametrize("instruction", HARMLESS)
def test_the_fields_of_an_ordinary_header_and_footer_pass(instruction: str) -> None:
    inner = field(instruction[:2], instruction[2:]) + simple(instruction)
    template = zipped(with_story(inner, root="ftr"))
    assert open_template(template) is not None
    paper = next(file.content for file in board_files(source(), template) if file.name.endswith(".docx"))
    assert Document(io.BytesIO(paper)).paragraphs


@pytest.mark.sampled(9)
@pytest.mark.parametrize("root", STORIES)
@pytest.mark.parametrize(
    "instruction", [DDE, "LINK Excel.Sheet.8 C:\\\\a.xls", 'INCLUDEPICTURE "http://x/a"', "MACROBUTTON a"]
)
def test_every_other_field_is_refused_by_its_name_in_every_part(root: str, instruction: str) -> None:
    name = instruction.split()[0]
    refuse(with_story(field(instruction), root=root), name)
    refuse(with_story(field(instruction[:3], instruction[3:5], instruction[5:]), root=root), name)
    refuse(with_story(simple(instruction.replace('"', "&quot;")), root=root), name)


def test_a_field_in_the_text_that_is_taken_out_is_refused_too() -> None:
    parts = plain()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", f"<w:body>{field(DDE)}".encode())
    refuse(parts, "DDEAUTO")


@settings(max_examples=examples(40), deadline=None)
@given(
    st.sampled_from(["DDEAUTO", "DDE", "LINK", "INCLUDETEXT", "INCLUDEPICTURE", "IF", "TOC", "DATABASE", "PAGEX"]),
    st.lists(st.integers(0, 20), max_size=6),
    st.sampled_from(["a", "w14", "\u03c9"]),
    st.sampled_from([WORD, STRICT]),
    st.sampled_from(["utf-8", "utf-16"]),
    st.sampled_from(["instrText", "delInstrText", "t"]),
    st.booleans(),
)
def test_no_prefix_cut_or_encoding_hides_a_field(
    name: str, cuts: list[int], prefix: str, space: str, encoding: str, tag: str, upper: bool
) -> None:
    words = f" {name if upper else name.lower()} 'c:\\\\x' "
    places = [0, *sorted(cuts), len(words)]
    pieces = [words[start:end] for start, end in pairwise(places)]
    inner = field(*pieces, tag=f"w:{tag}").replace("w:", f"{prefix}:")
    inner = f'<{prefix}:sdt xmlns:{prefix}="{space}">{inner}</{prefix}:sdt>'
    refuse(with_story(inner, encoding=encoding, name="header9.bin"), name)


def test_a_name_that_another_field_gives_or_that_stands_outside_any_is_refused() -> None:
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    nested = f"<w:p>{begin}{field('TITLE')[5:-6]}{code.format(' x')}{end}</w:p>"
    refuse(with_story(nested), "field")
    joined = f"<w:p>{begin}{code.format('PAGE')}{field('TITLE')[5:-6]}{end}</w:p>"
    refuse(with_story(joined), "field")
    refuse(with_story(f"<w:p>{code.format(DDE)}</w:p>"), "DDEAUTO")
    refuse(with_story(f"<w:p>{begin}{code.format(DDE)}</w:p>"), "DDEAUTO")
    refuse(with_story(f"<w:p>{begin}<w:r><w:t>PAGE </w:t></w:r>{code.format(DDE)}{end}</w:p>"), "DDEAUTO")
    refuse(with_story(f"<w:p>{begin}{end}</w:p>"), "field")
    refuse(with_story(field("<![CDATA[<@everyone>]]>")), "field without a name")


@pytest.mark.parametrize(
    ("root", "inner", "told"),
    [
        ("settings", "<w:mailMerge><w:connectString w:val='x'/></w:mailMerge>", "mail merge"),
        ("settings", "<w:saveThroughXslt w:solutionID='x'/>", "somewhere else"),
        ("hdr", "<w:altChunk r:id='r9'/>", "another file"),
        ("hdr", "<w:subDoc r:id='r9'/>", "another file"),
        ("hdr", "<w:p><w:r><w:object/></w:r></w:p>", "embedded objects"),
        ("hdr", "<w:p><w:r><w:control w:name='x'/></w:r></w:p>", "embedded objects"),
        ("hdr", "<o:OLEObject xmlns:o='urn:schemas-microsoft-com:office:office' Type='Link'/>", "embedded objects"),
        ("hdr", "<w:ffData><w:entryMacro w:val='AutoOpen'/></w:ffData>", "macros"),
        ("hdr", "<v:imagedata src='http://example.org/a.png'/>", "somewhere else"),
        ("hdr", "<v:fill src='\\\\example.org\\a.png'/>", "somewhere else"),
        ("hdr", f"<x:webVideoPr xmlns:x='{VIDEO}' embeddedHtml='&lt;iframe&gt;'/>", "somewhere else"),
    ],
)
def test_what_runs_or_fetches_without_being_a_field_is_refused(root: str, inner: str, told: str) -> None:
    refuse(with_story(inner, root=root), told)


def test_an_external_relationship_is_refused_unless_a_person_presses_it() -> None:
    for of in ("word/document.xml", "word/styles.xml", ""):
        for kind in ("image", "oleObject", "frame", "subDocument", "mailMergeSource", "attachedTemplate", "header"):
            parts = plain()
            relate(parts, kind, "https://example.org/a", of=of, mode="External")
            refuse(parts, "somewhere else")
    for target in ("file://example.org/a", "\\\\example.org\\a", "ms-msdt:/id", "javascript:x", "search-ms:a"):
        parts = plain()
        relate(parts, "hyperlink", target, mode="External")
        refuse(parts, "link")
    for target in (PRESSED, "mailto:board@example.org"):
        parts = plain()
        relate(parts, "hyperlink", target, mode="External")
        assert open_template(zipped(parts)) is not None


def test_a_link_to_press_is_not_a_way_to_fetch_a_picture() -> None:
    for used in (f"<a:blip xmlns:a='{DRAWING}' r:link='rEvil0'/>", "<v:imagedata r:href='rEvil0'/>"):
        parts = with_story(used)
        relate(parts, "hyperlink", PRESSED, of="word/evil.xml", mode="External")
        refuse(parts, "somewhere else")
    parts = with_story("<w:p><w:hyperlink r:id='rEvil0'><w:r><w:t>Us</w:t></w:r></w:hyperlink></w:p>")
    relate(parts, "hyperlink", PRESSED, of="word/evil.xml", mode="External")
    assert open_template(zipped(parts)) is not None


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("aFChunk", "text/html"),
        ("oleObject", "application/vnd.openxmlformats-officedocument.oleObject"),
        ("package", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("control", "application/vnd.ms-office.activeX+xml"),
        ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "application/vnd.ms-office.vbaProject"),
        (RIBBON, "application/xml"),
        (PANES, "application/vnd.ms-office.webextensiontaskpanes+xml"),
        ("video", "video/mp4"),
    ],
)
def test_a_part_that_no_paper_needs_is_refused_under_any_file_name(kind: str, content_type: str) -> None:
    parts = plain()
    add_part(parts, kind, "harmless.dat", b"<html xmlns='x'/>", content_type)
    refuse(parts, "The template has|gets")
    parts = plain()
    parts |= {"harmless.dat": b"<x/>"}
    types = parts["[Content_Types].xml"]
    override = f'<Override PartName="/harmless.dat" ContentType="{content_type}"/></Types>'.encode()
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override)
    relate(parts, kind, "harmless.dat", of="")
    refuse(parts, "The template has|gets")


@pytest.mark.parametrize(
    "drawn",
    [
        "<image href='http://example.org/a'/>",
        "<image xmlns:x='http://www.w3.org/1999/xlink' x:href='//example.org/a'/>",
        "<script>1</script>",
        "<style>@import 'http://example.org/a'</style>",
        "<rect style='fill: url( http://example.org/a#b)'/>",
    ],
)
def test_a_drawing_that_fetches_is_refused_and_a_logo_is_not(drawn: str) -> None:
    for content_type in ("image/svg+xml", "image/png"):
        parts = plain()
        svg = f"<svg xmlns='http://www.w3.org/2000/svg'>{drawn}</svg>".encode()
        add_part(parts, "image", "media/logo.svg", svg, content_type)
        refuse(parts, "somewhere else")
    parts = plain()
    logo = b"<svg xmlns='http://www.w3.org/2000/svg'><rect fill='url(#a)'/><use href='#b'/></svg>"
    add_part(parts, "image", "media/logo.svg", logo, "image/svg+xml")
    assert open_template(zipped(parts)) is not None


def test_a_part_with_a_document_type_is_refused_as_broken() -> None:
    parts = with_story("")
    hidden = f'<!DOCTYPE x [<!ENTITY e "DDEAUTO x">]><w:hdr xmlns:w="{WORD}">{field("&e;")}</w:hdr>'
    refuse(parts | {"word/evil.xml": hidden.encode()}, "can’t be read")
    refuse(parts | {"word/evil.xml": b"<not"}, "can’t be read")


def test_a_template_of_another_organisation_with_all_that_word_writes_passes() -> None:
    parts = with_story("<w:p/>", root="glossaryDocument", name="glossary/document.xml")
    office = "http://schemas.microsoft.com/office"
    for number, kind in enumerate(("customXml", "endnotes", f"{office}/2011/relationships/people", "webSettings")):
        add_part(parts, kind, f"more{number}.xml", b"<x/>", "application/xml")
    add_part(
        parts, "font", "fonts/font1.odttf", b"\0\1", "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    )
    assert OFFICE.encode() in parts["word/_rels/document.xml.rels"]
    assert open_template(zipped(parts)) is not None
