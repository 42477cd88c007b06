"""How evenly a thread's words are spread: the share of its most active tenth of people, without names."""

from __future__ import annotations

from collections.abc import Iterable

from bot.models.summaries import Balance
from bot.models.threads import Message

FEWEST_PEOPLE = 50
"""People from which a tenth is a group in which nobody stands alone."""


def measure_balance(messages: Iterable[Message]) -> Balance | None:
    """Say how much of the words came from the most active tenth of the people, of those who wrote words at all.

    A word is a run between spaces; the tenth is rounded down, the percent to the nearest whole one, halves up. If an
    id comes twice, the first message counts; private replies are left out. None for fewer than 50 people.
    """
    words: dict[str, int] = {}
    seen: set[str] = set()
    for message in messages:
        if message.id not in seen and not message.private:
            seen.add(message.id)
            words[message.author] = words.get(message.author, 0) + len(message.text.split())
    shares = sorted((count for count in words.values() if count), reverse=True)
    if len(shares) < FEWEST_PEOPLE:
        return None
    most, total = sum(shares[: len(shares) // 10]), sum(shares)
    return Balance(people=len(shares), percent=(200 * most + total) // (2 * total))
