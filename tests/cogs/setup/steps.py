"""What a manager does in /setup, for tests of what it changes."""

from __future__ import annotations

from typing import Any

from discord import ComponentType

from cogs.setup.cards import ALL_SETTINGS
from tests.world import World, form_parts, shown


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
