"""``python -m bot init``: a new .env file that only its owner can read."""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path

import click

from bot.cli import program_name
from bot.config import KEY_BYTES, check_token
from bot.errors import SettingError, UserError

OWNER_ONLY = 0o600

CONTENT = """\
# The settings of Ward to Board; .env.example tells what each means, and which others there are.
# Show this file to nobody. Keep a copy of the data key apart from the database.
DISCORD_TOKEN={token}
WARD_DATA_KEY={data_key}
"""

NEXT_STEPS = """\
Your settings are in {path}. Only you can read that file.

What to do next:
1. Keep a copy of the file in a safe place, apart from the database. Without its data key, no reply can be read again.
2. In the Discord developer portal, on the Bot page, switch on the Message Content intent.
3. Start the bot with: {program} run
4. Open the invitation link that it prints, then use /setup in your server.
"""


@click.command("init")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path(".env"),
    show_default=True,
    help="The file to write.",
)
def command(path: Path) -> None:
    """Write a new .env file with the bot's token and a new data key. It never overwrites one.

    The token is asked for, or read from standard input where that is not a terminal.
    """
    if os.path.lexists(path):
        raise _exists(path)
    data_key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    _write(path, CONTENT.format(token=_token(), data_key=data_key))
    click.echo(NEXT_STEPS.format(path=path, program=program_name()), nl=False)


def _token() -> str:
    if sys.stdin.isatty():
        typed: str = click.prompt("Paste the bot's token (it is not shown)", hide_input=True, err=True)
    else:
        typed = sys.stdin.readline()
    if not typed.strip():
        raise SettingError("No token was given. Paste it when asked, or send it to standard input.")
    return check_token(typed)


def _write(path: Path, content: str) -> None:
    try:
        # Made with its mode from the first moment, and only if it is new: nothing is ever overwritten or shown.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}. Choose another place with --file.") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
    except OSError as error:
        path.unlink()
        raise UserError(f"{path} cannot be written: {error.strerror}. Make room, then try again.") from None


def _exists(path: Path) -> UserError:
    return UserError(f"{path} is there already, and it was left as it is. Move it away, or choose another with --file.")
