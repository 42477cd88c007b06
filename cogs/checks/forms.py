"""The forms of a check: a page of points with four answers each, and the last one for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import ui

from bot.checks.texts import format_heading, quote_heading
from bot.models.checks import Answer, Check, CheckPoint, View
from bot.models.private import Quoting
from bot.services.private_replies import LONGEST_PRIVATE
from bot.text.clean import clean_line
from bot.text.dates import format_local_date
from bot.text.words import shorten
from cogs.private_replies.forms import QUOTING, WORDS, group_field, quoting_field, read_group
from cogs.ui.forms import Field, form, radio_field, text_field
from cogs.ui.limits import LONGEST_FIELD_LABEL
from cogs.ui.pages import page_count, paginate

PER_PAGE = 4
"""Points of a form: Discord allows five parts, and the first says what happens with the answers."""
LONGEST_LABEL = LONGEST_FIELD_LABEL
LONGEST_HEADING = 200
TITLE = "Is this true where you work?"
PROMISE = """Nobody is shown who gave which view. Until {date}, the people who run this bot could find out who wrote \
this."""
MISSING = """Facilitators read this without your name, as a private reply, and summaries use it as you allow here. \
Until {date}, the people who run this bot could find out who wrote this."""
WHAT_IS_MISSING = "What is missing?"


def split_points(check: Check) -> tuple[tuple[tuple[int, CheckPoint], ...], ...]:
    """Cut the points, with their numbers counted from 1, into the parts that come on each form."""
    numbered = tuple(enumerate(check.points, 1))
    return tuple(paginate(numbered, PER_PAGE, page).items for page in range(page_count(len(numbered), PER_PAGE)))


def points_form(check: Check, page: int, time_zone: str, before: View | None) -> ui.Modal:
    """Make the form of a page of points, counted from 0, filled with what the person has said before."""
    points = split_points(check)[page]
    promise = PROMISE.format(date=format_local_date(check.ends_at, time_zone))
    # Labels are too short for some points, so these stand above.
    lines = (_line(number, point) for number, point in points)
    intro = "\n".join((promise, *(line for line in lines if len(line) > LONGEST_LABEL)))
    answers = {} if before is None else before.answers
    fields = [_point_field(number, point, answers.get(point.ref)) for number, point in points]
    return form(TITLE, "view-form", check.claim, page, fields=fields, intro=intro)


def missing_form(check: Check, time_zone: str, before: View | None) -> ui.Modal:
    """Make the last form: what is missing, whether it may be quoted, and the staff group."""
    words = text_field(
        WHAT_IS_MISSING,
        WORDS,
        value="" if before is None else before.missing[:LONGEST_PRIVATE],
        hint="No patient details, and nothing that names you.",
        long=True,
        required=False,
        longest=LONGEST_PRIVATE,
    )
    return form(
        "What is missing?",
        "view-form",
        check.claim,
        len(split_points(check)),
        intro=MISSING.format(date=format_local_date(check.ends_at, time_zone)),
        fields=[
            words,
            quoting_field(Quoting.COUNT if before is None else before.quoting),
            group_field("" if before is None else before.group),
        ],
    )


def read_points(check: Check, page: int, values: Mapping[str, Any]) -> dict[str, Answer]:
    """Read the answers of a page of points, by the points' names; those that were left out are left out."""
    chosen = {point.ref: values.get(_field_name(number)) for number, point in split_points(check)[page]}
    return {ref: Answer(value) for ref, value in chosen.items() if value in tuple(Answer)}


def read_missing(values: Mapping[str, Any]) -> tuple[str, Quoting, str]:
    """Read what is missing, how it may be quoted, and the staff group."""
    quoting = values.get(QUOTING)
    allowed = Quoting(quoting) if quoting in tuple(Quoting) else Quoting.COUNT
    return str(values.get(WORDS) or "").strip(), allowed, read_group(values)


def _point_field(number: int, point: CheckPoint, chosen: Answer | None) -> Field:
    options = [(f"{answer.label[0].upper()}{answer.label[1:]}", answer.value) for answer in Answer]
    label = shorten(_line(number, point), LONGEST_LABEL)
    return radio_field(label, _field_name(number), options, chosen=chosen or "", required=False)


def _line(number: int, point: CheckPoint) -> str:
    return f"{number}. {quote_heading(shorten(clean_line(format_heading(point)), LONGEST_HEADING), point)}"


def _field_name(number: int) -> str:
    return f"point-{number}"
