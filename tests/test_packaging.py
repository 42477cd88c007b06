"""What is installed: the script and its name, every file that is not code, licences, and pins for everything."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import EntryPoint, version
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.cli import main
from bot.cli.program import COMMANDS
from tests.servers.fake_gateway import GOOD_TOKEN

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
MODULE, SCRIPT = "python -m bot", "ward-to-board"


def called_as(name: str, folder: Path, *arguments: str, stdin: str = "", code: int = 0) -> str:
    """What the program prints if it is called by one of its names; the script is written as pip would write it."""
    script = folder / SCRIPT
    script.write_text("import sys\nfrom bot.cli import main\nsys.exit(main())\n")
    program = ["-m", "bot"] if name == MODULE else [str(script)]
    done = subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stderr if code == 2 else done.stdout


def normal(requirement: str) -> str:
    """The name in a requirement, as registries compare names."""
    match = re.match(r"[\w.-]+", requirement)
    assert match is not None
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def asked_for() -> set[str]:
    project = PROJECT["project"]
    lists = [
        project["dependencies"],
        *project["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    return {normal(requirement) for requirements in lists for requirement in requirements}


def test_the_script_runs_the_command_line() -> None:
    ((name, value),) = PROJECT["project"]["scripts"].items()
    assert name == SCRIPT
    assert EntryPoint(name=name, value=value, group="console_scripts").load() is main


@pytest.mark.parametrize("name", [MODULE, SCRIPT])
def test_the_program_calls_itself_what_it_was_called(name: str, tmp_path: Path) -> None:
    assert called_as(name, tmp_path, "--help").startswith(f"Usage: {name} [OPTIONS]")
    assert called_as(name, tmp_path, "summarise", "--help").startswith(f"Usage: {name} summarise [OPTIONS]")
    assert f"Start the bot with: {name} run" in called_as(name, tmp_path, "init", stdin=f"{GOOD_TOKEN}\n")


@pytest.mark.parametrize("name", [MODULE, SCRIPT])
def test_what_an_admin_is_told_to_type_begins_with_what_they_typed(name: str, tmp_path: Path) -> None:
    assert f"Start it with: {name} run" in called_as(name, tmp_path, "doctor", "--live", code=1)
    assert f"Run {name} init" in called_as(name, tmp_path, "doctor", code=1)
    assert f"Run {name} init" in called_as(name, tmp_path, "tidy", code=2)


def test_help_within_the_program_is_that_of_the_start(tmp_path: Path) -> None:
    outer, inner = (called_as(SCRIPT, tmp_path, *options) for options in (["-h"], ["-h", "-h"]))
    assert outer == inner
    assert all(f"  {command} " in outer for command in COMMANDS)


def test_every_file_that_is_not_code_is_installed() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    files = [path for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*") if path.is_file()]
    strays = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if path.suffix not in (".py", ".pyc") and not any(fnmatch(path.name, pattern) for pattern in patterns)
    ]
    assert strays == []
    assert {"DejaVuSans.ttf", "register.toml", "base.html"} <= {path.name for path in files}


def test_every_licence_goes_with_what_it_is_for() -> None:
    licences = PROJECT["project"]["license-files"]
    assert all((ROOT / path).read_text(encoding="utf-8").strip() for path in licences)
    fonts = {path.parent for path in (ROOT / "bot").rglob("*.ttf")}
    assert {folder / "LICENSE" for folder in fonts} <= {ROOT / path for path in licences}


def test_the_version_is_written_once() -> None:
    assert "version" in PROJECT["project"]["dynamic"]
    assert version("ward-to-board") == bot.__version__


def test_it_cannot_be_published_by_accident_and_names_no_address_that_does_not_exist() -> None:
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]
    assert "urls" not in PROJECT["project"]


def test_everything_that_is_asked_for_is_pinned() -> None:
    pinned = {normal(line) for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")}
    assert asked_for() - pinned == set()


def test_the_pins_are_made_for_every_group_and_name_no_registry() -> None:
    command = next(line for line in CONSTRAINTS.splitlines() if line.startswith("# uv pip compile"))
    assert "--all-extras" in command
    assert all(f"--group {group} " in command for group in PROJECT["dependency-groups"])
    assert "://" not in CONSTRAINTS
    assert "index-url" not in CONSTRAINTS


def test_checks_before_a_commit_are_those_of_make_check_and_come_from_this_folder() -> None:
    config = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    entries = [entry.replace(" --force-exclude", "") for entry in re.findall(r"entry: (.+)", config)]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(PYTHON)", ".venv/bin/python")
    checks = re.search(r"^check:.*\n((?:\t.+\n)+)", makefile, re.MULTILINE)
    assert checks is not None
    assert entries == [line.strip().removesuffix(" .") for line in checks[1].splitlines()]
    assert set(re.findall(r"repo: (.+)", config)) == {"local"}
