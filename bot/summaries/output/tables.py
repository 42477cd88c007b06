"""An export’s tables: spreadsheets find no formula in them, and nobody finds a name or an id."""

from __future__ import annotations

from dataclasses import dataclass

from bot.models.groups import StaffGroups
from bot.models.replies import Reply
from bot.models.summaries import Quote, Role, Summary
from bot.summaries.disclosure.staff_groups import describe_table, list_rows
from bot.summaries.output.counts import (
    ALSO_RAISED,
    COUNTED_ON,
    NOT_A_SURVEY,
    format_checked_count,
    format_tapped,
    has_presses,
)
from bot.summaries.output.plain_text import NOT_QUOTED, UNQUOTED, format_coverage
from bot.summaries.review.publication import describe_checking
from bot.text.dates import format_date
from bot.text.mentions import anonymise_ids
from bot.text.spreadsheet import write_csv
from bot.text.words import plural

HOW_COUNTED = "How they’re counted"
SHARED, PROPOSED_PART = "Shared point", "Proposed by the program, not counted"
HOW = {
    Role.WROTE: "wrote it",
    Role.AGREED: "said “same here”",
    Role.TICKED: "added by a facilitator",
    Role.GROUPED: "may be about the same thing",
    Role.SUGGESTED: "may say so too",
}
"""How each person came to a point."""


@dataclass(frozen=True, slots=True)
class PrivateWords:
    """Private replies as they may leave the server, in order of their random ids.

    ``quotable`` are ids as quotes name them with the words; of the ``others`` there is only the number.
    """

    quotable: tuple[tuple[str, str], ...]
    others: int


@dataclass(frozen=True, slots=True)
class Labels:
    """What is in an export for the ids of replies ("R12") and for pseudonyms ("Person 3")."""

    references: dict[str, str]
    people: dict[str, str]

    def reference(self, message: str | int | None) -> str:
        """Return a reply's reference; empty if the export does not hold it."""
        return self.references.get(str(message), "")


def reply_table(replies: tuple[Reply, ...], labels: Labels) -> bytes:
    """Return every reply as a row of CSV."""
    return write_csv(_reply_rows(replies, labels))


def private_table(private: PrivateWords, labels: Labels) -> bytes:
    """Return private replies that may be quoted, one a row, without group or day, and how many more there are."""
    rows = [[labels.reference(name), anonymise_ids(text)] for name, text in private.quotable]
    if private.others:
        rows.append(["Not quoted", f"{plural(private.others, 'private reply', 'private replies')}"])
    return write_csv([["Reference", "Private reply"], *rows])


def summary_table(summary: Summary, labels: Labels, counted_on: str = "") -> bytes:
    """Return every quote of a summary as a row of CSV, with the part of the summary that it is in.

    ``counted_on`` is the day of a published summary, in words.
    """
    note = [["Note", "", "", "", "", COUNTED_ON.format(date=counted_on), "", "", "", ""]] if counted_on else []
    return write_csv([*_summary_rows(summary, labels), *note])


def group_table(groups: StaffGroups) -> bytes:
    """Say who took part, by staff group, as far as it may be shown, as CSV."""
    rows = [(group, str(count)) for group, count in list_rows(groups)]
    return write_csv(
        [["Staff group", "People"], *map(list, rows), ["All people", str(groups.people)], [describe_table(groups), ""]]
    )


def _reply_rows(replies: tuple[Reply, ...], labels: Labels) -> list[list[str]]:
    head = ["Reference", "Person", "Date", "In answer to", "Sent after closing", "People who reacted", "Reply"]
    return [head, *([*fields.values()] for fields in list_reply_fields(replies, labels))]


def list_reply_fields(replies: tuple[Reply, ...], labels: Labels) -> list[dict[str, str]]:
    return [
        {
            "reference": labels.reference(reply.id),
            "person": labels.people[reply.person],
            "date": format_date(reply.created_at.date()),
            "in_answer_to": labels.reference(reply.reply_to),
            "late": "yes" if reply.late else "no",
            "agreed": str(reply.agreed),
            "text": anonymise_ids(reply.text),
        }
        for reply in replies
    ]


def _summary_rows(summary: Summary, labels: Labels) -> list[list[str]]:
    head = ["Part", "Number", "Kind", "People", "In private replies"]
    head += ["Statement", "How", "Reference", "Quote", HOW_COUNTED]
    rows = [head]
    for number, point in enumerate((*summary.points, *summary.voices), 1):
        part = SHARED if point.is_shared else ALSO_RAISED
        people = (str(point.total), _yes(point.private))
        supporters = _rows((part, str(number), str(point.kind), *people), point.statement, point.quotes, labels)
        rows += [[*row, format_checked_count(point)] for row in supporters]
        rows += _rows((PROPOSED_PART, str(number), str(point.kind), "", ""), point.statement, point.possible, labels)
    for number, disagreement in enumerate(summary.disagreements, 1):
        kind, said = "disagreement", disagreement.statement
        for name, side in zip(("One side", "The other side"), disagreement.sides, strict=True):
            start = (name, str(number), kind, str(side.people), _yes(side.private))
            rows += _rows(start, said, side.quotes, labels, how=False)
        rows += _rows(("Both sides", str(number), kind, "", ""), said, disagreement.common, labels, how=False)
    for number, question in enumerate(summary.questions, 1):
        rows += _rows(("Question", str(number), "", "", ""), "", (question,), labels, how=False)
    people = (str(summary.coverage.people), _yes(summary.coverage.private))
    rows.append(["Coverage", "", "", *people, format_coverage(summary), "", "", ""])
    rows.append(["Note", "", "", "", "", describe_checking(summary.points), "", "", ""])
    if summary.withheld:
        unquoted = f"{plural(len(summary.withheld), 'reply is', 'replies are')} {UNQUOTED}"
        rows.append(["Not quoted", "", "", "", "", unquoted, "", "", ""])
    if summary.tapped is not None:
        rows.append(["Tapped", "", "", str(summary.tapped), "", format_tapped(summary.tapped)])
    if has_presses(summary.points):
        rows.append(["Note", "", "", "", "", NOT_A_SURVEY])
    return [row + [""] * (len(head) - len(row)) for row in rows]


def _rows(
    start: tuple[str, str, str, str, str], statement: str, quotes: tuple[Quote, ...], labels: Labels, how: bool = True
) -> list[list[str]]:
    """Return a row for each quote; ``start`` is the part, its number and kind, its people, and private replies."""
    return [
        [
            *start,
            anonymise_ids(statement),
            HOW[quote.role] if how else "",
            labels.reference(quote.message),
            shown_words(quote),
        ]
        for quote in quotes
    ]


def _yes(private: int) -> str:
    """Say whether something came up in private replies, which have no number beside it."""
    return "yes" if private else "no"


def shown_words(quote: Quote) -> str:
    return anonymise_ids(quote.text) or NOT_QUOTED
