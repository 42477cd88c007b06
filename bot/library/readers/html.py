"""Read a web page that was saved: its article, without navigation, and without fetching anything."""

from __future__ import annotations

import re
from typing import Any

from bot.library.blocks import Block, Content
from bot.library.metadata import year_in
from bot.library.readers.docx import tidy_blocks
from bot.library.readers.markup import blocks_of_html, drop_note_links
from bot.library.readers.unclosed import drop_unclosed
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)


def read_html(text: str) -> Content:
    """Return the blocks of a page's main text; of the whole page where no main text can be told apart."""
    # It brings a large HTML library, so it loads with the first page.
    import trafilatura

    # The text is decoded already: what it says of its bytes no longer holds.
    page = drop_note_links(_META.sub(lambda tag: "" if "charset" in tag[0].lower() else tag[0], drop_unclosed(text)))
    html = trafilatura.extract(page, output_format="html", include_comments=False, favor_recall=True)
    blocks = _with_headings(blocks_of_html(html), blocks_of_html(page)) if html else blocks_of_html(page)
    return Content(tidy_blocks(blocks), _details(trafilatura.extract_metadata(page, extensive=False)))


def _with_headings(found: tuple[Block, ...], whole: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks found; where none is a heading, with those that stand right before them in the whole page."""
    if any(block.kind == "heading" for block in found):
        return found
    places = {_start(block): index for index, block in reversed(list(enumerate(whole)))}
    made: list[Block] = []
    for block in found:
        end = start = places.get(_start(block), 0)
        while start > 0 and whole[start - 1].kind == "heading":
            start -= 1
        made += [*whole[start:end], block]
    return tuple(made)


def _start(block: Block) -> str:
    return "".join(char for char in block.text if char.isalnum())[:60]


def _details(details: Any) -> SourceDetails:
    return SourceDetails(
        title=clean_line(details.title or ""),
        publisher=clean_line(details.sitename or details.author or ""),
        year=year_in(details.date or ""),
        address=details.url or "",
        licence=clean_line(details.license or ""),
    )
