"""What may go wrong in a call to Discord, and how an error is answered to the person who acted."""

from __future__ import annotations

import io
import logging
import secrets
import traceback
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.errors import UserError
from bot.store.faults import StoreError

log = logging.getLogger(__name__)

DISCORD_FAULTS = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a call to Discord may raise: a refusal, a fault of its own, a cut connection, or no answer in time."""
ANSWERED_ALREADY, INTERACTION_IS_OVER = 40060, 10062
"""Discord's codes for an answer that it has already, since a request was repeated, and for one that comes too late."""
UNKNOWN_CHANNEL = 10003
"""Discord's code for a channel or a thread that was deleted."""
NO_ANSWER = (
    "Discord didn’t answer, so the bot can’t tell if that was done. It will finish what it noted within minutes. "
    "Look in {place} before you try again."
)
FAILED = "That didn’t work, and nothing was lost. Please give a facilitator this reference: {reference}."
FORBIDDEN = "Discord didn’t allow that: the bot needs a permission in that channel. /setup says what’s missing."


WRITTEN = "{text}\n\nThis is what you typed, to copy:\n```\n{written}\n```"
WRITTEN_FILE = "{text}\n\nWhat you typed is in this file."
LONGEST_ANSWER = 1_900
"""In characters; Discord takes 2,000 of its own units."""


async def answer_error(interaction: discord.Interaction[Any], error: BaseException, written: str = "") -> None:
    """Answer an error: a UserError with its own text, any other with one calm line and a reference into the log.

    Only the person who acted sees the answer. ``written`` is what they typed into a form, which Discord forgets: they
    get it back with the answer, to copy. The log gets where it happened, never what anybody wrote.
    """
    cause = getattr(error, "original", error)
    is_taken = isinstance(cause, discord.HTTPException) and cause.code in (ANSWERED_ALREADY, INTERACTION_IS_OVER)
    text = _no_answer(interaction, cause) if is_taken or is_unanswered(cause) else _sentence(cause)
    if text is None:
        reference = secrets.token_hex(3)
        where = "".join(traceback.format_tb(cause.__traceback__))
        log.error("reference %s: %s in %s\n%s", reference, type(cause).__name__, _place(interaction), where)
        text = FAILED.format(reference=reference)
    # Some of it may be noted and not yet done.
    interaction.client.dispatch("action_failed")
    text, files = _give_back(text, written)
    try:
        if is_taken or interaction.response.is_done():
            await interaction.followup.send(text, files=files, ephemeral=True)
        else:
            await interaction.response.send_message(text, files=files, ephemeral=True)
    except DISCORD_FAULTS as failure:
        log.warning("an answer could not be sent: %s", fault_name(failure))


def _give_back(text: str, written: str) -> tuple[str, list[discord.File]]:
    """Add what was typed to an answer: in a code block, which shows it as it is; as a file if that is too long."""
    if not written.strip():
        return text, []
    whole = WRITTEN.format(text=text, written=written.replace("```", "'''"))
    if len(whole) <= LONGEST_ANSWER:
        return whole, []
    return WRITTEN_FILE.format(text=text), [discord.File(io.BytesIO(written.encode()), "what-you-typed.txt")]


def is_unanswered(error: BaseException) -> bool:
    """Tell whether Discord may have done what was asked: it failed, or the line was cut before it answered."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500
    return isinstance(error, aiohttp.ClientError | ConnectionError | TimeoutError)


def fault_name(error: BaseException | None) -> str:
    """Name a fault for the log: by its kind, Discord's code if it has one, and what is wrong with the database."""
    name = type(error).__name__
    if isinstance(error, discord.HTTPException):
        return f"{name} {error.code}"
    return f"{name}: {error.public}" if isinstance(error, StoreError) else name


def _no_answer(interaction: discord.Interaction[Any], cause: BaseException) -> str:
    log.warning("Discord did not answer in %s: %s", _place(interaction), fault_name(cause))
    return NO_ANSWER.format(place=f"<#{interaction.channel_id}>")


def _sentence(cause: BaseException) -> str | None:
    if isinstance(cause, UserError):
        if cause.public != str(cause):
            log.error("%s", cause)
        return cause.public
    if isinstance(cause, discord.Forbidden):
        return FORBIDDEN
    return None


def _place(interaction: discord.Interaction[Any]) -> str:
    if isinstance(interaction.command, app_commands.Command):
        return f"/{interaction.command.qualified_name}"
    data: Any = interaction.data or {}
    return str(data.get("custom_id", "an interaction")).split(":")[0]
