"""Time and memory of summaries, each in a fresh process, as ratios to the limits; and how the cost grows."""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import time

from bot.models.threads import Message, Thread

SECONDS_ALLOWED = {200: 0.5, 2_000: 5.0, 20_000: 60.0}
MEGABYTES_ALLOWED = 300
GROWTH_ALLOWED = 14
RUNS = {200: 5, 2_000: 5, 20_000: 3}

_WHO = "nurses porters doctors managers trainees midwives pharmacists clerks cleaners patients families carers"
_WHERE = "ward clinic theatre canteen lodge pharmacy reception office corridor laboratory kitchen stores"
_WHAT = "rota budget report meeting handover form email audit target shift bed trolley screen uniform lift printer"
_DOES = "waits for|never hears about|should own|gave up on|depends on|cannot find|pays for|asks about|relies on|repairs"
_HOW = "at night|every single week|without being asked|since the merger|on Mondays|in silence|with no money|twice over"
WHO, WHERE, WHAT = _WHO.split(), _WHERE.split(), _WHAT.split()
DOES, HOW = _DOES.split("|"), _HOW.split("|")
SENTENCES = (
    "The {place} {does} the {thing} {how}.",
    "{who} and {other} in the {place} need a better {thing} {how}.",
    "Nobody asked the {who} when the {thing} was moved to the {place}.",
    "Why does the {thing} reach the {place} so late?",
    "We tried a new {thing} for the {who}, but the {place} {does} it {how}.",
    "I think the {who} would stay if the {thing} worked {how}.",
    "Thanks for asking!",
)


def made_up(replies: int) -> Thread:
    """A thread of varied replies of one to four sentences by half as many people, the same at every run."""
    chance = random.Random(replies)
    messages = tuple(
        Message(str(n), f"p{chance.randrange(max(1, replies // 2))}", _reply(chance, n)) for n in range(replies)
    )
    return Thread("speed", "When did somebody last listen to you, and what changed?", messages)


def _reply(chance: random.Random, number: int) -> str:
    """Every reply also holds a word of its own, as real ones do: names, places and typing mistakes."""
    sentences = (
        chance.choice(SENTENCES).format(
            who=chance.choice(WHO).capitalize(),
            other=chance.choice(WHO),
            place=chance.choice(WHERE),
            thing=f"{chance.choice(WHAT)} {_own_word(number)}" if chance.random() < 0.2 else chance.choice(WHAT),
            does=chance.choice(DOES),
            how=chance.choice(HOW),
        )
        for _ in range(chance.randint(1, 4))
    )
    return " ".join(sentences)


def _own_word(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number * 7919))


def child(replies: int) -> None:
    """Measure one summary and print seconds (the loading of numpy among them) and the peak in megabytes."""
    thread = made_up(replies)
    began = time.perf_counter()
    from bot.summaries import summarise

    summarise(thread)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))


def measure(replies: int) -> tuple[list[float], list[float]]:
    """Seconds and peak megabytes of several fresh processes."""
    seconds, peaks = [], []
    for _ in range(RUNS[replies]):
        command = [sys.executable, "-m", "benchmarks.summary_speed", str(replies)]
        second, peak = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        seconds.append(second)
        peaks.append(peak)
    return seconds, peaks


def main() -> None:
    """Print each size against its limits, then the growth from size to size."""
    medians = {}
    for replies, allowed in SECONDS_ALLOWED.items():
        seconds, peaks = measure(replies)
        medians[replies] = statistics.median(seconds)
        print(
            f"{replies:>6} replies: {medians[replies]:.2f} s ({min(seconds):.2f} to {max(seconds):.2f}), "
            f"{medians[replies] / allowed:.2f} of the time allowed; "
            f"{statistics.median(peaks):.0f} MB, {max(peaks) / MEGABYTES_ALLOWED:.2f} of the memory allowed"
        )
    for small, large in ((200, 2_000), (2_000, 20_000)):
        growth = medians[large] / medians[small]
        print(f"{small} to {large} replies: {growth:.1f} times the time (at most {GROWTH_ALLOWED})")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(int(sys.argv[1]))
    else:
        main()
