"""Writes docs/permissions.md from the tables of tests/permissions/tables.py: `python -m tests.permissions.page`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from discord import app_commands

from bot.client import Bot
from cogs.core.routing import RoutedCog
from tests.permissions.tables import COMMANDS, EVERYBODY, FACILITATORS, ITS_AUTHOR, MANAGERS, MENUS, ORGANISERS, ROUTES
from tests.world import new_world

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"

WHO = {
    MANAGERS: "managers",
    FACILITATORS: "facilitators, managers",
    ORGANISERS: "organisers, facilitators, managers",
    EVERYBODY: "everybody",
    ITS_AUTHOR: "the author of the reply",
}

HEAD = """# Who can do what

This page is written from the table that the tests use, so it says what the program does. A test tries every line as
each kind of person: in the server, in another server, with guessed ids, in direct messages, and after losing a role.

- Managers have Discord's permission Manage Server.
- Facilitators have the role that a manager chose in `/setup`. Organisers have the other role there.
- Everybody means every person who can see the channel with the bot's message. What the bot shows them about themselves,
  nobody else sees.

The program checks this each time, even for buttons on old messages. Discord only decides what it lists: everybody sees
`/my` and `/suggest`, managers see `/setup`, and people with Manage Events see everything else and the menu of a
message. A server manager can [show commands to roles](admins.md#who-sees-which-commands).

If somebody does something too often, the bot asks them to wait some seconds. Ordinary work never gets that far.
"""


def page(bot: Bot) -> str:
    """The whole page, for the commands and the routes of this bot."""
    commands = {one.qualified_name: one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command)}
    lines = [
        f"| `/{name}` | {WHO[who]} | {commands[name].description} |" for name, (who, _) in sorted(COMMANDS.items())
    ]
    menus = [f"| {name} | {WHO[who]} |" for name, who in sorted(MENUS.items())]
    return "\n".join(
        (
            HEAD,
            "## Commands\n",
            "| command | who | what it does |\n|---|---|---|",
            *lines,
            "\n## Commands in the menu of a message\n",
            "| command | who |\n|---|---|",
            *menus,
            "\n## Buttons, lists and forms\n",
            "The name is the one that the program knows them by.\n",
            "| name | who | what it does |\n|---|---|---|",
            *_routes(bot),
            "",
        )
    )


def _routes(bot: Bot) -> Iterator[str]:
    handlers = {
        name: one for cog in bot.cogs.values() if isinstance(cog, RoutedCog) for name, one in cog._routes.items()
    }
    for name, press in sorted(ROUTES.items()):
        yield f"| {name} | {WHO[press.who]} | {_first_line(handlers[name])} |"


def _first_line(handler: Callable[..., Any]) -> str:
    return (handler.__doc__ or "").strip().splitlines()[0]


async def _write() -> None:
    with TemporaryDirectory() as folder:
        async with new_world(Path(folder)) as world:
            PAGE.write_text(page(world.bot), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
