"""The processes of a run that collects everything share what has to be compiled; a run of named files does without."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import compiling

TESTS = Path(__file__).parent


def imported(monkeypatch: pytest.MonkeyPatch, worker: dict[str, Any] | None) -> list[str]:
    """The modules that a process imports first."""
    found: list[str] = []
    monkeypatch.setattr(compiling, "import_module", found.append)
    config = SimpleNamespace(args=["tests"], invocation_params=SimpleNamespace(dir=TESTS.parent), workerinput=worker)
    if worker is None:
        del config.workerinput
    compiling.share_compiling(config)  # type: ignore[arg-type]
    return found


def test_every_file_of_tests_is_compiled_by_one_of_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = [{"workerid": f"gw{number}", "workercount": 3, "named": False} for number in range(3)]
    shares = [imported(monkeypatch, worker) for worker in workers]
    assert len({module for share in shares for module in share}) == sum(map(len, shares))
    assert sum(map(len, shares)) == len([*TESTS.rglob("test_*.py")])
    assert "tests.test_compiling" in {module for share in shares for module in share}


@pytest.mark.parametrize("worker", [None, {"workerid": "gw0", "workercount": 3, "named": True}])
def test_one_process_alone_and_a_run_of_named_files_import_nothing_first(
    worker: dict[str, Any] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert imported(monkeypatch, worker) == []
