"""Who may do what: every command and every button, select and form, walked through as each kind of person.

The two tables of tests/permissions.py say it once. What is missing in them fails a test.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands, ui
from simcord.backend.serializers import message_payload
from simcord.enums import InteractionType

from bot.models.settings import GuildSettings
from cogs.library.changing import state_of
from cogs.routing import RoutedCog
from tests.cogs.prompts.scenes import library, make_series
from tests.permissions import COMMANDS, FOR_ALL_EYES, REFUSALS, ROUTES, Ids
from tests.world import World, new_world, words

MARK = "Zebrafinch"
"""Stands in every text of the server that others must not see."""


@pytest.fixture
async def loop(tmp_path: Path) -> AsyncIterator[Ids]:
    """A server with something of every kind; ``ids`` names it, ``people`` who acts."""
    async with new_world(tmp_path) as world:
        yield await everything_in(world)


async def everything_in(world: World) -> Ids:
    await world.store.settings.join([world.guild.id])
    excerpts = await library(world, *(f"{MARK} {n}: leaders exist at all levels." for n in range(3)))
    made = await make_series(world, source="our staff", title=MARK)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpts[2]}")
    (posted,) = await world.store.prompts.watched()
    card = next(message for message in world.prompts.history() if message.id == posted.message_id)
    author = world.staff[0]
    form = await author.click(card, label="Reply")
    await author.submit_modal(form, {"words": f"{MARK} is what I think of it."})
    (reply,) = await world.store.replies.of_prompt(posted.id)
    first = await world.store.library.excerpt(world.guild.id, excerpts[0])
    await world.facilitator.slash(world.prompts, "summary draft", prompt=str(posted.id))
    draft = await world.store.drafts.of_prompt(posted.id)
    assert draft is not None
    shared, objection = await objected(world, posted.id, author)
    return Ids(
        world=world,
        people={
            "author": author,
            "staff": world.staff[1],
            "organiser": world.organiser,
            "facilitator": world.facilitator,
            "manager": world.manager,
        },
        excerpt=first.id,
        state=state_of(first.passage),
        source=first.source_id,
        series=made.id,
        prompt=posted.id,
        claim=posted.claim,
        reply=reply.id,
        message=reply.message_id,
        draft=draft.id,
        ref=draft.summary.points[0].ref,
        shared=shared,
        objection=objection,
    )


async def objected(world: World, prompt_id: int, author: Any) -> tuple[int, int]:
    """A summary that stands in the thread, and what its author's words were answered: the ids of both."""
    await world.facilitator.slash(world.prompts, "summary thread", prompt=str(prompt_id), share=True)
    (shared,) = await world.store.summaries.shared(prompt_id)
    thread = next(one for one in world.threads() if one.id == shared.channel_id)
    form = await author.click(thread.history()[-1], label="This is not what I meant")
    await author.submit_modal(form, {"words": f"{MARK} is not what I meant."})
    (objection,) = await world.store.objections.waiting(world.guild.id)
    return shared.message_id, objection.id


async def a_card(world: World, channel: Any) -> discord.Message:
    """A card of the bot, for clicks that are made up."""
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay("A card"))
    view.stop()
    with world.env._bot_scope():
        sent: discord.Message = await world.bot.get_channel(channel.id).send(view=view)  # type: ignore[union-attr]
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
    backend = ids.world.env.backend
    payload = dict(message_payload(backend, backend.get_message(channel.id, card.id)))
    return await person._dispatch_interaction(
        kind, channel, data, extra={"message": payload}, source_message_id=card.id
    )


async def walk(ids: Ids, person: Any, channel: Any) -> AsyncIterator[tuple[str, frozenset[str], Any]]:
    """Do everything that there is to do, one after the other, with the ids of the server in ``ids``."""
    let_all_see_setup(ids.world, person)
    for name, (who, options) in COMMANDS.items():
        yield f"/{name}", who, await person.slash(channel, name, **options(ids))
        await ids.world.env.advance_time(20)  # summaries have a limit of pace
    for name, pressed in ROUTES.items():
        yield name, pressed.who, await press(ids, person, channel, await a_card(ids.world, channel), name)


def let_all_see_setup(world: World, person: Any) -> None:
    """A server may show /setup to whom it likes: Discord hides it from others by default only."""
    command = world.env.backend.find_command("setup", person.guild.id, type=1)
    person.guild.set_command_permissions(int(command["id"]), {person: True})


def said(result: Any) -> str:
    """What the person is shown: an answer, a form, or the card that was clicked as it is now."""
    if result.modal is not None:
        return f"{result.modal}"
    messages = [one for one in (result.response, *result.followups) if one is not None]
    answers = [one for one in messages if one.id != result._interaction.source_message_id]
    assert all(one.ephemeral for one in answers)
    return "\n".join(words(one.message) for one in answers or messages)


def rows(path: Path) -> list[str]:
    """Everything that the database holds."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return sorted(line for line in connection.iterdump() if line.startswith("INSERT"))


def leaves(bot: Any) -> Iterator[app_commands.Command[Any, ..., Any]]:
    return (one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command))


async def test_the_tables_name_every_command_and_every_button_select_and_form(loop: Ids) -> None:
    bot = loop.world.bot
    routed = {name for cog in bot.cogs.values() if isinstance(cog, RoutedCog) for name in cog._routes}

    assert {command.qualified_name for command in leaves(bot)} == set(COMMANDS)
    assert routed == set(ROUTES)


@pytest.mark.parametrize("kind", ["staff", "author", "organiser", "facilitator", "manager"])
async def test_a_person_may_do_what_the_tables_say_and_nothing_else(loop: Ids, kind: str) -> None:
    world = loop.world
    async for name, who, result in walk(loop, loop.people[kind], world.prompts):
        answer = said(result)
        assert result.acknowledged, name
        assert "this reference" not in answer, name
        if kind in who:
            assert not answer.startswith("Only "), name
        else:
            assert answer.startswith(REFUSALS[who]), name


@pytest.mark.parametrize("kind", ["staff", "organiser"])
async def test_what_is_refused_changes_nothing(loop: Ids, kind: str) -> None:
    person, world = loop.people[kind], loop.world
    before = rows(world.path)
    let_all_see_setup(world, person)
    for name, (who, options) in COMMANDS.items():
        if kind not in who:
            await person.slash(world.prompts, name, **options(loop))
    card = await a_card(world, world.prompts)
    for name, pressed in ROUTES.items():
        if kind not in pressed.who:
            await press(loop, person, world.prompts, card, name)

    assert rows(world.path) == before


@pytest.mark.parametrize("kind", ["facilitator", "author"])
async def test_in_another_server_nothing_of_this_one_is_seen_or_changed(loop: Ids, kind: str) -> None:
    world = loop.world
    other = world.env.create_guild("Hillside")
    leaders, talk = other.create_role("Facilitators"), other.create_text_channel("talk")
    user = world.env.create_user("Hal") if kind == "facilitator" else loop.people["author"].user
    person = other.add_member(user, roles=[leaders])
    await world.env.settle()
    await world.store.settings.save(
        GuildSettings(
            other.id, prompts_channel_id=talk.id, facilitator_role_id=leaders.id, organiser_role_id=leaders.id
        )
    )
    before = rows(world.path)

    async for name, _, result in walk(loop, person, talk):
        answer = said(result)
        assert MARK not in answer, name
        assert "this reference" not in answer, name

    theirs = set(rows(world.path))
    assert [row for row in before if row not in theirs] == []
    assert MARK not in "\n".join(world.texts(talk))


@pytest.mark.parametrize("kind", ["staff", "author"])
async def test_staff_are_offered_no_choices_while_they_type(loop: Ids, kind: str) -> None:
    offered = await choices(loop, loop.people[kind], loop.world.prompts)

    assert {name: found for name, found in offered.items() if found} == {}


async def test_facilitators_are_offered_choices_while_they_type(loop: Ids) -> None:
    offered = await choices(loop, loop.people["facilitator"], loop.world.prompts)

    assert [name for name, found in offered.items() if not found] == ["prompt keep prompt"]  # no thread is gone


async def choices(ids: Ids, person: Any, channel: Any) -> dict[str, list[Any]]:
    """What every option offers that is completed while typing."""
    return {
        f"{command.qualified_name} {option.display_name}": await person.autocomplete(
            channel, command.qualified_name, option.display_name, ""
        )
        for command in leaves(ids.world.bot)
        for option in command.parameters
        if option.autocomplete and option.display_name not in FOR_ALL_EYES
    }
