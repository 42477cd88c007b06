"""What retention leaves of a summary: counts and a facilitator's own words, and nothing that anybody else wrote."""

from __future__ import annotations

import dataclasses
import typing
from enum import Enum
from types import UnionType
from typing import Any

from bot.models.summaries import KeyPoint, Quote, Review, Summary
from bot.summaries.lifecycle.frozen import freeze_record, freeze_summary
from bot.summaries.lifecycle.record import Record, remove_lost_words
from bot.summaries.output.point_groups import (
    ERASED,
    count_confirmed_people,
    count_possible_people,
    is_reviewed,
    point_heading,
)
from bot.summaries.proof.verdict import FROZEN, verify
from tests.summaries.lifecycle.test_deletions import TALK, WHO, WHOLE

WORDS = "Zebrafinch"
OWN = {"words", "note"}
"""The fields that hold what a facilitator wrote."""
PLAIN = {"thread", "vectors", "ref", "left_out", "excluded", "groups", "date", "edits", "run_by"}
"""Fields of text that hold nobody's words: ids, a method, our own reasons, groups, edits, an organisation."""


def filled(made_of: Any, name: str = "") -> Any:
    """A value of a type in which every text that a person may have written is marked, whatever fields there are."""
    origin, inside = typing.get_origin(made_of), typing.get_args(made_of)
    if origin in (UnionType, typing.Union):
        return filled(inside[0], name)
    if origin is tuple:
        parts = inside[:1] * 2 if inside[-1] is Ellipsis else inside
        return tuple(filled(part, name) for part in parts)
    if isinstance(made_of, type) and dataclasses.is_dataclass(made_of):
        hints = typing.get_type_hints(made_of)
        return made_of(**{one.name: filled(hints[one.name], one.name) for one in dataclasses.fields(made_of)})
    if isinstance(made_of, type) and issubclass(made_of, Enum):
        return next(iter(made_of))
    if made_of is str:
        return "Kept" if name in OWN | PLAIN else WORDS
    return made_of(3) if made_of is int else made_of()


def test_no_field_keeps_what_people_wrote_or_which_reply_it_was() -> None:
    full = filled(Summary)
    assert repr(full).count(WORDS) > 20

    left = repr(freeze_summary(full))

    assert WORDS not in left
    assert "Kept" in left


def test_counts_and_a_facilitators_words_stay() -> None:
    review = Review("Late rotas", "Ask Mo", confirmed=("1",), unnamed=("1",), unquoted=("2",))
    quotes = (Quote("1", "Rota"), Quote("2", "Rotas"))
    point = KeyPoint("Rota", quotes, 2, possible=(Quote("3", "Late"),), endorsements=4, review=review)
    left = freeze_summary(dataclasses.replace(WHOLE, points=(point, KeyPoint("Beds", quotes, 2))))

    first, second = left.points
    assert (first.people, count_possible_people(first), count_confirmed_people(first), first.endorsements) == (
        2,
        1,
        1,
        4,
    )
    assert (point_heading(first), point_heading(second)) == ("Late rotas", ERASED)
    assert is_reviewed(left)
    assert [side.people for side in left.disagreements[0].sides] == [
        side.people for side in WHOLE.disagreements[0].sides
    ]
    assert left.coverage == WHOLE.coverage
    assert left.frozen


def test_a_frozen_record_holds_nobody_is_shown_again_once_and_is_repaired_no_more() -> None:
    record = Record(WHOLE, WHO, 2, "1 May 2026", pending=False, edits={"1": "2026"}, outdated="Out of date")
    left = freeze_record(record, "1 May 2027")

    assert (left.held, left.edits, left.outdated, left.late, left.date) == ({}, {}, "", 2, "1 May 2026")
    assert left.pending
    assert "Changed on 1 May 2027" in left.changed
    assert "can no longer check the counts" in left.changed
    assert Record.from_json(left.to_json()) == left
    shown = dataclasses.replace(left, pending=False)
    assert freeze_record(shown, "2 May 2027") is shown
    assert remove_lost_words(shown, (), "2 May 2027") is shown


def test_its_verdict_is_that_nothing_can_be_checked_any_more() -> None:
    found = verify(freeze_summary(WHOLE), dataclasses.replace(TALK, messages=()), ())

    assert (str(found), found.problems) == (FROZEN, ())
