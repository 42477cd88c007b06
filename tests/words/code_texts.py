"""Reads out of the program's code the texts that people can read, without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_TEXTS = (
    "bot/demo/",  # a play, whose people talk as people do
    "bot/events.py",  # declarations, which programmers read
    "bot/library/",
    "bot/replies/redaction/",
    "bot/replies/risk_cues.py",
    "bot/store/migrations/",
    "bot/store/postgres/lock_queries.py",
    "bot/store/schema/",
    "bot/summaries/engine/",
    "bot/summaries/proof/",
    "bot/text/",
    "bot/views/",
)
"""Folders of word lists, patterns and tables by which the program reads; what people read is looked for elsewhere."""
TEXTS_AFTER_ALL = (
    "bot/library/metadata.py",
    "bot/library/questions.py",
    "bot/library/readers/data_files.py",
    "bot/library/readers/document.py",
    "bot/library/readers/encoding.py",
    "bot/library/readers/file_type.py",
    "bot/library/readers/pdf/document.py",
    "bot/replies/redaction/kinds.py",
    "bot/replies/redaction/word_list.py",
    "bot/summaries/engine/semantic/folder.py",
    "bot/text/dates.py",
    "bot/text/time_zones.py",
    "bot/text/words.py",
)
"""Files of these folders that say something to people."""
UNREAD_CALLS = re.compile(
    r"\blog\.|\b(?:ValueError|TypeError|RuntimeError|LookupError|AssertionError|NotImplementedError)$|\bre\.\w+$"
)
"""What is told to programmers and logs, and patterns."""


@dataclass(frozen=True, slots=True)
class CodeText:
    """A text of at least two words; in an f-string each part that is filled in is "{}"."""

    path: str
    line: int
    words: str


def read_code_texts() -> tuple[CodeText, ...]:
    """Read all texts that people can read out of bot/ and cogs/, in the order of the files."""
    files = sorted(path for top in ("bot", "cogs") for path in (ROOT / top).rglob("*.py"))
    return tuple(text for path in files if _has_texts(_name(path)) for text in texts_in(path.read_text(), _name(path)))


def texts_in(source: str, name: str) -> Iterator[CodeText]:
    """Yield the texts of one module, without docstrings, logs and patterns."""
    for node in _read(ast.parse(source)):
        words = _words(node)
        if words is not None and re.search(r"[A-Za-z’']+[ ,.:;]+[A-Za-z{]", words) and "(?" not in words:
            yield CodeText(name, getattr(node, "lineno", 0), words)


def _read(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Call) and UNREAD_CALLS.search(ast.unparse(node.func)):
        return
    if _words(node) is not None:
        yield node
        return
    for inner in ast.iter_child_nodes(node):
        yield from _read(inner)


def _words(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def _has_texts(name: str) -> bool:
    return name in TEXTS_AFTER_ALL or not name.startswith(NO_TEXTS)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
