"""The lines that every plain form of a summary shares."""

from __future__ import annotations

from bot.models.summaries import Summary

NOT_CHECKED = "found by the program, not checked by a person"
NOT_QUOTED = "(not quoted)"
"""Stands outside of the server for words of somebody who did not say yes to being quoted there."""
UNQUOTED = "counted here and not quoted: their authors have not said yes to being quoted outside the server."


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
