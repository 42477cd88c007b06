"""What the program is called, its commands, exit codes and help; imports nothing heavy, so that help stays quick."""

from __future__ import annotations

import sys

SCRIPT, MODULE = "ward-to-board", "python -m bot"
"""The two names that the program is called by: as an installed script, and as a module."""
COMMANDS = {
    "init": ("bot.cli.init", "Write a new .env file with the token and a data key."),
    "run": ("bot.cli.run", "Start the bot."),
    "doctor": ("bot.cli.doctor", "Check that all is well, and say what to do if it isn’t."),
    "backup": ("bot.cli.backup", "Copy the database to a file. The bot can be running."),
    "restore": ("bot.cli.restore", "Replace the database with a backup."),
    "move": ("bot.cli.move", "Move the database to a PostgreSQL server, or back to a file."),
    "import": ("bot.cli.import_report", "Read a report from a file into the library."),
    "summarise": ("bot.cli.summarise", "Summarise a discussion from a JSON file."),
    "verify": ("bot.cli.verify", "Check every stored summary against the stored replies."),
    "board": ("bot.cli.board", "Make the board paper of a series."),
    "person": ("bot.cli.person", "Export or erase what’s stored about one person."),
    "rotate-key": ("bot.cli.rotate_key", "Encrypt everything again with a new data key."),
    "move-keys": ("bot.cli.move_keys", "Move prompt keys from a file to a server that machines share."),
    "tidy": ("bot.cli.tidy", "Close what is due and destroy its keys, even while the bot is stopped."),
    "governance": ("bot.cli.governance", "Write documents for the information governance team."),
    "demo": ("bot.cli.demo", "Show the whole loop with no account and no token."),
}
HELP_OPTIONS = ("-h", "--help")
WRONG, START_AGAIN = 2, 75
"""Exit codes: what somebody has to put right first, and what a new start mends (EX_TEMPFAIL of sysexits.h)."""


def program_name() -> str:
    """Return the name that the program was called by, so that what it tells people to type works for them."""
    return SCRIPT if sys.argv[0].rpartition("/")[2] == SCRIPT else MODULE


def name_program(text: str) -> str:
    """Replace ``python -m bot`` in a text with the name that the program was called by."""
    return text.replace(MODULE, program_name())


def help_text(program: str) -> str:
    """Describe the program, without one of its commands; ``program`` is the name that it was called by."""
    width = max(map(len, COMMANDS)) + 2
    return "\n".join(
        [
            f"Usage: {program} [OPTIONS] COMMAND [ARGS]...",
            "",
            "Ward to Board turns a report into a staff conversation, and the conversation",
            "into evidence for a board.",
            "",
            "Options:",
            "  --env-file PATH  Where the settings are, before a command or after it. [default: .env]",
            "  --version        Show the version and exit.",
            "  -h, --help       Show this message and exit. Each command has its own, too.",
            "",
            "Commands:",
            *(f"  {name:{width}}{summary}" for name, (_, summary) in COMMANDS.items()),
        ]
    )
