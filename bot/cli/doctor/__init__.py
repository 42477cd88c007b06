"""``python -m bot doctor``: checks that everything is in order, and says what to do where it isn't."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.env_file import env_file_option
from bot.cli.model_trial import check_language_model
from bot.cli.program import name_program
from bot.config import SECRETS, Config, read_environ
from bot.errors import SettingError, UserError
from bot.models.database_server import own_files
from bot.operations.findings import Finding, Level, findings_to_json, format_findings, is_any_wrong
from bot.operations.health import check_live

SETTINGS = "Settings"
COMPLETE = "Everything that has to be set is set."
MEND_FIRST = "Nothing else could be checked. Put this right, then run doctor again."


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--live", is_flag=True, help="Only ask the running bot how it is, for a watchdog or a HEALTHCHECK.")
@env_file_option
def command(as_json: bool, live: bool, env_file: Path) -> None:
    """Look at the settings, the files, the machine and Discord, and say what to put right.

    It changes nothing by itself. The bot can be running. The exit code is 1 if anything is wrong. If Discord can’t be
    reached, it says so and checks the rest.
    """
    findings = _look_at_live(env_file) if live else asyncio.run(_look(env_file))
    click.echo(name_program(findings_to_json(findings) if as_json else format_findings(findings)))
    sys.exit(1 if is_any_wrong(findings) else 0)


def _look_at_live(env_file: Path) -> list[Finding]:
    try:
        # Of the secrets, only the database's address tells where the bot listens.
        config = Config.from_environ(
            read_environ(env_file), without=[name for name in SECRETS if name != "WARD_DATABASE"]
        )
    except SettingError as error:
        return [Finding(SETTINGS, Level.WRONG, str(error))]
    return check_live(own_files(config.database))


def _is_missing(config: Config) -> bool:
    """Tell whether there is no database to open. One on a server was asked already."""
    return isinstance(config.database, Path) and not config.database.is_file()


async def _look(env_file: Path) -> list[Finding]:
    # They bring discord.py and the database's libraries, which --live does without.
    from bot.cli.doctor.at_discord import check_discord
    from bot.cli.doctor.machine import check_machine
    from bot.cli.settings import open_as_it_is

    try:
        config = Config.from_environ(read_environ(env_file))
    except SettingError as error:
        return [Finding(SETTINGS, Level.WRONG, str(error), MEND_FIRST)]
    now = datetime.now(UTC)
    findings = [Finding(SETTINGS, Level.OK, COMPLETE), *check_machine(config, env_file, now)]
    if config.language_model is not None:
        findings.append(await check_language_model(config.language_model))
    if is_any_wrong(findings) or _is_missing(config):
        return [*findings, *await check_discord(config.token, None)]
    try:
        async with open_as_it_is(config) as store:
            await store.check_key_home()
            return [*findings, *await check_discord(config.token, store)]
    except UserError as error:
        return [*findings, Finding("Database", Level.WRONG, str(error)), *await check_discord(config.token, None)]
