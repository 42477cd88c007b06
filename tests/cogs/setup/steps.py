"""What a manager does in /setup, for tests of what it changes."""

from __future__ import annotations

from typing import Any

import discord
from discord import ComponentType

from cogs.setup.cards import ALL_SETTINGS
from cogs.setup.channels_and_roles import MAKING
from tests.world import World, form_parts, shown

NEEDED = discord.Permissions(**dict.fromkeys((*MAKING, "attach_files"), True))
"""What a bot has that may make channels and roles."""


async def give(world: World, permissions: discord.Permissions) -> None:
    """Give the bot's role these permissions in the whole server, and no others."""
    (role,) = [role for role in world.guild.roles.values() if role._role.managed]
    world.env.backend.edit_role(world.guild.id, role.id, {"permissions": permissions.value})
    await world.env.settle()


async def start(world: World) -> Any:
    """Open /setup on its first steps."""
    return await world.manager.slash(world.prompts, "setup")


async def press(world: World, card: Any, label: str) -> Any:
    """Press a button of the card."""
    return await world.manager.click(card.response, label=label)


async def open_settings(world: World, channel: Any | None = None) -> Any:
    """Open /setup, and from the first steps the card of all settings."""
    opened = await world.manager.slash(channel or world.prompts, "setup")
    if ALL_SETTINGS in shown(opened):
        return await world.manager.click(opened.response, label=ALL_SETTINGS)
    return opened


async def open_settings_form(world: World, title: str) -> Any:
    """Open the form with this title from the card of all settings."""
    return await world.manager.click((await open_settings(world)).response, label=title)


async def fill_in(world: World, title: str, **values: Any) -> str:
    """Fill in parts of a form of /setup, leave the others as they were, and return what the card then says."""
    form = await open_settings_form(world, title)
    before = {name: _value(part) for name, part in form_parts(form).items()}
    filled = {name: value for name, value in before.items() if value is not None} | values
    return shown(await world.manager.submit_modal(form, filled))


def _value(part: dict[str, Any]) -> str | None:
    """What a part is filled with when it opens; None for a select of channels or roles."""
    if "options" in part:
        return next((option["value"] for option in part["options"] if option.get("default")), None)
    return part.get("value", "") if part["type"] == ComponentType.text_input.value else None
