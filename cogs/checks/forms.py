"""The forms of a check: a page of points with four answers each, and the last one for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.checks.texts import heading_of, quoted
from bot.models.checks import Answer, Check, CheckPoint, View
from bot.models.private import Quoting
from bot.prompts.texts import one_line
from bot.text.dates import closing_date_text
from bot.text.escape import shorten
from cogs.private_replies.forms import LONGEST_PRIVATE, QUOTING, WORDS, group_field, group_in, quoting_field
from cogs.ui.parts import custom_id, detached

PER_PAGE = 4
"""Points of a form: Discord allows five parts, and the first says what happens with the answers."""
LONGEST_LABEL = 45
LONGEST_HEADING = 200
TITLE = "Is this true where you work?"
PROMISE = """Nobody is shown who gave which view. Until {date}, the people who run this bot could find out who wrote \
this."""
MISSING = """Facilitators read this without your name, as a private reply, and summaries use it as you allow here. \
Until {date}, the people who run this bot could find out who wrote this."""

Field = ui.Label[ui.Modal]


def pages(check: Check) -> tuple[tuple[tuple[int, CheckPoint], ...], ...]:
    """The points with their numbers, counted from 1, as they come on each form."""
    numbered = tuple(enumerate(check.points, 1))
    return tuple(numbered[start : start + PER_PAGE] for start in range(0, len(numbered), PER_PAGE))


def points_form(check: Check, page: int, time_zone: str, before: View | None) -> ui.Modal:
    """One page of points, counted from 0, filled with what the person has said before."""
    points = pages(check)[page]
    promise = PROMISE.format(date=closing_date_text(check.ends_at, time_zone))
    form = ui.Modal(title=TITLE, custom_id=custom_id("view-form", check.claim, page))
    # Labels are too short for some points, so these stand above.
    lines = (_line(number, point) for number, point in points)
    form.add_item(ui.TextDisplay("\n".join((promise, *(line for line in lines if len(line) > LONGEST_LABEL)))))
    for number, point in points:
        form.add_item(_point(number, point, before.answers.get(point.ref) if before is not None else None))
    return detached(form)


def missing_form(check: Check, time_zone: str, before: View | None) -> ui.Modal:
    """The last form: what is missing, whether it may be quoted, and the staff group."""
    form = ui.Modal(title="What is missing?", custom_id=custom_id("view-form", check.claim, len(pages(check))))
    form.add_item(ui.TextDisplay(MISSING.format(date=closing_date_text(check.ends_at, time_zone))))
    text: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=WORDS,
        style=discord.TextStyle.long,
        default=before.missing[:LONGEST_PRIVATE] if before is not None else None,
        required=False,
        max_length=LONGEST_PRIVATE,
    )
    form.add_item(
        ui.Label(text="What is missing?", description="No patient details, and nothing that names you.", component=text)
    )
    form.add_item(quoting_field(Quoting.COUNT if before is None else before.quoting))
    form.add_item(group_field("" if before is None else before.group))
    return detached(form)


def read_points(check: Check, page: int, values: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers of a page of points, by the points' names; those that were left out are left out."""
    chosen = {point.ref: values.get(_field(number)) for number, point in pages(check)[page]}
    return {ref: Answer(value) for ref, value in chosen.items() if value in tuple(Answer)}


def read_missing(values: Mapping[str, Any]) -> tuple[str, Quoting, str]:
    """What is missing, how it may be quoted, and the staff group."""
    quoting = values.get(QUOTING)
    allowed = Quoting(quoting) if quoting in tuple(Quoting) else Quoting.COUNT
    return str(values.get(WORDS) or "").strip(), allowed, group_in(values)


def _point(number: int, point: CheckPoint, chosen: Answer | None) -> Field:
    choice: ui.RadioGroup[ui.Modal] = ui.RadioGroup(custom_id=_field(number), required=False)
    for answer in Answer:
        choice.add_option(label=f"{answer.label[0].upper()}{answer.label[1:]}", value=answer, default=answer is chosen)
    return ui.Label(text=shorten(_line(number, point), LONGEST_LABEL), component=choice)


def _line(number: int, point: CheckPoint) -> str:
    return f"{number}. {quoted(shorten(one_line(heading_of(point)), LONGEST_HEADING), point)}"


def _field(number: int) -> str:
    return f"point-{number}"
