"""What sentence vectors cost: time and memory of summaries with a model as ratios to those without, in fresh processes.

python -m benchmarks.semantic FOLDER, where FOLDER is that of a sentence-transformers model.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time

from benchmarks.summary_speed import made_up
from bot.models.summaries import SummaryOptions

SIZES = (200, 2_000)
RUNS = 3


def child(replies: int, model: str) -> None:
    """Measure a summary and print its seconds (all loading among them), those of it made again, and peak megabytes."""
    thread = made_up(replies)
    began = time.perf_counter()
    from bot.summaries import summarise

    summarise(thread, SummaryOptions(model=model or None))
    seconds = time.perf_counter() - began
    summarise(thread, SummaryOptions(model=model or None))
    again = time.perf_counter() - began - seconds
    print(json.dumps([seconds, again, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def measure(replies: int, model: str) -> tuple[float, float, float]:
    """Medians of what ``child`` prints in several fresh processes, with one thread each as in the worker."""
    command = [sys.executable, "-m", "benchmarks.semantic", str(replies), model]
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True, env=alone).stdout) for _ in range(RUNS)]
    first, again, peak = (statistics.median(run[part] for run in runs) for part in range(3))
    return first, again, peak


def main(model: str) -> None:
    """Print what a model adds at each size."""
    for replies in SIZES:
        seconds, again, peak = measure(replies, "")
        slower, slower_again, larger = measure(replies, model)
        print(
            f"{replies:>6} replies: {slower:.2f} s with, {seconds:.2f} s without: {slower / seconds:.1f} times; "
            f"made again {slower_again / again:.1f} times; "
            f"{larger:.0f} MB with, {peak:.0f} MB without: {larger / peak:.1f} times"
        )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        child(int(sys.argv[1]), sys.argv[2])
    elif len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        sys.exit(__doc__)
