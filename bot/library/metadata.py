"""Make what a file says of itself fit to be shown: within its lengths, and without what programs fill in."""

from __future__ import annotations

import re

from bot.library.blocks import ADDRESS_CHARACTERS, LICENCE_CHARACTERS, PUBLISHER_CHARACTERS, TITLE_CHARACTERS, Block
from bot.models.library import SourceDetails
from bot.text.clean import clean_line
from bot.text.words import shorten

_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_ENDING = re.compile(r"\.(?:pdf|docx?|html?|md|markdown|txt|indd|qxd|qxp|pub|pptx?)$", re.IGNORECASE)
_FILLED_IN = re.compile(
    r"(?:microsoft (?:word|powerpoint) ?-? ?|untitled|no title|title|document\d*|slide \d+|print|layout \d+|page \d+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+")
_PART = re.compile(r"(?:front cover|chapter|part|section|table of|executive summary|\d+[. ])", re.IGNORECASE)
NO_TITLE = "A report without a title"


def year_in(text: str) -> int | None:
    """Return the first year from 1950 on in a text such as "2011-05-18" or "D:20110518"."""
    match = _YEAR.search(text) or re.search(r"(?:19[5-9]|20\d)\d(?=[01]\d[0-3]\d)", text)
    return int(match[0]) if match else None


def fit_details(details: SourceDetails, blocks: tuple[Block, ...], filename: str) -> SourceDetails:
    """Return the details in the lengths that a card has room for.

    The title is the file's, its first heading or its name.
    """
    return SourceDetails(
        title=shorten(_title(details.title) or _first_heading(blocks) or _from_name(filename), TITLE_CHARACTERS),
        publisher=shorten(clean_line(details.publisher), PUBLISHER_CHARACTERS),
        year=details.year,
        address=_address(details.address),
        licence=shorten(clean_line(details.licence), LICENCE_CHARACTERS),
    )


def _title(text: str) -> str:
    """Return a title as the file tells it, or nothing where a program filled it in."""
    title = clean_line(text)
    if _ENDING.search(title) or _FILLED_IN.fullmatch(title) or title.lower().startswith("microsoft word"):
        return ""
    return title


def _first_heading(blocks: tuple[Block, ...]) -> str:
    """Return the first heading of more than one word at the start of a text.

    A later one names no more than its part.
    """
    texts = (block.text for block in blocks[:8] if block.kind == "heading")
    return next((text for text in texts if " " in text and not _PART.match(text)), "")


def _from_name(filename: str) -> str:
    name = clean_line(_ENDING.sub("", re.split(r"[/\\]", filename)[-1]).replace("_", " ").replace("-", " "))
    return name[:1].upper() + name[1:] if name else NO_TITLE


def _address(text: str) -> str:
    address = text.strip()
    return address if _ADDRESS.fullmatch(address) and len(address) <= ADDRESS_CHARACTERS else ""
