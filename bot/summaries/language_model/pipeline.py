"""What is asked of a language model about stored replies, and what of its answers stands; heavy, so in the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.models.grouping import Grouping, ReturningThemes
from bot.models.private import PrivateReply
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.summaries import Thread
from bot.replies.redaction.word_list import NO_WORDS, KnownWords
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.language_model.requests import SortingCall


def prepare_sorting(
    prompt: Prompt,
    replies: Sequence[Reply],
    private: Sequence[PrivateReply] = (),
    known: KnownWords = NO_WORDS,
    hidden: Sequence[str] = (),
) -> tuple[SortingCall, ...]:
    """Return what a language model is asked about a prompt's replies; ``hidden`` names those of which nothing goes out.

    What is ``known`` of the server, identifiers and first names are taken out. The same replies give the same calls.
    """
    from bot.summaries.language_model.grouping import prepare  # loads numpy, which only a worker needs

    return prepare(_thread(prompt, replies, private, known), hidden).calls


def prepare_merging(
    prompt: Prompt,
    replies: Sequence[Reply],
    private: Sequence[PrivateReply],
    known: KnownWords,
    hidden: Sequence[str],
    answers: Sequence[str | None],
) -> SortingCall | None:
    """Return the call that brings the batches together, after the answers about them; None where none is needed."""
    from bot.summaries.language_model.grouping import prepare, prepare_merge

    return prepare_merge(prepare(_thread(prompt, replies, private, known), hidden), answers)


def read_sorting(
    prompt: Prompt,
    replies: Sequence[Reply],
    private: Sequence[PrivateReply],
    known: KnownWords,
    hidden: Sequence[str],
    answers: Sequence[str | None],
    merged: str | None,
) -> Grouping:
    """Return what is proved of the answers, which are as they came: None for each call that got none."""
    from bot.summaries.language_model.grouping import prepare, read_answers

    thread = _thread(prompt, replies, private, known)
    return read_answers(thread, prepare(thread, hidden), answers, merged)


@dataclass(frozen=True, slots=True)
class SortedPrompt:
    """A prompt with its replies and how a language model sorted them; ``hidden`` names those that may not go out."""

    prompt: Prompt
    replies: tuple[Reply, ...]
    private: tuple[PrivateReply, ...]
    hidden: tuple[str, ...]
    grouping: Grouping


def prepare_returning(sorted_prompts: Sequence[SortedPrompt], known: KnownWords = NO_WORDS) -> SortingCall | None:
    """Return the call that matches themes of several prompts; None where there is nothing to match."""
    from bot.summaries.language_model.weeks import Week, prepare_weeks

    return prepare_weeks([Week(*_week_of(each, known)) for each in sorted_prompts])


def read_returning(sorted_prompts: Sequence[SortedPrompt], known: KnownWords, answer: str | None) -> ReturningThemes:
    """Return what is proved of the answer about themes that come back; None stands for no answer."""
    from bot.summaries.language_model.weeks import Week, read_weeks

    return read_weeks([Week(*_week_of(each, known)) for each in sorted_prompts], answer)


def _week_of(each: SortedPrompt, known: KnownWords) -> tuple[int, Thread, frozenset[str], Grouping]:
    thread = _thread(each.prompt, each.replies, each.private, known)
    return each.prompt.id, thread, frozenset(each.hidden), each.grouping


def _thread(prompt: Prompt, replies: Sequence[Reply], private: Sequence[PrivateReply], known: KnownWords) -> Thread:
    return replace(thread_of(prompt, replies, private), names=tuple(known.names), own_words=known.listed)
