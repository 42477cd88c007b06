"""What facilitators and others are told where a step of a prompt or a series was refused, not answered or left out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import discord

from bot.discord_errors import DISCORD_FAULTS, fault_name, is_unanswered
from bot.errors import UserError
from bot.models.library import Excerpt
from bot.models.prompts import Series
from bot.services.prompts import Readiness
from bot.text.clean import clean_line
from bot.text.markdown import escape, escape_line
from bot.text.words import human_join

log = logging.getLogger(__name__)

SEE_SETUP = "Someone who manages the server can see what’s missing with /setup."
NO_ANSWER = (
    "Discord didn’t answer. The bot has noted it and will carry on within minutes. Look in <#{}> before you try again."
)
MOST_NAMED = 3
GIVEN_UP = "Then see /series: the excerpt comes at the next date, or post it with /prompt post."
REFUSED = "Discord didn’t let the bot {step} (code {code}). {advice} {then}"
UNANSWERED = (
    "The bot couldn’t {step}, because Discord isn’t answering. It tries again every few minutes. You don’t need to "
    "do anything."
)
WENT_ON = "“{series}” moved on to a later excerpt."
NOTHING_POSTED = "Nothing was posted in “{series}” this time."
UNASKED = "Left out, without a question: {excerpts}. Give it one with /library, and it comes at the next date."
OPEN = "Left out, already open in <#{channel}>: {excerpts}."
UNDESCRIBED = (
    "Left out, because we know too little about the report: {excerpts}. Open the report in /library, fill in “Check "
    "details”, and it comes at the next date."
)
WHAT_TO_DO = {
    10003: "The channel was deleted, or the bot can’t see it.",
    10008: "The message was deleted.",
    30033: "The thread has as many members as Discord allows.",
    40067: "The forum asks for a tag. Add one that the bot may use, or stop asking for one.",
    50001: f"Let the bot’s role see the channel. {SEE_SETUP}",
    50013: f"Give the bot’s role the permissions it needs there. {SEE_SETUP}",
    50083: "The thread is archived. Open it again.",
    160005: "The thread is locked. Unlock it, or give the bot’s role Manage Threads.",
    160006: "The server has as many open threads as Discord allows. Close some that nobody uses.",
    200000: "The server’s AutoMod blocked it. Add the bot’s role to the ones the rule leaves out.",
}
"""What to do about Discord's error codes, by https://discord.com/developers/docs/topics/opcodes-and-status-codes."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the scheduler's: what it does ("close") with what, named by a question or a title, and where.

    ``key`` is the same for each try of one step.
    """

    task: str
    subject: str
    guild_id: int
    channel_id: int
    key: str


def fault_text(step: Step, error: BaseException) -> str:
    """Name the step that failed, the channel, Discord's code, and what to do."""
    named = f"{step.task} “{escape_line(step.subject, 120)}” in <#{step.channel_id}>"
    if is_unanswered(error) or not isinstance(error, discord.HTTPException):
        return UNANSWERED.format(step=named)
    advice = WHAT_TO_DO.get(error.code, SEE_SETUP)
    then = GIVEN_UP if isinstance(error, discord.Forbidden) else "The bot will try again."
    return REFUSED.format(step=named, code=error.code or error.status, advice=advice, then=then)


def format_left_out(series: Series, left_out: Mapping[Readiness, Sequence[Excerpt]], *, posted: bool) -> str:
    """Tell facilitators which excerpts were left out at a slot, and what they can do."""
    title = escape(clean_line(series.title))
    lines = [
        (WENT_ON if posted else NOTHING_POSTED).format(series=title),
    ]
    if unasked := left_out.get(Readiness.UNASKED):
        lines.append(UNASKED.format(excerpts=_name_excerpts(unasked)))
    if undescribed := left_out.get(Readiness.UNDESCRIBED):
        lines.append(UNDESCRIBED.format(excerpts=_name_excerpts(undescribed)))
    if opened := left_out.get(Readiness.OPEN):
        lines.append(OPEN.format(channel=series.channel_id, excerpts=_name_excerpts(opened)))
    return "\n".join(lines)


@contextmanager
def place_named(channel_id: int) -> Iterator[None]:
    """Say where to look if Discord leaves a step unanswered that is noted and will be finished. Raises UserError."""
    try:
        yield
    except DISCORD_FAULTS as error:
        if not is_unanswered(error):
            raise
        log.warning("Discord did not answer in a step of a prompt: %s", fault_name(error))
        raise UserError(NO_ANSWER.format(channel_id)) from error


def _name_excerpts(excerpts: Sequence[Excerpt]) -> str:
    named = [f"“{escape_line(excerpt.passage.text, 80)}”" for excerpt in excerpts[:MOST_NAMED]]
    more = len(excerpts) - MOST_NAMED
    return human_join([*named, f"{more} more"] if more > 0 else named)
