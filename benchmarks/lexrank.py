"""Time of a whole summary against sumy's LexRank on the same replies, in one process, as a ratio.

sumy gets the sentences and words ready made and only ranks; ours reads, ranks, groups and quotes.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from sumy.summarizers.lex_rank import LexRankSummarizer

from benchmarks.summaries.baselines import at_most, document, ranked
from benchmarks.summary_speed import made_up
from bot.summaries import summarise

REPLIES = 500
RUNS = 5
TARGET = 10


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Print the medians of runs by turns, and how many times as fast ours is."""
    thread = made_up(REPLIES)
    given = document({"messages": [{"text": message.text} for message in thread.messages]})
    ours, theirs = list[float](), list[float]()
    for _ in range(RUNS):
        ours.append(seconds(lambda: summarise(thread)))
        theirs.append(seconds(lambda: ranked(LexRankSummarizer(), given, at_most(10))))
    ratio, cold = statistics.median(theirs) / statistics.median(ours), theirs[0] / ours[0]
    print(
        f"{REPLIES} replies, {len(given.sentences)} sentences: summary {statistics.median(ours):.2f} s, "
        f"LexRank of sumy {statistics.median(theirs):.2f} s: {ratio:.1f} times as fast (at least {TARGET}); "
        f"in the first run {cold:.1f} times"
    )


if __name__ == "__main__":
    main()
