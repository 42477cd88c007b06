"""What Discord offers to whoever types "/": to staff their own commands, to others what their server shows them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from discord import Permissions
from simcord.backend.command_access import command_access

from bot.client import FOR_EVERYBODY, ROLE_COMMANDS
from cogs.setup.cards import MAKE
from cogs.setup.channels_and_roles import SEE_COMMANDS
from cogs.setup.command_access import HOW, ORGANISERS_USE, TITLE
from tests.cogs.setup.steps import NEEDED, give, open_settings, press, start
from tests.permissions.tables import COMMANDS, EVERYBODY, FACILITATORS, MANAGERS, MENUS, ORGANISERS
from tests.wording import opening
from tests.world import World, new_world, shown

MOST_FOR_STAFF = 6


@pytest.fixture
async def unshown(tmp_path: Path) -> AsyncIterator[World]:
    """A server in which nobody has chosen who sees which command."""
    async with new_world(tmp_path, shows_commands=False) as world:
        yield world


def offered(world: World, person: Any) -> set[str]:
    """The commands that Discord offers to somebody in the prompts channel, those of menus too."""
    backend = world.env.backend
    commands = [one for scope in backend.commands.values() for one in scope.values()]
    ask = {"user_id": person.id, "channel_id": world.prompts.id}
    return {one["name"] for one in commands if command_access(backend, one, **ask).allowed}


def used_by(*who: frozenset[str]) -> set[str]:
    """The commands in which there is something for one of these, by the tables of tests/permissions/tables.py."""
    return {name.split()[0] for name, (allowed, _) in COMMANDS.items() if allowed in who}


async def test_staff_are_offered_six_commands_at_most_and_they_are_theirs(unshown: World) -> None:
    commands = unshown.bot.tree.get_commands()
    assert len(commands) > MOST_FOR_STAFF

    for person in (*unshown.staff, unshown.organiser, unshown.facilitator):
        seen = offered(unshown, person)
        assert len(seen) <= MOST_FOR_STAFF
        assert seen == used_by(EVERYBODY) == FOR_EVERYBODY


async def test_who_has_the_permission_is_offered_what_facilitators_use_and_managers_what_is_theirs(
    unshown: World,
) -> None:
    moderators = unshown.guild.create_role("Moderators", permissions=ROLE_COMMANDS)
    moderator = unshown.guild.add_member(unshown.env.create_user("Pat"), roles=[moderators])

    assert offered(unshown, moderator) == used_by(EVERYBODY, FACILITATORS, ORGANISERS) | set(MENUS)
    assert offered(unshown, unshown.manager) == used_by(EVERYBODY, MANAGERS)


async def test_a_role_sees_the_command_that_its_server_shows_it_and_may_use_it(unshown: World) -> None:
    command = next(one for one in await unshown.bot.tree.fetch_commands() if one.name == "prompt")
    unshown.guild.set_command_permissions(command, {unshown.guild.roles["Facilitators"]: True})

    assert offered(unshown, unshown.facilitator) == {*FOR_EVERYBODY, "prompt"}
    assert offered(unshown, unshown.organiser) == FOR_EVERYBODY
    assert shown(await unshown.facilitator.slash(unshown.office, "prompt list"))


async def test_setup_says_how_each_role_gets_its_commands(unshown: World) -> None:
    told = shown(await open_settings(unshown, unshown.office))

    access = told[told.index(TITLE) :]
    facilitators, organisers = (unshown.guild.roles[name].id for name in ("Facilitators", "Organisers"))
    assert opening(HOW) in access
    for name in used_by(FACILITATORS, ORGANISERS):
        assert f"/{name}" in access
    line = next(line for line in access.split("\n") if f"<@&{organisers}>" in line)
    assert {word.strip(",)") for word in line.split() if word.startswith("/")} == {f"/{one}" for one in ORGANISERS_USE}
    assert f"<@&{facilitators}> (facilitators)" in access


async def test_roles_that_setup_makes_see_their_commands_at_once(unshown: World) -> None:
    await give(unshown, NEEDED)
    cleared = ("prompts_channel_id", "facilitators_channel_id", "facilitator_role_id", "organiser_role_id")
    await unshown.store.settings.change(unshown.guild.id, **dict.fromkeys(cleared))
    made = shown(await press(unshown, await start(unshown), MAKE))
    assert SEE_COMMANDS in made
    assert TITLE not in made
    settings = await unshown.store.settings.of(unshown.guild.id)
    organisers = next(role for role in unshown.guild.roles.values() if role.id == settings.organiser_role_id)
    newcomer = unshown.guild.add_member(unshown.env.create_user("Pat"), roles=[organisers])

    assert offered(unshown, unshown.manager) == used_by(EVERYBODY, FACILITATORS, ORGANISERS, MANAGERS) | set(MENUS)
    assert offered(unshown, newcomer) == used_by(EVERYBODY, FACILITATORS, ORGANISERS) | set(MENUS)


def test_the_permission_that_shows_commands_gives_nothing_over_words_or_people() -> None:
    over_words_and_people = Permissions.text() | Permissions.membership() | Permissions.elevated()

    assert ROLE_COMMANDS.value
    assert not ROLE_COMMANDS.value & over_words_and_people.value


def test_organisers_are_told_of_every_command_in_which_there_is_something_for_them() -> None:
    assert set(ORGANISERS_USE) == used_by(ORGANISERS)


async def test_setup_says_nothing_of_it_where_the_roles_see_them_anyway(unshown: World) -> None:
    roles = [unshown.guild.create_role(f"Leads {n}", permissions=ROLE_COMMANDS) for n in range(2)]
    await unshown.env.settle()
    await unshown.store.settings.change(
        unshown.guild.id, facilitator_role_id=roles[0].id, organiser_role_id=roles[1].id
    )

    assert TITLE not in shown(await open_settings(unshown, unshown.office))


async def test_a_command_that_nobody_declared_for_everybody_is_hidden(unshown: World) -> None:
    for command in unshown.bot.tree.get_commands():
        hidden = command.default_permissions is not None
        assert hidden == (command.name not in FOR_EVERYBODY), command.name
