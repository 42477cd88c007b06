"""``python -m bot tidy``: closes what is due where no bot runs, for a timer; a running bot mostly did it already."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.env_file import env_file_option
from bot.cli.settings import open_as_it_is, read_config
from bot.config import Config
from bot.services.closing import ClosingResult, close_due
from bot.text.words import plural

NOTHING = "Nothing was due."
KEY_LEFT = (
    "Not everything is released yet: a key is missing or can’t be destroyed just now. The line above says which. Run "
    "this again in a few minutes."
)


@click.command("tidy")
@click.option("--keys-lost", is_flag=True, help="Give up taps whose key is missing because the file is lost.")
@env_file_option
def command(env_file: Path, keys_lost: bool) -> None:
    """Close the questions and checks whose date has passed, and destroy their keys.

    Run it from a timer, so that this happens even while the bot is stopped. The exit code is 1 if a key is left.
    """
    closed = asyncio.run(_tidy(read_config(env_file), keys_lost=keys_lost))
    click.echo(_describe(closed))
    sys.exit(0 if closed.is_complete else 1)


async def _tidy(config: Config, *, keys_lost: bool) -> ClosingResult:
    async with open_as_it_is(config) as store:
        return await close_due(store, datetime.now(UTC), keys_lost=keys_lost)


def _describe(closed: ClosingResult) -> str:
    if not closed.is_complete:
        return KEY_LEFT
    if not closed.prompts and not closed.checks:
        return NOTHING
    return f"Closed: {plural(closed.prompts, 'question')}, {plural(closed.checks, 'check')}. Their keys are destroyed."
