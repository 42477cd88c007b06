"""``python -m bot verify``: holds every stored summary against the stored replies, beside a running bot or without."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from bot.cli.settings import env_file_option, open_database, read_config
from bot.config import Config
from bot.models.summaries import KeyPoint
from bot.services.verification import verify_point, verify_summaries
from bot.summaries.output.counts import format_pressed
from bot.summaries.output.plain_text import format_supporters
from bot.summaries.output.point_groups import count_confirmed_people, count_confirmed_private

NO_SUMMARY = "There is no stored summary."


@click.command("verify")
@click.argument("reference", required=False)
@env_file_option
def command(reference: str | None, env_file: Path) -> None:
    """Check every stored summary against the stored replies: quotes verbatim, people counted again.

    Prints one line for each, without anyone's words, and ends with code 1 where one fails. Nothing is changed; the bot
    may be running. With REFERENCE, such as P12-3 in a board paper, it tells the counts of that point and checks the
    summaries of its prompt.
    """
    config = read_config(env_file)
    lines, is_wrong = asyncio.run(_verify(config) if reference is None else _verify_point(config, reference))
    click.echo("\n".join(lines))
    sys.exit(1 if is_wrong else 0)


async def _verify(config: Config) -> tuple[list[str], bool]:
    """Check every stored summary: a line for each, and whether anything is wrong."""
    async with open_database(config) as store:
        checked = await verify_summaries(store)
    lines = [f"summary {shared.id} of prompt {shared.prompt_id}: {result}" for shared, result in checked]
    return lines or [NO_SUMMARY], any(result.problems for _, result in checked)


async def _verify_point(config: Config, written: str) -> tuple[list[str], bool]:
    """Check what a reference names: lines without anyone's words, and whether anything is wrong."""
    async with open_database(config) as store:
        checked = await verify_point(store, written)
    lines = [
        f"{ref}: {_counts(point)}. Summary {shared.id} of prompt {shared.prompt_id}: {result}"
        for ref, point, shared, result in checked
    ]
    return lines, any(result.problems for *_, result in checked)


def _counts(point: KeyPoint) -> str:
    found, confirmed = (
        format_supporters(point.people, point.private),
        format_supporters(count_confirmed_people(point), count_confirmed_private(point)),
    )
    pressed = format_pressed(point).removesuffix(".")
    return f"found {found}; confirmed by a person {confirmed}{f'; with presses {pressed}' if pressed else ''}"
