"""Precision and recall of the kinds, a kind, over sentences that were labelled by hand.

    python -m benchmarks.sentence_kinds [FILE ...]

The files hold JSON lists of {"text", "kind"}; without any, the tests' own sentences are read. `--wrong` lists the
sentences that were taken for something else.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.models.summaries import Kind
from bot.summaries.engine.kinds import kind_of

HERE = Path(__file__).parents[1] / "tests" / "summaries" / "engine"
OWN = (HERE / "kinds.json", HERE / "kinds_held_out.json")


def labelled(path: Path) -> list[tuple[str, Kind]]:
    """The sentences of a file with their kinds."""
    return [(row["text"], Kind(row["kind"])) for row in json.loads(path.read_text(encoding="utf-8"))]


def scores(rows: list[tuple[str, Kind]]) -> dict[Kind, tuple[float, float, int]]:
    """Precision and recall of each kind from 0 to 1, and how many sentences are of it."""
    given = [(kind, kind_of(text, text)) for text, kind in rows]
    found: dict[Kind, tuple[float, float, int]] = {}
    for kind in Kind:
        right = sum(truth is kind and said is kind for truth, said in given)
        said_so = sum(said is kind for _, said in given)
        there = sum(truth is kind for truth, _ in given)
        found[kind] = (right / said_so if said_so else 1.0, right / there if there else 1.0, there)
    return found


def main(arguments: list[str]) -> int:
    """Print a table for each file."""
    wrong = "--wrong" in arguments
    for path in [Path(name) for name in arguments if name != "--wrong"] or OWN:
        rows = labelled(path)
        print(f"{path.name}: {len(rows)} sentences")
        for kind, (precision, recall, there) in scores(rows).items():
            print(f"  {kind.value:11} precision {precision:5.0%}  recall {recall:5.0%}  of {there}")
        for text, kind in rows if wrong else []:
            if (said := kind_of(text, text)) is not kind:
                print(f"    {kind.value} taken for {said.value}: {text}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
