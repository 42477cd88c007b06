"""Quality of summaries on a folder of public data, beside simple methods in the same run.

    python -m benchmarks.summaries FOLDER

FOLDER may hold three parts, from ``benchmarks.summaries.convert`` or by yourself. The data is no part of the project.

- threads/*.json: threads as ``python -m bot summarise`` reads them, with "references", a list of texts, and, if wanted,
  "source".
- topics/*.json: threads with "key_points": [{"text", "support": [ids]}].
- pairs.jsonl: lines {"answered", "text", "relation"}, the relation agrees, disagrees or neither.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.summaries import data, on_pairs, on_threads, on_topics


def main(folder: Path) -> None:
    """Print a report of each part that the folder holds."""
    if threads := data.threads(folder):
        print(on_threads.report(threads), flush=True)
    if topics := data.topics(folder):
        print(f"\n{on_topics.report(topics)}", flush=True)
    if pairs := data.pairs(folder):
        print(f"\n{on_pairs.report(pairs)}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say which folder: python -m benchmarks.summaries FOLDER")
    main(Path(sys.argv[1]))
