"""The lines that every plain form of a summary shares."""

from __future__ import annotations

from collections.abc import Iterator

from bot.models.summaries import Coverage, Summary
from bot.text.words import count_people, plural, shorten

NOT_CHECKED = "found by the program, not checked by a person"
NOT_QUOTED = "(not quoted)"
"""Shown outside the server in place of the words of somebody who did not say yes to being quoted there."""
UNQUOTED_POINT = "A point whose words may not be quoted"
"""Stands for such words where they would head a point that people read."""
NOT_SHOWN = "Some private replies aren’t quoted."
UNQUOTED = "counted here but not quoted: their authors haven’t agreed to be quoted outside the server."
IN_PRIVATE, IN_PRIVATE_ALONE = "It came up in private replies too.", "It came up in private replies."
PRIVATE = "private replies"
READ = "The summary used {read:,} of {held}."
READ_PRIVATE = "Private replies used: {private:,}."
LEFT_OUT = "Left out: {reasons}."
DELETED = "{replies} deleted."
HELPED = "A language model run by {run_by} helped sort replies. It wrote and counted nothing."
HELPED_PARTLY = (
    "A language model run by {run_by} helped sort replies, as far as its answers could be used. It wrote and counted "
    "nothing."
)
NO_HELP = "The language model run by {run_by} gave no usable answer, so the summary was made without it."
UNNAMED, LONGEST_NAME = "this organisation", 60


def format_supporters(people: int, private: int) -> str:
    """Count people of the thread; private replies are named beside them, without a number and added to nobody."""
    if not private:
        return count_people(people)
    return f"{count_people(people)} and {PRIVATE}" if people else PRIVATE


def format_authors(people: int, private: int) -> str:
    """Say how many took part: people of a thread, and beside them private replies, whose authors nobody knows."""
    if not private:
        return count_people(people)
    said = plural(private, "private reply", "private replies")
    return f"{count_people(people)} in the thread, {said}" if people else said


def format_unquoted_points(points: int) -> str:
    """Count what single people raised whose words may not be quoted."""
    return f"{plural(points, 'point', 'points')} whose words may not be quoted"


def format_unquoted_people(people: int) -> str:
    """Say that words of so many people of a side may not be quoted; empty if there are none."""
    return f"The words of {count_people(people)} may not be quoted." if people else ""


def format_unquoted(private: int) -> str:
    """Say that words of private replies may not be quoted; empty if there are none."""
    return NOT_SHOWN if private else ""


def list_coverage(coverage: Coverage) -> Iterator[str]:
    """Say how many replies of how many were read, what was left out and why, and how many were deleted.

    Private replies have a sentence of their own, and are part of no other number.
    """
    thread = coverage.in_thread
    held = thread.held + sum(count for _, count in coverage.excluded)
    if held or not coverage.private:
        yield READ.format(read=thread.read, held=plural(held, "reply", "replies"))
    if coverage.private:
        yield READ_PRIVATE.format(private=coverage.private)
    if reasons := [f"{count:,} ({reason})" for reason, count in (*thread.left_out, *coverage.excluded)]:
        yield LEFT_OUT.format(reasons=", ".join(reasons))
    if coverage.deleted:
        yield DELETED.format(replies=plural(coverage.deleted, "reply was", "replies were"))


def format_sorting(summary: Summary) -> str:
    """Say whether a language model helped to sort, and who runs it; empty if none was asked. Not escaped."""
    sorting = summary.sorting
    if sorting is None or not sorting.calls:
        return ""
    line = HELPED_PARTLY if sorting.unanswered else HELPED
    if sorting.unanswered >= sorting.calls:
        line = NO_HELP
    return line.format(run_by=shorten(sorting.run_by, LONGEST_NAME) or UNNAMED)


def format_coverage(summary: Summary) -> str:
    """Say how much was read, with what was left out and why."""
    return " ".join(list_coverage(summary.coverage))
