"""``python -m bot verify``: holds every stored summary against the stored replies, beside a running bot or without."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from bot.cli.env_file import env_file_option
from bot.cli.settings import open_as_it_is, open_database, read_config
from bot.config import Config
from bot.services.summaries.verification import verify_point, verify_summaries
from bot.store.encryption.sealer import ChangedRowError
from bot.store.encryption.seals import SealCheck
from bot.summaries.output.counts import format_count
from bot.summaries.review.publication import describe_checking
from bot.text.words import plural

NO_SUMMARY = "There’s no stored summary."
UNREAD = "The stored summaries can’t be checked: at least one of them was changed by hand or is damaged."
SOUND = "stored rows: sound, {rows} as the bot wrote them"
NOT_SOUND = "stored rows: not sound. Changed by hand or damaged: {tables}."
UNSEEN = (
    "This check can’t see everything. It misses rows that were deleted, a changed state of a draft or a check, changes "
    "from before rows were sealed this way, and a whole database put back from an earlier time."
)


@click.command("verify")
@click.argument("reference", required=False)
@env_file_option
def command(reference: str | None, env_file: Path) -> None:
    """Check every stored summary against the stored replies: quotes verbatim, people counted again.

    It also checks that nobody changed what is stored by hand: its author, prompt, server, times or consent. It prints
    one line for each summary, without anyone’s words. The exit code is 1 if anything is wrong. It changes nothing, and
    the bot can be running. With REFERENCE, such as P12-3 in a board paper, it gives the counts of that point and checks
    the summaries of its prompt.
    """
    config = read_config(env_file)
    lines, is_wrong = asyncio.run(_verify(config) if reference is None else _verify_point(config, reference))
    click.echo("\n".join(lines))
    sys.exit(1 if is_wrong else 0)


async def _verify(config: Config) -> tuple[list[str], bool]:
    """Check every stored row and summary: a line for each summary, and whether anything is wrong."""
    seals = await _check_seals(config)
    try:
        async with open_database(config) as store:
            checked = await verify_summaries(store)
    except ChangedRowError:
        return [UNREAD, *_describe(seals)], True
    lines = [f"summary {shared.id} of prompt {shared.prompt_id}: {result}" for shared, result in checked]
    is_wrong = bool(seals.changed) or any(result.problems for _, result in checked)
    return [*(lines or [NO_SUMMARY]), *_describe(seals)], is_wrong


async def _check_seals(config: Config) -> SealCheck:
    """Open every stored row. First of all: to close what is due, rows have to open."""
    async with open_as_it_is(config) as store:
        return await store.seals.check()


def _describe(seals: SealCheck) -> tuple[str, str]:
    tables = ", ".join(f"{count:,} in {table}" for table, count in seals.changed.items())
    return (NOT_SOUND.format(tables=tables) if tables else SOUND.format(rows=plural(seals.rows, "row"))), UNSEEN


async def _verify_point(config: Config, written: str) -> tuple[list[str], bool]:
    """Check what a reference names: lines without anyone's words, and whether anything is wrong."""
    seals = await _check_seals(config)
    async with open_database(config) as store:
        checked = await verify_point(store, written)
    lines = [
        f"{ref}: {format_count(point)} {describe_checking([point])} "
        f"Summary {shared.id} of prompt {shared.prompt_id}: {result}"
        for ref, point, shared, result in checked
    ]
    told = [_describe(seals)[0]] if seals.changed else []
    return [*lines, *told], bool(told) or any(result.problems for *_, result in checked)
