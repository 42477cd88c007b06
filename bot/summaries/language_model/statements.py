"""Choose the statements of a thread that may go to a language model, and take out of them what can show who wrote.

Each statement becomes an item: its place, and its words without names. Items of one reply stay together, since what
follows often leaves out what it is about; replies are put in an order that their words alone decide.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.models.grouping import Slice
from bot.models.threads import Message, Thread
from bot.summaries.engine.reading import Reading, read
from bot.summaries.engine.summariser import find_weighed, make_space
from bot.summaries.engine.words import REMOVED, WORD, split_words
from bot.summaries.language_model.names import fold, make_plain, remove_names

LONGEST = 350
"""Characters of a statement that are sent."""
LONGEST_QUESTION = 1_000
"""Characters of the passage and the question that people answered."""
MOST_QUESTIONS = 100
QUOTED_WORDS = 6
"""Words in a row that two messages seldom share unless one quotes the other."""
LEAST_SAYERS = 2
"""People who write the same sentence as their own, beside the one who said no: then it is no quote."""
_QUOTES = re.compile(r"^\s*>|[\"“”„«»‟]|(?<!\w)['‘]|```", re.MULTILINE)
"""What marks words as somebody else's."""


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
        says = remove_names(unit.text[:LONGEST], thread.names, thread.own_words)
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
        copies = _Copies(reading, hidden)
        kept = {index for index in kept if not copies.are_of_hidden(index)}
        kept |= _stand_in(reading, chosen - kept, hidden, copies)
    return sorted(kept)


def _stand_in(reading: Reading, left_out: Collection[int], hidden: frozenset[str], copies: _Copies) -> set[int]:
    """Return, for statements that may not go out, the first of the very same words that are another person's own."""
    wanted = {tuple(split_words(reading.units[index].text)) for index in left_out}
    found: dict[tuple[str, ...], int] = {}
    for index, unit in enumerate(reading.units):
        words = tuple(split_words(unit.text))
        is_other = words in wanted and words not in found and reading.is_quotable(index)
        if is_other and reading.messages[unit.message].id not in hidden and not copies.are_of_hidden(index):
            found[words] = index
    return set(found.values())


class _Copies:
    """Tells what others quote of messages of which nothing may go out from the same words that are their own.

    Words are somebody's own if they wrote them before, if they pasted the very same message as their own, or if
    others did so with the sentence. What is marked as a quote, or answers such a message, never is.
    """

    def __init__(self, reading: Reading, hidden: frozenset[str]) -> None:
        self._reading = reading
        messages = reading.thread.messages
        asked_in = _list_runs(reading.thread.prompt)
        self._first: dict[tuple[str, ...], int] = {}
        """Where a run of words first stands in a message that may not go out; a private one has no time."""
        self._whole: set[tuple[str, ...]] = set()
        for place, message in enumerate(messages):
            if message.id in hidden:
                for run in _list_runs(message.text) - asked_in:
                    self._first[run] = min(-1 if message.private else place, self._first.get(run, place))
                if not message.private:
                    self._whole.add(_list_words(message.text))
        self._place = {message.id: place for place, message in reversed([*enumerate(messages)])}
        self._hidden = hidden
        self._sayers = self._list_sayers()

    def are_of_hidden(self, index: int) -> bool:
        """Say whether a unit repeats words of such a message, and they are not its author's own."""
        unit = self._reading.units[index]
        runs = _list_runs(unit.text) & self._first.keys()
        if not runs:
            return False
        message = self._reading.messages[unit.message]
        if not self._is_plain(message) or any(self._first[run] < 0 for run in runs):
            return True
        if self._place[message.id] < min(self._first[run] for run in runs):
            return False
        is_pasted = _list_words(message.text) in self._whole
        return not is_pasted and len(self._sayers[_list_words(unit.text)]) < LEAST_SAYERS

    def _is_plain(self, message: Message) -> bool:
        return not _QUOTES.search(message.text) and message.reply_to not in self._hidden

    def _list_sayers(self) -> dict[tuple[str, ...], set[str]]:
        """List who says the same sentence as their own, of those whose words may go out."""
        sayers: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for unit in self._reading.units:
            message = self._reading.messages[unit.message]
            if message.id not in self._hidden and self._is_plain(message):
                sayers[_list_words(unit.text)].add(message.author)
        return sayers


def _list_words(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in WORD.findall(make_plain(text)))


def _list_runs(text: str) -> set[tuple[str, ...]]:
    """List the runs of words in a row by which a quote is known."""
    words = _list_words(text)
    return {words[at : at + QUOTED_WORDS] for at in range(len(words) - QUOTED_WORDS + 1)}


def shuffle(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """Put replies in an order that follows from the words of all of them: the same words, the same order."""
    texts = ["\n".join(item.says for item in reply) for reply in replies]
    seed = hashlib.blake2b("\0".join(sorted(texts)).encode(errors="replace"), digest_size=32).digest()

    def place(number: int) -> bytes:
        return hashlib.blake2b(texts[number].encode(errors="replace"), key=seed).digest()

    return tuple(replies[number] for number in sorted(range(len(replies)), key=place))


def describe_question(thread: Thread) -> str:
    """Return the passage and the question that people answered, as they may go out."""
    return remove_names(thread.prompt, thread.names, thread.own_words)[:LONGEST_QUESTION]
