"""An export's tables and JSON: spreadsheets find no formula in them, and nobody finds a name or an id."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot.models.groups import StaffGroups
from bot.models.prompts import Wording
from bot.models.replies import Reply
from bot.models.summaries import Disagreement, KeyPoint, Quote, Role, Summary
from bot.summaries.disclosure.staff_groups import describe_table, list_rows
from bot.summaries.output.counts import (
    ALSO_RAISED,
    NOT_A_SURVEY,
    format_pressed,
    format_tapped,
    has_presses,
    is_checked,
)
from bot.summaries.output.plain_text import NOT_QUOTED, UNQUOTED, format_coverage
from bot.summaries.output.point_groups import count_confirmed_people
from bot.summaries.review.publication import describe_checking
from bot.text.dates import format_date
from bot.text.mentions import anonymise_ids
from bot.text.spreadsheet import write_csv
from bot.text.words import plural

PRESSED = "Counted with taps"
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


def _private_fields(private: PrivateWords, labels: Labels) -> dict[str, object]:
    told = [{"reference": labels.reference(name), "text": anonymise_ids(text)} for name, text in private.quotable]
    return {"quoted": told, "not_quoted": private.others}


def summary_table(summary: Summary, labels: Labels) -> bytes:
    """Return every quote of a summary as a row of CSV, with the part of the summary that it is in."""
    return write_csv(_summary_rows(summary, labels))


def group_table(groups: StaffGroups) -> bytes:
    """Say who took part, by staff group, as far as it may be shown, as CSV."""
    rows = [(group, str(count)) for group, count in list_rows(groups)]
    return write_csv(
        [["Staff group", "People"], *map(list, rows), ["All people", str(groups.people)], [describe_table(groups), ""]]
    )


def _reply_rows(replies: tuple[Reply, ...], labels: Labels) -> list[list[str]]:
    head = ["Reference", "Person", "Date", "In answer to", "Sent after closing", "People who reacted", "Reply"]
    return [head, *([*fields.values()] for fields in _reply_fields(replies, labels))]


def _reply_fields(replies: tuple[Reply, ...], labels: Labels) -> list[dict[str, str]]:
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
    head = ["Part", "Number", "Kind", "People", "In private replies", "Statement", "How", "Reference", "Quote", PRESSED]
    rows = [head]
    for number, point in enumerate((*summary.points, *summary.voices), 1):
        part = SHARED if point.is_shared else ALSO_RAISED
        people = (str(point.total), _yes(point.private))
        supporters = _rows((part, str(number), str(point.kind), *people), point.statement, point.quotes, labels)
        rows += [[*row, format_pressed(point)] for row in supporters]
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
    rows.append(["Note", "", "", "", "", describe_checking(summary).capitalize(), "", "", ""])
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
            _words(quote),
        ]
        for quote in quotes
    ]


def _yes(private: int) -> str:
    """Say whether something came up in private replies, which have no number beside it."""
    return "yes" if private else "no"


def _words(quote: Quote) -> str:
    return anonymise_ids(quote.text) or NOT_QUOTED


def summary_json(
    wording: Wording,
    replies: tuple[Reply, ...],
    summary: Summary,
    made_at: datetime,
    labels: Labels,
    private: PrivateWords | None = None,
) -> bytes:
    """Return all of an export as UTF-8 JSON: prompt, coverage, summary, replies and private replies."""
    coverage, told = summary.coverage, summary.balance
    data = {
        "made_at": made_at.isoformat(),
        "note": describe_checking(summary),
        "vectors": anonymise_ids(summary.vectors),
        "prompt": {
            "text": anonymise_ids(wording.text),
            "question": anonymise_ids(wording.question),
            "source": anonymise_ids(wording.source_title),
            "publisher": anonymise_ids(wording.publisher),
            "year": wording.year,
        },
        "coverage": {
            "read": coverage.in_thread.read,
            "held": coverage.in_thread.held,
            "people": coverage.people,
            "private": coverage.private,
            "left_out": dict(coverage.in_thread.left_out),
            "excluded": dict(coverage.excluded),
            "deleted": coverage.deleted,
        },
        "tapped": summary.tapped,
        "about_presses": NOT_A_SURVEY if has_presses(summary.points) else "",
        "points": [_point_fields(point, labels) for point in summary.points],
        "disagreements": [_disagreement_fields(disagreement, labels) for disagreement in summary.disagreements],
        "single_voices": [_point_fields(voice, labels) for voice in summary.voices],
        "questions": _quote_fields(summary.questions, labels),
        "staff_groups": None if summary.staff is None else _group_fields(summary.staff),
        "not_quoted": sum(reply.text == NOT_QUOTED for reply in replies),
        "balance": None if told is None else {"people": told.people, "percent": told.percent},
        "replies": _reply_fields(replies, labels),
        "private_replies": None if private is None else _private_fields(private, labels),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _point_fields(point: KeyPoint, labels: Labels) -> dict[str, object]:
    words = point.review.words if point.review is not None else ""
    return {
        "statement": anonymise_ids(point.statement),
        "facilitators_words": anonymise_ids(words),
        "kind": str(point.kind),
        "people": point.total,
        "wrote": point.wrote,
        "same_here": point.same_here,
        "at_least": point.views is not None and point.views.at_least,
        "with_presses": point.views is not None,
        "differs_from_place_to_place": point.views is not None and point.views.differs,
        "in_private_replies": bool(point.private),
        "confirmed": None if point.review is None else count_confirmed_people(point),
        "checked": is_checked(point),
        "quotes": _supporter_fields(point.quotes, labels),
        "proposed_not_counted": _supporter_fields(point.possible, labels),
    }


def _disagreement_fields(disagreement: Disagreement, labels: Labels) -> dict[str, object]:
    return {
        "statement": anonymise_ids(disagreement.statement),
        "sides": [
            {
                "people": side.people,
                "in_private_replies": bool(side.private),
                "quotes": _quote_fields(side.quotes, labels),
            }
            for side in disagreement.sides
        ],
        "common": _quote_fields(disagreement.common, labels),
    }


def _group_fields(groups: StaffGroups) -> dict[str, object]:
    return {"people": groups.people, "groups": dict(groups.groups), "others": groups.others, "date": groups.date}


def _supporter_fields(quotes: tuple[Quote, ...], labels: Labels) -> list[dict[str, str]]:
    fields = _quote_fields(quotes, labels)
    return [{**field, "how": HOW[quote.role]} for field, quote in zip(fields, quotes, strict=True)]


def _quote_fields(quotes: tuple[Quote, ...], labels: Labels) -> list[dict[str, str]]:
    return [{"reference": labels.reference(quote.message), "text": _words(quote)} for quote in quotes]
