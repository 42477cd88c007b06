"""Who took part in a series, and how much of what they wrote was read."""

from __future__ import annotations

from collections import Counter

from bot.board.source import BoardPrompt
from bot.summaries.io.stored_replies import is_private
from bot.text.words import plural

REPLIES_USED = "Replies used"
INVITED_UNKNOWN = "We didn’t note how many people were invited."


def format_invited(people: int | None) -> str:
    """Say how many were invited; None if nobody noted it."""
    return INVITED_UNKNOWN if people is None else f"{plural(people, 'person was', 'people were')} invited."


def format_participants(prompts: tuple[BoardPrompt, ...]) -> str:
    """Return people of all threads, each once.

    If words were erased by their date, only a least number is known.
    """
    people = {person for prompt in prompts for name, person in prompt.record.held.items() if not is_private(name)}
    private = sum(prompt.record.summary.coverage.private for prompt in prompts)
    least = max((prompt.record.summary.coverage.people for prompt in prompts), default=0)
    known = not any(prompt.record.summary.frozen for prompt in prompts)
    many = len(people) if known else max(least, len(people))
    came = f"{plural(private, 'private reply', 'private replies')} came." if private else ""
    if not many:
        return came or "Nobody took part."
    said = f"{'' if known else 'At least '}{plural(many, 'person', 'people')} took part in the threads."
    too = f"{came.removesuffix('.')} too, perhaps some of them from the same people." if came else ""
    return " ".join(part for part in (said, "Each person counts once." if known else "", too) if part)


def count_replies(prompts: tuple[BoardPrompt, ...]) -> tuple[tuple[str, int], ...]:
    """Return the questions and replies, as labels with numbers. Private replies are part of no number but their own."""
    read = [prompt.record.summary.coverage.in_thread for prompt in prompts]
    private = sum(prompt.record.summary.coverage.private for prompt in prompts)
    excluded = sum(count for coverage in read for _, count in coverage.excluded)
    told = (
        ("Questions asked", len(prompts)),
        ("Replies received", sum(coverage.held for coverage in read) + excluded),
        (REPLIES_USED, sum(coverage.read for coverage in read)),
        ("Private replies used", private),
        ("Replies deleted", sum(coverage.deleted for coverage in read)),
    )
    return tuple((label, count) for label, count in told if count or label == REPLIES_USED)


def count_left_out(prompts: tuple[BoardPrompt, ...]) -> tuple[tuple[str, int], ...]:
    """Return the replies that no summary reads, by the reason."""
    reasons: Counter[str] = Counter()
    for prompt in prompts:
        coverage = prompt.record.summary.coverage.in_thread
        for reason, count in (*coverage.left_out, *coverage.excluded):
            reasons[reason] += count
    return tuple((reason, count) for reason, count in reasons.items() if count)
