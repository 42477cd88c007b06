"""Turn the simple HTML that Markdown, DOCX and web pages are read into, into blocks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bot.library.blocks import Block, BlockKind
from bot.library.readers.figures import read_number, write_number
from bot.library.readers.html.source import drop_note_links, drop_unclosed
from bot.text.clean import clean, clean_line

LOWEST_HEADING = 12
"""HTML has six levels of headings; other kinds of file have more."""
_HEADINGS = {f"h{level}": level for level in range(1, LOWEST_HEADING + 1)}
_LABEL_START, _LABEL_END = "\ue000", "\ue001"
_LABEL = re.compile(rf"{_LABEL_START}([^{_LABEL_START}{_LABEL_END}]*){_LABEL_END}")
_ENDS_ROW = frozenset({"tr", "tbody", "thead", "tfoot", "table"})
_ENDS_BLOCK = _ENDS_ROW | {
    *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption"),
    *("figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
    "ul",
}
_DROPPED = frozenset({"script", "style", "template", "noscript", "svg", "math", "head", "title", "iframe", "object"})
_CELLS = frozenset({"td", "th"})
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LAYOUT_WORDS = 60
"""A cell with more words than this is a part of the page's layout, not of a table."""
TERM_WORDS = 12
CELL_SEPARATOR = " | "
DEEPEST_INDENT = 10
"""Of lists within lists; more would make a long text of a short one."""
BOX = "data-box"
"""What marks an element whose heading ends with it."""
NOTES_HEADING = "Notes"
"""The heading that a file's notes get, at its end."""


def mark_label(label: str) -> str:
    """Write what is before an item, such as "3." or "(a)", so that it becomes the item's marker."""
    return f"{_LABEL_START}{label}{_LABEL_END}"


def blocks_of_html(html: str) -> tuple[Block, ...]:
    """Return the headings, paragraphs, list items and table rows of an HTML text, in order.

    Scripts and styles are dropped.

    Signs that only lead to a footnote are left out. It reads any text, however malformed.
    """
    return blocks_and_links(html)[0]


def blocks_and_links(html: str) -> tuple[tuple[Block, ...], tuple[bool, ...]]:
    """Return the blocks of an HTML text, and of each whether it is nothing but links."""
    walker = _Walker()
    walker.feed(drop_note_links(drop_unclosed(html)))
    walker.close()
    walker.end_block()
    walker.end_terms()
    return tuple(walker.blocks), tuple(walker.linked)


class _Walker(HTMLParser):
    """Gathers text until the block around it ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.linked: list[bool] = []
        self._links = 0
        self._free = False  # whether there is text outside of links since the last block
        self._text: list[str] = []
        self._lists: list[int | None] = []  # of each open list: its next number, or None where it has bullets
        self._forms: list[str] = []  # and how each writes its numbers
        self._told: list[bool] = []  # and whether it had an item with text
        self._depths: list[int] = []  # and how many of those around it are seen: one without text of its own is not
        self._marker = ""
        self._heading = 0
        self._row: list[str] | None = None
        self._dropped: list[str] = []
        self._terms: list[str] = []  # of a list of definitions, until their definition comes
        self._box: list[str] = []  # the box that is open, and what is open within it by the same name
        self._aside = self._asides = 0
        self._part = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            if tag not in self._dropped:  # the end of the outermost ends those within it too
                self._dropped.append(tag)
        elif tag == "br":
            self._text.append("\n")
        elif tag == "q":
            self._text.append("“")
        elif tag == "a":
            self._links += 1
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _ENDS_BLOCK or tag in _HEADINGS:
            self._start_block(tag, dict(attrs))
            self._enter_box(tag, is_box=any(name == BOX for name, _ in attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            if tag in self._dropped:
                del self._dropped[self._dropped.index(tag) :]
        elif tag == "a":
            self._links = max(0, self._links - 1)
        elif tag == "q":
            self._text.append("”")
        elif tag in _CELLS:
            self._end_cell()
        elif self._row is not None and tag not in _ENDS_ROW:
            self._text.append(" ")
        elif tag in _ENDS_BLOCK or tag in _HEADINGS:
            self.end_block()
            if tag in ("ul", "ol") and self._lists:
                for stack in (self._lists, self._forms, self._told, self._depths):
                    stack.pop()
            self._leave_box(tag)

    def _enter_box(self, tag: str, *, is_box: bool) -> None:
        if is_box and not self._box:
            self._asides += 1
            self._aside = self._asides
        if self._aside and tag == (self._box or [tag])[0]:
            self._box.append(tag)

    def _leave_box(self, tag: str) -> None:
        if self._box and tag == self._box[0]:
            self._box.pop()
            self._aside = self._aside if self._box else 0

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            # A line end in the file is a space; only <br> ends a line that is seen.
            self._text.append(data.replace("\n", " ").replace("\r", " "))
            self._free = self._free or (not self._links and any(char.isalnum() for char in data))

    def end_block(self) -> None:
        """Make a block of the text gathered so far, if there is any."""
        text = clean(self._take_label("".join(self._text)))
        self._text.clear()
        if self._row is not None:
            self._row.append(" ".join(text.split()))
            cells = [cell for cell in self._row if cell]
            self._row = None
            self._add("item", CELL_SEPARATOR.join(cells))
        elif self._heading:
            self._add("heading", clean_line(text), self._heading)
        elif self._part == "dt" and 0 < len(text.split()) <= TERM_WORDS:
            self._terms.append(clean_line(text))
        elif self._lists:
            self._add("item", self._marker + text if text else "")
            self._told[-1] = self._told[-1] or bool(text)
            self._marker = "" if text else self._marker
        else:
            self._add_paragraphs(text)
        self._heading, self._part = 0, self._part if self._part == "dd" and not text else ""

    def end_terms(self) -> None:
        """Make paragraphs of terms that no definition followed."""
        terms, self._terms = self._terms, []
        for term in terms:
            self._append(Block("paragraph", term, aside=self._aside))

    def _start_block(self, tag: str, attrs: dict[str, str | None]) -> None:
        in_cell = self._row is not None and tag != "tr"
        if in_cell:
            self._text.append("\n\n" if tag == "p" else " ")  # a paragraph in a cell belongs to its row
            return
        self.end_block()
        if tag in ("dt", "dd"):
            self._part = tag
        elif tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag == "tr":
            self._row = []
        elif tag in ("ul", "ol"):
            self._lists.append(None if tag == "ul" else read_number(attrs.get("start"), 1))
            self._depths.append(self._depths[-1] + self._told[-1] if self._depths else 0)
            self._told.append(False)
            self._forms.append(_LIST_FORMS.get(attrs.get("type") or "", "decimal"))
        elif tag == "li":
            self._start_item(attrs.get("value"))

    def _start_item(self, said: str | None) -> None:
        number = self._lists[-1] if self._lists else None
        indent = "  " * min(self._depths[-1], DEEPEST_INDENT) if self._depths else ""
        self._marker = f"{indent}- "
        if number is not None:
            number = read_number(said, number)
            self._lists[-1] = number + 1
            self._marker = f"{indent}{write_number(number, self._forms[-1])}. "

    def _take_label(self, text: str) -> str:
        """Use a number that is marked before an item's text as its marker; elsewhere it is text."""
        text = text.lstrip()
        label = _LABEL.match(text)
        if label and self._lists and self._row is None:
            self._marker = f"{'  ' * min(self._depths[-1], DEEPEST_INDENT)}{label[1]} "
            text = text[label.end() :]
        return _LABEL.sub(r"\1 ", text)

    def _end_cell(self) -> None:
        if self._row is None:
            return
        text = clean(self._take_label("".join(self._text)))
        self._text.clear()
        if len(text.split()) > LAYOUT_WORDS:
            self._add("item", CELL_SEPARATOR.join(cell for cell in self._row if cell))
            self._row.clear()
            self._add_paragraphs(text)
        else:
            self._row.append(" ".join(text.split()))

    def _add_paragraphs(self, text: str) -> None:
        if self._part == "dd" and self._terms and text:
            term = ", ".join(self._terms)
            text = f"{term}{' ' if term[-1] in ':.?!' else ': '}{text}"
            self._terms.clear()
        for part in re.split(r"\n{2,}", text):
            self._add("paragraph", part)

    def _add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        if not text.strip():
            return
        self.end_terms()
        self._append(Block(kind, text.rstrip(), level, aside=self._aside))

    def _append(self, block: Block) -> None:
        self.blocks.append(block)
        self.linked.append(not self._free)
        self._free = False
