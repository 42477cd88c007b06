"""The frame of every card of this step: texts with lines between them, a picture, and rows of buttons and selects."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord
from discord import ui

from cogs.ui.limits import LONGEST_ALT, beyond_limits, within
from cogs.ui.parts import detached

PICTURE = "summary.png"


def card(parts: list[list[str]], rows: Sequence[ui.ActionRow[ui.LayoutView]] = (), alt: str = "") -> ui.LayoutView:
    """A card with a line between its parts, and a little room between the texts of each; the picture after the first.

    Raises ValueError where it is beyond Discord's limits.
    """
    view = ui.LayoutView()
    container: ui.Container[ui.LayoutView] = ui.Container()
    for number, part in enumerate(parts):
        for place, text in enumerate(part):
            if number or place:
                container.add_item(ui.Separator(visible=place == 0))
            container.add_item(ui.TextDisplay(text))
        if number == 0 and alt:
            picture = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=within(alt, LONGEST_ALT))
            container.add_item(ui.MediaGallery(picture))
    for row in rows:
        container.add_item(row)
    view.add_item(container)
    if problems := beyond_limits(view):
        raise ValueError(f"a card does not fit into a message: {', '.join(problems)}")
    return detached(view)


def page_buttons(number: int, count: int, target: Callable[[int], str]) -> list[ui.Button[ui.LayoutView]]:
    """The buttons that lead from one of ``count`` pages to those beside it."""
    steps = [("Previous", number - 1), ("Next", number + 1)]
    return [
        ui.Button(label=label, custom_id=target(page), style=discord.ButtonStyle.secondary)
        for label, page in steps
        if 0 <= page < count
    ]
