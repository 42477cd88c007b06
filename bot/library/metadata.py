"""Make what a file says of itself fit to be shown: within its lengths, and without what programs fill in."""

from __future__ import annotations

import re

from bot.library.blocks import ADDRESS_CHARACTERS, LICENCE_CHARACTERS, PUBLISHER_CHARACTERS, TITLE_CHARACTERS, Block
from bot.library.report_title import add_volume, find_title, is_on_title_page, is_title
from bot.library.title_page import find_licence, find_publisher, find_year
from bot.models.library import SourceDetails
from bot.text.clean import clean_line
from bot.text.words import shorten

_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_ENDING = re.compile(
    r"\.(?:pdf|docx?|docm|odt|epub|x?html?|mhtml?|md|markdown|txt|rtf|xlsx?|csv|vtt|srt|sbv|indd|qxd|qxp|pub|pptx?)$",
    re.IGNORECASE,
)
_COPY = re.compile(r"\s*(?:\(\d{1,3}\)|[-–] (?:copy|updated?|revised|draft|final version|v\d)\b.*)+$", re.IGNORECASE)
"""What programs and people add to the name of a copy."""
_FILLED_IN = re.compile(
    r"(?:copy of .*|.*:|microsoft (?:word|powerpoint) ?-? ?|untitled|no title|title|document\d*|slide \d+|print|"
    r"layout \d+|page \d+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+")
_MARKS = re.compile(r"\*{2,}|(?<!\w)_{2,}|_{2,}(?!\w)|`")
FILLED_IN_BY_PROGRAMS = ("pdf", "docx", "odt")
ASKED_FOR = ("title", "publisher", "year")
"""The details that are under every prompt."""
NO_TITLE = "A report without a title"


def year_in(text: str) -> int | None:
    """Return the first year from 1950 on in a text such as "2011-05-18" or "D:20110518"."""
    match = _YEAR.search(text) or re.search(r"(?:19[5-9]|20\d)\d(?=[01]\d[0-3]\d)", text)
    return int(match[0]) if match else None


def fit_details(
    details: SourceDetails, blocks: tuple[Block, ...], filename: str, form: str = ""
) -> tuple[SourceDetails, tuple[str, ...]]:
    """Return the details, cut to the lengths that a card has room for, and the names of those that were not found.

    A program fills in what a Word or a PDF file says about itself. So its title and publisher count only if the title
    page has them too, and its dates never count. If there is no title, the file's name takes its place.
    """
    told = _COPY.sub("", clean_line(_MARKS.sub("", details.title)))
    is_filled_in = form in FILLED_IN_BY_PROGRAMS
    title = _title(told)
    if is_filled_in and title and not is_on_title_page(title, blocks):
        title = find_title(blocks)
    title = add_volume(title or find_title(blocks), blocks)
    publisher = "" if is_filled_in else details.publisher
    # Some sites name each page as if it were a site.
    publisher = "" if publisher.casefold() == told.casefold() else publisher
    publisher = publisher or find_publisher(blocks, [details.publisher] if is_filled_in else [])
    year = (None if is_filled_in else details.year) or find_year(blocks)
    fitted = SourceDetails(
        title=shorten(title or _title(told) or _from_name(filename), TITLE_CHARACTERS),
        publisher=shorten(clean_line(publisher), PUBLISHER_CHARACTERS),
        year=year,
        address=_address(details.address),
        licence=shorten(clean_line(details.licence) or find_licence(blocks), LICENCE_CHARACTERS),
    )
    known = {"title": title, "publisher": fitted.publisher, "year": year}
    return fitted, tuple(name for name in ASKED_FOR if not known[name])


def _title(text: str) -> str:
    """Return a title as the file tells it, or nothing if a program filled it in."""
    if _ENDING.search(text) or _FILLED_IN.fullmatch(text) or text.lower().startswith("microsoft word"):
        return ""
    return text if is_title(text) else ""


def _from_name(filename: str) -> str:
    name = clean_line(_ENDING.sub("", re.split(r"[/\\]", filename)[-1]).replace("_", " ").replace("-", " "))
    return name[:1].upper() + name[1:] if name else NO_TITLE


def _address(text: str) -> str:
    address = text.strip()
    return address if _ADDRESS.fullmatch(address) and len(address) <= ADDRESS_CHARACTERS else ""
