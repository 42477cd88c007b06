"""Make a summary of stored replies that was checked against them, of one prompt or of several."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bot.errors import UserError
from bot.models.grouping import ReturningThemes
from bot.models.language_model import LanguageModel
from bot.models.private import PrivateReply
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.summaries import Summary, SummaryOptions
from bot.models.views import ViewTotals
from bot.services.replies.readable_replies import SendableReplies, load_for_new_summary
from bot.store import Store
from bot.store.prompts import ERASED
from bot.summaries import summarise
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.consent import remove_refused_quotes
from bot.summaries.lifecycle.later_counts import count_deleted, count_excluded
from bot.summaries.output.days import count_by_day
from bot.summaries.output.trends import Course
from bot.summaries.pipeline import Engine, read_prompt, read_series
from bot.text.dates import format_local_date
from bot.views.raised_statements import raise_statements
from bot.views.totals import apply_views, join_totals
from bot.worker import Worker
from bot.worker_turns import Turn

log = logging.getLogger(__name__)

HELD_BACK = (
    "The thread of this prompt was deleted, so its replies are held back from new summaries. "
    "A facilitator can keep them in /prompt list."
)
WAITING = "Some replies are still being saved, so a summary would miss them. Please try again in a few minutes."
NO_REPLIES = "Nobody has replied to this prompt yet. Try again when there are replies."
NO_REPLIES_YET = "Nobody has replied to these prompts yet. Try again when there are replies."
UNSOUND = "This summary didn’t pass its own check, so we can’t show it. Please tell the person who runs the bot."


@dataclass(frozen=True, slots=True)
class SummaryAids:
    """What a summary is made with, beside the replies.

    ``model`` is the folder of a model of sentence vectors. ``names`` are names of people, which no heading may hold.
    ``language_model`` sorts those replies first that ``sendable`` names, which is asked for the prompt and what is read
    of it. Without either of the two, nothing is sent anywhere, and the summary is the same as ever.
    """

    model: Path | None = None
    names: Sequence[str] = ()
    language_model: LanguageModel | None = None
    sendable: SendableReplies | None = None


NO_AIDS = SummaryAids()


@dataclass(frozen=True, slots=True)
class Findings:
    """A prompt, the replies that were read, and their summary. Its quotes name replies by ``str(reply.id)``.

    ``private`` are the private replies that were read too, which quotes name by ``private_id``. ``views`` is what was
    counted of presses.
    """

    prompt: Prompt
    replies: tuple[Reply, ...]
    summary: Summary
    private: tuple[PrivateReply, ...] = ()
    views: ViewTotals = field(default_factory=ViewTotals)

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
    def held(self) -> dict[str, str]:
        """Who wrote what was read, by the ids that quotes use: pseudonyms, and of a private reply its own id."""
        authors = {str(reply.id): reply.person for reply in self.replies}
        return authors | {private_id(reply): private_id(reply) for reply in self.private}


@dataclass(frozen=True, slots=True)
class SeriesFindings:
    """Several prompts in the order of their posting, all their replies, and one summary of them.

    ``courses`` tells how each point went over the prompts, by its statement. ``held_back`` counts prompts that were
    left out because their thread was deleted. ``returning`` are the themes that come back in several of them; None
    where no language model was asked.
    """

    title: str
    prompts: tuple[Prompt, ...]
    replies: tuple[Reply, ...]
    summary: Summary
    courses: Mapping[str, Course] = field(default_factory=dict)
    held_back: int = 0
    private: tuple[PrivateReply, ...] = ()
    views: ViewTotals = field(default_factory=ViewTotals)
    returning: ReturningThemes | None = None


async def summarise_prompt(
    store: Store,
    worker: Worker,
    prompt: Prompt,
    aids: SummaryAids = NO_AIDS,
    *,
    engine: Engine = summarise,
    waits: bool = False,
) -> Findings:
    """Summarise a prompt's replies in the worker. ``waits`` is for what a round makes by itself.

    It waits for its turn then, however much of the server waits already. The groups of a language model (see
    bot.services.summaries.sorting) take the place of the engine's drafts; nothing counted or quoted is its work.

    Raises UserError if there is nothing to sum up, where replies are held back, where too much of the server waits,
    and where the summary is unsound.
    """
    if prompt.frozen_at is not None:
        raise UserError(ERASED)
    if prompt.is_held_back:
        raise UserError(HELD_BACK)
    await _store_waiting(store)
    read = await load_for_new_summary(store, prompt.id, prompt.guild_id)
    if not read.replies and not read.private:
        raise UserError(NO_REPLIES)
    # In the worker, checking too: with 20,000 replies each of these steps would hold up the event loop.
    given = (prompt, read.replies, read.private, tuple(aids.names))
    turn = Turn(prompt.guild_id, waits=waits)
    grouping = None
    if aids.language_model is not None and aids.sendable is not None:
        # most bots have no language model, and load nothing of it
        from bot.services.summaries.sorting import sort_prompt

        grouping = await sort_prompt(
            store,
            worker,
            turn,
            prompt,
            read,
            aids.names,
            language_model=aids.language_model,
            sendable=aids.sendable,
        )
    summary, problems = await worker.call_for(turn, read_prompt, engine, _options(aids.model), *given, grouping)
    _refuse_unsound(f"prompt {prompt.id}", problems)
    if summary.sorting is not None:
        summary = replace(summary, sorting=replace(summary.sorting, run_by=prompt.wording.model_run_by))
    summary = remove_refused_quotes(summary, read.replies, read.refused)
    summary = count_deleted(summary, await store.replies.taken_back([prompt.id]))
    summary = count_excluded(summary, len(read.left_out))
    summary = raise_statements(summary, read.views, read.replies, read.refused)
    summary = apply_views(summary, read.views, read.replies)
    return Findings(prompt, read.replies, summary, read.private, read.views)


async def summarise_series(
    store: Store,
    worker: Worker,
    title: str,
    prompts: Sequence[Prompt],
    aids: SummaryAids = NO_AIDS,
    *,
    engine: Engine = summarise,
) -> SeriesFindings:
    """Summarise the replies to several prompts as one discussion, in the worker. Raises UserError as above.

    A language model says which themes come back: see bot.services.summaries.returning_themes. Points, quotes and counts
    are the same with and without it.
    """
    await _store_waiting(store)
    held = tuple(prompt for prompt in prompts if not prompt.is_held_back)
    each = [await load_for_new_summary(store, prompt.id, prompt.guild_id) for prompt in held]
    replies = tuple(reply for read in each for reply in read.replies)
    private = tuple(reply for read in each for reply in read.private)
    if not replies and not private:
        raise UserError(HELD_BACK if prompts and not held else NO_REPLIES_YET)
    turn = Turn(held[0].guild_id)
    returning = None
    if aids.language_model is not None and aids.sendable is not None:
        from bot.services.summaries.returning_themes import find_returning_themes

        weeks = list(zip(held, each, strict=True))
        returning = await find_returning_themes(
            store, worker, turn, weeks, aids.names, language_model=aids.language_model, sendable=aids.sendable
        )
    summary, problems, courses = await worker.call_for(
        turn, read_series, engine, _options(aids.model), held, replies, private, tuple(aids.names)
    )
    _refuse_unsound(f"{len(held)} prompts", problems)
    refused = frozenset(name for read in each for name in read.refused)
    summary = remove_refused_quotes(summary, replies, refused)
    summary = count_deleted(summary, await store.replies.taken_back([prompt.id for prompt in held]))
    summary = count_excluded(summary, sum(len(read.left_out) for read in each))
    views = join_totals(read.views for read in each)
    summary = apply_views(raise_statements(summary, views, replies, refused), views, replies)
    if returning is not None and returning.sorting.calls:
        run_by = next((prompt.wording.model_run_by for prompt in reversed(held) if prompt.wording.model_run_by), "")
        summary = replace(summary, sorting=replace(returning.sorting, run_by=run_by))
    return SeriesFindings(title, held, replies, summary, courses, len(prompts) - len(held), private, views, returning)


def digest_state(replies: Iterable[Reply], private: Iterable[PrivateReply] = ()) -> str:
    """Return a short digest of which replies were read, and in which version; it tells nothing else."""
    versions = "".join(f"{reply.id} {reply.edited_at};" for reply in replies)
    versions += "".join(f"{private_id(reply)};" for reply in private)
    return hashlib.blake2b(versions.encode(), digest_size=6).hexdigest()


def format_span(replies: Sequence[Reply], time_zone: str) -> str:
    """Write one sentence with the local dates of the first and the last reply; empty if all are of one day."""
    if not replies:
        return ""
    moments = [reply.created_at for reply in replies]
    first, last = (format_local_date(moment, time_zone) for moment in (min(moments), max(moments)))
    return f"Replies from {first} to {last}." if first != last else ""


def count_days(replies: Iterable[Reply], time_zone: str) -> tuple[tuple[date, int], ...]:
    """Count the replies of each local day."""
    return count_by_day((reply.created_at for reply in replies), time_zone)


def _options(model: Path | None) -> SummaryOptions:
    return SummaryOptions(model=None if model is None else str(model))


async def _store_waiting(store: Store) -> None:
    if store.inbox.fault is not None:  # waiting for a full disk could take hours
        raise UserError(WAITING)
    await store.inbox.flush()


def _refuse_unsound(what: str, problems: Sequence[str]) -> None:
    if problems:
        log.error("the summary of %s is not shown: %s", what, " ".join(problems))
        raise UserError(UNSOUND)
