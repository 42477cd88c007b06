"""Let a language model match the themes of a series' prompts: prompts that were not sorted yet are sorted first.

The worker prepares and proves, as for one prompt. Any fault leaves the series' summary as it is without a model, and
the summary says so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.models.grouping import Grouping, ReturningThemes, SortedReplies, Sorting
from bot.models.language_model import LanguageModel, ModelRequest
from bot.models.prompts import Prompt
from bot.replies.redaction.seen_names import SeenNames
from bot.replies.redaction.word_list import KnownWords
from bot.services.replies.readable_replies import ReadableReplies, SendableReplies
from bot.services.summaries.sorting import SECONDS, Asking, describe_sent, list_hidden, may_still_go, sort_prompt
from bot.store import Store
from bot.summaries.language_model.pipeline import SortableReplies, SortedPrompt, prepare_returning, read_returning
from bot.worker import Worker
from bot.worker_turns import Turn

log = logging.getLogger(__name__)

MOST_SORTING_CALLS = 40
"""Calls after which no further prompt is sorted for one summary of a series; the next summary goes on from there."""

Weeks = Sequence[tuple[Prompt, ReadableReplies]]


async def find_returning_themes(
    store: Store,
    worker: Worker,
    turn: Turn,
    weeks: Weeks,
    names: Sequence[str],
    *,
    language_model: LanguageModel,
    sendable: SendableReplies,
    seconds: float = SECONDS,
) -> ReturningThemes | None:
    """Return which themes come back in prompts, given in the order of their posting, with what is read of each.

    None where nothing may be sent of two prompts. How single prompts were sorted is kept as ever, and one call matches
    their themes; what came back is kept until a reply comes, goes or changes. ``seconds`` are for all calls together.
    """
    shown = {prompt.id: frozenset(await sendable(prompt, read)) for prompt, read in weeks}
    sent = {
        prompt.id: replies
        for prompt, read in weeks
        if (replies := describe_sent(read, shown[prompt.id])).thread or replies.private
    }
    if len(sent) < 2:
        return None
    kept = await store.sortings.returning_of(sent)
    if kept is not None:
        return kept
    ends_at = asyncio.get_running_loop().time() + seconds
    sorting = _Sorting(store, worker, turn, names, language_model, sendable, ends_at)
    groupings = {
        prompt.id: grouping
        for prompt, read in reversed(weeks)  # the newest first, in case it takes too long for all
        if prompt.id in sent and (grouping := await sorting.sort(prompt, read, sent[prompt.id])) is not None
    }
    known = KnownWords((await store.settings.of(turn.guild_id)).removed_words, SeenNames(names))
    compared = [(prompt, read) for prompt, read in weeks if prompt.id in groupings]
    given = [
        SortedPrompt(
            SortableReplies(prompt, read.replies, read.private, known, list_hidden(read, shown[prompt.id])),
            groupings[prompt.id],
        )
        for prompt, read in compared
    ]
    call = await worker.call_for(turn, prepare_returning, given)
    if call is None:
        return _unmatched(sorting.failed)
    used = {prompt.id: sent[prompt.id] for prompt, _ in compared}
    may_go = partial(_may_all_go, store, [prompt for prompt, _ in compared], used, sendable)
    asking = Asking(language_model, ends_at - asyncio.get_running_loop().time(), may_go)
    (answer,) = await asking.ask_all([call])
    returning = await worker.call_for(turn, read_returning, given, answer)
    log.info("a language model matched %d prompts: %s", len(given), asking.describe(returning.sorting))
    if answer is None or not await may_go():
        return _unmatched(1)
    if sorting.failed:
        return replace(returning, sorting=_add_failed(returning.sorting, sorting.failed))
    if await sorting.are_kept(sent):
        await store.sortings.keep_returning(turn.guild_id, sent, returning)
        if not await may_go():  # only now: what is kept after a no would stay
            await store.sortings.forget_server(turn.guild_id)
            return _unmatched(1)
    return returning


class _Sorting:
    """Sorts prompts one after the other, and asks nothing more after a fault or too many calls."""

    def __init__(
        self,
        store: Store,
        worker: Worker,
        turn: Turn,
        names: Sequence[str],
        language_model: LanguageModel,
        sendable: SendableReplies,
        ends_at: float,
    ) -> None:
        self._store, self._worker, self._turn, self._names = store, worker, turn, names
        self._model, self._sendable, self._ends_at = language_model, sendable, ends_at
        self._asked = self.failed = 0

    async def ask(self, request: ModelRequest) -> str:
        """Count a call, and pass it on."""
        self._asked += 1
        return await self._model.ask(request)

    async def sort(self, prompt: Prompt, read: ReadableReplies, sent: SortedReplies) -> Grouping | None:
        """Return how a prompt's replies were sorted; None where that is not known now."""
        left = self._ends_at - asyncio.get_running_loop().time()
        if self.failed or self._asked >= MOST_SORTING_CALLS or left <= 0:
            return await self._store.sortings.of_prompt(prompt.id, sent)
        grouping = await sort_prompt(
            self._store,
            self._worker,
            self._turn,
            prompt,
            read,
            self._names,
            language_model=self,
            sendable=self._sendable,
            seconds=left,
        )
        if grouping is not None and grouping.sorting.unanswered >= grouping.sorting.calls:
            self.failed += 1
            return None
        return grouping

    async def are_kept(self, sent: Mapping[int, SortedReplies]) -> bool:
        """Say whether it is kept how all of these prompts were sorted, so that the next summary has the same themes."""
        kept = [await self._store.sortings.of_prompt(prompt_id, replies) for prompt_id, replies in sent.items()]
        return None not in kept


async def _may_all_go(
    store: Store, prompts: Sequence[Prompt], sent: Mapping[int, SortedReplies], sendable: SendableReplies
) -> bool:
    for prompt in prompts:
        if not await may_still_go(store, prompt, sent[prompt.id], sendable):
            return False
    return True


def _add_failed(sorting: Sorting, failed: int) -> Sorting:
    return replace(sorting, calls=sorting.calls + failed, unanswered=sorting.unanswered + failed)


def _unmatched(failed: int) -> ReturningThemes:
    """Return that no theme was found to come back, since nothing failed, or since something did."""
    return ReturningThemes(Sorting(1, unanswered=1) if failed else Sorting(0))
