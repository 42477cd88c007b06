"""Say of a stored summary whether it still holds against the stored replies, in one line without anyone's words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.models.summaries import Summary
from bot.models.threads import Thread
from bot.summaries.proof.check import check_summary, quotes_of
from bot.text.words import plural

PRESSES = "; what people tapped can’t be counted again, but the stored totals are unchanged"
FROZEN = "no longer checkable, since its replies were erased when their time was over"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. ``problems`` hold ids and counts only; none if the summary is sound.

    ``presses`` is true if any of its numbers holds presses.
    """

    quotes: int
    people: int
    problems: tuple[str, ...]
    frozen: bool = False
    presses: bool = False

    def __str__(self) -> str:
        if self.problems:
            return f"not sound. {' '.join(self.problems)}"
        counted = f"{plural(self.quotes, 'quote', 'quotes')}, {plural(self.people, 'person', 'people')}"
        return FROZEN if self.frozen else f"sound, {counted}{PRESSES if self.presses else ''}"


def verify(summary: Summary, thread: Thread, read: Collection[str]) -> Verdict:
    """Hold a stored summary against its thread as it is stored now.

    ``read`` names the replies that the summary read. Those that came later do not count against it; of those that were
    erased since, nothing may be quoted or counted.
    """
    kept = tuple(message for message in thread.messages if message.id in read)
    held = Thread(thread.id, thread.prompt, kept)
    authors = {message.id: message.author for message in held.messages}
    quotes = frozenset((quote.message, quote.text) for quote in quotes_of(summary))
    people = {authors[message] for message, _ in quotes if message in authors}
    presses = summary.tapped is not None or any(point.views is not None for point in summary.points)
    return Verdict(len(quotes), len(people), check_summary(summary, held, later=True), summary.frozen, presses)
