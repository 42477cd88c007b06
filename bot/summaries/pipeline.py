"""Make summaries of stored replies, and check them before anybody sees them; heavy, so it runs in the worker."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.errors import ModelError
from bot.models.grouping import Grouping
from bot.models.private import PrivateReply
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.summaries import Summary, SummaryOptions
from bot.models.threads import Thread
from bot.summaries.engine.joined_threads import join_threads, merge_people, separate_people
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.output.trends import Course, find_courses, people_by_prompt
from bot.summaries.proof.check import check_summary

log = logging.getLogger(__name__)

Told = TypeVar("Told", Reply, PrivateReply)


class Engine(Protocol):
    """What makes a summary of a thread; a grouping is given to it only where a language model sorted the thread."""

    def __call__(self, thread: Thread, options: SummaryOptions, grouping: Grouping | None = ..., /) -> Summary:
        """Return the summary."""


MOST_CHARACTERS = 400_000
"""Of a thread, up to which a model is asked: half a minute's work of one core. The worker's time is limited."""


def read_prompt(
    engine: Engine,
    options: SummaryOptions,
    prompt: Prompt,
    replies: Sequence[Reply],
    private: Sequence[PrivateReply] = (),
    names: Sequence[str] = (),
    grouping: Grouping | None = None,
) -> tuple[Summary, tuple[str, ...]]:
    """Return the summary of one prompt's replies and private replies, and what its check found wrong.

    ``names`` are names of people that no heading may hold. ``grouping`` is how a language model sorted the replies.
    """
    thread = replace(thread_of(prompt, replies, private), names=tuple(names))
    summary = _summarise(engine, thread, options, grouping)
    return summary, check_summary(summary, thread)


def read_series(
    engine: Engine,
    options: SummaryOptions,
    prompts: Sequence[Prompt],
    replies: Sequence[Reply],
    private: Sequence[PrivateReply] = (),
    names: Sequence[str] = (),
) -> tuple[Summary, tuple[str, ...], dict[str, Course]]:
    """Summarise the replies to several prompts; return what the check found wrong, and each point's course.

    ``prompts`` are in the order of their posting. People are counted once, however many prompts they replied to.
    Courses are of people alone: of a few private replies to one prompt they would tell what these say.
    """
    threads = [thread_of(prompt, _of(prompt, replies), _of(prompt, private)) for prompt in prompts]
    thread = replace(join_threads(threads), names=tuple(names))
    prompt_of = {message.id: int(thread.id) for thread in threads for message in thread.messages}
    each = _summarise(engine, separate_people(thread, prompt_of), options)
    summary = merge_people(each, thread)
    named = replace(thread, messages=tuple(message for message in thread.messages if not message.private))
    authors = {message.id: message.author for message in named.messages}
    prompt_of = {message: prompt_of[message] for message in authors}
    ways = find_courses(each.points, prompt_of, people_by_prompt(named, prompt_of), authors)
    return summary, check_summary(summary, thread), ways


def _of(prompt: Prompt, replies: Sequence[Told]) -> list[Told]:
    return [reply for reply in replies if reply.prompt_id == prompt.id]


def _summarise(engine: Engine, thread: Thread, options: SummaryOptions, grouping: Grouping | None = None) -> Summary:
    """Return the engine's summary; if the model cannot be used, one without it, which says so in its ``vectors``.

    Who asks for a summary in Discord can mend no model, and is better served by a summary than by a fault.
    """
    sorted_by_model = () if grouping is None else (grouping,)
    if options.model is None:
        return engine(thread, options, *sorted_by_model)
    if sum(len(message.text) for message in thread.messages) > MOST_CHARACTERS:
        return _by_words(engine, thread, options, "too long a thread for the model", *sorted_by_model)
    try:
        return engine(thread, options, *sorted_by_model)
    except ModelError as error:
        log.warning("A summary was made without the model. %s", error)
        return _by_words(engine, thread, options, "the model couldn’t be used", *sorted_by_model)


def _by_words(
    engine: Engine, thread: Thread, options: SummaryOptions, reason: str, *sorted_by_model: Grouping
) -> Summary:
    summary = engine(thread, replace(options, model=None), *sorted_by_model)
    return replace(summary, vectors=f"{summary.vectors} ({reason})")
