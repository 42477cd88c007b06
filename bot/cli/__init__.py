"""The command line. Each command lives in its own module, which is imported only when the command is used."""

from __future__ import annotations

import sys

from bot.cli.program import HELP_OPTIONS, START_AGAIN, WRONG, help_text, name_program, program_name
from bot.errors import RestartError, UserError


def main() -> None:
    """Run the command line. A UserError becomes one clear sentence on standard error and its exit code."""
    if tuple(sys.argv[1:]) in {(option,) for option in HELP_OPTIONS}:
        # Importing click takes six times as long as this.
        sys.stdout.write(f"{help_text(program_name())}\n")
        return
    from bot.cli.group import group

    try:
        group(prog_name=program_name())
    except UserError as error:
        sys.stderr.write(f"{name_program(str(error))}\n")
        sys.exit(START_AGAIN if isinstance(error, RestartError) else WRONG)
