"""What board papers are made of, in tests: an ordinary series, and one whose every word is chosen to break a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.board.fields import FIELDS as FRONT
from bot.board.source import BoardPrompt, BoardSource
from bot.models.board import PaperFields, PaperTheme, Purpose, WrittenDispute
from bot.models.outcomes import PointRef
from bot.models.prompts import Prompt, PromptState, Series, SeriesState, Slot
from bot.models.replies import Reply, ReplyKind
from bot.models.summaries import Summary
from bot.summaries.lifecycle.record import Record
from bot.summaries.proof.check import quotes_of
from tests.summaries.papers import WORDING, confirm_everybody, hostile, ordinary

NOON = datetime(2018, 8, 20, 12, tzinfo=UTC)
ASK = "Agree to staff nights to the level of the safer staffing tool by January."
FIELDS = PaperFields(recommendation=ASK)
SERIES = Series(
    1,
    7,
    "Leadership on the ward",
    5,
    Slot(0, time(9), "Europe/London", date(2018, 8, 6)),
    SeriesState.STOPPED,
    NOON,
    120,
)


def prompt(number: int, *, question: str = WORDING.question) -> Prompt:
    """A closed prompt of the series."""
    day = NOON - timedelta(days=14 - number)
    wording = replace(WORDING, question=question)
    return Prompt(number, 7, 5, PromptState.CLOSED, f"c{number}", wording, day, day, series_id=1, posted_at=day)


def replies_of(summary: Summary, prompt_id: int = 12) -> tuple[Reply, ...]:
    """A reply for each message that a summary quotes, each by another person."""
    texts: dict[str, str] = {}
    for quote in quotes_of(summary):
        texts[quote.message] = f"{texts.get(quote.message, '')} {quote.text}".strip()
    return tuple(
        Reply(int(name), prompt_id, f"person-{name}", ReplyKind.THREAD, text, NOON - timedelta(days=3))
        for name, text in texts.items()
    )


def prompt_of(summary: Summary, number: int = 12) -> BoardPrompt:
    """A prompt with its published summary, of whose points everybody or nobody is confirmed, and the replies."""
    summary = confirm_everybody(summary)
    replies = replies_of(summary, number)
    held = {str(reply.id): reply.person for reply in replies}
    return BoardPrompt(prompt(number), Record(summary, held, 0, "19 August 2018", changes=9), replies)


def source(*prompts: BoardPrompt, quotable: bool = True, **parts: object) -> BoardSource:
    """A series; everybody said yes to being quoted, or nobody."""
    prompts = prompts or (prompt_of(ordinary()),)
    people = frozenset(reply.person for one in prompts for reply in one.replies) if quotable else frozenset()
    return replace(BoardSource(SERIES, prompts, FIELDS, NOON, "Europe/London", people), **parts)  # type: ignore[arg-type]


def full_fields(**changes: Any) -> PaperFields:
    """A front sheet in which nothing is missing, as long as it may be in places."""
    filled = PaperFields(
        organisation="Heron NHS Foundation Trust",
        meeting="Board of Directors, meeting in public",
        held_on=date(2018, 9, 6),
        agenda_item="9.2",
        title="What staff say about leadership on the ward",
        sponsor="Chief Nurse",
        author="Freedom to Speak Up Guardian",
        purpose=Purpose.DECISION,
        summary=(
            "Over four weeks we asked ward staff what helps and hinders leadership, using the No more heroes report.\n"
            "They describe double counting, thin staffing at night, and raising concerns without hearing back.\n"
            "Two points have an answer. The Board is asked to decide on night staffing."
        ),
        recommendation=ASK,
        risks="Without an answer, staff stop raising concerns, and harm at night goes unseen for longer.",
        register="BAF 3 (workforce); risk register 114 (night staffing)",
        equality="Night shifts are worked more often by internationally educated nurses, who may be affected most.",
        considered="People Committee, 21 August 2018",
    )
    return replace(filled, **changes)


def hostile_fields() -> PaperFields:
    """A front sheet whose every field is markup, a formula or a control character."""
    words = "=cmd()<script>\x00{{ 7 * 7 }} ]]> **bold** [a](javascript:x) <w:t/> &amp; \u202e"
    texts: dict[str, Any] = {each.name: words[: each.longest] for each in FRONT if each.is_text}
    themes = PaperTheme(words, (PointRef(12, "1"), PointRef(99, "9"))), PaperTheme("@SUM(1)", (PointRef(12, "2"),))
    return PaperFields(**texts, themes=themes, disputes=(WrittenDispute(12, words, f"+{words}", f"-{words}"),))


def hostile_source() -> BoardSource:
    """Words that are markup, formulas and control characters, everywhere."""
    return source(prompt_of(hostile()), fields=hostile_fields())
