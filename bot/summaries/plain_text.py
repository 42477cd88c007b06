"""Words of replies as plain text that harms no terminal and no file, and the lines that every plain form shares."""

from __future__ import annotations

import unicodedata

from bot.models.summaries import Summary

NOT_CHECKED = "found by the program, not checked by a person"
NOT_QUOTED = "(not quoted)"
"""Stands outside of the server for words of somebody who did not say yes to being quoted there."""
UNQUOTED = "counted here and not quoted: their authors have not said yes to being quoted outside the server."
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\u061c")
_KEPT_FORMATS = frozenset("\u200c\u200d\u200e\u200f")
"""Joiners that some scripts and emoji need, and marks of direction that do no harm."""


def harmless(text: str) -> str:
    """Text without control characters, bidirectional overrides and invisible ones; tabs and breaks become spaces."""
    return " ".join("".join(_harmless_char(char) for char in text).split())


def _harmless_char(char: str) -> str:
    if char in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if char in _BIDI_CONTROLS or char in _INVISIBLE:
        return ""
    kind = unicodedata.category(char)
    return "" if kind in {"Cc", "Cs", "Co", "Cn"} or (kind == "Cf" and char not in _KEPT_FORMATS) else char


def count_of(number: int, one: str, more: str) -> str:
    """A count with its noun: "1 reply", "2 replies"."""
    return f"{number} {one if number == 1 else more}"


def counted(people: int, private: int) -> str:
    """People and private replies apart, never their sum, since somebody may be in both."""
    said = count_of(private, "private reply", "private replies")
    if not private:
        return count_of(people, "person", "people")
    return f"{count_of(people, 'person', 'people')} in the thread, {said}" if people else said


def say_so_unquoted(private: int) -> str:
    """What stands for the words of private replies that may not be quoted; empty where there are none."""
    if not private:
        return ""
    if private == 1:
        return "1 private reply says so too and is not quoted."
    return f"{private} private replies say so too and are not quoted."


def coverage_line(summary: Summary) -> str:
    """How much was read, in one sentence, with what was left out and why."""
    coverage = summary.coverage
    people = counted(coverage.people, coverage.private)
    line = f"Read {coverage.read} of {count_of(coverage.held, 'reply', 'replies')}, from {people}."
    if coverage.left_out:
        line += " Left out: " + ", ".join(f"{count} ({reason})" for reason, count in coverage.left_out) + "."
    return line
