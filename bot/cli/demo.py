"""``python -m bot demo``: the visitor's page, or with ``--script`` the whole loop as text."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import sys
import webbrowser
from pathlib import Path

import click

from bot.cli.env_file import unused_env_file_option
from bot.errors import UserError
from bot.models.database_server import DatabaseServer, Place, is_server_url, is_whole_url

TOO_SLOW = "The demo’s bot took longer than two minutes over one step: this computer is too busy. Try again later."


@click.command()
@click.option("--script", is_flag=True, help="Play the whole loop as text, without a page.")
@click.option(
    "--database",
    metavar="FILE_OR_URL",
    help="Keep the database in this new file or empty PostgreSQL database. Otherwise it goes when the demo ends.",
)
@click.option("--port", type=click.IntRange(1024, 65535), help="The page’s port. Otherwise a free one is taken.")
@click.option("--no-browser", is_flag=True, help="Print the page’s address, and open no browser.")
@unused_env_file_option
def command(script: bool, database: str | None, port: int | None, no_browser: bool) -> None:
    """Show the whole loop with no account and no token, in a simulated Discord on this computer."""
    if importlib.util.find_spec("simcord") is None:
        raise UserError("The demo needs the simulated Discord. Install it with: pip install 'ward-to-board[demo]'.")
    place = None if database is None else _choose_place(database)
    from bot.demo.session import play_script, serve

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        if script:
            sys.exit(asyncio.run(play_script(place, click.echo)))
        browser = None if no_browser else _graphical_browser()
        try:
            asyncio.run(serve(place, port or 0, click.echo, browser))
        except (KeyboardInterrupt, asyncio.CancelledError):
            click.echo("\nThe demo has ended. Nothing is left running.")
    except TimeoutError:  # simcord’s
        raise UserError(TOO_SLOW) from None


def _choose_place(database: str) -> Place:
    """Return where the demo keeps its database. Raises UserError where something is there already."""
    if is_server_url(database):
        if not is_whole_url(database):
            raise UserError("--database needs the whole address: postgresql://user@host/name.")
        # The keys and the journal of erasures go with a folder of their own, which the demo makes and removes.
        return DatabaseServer(database, Path())
    path = Path(database)
    if path.exists():
        raise UserError(f"{path} exists already. Name a new file for --database.")
    return path


def _graphical_browser() -> webbrowser.BaseBrowser | None:
    """Return a browser with a window, if there is a display; one in the terminal would get in the way."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return None
    return None if type(browser) is webbrowser.GenericBrowser else browser
