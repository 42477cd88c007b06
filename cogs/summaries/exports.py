"""The files of an export: what goes into them, what an answer may bear, and what it says of words that are left out."""

from __future__ import annotations

import io
import random
import secrets
from collections.abc import Iterator
from dataclasses import replace

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.export import Export, ExportFile, export_files, unquoted
from bot.text.words import plural
from cogs.summaries.findings import Findings

MOST_BYTES = 10 * 1024 * 1024
LEFT_OUT = "{what} {are} left out: the people who wrote them have not said yes to being quoted outside this server."
REPLIES_LEFT_OUT = "Not quoted outside: {what} of {of}. They are counted, and their words are left out."
ASK = (
    "To be quoted, they can press “You may quote me” where the prompt closed, or use /my quotes. You can ask for that."
)
TOO_LARGE = (
    "These files have {size:.0f} MiB together, and Discord takes 10 MiB. Use /summary thread to read the summary."
)


async def export_of(bot: Bot, findings: Findings, reviewed: Record | None, *, board: bool) -> Export:
    """What is exported, of the summary that a person reviewed where there is one.

    The table by staff group and the people who may be quoted are those of now.
    """
    guild_id = findings.prompt.guild_id
    summary = findings.summary if reviewed is None else replace(reviewed.summary, staff=findings.summary.staff)
    return Export(
        findings.prompt.wording,
        findings.replies,
        summary,
        discord.utils.utcnow(),
        (await bot.store.settings.of(guild_id)).time_zone,
        0 if reviewed is None else reviewed.changes,
        board,
        await bot.store.people.quotable(guild_id),
        findings.private,
    )


async def made(bot: Bot, export: Export) -> tuple[ExportFile, ...]:
    """The files, made in the worker."""
    dealer = random.Random(secrets.randbits(256))  # noqa: S311 - its seed is secret and used once
    return await bot.worker.call(export_files, export, dealer)


def told_consent(export: Export) -> Iterator[str]:
    """How many words are left out because their authors did not say yes to being quoted, and how to ask them."""
    quotes, replies = unquoted(export)
    if quotes:
        yield LEFT_OUT.format(what=plural(quotes, "quote"), are="is" if quotes == 1 else "are")
    if replies and not export.board:
        yield REPLIES_LEFT_OUT.format(what=plural(replies, "reply", "replies"), of=len(export.replies))
    if quotes or replies:
        yield ASK


def attachable(files: tuple[ExportFile, ...], most_bytes: int = MOST_BYTES) -> list[discord.File]:
    """The files for a message. Raises UserError where they are more than Discord takes."""
    size = sum(len(file.content) for file in files)
    if size > most_bytes:
        raise UserError(TOO_LARGE.format(size=size / 1024 / 1024))
    return [discord.File(io.BytesIO(file.content), file.name) for file in files]
