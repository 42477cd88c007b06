"""Threads with reference summaries: ROUGE of the running text, and the share of its lines that are verbatim."""

from __future__ import annotations

import statistics
from collections import defaultdict
from itertools import starmap

from benchmarks.summaries.baselines import BASELINES, Line, oracle, within
from benchmarks.summaries.data import Thread, budget_of
from benchmarks.summaries.engine import answers
from benchmarks.summaries.numbers import mean, table
from benchmarks.summaries.rouge import Rouge, rouge

TARGETS = (40, 38, 31)
"""ROUGE-1 to reach on threads of mail, of bug reports and of comments that are kept for an independent comparison."""
VERBATIM = 99


def report(threads: list[Thread]) -> str:
    """A table for each source of threads."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for index, thread in enumerate(threads):
        by_source[thread.get("source", "threads")].append(index)
    texts = _texts(threads)
    scores = {
        name: list(starmap(rouge, zip(made, (thread["references"] for thread in threads), strict=True)))
        for name, made in texts.items()
    }
    parts = [
        _of_source(source, {name: [scored[i] for i in chosen] for name, scored in scores.items()})
        for source, chosen in by_source.items()
    ]
    kept = 100 * statistics.fmean(
        share for text, thread in zip(texts["engine"], threads, strict=True) for share in verbatim(text, thread)
    )
    return "\n\n".join([*parts, f"Lines that are verbatim: {kept:.1f} %, {kept / VERBATIM:.2f} of the target"])


def _texts(threads: list[Thread]) -> dict[str, list[str]]:
    texts = {"engine": [answer["summary"] for answer in answers(threads)]}
    for name, choose in (BASELINES | {"oracle": oracle}).items():
        texts[name] = [_joined(choose(thread, within(budget_of(thread)))) for thread in threads]
    return texts


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _of_source(source: str, scores: dict[str, list[Rouge]]) -> str:
    rows = [
        [
            name,
            str(mean([score.one for score in scored])),
            str(mean([score.two for score in scored])),
            str(mean([score.longest for score in scored])),
        ]
        for name, scored in scores.items()
    ]
    count = len(scores["engine"])
    means = {name: statistics.fmean(score.one for score in scored) for name, scored in scores.items()}
    whole = table(["", "ROUGE-1", "ROUGE-2", "ROUGE-L"], rows)
    return f"{source}: {count} threads, F in percent\n{whole}\n{_ratios(means)}"


def _ratios(means: dict[str, float]) -> str:
    found = means["engine"]
    best = max((name for name in means if name in BASELINES), key=means.__getitem__)
    targets = ", ".join(f"{found / target:.2f} of {target}" for target in TARGETS)
    return (
        f"ROUGE-1 of the engine: {found / means[best]:.2f} of {best}, {found / means['oracle']:.2f} of the oracle; "
        f"{targets} (targets for other threads)"
    )


def verbatim(text: str, thread: Thread) -> list[bool]:
    """For each line of a summary, whether it stands in a message, if need be after a label that ends in a colon."""
    messages = [message["text"] for message in thread["messages"]]
    return [
        any(line in message or (": " in line and line.split(": ", 1)[1] in message) for message in messages)
        for line in text.splitlines()
        if line.strip()
    ]
