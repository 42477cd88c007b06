"""Read a web page that was saved: its text in order, without what surrounds it, and without fetching anything."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from bot.library.blocks import Block, Content
from bot.library.metadata import year_in
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.markup import blocks_and_links, blocks_of_html, drop_note_links
from bot.library.readers.page import drop_furniture, is_plain_document, main_part, parse_page
from bot.library.readers.page_order import put_in_page_order
from bot.library.readers.unclosed import drop_unclosed
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:(?:first |last )?(?:published|updated|reviewed|modified|posted|created)(?: (?:on|at|date))?:?|date:?)"
    r"[\s\d/.:,-]*(?:\d{1,2}(?:st|nd|rd|th)? )?(?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2}, )?\d{4}(?:[ ,T]+\d{1,2}[:.]\d\d.*)?",
    re.IGNORECASE,
)


def read_html(text: str) -> Content:
    """Return the blocks of a page's main text; of the whole page where no main text can be told apart."""
    # It brings a large HTML library, so it loads with the first page.
    import trafilatura

    # The text is decoded already: what it says of its bytes no longer holds.
    page = drop_note_links(_META.sub(lambda tag: "" if "charset" in tag[0].lower() else tag[0], drop_unclosed(text)))
    blocks = [block for block in _blocks(page) if not _DATE_LINE.fullmatch(block.text)]
    return Content(tidy_blocks(blocks), _details(trafilatura.extract_metadata(page, extensive=False)))


def _blocks(page: str) -> Sequence[Block]:
    import trafilatura
    from lxml import html  # type: ignore[import-untyped]

    root = parse_page(page)
    if root is None:
        return blocks_of_html(page)
    plain = is_plain_document(root)
    seen = html.tostring(root, encoding="unicode")
    chosen = (
        None if plain else trafilatura.extract(seen, output_format="html", include_comments=False, favor_recall=True)
    )
    part, trusted = main_part(root)
    part = copy.deepcopy(part)
    if not plain:
        drop_furniture(part)
    blocks, linked = blocks_and_links(html.tostring(part, encoding="unicode", with_tail=False))
    if not chosen:
        return blocks or blocks_of_html(page)
    return put_in_page_order(blocks_of_html(chosen), blocks, linked, trusted=trusted)


def _details(details: Any) -> SourceDetails:
    return SourceDetails(
        title=clean_line(details.title or ""),
        publisher=clean_line(details.sitename or ""),
        year=year_in(details.date or ""),
        address=details.url or "",
        licence=clean_line(details.license or ""),
    )
