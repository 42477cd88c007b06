"""Read a PDF a second time, with pdfminer.six, which the product does not use: what the first reader should find."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFNoOutlines
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

WORD = re.compile(r"[^\W\d_]{2,}")
_MARGIN = 0.1
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line as the second reader sees it. Points, from the page's lower left corner; pages count from 1."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    height: float


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark of the file: its words, its depth (1 is the highest) and the page to which it leads."""

    title: str
    level: int
    page: int


def read_lines(path: Path) -> list[SeenLine]:
    """Return every line of a PDF, but for those that stand in the margins of three pages or more."""
    lines = []
    for number, page in enumerate(extract_pages(path, laparams=LAParams()), start=1):
        for container in page:
            if isinstance(container, LTTextContainer):
                lines += [
                    SeenLine(line.get_text().strip(), number, line.x0, line.x1, line.y0, page.height)
                    for line in container
                    if isinstance(line, LTTextLine) and line.get_text().strip()
                ]
    often = Counter(_likeness(line) for line in lines)
    return [line for line in lines if not _is_in_margin(line) or often[_likeness(line)] < _OFTEN]


def read_outline(path: Path) -> list[OutlineEntry]:
    """Return the bookmarks of a PDF that lead to a page, in order."""
    with path.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        numbers = {page.pageid: number for number, page in enumerate(PDFPage.create_pages(document), start=1)}
        entries = []
        try:
            for level, title, destination, action, _ in document.get_outlines():
                page = _page_of(document, destination, action, numbers)
                if page and title.strip():
                    entries.append(OutlineEntry(" ".join(title.split()), level, page))
        except PDFNoOutlines:
            pass
    return entries


def words_of(text: str) -> list[str]:
    """Return the words of a text, small, with joined letters parted and without hyphens at the ends of lines."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def letters_of(text: str) -> str:
    """Return the letters and figures of a text, small: what two readers agree on, however they set spaces."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _likeness(line: SeenLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom / 6)


def _is_in_margin(line: SeenLine) -> bool:
    return line.bottom < _MARGIN * line.height or line.bottom > (1 - _MARGIN) * line.height


def _page_of(document: PDFDocument, destination: object, action: object, numbers: dict[object, int]) -> int:
    target = destination
    if target is None and isinstance(found := resolve1(action), dict):
        target = found.get("D")
    target = resolve1(target)
    if isinstance(target, bytes) or hasattr(target, "name"):
        try:
            name = target if isinstance(target, bytes) else getattr(target, "name", "")
            target = resolve1(document.get_dest(name))
        except Exception:  # noqa: BLE001 a bookmark that leads nowhere is none, whatever pdfminer makes of it
            return 0
    if isinstance(target, dict):
        target = resolve1(target.get("D"))
    if not isinstance(target, Sequence) or not target:
        return 0
    return numbers.get(getattr(target[0], "objid", None), 0)
