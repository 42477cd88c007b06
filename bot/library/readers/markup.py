"""Turn the simple HTML that Markdown, DOCX and web pages are read into, into blocks."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from bot.library.blocks import Block, BlockKind
from bot.library.readers.unclosed import drop_unclosed
from bot.text.clean import clean, clean_line

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ENDS_ROW = frozenset({"tr", "tbody", "thead", "tfoot", "table"})
_ENDS_BLOCK = _ENDS_ROW | {
    *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption"),
    *("figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
    "ul",
}
_DROPPED = frozenset({"script", "style", "template", "noscript", "svg", "math", "head", "title", "iframe", "object"})
_CELLS = frozenset({"td", "th"})
_NOTE_SIGN = re.compile(r"\[?\(?(?:\d{1,3}|[a-z]|[*†‡§↑])\)?\]?|\[[^\[\]]{1,40}\]", re.IGNORECASE)
_NOTE_LINK = re.compile(r"<sup\b[^<>]*>((?:(?!</?sup\b).){0,2000})</sup>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
LAYOUT_WORDS = 60
"""A cell with more words than this is no cell of a table but a page's layout."""
CELL_SEPARATOR = " | "
DEEPEST_INDENT = 10
"""Of lists within lists; more would make a long text of a short one."""


def blocks_of_html(html: str) -> tuple[Block, ...]:
    """Return the headings, paragraphs, list items and table rows of an HTML text, in order.

    Scripts and styles are dropped.

    Signs that only lead to a footnote are left out. It reads any text, however malformed.
    """
    walker = _Walker()
    walker.feed(drop_note_links(drop_unclosed(html)))
    walker.close()
    walker.end_block()
    return tuple(walker.blocks)


def drop_note_links(html: str) -> str:
    """Return the HTML without raised signs that link to a note, such as "[1]"; other raised text stays."""
    return _NOTE_LINK.sub(lambda match: "" if _is_note_link(match[1]) else match[0], html)


def _is_note_link(inner: str) -> bool:
    text = unescape(_TAG.sub("", inner)).strip()
    # Some programs put a stroke behind the sign, as a raised text of its own.
    return text == "/" or ("<a" in inner.lower() and _NOTE_SIGN.fullmatch(text) is not None)


class _Walker(HTMLParser):
    """Gathers text until the block around it ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._lists: list[int | None] = []  # of each open list: its next number, or None where it has bullets
        self._marker = ""
        self._heading = 0
        self._row: list[str] | None = None
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            if tag not in self._dropped:  # the end of the outermost ends those within it too
                self._dropped.append(tag)
        elif tag == "br":
            self._text.append("\n")
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _ENDS_BLOCK or tag in _HEADINGS:
            self._start_block(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            if tag in self._dropped:
                del self._dropped[self._dropped.index(tag) :]
        elif tag in _CELLS:
            self._end_cell()
        elif self._row is not None and tag not in _ENDS_ROW:
            self._text.append(" ")
        elif tag in _ENDS_BLOCK or tag in _HEADINGS:
            self.end_block()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            # A line end in the file is a space; only <br> ends a line that is seen.
            self._text.append(data.replace("\n", " ").replace("\r", " "))

    def end_block(self) -> None:
        """Make a block of the text gathered so far, if there is any."""
        text = clean("".join(self._text))
        self._text.clear()
        if self._row is not None:
            self._row.append(" ".join(text.split()))
            cells = [cell for cell in self._row if cell]
            self._row = None
            self._add("item", CELL_SEPARATOR.join(cells))
        elif self._heading:
            self._add("heading", clean_line(text), self._heading)
        elif self._lists:
            self._add("item", self._marker + text if text else "")
            self._marker = "" if text else self._marker
        else:
            self._add_paragraphs(text)
        self._heading = 0

    def _start_block(self, tag: str, attrs: dict[str, str | None]) -> None:
        in_cell = self._row is not None and tag != "tr"
        if in_cell:
            self._text.append("\n\n" if tag == "p" else " ")  # a paragraph in a cell belongs to its row
            return
        self.end_block()
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag == "tr":
            self._row = []
        elif tag in ("ul", "ol"):
            start = attrs.get("start") or "1"
            self._lists.append(None if tag == "ul" else int(start) if start.isdecimal() and len(start) < 6 else 1)
        elif tag == "li":
            self._start_item()

    def _start_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        indent = "  " * min(len(self._lists) - 1, DEEPEST_INDENT)
        self._marker = f"{indent}- " if number is None else f"{indent}{number}. "

    def _end_cell(self) -> None:
        if self._row is None:
            return
        text = clean("".join(self._text))
        self._text.clear()
        if len(text.split()) > LAYOUT_WORDS:
            self._add_paragraphs(text)
        else:
            self._row.append(" ".join(text.split()))

    def _add_paragraphs(self, text: str) -> None:
        for part in re.split(r"\n{2,}", text):
            self._add("paragraph", part)

    def _add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        if text.strip():
            self.blocks.append(Block(kind, text.rstrip(), level))
