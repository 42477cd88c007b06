"""Cards of the library: one excerpt, a page of excerpts, the list of sources."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.library import Excerpt, Passage, Source, SourceDetails
from bot.prompts.texts import one_line, place_text
from bot.text.escape import escape, shorten
from bot.text.words import plural
from cogs.library.autocomplete import excerpt_line, source_line
from cogs.ui.parts import custom_id, detached

EXCERPTS_A_PAGE = 10
SOURCES_A_PAGE = 20
MOST_TEXT = 2200
"""The most characters of an excerpt on its card, which has 4,000 in all."""

Row = ui.ActionRow[ui.LayoutView]


def card(*items: str | Row) -> ui.LayoutView:
    """A card of text parts and rows of buttons, which keeps nothing in memory."""
    view = ui.LayoutView()
    container: ui.Container[ui.LayoutView] = ui.Container()
    for item in items:
        container.add_item(ui.TextDisplay(item) if isinstance(item, str) else item)
    view.add_item(container)
    return detached(view)


def button(
    label: str, *route: object, style: discord.ButtonStyle = discord.ButtonStyle.secondary, disabled: bool = False
) -> ui.Button[ui.LayoutView]:
    """A button whose custom_id is a handler's name and its arguments."""
    return ui.Button(label=label, custom_id=custom_id(str(route[0]), *route[1:]), style=style, disabled=disabled)


def excerpt_card(excerpt: Excerpt, source: Source, *, note: str = "") -> ui.LayoutView:
    """A whole excerpt with its place, its question, and what can be done with it."""
    question = excerpt.question.strip()
    asks = f"**Question:** {shown(question, 500)}" if question else "This excerpt has no question yet."
    heading = f"## {shown(one_line(excerpt.passage.heading), 250)}\n" if excerpt.passage.heading.strip() else ""
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
    return card(*([note] if note else []), *parts, buttons)


def page_card(source: Source, page: int, excerpts: Sequence[Excerpt]) -> ui.LayoutView:
    """One page of a source's excerpts. ``page`` counts from 0 and has to be one that exists."""
    pages = page_count(source.excerpts, EXCERPTS_A_PAGE)
    count = f"{plural(source.excerpts, 'excerpt')}, page {page + 1} of {pages}"
    title = f"## {shown(one_line(source.details.title), 250)}\n{count}"
    rows = [
        Row(
            button("Previous", "library-page", source.id, page - 1, disabled=page == 0),
            button("Next", "library-page", source.id, page + 1, disabled=page + 1 >= pages),
            button("All sources", "library-sources", 0),
            button("Details", "library-details", source.id),
        )
    ]
    if not excerpts:
        return card(title, "This source has no excerpts. Write one with /library add.", *rows)
    choose = _select(
        "library-open", "Open an excerpt", [(excerpt_line(excerpt), str(excerpt.id)) for excerpt in excerpts]
    )
    return card(title, "\n".join(_listed(excerpt) for excerpt in excerpts), choose, *rows)


def sources_card(sources: Sequence[Source], page: int) -> ui.LayoutView:
    """One page of a server's sources, to choose from. ``page`` counts from 0."""
    if not sources:
        return card("## Library\nThere are no sources yet. Load a report with /library import.")
    pages = page_count(len(sources), SOURCES_A_PAGE)
    page = min(max(page, 0), pages - 1)
    here = sources[page * SOURCES_A_PAGE : (page + 1) * SOURCES_A_PAGE]
    title = f"## Library\n{plural(len(sources), 'source')}" + (f", page {page + 1} of {pages}" if pages > 1 else "")
    lines = "\n".join(f"- {escape(source_line(source))}" for source in here)
    choose = _select("library-source", "Open a source", [(source_line(source), str(source.id)) for source in here])
    if pages == 1:
        return card(title, lines, choose)
    turn = Row(
        button("Previous", "library-sources", page - 1, disabled=page == 0),
        button("Next", "library-sources", page + 1, disabled=page + 1 >= pages),
    )
    return card(title, lines, choose, turn)


def page_count(count: int, size: int) -> int:
    """How many pages hold ``count`` things; one at least."""
    return max(1, -(-count // size))


def spoken(passage: Passage, limit: int) -> str:
    """A passage's words: the source's own in quotation marks, ours said to be a summary."""
    text = passage.text.strip()
    # Each line of a quotation takes two characters more.
    words = shown(text, max(100, limit - 2 * text.count("\n") - 20))
    if passage.own_words:
        return f"Our summary:\n{words}"
    return "\n".join(f"> {line}" for line in f"“{words}”".split("\n"))


def cited(details: SourceDetails, place: str = "") -> str:
    """A source in one line: title, publisher, year, and the place in it."""
    parts = (details.title, details.publisher, str(details.year or ""), place)
    return ", ".join(shown(one_line(part), 200) for part in parts if part.strip())


def shown(text: str, limit: int) -> str:
    """What people typed or a file holds, made safe to show, in at most ``limit`` characters."""
    safe = escape(text)
    while len(safe) > limit:
        text = shorten(text, max(1, min(limit, len(text) - (len(safe) - limit))))
        safe = escape(text)
        if len(text) <= 1:
            return safe[:limit]
    return safe


def _listed(excerpt: Excerpt) -> str:
    passage = excerpt.passage
    heading, place = shown(one_line(passage.heading), 60), shown(one_line(place_text(passage)), 60)
    parts = [
        f"**{excerpt.position}**",
        *([heading] if heading else []),
        *([place] if place else []),
        shown(one_line(passage.text[:300]), 120),
    ]
    return " · ".join(parts) + ("" if passage.question.strip() else " · no question yet")


def _select(name: str, placeholder: str, options: Sequence[tuple[str, str]]) -> Row:
    choices = [discord.SelectOption(label=label, value=value) for label, value in options]
    return Row(ui.Select(custom_id=custom_id(name), placeholder=placeholder, options=choices))
