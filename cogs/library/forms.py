"""The forms of the library, filled with what is stored, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from discord import ui

from bot.errors import UserError
from bot.library.blocks import PATH_CHARACTERS
from bot.models.library import Passage, SourceDetails
from bot.models.prompts import Wording
from bot.prompts.texts import LIMITS, check_wording, place_text
from bot.text.clean import clean_line
from bot.text.headings import SEPARATOR
from bot.text.markdown import escape
from bot.text.words import shorten
from cogs.ui.forms import Field, form, radio_field, text_field

FORM_LIMIT = 4000

BLANK = Wording("-", True, "-", "-")
"""A wording in which one part at a time can be checked."""
DETAILS = {"source_title": "title", "publisher": "publisher", "address": "address", "licence": "licence"}
"""Parts of a wording, and what they are called among a source's details."""

TYPED = "You typed “{text}”."

SOURCE_WORDS = "source"
OUR_SUMMARY = "ours"


def passage_form(title: str, passage: Passage, *route: object) -> ui.Modal:
    """Make the form in which an excerpt is written or changed. Raises UserError for one that no form can hold."""
    longest = max(_limit("text"), len(passage.text))
    if longest > FORM_LIMIT:
        raise UserError(f"This excerpt has more than {FORM_LIMIT:,} characters. Remove it, and write shorter ones.")
    hint = f"At most {_limit('text'):,} characters fit a prompt."
    fields = (
        text_field("Text", "text", value=passage.text, hint=hint, long=True, longest=longest),
        _line("Heading", "heading", passage.heading, longest=PATH_CHARACTERS),
        _line("Place", "place", place_text(passage), "Such as: page 12."),
        _question_field(passage),
        radio_field(
            "Whose words are these?",
            "whose",
            [("From the report", SOURCE_WORDS), ("Our words", OUR_SUMMARY)],
            chosen=OUR_SUMMARY if passage.own_words else SOURCE_WORDS,
        ),
    )
    return form(title, *route, fields=fields)


def question_form(passage: Passage, *route: object) -> ui.Modal:
    """Make the form for a question alone."""
    return form("Question", *route, fields=[_question_field(passage, required=True)])


def details_form(details: SourceDetails, *route: object) -> ui.Modal:
    """Make the form for what is known of a source beside its words."""
    fields = (
        _line("Title", "source_title", details.title, required=True),
        _line("Publisher", "publisher", details.publisher),
        text_field("Year", "year", value=str(details.year or ""), required=False, longest=4),
        _line("Address", "address", details.address, "The report’s page, starting with https://"),
        _line("Right to quote", "licence", details.licence, "Such as a licence, or short quotation with attribution."),
    )
    return form("Check details", *route, fields=fields)


def read_passage(values: Mapping[str, Any], before: Passage) -> Passage:
    """Read the form of an excerpt. Raises UserError where the text is empty or a part is too long."""
    place = values["place"].strip()
    passage = replace(
        before,
        text=values["text"].strip(),
        heading=read_path(values["heading"]),
        question=clean_line(values["question"]),
        own_words=values["whose"] == OUR_SUMMARY,
    )
    if place != place_text(before):
        passage = replace(passage, place=clean_line(place), page_from=None, page_to=None)
    if not clean_line(passage.text):
        raise UserError("The text is empty, so nothing was saved. Write it first, then try again.")
    return passage


def read_path(words: str) -> str:
    """Read the headings that a person typed. Raises UserError where one of them is too long."""
    path = clean_line(words)
    for heading in path.split(SEPARATOR):
        check_wording(replace(BLANK, heading=heading))
    return path


def read_question(values: Mapping[str, Any]) -> str:
    """Read the form of a question. Raises UserError where it is empty or too long."""
    question = clean_line(values["question"])
    check_wording(replace(BLANK, question=question))
    return question


def read_details(values: Mapping[str, Any], before: SourceDetails) -> tuple[SourceDetails, list[str]]:
    """Read the form of a source, with a sentence for each part that could not be used and stays as it was."""
    after, problems = before, []
    for name, field in DETAILS.items():
        part: dict[str, Any] = {name: clean_line(values[name])}
        try:
            check_wording(replace(BLANK, **part))
        except UserError as error:
            problems.append(f"{error.public} {TYPED.format(text=escape(part[name]))}")
        else:
            kept: dict[str, Any] = {field: part[name]}
            after = replace(after, **kept)
    year = values["year"].strip()
    if not year:
        after = replace(after, year=None)
    elif year.isascii() and year.isdecimal() and len(year) == 4:
        after = replace(after, year=int(year))
    else:
        problems.append(f"The year has to have four digits, like 2011. {TYPED.format(text=escape(clean_line(year)))}")
    return after, problems


def _question_field(passage: Passage, *, required: bool = False) -> Field:
    return _line("Question", "question", passage.question, "One open question for staff.", long=True, required=required)


def _line(
    label: str,
    name: str,
    value: str,
    hint: str = "",
    *,
    long: bool = False,
    required: bool = False,
    longest: int | None = None,
) -> Field:
    # Discord refuses a form whose default is longer than its limit.
    limit = longest or _limit(name)
    default = shorten(value.strip(), limit)
    return text_field(label, name, value=default, hint=hint, long=long, required=required, longest=limit)


def _limit(name: str) -> int:
    return LIMITS[name][1]
