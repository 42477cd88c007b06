"""Tell words of staff from a facilitator's: as a quotation that they cannot close, or with a mark behind them."""

from __future__ import annotations

import re

FACILITATOR = "facilitator’s words"
_INSIDE = str.maketrans(
    dict.fromkeys("“„‟❝〝⹂🙶🙸", "‘") | dict.fromkeys("”❞〞〟ˮ🙷", "’") | dict.fromkeys('"＂″‶ʺ˝〃', "'") | {"״": "׳"}
)
_SINGLE = "‘’‚‛❛❜ʻʼʽ'＇′‵ʹˊ´׳"
_SECOND = re.compile(f"(?<=[{_SINGLE}])([\u034f\ufe00-\ufe0f]*)[{_SINGLE}]")
"""A single mark behind another one, with at most something unseen between: the two look like a double one."""
_THIN_SPACE = "\u2009"


def nest_quotes(words: str) -> str:
    """Return the words with single quotation marks for double ones, as inside a quotation.

    Else words could end the quotation around them, and what follows would read as ours, such as a count. Of single
    marks in a row, which look like a double one, the first is left. Nothing else changes, and the length stays.
    """
    return _SECOND.sub(rf"\1{_THIN_SPACE}", words.translate(_INSIDE))


def mark_facilitators(words: str) -> str:
    """Return words that a facilitator wrote with their mark behind them; no part of them looks like a quotation."""
    return f"{nest_quotes(words)} ({FACILITATOR})"


def quote(words: str) -> str:
    """Return the words as a quotation."""
    return f"“{nest_quotes(words)}”"
