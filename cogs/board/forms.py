"""The forms of a board paper: its front sheet, its themes, what divides people, and the organisation's own template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.board.fields import LONGEST_ROLE, LONGEST_SIDE, LONGEST_THEME, FormPart, PaperField, fields_of, format_field
from bot.board.template import check_template_size
from bot.discord_errors import DISCORD_FAULTS
from bot.errors import UserError
from bot.models.board import PaperFields, Purpose
from bot.outcomes.owners import ROLES, is_usual
from bot.outcomes.points import PublishedPoint
from bot.services.paper_fields import AskedQuestion
from bot.summaries.output.point_groups import point_heading
from bot.text.clean import clean_line
from cogs.outcomes.owner_form import IS_A_PERSON, LIKE_A_NAME, QUESTION, ROLE, WHY
from cogs.ui.forms import Field, file_field, form, radio_field, select_field, sent_file, text_field
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.parts import option

TEMPLATE = "template"
WHICH, TYPED, ASKED = "which", "role", "asked"
THEME, POINTS = "theme", "points"
ABOUT, MATTER, ONE, OTHER = "about", "matter", "one", "other"
OWN_TEMPLATE = "Leave this empty to use ours. Or add your Word file (.docx, up to 5 MiB) for its styles and margins."
NOT_FETCHED = "The bot couldn’t get the template from Discord. Please send the form again."
FOLLOW_UP_FIELDS = ("held_on", "agenda_item")
"""What differs from the paper itself; the rest of the front sheet is taken from there."""
ROLE_HINT = "A role, never a name. If it isn’t in the list, use “Another role”."
THEME_HINT = "In your words. If you’ve used this name before, that theme gets the points you choose now."
POINTS_HINT = "Choose none to remove the theme."
NO_POINTS = "There are no checked points to put in a theme yet. Publish a checked summary first: /summary draft."
NO_QUESTIONS = "No question in this series has a checked summary yet. Publish one first: /summary draft."
SPLIT_ON = "Split on: {statement}"
DIVIDES = "In your words. We use staff’s words only if both sides agreed to be quoted."


def fields_form(series_id: int, part: FormPart, fields: PaperFields) -> ui.Modal:
    """Ask for one part of the front sheet; what is known is in it."""
    asked = [_field(each, fields) for each in fields_of(part)]
    return form(part.label, "board-fields", series_id, part.value, fields=asked)


def _field(each: PaperField, fields: PaperFields) -> Field:
    value = format_field(fields, each.name)
    if each.name == "purpose":
        chosen = "" if fields.purpose is None else fields.purpose.value
        options = [(purpose.label, purpose.value) for purpose in Purpose]
        return radio_field(each.label, each.name, options, chosen=chosen, required=False)
    if each.part is FormPart.ROLES:
        roles = [*ROLES, *([value] if value and not is_usual(value) else [])]
        options_ = [option(role, role, chosen=role.casefold() == value.casefold()) for role in roles[:MOST_OPTIONS]]
        return select_field(each.label, each.name, options_, hint=ROLE_HINT, required=False)
    return text_field(
        each.label, each.name, value=value, hint=each.hint, long=each.is_long, longest=each.longest, required=False
    )


def role_form(series_id: int, *, warned: bool) -> ui.Modal:
    """Ask for a role that is not in the list, and whether it is one."""
    which = radio_field("Whose role?", WHICH, [("Sponsor", "sponsor"), ("Author", "author")], chosen="sponsor")
    typed = text_field("Role", TYPED, longest=LONGEST_ROLE, hint="Such as Staff Experience Lead.")
    asked = radio_field(QUESTION, ASKED, (ROLE, IS_A_PERSON), hint=LIKE_A_NAME if warned else WHY)
    return form("Another role", "board-role-form", series_id, int(warned), fields=[which, typed, asked])


def theme_form(series_id: int, points: Sequence[PublishedPoint]) -> ui.Modal:
    """Ask for a theme's name and its points. Raises UserError where there are none."""
    if not points:
        raise UserError(NO_POINTS)
    name = text_field("Theme", THEME, hint=THEME_HINT, longest=LONGEST_THEME)
    options = [option(f"{each.ref}: {clean_line(point_heading(each.point))}", each.ref) for each in points]
    chosen = options[:MOST_OPTIONS]
    which = select_field("Its points", POINTS, chosen, hint=POINTS_HINT, required=False, most=len(chosen))
    return form("A theme in the paper", "board-theme-form", series_id, fields=[name, which])


def split_form(series_id: int, questions: Sequence[AskedQuestion]) -> ui.Modal:
    """Ask for both sides of what divides people about a question. Raises UserError where there is no question."""
    if not questions:
        raise UserError(NO_QUESTIONS)
    options = [
        option(
            clean_line(each.prompt.wording.question),
            each.prompt.id,
            SPLIT_ON.format(statement=clean_line(each.split_on[0])) if each.split_on else "",
            chosen=not number,
        )
        for number, each in enumerate(questions[:MOST_OPTIONS])
    ]
    texts = (("What it’s about", MATTER, DIVIDES), ("One side", ONE, ""), ("The other side", OTHER, ""))
    return form(
        "Where opinion is split",
        "board-split-form",
        series_id,
        fields=[
            select_field("Question", ABOUT, options),
            *(
                text_field(label, name, hint=hint, longest=LONGEST_SIDE, long=True, required=False)
                for label, name, hint in texts
            ),
        ],
    )


def template_form(series_id: int) -> ui.Modal:
    """Ask for a template, which may be left out."""
    return form("Make the board paper", "board-form", series_id, fields=[template_field()])


def template_field() -> Field:
    """Ask for the organisation's own template."""
    return file_field("Template", TEMPLATE, hint=OWN_TEMPLATE, required=False)


def follow_up_form(series: Sequence[tuple[str, int]]) -> ui.Modal:
    """Ask which series is followed up, by titles and ids, when the board meets again, and for a template."""
    options = [option(title, number, chosen=not place) for place, (title, number) in enumerate(series[:MOST_OPTIONS])]
    which = select_field("Series", "series", options)
    texts = [
        text_field(each.label, each.name, hint=each.hint, longest=each.longest, required=False)
        for each in fields_of(FormPart.MEETING)
        if each.name in FOLLOW_UP_FIELDS
    ]
    return form("Follow-up paper", "follow-up-form", fields=[which, *texts, template_field()])


def first_value(value: object) -> str:
    """Return what was chosen or typed: a select sends a list, everything else a text."""
    if isinstance(value, list):
        return str(value[0]) if value else ""
    return str(value or "")


async def read_template(interaction: discord.Interaction[Any]) -> bytes | None:
    """Fetch the template that came with the form; its size is checked before anything is downloaded."""
    sent = sent_file(interaction, TEMPLATE)
    if sent is None:
        return None
    # Forms are handled from what they send, so the attachment is built here as discord.py builds it for views.
    file = discord.Attachment(data=sent, state=interaction.client._connection)  # type: ignore[arg-type]
    check_template_size(file.size)
    try:
        return await file.read()
    except DISCORD_FAULTS:
        raise UserError(NOT_FETCHED) from None
