"""The folder of data: threads with references, topics with labelled key points, and pairs of messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.summaries.engine.sentences import sentences

BUDGET = 150
"""Words of a summary where the thread does not say."""

Thread = dict[str, Any]
"""A thread as ``python -m bot summarise`` reads it, with what people made of it beside it."""


def threads(folder: Path) -> list[Thread]:
    """The threads that have reference summaries, in the order of their names."""
    return _each(folder / "threads")


def topics(folder: Path) -> list[Thread]:
    """The topics whose key points people labelled, in the order of their names."""
    return _each(folder / "topics")


def _each(folder: Path) -> list[Thread]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def pairs(folder: Path) -> list[dict[str, str]]:
    """Pairs of messages with the relation that people saw; none where there is no such file."""
    path = folder / "pairs.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def budget_of(thread: Thread) -> int:
    """The words allowed."""
    return int(thread.get("budget_words", BUDGET))


def sentences_of(thread: Thread) -> list[tuple[int, str]]:
    """Every sentence of a thread in order, with the number of its message."""
    texts = [message["text"] for message in thread["messages"]]
    return [(number, text[start:end]) for number, text in enumerate(texts) for start, end in sentences(text)]
