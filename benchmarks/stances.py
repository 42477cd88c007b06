"""Precision and recall of how a statement stands to a passage, over sentences that were labelled by hand.

    python -m benchmarks.stances [FILE ...]

The files hold JSON lists of {"passage", "text", "toward"}, the last being null where the words say nothing; without
any, the tests' own sentences are read.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.models.summaries import Toward
from bot.summaries.engine.toward import find_direction

HERE = Path(__file__).parents[1] / "tests" / "summaries" / "engine"
OWN = (HERE / "toward.json", HERE / "toward_held_out.json")
Row = tuple[str, str, Toward | None]


def labelled(path: Path) -> list[Row]:
    """The sentences of a file, each with its passage before it and its label after it."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [(row["passage"], row["text"], None if row["toward"] is None else Toward(row["toward"])) for row in rows]


def scores(rows: list[Row]) -> dict[Toward, tuple[float, float, int]]:
    """Precision and recall of each from 0 to 1, and how many sentences are of it."""
    given = [(truth, find_direction(text, passage)) for passage, text, truth in rows]
    found: dict[Toward, tuple[float, float, int]] = {}
    for name in Toward:
        right = sum(truth is name and said is name for truth, said in given)
        said_so = sum(said is name for _, said in given)
        there = sum(truth is name for truth, _ in given)
        found[name] = (right / said_so if said_so else 1.0, right / there if there else 1.0, there)
    return found


def main(arguments: list[str]) -> int:
    """Print a table for each file."""
    for path in [Path(name) for name in arguments] or OWN:
        rows = labelled(path)
        print(f"{path.name}: {len(rows)} sentences")
        for name, (precision, recall, there) in scores(rows).items():
            print(f"  {name.value:11} precision {precision:5.0%}  recall {recall:5.0%}  of {there}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
