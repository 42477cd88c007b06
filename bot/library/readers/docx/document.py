"""Read Word files (.docx) as Word shows them: with numbers of lists, headings by their look, and no hidden words."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.errors import UserError
from bot.library.blocks import Content
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.docx.boxes import close_boxes, is_edge, mark_edges, open_boxes
from bot.library.readers.docx.numbering import Numbering
from bot.library.readers.docx.plain import MC, append_text, make_plain, properties_of
from bot.library.readers.docx.styles import Styles, W, value
from bot.library.readers.file_type import DAMAGED
from bot.library.readers.headings import (
    Paragraph,
    find_usual_size,
    heading_levels,
    is_caption,
    is_large,
    is_listed,
    is_title,
    read_paragraph,
)
from bot.library.readers.markup import LOWEST_HEADING, NOTES_HEADING, blocks_of_html, mark_label
from bot.library.readers.packed import BROKEN, open_packed, parse_xml, read_bytes, read_field, read_part, repack
from bot.models.library import SourceDetails

TITLE_STYLE, HEADING_STYLE = "WardTitle", "WardHeading{}"
"""Styles of our own, which no file has; readers of the rewritten file go by these."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_KEPT = (".xml", ".rels")
_ROOTS = tuple(f"{W}{name}" for name in ("document", "footnotes", "endnotes"))
_SEEN = (f"{W}t", f"{W}sym", f"{W}noBreakHyphen")
# Word's lists of contents are for pages that excerpts do not have; its titles are headings that mammoth takes for text.
STYLES = f"""
p.{TITLE_STYLE} => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='TOC Heading'] => !
p[style-name='table of figures'] => !
""" + "\n".join(f"p.{HEADING_STYLE.format(level)} => h{level}:fresh" for level in range(1, LOWEST_HEADING + 1))
_BACK_LINK = re.compile(r'<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>')
_NOTES = re.compile(r'<ol>(?=<li id="(?:foot|end)note-)')


def read_docx(data: bytes) -> Content:
    """Return the blocks of a Word file.

    Its footnotes are at the end. Raises UserError for a bomb or a damaged file.
    """
    # It is needed with the first Word file only.
    import mammoth

    try:
        with open_packed(data) as archive:
            details = _details(archive)
            seen = _rewrite(archive)
        html: str = mammoth.convert_to_html(
            io.BytesIO(seen), style_map=STYLES, convert_image=mammoth.images.img_element(lambda _image: {})
        ).value
    except BROKEN:
        raise UserError(DAMAGED) from None
    html = _NOTES.sub(f"<h1>{NOTES_HEADING}</h1><ol>", _BACK_LINK.sub("", mark_edges(html)), count=1)
    return Content(tidy_blocks(blocks_of_html(html)), details)


def _details(archive: zipfile.ZipFile) -> SourceDetails:
    core, app = read_part(archive, "docProps/core.xml"), read_part(archive, "docProps/app.xml")
    named = (
        read_field(core, "publisher"),
        read_field(app, "Company"),
        read_field(core, "creator"),
    )  # any of them may be empty
    return SourceDetails(title=read_field(core, "title"), publisher=next(filter(None, named), ""))


def _rewrite(archive: zipfile.ZipFile) -> bytes:
    """Return a Word file of the same words, in which hidden text is gone and numbers and headings are plain to read.

    Pictures and other binary parts are left out. Raises lxml's XMLSyntaxError or zipfile's errors for a damaged part.
    """
    styles = Styles(_root(archive, "word/styles.xml"))
    numbering = Numbering(_root(archive, "word/numbering.xml"), styles)
    return repack(archive, lambda name, data: _rewrite_part(name, data, styles, numbering), kept=_KEPT)


def _rewrite_part(name: str, data: bytes, styles: Styles, numbering: Numbering) -> bytes:
    if not re.fullmatch(r"word/\w+\.xml", name) or not re.search(rb"<(?:\w+:)?(?:document|footnotes|endnotes)\b", data):
        return data
    # It is large, and needed with the first Word file only.
    from lxml import etree  # type: ignore[import-untyped]

    root = _parse(data)
    if root.tag not in _ROOTS:
        return data
    make_plain(root, styles)
    if root.tag == _ROOTS[0]:
        open_boxes(root, styles)
        _mark(root, styles, numbering)
    rewritten: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return rewritten


def _root(archive: zipfile.ZipFile, name: str) -> Any | None:
    return _parse(read_bytes(archive, name)) if name in archive.namelist() else None


def _parse(data: bytes) -> Any:
    return parse_xml(data.replace(_STRICT, W.strip("{}").encode()))


def _mark(root: Any, styles: Styles, numbering: Numbering) -> None:
    """Give headings a style of ours, and write the numbers of numbered paragraphs before their text."""
    labels: dict[Any, str] = {}
    paragraphs: list[Paragraph] = []
    usual = _usual_half_points(root, styles)
    for element in _paragraphs(root):
        place = numbering.place_of(element)
        label = numbering.next_label(*place) if place and not _is_deleted(element) else None
        if label is not None:
            labels[element] = label
        paragraphs.append(_read(element, styles, usual, listed=place is not None))
    has_title = any(is_title(styles.names(paragraph.element)) for paragraph in paragraphs)
    levels = heading_levels(paragraphs, above=1 if has_title else 0)
    close_boxes(root, levels)
    for paragraph in paragraphs:
        element, level = paragraph.element, levels.get(paragraph.element)
        titled = is_title(styles.names(element))
        if titled and level is None:
            _set_style(element, TITLE_STYLE)
        elif level is not None:
            _set_style(element, HEADING_STYLE.format(level))
        if element in labels:
            _write_label(element, labels[element], is_item=level is None and not titled)


def _paragraphs(root: Any) -> Iterator[Any]:
    """Return the paragraphs as they are read: of a drawing's two versions, only the one that the converter takes."""
    for element in root.iter(f"{W}p"):
        if not is_edge(element) and not any(True for _ in element.iterancestors(f"{MC}Choice")):
            yield element


def _usual_half_points(root: Any, styles: Styles) -> int:
    sizes: Counter[int] = Counter()
    for element in _paragraphs(root):
        for words, run in _seen_runs(element):
            sizes[styles.half_points(run, element)] += len(words)
    return find_usual_size(sizes)


def _seen_runs(element: Any) -> list[tuple[str, Any]]:
    """Return the runs of a paragraph that are seen, each with its text."""
    runs = (run for run in element.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is element)
    return [(_run_text(run), run) for run in runs if not _is_removed(run)]


def _read(element: Any, styles: Styles, usual: int, *, listed: bool) -> Paragraph:
    names = styles.names(element)
    is_contents = is_listed(names)
    could_head = not is_contents and not is_caption(names)
    could_head = could_head and not any(True for _ in element.iterancestors(f"{W}tc", f"{W}txbxContent"))
    return read_paragraph(
        element,
        _seen_runs(element),
        level=None if is_contents else styles.heading_level(element),
        listed=listed,
        is_heavy=lambda run: (
            styles.is_bold(run, element) or _is_underlined(run) or is_large(styles.half_points(run, element), usual)
        ),
        half_points=(lambda run: styles.half_points(run, element)) if could_head else None,
    )


def _is_underlined(run: Any) -> bool:
    """Say whether a run itself is underlined; links are by their style."""
    return value(run.find(f"{W}rPr/{W}u")) not in (None, "none")


def _run_text(run: Any) -> str:
    return "".join((each.text or "") if each.tag == _SEEN[0] else " " for each in run if each.tag in _SEEN)


def _is_removed(run: Any) -> bool:
    return any(True for _ in run.iterancestors(f"{W}del", f"{W}moveFrom"))


def _is_deleted(element: Any) -> bool:
    """Say whether the end of a paragraph was deleted or hidden: Word does not count it, and joins it to the next."""
    return any(element.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in ("del", "vanish"))


def _set_style(element: Any, name: str) -> None:
    properties = properties_of(element)
    for tag in ("pStyle", "numPr"):
        for each in properties.findall(f"{W}{tag}"):
            properties.remove(each)
    style = properties.makeelement(f"{W}pStyle", {f"{W}val": name})
    properties.insert(0, style)


def _write_label(element: Any, label: str, *, is_item: bool) -> None:
    """Write a number before a paragraph's text: as the marker of an item, or as words of a heading."""
    properties = properties_of(element)
    if is_item and not label:
        # It is in a list that shows nothing before it, so it is a paragraph like others.
        numbers = properties.findall(f"{W}numPr")
        for each in numbers:
            properties.remove(each)
        return
    if label:
        run = element.makeelement(f"{W}r")
        append_text(run, mark_label(label) if is_item else f"{label} ")
        element.insert(element.index(properties) + 1, run)
