"""Write into a Word file's text what Word only shows: numbers, headings by their look, and no hidden words."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from bot.library.readers.docx_numbering import Numbering
from bot.library.readers.docx_plain import MC, append_text, make_plain, properties_of
from bot.library.readers.docx_styles import Styles, W, value
from bot.library.readers.headings import Paragraph, could_be_heading, heading_levels, is_title
from bot.library.readers.markup import mark_label
from bot.library.readers.packed import parse_xml, read_bytes, repack

TITLE_STYLE, HEADING_STYLE = "WardTitle", "WardHeading{}"
"""Styles of our own, which no file has; readers of the rewritten file go by these."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_KEPT = (".xml", ".rels")
_ROOTS = tuple(f"{W}{name}" for name in ("document", "footnotes", "endnotes"))
_SEEN = (f"{W}t", f"{W}sym", f"{W}noBreakHyphen")
_LISTED = re.compile(r"toc \d|toc heading|table of figures|index \d")


def rewrite_as_seen(archive: zipfile.ZipFile) -> bytes:
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
    for element in _paragraphs(root):
        place = numbering.place_of(element)
        label = numbering.next_label(*place) if place and not _is_deleted(element) else None
        if label is not None:
            labels[element] = label
        paragraphs.append(_read(element, styles, listed=place is not None))
    has_title = any(is_title(styles.names(paragraph.element)) for paragraph in paragraphs)
    levels = heading_levels(paragraphs, above=1 if has_title else 0)
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
        if not any(True for _ in element.iterancestors(f"{MC}Choice")):
            yield element


def _read(element: Any, styles: Styles, *, listed: bool) -> Paragraph:
    runs = [run for run in element.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is element]
    seen = [(run, _run_text(run)) for run in runs if not _is_removed(run)]
    text = " ".join("".join(part for _, part in seen).split())
    weighty = [run for run, part in seen if any(char.isalnum() for char in part)]
    is_bold = bool(weighty) and all(styles.is_bold(run, element) or _is_underlined(run) for run in weighty)
    is_apart = not any(True for _ in element.iterancestors(f"{W}tc", f"{W}txbxContent"))
    is_candidate = is_bold and is_apart and could_be_heading(text)
    size = max((styles.half_points(run, element) for run in weighty), default=0)
    is_contents = any(_LISTED.fullmatch(name) for name in styles.names(element)[:1])
    level = None if is_contents else styles.heading_level(element)
    return Paragraph(element, text, level, listed, size if is_candidate and not is_contents else 0)


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
