"""The lines that every plain form of a summary shares."""

from __future__ import annotations

from bot.models.summaries import Summary
from bot.text.words import plural

NOT_CHECKED = "found by the program, not checked by a person"
NOT_QUOTED = "(not quoted)"
"""Stands outside of the server for words of somebody who did not say yes to being quoted there."""
SAYS_SO_TOO = "private reply says so too and is", "private replies say so too and are"
NOT_SHOWN = "{replies} not quoted."
UNQUOTED = "counted here and not quoted: their authors have not said yes to being quoted outside the server."


def format_supporters(people: int, private: int) -> str:
    """Write people and private replies separately, never their sum, since somebody may be in both."""
    said = plural(private, "private reply", "private replies")
    if not private:
        return plural(people, "person", "people")
    return f"{plural(people, 'person', 'people')} in the thread, {said}" if people else said


def format_unquoted(private: int) -> str:
    """Say what stands for the words of private replies that may not be quoted; empty where there are none."""
    if not private:
        return ""
    return NOT_SHOWN.format(replies=plural(private, *SAYS_SO_TOO))


def format_coverage(summary: Summary) -> str:
    """Say how much was read, in one sentence, with what was left out and why."""
    coverage = summary.coverage
    people = format_supporters(coverage.people, coverage.private)
    line = f"Read {coverage.read:,} of {plural(coverage.held, 'reply', 'replies')}, from {people}."
    if coverage.left_out:
        line += " Left out: " + ", ".join(f"{count} ({reason})" for reason, count in coverage.left_out) + "."
    return line
