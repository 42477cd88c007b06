"""How people put right what was wrongly read as a heading, or missed: which excerpts change, and how."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.errors import UserError
from bot.library.blocks import PASSAGE_CHARACTERS
from bot.library.outline import Heading, Opening, Outline, read_openings, write_paths
from bot.library.paths import join_path, tidy_path
from bot.models.library import Excerpt
from bot.text.clean import clean_line

NO_ROOM = (
    "The words don’t fit into excerpt {position}: it would have {length:,} characters, and {most:,} fit a prompt. "
    "Shorten that excerpt first."
)
HAS_HEADING = (
    "Excerpt {position} is the first under its heading. To correct that heading, choose it in the list. "
    "For one more above it, write both there, such as “Part 2 > Boards”."
)
EMPTY = "The heading has no words. Write them first."
NO_SUCH_EXCERPT = "This report has no excerpt with that number. Type the number at the start of its line."


class HeadingRole(StrEnum):
    """What a facilitator says of words that were read as a heading."""

    HEADING = "heading"
    """A heading where it is; only its words may be wrong."""
    BELOW = "below"
    """A heading below the one before it, which is on its level."""
    BESIDE = "beside"
    """A heading on the level of the one above it."""
    TEXT = "text"
    """Words of the text below, which goes on under the heading before."""
    LABEL = "label"
    """A caption or the like, whose words go."""


IS_HEADING = frozenset({HeadingRole.HEADING, HeadingRole.BELOW, HeadingRole.BESIDE})


@dataclass(slots=True)
class _Draft:
    """An outline in the making: where headings begin, the sentences before lists, and the texts that change."""

    openings: list[Opening]
    leads: list[str]
    texts: dict[int, str] = field(default_factory=dict)


def find_roles(outline: Outline, heading: Heading) -> Mapping[HeadingRole, str]:
    """Return what a heading could be instead, each with the words of the other heading that it would depend on."""
    roles = {HeadingRole.HEADING: ""}
    if not heading.path:
        return roles
    before = outline.path_before(heading)
    if not heading.is_lead and len(before) > heading.level:
        roles[HeadingRole.BELOW] = before[heading.level]
    # Without an excerpt of its own, the heading above would be lost.
    if not heading.is_lead and heading.level and outline.continues_outer(heading):
        roles[HeadingRole.BESIDE] = heading.path[-2]
    if _first_of_report(outline.excerpts, heading) is not None:
        roles[HeadingRole.TEXT] = before[-1] if before else ""
    roles[HeadingRole.LABEL] = before[-1] if before else ""
    return roles


def correct_headings(
    outline: Outline, chosen: Collection[Heading], role: HeadingRole, words: str
) -> tuple[Excerpt, ...]:
    """Return the excerpts that change where the headings ``chosen`` are what a facilitator says, with these words.

    A heading that cannot be so in its place stays as it is. Raises UserError where words have no room as text, or
    there are none.
    """
    name = tidy_path(words)
    if not name and role is not HeadingRole.LABEL:
        raise UserError(EMPTY)
    draft = _Draft(list(read_openings(outline.paths)), list(outline.leads))
    by_place = {(opening.at, opening.level): index for index, opening in enumerate(draft.openings) if opening.words}
    places = [by_place.get((heading.start, heading.level), -1) for heading in chosen]
    gone: set[int] = set()
    for heading, place in zip(chosen, places, strict=True):
        if role not in find_roles(outline, heading):
            continue
        if role is HeadingRole.TEXT and (index := _first_of_report(outline.excerpts, heading)) is not None:
            excerpt = outline.excerpts[index]
            draft.texts[index] = _put_first(words, draft.texts.get(index, excerpt.passage.text), excerpt.position)
        if heading.is_lead:
            draft.leads[heading.start : heading.end] = [name if role in IS_HEADING else ""] * heading.excerpts
        elif not heading.path:
            draft.openings.append(Opening(heading.start, 0, name))
        elif role in IS_HEADING:
            draft.openings[place].words = name
            _shift(draft.openings, place, heading.end, {HeadingRole.BELOW: 1, HeadingRole.BESIDE: -1}.get(role, 0))
        else:
            gone.add(place)
    draft.openings = [opening for index, opening in enumerate(draft.openings) if index not in gone]
    return _changed(outline, draft)


def insert_heading(outline: Outline, position: int, words: str, step: int) -> tuple[Excerpt, ...]:
    """Return the excerpts that change where a heading that was missed begins at an excerpt's number.

    ``step`` says how many levels it is below the innermost heading there: 1, 0 or -1. A text that begins with its words
    as a line of their own loses that line. Raises UserError without such an excerpt or any words, or if it would take
    the place of a heading.
    """
    name = tidy_path(words)
    if not name:
        raise UserError(EMPTY)
    index = next((index for index, each in enumerate(outline.excerpts) if each.position == position), None)
    if index is None:
        raise UserError(NO_SUCH_EXCERPT)
    level = max(0, len(outline.paths[index]) - 1 + step)
    openings = list(read_openings(outline.paths))
    if any(opening.at == index and opening.words and opening.level >= level for opening in openings):
        raise UserError(HAS_HEADING.format(position=position))
    draft = _Draft([*openings, Opening(index, level, name)], list(outline.leads))
    first, _, rest = outline.excerpts[index].passage.text.partition("\n")
    if rest.strip() and clean_line(first).casefold() == clean_line(words).casefold():
        draft.texts[index] = rest.strip()
    return _changed(outline, draft)


def _shift(openings: Sequence[Opening], place: int, end: int, step: int) -> None:
    """Move a heading, and whatever is under it, so many levels down."""
    openings[place].level += step
    for inner in openings[place + 1 :]:
        if inner.at >= end:
            return
        inner.level += step


def _changed(outline: Outline, draft: _Draft) -> tuple[Excerpt, ...]:
    changed = []
    paths = write_paths(draft.openings, len(outline.excerpts))
    for index, (excerpt, path, lead) in enumerate(zip(outline.excerpts, paths, draft.leads, strict=True)):
        values = {"text": draft.texts[index]} if index in draft.texts else {}
        if (path, lead) != (outline.paths[index], outline.leads[index]):
            values["heading"] = join_path((*path, lead) if lead else path)
        if any(getattr(excerpt.passage, name) != value for name, value in values.items()):
            changed.append(replace(excerpt, passage=replace(excerpt.passage, **values)))  # type: ignore[arg-type]
    return tuple(changed)


def _first_of_report(excerpts: Sequence[Excerpt], heading: Heading) -> int | None:
    """Return the index of the first excerpt under a heading that is in the report's words; None without any."""
    under = range(heading.start, heading.end)
    return next((index for index in under if not excerpts[index].passage.own_words), None)


def _put_first(words: str, text: str, position: int) -> str:
    """Put words on a line above a text, unless they are there. Raises UserError where that gets too long."""
    first = text.partition("\n")[0].strip()
    # Of a heading too long for a place, the whole is in the text already.
    begin, _, end = words.rpartition("…")
    if first == words or (begin and first.startswith(begin) and first.endswith(end.strip())):
        return text
    whole = f"{words}\n{text}"
    if len(whole) > PASSAGE_CHARACTERS:
        raise UserError(NO_ROOM.format(position=position, length=len(whole), most=PASSAGE_CHARACTERS))
    return whole
