"""``python -m bot person``: what is stored about one person, given or erased, for requests that come from outside."""

from __future__ import annotations

import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.env_file import env_file_option, group_env_file_option
from bot.cli.files import folder_option
from bot.cli.settings import open_database, read_config
from bot.config import Config
from bot.errors import UserError
from bot.models.actions import EXPORTED_BY_PROGRAM, PERSON_ERASED
from bot.models.personal import ErasedReplies, PersonData
from bot.services.erasure import erase_everything, repair_stored
from bot.services.subject_access import export_files, gather_person_data
from bot.store import Store
from bot.store.holding import is_running
from bot.text.links import message_link

ID = re.compile(r"[0-9]{15,19}")
LARGEST = 2**63
NO_ID = (
    "{what} is Discord’s number for {whom}: 17 to 19 digits, and nothing else. To see it, switch on Developer Mode "
    "in Discord (Settings, Advanced), then right-click and choose Copy ID."
)
NOTHING = "Nothing is stored about this person."
PRIVATE = (
    "Nobody can tell who wrote private replies to closed prompts, so they can’t be found here. Their author can "
    "erase them in /my with the code."
)
STAYS = (
    "Erased from the database, with quotes and counts in stored summaries and drafts. {follows} What people wrote in "
    "Discord themselves stays there. Backups, and copies beside the database, still have what was erased, until you "
    "delete them."
)
AT_START = "Messages in Discord follow when the bot starts."
AT_ONCE = "The running bot changes its messages in Discord within a minute."
BY_THE_BOT = "These messages show replies that the bot posted for this person. Delete them in Discord:"

server_option = click.option("--server", metavar="ID", help="Only this server; if you leave this out, all servers.")


@click.group("person")
@group_env_file_option
def command() -> None:
    """Export or erase what is stored about one person, by their Discord id."""


@command.command("export")
@click.argument("user_id")
@server_option
@folder_option
@env_file_option
def export(user_id: str, server: str | None, folder: Path, env_file: Path) -> None:
    """Export what is stored about a person.

    Writes two files for each server: a page to read, and JSON. The bot can be running.
    """
    person, only = _id(user_id, "USER_ID", "an account"), _server(server)
    for path in asyncio.run(_export(read_config(env_file), person, only, folder)) or (NOTHING,):
        click.echo(path)
    click.echo(PRIVATE)


@command.command("erase")
@click.argument("user_id")
@server_option
@click.option("--yes", is_flag=True, help="Don’t ask before erasing.")
@env_file_option
def erase(user_id: str, server: str | None, yes: bool, env_file: Path) -> None:
    """Erase what is stored about a person.

    It says what it found, and asks first. If the bot is running, it changes its messages in Discord within a minute.
    """
    person, only = _id(user_id, "USER_ID", "an account"), _server(server)
    asyncio.run(_erase(read_config(env_file), person, only, sure=yes))


async def _export(config: Config, user_id: int, only: int | None, folder: Path) -> list[str]:
    now, written = datetime.now(UTC), []
    async with open_database(config) as store:
        for data in await _find_person(store, user_id, only):
            for ending, content in (await export_files(store, data, now)).items():
                written.append(_write(folder / f"person-in-{data.guild_id}.{ending}", content))
            await store.audit_log.note(data.guild_id, EXPORTED_BY_PROGRAM, "what is stored about one person", now=now)
    return written


async def _erase(config: Config, user_id: int, only: int | None, *, sure: bool) -> None:
    now = datetime.now(UTC)
    async with open_database(config) as store:
        stored = await _find_person(store, user_id, only)
        for data in stored:
            click.echo(_summarise_data(data))
        if stored and not sure:
            click.confirm("Erase this for good?", abort=True)
        for data in stored:
            erased = await erase_everything(store, data.guild_id, user_id)
            await repair_stored(store, data.guild_id, erased.prompts, now)
            await store.audit_log.note(data.guild_id, PERSON_ERASED, "", now=now)
            for line in () if is_running(config.database) else await _list_posted(store, data.guild_id, erased):
                click.echo(line)
        await store.forget_traces()
    follows = AT_ONCE if is_running(config.database) else AT_START
    click.echo(STAYS.format(follows=follows) if stored else NOTHING)
    click.echo(PRIVATE)


async def _find_person(store: Store, user_id: int, only: int | None) -> list[PersonData]:
    servers = await store.personal.servers()
    if only is not None and only not in servers:
        raise UserError("Nothing is stored about a server with this id. Check --server.")
    gathered = [await gather_person_data(store, guild_id, user_id) for guild_id in servers if only in (None, guild_id)]
    return [data for data in gathered if not data.is_empty]


async def _list_posted(store: Store, guild_id: int, erased: ErasedReplies) -> list[str]:
    """Return the messages that the bot posted for the person: without Discord, they can only be named."""
    links = []
    for prompt_id, message_id in erased.posted:
        prompt = await store.prompts.get(guild_id, prompt_id)
        if prompt.gone_at is None and prompt.thread_id is not None:
            links.append(message_link(guild_id, prompt.thread_id, message_id))
    return [BY_THE_BOT, *links] if links else []


def _summarise_data(data: PersonData) -> str:
    counts = {
        "replies": len(data.replies),
        "private replies": len(data.private),
        "private replies in checks": len(data.missing),
        "taps": sum(len(pressed.pressed) for pressed in data.presses),
        "reactions": len(data.reactions),
        "answers to summaries": len(data.objections),
    }
    return f"Server {data.guild_id}: " + ", ".join(f"{what}: {count}" for what, count in counts.items())


def _write(path: Path, content: bytes) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What one person wrote is for the eyes of whoever answers them.
        with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise UserError(f"{path} can’t be written ({error.strerror}). Choose another folder with --to.") from None
    return str(path)


def _id(text: str, what: str, whom: str) -> int:
    if not ID.fullmatch(text) or int(text) >= LARGEST:
        raise UserError(NO_ID.format(what=what, whom=whom))
    return int(text)


def _server(text: str | None) -> int | None:
    return None if text is None else _id(text, "--server", "a server")
