"""Let a language model sort the replies to a prompt: prepared and proved in the worker, asked from the main process.

The worker has no network, and the endpoint gets no more than what the worker prepared. Any fault, of one call or of
all, leaves the rest to the engine, and the summary says so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from bot.errors import ModelError, UserError
from bot.models.grouping import Grouping, SortedReplies, Sorting
from bot.models.language_model import LanguageModel
from bot.models.prompts import Prompt
from bot.replies.redaction.seen_names import SeenNames
from bot.replies.redaction.word_list import KnownWords
from bot.services.replies.readable_replies import ReadableReplies, SendableReplies, load_for_new_summary
from bot.store import Store
from bot.summaries.io.stored_replies import private_id
from bot.summaries.language_model.pipeline import SortableReplies, prepare_merging, prepare_sorting, read_sorting
from bot.summaries.language_model.requests import MOST_CALLS, SortingCall
from bot.worker import Worker
from bot.worker_turns import Turn

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Calls on their way at a time; an endpoint's client may let through fewer."""
MOST_FAILURES = 3
"""Calls without an answer after which, if fewer were answered, an endpoint is left alone."""
SECONDS = 600
"""For all calls about one prompt; Discord shows the answer to a command for a quarter of an hour."""


async def sort_prompt(
    store: Store,
    worker: Worker,
    turn: Turn,
    prompt: Prompt,
    read: ReadableReplies,
    names: Sequence[str],
    *,
    language_model: LanguageModel,
    sendable: SendableReplies,
    seconds: float = SECONDS,
) -> Grouping | None:
    """Return how a language model sorted the replies to a prompt, proved; None where nothing of them may be sent.

    The same replies are sent once: what came back is kept, sealed, until one of them is erased or changed. Where calls
    failed, the grouping says so, holds what the others found, and is not kept. Raises UserError as the worker does.

    Where a reply goes or changes meanwhile, or may no longer be sent, no further call goes out, and nothing of what
    came back is used or kept.
    """
    shown = frozenset(await sendable(prompt, read))
    sent = describe_sent(read, shown)
    if not sent.thread and not sent.private:
        return None
    kept = await store.sortings.of_prompt(prompt.id, sent)
    if kept is not None:
        return kept
    known = KnownWords((await store.settings.of(prompt.guild_id)).removed_words, SeenNames(names))
    asked_about = await _without_words_of_staff(store, prompt)
    sortable = SortableReplies(asked_about, read.replies, read.private, known, list_hidden(read, shown))
    calls = await worker.call_for(turn, prepare_sorting, sortable)
    if not calls:
        return None

    may_go = partial(may_still_go, store, prompt, sent, sendable)
    asking = Asking(language_model, seconds, may_go)
    answers = await asking.ask_all(calls)
    merged: str | None = None
    if all(answer is None for answer in answers) or not await may_go():
        grouping = Grouping(Sorting(len(calls), unanswered=len(calls)))
    else:
        if len(calls) > 1:
            merging = await worker.call_for(turn, prepare_merging, sortable, answers)
            merged = None if merging is None else (await asking.ask_all([merging]))[0]
        grouping = await worker.call_for(turn, read_sorting, sortable, answers, merged)
    log.info("a language model sorted prompt %s: %s", prompt.id, asking.describe(grouping.sorting))
    if not asking.failed:
        await store.sortings.keep(prompt, sent, grouping)
    if not await may_go():  # only now: what is kept after a no would stay
        await store.sortings.forget_prompt(prompt.id)
        return Grouping(Sorting(len(calls), unanswered=len(calls)))
    return grouping


async def _without_words_of_staff(store: Store, prompt: Prompt) -> Prompt:
    """Return a prompt without its passage and question, if staff suggested one of them, or if nobody can tell."""
    if not await store.suggestions.is_origin(prompt.guild_id, prompt.excerpt_id):
        return prompt
    return replace(prompt, wording=replace(prompt.wording, text="", question=""))


class Asking:
    """The calls about one prompt: how many, how long, and what became of them. Nothing of their words is kept here."""

    def __init__(
        self,
        language_model: LanguageModel,
        seconds: float = SECONDS,
        may_go: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self._model = language_model
        self._may_go = may_go
        self._clock = asyncio.get_running_loop().time
        self._began = self._clock()
        self._ends_at = self._began + seconds
        self.asked = self.answered = self.failed = self.words = 0

    async def ask_all(self, calls: Sequence[SortingCall]) -> tuple[str | None, ...]:
        """Ask all calls, some at a time; None for each that got no answer. Cancelling this cancels those on their way.

        An endpoint that never answers is soon left alone, and so is one that takes too long.
        """
        places = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._ask(call, places)) for call in calls[:MOST_CALLS]]
        return (*(task.result() for task in tasks), *(None for _ in calls[MOST_CALLS:]))

    async def _ask(self, call: SortingCall, places: asyncio.Semaphore) -> str | None:
        async with places:
            if self.failed >= MOST_FAILURES and self.failed > self.answered:
                self.failed += 1
                return None
            try:
                async with asyncio.timeout_at(self._ends_at):
                    self.asked, self.words = self.asked + 1, self.words + call.words
                    answer = await self._model.ask(replace(call.make_request(), may_go=self._may_go))
            except (ModelError, TimeoutError) as error:
                log.warning("the language model gave no answer: %s", type(error).__name__)
                self.failed += 1
                return None
            self.answered += 1
            return answer

    def describe(self, sorting: Sorting) -> str:
        """Write sizes, times and outcomes for the log."""
        took = self._clock() - self._began
        return (
            f"{self.asked} calls, {self.words} words, {self.failed} failed, {sorting.unanswered} unusable, "
            f"{sorting.kept} entries kept, {sorting.refused} refused, {took:.1f} s"
        )


async def may_still_go(store: Store, prompt: Prompt, sent: SortedReplies, sendable: SendableReplies) -> bool:
    """Say whether all replies that were chosen to be sent are still there as they were, and may still be sent."""
    try:
        now = await load_for_new_summary(store, prompt.id, prompt.guild_id)
        may_be_sent = describe_sent(now, frozenset(await sendable(prompt, now)))
    except UserError:  # the prompt is gone
        return False
    return sent.thread.items() <= may_be_sent.thread.items() and set(sent.private) <= set(may_be_sent.private)


def list_hidden(read: ReadableReplies, shown: Collection[str]) -> tuple[str, ...]:
    """List the replies of which nothing may go out, by the ids that quotes use."""
    names = *(str(reply.id) for reply in read.replies), *(private_id(reply) for reply in read.private)
    return tuple(sorted(name for name in names if name not in shown))


def describe_sent(read: ReadableReplies, shown: Collection[str]) -> SortedReplies:
    """Say which replies go out, and in which versions."""
    thread = {
        str(reply.id): "" if reply.edited_at is None else reply.edited_at.isoformat()
        for reply in read.replies
        if str(reply.id) in shown
    }
    return SortedReplies(thread, tuple(sorted(reply.id for reply in read.private if private_id(reply) in shown)))
