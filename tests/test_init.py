import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import Config, read_environ
from tests.commands import Done, run

TOKEN = "made-up.token-for.tests"


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
    assert (
        done.stderr == ".env is there already, and it was left as it is. Move it away, or choose another with --file.\n"
    )
    assert file.is_symlink() or file.read_text() == "keep me"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(("stdin", "advice"), [("", "No token was given"), ("Bot abc\n", "DISCORD_TOKEN is not")])
def test_a_missing_or_malformed_token_ends_in_one_sentence_and_writes_nothing(
    tmp_path: Path, stdin: str, advice: str
) -> None:
    done = init(tmp_path, stdin=stdin)
    assert done.returncode == 2
    assert done.stderr.startswith(advice)
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = init(tmp_path, "--file", "missing/.env")
    assert done.returncode == 2
    reason = os.strerror(errno.ENOENT)  # the system's own words
    assert done.stderr == f"missing/.env cannot be written: {reason}. Choose another place with --file.\n"


def test_at_a_terminal_the_token_is_asked_for_and_not_shown(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "init"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    ) as process:
        os.close(theirs)
        shown = b""
        while b"not shown" not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, TOKEN.encode() + b"\n")
        while b"/setup in your server" not in shown:
            shown += os.read(ours, 1024)
        assert process.wait(timeout=30) == 0
    os.close(ours)
    assert TOKEN.encode() not in shown
    assert Config.from_environ(read_environ(tmp_path / ".env")).token == TOKEN
