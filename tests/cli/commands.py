"""``python -m bot`` within the tests' own process, which spares the start of one; see test_run.py for real starts."""

from __future__ import annotations

import io
import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from bot.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str, stdin: str = "", **environ: str) -> Done:
    """Run a command in a folder, with these settings alone, and with ``stdin`` as what is piped into it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARD_", "DISCORD_"))}
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        chdir(folder),
        patch.dict(os.environ, kept | environ, clear=True),
        patch.object(sys, "argv", ["bot", *arguments]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")),
    ):
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Done(code, out.getvalue(), err.getvalue())
