"""Read e-books (.epub): their chapters in order, which are web pages, and what the book says of itself."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import unquote

from bot.errors import UserError
from bot.library.blocks import Block, Content
from bot.library.metadata import year_in
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.encoding import decode
from bot.library.readers.file_type import DAMAGED
from bot.library.readers.html.page import parse_page
from bot.library.readers.html.source import drop_note_links, drop_unclosed
from bot.library.readers.markup import NOTES_HEADING, blocks_of_html
from bot.library.readers.packed import BROKEN, LOCKED, open_packed, parse_xml, read_bytes, read_field
from bot.models.library import SourceDetails

_PAGES = ("application/xhtml+xml", "text/html")
_NOTES = frozenset({"footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes"})
_SIGNS = frozenset({"noteref", "backlink", "pagebreak"})
"""What leads to a note or back from it, and the number of a page in print."""
_NOTES_TITLE = re.compile(r"(?:foot|end|rear)?notes", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_LISTS = frozenset({"toc", "landmarks", "page-list", "loi", "lot"})
_DISGUISED = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""How the fonts of a book are made useless elsewhere; its words are not locked by it."""


def read_epub(data: bytes) -> Content:
    """Return the blocks of an e-book, its notes at the end. Raises UserError for a bomb, a lock or a damaged file."""
    blocks: list[Block] = []
    notes: list[Block] = []
    try:
        with open_packed(data) as archive:
            if _is_locked(archive):
                raise UserError(LOCKED)
            path = parse_xml(read_bytes(archive, "META-INF/container.xml")).find(".//{*}rootfile").get("full-path")
            about = read_bytes(archive, path)
            for name in _chapters(about, posixpath.dirname(path)):
                text, apart = _parts_of_page(decode(read_bytes(archive, name)))
                said = blocks_of_html(text)
                is_headed = bool(notes or apart) and bool(said) and _is_notes_title(said[-1])  # with nothing under it
                blocks += said[:-1] if is_headed else said
                notes += [block for block in blocks_of_html(apart) if not _is_notes_title(block)]
    except (*BROKEN, AttributeError, TypeError):
        raise UserError(DAMAGED) from None
    heading = [Block("heading", NOTES_HEADING, 1)] if notes else []
    return Content(tidy_blocks([*blocks, *heading, *notes]), _details(about.decode("utf-8", "replace")))


def _is_locked(archive: zipfile.ZipFile) -> bool:
    """Say whether more than the fonts of a book are encrypted."""
    if "META-INF/encryption.xml" not in archive.namelist():
        return False
    ways = parse_xml(read_bytes(archive, "META-INF/encryption.xml")).xpath(
        "//*[local-name()='EncryptedData']/*[local-name()='EncryptionMethod']/@Algorithm"
    )
    return any(way not in _DISGUISED for way in ways)


def _is_notes_title(block: Block) -> bool:
    return block.kind == "heading" and _NOTES_TITLE.fullmatch(block.text) is not None


def _chapters(about: bytes, folder: str) -> Iterator[str]:
    """Return the names of the parts that are read one after another, without the list of contents."""
    package = parse_xml(about)
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    for place in package.iterfind("{*}spine/{*}itemref"):
        item = items.pop(place.get("idref"), None)  # each once
        is_page = item is not None and item.get("media-type") in _PAGES
        if item is not None and is_page and "nav" not in (item.get("properties") or "").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))


def _parts_of_page(page: str) -> tuple[str, str]:
    """Return a chapter's text and its notes, both as HTML; a list of contents is in neither."""
    from lxml import html  # type: ignore[import-untyped]

    page = _CDATA.sub(lambda match: escape(match[1]), page)  # in these pages it is text
    # A sign leads to a note by its link, and to the place in the text that the note was taken from.
    root = parse_page(drop_note_links(drop_unclosed(page)))
    if root is None:
        return page, ""
    apart: list[str] = []
    for element in [each for each in root.iter() if _kinds_of(each) & _SIGNS]:
        element.drop_tree()
    inside = dict.fromkeys(each for each in root.iter() if _kinds_of(each) & (_NOTES | _LISTS))
    for element in [each for each in inside if not any(around in inside for around in each.iterancestors())]:
        if _kinds_of(element) & _NOTES:
            apart.append(html.tostring(element, encoding="unicode", with_tail=False))
        element.clear(keep_tail=True)
    return html.tostring(root, encoding="unicode"), "".join(apart)


def _kinds_of(element: Any) -> set[str]:
    said = f"{element.get('epub:type') or ''} {element.get('role') or ''}" if isinstance(element.tag, str) else ""
    return {kind.removeprefix("doc-") for kind in said.lower().split()}


def _details(about: str) -> SourceDetails:
    title = read_field(about, "title")
    return SourceDetails(
        title="" if title.lower().startswith("unknown") else title,
        publisher=read_field(about, "publisher"),
        year=year_in(read_field(about, "date")),
        licence=read_field(about, "rights"),
    )
