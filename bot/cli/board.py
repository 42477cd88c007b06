"""``python -m bot board``: the board paper of a series as files, beside a running bot or without."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.board.fields import LONGEST_ASK
from bot.board.html import board_files
from bot.board.template import check_template_size
from bot.cli.env_file import env_file_option
from bot.cli.files import folder_option, write_atomically
from bot.cli.settings import open_database, read_config
from bot.config import Config
from bot.errors import UserError
from bot.models.prompts import Series
from bot.services.board_papers import note_paper, prepare_paper
from bot.services.paper_fields import read_fields
from bot.store import Store

NO_SERIES = "There’s no series with this number or title. These are stored:"
NONE_YET = "There’s no series yet. Make one in Discord with /series."
TOO_LONG = f"Say what you’re asking the board for with --ask, in one line of at most {LONGEST_ASK} characters."
SEVERAL = "Several series have this title. Name one by its number:"


@click.command("board")
@click.argument("series")
@click.option(
    "--ask",
    default="",
    help=("What you’re asking the board for, in one line; if you leave this out, what was written before."),
)
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help="Your organisation’s Word file: the paper takes its styles, margins, header and footer.",
)
@folder_option
@env_file_option
def command(series: str, ask: str, template: Path | None, folder: Path, env_file: Path) -> None:
    """Make the board paper of SERIES, which is a number or a title.

    You get a Word file, a web page, the data as two tables and, with the extra pdf, a PDF. The front sheet has what was
    filled in with /summary board. The bot can be running. If something has to be done first, it is listed, and nothing
    is written.
    """
    ask = " ".join(ask.split())
    if len(ask) > LONGEST_ASK:
        raise UserError(TOO_LONG)
    config = read_config(env_file)
    own = None if template is None else _read_template(template)
    for path in asyncio.run(_make(config, series, ask, own, folder)):
        click.echo(path)


async def _make(config: Config, named: str, ask: str, template: bytes | None, folder: Path) -> list[Path]:
    now = datetime.now(UTC)
    async with open_database(config) as store:
        series = await _series(store, named)
        fields = await read_fields(store, series)
        if ask:
            fields = replace(fields, recommendation=ask)
        files = board_files(await prepare_paper(store, series, fields, now), template)
        await note_paper(store, series, [file.name for file in files], now)
        return write_atomically(folder, {file.name: file.content for file in files})


async def _series(store: Store, named: str) -> Series:
    servers = await store.personal.servers()
    known = [series for guild_id in servers for series in await store.series.of_guild(guild_id)]
    wanted = named.strip().casefold()
    by_number = [series for series in known if str(series.id) == wanted]
    matching = by_number or [series for series in known if series.title.casefold() == wanted]
    if len(matching) == 1:
        return matching[0]
    if not known:
        raise UserError(NONE_YET)
    lines = (f"  {series.id}: {' '.join(series.title.split())}" for series in matching or known)
    raise UserError("\n".join([SEVERAL if matching else NO_SERIES, *lines]))


def _read_template(path: Path) -> bytes:
    try:
        check_template_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} can’t be read ({error.strerror}). Check --template.") from None
