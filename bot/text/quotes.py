"""Tell words of staff from a facilitator's: as a quotation that they cannot close, or with a mark behind them."""

from __future__ import annotations

FACILITATOR = "facilitator’s words"
_INSIDE = str.maketrans(dict.fromkeys("“„‟❝〝", "‘") | dict.fromkeys("”❞〞〟", "’") | dict.fromkeys('"＂″', "'"))


def nest_quotes(words: str) -> str:
    """Return the words with single quotation marks for double ones, as inside a quotation.

    Else words could end the quotation around them, and what follows would read as ours, such as a count. Nothing but
    these marks changes, and the length stays.
    """
    return words.translate(_INSIDE)


def mark_facilitators(words: str) -> str:
    """Return words that a facilitator wrote with their mark behind them; no part of them looks like a quotation."""
    return f"{nest_quotes(words)} ({FACILITATOR})"


def quote(words: str) -> str:
    """Return the words as a quotation."""
    return f"“{nest_quotes(words)}”"
