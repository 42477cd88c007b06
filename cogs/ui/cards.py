"""Cards: texts, lines, pictures and rows in one message, always within Discord's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from typing import TypeVar

import discord
from discord import ui

from bot.text.markdown import escape
from bot.text.words import shorten
from cogs.ui.limits import LONGEST_ALT, MOST_CHARACTERS, beyond_limits, count_units, cut_to_units
from cogs.ui.pages import paginate
from cogs.ui.parts import Row, button, button_rows, detach, frame_number, pager

R = TypeVar("R")


class Space(Enum):
    """What is between two texts of a card: a visible line, or a little room."""

    LINE = "line"
    GAP = "gap"


Part = str | Row | Space | ui.MediaGallery[ui.LayoutView] | ui.Section[ui.LayoutView] | ui.File[ui.LayoutView]


def card(
    *parts: Part, accent: discord.Colour | None = None, framed: bool = True, marked: tuple[object, ...] = ()
) -> ui.LayoutView:
    """Make a card of texts, rows, spaces and pictures, in order. Empty texts are left out.

    ``framed`` draws the box around it; ``marked`` is a route by which the bot knows the message again, where it may
    have no button of that route. Raises ValueError, without any words, if Discord would refuse the card.
    """
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(
        accent_colour=accent, id=frame_number(*marked) if marked else None
    )
    holder: ui.Container[ui.LayoutView] | ui.LayoutView = container if framed else view
    for part in parts:
        if part != "":
            holder.add_item(_item(part))
    if framed:
        view.add_item(container)
    if problems := beyond_limits(view):
        raise ValueError(f"a card does not fit into a message: {', '.join(problems)}")
    return detach(view)


def sections(*groups: Iterable[str]) -> Iterator[Part]:
    """Set a line between groups of texts, and a little room between the texts of each; empty groups are left out."""
    started = False
    for group in groups:
        for place, text in enumerate(text for text in group if text):
            if started:
                yield Space.GAP if place else Space.LINE
            yield text
            started = True


def space_texts(texts: Iterable[str]) -> Iterator[Part]:
    """Set a little room between texts."""
    return sections(texts)


def picture(file_name: str, alt: str) -> ui.MediaGallery[ui.LayoutView]:
    """Show a picture that the message carries as an attachment, with its alternative text."""
    description = cut_to_units(alt, LONGEST_ALT)
    return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{file_name}", description=description))


def sent_file_row(file_name: str) -> ui.File[ui.LayoutView]:
    """Show a file that the message carries by its name; Discord would open the text of a plain attachment in place."""
    return ui.File(f"attachment://{file_name}")


def text_card(text: str) -> ui.LayoutView:
    """Show a text alone, without a box around it."""
    return card(text, framed=False)


def page_card(texts: Sequence[str], number: int, *route: object, below: Sequence[Row] = ()) -> ui.LayoutView:
    """Show one of several pages of text to one reader, counted from 0, with buttons to its neighbours.

    A number past either end gives the nearest page. The buttons' custom_ids are the route and a page; ``below`` are
    further rows.
    """
    page = paginate(texts, 1, number)
    ways = pager(page.number, page.count, *route)
    return card(*page.items, *button_rows(ways), *below, framed=False)


def confirm(
    question: str,
    yes: str,
    *route: object,
    no: tuple[object, ...] = (),
    note: str = "",
    framed: bool = True,
) -> ui.LayoutView:
    """Ask before something that cannot be undone: the question, the button ``yes``, and a way back if there is one.

    ``no`` is the label and the route of the way back; ``note`` says below the question what follows.
    """
    pressable = [button(yes, *route, style=discord.ButtonStyle.danger)]
    if no:
        pressable.append(button(str(no[0]), *no[1:]))
    return card(question, note, Row(*pressable), framed=framed)


def fit(build: Callable[[R], Sequence[str]], rooms: Iterable[R], *, most: int = MOST_CHARACTERS) -> Sequence[str]:
    """Build the texts of a card with less and less room until they fit into a message.

    ``rooms`` goes from the most room to the least. Raises ValueError if even the least does not fit.
    """
    return fit_groups(lambda room: [build(room)], rooms, most=most)[0]


def fit_groups(
    build: Callable[[R], Sequence[Sequence[str]]], rooms: Iterable[R], *, most: int = MOST_CHARACTERS
) -> Sequence[Sequence[str]]:
    """Build groups of texts, as ``sections`` takes them, with less and less room until they fit into a message."""
    for room in rooms:
        groups = build(room)
        if sum(count_units(text) for group in groups for text in group) <= most:
            return groups
    raise ValueError("a card does not fit into a message, however short its parts are")


def crop(texts: Iterable[str], most: int = MOST_CHARACTERS) -> list[str]:
    """Keep the first texts whole, shorten the one that does not fit, and leave out those after it."""
    kept: list[str] = []
    room = most
    for text in texts:
        if room <= 0:
            break
        kept.append(_shorten(text, room, str))
        room -= count_units(text)
    return kept


def pack_lines(lines: Iterable[str], most: int = MOST_CHARACTERS) -> list[str]:
    """Join lines into as few texts of ``most`` characters as hold them, in order. A longer line stays whole."""
    texts: list[str] = []
    for line in lines:
        if texts and count_units(texts[-1]) + 1 + count_units(line) <= most:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return texts


def escape_within(text: str, limit: int) -> str:
    """Make what people typed or a file holds safe to show, in at most ``limit`` characters once it is escaped."""
    return _shorten(text, limit, escape)


def _shorten(text: str, limit: int, write: Callable[[str], str]) -> str:
    written = write(text)
    while (excess := count_units(written) - limit) > 0:
        # Each character cut frees a unit at least; one that takes two frees both.
        cut = excess if count_units(text) == len(text) else (excess + 1) // 2
        text = shorten(text, max(1, min(limit, len(text) - cut)))
        written = write(text)
        if len(text) <= 1:
            return cut_to_units(written, limit)
    return written


def format_moment(moment: datetime) -> str:
    """Write a moment as Discord's own time stamps: each reader sees their own zone, and how far away it is."""
    return f"{discord.utils.format_dt(moment, 'F')} ({discord.utils.format_dt(moment, 'R')})"


def _item(part: Part) -> ui.Item[ui.LayoutView]:
    if isinstance(part, str):
        return ui.TextDisplay(part)
    if isinstance(part, Space):
        return ui.Separator(visible=part is Space.LINE)
    return part
