"""What every reader of files gives: blocks of text in order, what the file says of itself, and how large it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.errors import UserError
from bot.models.library import SourceDetails

COVER = -1
"""What is on a report's cover tells its details and is in no passage."""
BlockKind = Literal["heading", "paragraph", "item"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or one item of a list (with its marker, such as "- ", or a row of a table).

    ``level`` is a heading's: 1 is the highest. Pages count from 1; only PDF files have them. ``aside`` numbers the
    box, table or figure that it is in, 0 for the running text: a heading of an aside ends with it. It is
    COVER for the words on a cover.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page_from: int | None = None
    page_to: int | None = None
    aside: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a file. An empty title means that the file does not tell it."""

    blocks: tuple[Block, ...]
    details: SourceDetails
    pages: int | None = None


MIB = 1024 * 1024
MAX_FILE_BYTES = 10 * MIB
MAX_PAGES = 1000
MAX_CHARACTERS = 5_000_000
"""About 800,000 words: more than any report."""

PASSAGE_CHARACTERS = 1800
HEADING_CHARACTERS = 200
PATH_CHARACTERS = 2000
"""Nine levels of the longest headings, which a form takes as well."""
LONGEST_HEADING = 1200
"""A longer heading is text; one that has to be shortened as a place stays as text too."""
TITLE_CHARACTERS = 200
PUBLISHER_CHARACTERS = 150
ADDRESS_CHARACTERS = 300
LICENCE_CHARACTERS = 150

FEWEST_WORDS = 40
MOST_WORDS = 150
LEFT_OUT = "[…]"
"""A line of an excerpt between the words that lead to a list, said again, and the later items of that list."""


def check_size(size: int) -> None:
    """Raise UserError for a file of ``size`` bytes that is empty or too large to read. Ask before downloading it."""
    if size <= 0:
        raise UserError("The file is empty. Choose another file.")
    if size > MAX_FILE_BYTES:
        raise UserError(
            f"The file has {size / MIB:.1f} MiB. The most is {MAX_FILE_BYTES // MIB} MiB. "
            "Choose a smaller file, or save the report as plain text first."
        )
