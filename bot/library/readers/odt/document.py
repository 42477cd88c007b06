"""Read OpenDocument texts (.odt), as LibreOffice, Word and GOV.UK write them."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any

from bot.errors import UserError
from bot.library.blocks import Content
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.figures import write_formula
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
from bot.library.readers.markup import BOX, LOWEST_HEADING, NOTES_HEADING, blocks_of_html, mark_label
from bot.library.readers.odt.styles import OFFICE, OUTLINE, STYLE, TABLE, TEXT, Numbers, Styles
from bot.library.readers.packed import BROKEN, LOCKED, open_packed, parse_xml, read_bytes, read_field, read_part
from bot.models.library import SourceDetails

_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_SPANS = (f"{TEXT}span", f"{TEXT}a")
_BLOCKS = (*_PARAGRAPHS, f"{TEXT}list", f"{TABLE}table")
_NOT_SEEN = (
    *(f"{TEXT}{name}" for name in ("tracked-changes", "table-of-content", "illustration-index", "table-index")),
    *(f"{TEXT}{name}" for name in ("object-index", "user-index", "alphabetical-index", "hidden-text", "ruby-text")),
    *(f"{TEXT}placeholder", f"{TEXT}hidden-paragraph", f"{OFFICE}annotation", f"{OFFICE}forms"),
    *(f"{TEXT}number", "{*}desc", "{*}title", "{*}covered-table-cell"),
)
_LISTS = f".//{TEXT}list"
_BOX = f"{TABLE}box"
"""What a table of one column is renamed to."""
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LINE_END = "\u2028"
USUAL_HALF_POINTS = 24
_BOLD = ("bold", "600", "700", "800", "900")
_Look = list[tuple[Any, str]]
"""The elements whose styles set a text, the nearest first, each with the family of its style."""


def read_odt(data: bytes) -> Content:
    """Return the blocks of an OpenDocument text, its notes at the end. Raises UserError as for Word files."""
    try:
        with open_packed(data) as archive:
            if "encryption-data" in read_part(archive, "META-INF/manifest.xml"):
                raise UserError(LOCKED)
            parts = [name for name in ("content.xml", "styles.xml") if name in archive.namelist()]
            roots = [parse_xml(read_bytes(archive, name)) for name in parts]
            _write_formulas(roots[0], archive)
            html = _Text(roots[0].find(f"{OFFICE}body/{OFFICE}text"), Styles(roots)).html()
            details = _details(archive)
    except (*BROKEN, AttributeError, IndexError):
        raise UserError(DAMAGED) from None
    return Content(tidy_blocks(blocks_of_html(html)), details)


def _write_formulas(root: Any, archive: zipfile.ZipFile) -> None:
    """Put each formula, which is a part of its own, where it is seen."""
    names, written = set(archive.namelist()), dict[str, str]()
    for element in root.iter("{*}object"):
        links = (said for name, said in element.attrib.items() if name.endswith("}href"))
        name = f"{next(links, '').removeprefix('./')}/content.xml"
        if name in names:
            if name not in written:
                formula = parse_xml(read_bytes(archive, name))
                written[name] = write_formula(formula) if str(formula.tag).endswith("}math") else ""
            element.text = written[name]


def _details(archive: zipfile.ZipFile) -> SourceDetails:
    meta = read_part(archive, "meta.xml")
    named = (read_field(meta, "publisher"), read_field(meta, "creator"), read_field(meta, "initial-creator"))
    return SourceDetails(title=read_field(meta, "title"), publisher=next(filter(None, named), ""))


class _Text:
    """Turns the text of one file into simple HTML: what is not seen goes first, then headings are told from text."""

    def __init__(self, body: Any, styles: Styles) -> None:
        self._body, self._styles, self._numbers = body, styles, Numbers(styles)
        self._notes: list[Any] = []
        self._levels: dict[Any, int] = {}
        self._usual = 0
        self._list_styles: dict[str, str] = {}
        self._last_list = ""

    def html(self) -> str:
        """Return the whole text, with its notes behind it."""
        self._drop_unseen()
        self._move_out()
        self._open_boxes()
        self._usual = self._usual_half_points()
        paragraphs = [self._read(element) for element in self._body.iter(*_PARAGRAPHS)]
        has_title = any(is_title(self._styles.names(each.element)) for each in paragraphs)
        self._levels = heading_levels(paragraphs, above=1 if has_title else 0)
        notes = "".join(f"<li>{self._inside(note)}</li>" for note in self._notes)
        return self._inside(self._body) + (f"<h1>{NOTES_HEADING}</h1><ol>{notes}</ol>" if notes else "")

    def _drop_unseen(self) -> None:
        styles = self._styles
        for element in list(self._body.iter(*_NOT_SEEN)):
            element.clear(keep_tail=True)
        for element in list(self._body.iter(*_PARAGRAPHS, f"{TEXT}span", f"{TEXT}section")):
            family = {"span": "text", "section": "section"}.get(element.tag.removeprefix(TEXT), "paragraph")
            said = element.get(f"{TEXT}display") or styles.says([(element, family)], "display", TEXT)
            if said == "none" or is_listed(styles.names(element)):
                element.clear(keep_tail=True)
        for field in list(self._body.iter("{*}content-control")):
            if any(name.endswith("}showing-place-holder") and said == "true" for name, said in field.attrib.items()):
                field.clear(keep_tail=True)

    def _move_out(self) -> None:
        """Keep notes for the end, and put the paragraphs of a box before the one that it hangs on."""
        for note in list(self._body.iter(f"{TEXT}note")):
            self._notes += note.findall(f"{TEXT}note-body")
            note.clear(keep_tail=True)
        for element in list(self._body.iter(*_BLOCKS)):
            around = next(element.iterancestors(*_BLOCKS), None)
            if around is not None and around.tag in _PARAGRAPHS:
                element.tail = None
                around.addprevious(element)

    def _open_boxes(self) -> None:
        """Take a table of one column for what it is: a frame around text, in the order of its cells."""
        for table in reversed(list(self._body.iter(f"{TABLE}table"))):
            parts = [each for each in table.iter("{*}table-row", "{*}table-cell") if _table_of(each) is table]
            rows = [
                [cell for cell in row if _has_words(cell) or cell.find(_LISTS) is not None]
                for row in parts
                if row.tag == f"{TABLE}table-row"
            ]
            if all(len(row) <= 1 for row in rows):
                for each in (table, *parts):
                    each.tag = _BOX if each is table else f"{TEXT}section"

    def _usual_half_points(self) -> int:
        sizes: Counter[int] = Counter()
        for element in self._body.iter(*_PARAGRAPHS):
            for words, look in self._pieces(element, [(element, "paragraph")]):
                sizes[self._half_points(look)] += len(words)
        return find_usual_size(sizes)

    def _read(self, element: Any) -> Paragraph:
        around = next(element.iterancestors(f"{TEXT}list", f"{TABLE}table"), None)
        is_in_table = around is not None and around.tag == f"{TABLE}table"
        return read_paragraph(
            element,
            self._pieces(element, [(element, "paragraph")]),
            level=self._styles.level(element),
            listed=around is not None,
            is_heavy=self._is_heavy,
            half_points=None if is_in_table or is_caption(self._styles.names(element)) else self._half_points,
        )

    def _is_heavy(self, look: _Look) -> bool:
        """Say whether a text is bold or large, or underlined without being a link."""
        if self._styles.says(look, "font-weight") in _BOLD or is_large(self._half_points(look), self._usual):
            return True
        is_link = any(element.tag == f"{TEXT}a" for element, _ in look)
        return not is_link and self._styles.says(look, "text-underline-style", STYLE) not in ("", "none")

    def _half_points(self, look: _Look) -> int:
        said = self._styles.says(look, "font-size").removesuffix("pt")
        return int(2 * float(said)) if re.fullmatch(r"\d{1,4}(?:\.\d{1,9})?", said) else USUAL_HALF_POINTS

    def _pieces(self, element: Any, look: _Look) -> Iterator[tuple[str, _Look]]:
        """Return the words of a paragraph, each with the elements whose styles set it, the nearest first."""
        yield element.text or "", look
        for child in element:
            if child.tag in _SPANS:
                yield from self._pieces(child, [(child, "text"), *look])
            elif child.tag == f"{TEXT}line-break":
                yield _LINE_END, look
            elif child.tag in (f"{TEXT}s", f"{TEXT}tab"):
                yield " ", look
            elif isinstance(child.tag, str) and child.tag not in _BLOCKS:
                yield from self._pieces(child, look)
            yield child.tail or "", look

    def _inside(self, element: Any, style: str = "", level: int = -1) -> str:
        return "".join(self._block(child, style, level) for child in element if isinstance(child.tag, str))

    def _block(self, element: Any, style: str, level: int) -> str:
        """Return an element as HTML; ``style`` and ``level`` are those of the list that it is in."""
        if element.tag in _PARAGRAPHS:
            return self._paragraph(element, label="" if level >= 0 else self._heading_label(element))
        if element.tag == f"{TEXT}list":
            return self._list(element, element.get(f"{TEXT}style-name") or style, level + 1)
        if element.tag == _BOX:
            told = [each in self._levels for each in element.iter(*_PARAGRAPHS) if _has_words(each)]
            inside = self._inside(element)
            # A banner, which ends with a heading, is over what follows it.
            return f'<div {BOX}="1">{inside}</div>' if any(told) and not told[-1] else inside
        name = {"table": "table", "table-row": "tr", "table-cell": "td"}.get(element.tag.removeprefix(TABLE))
        inside = self._inside(element, *((style, level) if name is None else ()))
        return f"<{name}>{inside}</{name}>" if name else inside

    def _list(self, element: Any, style: str, level: int) -> str:
        continued = element.get(f"{TEXT}continue-list") or ""
        is_again = element.get(_ID) in self._list_styles  # a part of it in a shape
        if not level and continued:
            self._numbers.follow(style, self._list_styles.get(continued, self._last_list))
        elif not level and element.get(f"{TEXT}continue-numbering") != "true" and not is_again:
            self._numbers.begin(style)
        if not level:
            self._list_styles[element.get(_ID) or style] = self._last_list = style
        return "".join(self._item(item, style, level) for item in element if isinstance(item.tag, str))

    def _item(self, item: Any, style: str, level: int) -> str:
        parts = [child for child in item if isinstance(child.tag, str) and child.tag != f"{TEXT}number"]
        if not parts or parts[0].tag not in _PARAGRAPHS or item.tag != f"{TEXT}list-item":
            return f"<ul><li>{self._inside(item, style, level)}</li></ul>"
        first = parts[0]
        label = self._numbers.next_label(style, level, item.get(f"{TEXT}start-value"))
        rest = "".join(self._block(child, style, level) for child in parts[1:])
        if first in self._levels or label == "":
            return self._paragraph(first, label or "") + rest
        return f"<ul><li>{self._paragraph(first, mark_label(label) if label else '')}{rest}</li></ul>"

    def _heading_label(self, element: Any) -> str:
        level = self._styles.level(element) if element.tag == f"{TEXT}h" else None
        if level is None or element not in self._levels or element.get(f"{TEXT}is-list-header") == "true":
            return ""
        return self._numbers.next_label(OUTLINE, level - 1) or ""

    def _paragraph(self, element: Any, label: str) -> str:
        level = self._levels.get(element, 1 if is_title(self._styles.names(element)) else 0)
        tag = f"h{min(level, LOWEST_HEADING)}" if level else "p"
        words = "".join(self._marked(piece, look) for piece, look in self._pieces(element, [(element, "paragraph")]))
        return f"<{tag}>{label}{' ' if label and level else ''}{words}</{tag}>"

    def _marked(self, piece: str, look: _Look) -> str:
        words = escape(piece).replace(_LINE_END, "<br>")
        is_raised = self._styles.says(look, "text-position", STYLE).startswith("super")
        return f"<sup>{words}</sup>" if words.strip() and is_raised else words


def _table_of(element: Any) -> Any:
    return next(element.iterancestors(f"{TABLE}table", _BOX), None)


def _has_words(element: Any) -> bool:
    return bool("".join(element.itertext()).strip())
