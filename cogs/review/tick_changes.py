"""What a person changed in a select of ticks: that alone, so that two reviewers at once do not undo each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import discord

from cogs.ui.forms import chosen_values as chosen


def ticked_now(interaction: discord.Interaction[Any], ticked: Iterable[str]) -> tuple[str, ...]:
    """``ticked`` as stored, with what the person added to what their card showed, and without what they took off."""
    shown = frozenset(_defaults(interaction))
    after = chosen(interaction)
    kept = [message for message in ticked if message not in shown or message in after]
    return tuple(dict.fromkeys([*kept, *(message for message in after if message not in shown)]))


def offered(interaction: discord.Interaction[Any], custom_id: str) -> frozenset[str]:
    """What could be ticked in a select of the message, as the person saw it when they pressed one of its buttons."""
    return frozenset(option.value for option in _options(interaction, custom_id))


def _defaults(interaction: discord.Interaction[Any]) -> Iterator[str]:
    """What stood ticked in the select, in the message as the person saw it."""
    data: Any = interaction.data or {}
    yield from (option.value for option in _options(interaction, data.get("custom_id", "")) if option.default)


def _options(interaction: discord.Interaction[Any], custom_id: str) -> Iterator[discord.SelectOption]:
    for component in _walk(interaction.message.components if interaction.message is not None else ()):
        if isinstance(component, discord.SelectMenu) and component.custom_id == custom_id:
            yield from component.options


def _walk(components: Iterable[Any]) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
