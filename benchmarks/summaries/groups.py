"""How well likeness tells who says the same, and how good draft groups and suggestions are, on labelled statements.

    python -m benchmarks.summaries.groups [--model FOLDER] [TOPICS]

Measured on staff_talk, on every second thread (the others were used for choosing), with the answers of each thread and
without, and on TOPICS, a folder of topics/*.json with labelled key points, if one is given. The labels name messages,
not statements: a statement counts as saying each point of its message, so that purity is the highest there can be and
AUC the lowest.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.summaries.data import topics
from benchmarks.summaries.numbers import table
from bot.models.threads import Message, Thread
from bot.summaries.engine import sentence_vectors
from bot.summaries.engine.draft_groups import find_groups, nearest
from bot.summaries.engine.likeness import Likeness, Statements, centre
from bot.summaries.engine.reading import read
from bot.summaries.engine.vectors import Space
from bot.summaries.engine.words import content_stems

Matrix = npt.NDArray[np.float32]
STAFF_TALK = Path(__file__).with_name("staff_talk")
Ids = frozenset[str]


@dataclass(frozen=True)
class Labelled:
    """A thread's statements, and which messages people put to each point."""

    statements: Statements
    messages: Sequence[str]
    space: Space
    contexts: Space
    points: Sequence[Ids]
    model_vectors: Matrix | None

    def same(self) -> npt.NDArray[np.bool_]:
        """Say of each pair of statements whether their messages share a point."""
        held = np.array([[message in point for point in self.points] for message in self.messages])
        return np.asarray(held.astype(int) @ held.T > 0)

    def pairs(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Return the pairs of statements by different people."""
        authors = np.array(self.statements.authors)
        one, other = np.triu_indices(len(authors), 1)
        different = authors[one] != authors[other]
        return one[different], other[different]

    def shared(self) -> list[Ids]:
        """Return the points that statements of two or more people make."""
        return [point for point in self.points if len(self.people(point)) > 1]

    def people(self, point: Ids) -> set[int]:
        """Return the authors of the statements that make a point."""
        by = zip(self.messages, self.statements.authors, strict=True)
        return {author for message, author in by if message in point}


def label(thread: dict[str, Any], points: Iterable[Iterable[str]], whole: bool, model: Any) -> Labelled:
    """Read a thread as the engine does, or, where ``whole``, take each message for one statement."""
    messages = tuple(Message(m["id"], m["author"], m["text"], reply_to=m.get("reply_to")) for m in thread["messages"])
    if whole:
        texts, owners = [message.text for message in messages], list(range(len(messages)))
        stems: list[Sequence[str]] = [content_stems(text) for text in texts]
        read_messages: Sequence[Message] = messages
    else:
        reading = read(Thread(thread["id"], thread["prompt"], messages))
        units = [unit for unit in reading.units if unit.kind == "statement"]
        texts, owners = [unit.text for unit in units], [unit.message for unit in units]
        stems, read_messages = [unit.stems for unit in units], reading.messages
    position = {message.id: place for place, message in enumerate(read_messages)}
    names = {message.author: number for number, message in enumerate(read_messages)}
    of_messages: list[list[str]] = [[] for _ in read_messages]
    for owner, own in zip(owners, stems, strict=True):
        of_messages[owner].extend(own)
    statements = Statements(
        texts=texts,
        authors=[names[read_messages[owner].author] for owner in owners],
        messages=owners,
        rows=range(len(texts)),
        answers={position[m.id]: position[m.reply_to] for m in read_messages if m.reply_to in position},
    )
    prompt = content_stems(thread["prompt"])
    return Labelled(
        statements,
        [read_messages[owner].id for owner in owners],
        Space(stems, prompt),
        Space(of_messages, prompt),
        [frozenset(point) for point in points],
        model.encode(texts) if model else None,
    )


def staff_talk(labels: str, model: Any) -> list[Labelled]:
    """Return every second thread of the staff talk, those that were not used for choosing."""
    return [
        label(
            json.loads(path.read_text(encoding="utf-8")),
            [point["by"] for point in json.loads((STAFF_TALK / labels / path.name).read_text("utf-8"))["points"]],
            whole=False,
            model=model,
        )
        for path in sorted((STAFF_TALK / "threads").glob("*.json"))[1::2]
    ]


def without_answers(threads: Iterable[Labelled]) -> list[Labelled]:
    """Return the same threads as if nobody had answered anybody."""
    return [replace(thread, statements=replace(thread.statements, answers={})) for thread in threads]


def likenesses(thread: Labelled) -> dict[str, Matrix]:
    """Return the matrices of likeness that are compared, by name."""
    texts = thread.statements.texts
    words = np.array([thread.space.similarity(*thread.space.row(row)) for row in range(len(texts))], np.float32)
    static = centre(sentence_vectors.encode(texts))
    every = np.arange(len(texts))
    matrices = {"TF-IDF": words, "static vectors": static @ static.T}
    matrices["mix"] = Likeness(thread.statements, thread.space, thread.contexts)(every, every)
    if thread.model_vectors is not None:
        model = centre(thread.model_vectors.copy())
        matrices["model"] = model @ model.T
        likeness = Likeness(thread.statements, thread.space, thread.contexts, thread.model_vectors)
        matrices["mix with model"] = likeness(every, every)
    return matrices


def area(thread: Labelled, likeness: Matrix) -> float:
    """Return the area under the curve: how often a pair that says the same is more alike than one that does not."""
    one, other = thread.pairs()
    values, same = likeness[one, other].round(6), thread.same()[one, other]
    if same.all() or not same.any():
        return float("nan")
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    count = int(same.sum())
    return float(100 * (ranks[same].sum() - count * (count + 1) / 2) / (count * (len(same) - count)))


def suggested(thread: Labelled, likeness: Matrix) -> list[float]:
    """Return, for each statement of a shared point, the share of the others who make it among its five suggestions."""
    authors = thread.statements.authors
    recalls = []
    for point in thread.shared():
        for place, message in enumerate(thread.messages):
            wanted = thread.people(point) - {authors[place]}
            if message in point and wanted:
                chosen = {authors[near] for near in nearest(likeness[place], authors, [authors[place]])}
                recalls.append(100 * len(wanted & chosen) / min(5, len(wanted)))
    return recalls


def group_row(name: str, threads: Sequence[Labelled], with_model: bool) -> list[str]:
    """Measure the groups as the engine makes them."""
    found = points = right = pairs = groups = 0
    recalls: list[float] = []
    for thread in threads:
        likeness = Likeness(
            thread.statements, thread.space, thread.contexts, thread.model_vectors if with_model else None
        )
        authors = thread.statements.authors
        drafts = find_groups(likeness, authors, likeness.threshold())
        groups += len(drafts)
        points += len(thread.shared())
        found += sum(any(_holds(thread, draft, point) for draft in drafts) for point in thread.shared())
        same = thread.same()
        for draft in drafts:
            of_draft = [(a, b) for a in draft for b in draft if a < b and authors[a] != authors[b]]
            pairs += len(of_draft)
            right += sum(bool(same[pair]) for pair in of_draft)
        every = np.arange(likeness.size)
        recalls += suggested(thread, likeness(every, every))
    return [
        f"{name}, {'with model' if with_model else 'carried vectors'}",
        f"{points}",
        f"{100 * found / points:.0f}",
        f"{100 * right / max(1, pairs):.0f}",
        f"{groups / len(threads):.1f}",
        f"{np.mean(recalls):.0f}",
    ]


def _holds(thread: Labelled, draft: Sequence[int], point: Ids) -> bool:
    right = {thread.statements.authors[place] for place in draft if thread.messages[place] in point}
    return len(right) > 1


def main(model_folder: str | None, folder: Path | None) -> None:
    """Print both tables."""
    model = None
    if model_folder:
        from bot.summaries.engine.semantic import load_encoder

        model = load_encoder(model_folder)
    sets = {f"staff talk ({labels} labels)": staff_talk(labels, model) for labels in ("first", "second")}
    sets["the same without answers"] = without_answers(sets["staff talk (first labels)"])
    if folder:
        sets["public topics"] = [
            label(topic, [point["support"] for point in topic["key_points"]], whole=True, model=model)
            for topic in topics(folder)
        ]
    compared = []
    for name, threads in sets.items():
        matrices = [likenesses(thread) for thread in threads]
        for kind in matrices[0]:
            each = [matrix[kind] for matrix in matrices]
            areas = [area(thread, matrix) for thread, matrix in zip(threads, each, strict=True)]
            recalls = [
                recall for thread, matrix in zip(threads, each, strict=True) for recall in suggested(thread, matrix)
            ]
            compared.append([name, kind, f"{np.nanmean(areas):.1f}", f"{np.mean(recalls):.0f}"])
    print(table(["set", "likeness", "AUC", "among five"], compared), end="\n\n")
    rows = [
        group_row(name, threads, with_model)
        for name, threads in sets.items()
        for with_model in ((False, True) if model else (False,))
    ]
    print(table(["draft groups", "shared points", "two right", "purity", "groups a thread", "among five"], rows))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    parser.add_argument("folder", type=Path, nargs="?")
    given = parser.parse_args()
    main(given.model, given.folder)
