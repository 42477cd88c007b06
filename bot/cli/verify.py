"""``python -m bot verify``: holds every stored summary against the stored replies, beside a running bot or without."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from bot.board.references import GONE, point_of, read_reference, with_references
from bot.config import Config, read_environ
from bot.errors import UserError
from bot.models.summaries import KeyPoint, SharedSummary, Summary
from bot.store import Store, StoreError, open_to_read
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.plain_text import counted
from bot.summaries.output.point_groups import confirmed_people, confirmed_private
from bot.summaries.proof.verdict import Verdict, verdict

UNREADABLE = Verdict(0, 0, ("What is stored is not a summary.",))
NO_PROMPT = Verdict(0, 0, ("Its prompt is not stored.",))


@click.command("verify")
@click.argument("reference", required=False)
@click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    default=Path(".env"),
    show_default=True,
    help="Where the settings are.",
)
def command(reference: str | None, env_file: Path) -> None:
    """Check every stored summary against the stored replies: quotes verbatim, people counted again.

    Prints one line for each, without anyone's words, and ends with code 1 where one fails. Nothing is changed; the bot
    may be running. With REFERENCE, such as P12-3 in a board paper, it tells the counts of that point and checks the
    summaries of its prompt.
    """
    config = Config.from_environ(read_environ(env_file), without=("DISCORD_TOKEN",))
    if reference is not None:
        told, problems = asyncio.run(_verify_point(config.database, config.data_keys, reference))
        click.echo("\n".join(told))
        sys.exit(1 if problems else 0)
    found = asyncio.run(_verify(config.database, config.data_keys))
    for name, result in found:
        click.echo(f"{name}: {result}")
    if not found:
        click.echo("There is no stored summary.")
    sys.exit(1 if any(result.problems for _, result in found) else 0)


async def _verify(database: Path, data_keys: tuple[bytes, ...]) -> list[tuple[str, Verdict]]:
    store = await open_to_read(database, *data_keys)
    try:
        recorded = await store.summaries.shared()
        return [(f"summary {one.id} of prompt {one.prompt_id}", await _shared(store, one)) for one in recorded]
    finally:
        await store.close()


async def _verify_point(database: Path, data_keys: tuple[bytes, ...], written: str) -> tuple[list[str], bool]:
    """Lines of what a reference stands for, without anyone's words, and whether anything is wrong."""
    store = await open_to_read(database, *data_keys)
    try:
        ref = read_reference(written)
        recorded = await store.summaries.shared(ref.prompt_id)
        told, problems = [], False
        for one in recorded:
            summary = _summary(one)
            if summary is None or all(point.ref != ref.ref for point in summary.points):
                continue
            result = await _shared(store, one)
            problems = problems or bool(result.problems)
            told.append(
                f"{ref}: {_counts(point_of(summary, ref))}. Summary {one.id} of prompt {one.prompt_id}: {result}"
            )
        if not told:
            raise UserError(GONE)
        return told, problems
    finally:
        await store.close()


def _summary(shared: SharedSummary) -> Summary | None:
    try:
        return with_references(Record.from_json(shared.body).summary)
    except ValueError:
        return None


def _counts(point: KeyPoint) -> str:
    found, confirmed = counted(point.people, point.private), counted(confirmed_people(point), confirmed_private(point))
    return f"found {found}; confirmed by a person {confirmed}"


async def _shared(store: Store, shared: SharedSummary) -> Verdict:
    """The verdict on one summary; a faulty one is looked at twice.

    Beside a running bot, a reply may be erased after the summary was read and before its replies are.
    """
    result = await _look(store, shared)
    if not result.problems:
        return result
    now = await store.summaries.shared(shared.prompt_id)
    again = next((one for one in now if one.id == shared.id), None)
    return result if again is None else await _look(store, again)


async def _look(store: Store, shared: SharedSummary) -> Verdict:
    try:
        record = Record.from_json(shared.body)
    except ValueError:
        return UNREADABLE
    try:
        prompt = await store.prompts.get(shared.guild_id, shared.prompt_id)
    except StoreError:
        raise
    except UserError:
        return NO_PROMPT
    replies = await store.replies.of_prompt(shared.prompt_id)
    private = await store.private.shown_for_prompt(shared.prompt_id)
    return verdict(record.summary, thread_of(prompt, replies, private), record.held)
