"""Builds the cards of the review: text, then rows of buttons and selects, always within Discord's limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord
from discord import ui

from cogs.summaries.pages import shown_part
from cogs.ui.limits import LONGEST_OPTION, MOST_CHARACTERS, units, within
from cogs.ui.parts import custom_id, detached

LENGTHS = (400, 300, 220, 160, 120, 80, 50, 30)
"""How many characters of each quote are tried; the first at which the card fits is taken."""

Row = ui.ActionRow[ui.LayoutView]
Button = ui.Button[ui.LayoutView]
Select = ui.Select[ui.LayoutView]


def fitted(texts: Callable[[int], Sequence[str]], rows: Sequence[Row]) -> ui.LayoutView:
    """A card of texts made for the longest quotes that fit. Raises ValueError where even the shortest do not."""
    for length in LENGTHS:
        made = texts(length)
        if sum(map(units, made)) <= MOST_CHARACTERS:
            return card(made, rows)
    raise ValueError("a card of the review does not fit into one message")


def card(texts: Sequence[str], rows: Sequence[Row] = ()) -> ui.LayoutView:
    """A card of these texts and rows."""
    view = ui.LayoutView()
    container: ui.Container[ui.LayoutView] = ui.Container()
    for number, text in enumerate(texts):
        if number:
            container.add_item(ui.Separator(visible=False))
        container.add_item(ui.TextDisplay(text))
    for row in rows:
        container.add_item(row)
    view.add_item(container)
    return detached(view)


def option_text(text: str) -> str:
    """Words as an option of a select, which knows no markdown."""
    part, cut = shown_part(text, LONGEST_OPTION)
    return f"{within(part, LONGEST_OPTION - 2)} …" if cut or units(part) > LONGEST_OPTION else part


def button(label: str, *route: object, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Button:
    """A button that calls a routed method."""
    return ui.Button(label=label, custom_id=custom_id(str(route[0]), *route[1:]), style=style)


def select(placeholder: str, options: Sequence[discord.SelectOption], *route: object, many: bool = False) -> Row:
    """A select in a row of its own; with ``many``, none or all can be chosen."""
    chooser: Select = ui.Select(
        custom_id=custom_id(str(route[0]), *route[1:]),
        placeholder=placeholder,
        options=list(options),
        min_values=0 if many else 1,
        max_values=len(options) if many else 1,
    )
    return ui.ActionRow(chooser)


def turns(page: int, count: int, *route: object) -> list[Button]:
    """The buttons to the pages before and after one, counted from 0; the page is the route's last argument."""
    steps = (("Previous", page - 1), ("Next", page + 1))
    return [button(label, *route, to) for label, to in steps if 0 <= to < count]
