"""Pairs of messages, the second an answer to the first: agreement and disagreement found."""

from __future__ import annotations

from typing import Any

from benchmarks.summaries.engine import answers
from benchmarks.summaries.numbers import Measured, share, table

TARGETS = {"agrees": 62, "disagrees": 55}


def report(pairs: list[dict[str, str]]) -> str:
    """Precision, recall and F of both relations, beside the F of seeing the relation everywhere."""
    wanted = [pair["relation"] for pair in pairs]
    found = [relations(answer) for answer in answers(map(thread, range(len(pairs)), pairs))]
    rows = []
    for relation, target in TARGETS.items():
        said = [relation in each for each in found]
        true = [relation == each for each in wanted]
        everywhere = of_relation([True] * len(pairs), true)[2]
        precision, recall, both = of_relation(said, true)
        rows.append(
            [
                *(relation, str(precision), str(recall), str(both)),
                *(str(target), f"{both.value / target:.2f}", f"{everywhere.value:.1f}"),
            ]
        )
    heads = ["", "precision", "recall", "F", "target", "ratio", "F if everywhere"]
    return f"{len(pairs)} pairs, in percent\n{table(heads, rows)}"


def thread(number: int, pair: dict[str, str]) -> dict[str, Any]:
    """A thread of two messages by two people, the second an answer to the first."""
    first = {"id": "1", "author": "a", "text": pair["answered"]}
    second = {"id": "2", "author": "b", "text": pair["text"], "reply_to": "1"}
    return {"id": str(number), "prompt": "", "messages": [first, second]}


def relations(answer: dict[str, Any]) -> set[str]:
    """What the program says of the second message."""
    found = {"agrees"} if "2" in answer["agreements"] else set()
    return found | ({"disagrees"} if answer["disagreements"] else set())


def of_relation(said: list[bool], true: list[bool]) -> tuple[Measured, Measured, Measured]:
    """Precision, recall and F in percent."""
    right = [float(s and t) for s, t in zip(said, true, strict=True)]
    told, held = [float(s) for s in said], [float(t) for t in true]
    return share(right, told), share(right, held), share(right, [(s + t) / 2 for s, t in zip(told, held, strict=True)])
