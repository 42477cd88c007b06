"""Put somebody's words in quotation marks that the words themselves cannot close."""

from __future__ import annotations

_INSIDE = str.maketrans(dict.fromkeys("“„‟❝〝", "‘") | dict.fromkeys("”❞〞〟", "’") | dict.fromkeys('"＂″', "'"))


def nest_quotes(words: str) -> str:
    """Return the words with single quotation marks for double ones, as inside a quotation.

    Else words could end the quotation around them, and what follows would read as ours, such as a count. Nothing but
    these marks changes, and the length stays.
    """
    return words.translate(_INSIDE)


def quote(words: str) -> str:
    """Return the words as a quotation."""
    return f"“{nest_quotes(words)}”"
