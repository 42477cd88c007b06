"""Read web pages that were saved, as HTML or as one file with their parts (.mhtml), without fetching anything."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import Message
from email.parser import BytesParser
from email.policy import default
from typing import Any

from bot.errors import UserError
from bot.library.blocks import Block, Content
from bot.library.metadata import year_in
from bot.library.readers.contents import drop_linked_contents, tidy_blocks
from bot.library.readers.data_files import MAIL
from bot.library.readers.encoding import decode
from bot.library.readers.figures import write_raised
from bot.library.readers.html.linked_data import read_linked_data
from bot.library.readers.html.order import put_in_page_order
from bot.library.readers.html.page import drop_furniture, is_plain_document, main_part, parse_page, title_of
from bot.library.readers.html.source import drop_unclosed
from bot.library.readers.markup import blocks_and_links, blocks_of_html
from bot.library.report_title import is_part
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

FEWEST_WORDS = 20
"""A page with fewer words than this and with a program is one that loads its text later."""
FRAMES = (
    "The page shows its text in a frame. Open the frame on its own in your browser, save it as “Webpage, Single File” "
    "(.mhtml) or as PDF, then try again."
)
LOADED_LATER = (
    "The file holds no text yet: the page loads it when it’s open. Open the page in your browser, save it as "
    "“Webpage, Single File” (.mhtml) or as PDF, then try again."
)
_HOST = re.compile(r"https?://\S+|[a-z\d-]+(?:\.[a-z\d-]+)+")
"""An address, which is what is found where a page doesn’t name its site."""
_AUTHORS = re.compile(r"""<meta\b[^<>]*\bname=["']?author\b[^<>]*>""", re.IGNORECASE)
_DATES = re.compile(
    r"""<meta\b[^<>]{0,300}?\b(?:name|property|itemprop)=["']?[^"'<>]{0,60}?(?:date|publish|issued|created|updated)"""
    r"""[^<>]{0,400}>|<time\b[^<>]{0,300}>""",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"""<\w+\b[^<>]{0,300}?\b(?:class|id|itemprop|data-\w+)=["'][^"'<>]{0,100}?(?:date|publish|posted|time)"""
    r"""[^<>]{0,300}>[^<>]{0,80}""",
    re.IGNORECASE,
)
"""Where a page says when it was published, in its head or at its top."""
_CHANGED = re.compile(r"modified|updated|review|article:publisher|bday|dtstart", re.IGNORECASE)
_CONTENT = re.compile(r"""(?:content|datetime)=["']?\s*([^"'<>]{4,40})""", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:(?:this )?(?:page )?(?:first |last |next )?"
    r"(?:published|updated|reviewed|modified|posted|created|review)(?: (?:on|at|date|due))?:?|date:?)"
    r"[\s\d/.:,-]*(?:\d{1,2}(?:st|nd|rd|th)? )?(?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2}, )?\d{4}(?:[ ,T]+\d{1,2}[:.]\d\d.*)?"
    r"(?:\W+(?:see|show|view)\b.{0,40})?",
    re.IGNORECASE,
)
_OF_MAIL = ("To", "Cc", "Received", "Delivered-To", "Return-Path", "Message-ID", "In-Reply-To")


def read_html(text: str) -> Content:
    """Return the blocks of a page's main text; of the whole page if its main text can’t be told from the rest."""
    # It is large, so it loads with the first page.
    from lxml import html  # type: ignore[import-untyped]

    # The text is decoded already: what it says of its bytes no longer holds.
    page = _META.sub(lambda tag: "" if "charset" in tag[0].lower() else tag[0], drop_unclosed(text))
    root = parse_page(page)
    if root is None:
        return Content(tidy_blocks(blocks_of_html(page)), _details(page, ""))
    _raise_figures(root)
    seen = html.tostring(root, encoding="unicode")
    blocks = tidy_blocks([block for block in _blocks(root, seen) if not _is_date(block.text)])
    _refuse_empty(text, blocks)
    details = _details(page, title if (title := clean_line(title_of(root))) and not is_part(title) else "")
    said = read_linked_data(text)
    year = details.year or year_in(said.get("datePublished", ""))
    return Content(blocks, replace(details, publisher=details.publisher or said.get("publisher", ""), year=year))


def read_mhtml(data: bytes) -> Content:
    """Return the blocks of the page in the file; of the part with most words if the page itself only shows others.

    Raises UserError for a mail, and for a file without a page.
    """
    message = BytesParser(policy=default).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
    pages = _pages_of(message)
    if not pages or any(field in message for field in _OF_MAIL):
        raise UserError(MAIL)
    page, content = pages[0], _read_part(pages[0])
    if isinstance(content, UserError):
        others = [(part, read) for part in pages[1:] if not isinstance(read := _read_part(part), UserError)]
        if not others:
            raise content
        page, content = max(others, key=lambda other: sum(len(block.text) for block in other[1].blocks))
    address = page.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    title = content.details.title or str(message.get("Subject") or "")
    details = replace(content.details, title=title, address=content.details.address or str(address))
    return replace(content, details=details)


def _raise_figures(root: Any) -> None:
    """Write figures that are raised as such before anything else is read: two readers have to see the same words."""
    for element in root.iter("sup"):
        if len(element) == 0 and element.text:
            element.text = write_raised(element.text.strip())


def _is_date(text: str) -> bool:
    return all(_DATE_LINE.fullmatch(line.strip()) for line in text.split("\n"))


def _refuse_empty(text: str, blocks: Sequence[Block]) -> None:
    """Raise UserError for a page that only shows others, or whose text a program loads when it is open."""
    if sum(len(block.text.split()) for block in blocks) >= FEWEST_WORDS:
        return
    if re.search(r"<i?frame(?:set)?\b", text, re.IGNORECASE):
        raise UserError(FRAMES)
    if re.search(r"<script\b", text, re.IGNORECASE):
        raise UserError(LOADED_LATER)


def _blocks(root: Any, seen: str) -> Sequence[Block]:
    import trafilatura
    from lxml import html

    plain = is_plain_document(root)
    chosen = (
        None if plain else trafilatura.extract(seen, output_format="html", include_comments=False, favor_recall=True)
    )
    part, trusted = main_part(root)
    part = copy.deepcopy(part)
    if not plain:
        drop_furniture(part)
    shown = blocks_and_links(html.tostring(part, encoding="unicode", with_tail=False))
    blocks, linked = drop_linked_contents(*shown)
    if not chosen:
        text = [block for block, is_link in zip(blocks, linked, strict=True) if plain or not is_link]
        return text or blocks_of_html(seen)
    return put_in_page_order(blocks_of_html(chosen), blocks, linked, trusted=trusted)


def _details(page: str, title: str) -> SourceDetails:
    import trafilatura

    found: Any = trafilatura.extract_metadata(page, extensive=False)
    publisher = clean_line(found.sitename or "")
    return SourceDetails(
        title=title or clean_line(found.title or ""),
        publisher="" if _HOST.fullmatch(publisher) or _is_author(publisher, page, found.author or "") else publisher,
        year=_year_of(page, year_in(found.date or ""), found.url or ""),
        address=found.url or "",
        licence=clean_line(found.license or ""),
    )


def _is_author(name: str, page: str, found: str) -> bool:
    """Say whether what was found as the site’s name is that of the page’s author."""
    authors = " ".join([found, *_AUTHORS.findall(page)]).casefold()
    first = name.split("(")[0].strip().casefold()
    return bool(first) and (first in authors or re.search(r"\bby\b", first) is not None)


def _year_of(page: str, found: int | None, address: str) -> int | None:
    """Return the year in which a page says that it was published; other dates in it are those of what it tells."""
    tags = [match[0] for match in _DATES.finditer(page) if not _CHANGED.search(match[0])]
    dates = [match[1] for tag in tags if (match := _CONTENT.search(tag))]
    published = [year for date in dates if (year := year_in(date)) is not None]
    dated = (match[0] for match in _DATED.finditer(page) if not _CHANGED.search(match[0]))
    if found in published or f"/{found}/" in address or (found and any(str(found) in text for text in dated)):
        return found
    return published[0] if published else None


def _read_part(page: Message) -> Content | UserError:
    body = page.get_payload(decode=True)
    try:
        return read_html(decode(body if isinstance(body, bytes) else b"", page.get_content_charset() or ""))
    except UserError as error:
        return error


def _pages_of(message: Message) -> list[Message]:
    """Return the parts that are pages: first the one that is named as the first, or else that which comes first."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    return sorted(pages, key=lambda part: not (start and part.get("Content-ID") == start))
