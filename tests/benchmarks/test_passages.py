"""The measure of the twelve passages, on a report of a few."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import passages
from tests.library.test_selection import METHOD, vary


def test_what_is_chosen_is_held_to_a_readers_own_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [vary(11), vary(22), f"{METHOD} It was drawn once more.", vary(33)]
    (tmp_path / "report.txt").write_text("\n\n".join(texts), encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    worth = [passages.opening(texts[0]), passages.opening(texts[3])]
    monkeypatch.setattr(passages, "LABELS", {"Our report": worth, "Another": ["That nobody has"]})
    monkeypatch.setattr("sys.argv", ["passages", str(tmp_path)])

    passages.main()

    out = capsys.readouterr().out
    assert "| Our report | 3 | 2 | 50% | 1 |" in out
    assert "| all | 3 | 2 (67%) | | |" in out


def test_the_labels_are_short_openings_of_three_reports() -> None:
    assert len(passages.LABELS) == 3
    assert all(len(opening.split()) <= passages.OPENING_WORDS for each in passages.LABELS.values() for opening in each)
