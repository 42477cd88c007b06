"""``python -m bot import``: a report from a file into the library, or only shown as its excerpts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.env_file import env_file_option
from bot.cli.program import program_name
from bot.errors import UserError
from bot.library import MAX_FILE_BYTES, check_size
from bot.models.library import Document, Passage
from bot.prompts.texts import format_missing

if TYPE_CHECKING:
    from bot.config import Config


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--server", type=click.IntRange(min=1), help="The id of the server, where the bot is in more than one.")
@click.option("--dry-run", is_flag=True, help="Show the excerpts and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: print the excerpts as JSON.")
@env_file_option
def command(file: Path, server: int | None, dry_run: bool, as_json: bool, env_file: Path) -> None:
    """Read the report in FILE into the library: PDF, Word (.docx), OpenDocument (.odt),
    an e-book (.epub), HTML, Markdown or plain text."""
    if as_json and not dry_run:
        raise UserError("--json shows what --dry-run finds. Add --dry-run.")
    # Both are needed only once there is work to do; help stays quick without them.
    from bot.config import Config, read_environ

    data = _bytes_of(file)
    if dry_run:
        config = Config.from_environ(read_environ(env_file), without=("DISCORD_TOKEN", "WARD_DATA_KEY"))
        document = asyncio.run(_read_report(data, file.name, config))
        click.echo(
            json.dumps(_as_data(document), ensure_ascii=False, indent=2) if as_json else _list_excerpts(document)
        )
        return
    from bot.cli.settings import read_config

    click.echo(asyncio.run(_import(data, file.name, read_config(env_file), server)))


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_FILE_BYTES + 1)
        check_size(len(data) if len(data) <= MAX_FILE_BYTES else max(len(data), file.stat().st_size))
    except OSError as error:
        raise UserError(f"{click.format_filename(file)} can’t be read: {error.strerror}. Check its name.") from None
    return data


@contextmanager
def _progress(words: str) -> Iterator[None]:
    """Show a bar on standard error while the worker reads, if that is a terminal."""
    # It draws the bar, and is needed for nothing else.
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task(escape(_harmless(words)), total=None)
        yield


async def _read_report(data: bytes, filename: str, config: Config) -> Document:
    # They bring the database and start a process, so they load only once there is a file.
    from bot.services.library import read_report
    from bot.worker import Worker

    async with Worker(memory_mb=config.worker_memory_mb, seconds=config.worker_seconds) as worker:
        with _progress(f"Reading {click.format_filename(filename)}"):
            return await read_report(worker, data, filename)


async def _import(data: bytes, filename: str, config: Config, server: int | None) -> str:
    """Read the report into the library of a server, and return the sentence that says what was done."""
    from bot.cli.settings import open_or_make
    from bot.services.closing import close_due
    from bot.services.erasure import finish_erasures
    from bot.services.library import import_report
    from bot.worker import Worker

    store = await open_or_make(config, beside=True)
    try:
        await finish_erasures(store, datetime.now(UTC))
        await close_due(store, datetime.now(UTC))
        guild_id = _choose_server(sorted(await store.settings.guild_ids()), server)
        async with Worker(memory_mb=config.worker_memory_mb, seconds=config.worker_seconds) as worker:
            with _progress(f"Reading {click.format_filename(filename)}"):
                imported = await import_report(store, worker, guild_id, data, filename)
    finally:
        await store.close()
    title = _harmless(imported.source.details.title)
    if not imported.is_new:
        return f"“{title}” is in the library already. Nothing was added."
    missing = format_missing(imported.source.missing)
    if missing:
        click.echo(f"{missing} Fill it in with /library and “Check details” before the first prompt.", err=True)
    return f"“{title}” is in the library now, with {_format_count(imported.source.excerpts, 'excerpt')}."


def _choose_server(servers: list[int], server: int | None) -> int:
    ids = ", ".join(map(str, servers))
    if not servers:
        raise UserError(f"The bot is in no server yet. Start it with {program_name()} run and invite it first.")
    if server is None and len(servers) > 1:
        raise UserError(f"The bot is in more than one server. Name one of these with --server: {ids}.")
    if server is not None and server not in servers:
        raise UserError(f"The bot isn’t in that server. Name one of these with --server: {ids}.")
    return server or servers[0]


def _as_data(document: Document) -> Mapping[str, object]:
    source = {**asdict(document.details), "format": document.format, "pages": document.pages}
    source["missing"] = list(document.missing)
    excerpts = [
        {
            "position": position,
            "heading": passage.heading,
            "page_from": passage.page_from,
            "page_to": passage.page_to,
            "words": len(passage.text.split()),
            "text": passage.text,
        }
        for position, passage in enumerate(document.passages, start=1)
    ]
    return {"source": {**source, "digest": document.digest}, "excerpts": excerpts}


def _list_excerpts(document: Document) -> str:
    details = document.details
    known = [details.publisher, str(details.year or ""), details.address, details.licence]
    head = "\n".join(filter(None, [details.title, ", ".join(filter(None, known)), format_missing(document.missing)]))
    excerpts = (_format_excerpt(position, passage) for position, passage in enumerate(document.passages, start=1))
    tail = f"{_format_count(len(document.passages), 'excerpt')}. Nothing was stored."
    return "\n\n".join(map(_harmless, (head, *excerpts, tail)))


def _format_excerpt(position: int, passage: Passage) -> str:
    place = [passage.heading, _pages(passage), _format_count(len(passage.text.split()), "word")]
    return f"{position}. {' · '.join(filter(None, place))}\n{passage.text}"


def _pages(passage: Passage) -> str:
    if passage.page_from is None:
        return ""
    is_one = passage.page_to in (None, passage.page_from)
    return f"page {passage.page_from}" if is_one else f"pages {passage.page_from} to {passage.page_to}"


def _format_count(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _harmless(text: str) -> str:
    """Return the text without characters that a terminal would obey."""
    return "".join(char for char in text if char == "\n" or char.isprintable())
