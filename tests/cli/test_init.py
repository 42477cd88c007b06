from __future__ import annotations

import asyncio
import base64
import errno
import logging
import os
import select
import socket
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord.http
import pytest

from bot.cli.login import BotFound, TokenRefusedError, look_up_bot
from bot.config import Config, read_environ
from bot.errors import UserError
from tests.cli.commands import Done, run
from tests.servers.fake_gateway import GOOD_TOKEN, fake_discord

TOKEN = GOOD_TOKEN
SECRET = "hR3-x_Tz0q9LmNb7VcX2wE5rT8yU1iOp"
FIND_IT = (
    "You find the token at discord.com/developers: your application, Bot, Reset Token. "
    "Copy it whole, as soon as it is shown."
)
OTHER_TOKEN = f"{TOKEN[:-1]}x"
ASKED, OFFERED = "it isn’t shown", "Try it now?"
START = """
import sys
import discord.http
discord.http.Route.BASE = sys.argv.pop()
from bot.cli import main
sys.argv = ["bot", "init"]
main()
"""
ID, TIME, SIGNATURE = TOKEN.split(".")
NO_TOKENS = [
    (SECRET, "This looks like the client secret, not the token."),
    ("0f" * 32, "This looks like the public key, not the token."),
    ("1234567890123456789", "This looks like the application ID, not the token."),
    ("https://discord.com/oauth2/authorize?client_id=1", "This looks like a link, not the token."),
    (f"Bot {TOKEN}", "This looks like a token with something before or after it."),
    (f"DISCORD_TOKEN={TOKEN}", "This looks like a token with something before or after it."),
    (f"'{TOKEN}'", "This looks like a token with something before or after it."),
    (TOKEN[:-8], "This looks like a part of a token."),
    (TOKEN[9:], "This looks like a part of a token."),
    (f"{ID}.{SIGNATURE}", "This isn’t a bot token."),
    (f"{ID}..{SIGNATURE}", "This looks like a part of a token."),
    (f"bm90LWFuLWlkLWF0LWFsbA.{TIME}.{SIGNATURE}", "This isn’t a bot token."),
    (f"{ID}.{TIME}.{'é' * 30}", "This isn’t a bot token."),
    ("hunter2", "This isn’t a bot token."),
]


def init(folder: Path, *arguments: str, stdin: str = TOKEN + "\n") -> Done:
    return run(folder, "init", *arguments, stdin=stdin)


def test_init_writes_settings_that_work_and_only_their_owner_can_read(tmp_path: Path) -> None:
    done = init(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    file = tmp_path / ".env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    config = Config.from_environ(read_environ(file))
    assert config.token == TOKEN
    assert [len(key) for key in config.data_keys] == [32]
    assert "python -m bot run" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


def test_neither_token_nor_key_is_printed(tmp_path: Path) -> None:
    done = init(tmp_path)
    written = (tmp_path / ".env").read_text()
    secret = [line.split("=", 1)[1] for line in written.splitlines() if not line.startswith("#")]
    assert len(secret) == 2
    assert not [value for value in secret if value in done.stdout + done.stderr]


def test_each_bot_gets_its_own_key(tmp_path: Path) -> None:
    assert init(tmp_path, "--file", "one").returncode == 0
    assert init(tmp_path, "--file", "two").returncode == 0
    assert (tmp_path / "one").read_text() != (tmp_path / "two").read_text()


@pytest.mark.parametrize("kind", ["file", "dangling link"])
def test_an_existing_file_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    file = tmp_path / ".env"
    if kind == "file":
        file.write_text("keep me")
    else:
        file.symlink_to(tmp_path / "elsewhere")
    done = init(tmp_path)
    assert done.returncode == 2
    left = ".env is already there, and nothing was changed. Move it away, or choose another with --env-file.\n"
    assert done.stderr == left
    assert file.is_symlink() or file.read_text() == "keep me"
    assert not (tmp_path / "elsewhere").exists()


def test_without_a_token_one_sentence_says_so_and_nothing_is_written(tmp_path: Path) -> None:
    done = init(tmp_path, stdin="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "No token was given. Paste it when asked, or send it to standard input.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("pasted", "what"), NO_TOKENS)
def test_what_is_no_token_is_named_for_what_it_looks_like_and_nothing_is_written(
    tmp_path: Path, pasted: str, what: str
) -> None:
    done = init(tmp_path, stdin=f"{pasted}\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{what} {FIND_IT}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("digits", [17, 18, 19, 20])
@pytest.mark.parametrize("signature", [27, 38])
def test_tokens_of_every_age_are_taken(tmp_path: Path, digits: int, signature: int) -> None:
    first = base64.urlsafe_b64encode(b"1" * digits).decode().rstrip("=")
    token = f"{first}.G-x_4z.{'aB3-_' * 8}"[: len(first) + 8 + signature]
    assert init(tmp_path, stdin=f"  {token} \n").returncode == 0
    assert Config.from_environ(read_environ(tmp_path / ".env")).token == token


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = init(tmp_path, "--file", "missing/.env")
    assert done.returncode == 2
    reason = os.strerror(errno.ENOENT)  # the system's own words
    assert done.stderr == f"missing/.env can’t be written: {reason}. Choose another place with --env-file.\n"


class Terminal:
    """``init`` in a terminal of its own, in a folder, with Discord at an address."""

    def __init__(self, folder: Path, address: str) -> None:
        self._ours, theirs = os.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", START, address],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        os.close(theirs)
        self.shown = ""

    def answer(self, question: str, typed: str) -> str:
        """Wait for a question and answer it. Returns what was shown up to there since the last answer."""
        said = self._read_until(question)
        os.write(self._ours, f"{typed}\n".encode())
        return said

    def end(self) -> str:
        """Wait for its end, which has to be a good one. Returns the rest of what was shown."""
        said = self._read_until("/setup in your server")
        assert self._process.wait(timeout=60) == 0
        return said

    def close(self) -> None:
        """End it, if it still runs."""
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def _read_until(self, words: str) -> str:
        said = ""
        while words not in said:
            assert select.select([self._ours], [], [], 60)[0], said
            read = os.read(self._ours, 1024).decode()
            self.shown += read
            said += read
        return " ".join(said.split())


@asynccontextmanager
async def at_a_terminal(folder: Path, *, message_content: bool = True, status: int = 200) -> AsyncIterator[Terminal]:
    async with fake_discord(message_content=message_content, status=status) as fake:
        terminal = Terminal(folder, fake.url)
        try:
            yield terminal
        finally:
            terminal.close()
        assert TOKEN not in terminal.shown
        assert OTHER_TOKEN not in terminal.shown


def token_in(folder: Path) -> str:
    return Config.from_environ(read_environ(folder / ".env")).token


async def test_at_a_terminal_the_token_is_asked_for_until_discord_knows_it_and_never_shown(tmp_path: Path) -> None:
    async with at_a_terminal(tmp_path) as terminal:
        await asyncio.to_thread(terminal.answer, ASKED, SECRET)
        said = await asyncio.to_thread(terminal.answer, ASKED, OTHER_TOKEN)
        assert f"This looks like the client secret, not the token. {FIND_IT}" in said
        await asyncio.to_thread(terminal.answer, OFFERED, "")
        said = await asyncio.to_thread(terminal.answer, ASKED, TOKEN)
        assert "Discord doesn’t know this token." in said
        await asyncio.to_thread(terminal.answer, OFFERED, "y")
        said = await asyncio.to_thread(terminal.end)
        assert "Discord knows this token. The bot is called ward, and its Message Content intent is on." in said
        assert "switch on the Message Content intent" not in said
        assert SECRET not in terminal.shown
    assert token_in(tmp_path) == TOKEN


async def test_a_try_says_when_the_message_content_intent_is_off(tmp_path: Path) -> None:
    async with at_a_terminal(tmp_path, message_content=False) as terminal:
        await asyncio.to_thread(terminal.answer, ASKED, TOKEN)
        await asyncio.to_thread(terminal.answer, OFFERED, "")
        said = await asyncio.to_thread(terminal.end)
    assert "The bot is called ward, but its Message Content intent is off." in said
    assert "2. In the Discord developer portal, on the Bot page, switch on the Message Content intent." in said


@pytest.mark.parametrize("status", [403, 203])
async def test_where_discord_cannot_be_reached_the_settings_are_written_all_the_same(
    tmp_path: Path, status: int
) -> None:
    async with at_a_terminal(tmp_path, status=status) as terminal:
        await asyncio.to_thread(terminal.answer, ASKED, TOKEN)
        await asyncio.to_thread(terminal.answer, OFFERED, "")
        said = await asyncio.to_thread(terminal.end)
    assert "Discord can’t be reached from here, so the token wasn’t tried. It’s saved anyway." in said
    assert token_in(tmp_path) == TOKEN


async def test_who_does_not_want_a_try_gets_none(tmp_path: Path) -> None:
    async with at_a_terminal(tmp_path) as terminal:
        await asyncio.to_thread(terminal.answer, ASKED, OTHER_TOKEN)
        await asyncio.to_thread(terminal.answer, OFFERED, "n")
        assert "Discord" not in (await asyncio.to_thread(terminal.end)).partition("Your settings")[0]
    assert token_in(tmp_path) == OTHER_TOKEN


def test_without_a_network_a_try_ends_in_one_sentence_and_shows_no_token(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{taken.getsockname()[1]}")
        with caplog.at_level(logging.DEBUG), pytest.raises(UserError, match="Discord can’t be reached"):
            asyncio.run(look_up_bot(TOKEN))
    assert TOKEN not in caplog.text


async def test_a_try_logs_no_token(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    async with fake_discord(message_content=True) as fake:
        monkeypatch.setattr(discord.http.Route, "BASE", fake.url)
        with caplog.at_level(logging.DEBUG):
            assert await look_up_bot(TOKEN) == BotFound("ward", message_content=True)
            with pytest.raises(TokenRefusedError):
                await look_up_bot(OTHER_TOKEN)
    assert fake.intents == []  # over HTTP only: nobody saw the bot online
    assert TOKEN not in caplog.text
    assert OTHER_TOKEN not in caplog.text
