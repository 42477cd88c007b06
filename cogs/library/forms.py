"""The forms of the library, filled with what is stored, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.errors import UserError
from bot.models.library import Passage, SourceDetails
from bot.models.prompts import Wording
from bot.prompts.texts import LIMITS, check_wording, one_line, place_text
from bot.text.escape import shorten
from cogs.ui.parts import custom_id, detached

FORM_LIMIT = 4000
Field = ui.Label[ui.Modal]
Text = ui.TextInput[ui.Modal]

BLANK = Wording("-", True, "-", "-")
"""A wording in which one part at a time can be checked."""
DETAILS = {"source_title": "title", "publisher": "publisher", "address": "address", "licence": "licence"}
"""Parts of a wording, and what they are called among a source's details."""

SOURCE_WORDS = "source"
OUR_SUMMARY = "ours"


def passage_form(title: str, passage: Passage, *route: object) -> ui.Modal:
    """The form in which an excerpt is written or changed. Raises UserError for one that no form can hold."""
    longest = max(_limit("text"), len(passage.text))
    if longest > FORM_LIMIT:
        raise UserError(f"This excerpt has more than {FORM_LIMIT:,} characters. Write shorter ones with /library add.")
    form = ui.Modal(title=title, custom_id=custom_id(str(route[0]), *route[1:]))
    text: Text = ui.TextInput(custom_id="text", default=passage.text, style=discord.TextStyle.long, max_length=longest)
    form.add_item(
        Field(text="Text", description=f"At most {_limit('text'):,} characters fit a prompt.", component=text)
    )
    form.add_item(_line("Heading", "heading", passage.heading))
    form.add_item(_line("Place", "place", place_text(passage), "Such as: page 12."))
    form.add_item(_line("Question", "question", passage.question, "One open question for staff.", long=True))
    words: ui.RadioGroup[ui.Modal] = ui.RadioGroup(custom_id="whose")
    words.add_option(label="The source's own words", value=SOURCE_WORDS, default=not passage.own_words)
    words.add_option(label="Our summary", value=OUR_SUMMARY, default=passage.own_words)
    form.add_item(Field(text="Whose words are these?", component=words))
    return detached(form)


def question_form(passage: Passage, *route: object) -> ui.Modal:
    """The form for a question alone."""
    form = ui.Modal(title="Question", custom_id=custom_id(str(route[0]), *route[1:]))
    form.add_item(
        _line("Question", "question", passage.question, "One open question for staff.", long=True, required=True)
    )
    return detached(form)


def details_form(details: SourceDetails, *route: object) -> ui.Modal:
    """The form for what is known of a source beside its words."""
    form = ui.Modal(title="Check details", custom_id=custom_id(str(route[0]), *route[1:]))
    form.add_item(_line("Title", "source_title", details.title, required=True))
    form.add_item(_line("Publisher", "publisher", details.publisher))
    year: Text = ui.TextInput(custom_id="year", default=str(details.year or ""), max_length=4, required=False)
    form.add_item(Field(text="Year", component=year))
    form.add_item(_line("Address", "address", details.address, "The report's page, starting with https://"))
    form.add_item(
        _line("Right to quote", "licence", details.licence, "A licence, or: short quotation with attribution.")
    )
    return detached(form)


def read_passage(values: Mapping[str, Any], before: Passage) -> Passage:
    """What the form of an excerpt says. Raises UserError where the text is empty or a part is too long."""
    place = values["place"].strip()
    passage = replace(
        before,
        text=values["text"].strip(),
        heading=one_line(values["heading"]),
        question=one_line(values["question"]),
        own_words=values["whose"] == OUR_SUMMARY,
    )
    if place != place_text(before):
        passage = replace(passage, place=one_line(place), page_from=None, page_to=None)
    if not one_line(passage.text):
        raise UserError("The text is empty, so nothing was saved. Write it first, then try again.")
    return passage


def read_question(values: Mapping[str, Any]) -> str:
    """What the form of a question says. Raises UserError where it is empty or too long."""
    question = one_line(values["question"])
    check_wording(replace(BLANK, question=question))
    return question


def read_details(values: Mapping[str, Any], before: SourceDetails) -> tuple[SourceDetails, list[str]]:
    """What the form of a source says, and a sentence for each part that could not be used and stays as it was."""
    after, problems = before, []
    for name, field in DETAILS.items():
        part: dict[str, Any] = {name: one_line(values[name])}
        try:
            check_wording(replace(BLANK, **part))
        except UserError as error:
            problems.append(error.public)
        else:
            kept: dict[str, Any] = {field: part[name]}
            after = replace(after, **kept)
    year = values["year"].strip()
    if not year:
        after = replace(after, year=None)
    elif year.isascii() and year.isdecimal() and len(year) == 4:
        after = replace(after, year=int(year))
    else:
        problems.append("The year has to have four digits, like 2011.")
    return after, problems


def _line(
    label: str, name: str, value: str, description: str | None = None, *, long: bool = False, required: bool = False
) -> Field:
    # Discord refuses a form whose default is longer than its limit.
    style = discord.TextStyle.long if long else discord.TextStyle.short
    default = shorten(value.strip(), _limit(name))
    component: Text = ui.TextInput(
        custom_id=name, default=default, style=style, max_length=_limit(name), required=required
    )
    return Field(text=label, description=description, component=component)


def _limit(name: str) -> int:
    return LIMITS[name][1]
