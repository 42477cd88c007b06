"""Choose the statements of a thread that may go to a language model, and take out of them what can show who wrote.

Each statement becomes an item: its place, and its words without names. Items of one reply stay together, since what
follows often leaves out what it is about; replies are put in an order that their words alone decide.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.models.grouping import Slice
from bot.models.summaries import Thread
from bot.summaries.engine.reading import Reading, read
from bot.summaries.engine.summariser import find_weighed, make_space
from bot.summaries.engine.words import REMOVED, WORD
from bot.summaries.language_model.names import fold, make_plain, remove_names

LONGEST = 350
"""Characters of a statement that are sent."""
LONGEST_QUESTION = 1_000
"""Characters of the passage and the question that people answered."""
MOST_QUESTIONS = 100
QUOTED_WORDS = 6
"""Words in a row that two messages seldom share unless one quotes the other."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement that may go out: where it is, its words without names, and whether it is asked as a question."""

    place: Slice
    says: str


Reply = tuple[Item, ...]
"""The items of one reply, in their order."""


def list_items(thread: Thread, hidden: Collection[str] = ()) -> tuple[Reply, ...]:
    """List what may be sent of a thread, reply by reply, in an order that tells nothing of when each was written.

    ``hidden`` are the ids of messages of which nothing may go out. What may not be quoted is never among the items.
    """
    reading = read(thread)
    if not reading.units:
        return ()
    of_message: dict[int, list[Item]] = defaultdict(list)
    for index in _choose_units(reading, frozenset(hidden)):
        unit = reading.units[index]
        says = remove_names(unit.text[:LONGEST], thread.names)
        if REMOVED.sub("", says).strip(" .,!?"):
            place = Slice(reading.messages[unit.message].id, *unit.span)
            of_message[unit.message].append(Item(place, says))
    return shuffle([tuple(items) for _, items in sorted(of_message.items())])


def _choose_units(reading: Reading, hidden: frozenset[str]) -> list[int]:
    """Choose the statements that the engine weighs, and the questions, by their positions among the units."""
    statements, _ = find_weighed(reading, make_space(reading))
    asked = [index for index, unit in enumerate(reading.units) if unit.kind == "question"]
    asked = [index for index in asked if reading.is_quotable(index)]
    chosen = {*(statement.unit for statement in statements), *asked[:MOST_QUESTIONS]}
    kept = {index for index in chosen if reading.messages[reading.units[index].message].id not in hidden}
    if hidden:  # nor does what others quote of these messages go out
        asked_in = _list_runs(reading.thread.prompt)
        runs = set().union(*(_list_runs(each.text) for each in reading.thread.messages if each.id in hidden)) - asked_in
        kept = {index for index in kept if runs.isdisjoint(_list_runs(reading.units[index].text))}
    return sorted(kept)


def _list_runs(text: str) -> set[tuple[str, ...]]:
    """List the runs of words in a row by which a quote is known."""
    words = [fold(word) for word in WORD.findall(make_plain(text))]
    return {tuple(words[at : at + QUOTED_WORDS]) for at in range(len(words) - QUOTED_WORDS + 1)}


def shuffle(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """Put replies in an order that follows from the words of all of them: the same words, the same order."""
    texts = ["\n".join(item.says for item in reply) for reply in replies]
    seed = hashlib.blake2b("\0".join(sorted(texts)).encode(errors="replace"), digest_size=32).digest()

    def place(number: int) -> bytes:
        return hashlib.blake2b(texts[number].encode(errors="replace"), key=seed).digest()

    return tuple(replies[number] for number in sorted(range(len(replies)), key=place))


def describe_question(thread: Thread) -> str:
    """Return the passage and the question that people answered, as they may go out."""
    return remove_names(thread.prompt, thread.names)[:LONGEST_QUESTION]
