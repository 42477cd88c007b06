"""Shares among the processes of a run what is compiled, which in a new folder takes longer than their other beginnings.

Each process would compile every file of tests, at the same time as the others. Here each imports others of them first,
and finds most of the rest compiled when it collects them.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def share_compiling(config: pytest.Config) -> None:
    """Import this process's share of the files of tests, if it is one of several that collect whole folders."""
    worker = getattr(config, "workerinput", None)
    if worker is None or worker["named"]:
        return
    files = sorted(
        file for folder in config.args for file in (config.invocation_params.dir / folder).rglob("test_*.py")
    )
    number = int(worker["workerid"].removeprefix("gw"))
    for file in files[number :: worker["workercount"]]:
        # What cannot be imported is imported again when it's collected, and told then.
        with suppress(Exception, pytest.skip.Exception):
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
