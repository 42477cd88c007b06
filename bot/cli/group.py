"""The commands as a click group that imports each of them only when it is called."""

from __future__ import annotations

import importlib

import click

from bot import __version__
from bot.cli.env_file import group_env_file_option
from bot.cli.program import COMMANDS, HELP_OPTIONS, MODULE, SCRIPT, help_text


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List the names of all commands, in the order in which the help lists them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import a command, and return it; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = module.command
        return command

    def get_help(self, ctx: click.Context) -> str:
        """Return our own help, which names the program as it was called."""
        return help_text(ctx.find_root().info_name or MODULE)


@click.group(cls=LazyGroup, context_settings={"help_option_names": list(HELP_OPTIONS)})
@click.version_option(__version__, prog_name=SCRIPT)
@group_env_file_option
def group() -> None:
    """Everything that the program does from the shell."""
