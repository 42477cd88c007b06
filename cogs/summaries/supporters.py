"""The select "Who says so", and the card that answers it: the words of everybody who supports a point."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import discord
from discord import ui

from bot.models.summaries import KeyPoint, Role, Summary
from bot.summaries.disclosure.private_counts import count_private, count_quoted_people
from bot.summaries.output.counts import PROPOSED, format_checked_count, format_count
from bot.summaries.output.plain_text import NOT_QUOTED, UNQUOTED_POINT, format_supporters, format_unquoted
from bot.summaries.output.point_groups import point_heading
from bot.text.clean import strip_harmful
from bot.text.words import count_people
from cogs.summaries.pages import number_all
from cogs.summaries.texts import CardLimits, format_statement, list_shown_quotes
from cogs.ui.cards import card, sections
from cogs.ui.limits import MOST_OPTIONS, count_units
from cogs.ui.pages import paginate
from cogs.ui.parts import Row, option, pager, select

LONGEST_QUOTE, LONGEST_HEADING = 600, 300
CHARACTERS_A_PAGE, QUOTES_A_PAGE = 2800, 12
TITLES = {
    Role.WROTE: "### They wrote it",
    Role.AGREED: "### They said “same here”",
    Role.TICKED: "### A facilitator read their words and added them",
}
REACTED = "{people} agreed with a reaction."
PRESSED = "Others tapped “Same here”."
COUNTED = "### They’re counted, too"
POSSIBLY = f"### {PROPOSED}"


def who_says_so(summary: Summary, *route: object) -> Row | None:
    """Make a select of the summary's points and single voices; None where there are none."""
    if summary.frozen:  # nobody's words are left
        return None
    options = {key_of(point): _option(number, point) for number, point in number_all(summary)[:MOST_OPTIONS]}
    return select("Who says so: choose a point", list(options.values()), *route) if options else None


def key_of(point: KeyPoint) -> str:
    """Return a short name of a point that lasts as its first supporter and its statement do, and that tells neither."""
    first = point.quotes[0].message if point.quotes else ""
    return hashlib.blake2b(f"{first} {point.statement}".encode("utf-8", "replace"), digest_size=6).hexdigest()


def find_point(summary: Summary, key: str) -> tuple[int, KeyPoint] | None:
    """Find the point of this key, with its number; None where the summary has it no longer."""
    return next(((number, point) for number, point in number_all(summary) if key_of(point) == key), None)


def supporters_card(number: int, point: KeyPoint, links: Mapping[str, str], page: int, *route: object) -> ui.LayoutView:
    """Show one page of everybody's own words on a point: who wrote it, who agreed, who was added, what is proposed.

    ``links`` holds addresses of messages by the ids that quotes use, as far as the reader may be led there. ``route``
    is that of the buttons to other pages.
    """
    shown = paginate(_pages(list(_entries(point, CardLimits(LONGEST_QUOTE, addresses=links)))), 1, page)
    head = f"## Who says so\n{number}\\. {format_statement(point, LONGEST_HEADING)}\n{format_checked_count(point)}"
    foot = [shown.sentence] if shown.count > 1 else []
    buttons = pager(shown.number, shown.count, *route)
    return card(*sections([head], [_format_entries(shown.items[0])], foot), *([Row(*buttons)] if buttons else []))


Entry = tuple[str, str]
"""The title under which a line stands, and the line."""


def _entries(point: KeyPoint, room: CardLimits) -> Iterator[Entry]:
    quotes = list_shown_quotes(point)
    for role, title in TITLES.items():
        yield from ((title, f"> {room.quoted(quote)}") for quote in quotes if quote.role is role)
        if role is Role.AGREED and point.endorsements:
            yield title, REACTED.format(people=count_people(point.endorsements))
        if role is Role.AGREED and point.total > point.people + point.endorsements:
            yield title, PRESSED
    if unquoted := format_unquoted(len(point.counted)):
        yield COUNTED, unquoted
    if hidden := count_quoted_people(point.quotes) - count_quoted_people(quotes):
        yield COUNTED, f"The words of {count_people(hidden)} aren’t shown."
    gone = point.people - count_quoted_people(point.quotes), point.private - count_private(point.quotes, point.counted)
    if any(gone):
        yield COUNTED, f"The words of {format_supporters(*gone)} are no longer kept."
    for quote in (quote for quote in point.possible if quote.text):
        yield POSSIBLY, f"> {room.quoted(quote)}"


def _pages(entries: list[Entry]) -> list[list[Entry]]:
    pages: list[list[Entry]] = [[]]
    for entry in entries:
        size = sum(count_units(line) + 1 for _, line in (*pages[-1], entry))
        if pages[-1] and (size > CHARACTERS_A_PAGE or len(pages[-1]) == QUOTES_A_PAGE):
            pages.append([])
        pages[-1].append(entry)
    return pages


def _format_entries(entries: list[Entry]) -> str:
    """Write the lines, each group below its title."""
    lines: list[str] = []
    for place, (title, line) in enumerate(entries):
        if place == 0 or entries[place - 1][0] != title:
            lines.append(title)
        lines.append(line)
    return "\n".join(lines) or "No words are left."


def _option(number: int, point: KeyPoint) -> discord.SelectOption:
    heading = point_heading(point)
    words = strip_harmful(UNQUOTED_POINT if heading == NOT_QUOTED else heading) or "A point without words"
    hint = format_count(point).removesuffix(".") if point.is_shared else ""
    return option(f"{number}. {words}", key_of(point), hint)
