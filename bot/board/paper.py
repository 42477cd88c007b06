"""From the published summaries of a series to what a board paper says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.board.answers import count_states, describe_newest, find_newest, list_answers
from bot.board.document import BoardDispute, BoardPaper, BoardPart, BoardPoint, BoardSide
from bot.board.fields import clean_fields
from bot.board.participation import count_left_out, count_replies, format_invited, format_participants
from bot.board.references import name_points
from bot.board.source import BoardPrompt, BoardSource
from bot.board.themes import number_points
from bot.checks.texts import LEAST_SHOWN
from bot.models.outcomes import PointRef
from bot.models.prompts import Prompt
from bot.models.summaries import Disagreement, KeyPoint, Quote, Side, Summary
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.consent import quotable_words, remove_unconsented_quotes
from bot.summaries.output.counts import NOT_A_SURVEY, count_authors, format_count, says_something
from bot.summaries.output.export import keep_provable
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.output.point_groups import ERASED, point_heading
from bot.summaries.review.edits import format_edits
from bot.summaries.review.publication import prepare_for_board
from bot.text.dates import format_date, format_local_date, local_date
from bot.text.mentions import anonymise_ids
from bot.text.quotes import nest_quotes
from bot.text.words import human_join, plural

METHOD = (
    "A program picked out people’s own words, and wrote none. A facilitator checked who says what{edits}. "
    "Each count is of different people, as staff see it. The facilitator checked everyone who wrote it or agreed in an "
    "answer. "
    "{same_here}A facilitator read what people disagree on and what single people raised; a program counted the sides. "
    "We quote only people who said yes."
)
SAME_HERE = "“Same here” covers {ways}. "
ANSWERS, REACTIONS, TAPS = "these answers", "reactions", "taps"
PRESSED = "Anyone in the server could tap, even managers, but not those who ran it. "
AT_LEAST = "“At least” means there may be more. "
MORE_THAN_WROTE = "Not all of them wrote, so a point can have more people than its question has replies. "


def make_board_paper(source: BoardSource) -> BoardPaper:
    """Say what the paper says, in full; ``fit_paper`` makes its body short enough for two pages."""
    report = _report(source.prompts)
    fields = clean_fields(source.fields)
    raw = [_part(source, number, prompt, report) for number, prompt in enumerate(source.prompts, 1)]
    parts, themes = number_points(raw, fields.themes)
    prompts = {prompt.prompt.id for prompt in source.prompts}
    numbers = {point.ref: point.number for part in parts for point in part.points if point.number}
    return BoardPaper(
        title=fields.title or f"{anonymise_ids(source.series.title)}: what staff said",
        fields=fields,
        dates=_dates(source),
        made_on=format_local_date(source.made_at, source.time_zone),
        invited=format_invited(source.series.invited),
        took_part=format_participants(source.prompts),
        counts=count_replies(source.prompts),
        left_out=(*count_left_out(source.prompts), *((label, count) for label, count in source.missing if count)),
        parts=parts,
        method=METHOD.format(
            edits=_edits(source.prompts), same_here=_explain_counts([point for part in parts for point in part.points])
        ),
        report=report,
        themes=themes,
        disputes=tuple(dispute for part in parts for dispute in part.disputes),
        answers=tuple(list_answers(source.outcomes or (), numbers)),
        states=count_states(source.outcomes, numbers),
        open_numbers=tuple(
            sorted(number for ref, number in numbers.items() if find_newest(ref, source.outcomes or ()) is None)
        ),
        earlier=_earlier(source, parts),
        checks=tuple(sorted((ref, check) for ref, check in source.checks.items() if ref.prompt_id in prompts)),
        check_note=_check_note(source),
        unworded=sum(not point.has_words for part in parts for point in part.points),
    )


def _edits(prompts: Iterable[BoardPrompt]) -> str:
    """Say what reviewers did beside confirming; how often they pressed anything where no more is known."""
    records = [prompt.record for prompt in prompts]
    edits = format_edits(*(record.summary for record in records))
    if any(record.changes and record.summary.edits is None for record in records):
        edits = f"{plural(sum(record.changes for record in records), 'change was', 'changes were')} made"
    return f"; {edits}" if edits else ""


def _explain_counts(points: Sequence[BoardPoint]) -> str:
    """Say what the counts take in beside those who wrote it, as far as any of them does."""
    ways = [ANSWERS]
    ways += [REACTIONS] if any(point.reacted for point in points) else []
    ways += [TAPS] if any(point.pressed for point in points) else []
    told = SAME_HERE.format(ways=human_join(ways)) if any(point.total > point.wrote for point in points) else ""
    told += MORE_THAN_WROTE if told and len(ways) > 1 else ""
    told += PRESSED if TAPS in ways else ""
    return told + (AT_LEAST if any(point.at_least for point in points) else "")


def _part(source: BoardSource, number: int, prompt: BoardPrompt, report: str) -> BoardPart:
    summary = _outside(prompt, source.quotable)
    confirmed = prepare_for_board(summary).points
    voices = [*(point for point in confirmed if not point.is_shared), *summary.voices]
    question = anonymise_ids(prompt.prompt.wording.question)
    disputes = tuple(_disputes(source, prompt, summary, f"Question {number}: {question}"))
    # What is in a disagreement is not said again.
    said = {_strip_marks(quote) for dispute in disputes for side in dispute.sides for quote in side.quotes}
    written = _list_written(prompt)
    quotable = [point for point in voices if _heading(point) not in (NOT_QUOTED, ERASED) and _is_told(point)]
    more = (point for point in quotable if _strip_marks(_heading(point)) not in said)
    told = tuple(dict.fromkeys(_mark_cut(_heading(point), point, written) for point in more))
    wording, coverage = prompt.prompt.wording, prompt.record.summary.coverage
    return BoardPart(
        prompt_id=prompt.prompt.id,
        number=number,
        question=question,
        passage=anonymise_ids(wording.text),
        source=anonymise_ids(wording.place) if report else _source(prompt.prompt, wording.place),
        posted_on=format_local_date(prompt.prompt.posted_at or prompt.prompt.claimed_at, source.time_zone),
        summed_up_on=prompt.record.date,
        people=count_authors(prompt.record.held) or coverage.people,
        private=coverage.private,
        points=tuple(
            _point(source, PointRef(prompt.prompt.id, point.ref), point, written)
            for point in confirmed
            if point.is_shared
        ),
        disputes=disputes,
        voices=told,
        voices_unquoted=len(voices) - len(quotable),
        own_words=wording.own_words,
        tapped=summary.tapped,
    )


def _outside(prompt: BoardPrompt, quotable: frozenset[str]) -> Summary:
    summary = name_points(prompt.record.summary)
    if not summary.frozen:
        summary = keep_provable(summary, prompt.replies, prompt.private)
    return remove_unconsented_quotes(summary, quotable_words(prompt.replies, quotable))


def _point(source: BoardSource, ref: PointRef, point: KeyPoint, written: Mapping[str, str]) -> BoardPoint:
    heading, review = _heading(point), point.review
    hidden = frozenset(review.unquoted) if review is not None else frozenset()
    by_facilitator = review is not None and bool(review.words)
    return BoardPoint(
        ref=ref,
        heading=_mark_cut(heading, point, written),
        by_facilitator=by_facilitator,
        who=format_count(point),
        total=point.total,
        wrote=point.wrote,
        at_least=point.views is not None and point.views.at_least,
        reacted=point.endorsements > 0,
        pressed=point.views is not None,
        in_private=bool(point.private),
        quotes=_drop_repeated(heading, _words(_list_telling(point, hidden))),
        note=nest_quotes(anonymise_ids(review.note)) if review is not None else "",
        is_quote=not by_facilitator and heading not in (NOT_QUOTED, ERASED),
        outcome=describe_newest(ref, source.outcomes or ()),
        check=source.checks.get(ref),
    )


def _list_telling(point: KeyPoint, hidden: frozenset[str]) -> Iterator[Quote]:
    """Return the quotes that may be shown and that say more than that somebody agrees."""
    return (quote for quote in point.quotes if quote.message not in hidden and says_something(quote))


def _dispute(dispute: Disagreement, question: str) -> BoardDispute:
    one, other = dispute.sides
    return BoardDispute(anonymise_ids(dispute.statement) or ERASED, (_side(one), _side(other)), question=question)


def _disputes(source: BoardSource, prompt: BoardPrompt, summary: Summary, question: str) -> Iterator[BoardDispute]:
    """Return what divides people about a question: in the facilitator's words if there are any, else in theirs."""
    written = [said for said in source.fields.disputes if said.prompt_id == prompt.prompt.id]
    for said in written:
        one, other = (BoardSide(0, 0, (anonymise_ids(text),)) for text in (said.one, said.other))
        yield BoardDispute(anonymise_ids(said.matter), (one, other), by_facilitator=True, question=question)
    if not written:
        both = (_dispute(dispute, question) for dispute in summary.disagreements)
        # One side alone would look like the view of all.
        yield from (dispute for dispute in both if all(side.quotes for side in dispute.sides))


def _side(side: Side) -> BoardSide:
    return BoardSide(side.people, side.private, _words(side.quotes))


def _words(quotes: Iterable[Quote]) -> tuple[str, ...]:
    return tuple(words for quote in quotes if (words := anonymise_ids(quote.text)))


def _drop_repeated(heading: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the quotes that say more than the heading, which is often the whole of the first one."""
    return tuple(quote for quote in words if _strip_marks(quote) != _strip_marks(heading))


def _is_told(voice: KeyPoint) -> bool:
    """Say whether what one person raised may be told: a reviewer put it into other words, or ticked its quote."""
    review = voice.review
    return review is None or bool(review.words) or any(quote.message not in review.unquoted for quote in voice.quotes)


def _strip_marks(words: str) -> str:
    """Return the words without what a whole sentence has at its end and a clause of it has not."""
    return words.rstrip(".!")


def _heading(point: KeyPoint) -> str:
    return anonymise_ids(point_heading(point)) or ERASED


def _list_written(prompt: BoardPrompt) -> dict[str, str]:
    """Return what people wrote, whole, by the ids that quotes use."""
    said = quotable_words(prompt.replies, {reply.person for reply in prompt.replies})
    return said | {private_id(reply): reply.text for reply in prompt.private}


def _mark_cut(heading: str, point: KeyPoint, written: Mapping[str, str]) -> str:
    """Return a heading with "…" before it where it begins in small letters, within a sentence that somebody wrote.

    A quotation stays as it was written; the mark says that words before it were left out.
    """
    if point_heading(point) != point.statement or not point.quotes or not heading[:1].islower():
        return heading
    before, found, _ = written.get(point.quotes[0].message, "").partition(point.statement)
    opening = before.rstrip(" \t")
    return f"…{heading}" if found and opening and opening[-1] not in ".!?…\r\n" else heading


def _earlier(source: BoardSource, parts: Iterable[BoardPart]) -> tuple[tuple[PointRef, str], ...]:
    """Return the answers to points that the paper does not have: replaced by a newer summary, or without words."""
    shown = {point.ref for part in parts for point in part.points if point.has_words}
    refs = {ref for outcome in source.outcomes or () for ref in outcome.points} - shown
    return tuple((ref, describe_newest(ref, source.outcomes or ())) for ref in sorted(refs))


def _report(prompts: Iterable[BoardPrompt]) -> str:
    """Return the report that all passages are of; empty if there are several."""
    reports = {_source(prompt.prompt) for prompt in prompts}
    return reports.pop() if len(reports) == 1 else ""


def _source(prompt: Prompt, place: str = "") -> str:
    wording = prompt.wording
    parts = (wording.source_title, wording.publisher, str(wording.year or ""), place)
    return anonymise_ids(", ".join(part for part in parts if part))


def _check_note(source: BoardSource) -> str:
    told = []
    for number, prompt in enumerate(source.prompts, 1):
        people = source.tapped.get(prompt.prompt.id)
        if people is not None:
            many = f" ({plural(people, 'person', 'people')} tapped)" if people else ""
            told.append(f"question {number}{many}")
    if not told:
        return ""
    return f"We asked staff about points again: {human_join(told)}. {LEAST_SHOWN} {NOT_A_SURVEY}"


def _dates(source: BoardSource) -> str:
    moments = [reply.created_at for prompt in source.prompts for reply in prompt.replies]
    posted = [prompt.prompt.posted_at or prompt.prompt.claimed_at for prompt in source.prompts]
    days = [local_date(moment, source.time_zone) for moment in (*posted, *moments)]
    return f"{format_date(min(days))} to {format_date(max(days))}" if days else ""
