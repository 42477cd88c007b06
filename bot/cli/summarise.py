"""``python -m bot summarise``: any discussion in a JSON file, summarised for a person or for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from bot.cli.env_file import model_env_file_option
from bot.errors import UserError
from bot.models.prompts import Wording
from bot.models.summaries import Summary
from bot.models.threads import Thread
from bot.summaries import find_model_name, summarise
from bot.summaries.io import threads_json as interchange
from bot.summaries.output.paper import make_paper
from bot.summaries.output.terminal import render_terminal


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON answer.")
@click.option("--html", is_flag=True, help="Print a page to read in a browser or to print.")
@click.option("--lines", is_flag=True, help="Read JSON threads, each on one line, and print one JSON answer a line.")
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="Folder of a sentence-transformers model, to compare meanings as well as words.",
)
@model_env_file_option
def command(file: IO[bytes], as_json: bool, html: bool, lines: bool, model: Path | None, env_file: Path | None) -> None:
    """Summarise the discussion in FILE; without it, the one on standard input.

    FILE holds one thread as JSON: {"id", "prompt", "messages": [{"id", "author", "text", "reply_to", "endorsers"}],
    "budget_words", "max_points"}; the last two, "reply_to" and "endorsers" may be left out. JSON files of
    DiscordChatExporter are read too. Nothing leaves this machine.
    """
    if model is None and env_file is not None:
        # Only this needs them; whoever calls the program for each thread does not wait for them.
        from bot.config import Config, read_environ

        model = Config.from_environ(read_environ(env_file), without=("DISCORD_TOKEN", "WARD_DATA_KEY")).model
    folder = None if model is None else str(model.expanduser().absolute())
    if folder is not None:
        find_model_name(folder)  # a model that cannot be used is refused once, before any thread is read
    if lines:
        sys.exit(1 if _answer_lines(file, folder) else 0)
    thread, options = interchange.thread_from_json(file.read())
    summary = summarise(thread, replace(options, model=folder))
    if html:
        click.echo(_page(thread, summary))
    else:
        wrote = _count_people(thread)
        click.echo(json.dumps(interchange.summary_to_data(summary)) if as_json else render_terminal(summary, wrote))


def _page(thread: Thread, summary: Summary) -> str:
    from bot.summaries.output.html import render_summary_page

    wording = Wording(text="", own_words=False, question=thread.prompt, source_title="")
    paper = make_paper(wording, summary, datetime.now(UTC), (), wrote=_count_people(thread))
    return render_summary_page(paper)


def _count_people(thread: Thread) -> int:
    return len({message.author for message in thread.messages if not message.private})


def _answer_lines(lines: Iterable[bytes], model: str | None) -> int:
    """Answer each thread as it comes, and return how many failed."""
    failed = 0
    for line in lines:
        if not line.strip():
            continue
        reply, good = _answer_line(line, model)
        failed += not good
        click.echo(json.dumps(reply))
    return failed


def _answer_line(line: bytes, model: str | None) -> tuple[dict[str, object], bool]:
    data: object = None
    try:
        data = interchange.parse(line)
        thread, options = interchange.thread_from_data(data)
        return interchange.summary_to_data(summarise(thread, replace(options, model=model))), True
    except UserError as error:
        given = data.get("id") if isinstance(data, dict) else None
        return {"id": given if isinstance(given, (str, int)) else None, "error": str(error)}, False
