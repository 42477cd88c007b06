"""Precision and recall of the cues of care on labelled sentences, and their time for a message and for a hostile one.

    python -m benchmarks.risk_cues [--wrong]

`--wrong` lists the sentences that came out otherwise than they should.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.replies.risk_cues import Risk
from bot.replies.risk_signposting import find_risks

SENTENCES = Path(__file__).parents[1] / "tests" / "replies" / "risk.json"
REPEATS = 20
HOSTILE = "i want to … not bullied and harassment my patients left in " * 2_000


@dataclass(frozen=True)
class Scores:
    """What was there, found and found wrongly. A sentence counts as found by any cue, since all get one answer."""

    there: int
    found: int
    false_alarms: int
    by_risk: dict[Risk, tuple[int, int]]
    wrong: list[str]

    @property
    def recall(self) -> float:
        """Of the sentences about a risk, the part that is seen (0 to 1)."""
        return self.found / self.there

    @property
    def precision(self) -> float:
        """Of the sentences that are seen, the part that is about a risk (0 to 1)."""
        return self.found / (self.found + self.false_alarms)


def labelled(*, held_out: bool) -> list[dict[str, Any]]:
    """The sentences to develop by, or those that were kept apart."""
    rows: list[dict[str, Any]] = json.loads(SENTENCES.read_text(encoding="utf-8"))
    return [row for row in rows if row["held_out"] is held_out]


def scores(rows: list[dict[str, Any]]) -> Scores:
    """Count what the cues see."""
    there, found, wrong = Counter[Risk](), Counter[Risk](), []
    false_alarms = 0
    for row in rows:
        seen = bool(find_risks(row["text"]))
        if row["risk"]:
            there[Risk(row["risk"])] += 1
            found[Risk(row["risk"])] += seen
        else:
            false_alarms += seen
        if seen != bool(row["risk"]):
            wrong.append(f"{'false alarm' if seen else 'missed'}: {row['text']}")
    by_risk = {risk: (found[risk], there[risk]) for risk in Risk}
    return Scores(there.total(), found.total(), false_alarms, by_risk, wrong)


def seconds(texts: list[str]) -> float:
    """Seconds that one look at each text takes."""
    began = time.perf_counter()
    for text in texts:
        find_risks(text)
    return time.perf_counter() - began


def main(arguments: list[str]) -> None:
    """Print the scores of both halves, and the times."""
    for name, held_out in (("developed by", False), ("held out", True)):
        got = scores(labelled(held_out=held_out))
        print(f"{name}: precision {got.precision:.0%}, recall {got.recall:.0%}, {got.false_alarms} false alarms")
        for risk, (found, there) in got.by_risk.items():
            print(f"  {risk:14} {found:2} of {there:2}")
        for line in got.wrong if "--wrong" in arguments else []:
            print(f"    {line}")
    usual = [row["text"] for held_out in (False, True) for row in labelled(held_out=held_out)] * REPEATS
    each = seconds(usual) / sum(map(len, usual))
    print(f"hostile text: {seconds([HOSTILE]) / len(HOSTILE) / each:.1f} times the time of usual text for a character")


if __name__ == "__main__":
    main(sys.argv[1:])
