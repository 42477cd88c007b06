"""Quality of summaries: on staff talk that comes with the project, and on a folder of public data if one is given.

    python -m benchmarks.summaries [FOLDER]
    python -m benchmarks.summaries [FOLDER] --llm URL [--llm-model NAME] [--record FILE]
    python -m benchmarks.summaries [FOLDER] --replay FILE

Without FOLDER, the report on staff_talk is printed: threads written for this project and labelled by two readers.
FOLDER may hold three parts, from ``benchmarks.summaries.convert`` or by yourself; simple methods are measured beside
the engine in the same run. That data is no part of the project.

- threads/*.json: threads as ``python -m bot summarise`` reads them, with "references", a list of texts, and, if wanted,
  "source".
- topics/*.json: threads with "key_points": [{"text", "support": [ids]}].
- pairs.jsonl: lines {"answered", "text", "relation"}, the relation agrees, disagrees or neither.

With ``--llm``, the same threads (or topics) are sorted by a language model behind an OpenAI-compatible endpoint, such
as http://127.0.0.1:8080/v1, and what the proof leaves of it is printed beside the engine alone. Then each thread is cut
in two, and what comes back in its second half is matched. A key is read from LLM_KEY. ``--record`` keeps the exchange,
and ``--replay`` measures one again without any endpoint.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from benchmarks.summaries import data, on_pairs, on_sorted, on_staff_talk, on_threads, on_topics, on_weeks
from benchmarks.summaries.exchange import Exchange, connect, read_exchange
from bot.errors import ModelError, SettingError


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


def measure_model(folder: Path | None, exchange: Exchange) -> None:
    """Print what a language model's sorting adds, on staff talk or on the topics of a folder."""
    labelled = on_staff_talk.labelled() if folder is None else on_topics.labelled(data.topics(folder))
    if exchange.endpoint is None:
        on_sorted.require_recorded(exchange, labelled)
    began = time.perf_counter()
    print(on_sorted.report(labelled, exchange), flush=True)
    print(on_weeks.report(labelled, exchange))
    print(exchange.describe(time.perf_counter() - began))


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--llm", metavar="URL", help="the base of an OpenAI-compatible endpoint")
    parser.add_argument("--llm-model", metavar="NAME", default="", help="the model that it is asked for")
    parser.add_argument("--record", metavar="FILE", type=Path, help="keep the exchange in a file")
    parser.add_argument("--replay", metavar="FILE", type=Path, help="measure a kept exchange again")
    given = parser.parse_args(arguments)
    if given.record and not given.llm:
        parser.error("--record needs --llm")
    return given


def run(arguments: list[str]) -> None:
    """Print what the command line asks for."""
    given = parse(arguments)
    if not given.llm and not given.replay:
        main(given.folder)
        return
    try:
        endpoint = connect(given.llm, given.llm_model, os.environ.get("LLM_KEY", "")) if given.llm else None
    except SettingError as error:
        sys.exit(str(error))
    exchange = Exchange(endpoint, read_exchange(given.replay) if given.replay else {})
    try:
        measure_model(given.folder, exchange)
    except ModelError as error:
        sys.exit(str(error))
    finally:
        if given.record:
            exchange.write(given.record)


if __name__ == "__main__":
    run(sys.argv[1:])
