"""The series' data as CSV: every point with its counts, and every prompt. No spreadsheet finds a formula in them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.board.document import NO_ANSWER, BoardPaper, BoardPart, BoardPoint, PointCheck
from bot.board.texts import RAISED
from bot.text.quotes import quote
from bot.text.spreadsheet import write_csv

OF_ALL = "For the whole series"
POINTS = (
    *(
        "Row",
        "Reference",
        "Question number",
        "Point",
        "Facilitator’s words",
        "People",
        "In private replies",
    ),
    *("Quotes", "Facilitator’s note", "Said “same here” in a check", "Differs from place to place"),
    *("Outcome", "How they’re counted"),
)
PROMPTS = (
    *("Row", "Question number", "Prompt", "Posted on", "Question", "Passage", "Source", "People in the thread"),
    *("Private replies", "Points", "Disagreements", "Also raised", "Also raised, not quoted"),
    *(OF_ALL, "People who tapped", "Counted on"),
)


def point_table(paper: BoardPaper) -> bytes:
    """Return a row for every point of the full paper, then the disagreements, single voices and other points."""
    rows = [_point(part, point, paper) for part in paper.parts for point in part.points]
    others = [row for part in paper.parts for row in _others(part)]
    return write_csv(_even([list(POINTS), *rows, *others, *_elsewhere(paper)]))


def prompt_table(paper: BoardPaper) -> bytes:
    """Return every prompt as a row, then how many replies were read and left out."""
    of_all = (
        ("Invited", paper.invited),
        ("Took part", paper.took_part),
        *((label, str(count)) for label, count in paper.counts),
        *((f"Left out: {reason}", str(count)) for reason, count in paper.left_out),
    )
    told = [[label, *[""] * (PROMPTS.index(OF_ALL) - 1), words] for label, words in of_all]
    return write_csv(_even([list(PROMPTS), *(_part(part) for part in paper.parts), *told]))


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows, each as long as the first, so that a program reads them as one table."""
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def _point(part: BoardPart, point: BoardPoint, paper: BoardPaper) -> list[str]:
    return [
        "Point",
        str(point.ref),
        str(part.number),
        point.heading,
        "yes" if point.by_facilitator else "no",
        str(point.total),
        _yes(point.in_private),
        _quotes(point.quotes),
        point.note,
        *_check(point.check),
        (point.outcome or NO_ANSWER) if paper.answered else "",
        point.who,
    ]


def _quotes(quotes: Iterable[str]) -> str:
    return " ".join(map(quote, quotes))


def _yes(private: bool) -> str:
    return "yes" if private else "no"


def _check(check: PointCheck | None) -> tuple[str, ...]:
    return ("", "") if check is None else (str(check.same), "yes" if check.differs else "no")


def _elsewhere(paper: BoardPaper) -> list[list[str]]:
    """Return answers to points that are in no summary now, and what staff said of points beside the confirmed ones."""
    shown = {point.ref for point in paper.points}
    checks = dict(paper.unshown_checks)
    outcomes = {ref: told for ref, told in paper.earlier if ref not in shown}
    refs = sorted({*checks, *outcomes})
    return [
        ["Point left out of the paper", str(ref), *("",) * 7, *_check(checks.get(ref)), outcomes.get(ref, "")]
        for ref in refs
    ]


def _others(part: BoardPart) -> list[list[str]]:
    number = str(part.number)
    rows = []
    for dispute in part.disputes:
        for side in dispute.sides:
            counts = [str(side.people), _yes(bool(side.private))]
            rows.append(
                ["Disagreement, not checked", "", number, dispute.statement, "no", *counts, _quotes(side.quotes)]
            )
    return [*rows, *([RAISED, "", number, voice] for voice in part.voices)]


def _part(part: BoardPart) -> list[str]:
    counts = (part.people, part.private, len(part.points), len(part.disputes), len(part.voices), part.voices_unquoted)
    said = [f"P{part.prompt_id}", part.posted_on, part.question, part.passage, part.source]
    tapped = "" if part.tapped is None else str(part.tapped)
    return ["Prompt", str(part.number), *said, *map(str, counts), "", tapped, part.summed_up_on]
