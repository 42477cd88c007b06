"""Does what the tables of who may do what name, as one person in one place, and reads what they are shown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import discord
from discord import ui
from simcord.actors import _dispatch_actor_interaction
from simcord.backend.serializers import message_payload
from simcord.enums import InteractionType

from bot.client import ROLE_COMMANDS
from bot.rate_limit import RateLimiter
from tests.permissions.tables import COMMANDS, MENUS, ROUTES, Ids
from tests.world import World, words

Wanted = Callable[[frozenset[str]], bool]


async def a_card(world: World, channel: Any) -> discord.Message:
    """A card of the bot, for clicks that are made up."""
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay("A card"))
    view.stop()
    with world.env._bot_scope():
        place = world.bot.get_partial_messageable(channel.id)
        sent: discord.Message = await place.send(view=view)
    return sent


async def press(ids: Ids, person: Any, channel: Any, card: discord.Message, name: str) -> Any:
    """Send a click, a choice or a form with this name, as if its card stood in the channel."""
    press = ROUTES[name]
    arguments = press.arguments.format_map(vars(ids))
    data: dict[str, Any] = {"custom_id": f"{name}:{arguments}" if arguments else name}
    if press.filled:
        parts = [{"type": 4, "custom_id": part, "value": "7"} for part in press.filled]
        data["components"] = [{"type": 18, "component": part} for part in parts]
        kind = InteractionType.MODAL_SUBMIT
    else:
        kind = InteractionType.MESSAGE_COMPONENT
        data["component_type"] = 3 if press.chosen else 2
        if press.chosen:
            data["values"] = [press.chosen.format_map(vars(ids))]
    return await send(ids.world, person, channel, card, kind, data)


async def press_button(world: World, person: Any, channel: Any, custom_id: str) -> Any:
    """Press a button that is made up, on a card of the bot's."""
    card = await a_card(world, channel)
    data = {"custom_id": custom_id, "component_type": 2}
    return await send(world, person, channel, card, InteractionType.MESSAGE_COMPONENT, data)


async def send(
    world: World, person: Any, channel: Any, card: discord.Message, kind: InteractionType, data: dict[str, Any]
) -> Any:
    """Send an interaction as if it came from a card."""
    backend = world.env.backend
    payload = dict(message_payload(backend, backend.get_message(channel.id, card.id)))
    return await _dispatch_actor_interaction(
        person, kind, channel, data, extra={"message": payload}, source_message_id=card.id
    )


async def walk(ids: Ids, person: Any, channel: Any, wanted: Wanted = lambda _: True) -> AsyncIterator[Any]:
    """Do everything that is ``wanted``, one after the other, with the ids of the server in ``ids``.

    Yields each name, who may do it, and what came of it.
    """
    let_all_see(ids.world, person)
    for name, (who, options) in COMMANDS.items():
        if wanted(who):
            ids.world.bot.pace = RateLimiter()  # how often is held elsewhere
            yield f"/{name}", who, await person.slash(channel, name, **options(ids))
    for name, who in MENUS.items():
        if wanted(who):
            yield name, who, await choose_menu(ids, person, channel, name)
    async for name, who, result in walk_routes(ids, person, channel, wanted):
        yield name, who, result


async def walk_routes(ids: Ids, person: Any, channel: Any, wanted: Wanted = lambda _: True) -> AsyncIterator[Any]:
    """The same with buttons, selects and forms alone."""
    for name, pressed in ROUTES.items():
        if wanted(pressed.who):
            ids.world.bot.pace = RateLimiter()
            yield name, pressed.who, await press(ids, person, channel, await a_card(ids.world, channel), name)


async def choose_menu(ids: Ids, person: Any, channel: Any, name: str) -> Any:
    """Choose a command in the menu of the reply's message, which may stand in another channel or server."""
    backend = ids.world.env.backend
    message = await a_card(ids.world, channel)
    payload = {**message_payload(backend, backend.get_message(channel.id, message.id)), "id": str(ids.message)}
    data = {
        "id": backend.find_command(name, person.guild.id, type=3)["id"],
        "name": name,
        "type": 3,
        "target_id": str(ids.message),
        "resolved": {"messages": {str(ids.message): payload}},
    }
    return await _dispatch_actor_interaction(person, InteractionType.APPLICATION_COMMAND, channel, data)


def let_all_see(world: World, person: Any) -> None:
    """A server may show a command to whom it likes: here those too that it shows to none of its roles (see world)."""
    for command in world.bot.tree.get_commands():
        if command.default_permissions not in (None, ROLE_COMMANDS):
            found = world.env.backend.find_command(command.name, person.guild.id)
            person.guild.set_command_permissions(int(found["id"]), {person: True})


def said(result: Any) -> str:
    """What the person is shown: an answer, a form, or the card that was clicked as it is now."""
    if result.modal is not None:
        return f"{result.modal}"
    messages = [one for one in (result.response, *result.followups) if one is not None]
    answers = [one for one in messages if one.id != result._interaction.source_message_id]
    assert all(one.ephemeral for one in answers)
    return "\n".join(words(one.message) for one in answers or messages)


def guessed(ids: Ids) -> Ids:
    """Ids next to the real ones, and claims and references that differ in one letter."""
    return Ids(**{name: _next(value) for name, value in vars(ids).items()})


def _next(value: Any) -> Any:
    if isinstance(value, str):
        return value[:-1] + ("1" if value[-1:] != "1" else "2")
    return value - 1 if isinstance(value, int) else value
