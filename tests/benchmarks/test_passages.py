"""The measure of the twelve passages, on a report of a few."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import passages
from benchmarks.passages import Labels
from bot.models.library import Excerpt, Passage
from tests.library.test_selection import vary


def test_what_is_chosen_is_held_to_a_readers_own_labels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dull = "The hall stands by the river, and a bus goes there each hour of the day, from the market to the old mill. "
    texts = [vary(11), vary(22), dull * 2, vary(33)]
    (tmp_path / "report.txt").write_text("\n\n".join(texts), encoding="utf-8")
    (tmp_path / "the-same-again.txt").write_text("\n\n".join(texts), encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    first, second, third, fourth = (passages.marks(text)[0] for text in texts)
    ours = Labels(worth=frozenset({first, fourth}), rest=frozenset({second, third}))
    monkeypatch.setattr(passages, "LABELS", {"Our report": ours, "Another": Labels(frozenset({"0" * 10}), frozenset())})
    monkeypatch.setattr("sys.argv", ["passages", str(tmp_path)])

    passages.main()

    out = capsys.readouterr().out
    assert "| Our report | 2 of 3 (67%, 21% to 94%) | 2 of 4 (50%, 15% to 85%) | 2 of 4" in out
    assert "| 1 | 4 of 4 |\n| settled on | 2 of 3 " in out
    assert "| held back | – | – | – | – | 0 | | |" in out


def test_a_label_is_found_again_where_the_cut_has_moved() -> None:
    text = vary(7)
    labels = Labels(worth=frozenset({passages.marks(text)[0]}), rest=frozenset())
    moved = Excerpt(1, 1, 1, Passage(f"One sentence more stands before it. {text}"))

    assert passages.measure([moved], labels).by_chance.worth == 1


def test_what_was_read_because_it_was_chosen_says_nothing_of_chance() -> None:
    text = vary(7)
    mark = frozenset({passages.marks(text)[0]})

    row = passages.measure([Excerpt(1, 1, 1, Passage(text))], Labels(worth=mark, rest=frozenset(), later=mark))

    assert (row.chosen.worth, row.by_chance.of, row.longest.of) == (1, 0, 0)


def test_the_interval_is_wilsons() -> None:
    low, high = passages.wilson_interval(22, 34)
    assert (round(low, 3), round(high, 3)) == (0.479, 0.785)
    assert passages.wilson_interval(0, 0) == (0.0, 1.0)


def test_the_labels_are_marks_without_words_and_no_passage_has_two() -> None:
    assert len(passages.LABELS) == 14
    assert sum(labels.held_back for labels in passages.LABELS.values()) == 4
    for labels in passages.LABELS.values():
        assert labels.worth
        assert not labels.worth & labels.rest
        assert labels.drawn | labels.later <= labels.worth | labels.rest
        assert not labels.drawn & labels.later
        assert all(len(mark) == passages.MARK_CHARACTERS for mark in labels.worth | labels.rest)


def test_the_words_that_a_later_part_of_a_list_repeats_are_no_mark_of_it() -> None:
    lead = "The board should do these things before the end of the year:"
    own = f"- {vary(7)}"
    assert passages.marks(f"{lead}\n[…]\n{own}") == passages.marks(own)
