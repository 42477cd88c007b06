"""Read Markdown, with the few lines of front matter that some programs put before it."""

from __future__ import annotations

import re

from bot.library.blocks import Block, Content
from bot.library.metadata import year_in
from bot.library.readers.markup import blocks_of_html
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<fields>(?:[ \t\w#-].*\n|\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)


def read_markdown(text: str) -> Content:
    """Return the blocks of a Markdown text, as CommonMark with tables reads it."""
    # The parser is needed with the first Markdown file only.
    from markdown_it import MarkdownIt

    front = _FRONT.match(text.replace("\r\n", "\n"))
    body = text.replace("\r\n", "\n")[front.end() :] if front else text
    fields = {name.lower(): value.strip("\"' ") for name, value in _FIELD.findall(front["fields"])} if front else {}
    blocks = blocks_of_html(MarkdownIt("commonmark").enable("table").render(body))
    return Content(blocks, _details(fields, blocks))


def _details(fields: dict[str, str], blocks: tuple[Block, ...]) -> SourceDetails:
    headings = [block for block in blocks if block.kind == "heading"]
    # A highest heading is the title if it stands first.
    first = headings[0].text if headings and headings[0] is blocks[0] else ""
    return SourceDetails(
        title=clean_line(fields.get("title", "")) or first,
        publisher=clean_line(fields.get("publisher", "") or fields.get("author", "")),
        year=year_in(fields.get("date", "") or fields.get("year", "")),
        address=fields.get("url", "") or fields.get("canonical", ""),
        licence=clean_line(fields.get("license", "") or fields.get("licence", "")),
    )
