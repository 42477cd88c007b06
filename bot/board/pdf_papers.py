"""The board paper and the follow-up paper as PDF, block by block as the Word files have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.board import texts as wording
from bot.board.chart import TITLE, describe_bars, list_bars
from bot.board.document import NO_ANSWER, BoardDispute, BoardPaper, BoardPoint
from bot.board.fields import front_rows
from bot.board.pdf import Block, bars, box, heading, new_page, paragraph, table, write_pdf

FRONT = 0.27, 0.73
ANNEX_SHARES = 0.06, 0.13, 0.12, 0.28, 0.18, 0.23


def board_pdf(paper: BoardPaper, made_at: datetime) -> bytes:
    """Write the whole paper: the front sheet, the body, and the annex, each from a new page. For the worker."""
    blocks = (*_front(paper), *_body(paper), *_annex(paper))
    return write_pdf(f"Board paper: {paper.title}", wording.copy_line(paper), blocks, made_at)


def front_table(rows: Iterable[tuple[str, Sequence[str]]], name: str) -> Block:
    """Make the table of a front sheet: labels, and their lines."""
    cells = [([(label, True)], [(line, False) for line in lines]) for label, lines in rows]
    return table([name], cells, FRONT)


def _front(paper: BoardPaper) -> Iterator[Block]:
    yield heading(paper.title, 1)
    yield front_table(front_rows(paper.fields), "Front sheet")
    yield new_page()


def _body(paper: BoardPaper) -> Iterator[Block]:
    heads = wording.number_sections(paper)
    yield heading(heads[wording.ASKED])
    yield paragraph(wording.asked_note(paper))
    yield paragraph(f"{paper.invited} {paper.took_part}")
    yield heading(heads[wording.SAID])
    yield paragraph(wording.counted_note(paper))
    for theme in paper.themes:
        yield heading(theme.heading, 3)
        rows = [(str(point.number), list(_point(point)), point.who) for point in theme.points]
        yield table(("No.", "What staff said", "People"), rows, (0.08, 0.68, 0.24))
    if shown := list_bars(paper):
        longest = max(bar.total for bar in shown)
        rows_ = ((f"{bar.number}. {wording.name_point(bar)}", bar.total / longest, bar.bar_label) for bar in shown)
        yield bars(rows_, describe_bars(shown), f"Figure 1: {TITLE}.")
    if paper.disputes:
        yield heading(heads[wording.SPLIT])
        yield from _disputes(paper.disputes)
        if note := wording.split_note(paper):
            yield paragraph(note)
    if paper.answered:
        yield heading(heads[wording.ANSWERED])
        if note := wording.states_note(paper):
            yield paragraph(note)
        if paper.answers:
            yield _answers(paper)
    yield heading(heads[wording.REQUEST])
    if paper.fields.purpose is not None:
        yield paragraph(f"{paper.fields.purpose.label}.")
    yield paragraph(paper.fields.recommendation, bold=True)
    if note := wording.open_note(paper):
        yield paragraph(note)
    yield box([(wording.METHOD, True), *((note, False) for note in wording.method_notes(paper))])


def _point(point: BoardPoint) -> Iterator[tuple[str, bool]]:
    yield wording.name_point(point), True
    yield from ((wording.quote_words(quote), False) for quote in point.quotes)
    if point.note:
        yield f"Facilitator’s note: {point.note}", False
    if point.check is not None:
        yield str(point.check), False


def _disputes(disputes: Iterable[BoardDispute], *, small: bool = False) -> Iterator[Block]:
    for dispute in disputes:
        yield paragraph(wording.dispute_heading(dispute), bold=True, small=small)
        yield from (paragraph(": ".join(side), small=small) for side in wording.side_lines(dispute))


def _answers(paper: BoardPaper) -> Block:
    rows = [
        (
            ", ".join(map(str, answer.numbers)),
            f"{answer.state}: {answer.what}",
            answer.owner or "–",
            answer.due or "–",
        )
        for answer in paper.answers
    ]
    return table(("Point", "Answer", "Owner", "Due"), rows, (0.1, 0.48, 0.22, 0.2))


def _annex(paper: BoardPaper) -> Iterator[Block]:
    yield new_page()
    yield heading(wording.ANNEX)
    yield heading(wording.QUESTIONS, 3)
    asked = [(str(part.number), part.question, wording.passage(part), part.posted_on, part.who) for part in paper.parts]
    heads = ("No.", "Question", "What staff read", "Asked on", "Who replied")
    yield table(heads, asked, (0.07, 0.27, 0.35, 0.14, 0.17), small=True)
    if paper.numbered:
        yield heading(wording.POINTS, 3)
        yield _all_points(paper)
        yield paragraph(wording.references_note(paper), small=True)
    if paper.more_disputes:
        yield heading(wording.MORE_SPLIT, 3)
        yield from _disputes(paper.more_disputes, small=True)
    for name, lines in wording.annex_lists(paper):
        yield heading(name, 3)
        yield from (paragraph(line, small=True) for line in lines)
    yield heading(wording.REPLIES, 3)
    yield table(("What", "How many"), wording.reply_rows(paper), (0.79, 0.21), small=True)


def _all_points(paper: BoardPaper) -> Block:
    last = ["Answer so far"] if paper.answered else []
    rows = [
        (
            *(str(point.number), str(point.ref), str(part.number), wording.name_point(point), point.who),
            *([point.outcome or NO_ANSWER] if paper.answered else []),
        )
        for part, point in paper.numbered
    ]
    shares = ANNEX_SHARES if paper.answered else (*ANNEX_SHARES[:3], 0.44, 0.25)
    return table(("No.", "Reference", "Question", "Point", "People", *last), rows, shares, small=True)
