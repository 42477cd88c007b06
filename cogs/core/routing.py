"""Buttons, selects and forms that need no memory: a custom_id says what to do, the database holds the rest.

A custom_id is ``name:argument:argument``. Cogs mark a method with ``@route("name")``; it is called for every click on
a component and every form sent under that name, also after a restart and also for two people at once. (discord.py's
own DynamicItem does this for components alone, and swallows their errors; forms it keeps in memory.)
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import answer_error
from bot.errors import UserError
from cogs.core.rate_limits import check_command, check_route
from cogs.ui.forms import join_written
from cogs.ui.parts import TooLongError

Handler = Callable[..., Awaitable[None]]
H = TypeVar("H", bound=Handler)

OUT_OF_DATE = "This is out of date. Open it again with its command or button, then try again."
LONGEST_OF_OURS = 80
"""Characters. The bot's own custom_ids are shorter, so that the name of the step after it fits in Discord's 100."""
ROUTED = (discord.InteractionType.component, discord.InteractionType.modal_submit)


def route(name: str) -> Callable[[H], H]:
    """Mark a cog's method as the handler of ``name``. It gets the interaction and the custom_id's arguments (texts)."""

    def mark(handler: H) -> H:
        handler.__dict__["routed_name"] = name
        return handler

    return mark


class RoutedCog(commands.Cog):
    """A cog whose routed methods are called for clicks and forms."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        marked = (getattr(self, name) for name in dir(type(self)) if hasattr(getattr(type(self), name), "routed_name"))
        self._routes: dict[str, Handler] = {method.routed_name: method for method in marked}

    async def interaction_check(self, interaction: discord.Interaction[Bot], /) -> bool:  # type: ignore[override]
        """Count each command of the cog before it runs. Raises TooFast where the person was too fast."""
        check_command(interaction)
        return True

    @commands.Cog.listener("on_interaction")
    async def route(self, interaction: discord.Interaction[Bot]) -> None:
        """Call the handler that an interaction's custom_id names, if it is one of this cog's."""
        if interaction.type not in ROUTED:
            return
        data: Any = interaction.data or {}
        pressed = str(data.get("custom_id", ""))
        name, *arguments = pressed.split(":")
        handler = self._routes.get(name)
        if handler is None and not self._answers_unknown(name):
            return
        written = join_written(interaction)
        try:
            check_route(interaction, name, written)
            await _require(handler, arguments)(interaction, *arguments)
        except TooLongError as error:  # what is made up can leave no room for the next step's name
            is_made_up = len(pressed) > LONGEST_OF_OURS
            await answer_error(interaction, UserError(OUT_OF_DATE) if is_made_up else error, written)
        except Exception as error:  # noqa: BLE001 - the last place where it can be answered; it is logged there
            await answer_error(interaction, error, written)

    def _answers_unknown(self, name: str) -> bool:
        """Say whether this cog is the one that answers for a name that no cog knows, or none now."""
        routed = [cog for cog in self.bot.cogs.values() if isinstance(cog, RoutedCog)]
        return bool(routed) and routed[0] is self and not any(name in cog._routes for cog in routed)


def _require(handler: Handler | None, arguments: Sequence[str]) -> Handler:
    """Return the handler if it takes what a custom_id holds; that of an old card may have more arguments, or fewer.

    What cannot be printed, such as half of a letter, was never in one of ours. Raises UserError.
    """
    if handler is None or not all(argument.isprintable() for argument in arguments):
        raise UserError(OUT_OF_DATE)
    try:
        inspect.signature(handler).bind(None, *arguments)
    except TypeError:
        raise UserError(OUT_OF_DATE) from None
    return handler
