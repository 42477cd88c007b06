"""The select "Who says so", and the card that answers it: the words of everybody who supports a point."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

import discord
from discord import ui

from bot.models.summaries import KeyPoint, Summary
from bot.summaries.disclosure.private_counts import people_of, private_of
from bot.summaries.output.plain_text import say_so_unquoted
from bot.summaries.output.point_groups import point_heading, possible_people
from bot.text.escape import harmless
from bot.text.words import plural
from cogs.summaries.frame import card, page_buttons
from cogs.summaries.pages import numbered, shown_part
from cogs.summaries.texts import Room, counted, heading, shown_quotes, who_said
from cogs.ui.limits import LONGEST_OPTION, MOST_OPTIONS, units, within

LONGEST_QUOTE, LONGEST_HEADING = 600, 300
CHARACTERS_A_PAGE, QUOTES_A_PAGE = 2800, 12
CLEARLY = "### They say so clearly"
POSSIBLY = "### They possibly say so"
ABOUT = "The program found them by their words. Read them yourself."


def who_says_so(summary: Summary, custom_id: str) -> ui.Select[ui.LayoutView] | None:
    """A select of the summary's points and single voices; None where there are none."""
    if summary.frozen:  # nobody's words are left
        return None
    options = {key_of(point): _option(number, point) for number, point in numbered(summary)[:MOST_OPTIONS]}
    if not options:
        return None
    return ui.Select(custom_id=custom_id, placeholder="Who says so: choose a point", options=list(options.values()))


def key_of(point: KeyPoint) -> str:
    """A short name of a point that lasts as its first supporter and its statement do, and that tells neither."""
    first = point.quotes[0].message if point.quotes else ""
    return hashlib.blake2b(f"{first} {point.statement}".encode("utf-8", "replace"), digest_size=6).hexdigest()


def named(summary: Summary, key: str) -> tuple[int, KeyPoint] | None:
    """The point of this key with its number; None where the summary has it no longer."""
    return next((one for one in numbered(summary) if key_of(one[1]) == key), None)


def supporters_card(
    number: int, point: KeyPoint, links: Mapping[str, str], page: int, target: Callable[[int], str]
) -> ui.LayoutView:
    """One page of everybody's own words on a point: those who clearly say so, then those who possibly do.

    ``links`` holds addresses of messages by the ids that quotes bear, as far as the reader may be led there.
    """
    found = _pages(list(_entries(point, Room(LONGEST_QUOTE, addresses=links))))
    page = min(max(page, 0), len(found) - 1)
    head = f"## Who says so\n{number}. {heading(point, LONGEST_HEADING)}\n{who_said(point)}."
    foot = f"Page {page + 1} of {len(found)}. {ABOUT}" if len(found) > 1 else ABOUT
    buttons = page_buttons(page, len(found), target)
    return card([[head], [_told(found[page])], [foot]], [ui.ActionRow(*buttons)] if buttons else [])


Entry = tuple[str, str]
"""The title under which a line stands, and the line."""


def _entries(point: KeyPoint, room: Room) -> Iterator[Entry]:
    quotes = shown_quotes(point)
    for quote in quotes:
        yield CLEARLY, f"> {room.quoted(quote)}"
    if unquoted := say_so_unquoted(len(point.counted)):
        yield CLEARLY, unquoted
    if hidden := len(point.quotes) - len(quotes):
        yield CLEARLY, f"{plural(hidden, 'more quote')} {'is' if hidden == 1 else 'are'} counted, but not shown."
    gone = point.people - people_of(point.quotes), point.private - private_of(point.quotes, point.counted)
    if any(gone):
        yield CLEARLY, f"The words of {counted(*gone)} are no longer kept."
    for quote in (one for one in point.possible if one.text):
        yield POSSIBLY, f"> {room.quoted(quote)}"


def _pages(entries: list[Entry]) -> list[list[Entry]]:
    found: list[list[Entry]] = [[]]
    for entry in entries:
        size = sum(units(line) + 1 for _, line in (*found[-1], entry))
        if found[-1] and (size > CHARACTERS_A_PAGE or len(found[-1]) == QUOTES_A_PAGE):
            found.append([])
        found[-1].append(entry)
    return found


def _told(entries: list[Entry]) -> str:
    """The lines, each group below its title."""
    lines: list[str] = []
    for place, (title, line) in enumerate(entries):
        if place == 0 or entries[place - 1][0] != title:
            lines.append(title)
        lines.append(line)
    return "\n".join(lines) or "Nobody’s words are left."


def _option(number: int, point: KeyPoint) -> discord.SelectOption:
    words, _ = shown_part(harmless(point_heading(point)) or "A point without words", LONGEST_OPTION)
    more = possible_people(point)
    possibly = f", {more:,} more possibly" if more else ""
    return discord.SelectOption(
        label=within(f"{number}. {words}", LONGEST_OPTION),
        value=key_of(point),
        description=f"{counted(point.people, point.private)}{possibly}",
    )
