"""The question that comes before another owner than a usual role is taken: is this a role, and not a person?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from discord import ui

from bot.errors import UserError
from bot.outcomes.decision import NO_DATE, read_decision, read_refs
from bot.outcomes.owners import ANOTHER, LONGEST_OWNER, PERSON, check_owner, is_like_a_name, is_usual
from bot.text.dates import parse_date
from cogs.ui.forms import Field, form, form_values, radio_field, text_field

POINTS, WHAT, REASON, OWNER, ASKED = "points", "what", "reason", "owner", "asked"
LONGEST_WORDS = 500
TITLE = "Who owns the outcome?"
QUESTION = "Is this a role, not a person?"
WHY = "Staff and the board read this. People move on, but names stay in papers."
LIKE_A_NAME = "This looks like a person’s name. Staff and the board would see it."
ROLE, IS_A_PERSON = ("Yes, it is a role", "role"), ("No, it is a person", "person")
STILL_LIKE_A_NAME = (
    "“{owner}” looks like a person’s name. If it’s a role, send the command again with it as the owner, and say so "
    "in the form."
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What an organiser typed of an outcome. None stays as it was."""

    points: str | None = None
    state: str | None = None
    what: str | None = None
    reason: str | None = None
    owner: str | None = None
    due: str | None = None

    @property
    def needs_question(self) -> bool:
        """Whether the owner is no usual role; "" takes an owner away."""
        return bool(self.owner and self.owner.strip()) and not is_usual(self.owner or "")


def owner_form(outcome_id: int, typed: Typed, names: tuple[str, ...]) -> ui.Modal:
    """Ask whether the owner is a role, in a form that carries what else was typed. ``outcome_id`` is 0 for a new one.

    Raises UserError for what would be refused anyway.
    """
    owner = "" if _is_another(typed) else check_owner(typed.owner or "")
    due = "" if typed.due is None else _write_day(typed.due)
    points = ""
    if not outcome_id:
        points = ", ".join(map(str, read_refs(typed.points or "")))
        read_decision(None, state=typed.state, what=typed.what, reason=typed.reason, owner=owner, due=due or None)
    warned = bool(owner) and is_like_a_name(owner, names)
    fields: list[Field] = [
        text_field(label, name, value=" ".join(value.split()), long=name != POINTS, longest=longest)
        for label, name, value, longest in (
            ("Points", POINTS, points, 1_000),
            ("What", WHAT, typed.what, LONGEST_WORDS),
            ("Why not", REASON, typed.reason, LONGEST_WORDS),
        )
        if value
    ]
    fields.append(text_field("Owner", OWNER, value=owner, longest=LONGEST_OWNER))
    fields.append(radio_field(QUESTION, ASKED, (ROLE, IS_A_PERSON), hint=LIKE_A_NAME if warned else WHY))
    return form(TITLE, "outcome-role", outcome_id, typed.state or "", due, int(warned), fields=fields)


def read_owner_form(interaction: Any, state: str, due: str, warned: str, names: tuple[str, ...]) -> Typed:
    """Read the form. Raises UserError for a person, and for what reads like one if nobody was asked about it."""
    values = form_values(interaction)
    if values.get(ASKED) != ROLE[1]:
        raise UserError(PERSON)
    owner = check_owner(str(values.get(OWNER) or ""))
    if is_like_a_name(owner, names) and warned != "1":
        raise UserError(STILL_LIKE_A_NAME.format(owner=owner))
    given = {name: values.get(name) or None for name in (POINTS, WHAT, REASON)}
    return Typed(**given, state=state or None, owner=owner, due=due or None)


def _is_another(typed: Typed) -> bool:
    return (typed.owner or "").strip().casefold() == ANOTHER


def _write_day(due: str) -> str:
    day: date | str = NO_DATE if due.strip().casefold() == NO_DATE else parse_date(due)
    return str(day)
