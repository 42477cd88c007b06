"""Write into a Word file's text what Word only shows: numbers, headings by their look, and no hidden words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.library.readers.docx_numbering import Numbering
from bot.library.readers.docx_plain import MC, append_text, make_plain, properties_of
from bot.library.readers.docx_styles import Styles, W
from bot.library.readers.markup import LOWEST_HEADING, mark_label
from bot.library.readers.text import BULLET, is_heading_like

TITLE_STYLE, HEADING_STYLE = "WardTitle", "WardHeading{}"
"""Styles of our own, which no file has; readers of the rewritten file go by these."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_KEPT = (".xml", ".rels")
_ROOTS = tuple(f"{W}{name}" for name in ("document", "footnotes", "endnotes"))
_SEEN = (f"{W}t", f"{W}sym", f"{W}noBreakHyphen")
_CAPTION = re.compile(r"(?:figure|fig\.?|table|chart|photo(?:graph)?|image|source|note)\b", re.IGNORECASE)
_LISTED = re.compile(r"toc \d|toc heading|table of figures|index \d")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with its visible text. ``bold_size`` is its type's in half points where all of it is bold, else 0."""

    element: Any
    text: str
    level: int | None
    listed: bool
    bold_size: int


def rewrite_as_seen(archive: zipfile.ZipFile) -> bytes:
    """Return a Word file of the same words, in which hidden text is gone and numbers and headings are plain to read.

    Pictures and other binary parts are left out. Raises lxml's XMLSyntaxError or zipfile's errors for a damaged part.
    """
    styles = Styles(_root(archive, "word/styles.xml"))
    numbering = Numbering(_root(archive, "word/numbering.xml"), styles)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as rewritten:
        for name in dict.fromkeys(archive.namelist()):
            if name.endswith(_KEPT):
                rewritten.writestr(name, _rewrite_part(name, archive.read(name), styles, numbering))
    return file.getvalue()


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
    return _parse(archive.read(name)) if name in archive.namelist() else None


def _parse(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(data.replace(_STRICT, W.strip("{}").encode()), parser)


def _mark(root: Any, styles: Styles, numbering: Numbering) -> None:
    """Give headings a style of ours, and write the numbers of numbered paragraphs before their text."""
    labels: dict[Any, str] = {}
    paragraphs: list[_Paragraph] = []
    for element in _paragraphs(root):
        place = numbering.place_of(element)
        label = numbering.next_label(*place) if place and not _is_deleted(element) else None
        if label is not None:
            labels[element] = label
        paragraphs.append(_read(element, styles, listed=place is not None))
    has_title = any(_is_title(styles.names(paragraph.element)) for paragraph in paragraphs)
    levels = _heading_levels(paragraphs, above=1 if has_title else 0)
    for paragraph in paragraphs:
        element, level = paragraph.element, levels.get(paragraph.element)
        is_title = _is_title(styles.names(element))
        if is_title and level is None:
            _set_style(element, TITLE_STYLE)
        elif level is not None:
            _set_style(element, HEADING_STYLE.format(level))
        if element in labels:
            _write_label(element, labels[element], is_item=level is None and not is_title)


def _is_title(names: Sequence[str]) -> bool:
    """Say whether a style, by its name and those that it is based on, is that of the title; of its fellows none is."""
    return "title" in names and names[0] not in ("subtitle", "author", "date")


def _paragraphs(root: Any) -> Iterator[Any]:
    """Return the paragraphs as they are read: of a drawing's two versions, only the one that the converter takes."""
    for element in root.iter(f"{W}p"):
        if not any(True for _ in element.iterancestors(f"{MC}Choice")):
            yield element


def _read(element: Any, styles: Styles, *, listed: bool) -> _Paragraph:
    runs = [run for run in element.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is element]
    seen = [(run, _run_text(run)) for run in runs if not _is_removed(run)]
    text = " ".join("".join(part for _, part in seen).split())
    weighty = [run for run, part in seen if any(char.isalnum() for char in part)]
    is_bold = bool(weighty) and all(styles.is_bold(run, element) for run in weighty)
    is_apart = not any(True for _ in element.iterancestors(f"{W}tc", f"{W}txbxContent"))
    is_candidate = is_bold and is_apart and _is_heading_like(text) and not _CAPTION.match(text)
    size = max((styles.half_points(run, element) for run in weighty), default=0)
    is_contents = any(_LISTED.fullmatch(name) for name in styles.names(element)[:1])
    level = None if is_contents else styles.heading_level(element)
    return _Paragraph(element, text, level, listed, size if is_candidate and not is_contents else 0)


def _heading_levels(paragraphs: Iterable[_Paragraph], *, above: int) -> dict[Any, int]:
    """Return the levels of the headings: those that say so, and below them the lines that are all bold."""
    visible = [paragraph for paragraph in paragraphs if paragraph.text]
    levels = {each.element: each.level for each in visible if each.level is not None}
    by_look = [each for index, each in enumerate(visible) if _looks_like_heading(visible, index)]
    sizes = sorted({each.bold_size for each in by_look}, reverse=True)
    above = max(above, *levels.values()) if levels else above
    for each in by_look:
        levels[each.element] = min(above + 1 + sizes.index(each.bold_size), LOWEST_HEADING)
    return levels


def _looks_like_heading(visible: Sequence[_Paragraph], index: int) -> bool:
    """Say whether a bold line leads to text that is not bold; one item of a list among others is none."""
    line, following = visible[index], visible[index + 1 :]
    if not line.bold_size or line.level is not None:
        return False
    is_in_list = bool(following) and (following[0].listed or BULLET.match(following[0].text) is not None)
    if is_in_list and (line.listed or line.text.endswith(":")):
        return False
    led_to = next((each for each in following if not each.bold_size or each.level is not None), None)
    return led_to is not None and led_to.level is None and len(led_to.text.split()) > 3


def _is_heading_like(text: str) -> bool:
    """A bold line may end with a colon; only one before a list leads to its items."""
    return is_heading_like(text.rstrip(" :") or text)


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
