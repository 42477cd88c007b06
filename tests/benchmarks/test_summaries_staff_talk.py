"""The staff talk and its labels hold together, and the measures on them count what they say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.summaries import __main__ as command
from benchmarks.summaries import groups, on_staff_talk
from benchmarks.summaries.on_staff_talk import FIRST, FOLDER, SECOND, Label, Report, agreement, label, threads

THREADS = threads()
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")
TALK: dict[str, Any] = {
    "id": "t",
    "prompt": "",
    "messages": [
        {"id": "1", "author": "a", "text": "The lift is slow. Priya knows."},
        {"id": "2", "author": "b", "text": "We wait for the lift.", "reply_to": None},
        {"id": "3", "author": "c", "text": "Same here", "reply_to": "1"},
        {"id": "4", "author": "d", "text": "Not on our ward.", "reply_to": "1"},
        {"id": "5", "author": "e", "text": "See you at the leaving do. Who has the key?"},
    ],
}
READ = Label(
    points=((frozenset("12"), frozenset("3")),),
    disputes=((frozenset("1"), frozenset("4")),),
    stances={"3": "agrees", "4": "disagrees"},
    questions=(("5", "Who has the key?"),),
    no_point=frozenset(),
    not_points=(("5", "See you at the leaving do."),),
    names=("Priya",),
    kinds=(("2", "We wait for the lift.", "proposal"),),
)


def point(text: str, *support: str, possible: tuple[str, ...] = (), kind: str = "view") -> dict[str, Any]:
    return {"text": text, "support": list(support), "possible": list(possible), "suggested": [], "kind": kind}


def answer(*points: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"points": list(points), "voices": [], "disagreements": [], "questions": [], **parts}


def tallies(given: dict[str, Any]) -> dict[str, tuple[int, int, int, int]]:
    """What is right of what was told, and found of what there is, by the name of the measure."""
    report = Report()
    on_staff_talk._measure(report, TALK, given, READ)
    return {name: (tally.right, tally.told, tally.found, tally.held) for name, tally in report.tallies.items()}


@pytest.mark.parametrize("thread", THREADS, ids=lambda thread: str(thread["id"]))
@pytest.mark.parametrize("reader", [FIRST, SECOND])
def test_labels_name_messages_of_the_thread_and_words_that_stand_in_them(thread: dict[str, Any], reader: str) -> None:
    texts = {message["id"]: " ".join(message["text"].split()) for message in thread["messages"]}
    data = json.loads((FOLDER / reader / f"{thread['id']}.json").read_text(encoding="utf-8"))
    told = label(thread["id"], reader)
    named = {name for by, agrees in told.points for name in by | agrees}
    named |= {name for sides in told.disputes for side in sides for name in side}
    named |= told.stances.keys() | told.no_point | {entry["to"] for entry in data["answers"]}

    assert named <= texts.keys()
    assert all(by for by, _ in told.points)
    assert set(told.stances.values()) <= {"agrees", "disagrees", "neither"}
    for message, words, *_ in (*told.questions, *told.not_points, *told.kinds, *data["rhetorical"]):
        assert " ".join(words.split()) in texts[message], words
    assert set(re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)) == data.keys() - {"id"}


def test_the_page_says_how_much_there_is_and_how_far_the_readers_agree() -> None:
    pairs, answers = re.findall(r"(\d+) \(", agreement(THREADS))
    sizes = [len(thread["messages"]) for thread in THREADS]

    assert f"**F {pairs}**" in PAGE
    assert f"**{answers} %**" in PAGE
    assert f"{min(sizes)} to {max(sizes)} replies ({sum(sizes)} in all)" in PAGE
    assert len(THREADS) == 15


def test_a_supporter_is_right_where_one_point_holds_them_and_the_head() -> None:
    found = tallies(answer(point("The lift is slow", "1", "3", "5")))
    assert found["printed supporters"] == (1, 2, 0, 0)
    assert found["shared points shown as shared"] == (0, 0, 1, 1)
    assert found["points headed"] == (0, 0, 1, 1)


def test_a_draft_group_is_right_where_two_people_of_it_make_one_point() -> None:
    right = tallies(answer(point("The lift is slow", "1", possible=("2", "5"))))
    wrong = tallies(answer(point("The lift is slow", "1", possible=("4", "5"))))
    assert right["draft groups, two right members"] == (1, 1, 1, 1)
    assert right["five suggestions"] == (1, 2, 1, 1)
    assert wrong["draft groups, two right members"] == (0, 1, 0, 1)
    assert wrong["five suggestions"] == (0, 2, 0, 1)


def test_disagreements_are_met_from_either_side_and_questions_by_their_words() -> None:
    found = tallies(
        answer(
            disagreements=[{"text": "x", "sides": [["4"], ["1"]]}, {"text": "y", "sides": [["2"], ["5"]]}],
            questions=[{"message": "5", "text": "Who has the key"}, {"message": "1", "text": "Who has the key"}],
        )
    )
    assert found["disagreements"] == (1, 2, 1, 1)
    assert found["questions"] == (1, 2, 1, 1)


def test_answers_are_read_by_themselves_whatever_the_summary_makes_of_them() -> None:
    found = tallies(answer())
    assert found["answers that agree"] == (1, 1, 1, 1)
    assert found["answers that disagree"] == (1, 1, 1, 1)


def test_headings_that_make_no_point_or_name_somebody_are_counted_and_kinds_where_one_is_told() -> None:
    voices = [{"text": "See you at the leaving do", "message": "5", "kind": "view"}]
    found = tallies(answer(point("Priya knows", "1"), point("We wait for the lift", "2", kind="offer"), voices=voices))
    assert found["statements that are no point"][:2] == (1, 3)
    assert found["headings with a name"][:2] == (1, 3)
    assert found["kinds"] == (0, 1, 0, 1)


def test_the_report_runs_the_program_over_the_threads_that_it_is_given() -> None:
    shortest = min(THREADS, key=lambda thread: len(thread["messages"]))
    told = on_staff_talk.report([shortest])
    assert told.startswith(f"1 threads of staff talk, {len(shortest['messages'])} replies")
    assert [line for line in told.splitlines() if line.startswith("printed supporters")]
    assert "The second reader beside the first: F " in told


def test_without_a_folder_staff_talk_is_reported_and_an_empty_folder_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(on_staff_talk, "threads", lambda: THREADS[:1])
    command.main(None)
    assert capsys.readouterr().out.startswith("1 threads of staff talk")
    command.main(tmp_path)
    assert capsys.readouterr().out == ""


def labelled(*points: set[str]) -> groups.Labelled:
    return groups.label(TALK, points, whole=True, model=None)


def test_the_area_is_whole_where_all_who_say_the_same_are_more_alike_and_half_by_chance() -> None:
    thread = labelled({"1", "2"}, {"3", "4"})
    same = thread.same().astype(np.float32)
    assert groups.area(thread, same) == 100
    assert groups.area(thread, 1 - same) == 0
    assert groups.area(thread, np.zeros_like(same)) == 50
    assert np.isnan(groups.area(labelled(), same))


def test_suggestions_are_measured_for_each_who_makes_a_point_that_others_make() -> None:
    thread = labelled({"1", "2", "3"}, {"4"})
    assert thread.shared() == [frozenset("123")]
    assert groups.suggested(thread, thread.same().astype(np.float32)) == [100, 100, 100]
    assert groups._holds(thread, [0, 1, 4], frozenset("12"))
    assert not groups._holds(thread, [0, 4], frozenset("12"))


def test_staff_talk_is_measured_on_every_second_thread_with_answers_and_without() -> None:
    read = groups.staff_talk(FIRST, None)
    assert len(read) == len(THREADS) // 2
    assert any(thread.statements.answers for thread in read)
    assert not any(thread.statements.answers for thread in groups.without_answers(read))


def test_more_than_one_folder_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.summaries", "a", "b"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "unrecognized arguments: b" in done.stderr
