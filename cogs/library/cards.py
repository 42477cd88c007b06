"""Cards of the library: one excerpt, a page of excerpts, the list of sources."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.library import Excerpt, Passage, Source, SourceDetails
from bot.prompts.texts import format_missing, place_text
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import plural
from cogs.library.autocomplete import excerpt_line, source_line
from cogs.ui.cards import card, escape_within
from cogs.ui.pages import page_count, paginate
from cogs.ui.parts import Row, button, option, pager, select

EXCERPTS_A_PAGE = 10
SOURCES_A_PAGE = 20
MOST_ASKED = 5
"""So many reports are asked about on one card."""
CHECK_DETAILS = "Check details"
DETAILS_FIRST = (
    "## Details first\nNothing was posted or started. "
    "Staff see the report's title, publisher and year under every prompt. Fill in what is missing, then try again."
)
DETAILS_LATER = (
    "## Details needed\nThe excerpt is in the series. "
    "It is not posted until you fill in what is missing about its report."
)
MOST_TEXT = 2200
"""The most characters of an excerpt on its card, which has 4,000 in all."""


def excerpt_card(excerpt: Excerpt, source: Source, *, note: str = "") -> ui.LayoutView:
    """Show a whole excerpt with its place, its question, and what can be done with it."""
    question = excerpt.question.strip()
    asks = f"**Question:** {escape_within(question, 500)}" if question else "This excerpt has no question yet."
    heading = (
        f"## {escape_within(clean_line(excerpt.passage.heading), 250)}\n" if excerpt.passage.heading.strip() else ""
    )
    parts = [
        heading + spoken(excerpt.passage, MOST_TEXT - len(note)),
        asks,
        f"-# Excerpt {excerpt.position} of {cited(source.details, place_text(excerpt.passage))}",
    ]
    buttons = Row(
        button("Edit", "library-edit", excerpt.id),
        button("Question", "library-question", excerpt.id),
        button("Remove", "library-remove", "excerpt", excerpt.id),
        button("All excerpts", "library-page", source.id, (excerpt.position - 1) // EXCERPTS_A_PAGE),
    )
    return card(note, *parts, buttons)


def page_card(source: Source, page: int, excerpts: Sequence[Excerpt]) -> ui.LayoutView:
    """Show one page of a source's excerpts. ``page`` counts from 0 and has to be one that exists."""
    pages = page_count(source.excerpts, EXCERPTS_A_PAGE)
    count = f"{plural(source.excerpts, 'excerpt')}, page {page + 1} of {pages}"
    title = f"## {escape_within(clean_line(source.details.title), 250)}\n{count}"
    ways = Row(
        *pager(page, pages, "library-page", source.id, switched_off=True),
        button("All sources", "library-sources", 0),
        button("Details", "library-details", source.id),
    )
    if not excerpts:
        return card(title, "This source has no excerpts. Write one with /library add.", ways)
    options = [option(excerpt_line(excerpt), excerpt.id) for excerpt in excerpts]
    choose = select("Open an excerpt", options, "library-open")
    return card(title, "\n".join(map(_listed, excerpts)), choose, ways)


def sources_card(sources: Sequence[Source], number: int) -> ui.LayoutView:
    """Show one page of a server's sources, to choose from. ``number`` counts from 0."""
    if not sources:
        return card("## Library\nThere are no sources yet. Load a report with /library import.")
    page = paginate(sources, SOURCES_A_PAGE, number)
    title = f"## Library\n{plural(len(sources), 'source')}" + (f", {page.label}" if page.count > 1 else "")
    lines = "\n".join(f"- {escape(source_line(source))}" for source in page.items)
    choose = select("Open a source", [option(source_line(each), each.id) for each in page.items], "library-source")
    if page.count == 1:
        return card(title, lines, choose)
    return card(title, lines, choose, Row(*pager(page.number, page.count, "library-sources", switched_off=True)))


def details_first_card(sources: Sequence[Source], head: str = DETAILS_FIRST) -> ui.LayoutView:
    """Say what is not known of reports that are to be posted, with a button for each that opens its form."""
    shown = sources[:MOST_ASKED]
    lines = (
        f"“{escape_within(clean_line(source.details.title), 200)}”: {format_missing(source.missing)}"
        for source in shown
    )
    rows = (
        Row(button(CHECK_DETAILS, "library-details", source.id, style=discord.ButtonStyle.primary)) for source in shown
    )
    parts = (part for pair in zip(lines, rows, strict=True) for part in pair)
    return card(head, *parts)


def spoken(passage: Passage, limit: int) -> str:
    """Write a passage's words: the source's own in quotation marks, ours said to be a summary."""
    text = passage.text.strip()
    # Each line of a quotation takes two characters more.
    words = escape_within(text, max(100, limit - 2 * text.count("\n") - 20))
    if passage.own_words:
        return f"Our summary:\n{words}"
    return "\n".join(f"> {line}" for line in f"“{words}”".split("\n"))


def cited(details: SourceDetails, place: str = "") -> str:
    """Write a source in one line: title, publisher, year, and the place in it."""
    parts = (details.title, details.publisher, str(details.year or ""), place)
    return ", ".join(escape_within(clean_line(part), 200) for part in parts if part.strip())


def _listed(excerpt: Excerpt) -> str:
    passage = excerpt.passage
    heading, place = (
        escape_within(clean_line(passage.heading), 60),
        escape_within(clean_line(place_text(passage)), 60),
    )
    parts = [
        f"**{excerpt.position}**",
        *([heading] if heading else []),
        *([place] if place else []),
        escape_within(clean_line(passage.text[:300]), 120),
    ]
    return " · ".join(parts) + ("" if passage.question.strip() else " · no question yet")
