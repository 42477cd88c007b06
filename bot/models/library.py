"""Sources and their excerpts: what a report is once it has been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UNREAD_LETTER = "\ufffd"
"""What is in an excerpt for a letter that the file shows but does not tell."""
TextFormat = Literal["pdf", "docx", "odt", "epub", "html", "markdown", "text", "pack"]


@dataclass(frozen=True, slots=True)
class SourceDetails:
    """What is known of a report beside its words. Empty text means unknown.

    ``licence`` is the right to quote: a licence's name, or "short quotation with attribution".
    """

    title: str
    publisher: str = ""
    year: int | None = None
    address: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """An excerpt before it is stored. Pages count from 1; only PDF files have them.

    ``own_words`` is true for a card that is our summary, false for words from the report (only those get quotation
    marks). ``place`` is a place that has no page, such as "about page 20".
    """

    text: str
    heading: str = ""
    page_from: int | None = None
    page_to: int | None = None
    place: str = ""
    own_words: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its own metadata, its passages in order, and the digest of the file's bytes (hex).

    ``missing`` names the details that nothing in the file tells: "title", "publisher", "year".
    """

    details: SourceDetails
    passages: tuple[Passage, ...]
    digest: str
    format: TextFormat
    pages: int | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A loaded report in one server. ``pack`` names the built-in pack it came from, or is empty.

    ``missing`` names the details that the file did not tell and that nobody was asked for yet.
    """

    id: int
    guild_id: int
    details: SourceDetails
    excerpts: int
    pack: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stored passage with its place in the source; ``position`` counts from 1."""

    id: int
    source_id: int
    position: int
    passage: Passage

    @property
    def question(self) -> str:
        """The question that goes with it; empty if it has none."""
        return self.passage.question
