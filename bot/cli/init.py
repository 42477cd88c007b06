"""``python -m bot init``: a new file of settings that only its owner can read, with a token that was tried."""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.bot_token import FIND_IT, check_shape
from bot.cli.env_file import DEFAULT, new_env_file_option
from bot.cli.program import program_name
from bot.config import KEY_BYTES
from bot.errors import SettingError, UserError
from bot.text.clean import strip_harmful

if TYPE_CHECKING:
    from bot.cli.login import BotFound

OWNER_ONLY = 0o600

CONTENT = """\
# The settings of Ward to Board; .env.example tells what each means, and which others there are.
# Don’t show this file to anyone. Keep a copy of the data key away from the database.
DISCORD_TOKEN={token}
WARD_DATA_KEY={data_key}
"""

NEXT_STEPS = "Your settings are in {path}. Only you can read that file.\n\nWhat to do next:"
KEEP_A_COPY = (
    "Keep a copy of the file in a safe place, away from the database. Without its data key, no reply can ever be read."
)
SWITCH_ON = "In the Discord developer portal, on the Bot page, switch on the Message Content intent."
START = "Start the bot with: {program} run{option}"
INVITE = "Open the invitation link that it prints, then use /setup in your server."

IS_ON = "Discord knows this token. The bot is called {name}, and its Message Content intent is on."
IS_OFF = (
    "Discord knows this token. The bot is called {name}, but its Message Content intent is off. Until you switch it "
    "on, the bot can’t read what people write in threads."
)
REFUSED = f"Discord doesn’t know this token. It may have been reset since. {FIND_IT}"
NOT_TRIED = "Discord can’t be reached from here, so the token wasn’t tried. It’s saved anyway."


@click.command("init")
@new_env_file_option
def command(path: Path) -> None:
    """Write a new .env file with the bot’s token and a new data key. It never overwrites one.

    The token is asked for, and tried at Discord if you wish. Where standard input is no terminal, the token is read
    from there, and nothing is asked.
    """
    if os.path.lexists(path):
        raise _exists(path)
    token, is_intent_on = _ask_token() if sys.stdin.isatty() else (_read_token(), False)
    data_key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    _write(path, CONTENT.format(token=token, data_key=data_key))
    click.echo(_next_steps(path, is_intent_on=is_intent_on))


def _read_token() -> str:
    typed = sys.stdin.readline()
    if not typed.strip():
        raise SettingError("No token was given. Paste it when asked, or send it to standard input.")
    return check_shape(typed)


def _ask_token() -> tuple[str, bool]:
    """Ask until there is a token that can be used. Returns it, and whether Message Content is on, if known."""
    while True:
        typed = click.prompt("Paste the bot’s token (it isn’t shown)", hide_input=True, err=True)
        try:
            token = check_shape(typed)
            if not click.confirm("Try it now?", default=True, err=True):
                return token, False
            tried = _try(token)
        except SettingError as error:
            click.echo(str(error), err=True)
            continue
        if tried is None:
            click.echo(NOT_TRIED, err=True)
            return token, False
        click.echo((IS_ON if tried.message_content else IS_OFF).format(name=strip_harmful(tried.name)), err=True)
        return token, tried.message_content


def _try(token: str) -> BotFound | None:
    """Ask Discord for the bot; None where it does not answer. Raises SettingError where it refuses the token."""
    # It brings discord.py, which takes a second to load.
    from bot.cli.login import TokenRefusedError, look_up_bot

    try:
        return asyncio.run(look_up_bot(token))
    except TokenRefusedError:
        raise SettingError(REFUSED) from None
    except UserError:
        return None


def _next_steps(path: Path, *, is_intent_on: bool) -> str:
    name = click.format_filename(path)
    option = "" if path == DEFAULT else f" --env-file {shlex.quote(name)}"
    start = START.format(program=program_name(), option=option)
    steps = [KEEP_A_COPY, *([] if is_intent_on else [SWITCH_ON]), start, INVITE]
    return "\n".join(
        [NEXT_STEPS.format(path=name), *(f"{number}. {step}" for number, step in enumerate(steps, start=1))]
    )


def _write(path: Path, content: str) -> None:
    try:
        # Made with its mode from the first moment, and only if it is new: nothing is ever overwritten or shown.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise UserError(f"{path} can’t be written: {error.strerror}. Choose another place with --env-file.") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
    except OSError as error:
        path.unlink()
        raise UserError(f"{path} can’t be written: {error.strerror}. Make room, then try again.") from None


def _exists(path: Path) -> UserError:
    return UserError(
        f"{path} is already there, and nothing was changed. Move it away, or choose another with --env-file."
    )
