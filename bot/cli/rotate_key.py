"""``python -m bot rotate-key``: everything encrypted again under the first data key, while the bot is stopped."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.env_file import env_file_option
from bot.cli.settings import read_config
from bot.store import Rotation, rotate

ONE_KEY = (
    "WARD_DATA_KEY holds one key, and everything is encrypted under it. To change it, put a new key before it, with a "
    "comma between, then run this again."
)
KEEP = (
    "Backups that were made before now still need the old keys. Keep those keys somewhere safe until the last such "
    "backup is deleted."
)


@click.command("rotate-key")
@env_file_option
def command(env_file: Path) -> None:
    """Encrypt everything again under the first key of WARD_DATA_KEY, which the other keys open.

    Stop the bot first. If this is interrupted, run it again, and it carries on.
    """
    config = read_config(env_file)
    done = rotate(config.database, *config.data_keys)
    if not done.rows and len(config.data_keys) == 1:
        click.echo(ONE_KEY)
        return
    click.echo(_describe(done))


def _describe(done: Rotation) -> str:
    rows = f"{done.rows:,} {'row was' if done.rows == 1 else 'rows were'}"
    lines = [
        f"{rows} encrypted again. Everything is under the first key now.",
        "The bot no longer needs the other keys: take them out of WARD_DATA_KEY, then start the bot.",
        KEEP,
    ]
    if done.copies:
        lines.append(f"So do these copies beside the database: {', '.join(done.copies)}. Delete them when all is well.")
    return "\n".join(lines)
