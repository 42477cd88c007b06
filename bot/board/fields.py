"""The fields of a paper's front sheet: their names, how long they may be, in which form they are, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.models import LabelledEnum
from bot.models.board import PaperFields, PaperTheme, Purpose, WrittenDispute
from bot.text.dates import format_date
from bot.text.mentions import anonymise_ids

TO_COMPLETE = "To be completed"
"""Is on the front sheet where nothing was written, so that a secretary can fill it in."""
SUMMARY_LINES = 3
LONGEST_ROLE, LONGEST_THEME, LONGEST_SIDE, MOST_THEMES = 80, 80, 240, 8
LONGEST_ASK = 300


class FormPart(LabelledEnum):
    """The forms of a paper's card by the buttons that open them."""

    MEETING = "meeting", "Meeting and title"
    ROLES = "roles", "Sponsor and author"
    SUMMARY = "summary", "Summary and ask"
    RISKS = "risks", "Risks and equality"


@dataclass(frozen=True, slots=True)
class PaperField:
    """A field of the front sheet: ``name`` as in PaperFields, ``label`` as people read it, ``longest`` characters."""

    name: str
    label: str
    part: FormPart
    longest: int = 0
    hint: str = ""
    is_long: bool = False

    @property
    def is_text(self) -> bool:
        """Whether people type words into it: neither a date nor a choice."""
        return self.name not in ("held_on", "purpose")


FIELDS = (
    PaperField("organisation", "Organisation", FormPart.MEETING, 100),
    PaperField("meeting", "Meeting", FormPart.MEETING, 100, "Such as Board of Directors, meeting in public."),
    PaperField("held_on", "Date of meeting", FormPart.MEETING, 30, "Such as 6 August 2026."),
    PaperField("agenda_item", "Agenda item", FormPart.MEETING, 40, "Its number, such as 9.2."),
    PaperField("title", "Title of paper", FormPart.MEETING, 120),
    PaperField("sponsor", "Sponsor", FormPart.ROLES, LONGEST_ROLE),
    PaperField("author", "Author", FormPart.ROLES, LONGEST_ROLE),
    PaperField("purpose", "Purpose", FormPart.ROLES),
    PaperField(
        *("summary", "Summary", FormPart.SUMMARY, 450, "Three lines: what you asked, what staff said, what it means."),
        is_long=True,
    ),
    PaperField(
        *("recommendation", "Recommendation", FormPart.SUMMARY, LONGEST_ASK, "What do you ask of the board?"),
        is_long=True,
    ),
    PaperField("risks", "Risks", FormPart.RISKS, 400, "What may happen if nothing changes.", is_long=True),
    PaperField(
        *("register", "Links to the board’s own list", FormPart.RISKS, 200),
        hint="Entries of the Board Assurance Framework or the risk register, such as BAF 3.",
    ),
    PaperField("equality", "Equality", FormPart.RISKS, 400, "Who may be affected more than others.", is_long=True),
    PaperField("considered", "Considered before by", FormPart.RISKS, 200, "Such as People Committee, 3 July 2026."),
)
"""In the order of the front sheet."""


def fields_of(part: FormPart) -> tuple[PaperField, ...]:
    """Return the fields of one form."""
    return tuple(each for each in FIELDS if each.part is part)


def format_field(fields: PaperFields, name: str) -> str:
    """Write what a field holds as people read it; empty if it holds nothing."""
    value = getattr(fields, name)
    if isinstance(value, date):
        return format_date(value)
    return value.label if isinstance(value, Purpose) else str(value or "")


def missing_fields(fields: PaperFields) -> tuple[PaperField, ...]:
    """Return the fields that hold nothing, in the order of the front sheet."""
    return tuple(each for each in FIELDS if not format_field(fields, each.name))


def front_rows(fields: PaperFields) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the rows of the front sheet: a label, and its lines. The title is above them."""
    for each in FIELDS:
        if each.name != "title":
            yield each.label, tuple(format_field(fields, each.name).splitlines()) or (TO_COMPLETE,)


def clean_fields(fields: PaperFields) -> PaperFields:
    """Return the fields as they may leave the server: plain lines, without Discord's ids and control characters."""
    clean: dict[str, Any] = {each.name: read_line(getattr(fields, each.name)) for each in FIELDS if each.is_text}
    return replace(
        fields,
        **{**clean, "summary": read_lines(fields.summary)},
        themes=tuple(PaperTheme(anonymise_ids(theme.name), theme.points) for theme in fields.themes),
        disputes=tuple(
            WrittenDispute(said.prompt_id, *(anonymise_ids(text) for text in (said.matter, said.one, said.other)))
            for said in fields.disputes
        ),
    )


def read_line(text: str) -> str:
    """Put what was typed on one harmless line."""
    return anonymise_ids(text)


def read_lines(text: str) -> str:
    """Keep the first lines that hold something, harmless; what comes after the third continues in it."""
    lines = [line for line in map(anonymise_ids, text.splitlines()) if line]
    return "\n".join([*lines[: SUMMARY_LINES - 1], *([" ".join(rest)] if (rest := lines[SUMMARY_LINES - 1 :]) else [])])
