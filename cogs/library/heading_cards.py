"""The headings of a chapter, to choose a wrong one from, and the forms that correct one or add one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import ui

from bot.errors import UserError
from bot.library.blocks import PATH_CHARACTERS
from bot.library.contents import Chapter
from bot.library.headings import HeadingRole, find_roles
from bot.library.outline import Heading, Outline
from bot.models.library import Source
from bot.prompts.texts import place_text
from bot.services.library import digest_heading
from bot.text.clean import clean_line
from bot.text.headings import shorten_heading
from bot.text.words import plural, shorten
from cogs.core.routing import OUT_OF_DATE
from cogs.library.cards import NO_HEADING
from cogs.library.forms import read_path
from cogs.library.lists import WRONG_HEADING
from cogs.library.origins import contents_button
from cogs.ui.cards import card, escape_within, fit
from cogs.ui.forms import Field, checkbox_field, form, radio_field, text_field
from cogs.ui.pages import paginate
from cogs.ui.parts import Row, button, option, pager, select

HEADINGS_A_PAGE = 20
ROOMS = (120, 60, 30)
"""How much of each heading the card shows: the most that fits."""
ASKED = "Choose the heading to correct. If one is missing, add it. Prompts already posted keep their words."
CHOOSE = "Choose the wrong heading"
ADD = "Add a missing heading"
BACK = "Back to the chapter"
ROLES = {
    HeadingRole.HEADING: "A heading, on the right level",
    HeadingRole.BELOW: "A heading, one level below “{other}”",
    HeadingRole.BESIDE: "A heading, on the same level as “{other}”",
    HeadingRole.TEXT: "No heading: put its words into the text",
    HeadingRole.LABEL: "No heading, only a caption or label: leave it out",
}
GOES_UNDER = "If it’s no heading, what’s under it goes under “{other}”."
GOES_UNDER_NONE = "If it’s no heading, what’s under it has no heading."
TWO_LEVELS = "“Part 2 > Boards” makes two headings, the second below the first."
LEVELS = {
    "same": (0, "The same level as the heading above it"),
    "below": (1, "One level below that"),
    "above": (-1, "One level above that"),
}
LONGEST_NAME = 30
"""How much of another heading a form names; of letters that count twice, Discord takes no more in a choice."""
DEEPEST = 5
"""How far lines are indented at most."""


def headings_card(source: Source, chapter: Chapter, outline: Outline, number: int, *, note: str = "") -> ui.LayoutView:
    """Show one page of the headings over and in a chapter, counted from 0, each with how many excerpts it has."""
    page = paginate(find_headings(outline, chapter), HEADINGS_A_PAGE, number)
    options = [
        option(
            heading.words or NO_HEADING,
            f"{heading.position}.{len(heading.path)}.{digest_heading(outline, heading)}",
            _facts(outline, heading),
        )
        for heading in page.items
    ]
    head = f"## {WRONG_HEADING}\n{ASKED}{f' Headings: {page.label}.' if page.count > 1 else ''}"

    def build(room: int) -> list[str]:
        return [note, head, "\n".join(_line(heading, room) for heading in page.items)]

    turning = pager(page.number, page.count, "library-headings", source.id, chapter.position, switched_off=True)
    return card(
        *fit(build, ROOMS),
        select(CHOOSE, options, "library-heading", source.id),
        Row(
            *(turning if page.count > 1 else []),
            button(ADD, "library-heading-add", source.id),
            button(BACK, "library-chapter", source.id, chapter.position, 0, 0),
            contents_button(source, chapter.position),
        ),
    )


def find_headings(outline: Outline, chapter: Chapter) -> tuple[Heading, ...]:
    """Find the headings over the excerpts of a chapter: those above it, its own, and those in it."""
    first = outline.excerpts.index(chapter.excerpts[0])
    end = first + len(chapter.excerpts)
    return tuple(heading for heading in outline.headings if heading.start < end and heading.end > first)


def correction_form(source: Source, outline: Outline, heading: Heading) -> ui.Modal:
    """Make the form that says what a heading is, filled with its words."""
    roles = find_roles(outline, heading)
    alike = len(outline.find_alike(heading))
    fields = [_words_field(heading.words)]
    if len(roles) > 1:
        other = shorten(clean_line(roles[HeadingRole.LABEL]), LONGEST_NAME)
        hint = GOES_UNDER.format(other=other) if other else GOES_UNDER_NONE
        options = [
            (text.format(other=shorten(clean_line(roles[role]), LONGEST_NAME)), role.value)
            for role, text in ROLES.items()
            if role in roles
        ]
        fields.append(radio_field("What is it?", "role", options, chosen=HeadingRole.HEADING, hint=hint))
    if alike > 1:
        hint = "Corrects each of them in the same way."
        fields.append(checkbox_field(f"All {alike:,} headings with these words", "everywhere", hint=hint))
    named = heading.position, len(heading.path), digest_heading(outline, heading)
    return form("Correct a heading", "library-heading-saved", source.id, *named, fields=fields)


def missing_form(source: Source) -> ui.Modal:
    """Make the form of a heading that was missed."""
    fields = (
        text_field("First excerpt", "number", hint="The number at the start of its line, such as 12.", longest=6),
        _words_field(""),
        radio_field(
            "On which level?",
            "level",
            [(label, value) for value, (_, label) in LEVELS.items()],
            chosen="same",
        ),
    )
    return form(ADD, "library-heading-added", source.id, fields=fields)


def read_correction(values: Mapping[str, Any]) -> tuple[HeadingRole, str, bool]:
    """Read the form of a heading: what it is, its words, and whether all with the same words are meant."""
    role = values.get("role", HeadingRole.HEADING.value)
    if role not in {each.value for each in HeadingRole}:
        raise UserError(OUT_OF_DATE)
    return HeadingRole(role), read_heading(values), bool(values.get("everywhere"))


def read_level(values: Mapping[str, Any]) -> int:
    """Read how many levels a missing heading is below the one above it."""
    step, _ = LEVELS.get(values["level"], LEVELS["same"])
    return step


def read_heading(values: Mapping[str, Any]) -> str:
    """Read the words of a heading in a form. Raises UserError where they are too long."""
    return read_path(values["words"])


def _words_field(words: str) -> Field:
    return text_field("Its words", "words", value=words, hint=TWO_LEVELS, required=False, longest=PATH_CHARACTERS)


def _line(heading: Heading, room: int) -> str:
    words = escape_within(shorten_heading(heading.words or NO_HEADING, room), 2 * room)
    return f"{'  ' * min(max(0, heading.level), DEEPEST)}- {words.rstrip(':')}: {plural(heading.excerpts, 'excerpt')}"


def _facts(outline: Outline, heading: Heading) -> str:
    """Say how many excerpts a heading has, and where it begins: by that, headings with the same words differ."""
    place = place_text(outline.excerpts[heading.start].passage)
    facts = (plural(heading.excerpts, "excerpt"), f"from excerpt {heading.position}", place)
    return ", ".join(filter(None, facts))
