"""From stored replies to a summary that was checked against them, of one prompt or of several."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.client import Bot
from bot.errors import UserError
from bot.models.private import PrivateReply
from bot.models.prompts import Prompt
from bot.models.replies import Reply, ReplyKind
from bot.models.summaries import Summary, SummaryOptions
from bot.store.prompts import ERASED
from bot.summaries import summarise
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.consent import without_refused
from bot.summaries.lifecycle.deletions import with_deleted, with_excluded
from bot.summaries.output.days import replies_a_day
from bot.summaries.output.trends import Course
from bot.summaries.pipeline import Engine, read_prompt, read_series
from bot.text.dates import closing_date_text
from cogs.summaries.readable import readable

log = logging.getLogger(__name__)


HELD_BACK = (
    "The thread of this prompt was deleted, so its replies are held back from new summaries. "
    "A facilitator can keep them with /prompt keep."
)
WAITING = "Some replies wait to be stored, so a summary would miss them. Please try again in a few minutes."
NO_REPLIES = "Nobody has replied to this prompt yet. Try again when there are replies."
NO_REPLIES_YET = "Nobody has replied to these prompts yet. Try again when there are replies."
UNSOUND = "This summary did not pass its own check, so I do not show it. Please tell the person who runs me."


@dataclass(frozen=True, slots=True)
class Findings:
    """A prompt, the replies that were read, and their summary. Its quotes name replies by ``str(reply.id)``.

    ``private`` are the private replies that were read too, which quotes name by ``private_id``.
    """

    prompt: Prompt
    replies: tuple[Reply, ...]
    summary: Summary
    private: tuple[PrivateReply, ...] = ()

    @property
    def late(self) -> int:
        """How many replies came after closing."""
        return sum(reply.late for reply in self.replies)

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The prompt alone."""
        return (self.prompt,)

    @property
    def title(self) -> str:
        """The prompt's question."""
        return self.prompt.wording.question

    @property
    def state(self) -> str:
        """A short digest of which replies were read, and in which version; it tells nothing else."""
        return state_of(self.replies, self.private)

    @property
    def held(self) -> dict[str, str]:
        """Who wrote what was read, by the ids that quotes bear: pseudonyms, and of a private reply its own id."""
        named = {str(reply.id): reply.person for reply in self.replies}
        return named | {private_id(reply): private_id(reply) for reply in self.private}

    @property
    def links(self) -> dict[str, str]:
        """The addresses of the replies' messages, by the ids that quotes bear."""
        return links_of(self.prompts, self.replies)


@dataclass(frozen=True, slots=True)
class SeriesFindings:
    """Several prompts in the order of their posting, all their replies, and one summary of them.

    ``courses`` tells how each point went over the prompts, by its statement. ``held_back`` counts prompts that were
    left out because their thread was deleted.
    """

    title: str
    prompts: tuple[Prompt, ...]
    replies: tuple[Reply, ...]
    summary: Summary
    courses: Mapping[str, Course] = field(default_factory=dict)
    held_back: int = 0
    private: tuple[PrivateReply, ...] = ()


async def find(bot: Bot, prompt: Prompt, engine: Engine = summarise) -> Findings:
    """Summarise a prompt's replies in the worker.

    Raises UserError where there is nothing to sum up, where replies are held back, and where the summary is unsound.
    """
    if prompt.frozen_at is not None:
        raise UserError(ERASED)
    if _is_held_back(prompt):
        raise UserError(HELD_BACK)
    await _all_stored(bot)
    read = await readable(bot, prompt.id, prompt.guild_id)
    if not read.replies and not read.private:
        raise UserError(NO_REPLIES)
    # In the worker, checking too: with 20,000 replies each of these steps would hold up the event loop.
    summary, problems = await bot.worker.call(read_prompt, engine, _options(bot), prompt, read.replies, read.private)
    _refuse_unsound(f"prompt {prompt.id}", problems)
    summary = without_refused(summary, read.replies, read.refused)
    summary = with_deleted(summary, await bot.store.replies.taken_back([prompt.id]))
    return Findings(prompt, read.replies, with_excluded(summary, len(read.left_out)), read.private)


async def find_series(
    bot: Bot, title: str, prompts: Sequence[Prompt], engine: Engine = summarise, *, series_id: int | None = None
) -> SeriesFindings:
    """Summarise the replies to several prompts as one discussion, in the worker. Raises UserError as ``find`` does.

    ``series_id`` names the series where ``prompts`` are all of it: private replies that were too few at one prompt are
    read with those of the others then.
    """
    await _all_stored(bot)
    read = tuple(prompt for prompt in prompts if not _is_held_back(prompt))
    each = [await readable(bot, prompt.id, prompt.guild_id) for prompt in read]
    replies = tuple(reply for one in each for reply in one.replies)
    private = tuple(reply for one in each for reply in one.private)
    if series_id is not None and len(read) == len(prompts):
        private = await bot.store.private.shown_for_series(series_id)
    if not replies and not private:
        raise UserError(HELD_BACK if prompts and not read else NO_REPLIES_YET)
    summary, problems, courses = await bot.worker.call(read_series, engine, _options(bot), read, replies, private)
    _refuse_unsound(f"{len(read)} prompts", problems)
    refused = frozenset(name for one in each for name in one.refused)
    summary = without_refused(summary, replies, refused)
    summary = with_deleted(summary, await bot.store.replies.taken_back([prompt.id for prompt in read]))
    summary = with_excluded(summary, sum(len(one.left_out) for one in each))
    return SeriesFindings(title, read, replies, summary, courses, len(prompts) - len(read), private)


def state_of(replies: Iterable[Reply], private: Iterable[PrivateReply] = ()) -> str:
    """A short digest of which replies were read, and in which version; it tells nothing else."""
    versions = "".join(f"{reply.id} {reply.edited_at};" for reply in replies)
    versions += "".join(f"{private_id(reply)};" for reply in private)
    return hashlib.blake2b(versions.encode(), digest_size=6).hexdigest()


def links_of(prompts: Iterable[Prompt], replies: Iterable[Reply], channel_id: int | None = None) -> dict[str, str]:
    """The addresses of the replies' messages, by the ids that quotes bear; with ``channel_id``, of those there."""
    by_id = {prompt.id: prompt for prompt in prompts}
    found = ((reply, _place(by_id[reply.prompt_id], reply)) for reply in replies)
    return {
        str(reply.id): f"https://discord.com/channels/{by_id[reply.prompt_id].guild_id}/{place}/{reply.message_id}"
        for reply, place in found
        if place is not None and channel_id in (None, place)
    }


def span_of(replies: Sequence[Reply], time_zone: str) -> str:
    """One sentence with the local dates of the first and the last reply; empty where there is none."""
    if not replies:
        return ""
    moments = [reply.created_at for reply in replies]
    first, last = (closing_date_text(moment, time_zone) for moment in (min(moments), max(moments)))
    return f"Replies from {first} to {last}." if first != last else f"All replies are of {first}."


def days_of(replies: Iterable[Reply], time_zone: str) -> tuple[tuple[date, int], ...]:
    """Replies a local day."""
    moments: list[datetime] = [reply.created_at for reply in replies]
    return replies_a_day(moments, time_zone)


def _options(bot: Bot) -> SummaryOptions:
    return SummaryOptions(model=None if bot.model is None else str(bot.model))


def _is_held_back(prompt: Prompt) -> bool:
    return prompt.gone_at is not None and not prompt.keep_reason


async def _all_stored(bot: Bot) -> None:
    if bot.store.inbox.fault is not None:  # waiting for a full disk could take hours
        raise UserError(WAITING)
    await bot.store.inbox.flush()


def _refuse_unsound(what: str, problems: Sequence[str]) -> None:
    if problems:
        log.error("the summary of %s is not shown: %s", what, " ".join(problems))
        raise UserError(UNSOUND)


def _place(prompt: Prompt, reply: Reply) -> int | None:
    """The channel or thread in which a reply's message can be read."""
    if reply.message_id is None or prompt.gone_at is not None:
        return None
    return prompt.channel_id if reply.kind is ReplyKind.CHANNEL else prompt.thread_id
