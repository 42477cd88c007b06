"""``python -m bot board`` makes the files beside a running bot; ``verify`` finds what a reference stands for."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.board import command
from bot.cli.files import write_atomically
from bot.cli.verify import command as verify_command
from bot.errors import UserError
from bot.models.actions import EXPORTED_BY_PROGRAM
from bot.services.board_papers import NO_ASK
from bot.services.paper_fields import keep_texts
from bot.store import Store
from tests.board.stored import ASK, LATER, published
from tests.cli.settings_files import environment, run_command, store
from tests.store.samples import GUILD, new_series

__all__ = ["environment", "store"]

NAMES = ["board-paper.docx", "board-paper.pdf", "board-paper.html", "board-points.csv", "board-prompts.csv"]
FILL_THE_DISK = """
import resource, signal, sys
from pathlib import Path
from bot.cli.files import write_atomically
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
write_atomically(Path(sys.argv[1]), {"a.csv": b"new", "b.docx": b"x" * 200_000})
"""
WRITE_FOR_LONG = """
import sys
from pathlib import Path
from bot.cli.files import write_atomically
print("begun", flush=True)
for number in range(10_000):
    write_atomically(Path(sys.argv[1]), {"a.csv": b"%06d" % number * 20_000, "b.docx": b"%06d" % number * 200_000})
"""


async def board(environment: Path, series: object, *arguments: object) -> Result:
    return await run_command(environment, command, series, "--ask", ASK, *arguments)


async def verify(environment: Path, *arguments: str) -> Result:
    return await run_command(environment, verify_command, *arguments)


async def test_a_paper_is_written_for_its_owners_eyes_and_noted_in_the_log(store: Store, environment: Path) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    folder = environment.parent / "for the board"
    done = await board(environment, "weekly", "--to", folder)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [str(folder / name) for name in NAMES]
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    page = (folder / NAMES[2]).read_text(encoding="utf-8")
    assert ASK in page
    assert f"P{prompt.id}-1" in (folder / NAMES[3]).read_text(encoding="utf-8")
    (noted,) = await store.audit_log.of_guild(GUILD)
    assert (noted.action, noted.subject) == (EXPORTED_BY_PROGRAM, f"board paper of series 1: {', '.join(NAMES)}")
    assert (await board(environment, series.id, "--to", folder)).exit_code == 0


async def test_what_was_filled_in_on_the_card_stands_in_the_paper_and_ask_takes_the_place_of_the_recommendation(
    store: Store, environment: Path
) -> None:
    series = await new_series(store)
    await published(store, series)
    typed = {"sponsor": "Chief Nurse", "recommendation": "Agree to publish the rota earlier."}
    await keep_texts(store, series, typed, LATER)
    folder = environment.parent / "for the board"
    for arguments, asked in (((), typed["recommendation"]), (("--ask", ASK), ASK)):
        texts = [str(series.id), *arguments, "--env-file", str(environment), "--to", str(folder)]
        done = await asyncio.to_thread(CliRunner().invoke, command, texts)
        assert done.exit_code == 0, done.output
        page = (folder / NAMES[2]).read_text(encoding="utf-8")
        assert "Chief Nurse" in page
        assert asked in page


async def test_a_paper_that_asks_nothing_is_not_written(store: Store, environment: Path) -> None:
    series = await new_series(store)
    await published(store, series)
    done = await run_command(environment, command, series.id)
    assert str(done.exception) == NO_ASK


async def test_a_reference_of_the_paper_is_told_with_its_counts_and_without_words(
    store: Store, environment: Path
) -> None:
    prompt = await published(store, await new_series(store))
    told = await verify(environment, f"P{prompt.id}-1")
    assert told.output == (
        f"P{prompt.id}-1: 3 people: 1 wrote it, 2 said “same here”. Checked by a facilitator. "
        f"Summary 1 of prompt {prompt.id}: sound, 6 quotes, 4 people\n"
    )
    assert told.exit_code == 0
    assert "No point has this reference" in str((await verify(environment, f"P{prompt.id}-7")).exception)
    assert "looks like P12-3" in str((await verify(environment, "point 7")).exception)


async def test_what_is_wrong_is_told_and_nothing_is_written(store: Store, environment: Path) -> None:
    folder = environment.parent / "none"
    assert "There’s no series yet" in str((await board(environment, "Weekly", "--to", folder)).exception)
    await new_series(store)
    wrong = (
        (("Wekly",), "no series with this number or title. These are stored:\n  1: Weekly"),
        ((1,), "nothing for a board"),
        ((1, "--ask", "x" * 301), "at most 300 characters"),
        ((1, "--template", folder / "missing.docx"), "can’t be read"),
        ((1, "--template", environment), "nothing for a board"),
    )
    for arguments, told in wrong:
        done = await board(environment, *arguments, "--to", folder)
        assert isinstance(done.exception, UserError)
        assert told in str(done.exception)
    assert not folder.exists()
    assert await store.audit_log.of_guild(GUILD) == ()


def test_a_full_disk_leaves_what_was_there_and_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", FILL_THE_DISK, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert "can’t be written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"


def test_a_kill_leaves_whole_files_alone_under_their_names(tmp_path: Path) -> None:
    for wait in (0.02, 0.05):
        child = subprocess.Popen([sys.executable, "-c", WRITE_FOR_LONG, str(tmp_path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(wait)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        for name, size in (("a.csv", 120_000), ("b.docx", 1_200_000)):
            if (tmp_path / name).exists():
                content = (tmp_path / name).read_bytes()
                assert content == content[:6] * (size // 6)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UserError, match="can’t be written"):
        write_atomically(tmp_path / "taken", {"a.csv": b""})
