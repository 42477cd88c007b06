"""Write a formula, in the XML of Word or MathML, in one line of text."""

from __future__ import annotations

from typing import Any

from bot.library.readers.raised import write_raised

_WORDS = frozenset({"t", "mi", "mn", "mo", "ms", "mtext"})
_NO_WORDS = frozenset({"annotation", "annotation-xml"})


def write_formula(element: Any) -> str:
    """Return a formula in one line: a fraction with a stroke, and powers raised, so that no number becomes another."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name in _WORDS:
        return (element.text or "").strip() if name != "t" else str(element.text or "")
    if not name or name in _NO_WORDS:
        return ""
    told = [(str(child.tag).rpartition("}")[2], write_formula(child)) for child in element]
    parts = [words for part, words in told if not part.endswith("Pr")]
    if name in ("f", "mfrac") and len(parts) == 2:
        return "/".join(map(_in_brackets, parts))
    if name in ("sSup", "msup") and len(parts) == 2:
        raised = write_raised(parts[1])
        return parts[0] + (raised if raised != parts[1] else f"^{_in_brackets(parts[1])}")
    return "".join(words for _, words in told)


def _in_brackets(words: str) -> str:
    return words if words.isalnum() else f"({words})"
