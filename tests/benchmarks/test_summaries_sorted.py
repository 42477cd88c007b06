"""The harness with a language model: a recorded exchange goes the whole way, and prints what the proof left of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.summaries import __main__ as harness
from benchmarks.summaries import on_staff_talk, on_weeks
from benchmarks.summaries.exchange import Exchange, make_key, read_exchange
from benchmarks.summaries.on_sorted import Labelled, report
from bot.models.language_model import ModelRequest, Purpose
from bot.summaries.io.threads_json import thread_from_data
from bot.summaries.language_model.grouping import prepare


def answer_as_a_reader(labelled: Labelled) -> tuple[ModelRequest, str]:
    """The one call about a thread, and what a model would answer that groups as the second reader did."""
    thread, _ = thread_from_data(labelled.thread)
    outgoing = prepare(thread)
    (call,) = outgoing.calls
    texts = [item.says for item in outgoing.items_of(0)]
    items = [item.place.message for item in outgoing.items_of(0)]
    label = on_staff_talk.label(thread.id, on_staff_talk.SECOND)
    folder = on_staff_talk.FOLDER / on_staff_talk.SECOND
    told = json.loads((folder / f"{thread.id}.json").read_text(encoding="utf-8"))["points"]
    members: dict[int, list[int]] = {point: [] for point in range(len(told))}
    for message in dict.fromkeys(items):
        numbers = [number for number, of in enumerate(items, 1) if of == message]
        points = [point for point, (by, agrees) in enumerate(label.points) if message in by | agrees]
        likeness = {(p, n): _overlap(told[p]["text"], texts[n - 1]) for p in points for n in numbers}
        for point, number in sorted(likeness, key=lambda pair: -likeness[pair]):
            if number in numbers and (point in points or likeness[point, number] > 1):
                members[point].append(number)
                numbers.remove(number)
                points = [other for other in points if other != point]
    themes = [
        {"name": f"Kumquats {point}", "points": [{"best": numbers[0], "members": numbers}], "members": numbers}
        for point, numbers in members.items()
        if numbers
    ]
    first = {message: number for number, message in reversed(list(enumerate(items, 1)))}
    opposed = [
        [first[one], first[other]]
        for sides in label.disputes
        for one in sorted(sides[0])[:1]
        for other in sorted(sides[1])[:1]
        if one in first and other in first
    ]
    answer = {"themes": themes, "opposed": opposed, "questions": [], "asides": []}
    return call.make_request(), json.dumps(answer)


def _overlap(one: str, other: str) -> int:
    return len({word[:5] for word in one.casefold().split()} & {word[:5] for word in other.casefold().split()})


def record(path: Path, chosen: list[Labelled]) -> Path:
    exchange = Exchange()
    for labelled in chosen:
        request, answer = answer_as_a_reader(labelled)
        exchange.recorded[make_key(request)] = {"purpose": "groups", "words": 1, "answer": answer, "seconds": 1.5}
    exchange.write(path)
    return path


@pytest.fixture
def chosen() -> list[Labelled]:
    return on_staff_talk.labelled()[:3]


def test_a_recorded_exchange_is_measured_again_without_an_endpoint(tmp_path: Path, chosen: list[Labelled]) -> None:
    path = record(tmp_path / "exchange.jsonl", chosen)
    exchange = Exchange(recorded=read_exchange(path))

    printed = report(chosen, exchange)

    for name in ("shared points as drafts", "grouping, pair F1", "support F1", "own-heading F1", "opposed"):
        assert name in printed
    assert "0 of 3 answers unusable or missing" in printed
    totals = exchange.describe(took=5.0)
    assert "3 calls" in totals
    assert "of instructions sent, 4.5 s of the model, 0.5 s of the program" in totals
    assert "Summaries that the check refused: 0." in printed
    pairs = re.search(r"pair F1 +(\d+) +(\d+)", printed)
    assert pairs is not None
    assert int(pairs[2]) > int(pairs[1])


def test_names_that_nobody_used_are_refused_by_the_proof(tmp_path: Path, chosen: list[Labelled]) -> None:
    exchange = Exchange(recorded=read_exchange(record(tmp_path / "exchange.jsonl", chosen)))
    refused = re.search(r"(\d+) of (\d+) names of themes", report(chosen, exchange))
    assert refused is not None
    assert int(refused[1]) > 20


def test_the_command_replays_a_file_and_says_what_a_recording_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, chosen: list[Labelled]
) -> None:
    path = record(tmp_path / "exchange.jsonl", chosen)
    with pytest.raises(SystemExit, match="The recording holds nothing of the thread"):
        harness.run(["--replay", str(path)])
    monkeypatch.setattr(on_staff_talk, "labelled", lambda: chosen)
    harness.run(["--replay", str(path)])
    printed = capsys.readouterr().out
    assert "own-heading F1" in printed
    for target in ("found 81 (62 of 77)", "right 80, found 75", "right 85, found 85", "60 on public topics"):
        assert target in printed
    assert on_weeks.NOT_RECORDED in printed
    with pytest.raises(SystemExit):
        harness.parse(["--record", str(path)])


def test_what_comes_back_in_the_second_half_of_a_thread_is_held_against_the_labels(
    tmp_path: Path, chosen: list[Labelled]
) -> None:
    class Fake:
        """A model that puts everything on one theme, and all themes together."""

        async def ask(self, request: ModelRequest) -> str:
            data = json.loads(request.data)
            items = data["themes"] if "themes" in data else [item for reply in data["replies"] for item in reply]
            said = json.dumps([item["says"] for item in items])
            name = max(re.findall(r"\b[a-z]{4,}\b", said), key=len)
            return json.dumps({"themes": [{"name": name, "members": [item["n"] for item in items]}]})

    exchange = Exchange(Fake())
    printed = on_weeks.report(chosen, exchange)
    found = re.search(r"found (\d+) of (\d+) points that come back; right (\d+) of (\d+) themes", printed)
    assert found is not None
    assert 4 * int(found[1]) >= 3 * int(found[2]) > 0
    assert (int(found[3]), int(found[4])) == (3, 3)

    exchange.write(tmp_path / "exchange.jsonl")
    assert on_weeks.report(chosen, Exchange(recorded=read_exchange(tmp_path / "exchange.jsonl"))) == printed


async def test_an_exchange_is_recorded_with_its_failures_and_asks_nothing_twice() -> None:
    class Fake:
        asked = 0

        async def ask(self, request: ModelRequest) -> str:
            self.asked += 1
            return request.data

    fake = Fake()
    exchange = Exchange(fake)
    request = ModelRequest(Purpose.GROUPS, "Sort.", "three words here", {}, 10)
    assert [await exchange.ask(request) for _ in range(2)] == ["three words here"] * 2
    assert (fake.asked, exchange.calls, exchange.words) == (1, 2, 6)
