"""What tests of the PDF reader share: heights on a page, sections, tables and boxes to draw, and what is read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.library import read_document
from bot.models.library import Document, Passage
from tests.library.documents import BOLD, HEIGHT, LEADING, Frame, Line, column, paragraph, section, wrapped

FOOT = 40
"""The height of the numbers of pages."""
HIGH = HEIGHT - 60
"""The height of a first line where running heads may be."""
TOP = HEIGHT - 80
"""The height of a first line that is no running head for sure."""
on_top = partial(section, top=HIGH)
"""A section whose heading is where running heads may be, unless another height is told."""
under = partial(section, top=TOP)
"""The same with a heading below those heights."""
ITALIC = "Helvetica-Oblique"
PLAIN = "Helvetica"
ORDER = ("", "one", "two", "all", "no")
"""Words by which sections and boxes differ."""
HEADS = ["What", "Who", "Begins", "Costs"]
"""The heads of the four columns of a drawn table."""
Row = list[str]


def between_gaps(rows: Sequence[Sequence[str]], top: float) -> tuple[list[Line], list[Frame]]:
    """A table of two columns, each cell in a frame of its own, with gaps between them."""
    lines: list[Line] = []
    frames: list[Frame] = []
    for number, row in enumerate(rows):
        for left, words in zip((72, 242), row, strict=True):
            lines.append((words, left + 8, top - 25 * number, 11, "Helvetica"))
            frames.append((left, top - 25 * number - 8, 167, 22))
    return lines, frames


def box(top: float, label: str, text: str) -> tuple[list[Line], Frame]:
    """A box with a label, or a title, and its text; and its frame."""
    lines = wrapped(text, 70)
    drawn: list[Line] = [(label, 110, top, 11, BOLD), *column(lines, left=110, top=top - LEADING)]
    return drawn, (100, top - LEADING * (len(lines) + 1), 420, LEADING * (len(lines) + 2))


def furniture(number: int) -> list[Line]:
    """A running head and the number of the page."""
    return [
        ("No more night shifts", 72, HEIGHT - 40, 8, "Helvetica"),
        (f"Page {number}", 280, FOOT, 8, "Helvetica"),
    ]


def in_cells(rows: list[tuple[list[str], list[str]]], *, shaded: bool = False) -> tuple[list[Line], list[Frame]]:
    """A table of two columns whose cells are drawn; ``shaded`` draws the background of each line as well."""
    lines: list[Line] = []
    frames: list[Frame] = []
    top = TOP
    for row in rows:
        height = 6 + LEADING * max(map(len, row))
        for left, cell in zip((60, 220), row, strict=True):
            width = 160 if left == 60 else 300
            frames.append((left, top - height, width, height))
            for index, line in enumerate(cell):
                lines.append((line, left + 6, top - 12 - index * LEADING, 10, "Helvetica"))
                if shaded:
                    frames.append((left + 4, top - 16 - index * LEADING, width - 8, LEADING))
        top -= height
    return lines, frames


def in_parts(rows: Sequence[Sequence[str]], top: float, *, bold: int = 0) -> tuple[list[Line], list[Frame]]:
    """A table with a rule below each row, drawn cell by cell; the first ``bold`` columns are bold."""
    lines: list[Line] = []
    rules: list[Frame] = []
    for row in rows:
        for number, (left, words) in enumerate(zip((72, 205, 420), row, strict=True)):
            lines += column(wrapped(words, 30), left=left + 6, top=top, font=BOLD if number < bold else "Helvetica")
        top -= 2 * LEADING
        rules += [(72, top + 8, 133, 0.5), (205, top + 8, 215, 0.5), (420, top + 8, 100, 0.5)]
    return lines, rules


def in_rows(
    lines: Sequence[tuple[str, ...]], lefts: tuple[float, ...], *, top: float = TOP, bold: int = 0
) -> list[Line]:
    """Cells side by side, drawn row by row; the first ``bold`` rows in bold."""
    return [
        (text, left, top - number * LEADING, 10, "Helvetica-Bold" if number < bold else "Helvetica")
        for number, row in enumerate(lines)
        for text, left in zip(row, lefts, strict=True)
    ]


def named(name: str, number: int, *, size: float = 13, font: str = "Helvetica-Bold", top: float = HIGH) -> list[Line]:
    """A section with a heading that is a little smaller than that of others."""
    return section(name, number, top=top, size=size, font=font)


def of_cells(
    rows: list[Row], joined: set[int], *, top: float = TOP, bold: bool = True
) -> tuple[list[Line], list[Frame]]:
    """A drawn table of four columns; in the rows that are ``joined`` nothing parts the last two."""
    lines: list[Line] = []
    frames: list[Frame] = []
    sides = [(60, 180), (240, 100), (340, 90), (430, 90)]
    for number, row in enumerate(rows):
        bottom = top - 20 * (number + 1)
        cells = [*sides[:2], (340, 180)] if number in joined else sides
        frames += [(left, bottom, width, 20) for left, width in cells]
        for (left, _), words in zip(sides, row, strict=False):
            is_bold = bold and number == 0
            lines += [(words, left + 6, bottom + 6, 10, BOLD if is_bold else "Helvetica")] if words else []
    return lines, frames


def read(data: bytes) -> tuple[Passage, ...]:
    """The passages of a PDF."""
    return read_document(data, "x.pdf").passages


def text_on(top: float, seed: int) -> list[Line]:
    """A paragraph that begins at a height."""
    return column(wrapped(paragraph(seed)), top=top)


def together(document: Document) -> str:
    """The texts of a document’s passages, with blank lines between them."""
    return "\n\n".join(passage.text for passage in document.passages)


def units(data: bytes) -> list[str]:
    """The paragraphs, items and rows of a PDF."""
    return whole_text(data).replace("\n\n", "\n").split("\n")


def whole_text(data: bytes) -> str:
    """The texts of a PDF’s passages, one after the other."""
    return "\n".join(passage.text for passage in read(data))
