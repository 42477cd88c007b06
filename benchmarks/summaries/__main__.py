"""Quality of summaries: on staff talk that comes with the project, and on a folder of public data if one is given.

    python -m benchmarks.summaries [FOLDER]

Without FOLDER, the report on staff_talk is printed: threads written for this project and labelled by two readers.
FOLDER may hold three parts, from ``benchmarks.summaries.convert`` or by yourself; simple methods are measured beside
the engine in the same run. That data is no part of the project.

- threads/*.json: threads as ``python -m bot summarise`` reads them, with "references", a list of texts, and, if wanted,
  "source".
- topics/*.json: threads with "key_points": [{"text", "support": [ids]}].
- pairs.jsonl: lines {"answered", "text", "relation"}, the relation agrees, disagrees or neither.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.summaries import data, on_pairs, on_staff_talk, on_threads, on_topics


def main(folder: Path | None) -> None:
    """Print the report on staff talk, or, of a folder, one of each part that it holds."""
    if folder is None:
        print(on_staff_talk.report())
        return
    if threads := data.threads(folder):
        print(on_threads.report(threads), flush=True)
    if topics := data.topics(folder):
        print(f"\n{on_topics.report(topics)}", flush=True)
    if pairs := data.pairs(folder):
        print(f"\n{on_pairs.report(pairs)}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("Give one folder or none: python -m benchmarks.summaries [FOLDER]")
    main(Path(sys.argv[1]) if len(sys.argv) == 2 else None)
