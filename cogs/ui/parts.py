"""The parts of a card that people press: buttons, selects and the way from page to page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

import discord
from discord import ui

from cogs.ui.limits import LONGEST_CUSTOM_ID, LONGEST_OPTION, MOST_IN_A_ROW, count_units, cut_to_units

V = TypeVar("V", bound=discord.ui.view.BaseView)
Row = ui.ActionRow[ui.LayoutView]
Button = ui.Button[ui.LayoutView]
Select = ui.Select[ui.LayoutView]
PREVIOUS, NEXT = "Previous", "Next"
NEWER, OLDER = "Newer", "Older"


class TooLongError(ValueError):
    """A custom_id has more characters than Discord takes."""


def custom_id(name: str, *arguments: object) -> str:
    """Join a handler's name and its arguments. Raises TooLongError past Discord's 100 characters."""
    joined = ":".join((name, *map(str, arguments)))
    if len(joined) > LONGEST_CUSTOM_ID:
        raise TooLongError(f"the custom_id of {name} is too long")
    return joined


def frame_number(*route: object) -> int:
    """Return the number that Discord keeps for the box of a card marked with a route: 2**30 to 2**31 - 1.

    Discord itself numbers the parts of a card from 1 on.
    """
    return _number(custom_id(str(route[0]), *route[1:]))


def _number(mark: str) -> int:
    return 2**30 + int.from_bytes(hashlib.blake2b(mark.encode(), digest_size=4).digest()) % 2**30


def detach(view: V) -> V:
    """Return a view or form that discord.py sends and forgets, since a routed method handles it."""
    view.stop()
    return view


def button(
    label: str,
    *route: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
) -> Button:
    """Make a button that calls the handler which ``route`` names, with its arguments."""
    return ui.Button(label=label, custom_id=custom_id(str(route[0]), *route[1:]), style=style, disabled=disabled)


def button_rows(pressable: Sequence[Button]) -> list[Row]:
    """Set buttons in rows of five, as many as Discord takes in one."""
    starts = range(0, len(pressable), MOST_IN_A_ROW)
    return [Row(*pressable[start : start + MOST_IN_A_ROW]) for start in starts]


def buttons(*pressable: Button) -> ui.View:
    """Put buttons below a message of plain text."""
    view = ui.View(timeout=None)
    for each in pressable:
        view.add_item(each)
    return detach(view)


def put_button_beside(text: str, pressable: Button) -> ui.Section[ui.LayoutView]:
    """Put a button beside a text of a card."""
    return ui.Section(text, accessory=pressable)


def option(label: str, value: object, hint: str = "", *, chosen: bool = False) -> discord.SelectOption:
    """Make an option of a select. It knows no Markdown; words that do not fit end with an ellipsis."""
    return discord.SelectOption(
        label=_cut_label(label), value=str(value), description=_cut_label(hint) if hint else None, default=chosen
    )


def select(
    placeholder: str, options: Sequence[discord.SelectOption], *route: object, many: bool = False, least: int = 0
) -> Row:
    """Make a select in a row of its own. With ``many``, from ``least`` up to all of the options can be chosen.

    Its number is that of its route: by its place in the card, what was chosen in one select would be shown as chosen in
    the next that comes in its place.
    """
    name = custom_id(str(route[0]), *route[1:])
    chooser: Select = ui.Select(
        custom_id=name,
        id=_number(f"select {name}"),
        placeholder=placeholder,
        options=list(options),
        min_values=least if many else 1,
        max_values=len(options) if many else 1,
    )
    return ui.ActionRow(chooser)


def pager(
    number: int,
    count: int,
    *route: object,
    labels: tuple[str, str] = (PREVIOUS, NEXT),
    after: tuple[object, ...] = (),
    switched_off: bool = False,
) -> list[Button]:
    """Make the buttons from one of ``count`` pages, counted from 0, to its neighbours.

    The custom_id of each is the route, the page that it leads to, and the arguments ``after``. A button that would lead
    past either end is left out, or shown ``switched_off``.
    """
    steps = zip(labels, (number - 1, number + 1), strict=True)
    return [
        button(label, *route, page, *after, disabled=not 0 <= page < count)
        for label, page in steps
        if switched_off or 0 <= page < count
    ]


def _cut_label(text: str) -> str:
    line = " ".join(text.split())
    if count_units(line) <= LONGEST_OPTION:
        return line
    part = cut_to_units(line, LONGEST_OPTION - 2)
    end = part.rfind(" ")
    return f"{part[: end if end > LONGEST_OPTION // 2 else len(part)].rstrip()} …"
