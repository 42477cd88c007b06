"""``python -m bot governance``: a folder of documents for the information governance team, from the live settings."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from bot import __version__
from bot.cli.env_file import env_file_option
from bot.cli.settings import open_database, read_config
from bot.config import SECRETS, SETTINGS, Config, read_environ
from bot.errors import UserError
from bot.governance import Facts, ProgramSetting, describe_language_model, write_documents
from bot.models.settings import GuildSettings
from bot.text.dates import format_local_date

NO_SERVER = "The bot is in no server yet, so there are no settings to write about. Start it, and invite it first."
DATABASE = "WARD_DATABASE"
MANY = "The bot is in more than one server. Name one of these with --server: {}."
UNKNOWN = "The bot isn’t in that server. Name one of these with --server: {}."


@click.command("governance")
@click.option("--server", type=click.IntRange(min=1), help="The id of the server, where the bot is in more than one.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("governance"),
    show_default=True,
    help="The folder to write.",
)
@env_file_option
def command(server: int | None, folder: Path, env_file: Path) -> None:
    """Write the documents that an information governance team asks for. The bot can be running."""
    config = read_config(env_file)
    settings = asyncio.run(_settings(config, server))
    facts = Facts(
        server=f"server {settings.guild_id}",
        settings=settings,
        program=tuple(_program(read_environ(env_file) | {DATABASE: str(config.database)})),
        made_on=format_local_date(datetime.now(UTC), settings.time_zone),
        version=__version__,
        model=config.model.name if config.model is not None else "",
        is_on_server=not isinstance(config.database, Path),
        has_key_server=config.key_server is not None,
        language_model=describe_language_model(config.language_model, settings, f"server {settings.guild_id}"),
    )
    files = write_documents(facts)
    _write(folder, files)
    click.echo(f"{len(files)} files were written to {click.format_filename(folder)}. Look for “To fill in” in them.")


def _program(environ: Mapping[str, str]) -> Iterator[ProgramSetting]:
    """Return every setting of the program as it is now, without what is secret."""
    for setting in SETTINGS:
        value = environ.get(setting.name, "").strip()
        is_secret = setting.name in SECRETS and setting.name != DATABASE  # which is given here without a password
        shown = ("set" if value else "not set") if is_secret else value or setting.default or "not set"
        yield ProgramSetting(setting.name, setting.meaning, shown)


async def _settings(config: Config, server: int | None) -> GuildSettings:
    async with open_database(config) as store:
        servers = await store.settings.guild_ids()
        listed = ", ".join(map(str, servers))
        if not servers:
            raise UserError(NO_SERVER)
        if server is None and len(servers) > 1:
            raise UserError(MANY.format(listed))
        if server is not None and server not in servers:
            raise UserError(UNKNOWN.format(listed))
        return await store.settings.of(server or servers[0])


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        raise UserError(
            f"{click.format_filename(folder)} can’t be written: {error.strerror}. Name another folder with --to."
        ) from None
