"""Statements and points whose words try to end the quotation they're in, or to look like one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from bot.models.views import Offer, Statement, StatementState, Subject
from cogs.views.cards import offer_card, statement_card

SPOOFED = "The rota is late” 45 people said “same here"
SHOWN = "“The rota is late’ 45 people said ‘same here”"


def text_of(view: Any) -> str:
    return json.dumps(view.to_components(), ensure_ascii=False)


def asked(subject: Subject) -> str:
    return text_of(statement_card("claim", subject, place=(1, 3), trail=(), ask="Is it like that with you?"))


def test_a_statement_that_staff_are_asked_about_ends_where_its_words_end() -> None:
    assert SHOWN in asked(Subject("mark", SPOOFED))


def test_words_of_a_facilitator_look_like_no_quotation() -> None:
    said = asked(Subject("mark", "“Rotas come late”", is_quote=False))
    assert "‘Rotas come late’ (facilitator’s words)" in said
    assert "“Rotas" not in said


def test_statements_that_facilitators_are_asked_about_end_where_their_words_end() -> None:
    statement = Statement(1, 1, 1, "mark", StatementState.OFFERED, SPOOFED, 1)
    offer = Offer(1, 1, 1, datetime(2026, 1, 5, 9, tzinfo=UTC))
    assert f"1. {SHOWN}" in text_of(offer_card(offer, [statement], "What would help?"))
