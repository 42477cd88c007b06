"""Read a web page that was saved: its text in order, without what surrounds it, and without fetching anything."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from bot.errors import UserError
from bot.library.blocks import Block, Content
from bot.library.metadata import year_in
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.markup import blocks_and_links, blocks_of_html
from bot.library.readers.page import drop_furniture, is_plain_document, main_part, parse_page, title_of
from bot.library.readers.page_order import put_in_page_order
from bot.library.readers.unclosed import drop_unclosed
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
"""Not the name of anybody: what stands in where a page names no site."""
_AUTHORS = re.compile(r"""<meta\b[^<>]*\bname=["']?author\b[^<>]*>""", re.IGNORECASE)
_DATES = re.compile(
    r"""<meta\b[^<>]*(?:date|publish|issued|created|updated|modified)[^<>]*>|<time\b[^<>]*>""", re.IGNORECASE
)
_CHANGED = re.compile(r"modified|updated|review|article:publisher", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:(?:this )?(?:page )?(?:first |last |next )?"
    r"(?:published|updated|reviewed|modified|posted|created|review)(?: (?:on|at|date|due))?:?|date:?)"
    r"[\s\d/.:,-]*(?:\d{1,2}(?:st|nd|rd|th)? )?(?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2}, )?\d{4}(?:[ ,T]+\d{1,2}[:.]\d\d.*)?",
    re.IGNORECASE,
)


def read_html(text: str) -> Content:
    """Return the blocks of a page's main text; of the whole page where no main text can be told apart."""
    # It is large, so it loads with the first page.
    from lxml import html  # type: ignore[import-untyped]

    # The text is decoded already: what it says of its bytes no longer holds.
    page = _META.sub(lambda tag: "" if "charset" in tag[0].lower() else tag[0], drop_unclosed(text))
    root = parse_page(page)
    if root is None:
        return Content(tidy_blocks(blocks_of_html(page)), _details(page, ""))
    seen = html.tostring(root, encoding="unicode")
    blocks = tidy_blocks([block for block in _blocks(root, seen) if not _is_date(block.text)])
    _refuse_empty(text, blocks)
    return Content(blocks, _details(page, clean_line(title_of(root))))


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
    blocks, linked = blocks_and_links(html.tostring(part, encoding="unicode", with_tail=False))
    if not chosen:
        return blocks or blocks_of_html(seen)
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
    """Say whether a site bears the name of whoever wrote the page."""
    authors = " ".join([found, *_AUTHORS.findall(page)]).casefold()
    first = name.split("(")[0].strip().casefold()
    return bool(first) and (first in authors or re.search(r"\bby\b", first) is not None)


def _year_of(page: str, found: int | None, address: str) -> int | None:
    """Return the year in which a page says that it was published; other dates in it are those of what it tells."""
    tags = _DATES.findall(page)
    published = [year for tag in tags if not _CHANGED.search(tag) and (year := year_in(tag)) is not None]
    if found in published or not published:
        return found if found in published or f"/{found}/" in address else None
    return published[0]
