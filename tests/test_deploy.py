"""The files that run the bot as a service fit the program, the docs and one another."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from bot.cli.program import COMMANDS, START_AGAIN
from bot.config import SECRETS, SETTINGS

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "ward-to-board.service").read_text(encoding="utf-8")
WRAPPER = (DEPLOY / "ward-to-board").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SETTING = re.compile(r"\b(?:WARD|DISCORD)_[A-Z_]+\b")


@pytest.mark.parametrize("text", [UNIT, WRAPPER, DOCKERFILE, COMPOSE], ids=["unit", "wrapper", "Dockerfile", "compose"])
def test_every_setting_in_them_is_one_of_the_program_and_no_secret_is_in_the_environment(text: str) -> None:
    named = set(SETTING.findall(text))
    assert named
    assert named <= {setting.name for setting in SETTINGS}
    assert named.isdisjoint(set(SECRETS) - {"WARD_DATABASE"})  # the path of a file is no secret, and an address is


@pytest.mark.parametrize("text", [UNIT, WRAPPER, DOCKERFILE], ids=["unit", "wrapper", "Dockerfile"])
def test_both_secrets_come_from_files_and_the_keys_lie_apart_from_the_database(text: str) -> None:
    values = dict(re.findall(r"((?:WARD|DISCORD)_[A-Z_]+)=\"?([^\s\"\\]+)", text))
    required = {setting.name for setting in SETTINGS if setting.default is None}
    assert {f"{name}_FILE" for name in required} <= set(values)
    assert required < set(SECRETS)
    database, keys = Path(values["WARD_DATABASE"]), Path(values["WARD_PROMPT_KEYS"])
    assert database.parent != keys.parent
    assert database.parent not in keys.parents
    assert keys.parent not in database.parents


def test_commands_run_by_hand_use_the_files_and_the_user_of_the_service() -> None:
    state = re.findall(r"(?m)^StateDirectory=(.+)$", UNIT)
    assert re.findall(r'StateDirectory=([^"]+)"', WRAPPER) == state
    for line in re.findall(
        r"(?m)^(?:LoadCredential|EnvironmentFile|User|DynamicUser|UMask|StateDirectoryMode)=.+$", UNIT
    ):
        assert line in WRAPPER, line
    for name in ("WARD_DATABASE", "WARD_PROMPT_KEYS"):
        (of_unit,), (of_wrapper,) = (re.findall(rf'{name}="?([^\s"]+)', text) for text in (UNIT, WRAPPER))
        assert of_unit.replace("%S", "/var/lib") == of_wrapper.replace("$state", "/var/lib/ward-to-board")


def commands_of_wrapper(folder: Path) -> list[str]:
    """What the wrapper asks systemd-run for, with its folder of secrets at ``folder``."""
    (folder / "systemd-run").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (folder / "wrapper").write_text(WRAPPER.replace("/etc/ward-to-board", str(folder)))
    for name in ("systemd-run", "wrapper"):
        (folder / name).chmod(0o755)
    done = subprocess.run(
        [str(folder / "wrapper"), "doctor"],
        env={"PATH": f"{folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_the_address_of_a_server_reaches_the_service_and_its_commands_as_a_secret(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
    (drop_in,) = re.findall(r"(?s)```\n(\[Service\]\n.*?)```", page)
    assert "--setenv=WARD_DATABASE=/var/lib/ward-to-board/data/ward-to-board.db" in commands_of_wrapper(tmp_path)
    (tmp_path / "database").touch()

    told = commands_of_wrapper(tmp_path)

    (credential,) = re.findall(r"(?m)^LoadCredential=(.+)$", drop_in)
    assert f"--property=LoadCredential={credential.replace('/etc/ward-to-board', str(tmp_path))}" in told
    (place,) = (line for line in told if line.startswith("--setenv=WARD_DATABASE_FILE=/run/credentials/"))
    assert f"Environment=WARD_DATABASE_FILE=%d/{Path(place).name}" in drop_in
    assert "UnsetEnvironment=WARD_DATABASE\n" in drop_in
    assert not any("WARD_DATABASE=" in line for line in told)
    assert told[-1] == "doctor"


def test_timers_run_commands_of_the_program() -> None:
    services = [file for file in DEPLOY.glob("*.service") if file.name != "ward-to-board.service"]
    assert services
    for file in services:
        assert file.with_suffix(".timer").exists()
        names = re.findall(r"sbin/ward-to-board ([a-z-]+)", file.read_text(encoding="utf-8"))
        assert names
        assert set(names) <= set(COMMANDS)


def test_a_start_that_cannot_succeed_is_not_tried_again_for_ever() -> None:
    assert "RestartPreventExitStatus=2" in UNIT  # the exit code of a UserError
    assert "Restart=on-failure" in UNIT


def test_a_process_that_lost_its_place_is_started_again() -> None:
    assert f"RestartForceExitStatus={START_AGAIN}" in UNIT
    assert "StartLimitIntervalSec=0" in UNIT
    assert "restart: unless-stopped" in COMPOSE


def test_the_container_has_what_pip_needs_and_nothing_else() -> None:
    copied = set(re.findall(r"(?m)^COPY (?!--from)(.+?) \./?\S*$", DOCKERFILE))
    wanted = {name for names in copied for name in names.split()}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored[0] == "*"
    assert wanted == {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert all((ROOT / name).exists() for name in wanted)
    assert {"bot", "cogs", "pyproject.toml"} <= wanted


def test_the_container_is_asked_for_its_health_and_has_no_rights() -> None:
    assert '["ward-to-board", "doctor", "--live"]' in DOCKERFILE
    assert re.search(r"(?m)^USER \d+:\d+$", DOCKERFILE)
    for line in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true"):
        assert line in COMPOSE


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for file in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        text = file.read_text(encoding="utf-8")
        text = text.replace("/opt/ward-to-board/.venv/bin/python", sys.executable).replace(
            "/usr/local/sbin/ward-to-board", str(DEPLOY / "ward-to-board")
        )
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    units = sorted(str(file) for file in tmp_path.iterdir())

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )

    told = [line for line in done.stderr.splitlines() if "ward-to-board" in line]
    assert told == []


def notes(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "release-notes"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_release_says_what_the_changelog_says_of_it(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(
        f"# Changelog\n\n## [Unreleased]\n\n- Later.\n\n## [{bot.__version__}] - 2026-12-01\n\n### Added\n\n- This.\n\n"
        "## [0.0.1] - 2026-01-01\n\n- Before.\n"
    )

    assert notes(f"v{bot.__version__}", changelog).stdout == "### Added\n\n- This.\n"
    other, missing = notes("v9.9.9", changelog), notes(bot.__version__, __file__)
    assert (other.returncode, missing.returncode) == (1, 1)
    assert "bot/__init__.py says" in other.stderr
    assert "says nothing under" in missing.stderr
