"""Threads of staff talk that two readers labelled: what the summary prints of them, and what it proposes.

The threads are ours (staff_talk/threads). ``first`` holds what one reader made of each, and ``second`` what another
did who saw neither the first nor the engine. A measure that names a point counts as right what the first reader saw.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.summaries.engine import answers
from benchmarks.summaries.numbers import table
from benchmarks.summaries.on_sorted import Labelled
from bot.summaries.engine.relations import find_relation

FOLDER = Path(__file__).parent / "staff_talk"
FIRST, SECOND = "first", "second"
SUGGESTIONS = 5

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader made of a thread; see the README beside the labels."""

    points: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """For each point the messages that make it in their own words, and those that only agree."""
    disputes: tuple[tuple[frozenset[str], frozenset[str]], ...]
    stances: dict[str, str]
    questions: tuple[tuple[str, str], ...]
    no_point: frozenset[str]
    not_points: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    kinds: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Tally:
    """Right ones of those that were told, and found ones of those that there are."""

    right: int = 0
    told: int = 0
    found: int = 0
    held: int = 0

    def row(self, name: str, target: str) -> list[str]:
        """Write precision and recall in percent, each with what it is of."""
        return [name, _percent(self.right, self.told), _percent(self.found, self.held), target]


@dataclass(slots=True)
class Report:
    """The tallies of all threads."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def of(self, name: str) -> Tally:
        """Return the tally of a name."""
        return self.tallies.setdefault(name, Tally())


TARGETS = {
    "printed supporters": "right 90 of at least 30",
    "shared points shown as shared": "",
    "points headed": "",
    "draft groups, two right members": "found 20 (30 with MiniLM)",
    "five suggestions": "found 45",
    "answers that agree": "",
    "answers that disagree": "",
    "disagreements": "right 85, found 70",
    "questions": "right 80, found 95",
    "statements that are no point": "at most 1 in 100",
    "headings with a name": "0",
    "kinds": "right, where one is told",
}


def threads() -> list[Data]:
    """Return the threads, in the order of their names."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "threads").glob("*.json"))]


def label(name: str, reader: str) -> Label:
    """Return what a reader made of the thread of this name."""
    data = json.loads((FOLDER / reader / f"{name}.json").read_text(encoding="utf-8"))
    return Label(
        points=tuple((frozenset(point["by"]), frozenset(point["agrees"])) for point in data["points"]),
        disputes=tuple((frozenset(d["sides"][0]), frozenset(d["sides"][1])) for d in data["disagreements"]),
        stances={entry["message"]: entry["stands"] for entry in data["answers"]},
        questions=tuple(map(tuple, data["questions"])),
        no_point=frozenset(data["no_point"]),
        not_points=tuple(map(tuple, data["not_a_point"])),
        names=tuple(data["names"]),
        kinds=tuple(map(tuple, data["kinds"])),
    )


def labelled() -> list[Labelled]:
    """Return the threads with what the first reader made of them."""
    read = [(thread, label(thread["id"], FIRST)) for thread in threads()]
    return [Labelled(thread, [by | agrees for by, agrees in told.points], told.disputes) for thread, told in read]


def report(chosen: Iterable[Data] | None = None, model: str | None = None) -> str:
    """Hold the engine against the first reader, and the second reader against the first."""
    talk = list(threads() if chosen is None else chosen)
    measured = Report()
    for thread, answer in zip(talk, answers(talk, model), strict=True):
        _measure(measured, thread, answer, label(thread["id"], FIRST))
    rows = [measured.of(name).row(name, target) for name, target in TARGETS.items()]
    return "\n".join(
        [
            f"{len(talk)} threads of staff talk, {sum(len(t['messages']) for t in talk)} replies, in percent (of)",
            table(["engine, by the first reader", "right", "found", "target"], rows),
            "",
            f"The second reader beside the first: {agreement(talk)}",
        ]
    )


def agreement(talk: Iterable[Data]) -> str:
    """Say how far the two readers agree on who makes the same point, and on how answers stand."""
    both = union = same = stances = 0
    for thread in talk:
        one, other = label(thread["id"], FIRST), label(thread["id"], SECOND)
        mine, theirs = _pairs(one, thread), _pairs(other, thread)
        both, union = both + len(mine & theirs), union + len(mine) + len(theirs)
        told = one.stances.keys() & other.stances.keys()
        stances += len(told)
        same += sum(one.stances[message] == other.stances[message] for message in told)
    return f"F {_percent(2 * both, union)} of pairs of people on one point, {_percent(same, stances)} of the answers."


def _pairs(label: Label, thread: Data) -> set[tuple[str, frozenset[str]]]:
    authors = _authors(thread)
    return {
        (thread["id"], frozenset((one, other)))
        for by, _ in label.points
        for one in by
        for other in by
        if authors[one] != authors[other]
    }


def _measure(report: Report, thread: Data, answer: Data, label: Label) -> None:
    authors = _authors(thread)
    shared = [(by, by | agrees) for by, agrees in label.points if len({authors[name] for name in by | agrees}) > 1]
    written = [by for by, _ in label.points if len({authors[name] for name in by}) > 1]
    _supporters(report, answer, label, authors)
    _shared(report, answer, shared, authors)
    _groups(report, answer, written, authors)
    _stances(report, thread, label)
    _disputes(report, answer, label)
    _questions(report, answer, label)
    _statements(report, answer, label)


def _supporters(report: Report, answer: Data, label: Label, authors: dict[str, str]) -> None:
    tally = report.of("printed supporters")
    meant = [by | agrees for by, agrees in label.points]
    for point in answer["points"]:
        head, *others = point["support"]
        for other in others:
            if authors[other] != authors[head]:
                tally.told += 1
                tally.right += any(head in key and other in key for key in meant)


def _shared(
    report: Report, answer: Data, shared: list[tuple[frozenset[str], frozenset[str]]], authors: dict[str, str]
) -> None:
    seen, headed = report.of("shared points shown as shared"), report.of("points headed")
    heads = {point["support"][0] for point in answer["points"]} | {voice["message"] for voice in answer["voices"]}
    for by, everybody in shared:
        headed.held += 1
        headed.found += not heads.isdisjoint(by)
        seen.held += 1
        seen.found += any(
            point["support"][0] in by and len({authors[name] for name in point["support"] if name in everybody}) > 1
            for point in answer["points"]
        )


def _groups(report: Report, answer: Data, written: list[frozenset[str]], authors: dict[str, str]) -> None:
    groups, suggestions = report.of("draft groups, two right members"), report.of("five suggestions")
    listed = [{point["support"][0], *point["possible"]} for point in answer["points"] if point["possible"]]
    for group in listed:
        groups.told += 1
        groups.right += any(len({authors[name] for name in group & key}) > 1 for key in written)
    for key in written:
        groups.held += 1
        groups.found += any(len({authors[name] for name in group & key}) > 1 for group in listed)
    for point in answer["points"]:
        head, suggested = point["support"][0], (point["possible"] + point.get("suggested", []))[:SUGGESTIONS]
        same = {authors[name] for key in written if head in key for name in key} - {
            authors[name] for name in point["support"]
        }
        suggestions.held += len(same)
        suggestions.found += len(same & {authors[name] for name in suggested})
        suggestions.told += len(suggested)
        suggestions.right += sum(authors[name] in same for name in suggested)


def _stances(report: Report, thread: Data, label: Label) -> None:
    """Hold the reading of answers alone against the labels: of those by a reply, whatever becomes of them."""
    messages = {message["id"]: message for message in thread["messages"]}
    for name, stands in label.stances.items():
        answered = messages[name].get("reply_to")
        if answered is None:
            continue
        found = find_relation(messages[name]["text"], messages[answered]["text"]).value
        for told in ("agrees", "disagrees"):
            tally = report.of(f"answers that {told.removesuffix('s')}")
            tally.told += found == told
            tally.held += stands == told
            tally.right += found == stands == told
            tally.found += found == stands == told


def _disputes(report: Report, answer: Data, label: Label) -> None:
    tally = report.of("disagreements")
    told = [tuple(map(set, dispute["sides"])) for dispute in answer["disagreements"]]
    tally.told += len(told)
    tally.held += len(label.disputes)
    tally.right += sum(any(_meets(sides, wanted) for wanted in label.disputes) for sides in told)
    tally.found += sum(any(_meets(sides, wanted) for sides in told) for wanted in label.disputes)


def _meets(sides: tuple[Any, ...], wanted: tuple[frozenset[str], frozenset[str]]) -> bool:
    one, other = sides
    straight = one & wanted[0] and other & wanted[1]
    return bool(straight or (one & wanted[1] and other & wanted[0]))


def _questions(report: Report, answer: Data, label: Label) -> None:
    tally = report.of("questions")
    told = [(question["message"], question["text"]) for question in answer["questions"]]
    tally.told += len(told)
    tally.held += len(label.questions)
    tally.right += sum(any(_overlap(one, other) for other in label.questions) for one in told)
    tally.found += sum(any(_overlap(one, other) for one in told) for other in label.questions)


def _overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] == other[0] and (one[1] in other[1] or other[1] in one[1])


def _statements(report: Report, answer: Data, label: Label) -> None:
    nothing, named, kinds = (report.of(name) for name in list(TARGETS)[-3:])
    for text, message, kind in _told(answer):
        nothing.told += 1
        wrong = message in label.no_point or any(
            message == name and (text in words or words in text) for name, words in label.not_points
        )
        nothing.right += wrong
        named.told += 1
        named.right += any(name.casefold() in text.casefold() for name in label.names)
        said = [value for name, words, value in label.kinds if _overlap((name, words), (message, text))]
        if said and kind != "view":
            kinds.told += 1
            kinds.right += kind in said
        if said and said[0] != "view":
            kinds.held += 1
            kinds.found += kind in said


def _told(answer: Data) -> Iterator[tuple[str, str, str]]:
    for point in answer["points"]:
        yield point["text"], point["support"][0], point["kind"]
    for voice in answer["voices"]:
        yield voice["text"], voice["message"], voice.get("kind", "view")


def _authors(thread: Data) -> dict[str, str]:
    return {message["id"]: message["author"] for message in thread["messages"]}


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} ({part} of {whole})" if whole else "-"
