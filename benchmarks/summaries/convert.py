"""Public data as a folder that ``benchmarks.summaries`` reads.

    python -m benchmarks.summaries.convert NAME SOURCE FOLDER

SOURCE is the folder of the data as it was published. NAME is one of:

- perspectrum: perspectives on claims (Chen and others 2019), two JSON files; at most 60 of each claim with 30 or more.
- agreement: pairs of Reddit comments, CSV files with quote_text, response_text and relation (0 disagree, 2 agree).
- fewsum: reviews of one product or place with three summaries each (Bražinskas and others 2020), gold_summs/*.csv.
- dialogsum: every fifth talk of two people (Chen and others 2021) of dialogsum.test.jsonl, with three summaries each.
- qmsum: matters of meetings (Zhong and others 2021), data/ALL/jsonl/test.jsonl with one summary each.

The words allowed are the mean length of the references of the whole source, so that no single reference is betrayed.
"""

from __future__ import annotations

import csv
import json
import random
import re
import statistics
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

FEWEST, MOST = 30, 60
"""Perspectives of a claim that is taken, and of those that are kept."""
LONGEST_MATTER = 60
"""Messages of a matter of a meeting that is taken."""
EVERY = 5
"""One talk of so many is taken."""
RELATIONS = {"0": "disagrees", "1": "neither", "2": "agrees"}
Thread = dict[str, Any]


def perspectrum(source: Path) -> Iterator[tuple[str, Thread]]:
    """A topic for each claim; the perspectives that were judged equal support one key point."""
    pool = {entry["pId"]: entry["text"] for entry in _json(source / "perspective_pool_v1.0.json")}
    for claim in _json(source / "perspectrum_with_answers_v1.0.json"):
        names = sorted({pid for group in claim["perspectives"] for pid in group["pids"]})
        if len(names) < FEWEST:
            continue
        random.Random(claim["cId"]).shuffle(names)
        kept = {pid: pool[pid] for pid in names[:MOST]}
        groups = [[str(pid) for pid in group["pids"] if pid in kept] for group in claim["perspectives"]]
        yield (
            "topics",
            {
                "id": f"perspectrum-{claim['cId']}",
                "prompt": claim["text"],
                "messages": [_message(pid, f"person {pid}", text) for pid, text in kept.items()],
                "key_points": [{"text": pool[int(ids[0])], "support": ids} for ids in groups if ids],
            },
        )


def fewsum(source: Path) -> Iterator[tuple[str, Thread]]:
    """A thread for each product or place, every review a message."""
    for path in sorted(source.rglob("gold_summs/*.csv")):
        name = f"fewsum {path.parts[-3]}"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                reviews = [text for column, text in row.items() if re.fullmatch(r"rev\d", column) and text]
                references = [text for column, text in row.items() if re.fullmatch(r"summ\d", column) and text]
                messages = [_message(number, f"person {number}", text) for number, text in enumerate(reviews)]
                yield "threads", _thread(name, row["group_id"], "", messages, references)


def dialogsum(source: Path) -> Iterator[tuple[str, Thread]]:
    """A thread for each talk, every turn a message."""
    for entry in islice(_lines(next(source.rglob("dialogsum.test.jsonl"))), 0, None, EVERY):
        turns = [turn.split(":", 1) for turn in entry["dialogue"].splitlines() if ":" in turn]
        messages = [_message(n, speaker.strip(" #"), words.strip()) for n, (speaker, words) in enumerate(turns)]
        references = [text.replace("#", "") for key, text in entry.items() if re.fullmatch(r"summary\d", key)]
        yield "threads", _thread("dialogsum", entry["fname"], "", messages, references)


def qmsum(source: Path) -> Iterator[tuple[str, Thread]]:
    """A thread for each matter that a meeting was asked about, with the turns that speak of it."""
    for number, meeting in enumerate(_lines(source / "data/ALL/jsonl/test.jsonl")):
        turns = meeting["meeting_transcripts"]
        for place, query in enumerate(meeting["specific_query_list"]):
            spans = [(int(first), int(last)) for first, last in query["relevant_text_span"]]
            chosen = sorted({turn for first, last in spans for turn in range(first, min(last + 1, len(turns)))})
            if not 2 <= len(chosen) <= LONGEST_MATTER:
                continue
            messages = [_message(turn, turns[turn]["speaker"], _spoken(turns[turn]["content"])) for turn in chosen]
            yield "threads", _thread("qmsum", f"{number}-{place}", query["query"], messages, [query["answer"]])


def _spoken(text: str) -> str:
    """A transcript without its marks for what was not said."""
    return re.sub(r"\s*\{\w+\}", "", text).strip()


def agreement(source: Path) -> Iterator[dict[str, str]]:
    """The pairs of all files; damaged apostrophes are mended."""
    for path in sorted(source.glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            for row in csv.DictReader(file):
                yield {
                    "answered": row["quote_text"].replace("\ufffd", "'"),
                    "text": row["response_text"].replace("\ufffd", "'"),
                    "relation": RELATIONS[row["relation"]],
                }


def _message(name: object, author: str, text: str) -> Thread:
    return {"id": str(name), "author": author, "text": text}


def _thread(source: str, name: str, prompt: str, messages: list[Thread], references: list[str]) -> Thread:
    whole = f"{source}-{name}".replace(" ", "-")
    return {"id": whole, "source": source, "prompt": prompt, "messages": messages, "references": references}


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _lines(path: Path) -> Iterator[Any]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def with_budgets(threads: list[Thread]) -> None:
    """Allow each thread the mean length of the references of its source, in words."""
    for source in {thread["source"] for thread in threads}:
        same = [thread for thread in threads if thread["source"] == source]
        lengths = [len(text.split()) for thread in same for text in thread["references"]]
        for thread in same:
            thread["budget_words"] = round(statistics.fmean(lengths))


OF_THREADS: dict[str, Callable[[Path], Iterator[tuple[str, Thread]]]] = {
    "perspectrum": perspectrum,
    "fewsum": fewsum,
    "dialogsum": dialogsum,
    "qmsum": qmsum,
}


def main(name: str, source: Path, folder: Path) -> None:
    """Write what the source holds into the folder, beside what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    if name == "agreement":
        lines = [json.dumps(pair) + "\n" for pair in agreement(source)]
        (folder / "pairs.jsonl").write_text("".join(lines), encoding="utf-8")
        return
    found = list(OF_THREADS[name](source))
    with_budgets([thread for part, thread in found if part == "threads"])
    for part, thread in found:
        (folder / part).mkdir(exist_ok=True)
        (folder / part / f"{thread['id']}.json").write_text(json.dumps(thread), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in {*OF_THREADS, "agreement"}:
        sys.exit(
            f"Say what: python -m benchmarks.summaries.convert {'|'.join([*OF_THREADS, 'agreement'])} SOURCE FOLDER"
        )
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
