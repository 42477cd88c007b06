"""The engine as a program uses it: one run of the command line over all threads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from typing import Any


def answers(threads: Iterable[dict[str, Any]], model: str | None = None) -> list[dict[str, Any]]:
    """The answer to each thread, in the same order; ``model`` is the folder of a sentence model."""
    lines = "\n".join(json.dumps(thread) for thread in threads)
    command = [sys.executable, "-m", "bot", "summarise", "-", "--lines", *(["--model", model] if model else [])]
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
