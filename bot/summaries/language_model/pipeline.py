"""What is asked of a language model about stored replies, and what of its answers stands; heavy, so in the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.models.grouping import Grouping, ReturningThemes
from bot.models.private import PrivateReply
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.threads import Thread
from bot.replies.redaction.word_list import NO_WORDS, KnownWords
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.language_model.requests import SortingCall


@dataclass(frozen=True, slots=True)
class SortableReplies:
    """A prompt and its replies, as a worker gets them to have them sorted.

    ``known`` is what is taken out, beside identifiers and first names; ``hidden`` names the replies of which nothing
    goes out.
    """

    prompt: Prompt
    replies: tuple[Reply, ...]
    private: tuple[PrivateReply, ...] = ()
    known: KnownWords = NO_WORDS
    hidden: tuple[str, ...] = ()

    @property
    def thread(self) -> Thread:
        """The thread that they make."""
        thread = thread_of(self.prompt, self.replies, self.private)
        return replace(thread, names=tuple(self.known.names), own_words=self.known.listed)


def prepare_sorting(sortable: SortableReplies) -> tuple[SortingCall, ...]:
    """Return what a language model is asked about a prompt's replies. The same replies give the same calls."""
    from bot.summaries.language_model.grouping import prepare  # loads numpy, which only a worker needs

    return prepare(sortable.thread, sortable.hidden).calls


def prepare_merging(sortable: SortableReplies, answers: Sequence[str | None]) -> SortingCall | None:
    """Return the call that brings the batches together, after the answers about them; None where none is needed."""
    from bot.summaries.language_model.grouping import prepare, prepare_merge

    return prepare_merge(prepare(sortable.thread, sortable.hidden), answers)


def read_sorting(sortable: SortableReplies, answers: Sequence[str | None], merged: str | None) -> Grouping:
    """Return what is proved of the answers, which are as they came: None for each call that got none."""
    from bot.summaries.language_model.grouping import prepare, read_answers

    thread = sortable.thread
    return read_answers(thread, prepare(thread, sortable.hidden), answers, merged)


@dataclass(frozen=True, slots=True)
class SortedPrompt:
    """A prompt with its replies and how a language model sorted them."""

    sortable: SortableReplies
    grouping: Grouping


def prepare_returning(sorted_prompts: Sequence[SortedPrompt]) -> SortingCall | None:
    """Return the call that matches themes of several prompts; None where there is nothing to match."""
    from bot.summaries.language_model.weeks import Week, prepare_weeks

    return prepare_weeks([Week(*_week_of(each)) for each in sorted_prompts])


def read_returning(sorted_prompts: Sequence[SortedPrompt], answer: str | None) -> ReturningThemes:
    """Return what is proved of the answer about themes that come back; None stands for no answer."""
    from bot.summaries.language_model.weeks import Week, read_weeks

    return read_weeks([Week(*_week_of(each)) for each in sorted_prompts], answer)


def _week_of(each: SortedPrompt) -> tuple[int, Thread, frozenset[str], Grouping]:
    sortable = each.sortable
    return sortable.prompt.id, sortable.thread, frozenset(sortable.hidden), each.grouping
