"""Recall and false alarms of the removal of identifiers, a kind, and its time beside the storing of a message.

    python -m benchmarks.identifiers [--wrong]

`--wrong` lists the sentences that came out otherwise than they should.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from bot.models.prompts import NewPrompt, Wording
from bot.models.replies import Arrival
from bot.replies.redaction.redact import redact
from bot.replies.redaction.seen_names import SeenNames
from bot.store import open_store
from bot.text.first_names import FIRST_NAMES
from cogs.replies.messages import LONGEST_ON_LOOP

SENTENCES = Path(__file__).parents[1] / "tests" / "replies"
NAMES = (
    "Anna Kowalska",
    "Ben Okafor",
    "Dr Priya Raman",
    "Gwen P. (ED)",
    "Tomasz",
    "siobhan.k",
    "Falcon Ward Sister",
    "May Wright",
    "Will",
    "Chidi Eze",
    "nightowl92",
    "Night Owl",
)
"""Display names that the fresh sentences are read with, as if the bot had seen them."""
HOSTILE = (
    "1",
    "1 ",
    "0 ",
    "07700 900123 ",
    "0161 496 01 ",
    "943 476 5919 ",
    "943\n476\n",
    "dob 1/1/1950 ",
    "1/1/1950 ",
    "MRN A12345/",
    "bed 4: Ann ",
    "AB12 CDE ",
    "SW1A 1AA ",
    "\uff20\uff11\u00bd",
    "one double ",
    "0 1",
    "1 1",
    "nhs 0 1",
    "dob 1/1/19",
    "bed 4: Ann SW1A Aa@\u00bd1.1",
    "bed 4: Ann \u00bd[at]ncode o MRN may \uff20\uff11\u00bddob 1/1/50 ",
    "\uff20\uff11\u00bdno. dob 1/1/1950 \u00bd[/]no MRN may MRN A12345/",
)
"""What a hostile text repeats; the tests have more. The last ones, of many kinds at once, a random search found."""
LONGEST = 4_000
"""Characters of a message or a form's field in Discord."""
MANY_NAMES = (2_000, 10_000)
NEW_NAMES = 500
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "sse", "to", "vi", "zan")
RUNS = 5
MESSAGES = 2_000
GUILD = 1
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDS = "We raised the rota with the site team again, and nobody has told us yet what the board decided about nights."


@dataclass(frozen=True)
class Scores:
    """How many identifiers of each kind there were and were removed, and lookalikes that were changed."""

    there: Counter[str]
    removed: Counter[str]
    lookalikes: int
    false_alarms: Counter[str]
    wrong: list[tuple[str, str]]

    @property
    def recall(self) -> float:
        """From 0 to 1, over all kinds."""
        return self.removed.total() / self.there.total()


def read_rows(name: str) -> list[dict[str, Any]]:
    """Read sentences with what identifies somebody in them."""
    rows: list[dict[str, Any]] = json.loads((SENTENCES / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def labelled(*, held_out: bool) -> list[dict[str, Any]]:
    """The sentences to develop by, or those that were kept apart."""
    return [row for row in read_rows("identifiers") if row["held_out"] is held_out]


def scores(rows: list[dict[str, Any]]) -> Scores:
    """Count what was found; an identifier is removed when none of its words stand in the text any more."""
    result = Scores(Counter(), Counter(), sum(not row["identifiers"] for row in rows), Counter(), [])
    for row in rows:
        got = redact(row["text"], names=NAMES)
        for kind, words in row["identifiers"]:
            result.there[kind] += 1
            result.removed[kind] += words not in got.text
        if not row["identifiers"]:
            result.false_alarms.update(kind.value for kind in got.removed)
        if got.text != row["expected"]:
            result.wrong.append((row["expected"], got.text))
    return result


def show(name: str, found: Scores, *, wrong: bool) -> None:
    """Print the table of one half of the sentences."""
    print(f"{name}: {found.recall:.0%} removed; {found.false_alarms.total()} false alarms in {found.lookalikes}")
    for kind, there in found.there.items():
        print(f"  {kind:14} {found.removed[kind]:3} of {there:3}  false alarms {found.false_alarms[kind]}")
    for expected, got in found.wrong if wrong else []:
        print(f"    {expected}\n -> {got}")


def usual() -> list[str]:
    """What people mostly write: sentences with a few figures in them, each made longer by plain words."""
    plain = [row["text"] for held_out in (False, True) for row in labelled(held_out=held_out) if not row["identifiers"]]
    return [f"{WORDS} {plain[number % len(plain)] if number % 3 == 0 else WORDS}" for number in range(MESSAGES)]


def hostile() -> list[str]:
    """Sentences with an identifier in each."""
    rows = [row["text"] for held_out in (False, True) for row in labelled(held_out=held_out) if row["identifiers"]]
    return [f"{WORDS} {rows[number % len(rows)]}" for number in range(MESSAGES)]


def redacting(messages: list[str], clock: Callable[[], float] = time.perf_counter, names: Iterable[str] = ()) -> float:
    """Seconds that it takes to clear the messages once."""
    began = clock()
    for message in messages:
        redact(message, names=names)
    return clock() - began


def make_names(count: int) -> list[str]:
    """Make up names of as many people, no two alike."""
    surnames = ("".join(parts).title() for parts in product(SYLLABLES, repeat=5))
    first_names = cycle(sorted(FIRST_NAMES))
    return [f"{first.title()} {surname}" for first, surname in zip(first_names, islice(surnames, count), strict=False)]


def noting(seen: SeenNames, names: list[str]) -> float:
    """Seconds that it takes to note new names, each of which takes the place of an old one."""
    began = time.process_time()
    for name in names:
        seen.note(name)
    return time.process_time() - began


def show_names() -> None:
    """Print what one more name costs beside many, and how long an ordinary message takes beside them."""
    for count in MANY_NAMES:
        names = make_names(count + RUNS * NEW_NAMES)
        seen = SeenNames(names[:count], most=count)
        new = [names[start : start + NEW_NAMES] for start in range(count, len(names), NEW_NAMES)]
        once = statistics.median(noting(seen, part) for part in new) / NEW_NAMES
        message = statistics.median(redacting(usual(), time.process_time, seen) for _ in range(RUNS)) / MESSAGES
        print(f"beside {count:,} names, one more takes {once * 1e6:.0f} microseconds, a message {message * 1e6:.0f}")


async def storing(messages: list[str]) -> float:
    """Seconds that it takes to store the messages as replies, encrypted and in one group."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(Path(folder) / "bench.db", bytes(32))
        try:
            await store.settings.join([GUILD])
            wording = Wording("Leaders exist at all levels.", True, "Where do you see leadership?", "No more heroes")
            prompt = await store.prompts.claim(NewPrompt(GUILD, 2, wording, NOW + timedelta(days=14), None), NOW)
            if prompt is None:
                raise RuntimeError("the database is not new")
            await store.prompts.confirm(prompt, message_id=4, thread_id=3, now=NOW)
            began = time.perf_counter()
            store.inbox.start()
            for number, text in enumerate(messages):
                store.inbox.put(Arrival(10**18 + number, GUILD, prompt.id, number % 400, text, NOW))
            await store.inbox.flush()
            return time.perf_counter() - began
        finally:
            await store.close()


def show_worst() -> None:
    """Print the time of the slowest texts as long as Discord lets them be, and how it grows with four times as many."""
    texts = {unit: (unit * LONGEST)[:LONGEST] for unit in HOSTILE}
    times = {unit: redacting([text], time.process_time) for unit, text in texts.items()}
    ordinary = min(redacting(usual(), time.process_time) for _ in range(RUNS)) / MESSAGES
    print(f"an ordinary message takes {ordinary * 1e6:.0f} microseconds")
    for unit in sorted(times, key=lambda each: -times[each])[:5]:
        once = min(redacting([texts[unit]], time.process_time) for _ in range(RUNS))
        four = min(redacting([texts[unit] * 4], time.process_time) for _ in range(RUNS))
        held = min(redacting([texts[unit][:LONGEST_ON_LOOP]], time.process_time) for _ in range(RUNS))
        print(f"{LONGEST} characters of {unit!r}: {once * 1e3:.1f} ms; four times as many: {four / once:.1f} times")
        print(f"  the first {LONGEST_ON_LOOP}, the most that are read on the event loop: {held * 1e3:.1f} ms")


def spread(values: list[float]) -> str:
    """Median, least and most."""
    return f"median {statistics.median(values):.3f}, {min(values):.3f} to {max(values):.3f}"


async def main(arguments: list[str]) -> None:
    """Print the tables, and the ratio of the times of one run."""
    wrong = "--wrong" in arguments
    for name, held_out in (("developed by", False), ("held out", True)):
        show(name, scores(labelled(held_out=held_out)), wrong=wrong)
    show("fresh kinds, developed by", scores(read_rows("identifiers_fresh")), wrong=wrong)
    show("fresh kinds, frozen before the code was", scores(read_rows("identifiers_frozen")), wrong=wrong)
    show_worst()
    show_names()
    for name, messages in (("usual messages", usual()), ("only sentences with identifiers", hostile())):
        ratios = []
        for _ in range(RUNS):
            stored = await storing(messages)
            ratios.append(redacting(messages) / stored)
        print(f"{name}: the removal takes {spread(ratios)} of the time to store a message")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
