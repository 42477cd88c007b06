"""What an answer says of an export's words that are left out, and the files that it may carry."""

from __future__ import annotations

import io
from collections.abc import Iterator

import discord

from bot.errors import UserError
from bot.summaries.output.export import Export, ExportFile, count_unquoted
from bot.text.words import plural

MOST_BYTES = 10 * 1024 * 1024
LEFT_OUT = "{what} {are} left out: the people who wrote them haven’t agreed to be quoted outside this server."
REPLIES_LEFT_OUT = "Not quoted outside: {what} of {of}. We count them, but leave out their words."
ASK = (
    "If they want to be quoted, they can press “You may quote me” where the prompt closed, or in /my. You can ask "
    "them to."
)
TOO_LARGE = (
    "These files have {size:.0f} MiB together, and Discord’s limit is 10 MiB. Use /summary thread to read the summary."
)


def consent_lines(export: Export) -> Iterator[str]:
    """Say how many words are left out because their authors did not say yes to being quoted, and how to ask them."""
    quotes, replies = count_unquoted(export)
    if quotes:
        yield LEFT_OUT.format(what=plural(quotes, "quote"), are="is" if quotes == 1 else "are")
    if replies and not export.board:
        yield REPLIES_LEFT_OUT.format(what=plural(replies, "reply", "replies"), of=len(export.replies))
    if quotes or replies:
        yield ASK


def require_attachable(files: tuple[ExportFile, ...], most_bytes: int = MOST_BYTES) -> list[discord.File]:
    """Return the files for a message. Raises UserError where they are more than Discord takes."""
    size = sum(len(file.content) for file in files)
    if size > most_bytes:
        raise UserError(TOO_LARGE.format(size=size / 1024 / 1024))
    return [discord.File(io.BytesIO(file.content), file.name) for file in files]
