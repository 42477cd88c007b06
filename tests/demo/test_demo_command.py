"""``python -m bot demo`` as a person runs it: as a process, in the terminal."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def demo(*options: str) -> list[str]:
    return [sys.executable, "-m", "bot", "demo", *options]


def surroundings(folder: Path) -> dict[str, str]:
    """The environment with all temporary files in the folder, and with no display."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**kept, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"}


@pytest.mark.sampled(0)
def test_the_script_plays_the_whole_loop_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        demo("--script"), cwd=ROOT, env=surroundings(tmp_path), capture_output=True, text=True, check=False, timeout=180
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    for seen in (
        "Everything works",
        "What in your team would go better with more management, or with less paperwork?",
        "How would you work out how many managers your area needs?",
        "How your words are used",
        "Found by the program, not checked by a person.",
        "That’s not what I meant",
        "replies.csv",
        "This question has closed. Thank you",
        "checks passed",
    ):
        assert seen in done.stdout
    assert re.findall(r"The draft took \d+ presses\.", done.stdout)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_was_named_is_kept_and_an_existing_file_is_not_touched(tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("mine")

    refused = subprocess.run(
        demo("--script", "--database", str(kept)), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )

    assert refused.returncode == 2
    assert refused.stderr.strip() == f"{kept} exists already. Name a new file for --database."
    assert kept.read_text() == "mine"


def test_a_port_that_is_taken_is_named_before_anything_is_played(tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = subprocess.run(
            demo("--no-browser", "--port", str(port), "--database", str(kept)),
            cwd=ROOT,
            env=surroundings(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )

    assert refused.returncode == 2
    assert refused.stderr.strip() == f"Port {port} is taken. Choose another with --port."
    assert refused.stdout == ""
    assert not kept.exists()


@pytest.mark.sampled(0)
def test_ctrl_c_ends_the_page_and_leaves_nothing_but_a_database_that_was_named_with_its_key(tmp_path: Path) -> None:
    kept, temporary = tmp_path / "kept.db", tmp_path / "temporary"
    temporary.mkdir()
    page = subprocess.Popen(
        demo("--no-browser", "--database", str(kept)),
        cwd=ROOT,
        env=surroundings(temporary),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert page.stdout is not None
    told: list[str] = []
    address = None
    for line in page.stdout:
        told.append(line)
        if address := re.search(r"http://127\.0\.0\.1:\d+/", line):
            break
    assert address is not None, told
    assert "half a minute" in told[0]
    assert f"The database is kept at {kept}.\n" in told
    assert any(re.fullmatch(r"Its data key, for WARD_DATA_KEY: \S{44}\n", line) for line in told)
    assert "  The facilitator publishes the summary.\n" in told
    with urllib.request.urlopen(address[0], timeout=10) as answer:  # noqa: S310 - our own address
        assert b"Ward to Board" in answer.read()
    page.send_signal(signal.SIGINT)
    rest, _ = page.communicate(timeout=30)

    assert page.returncode == 0, rest
    assert "Traceback" not in rest
    assert "Nothing is left running" in rest
    assert list(temporary.iterdir()) == []
    assert kept.exists()
