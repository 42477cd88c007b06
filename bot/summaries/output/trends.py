"""How a point goes over several prompts: new, growing, fading, or simply how often it came up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.models.summaries import KeyPoint
from bot.models.threads import Thread

LEAST_MORE = 2
"""By so many people at least two halves must differ: one person more or less is no trend."""
LEAST_TIMES = 1.5
"""By so much at least the share of people must differ, so that a busier prompt alone makes nothing grow."""


class Trend(StrEnum):
    """NEW: only in the latest prompt. GROWING and FADING: more or fewer people lately. STEADY: neither."""

    NEW = "new"
    GROWING = "growing"
    FADING = "fading"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Course:
    """In how many prompts a point came up, of how many, and whether it grows or fades."""

    prompts: int
    of: int
    trend: Trend


def find_course(said: Sequence[int], replied: Sequence[int]) -> Course:
    """Return the course of one point over prompts in the order of their posting.

    ``said`` counts the distinct people who clearly say so at each prompt, ``replied`` all people whose replies to it
    were read; both have one entry a prompt, and prompts without replies are left out before.

    A point is NEW where only the latest of two or more prompts has it. Else the prompts are cut into an earlier and a
    later half; of an odd number the middle one belongs to neither. A half's share is its people who say so by its
    people who replied, both summed over the half's prompts. It is GROWING where the later half has at least
    LEAST_MORE people more and at least LEAST_TIMES the share of the earlier one, FADING where it is the other way
    round, and else STEADY. Raises ValueError if the two have different lengths.
    """
    if len(said) != len(replied):
        raise ValueError("each prompt needs both counts")
    prompts = sum(count > 0 for count in said)
    return Course(prompts, len(said), _trend(said, replied))


def find_courses(
    points: Iterable[KeyPoint], prompt_of: Mapping[str, int], people: Mapping[int, int], authors: Mapping[str, str]
) -> dict[str, Course]:
    """Return the course of each point, by its statement.

    ``prompt_of`` and ``authors`` name the prompt and the author of each message; ``people`` counts those who replied,
    by prompt in the order of posting.
    """
    return {
        point.statement: find_course(
            [
                len({authors[quote.message] for quote in point.quotes if prompt_of.get(quote.message) == prompt})
                for prompt in people
            ],
            list(people.values()),
        )
        for point in points
    }


def people_by_prompt(thread: Thread, prompt_of: Mapping[str, int]) -> dict[int, int]:
    """Count the distinct people who replied to each prompt, in the prompts' order in ``prompt_of``."""
    authors: dict[int, set[str]] = {prompt: set() for prompt in prompt_of.values()}
    for message in thread.messages:
        authors[prompt_of[message.id]].add(message.author)
    return {prompt: len(found) for prompt, found in authors.items()}


def _trend(said: Sequence[int], replied: Sequence[int]) -> Trend:
    if len(said) > 1 and said[-1] > 0 and not any(said[:-1]):
        return Trend.NEW
    half = len(said) // 2
    if not half:
        return Trend.STEADY
    before, after = sum(said[:half]), sum(said[-half:])
    share_before, share_after = before / max(sum(replied[:half]), 1), after / max(sum(replied[-half:]), 1)
    if after - before >= LEAST_MORE and share_after >= LEAST_TIMES * share_before:
        return Trend.GROWING
    if before - after >= LEAST_MORE and share_before >= LEAST_TIMES * share_after:
        return Trend.FADING
    return Trend.STEADY
