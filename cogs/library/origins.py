"""Where an excerpt was opened, kept in the custom_ids of its card, and the buttons that lead back there."""

from __future__ import annotations

import re

from bot.models.library import Excerpt, Source
from cogs.ui.parts import Button, button

CHAPTER, CHOSEN, MARKED = "c", "t", "m"
"""Its chapter, the twelve, or the marked."""
SERIES = "s{}"
"""A series, by its id."""
_SERIES = re.compile(r"s([0-9]{1,15})")
FOUND = "f{source}.{page}.{words}"
"""A page of what a search found; the source is 0 for a search over all reports."""
_FOUND = re.compile(r"f([0-9]{1,15})\.([0-9]{1,5})\.(.+)")
HERE = "here"
"""In the place of a page's number: the page of a chapter that the excerpt is on."""
BACK_TO_MARKED = "Back to what’s marked"
BACK_TO_SERIES = "Back to the series"
BACK_TO_SEARCH = "Back to the search"


def read_origin(value: str) -> str:
    """Return where an excerpt was opened; its chapter, if a press names nothing that there is."""
    is_known = value in (CHAPTER, CHOSEN, MARKED) or _SERIES.fullmatch(value) or _FOUND.fullmatch(value)
    return value if is_known else CHAPTER


def make_way_back(excerpt: Excerpt, origin: str) -> Button:
    """Make the button that leads back to where an excerpt was opened."""
    if origin == CHOSEN:
        return button("Back to the twelve", "library-worth", excerpt.source_id)
    if origin == MARKED:
        return button(BACK_TO_MARKED, "library-marks", 0)
    if series := _SERIES.fullmatch(origin):
        return button(BACK_TO_SERIES, "series-show", series[1])
    if found := _FOUND.fullmatch(origin):
        return button(BACK_TO_SEARCH, "library-found", *found.groups())
    return chapter_button(excerpt)


def chapter_button(excerpt: Excerpt) -> Button:
    """Make the button that leads to the page of its chapter on which an excerpt is, or was before it was removed."""
    return button("Its chapter", "library-chapter", excerpt.source_id, excerpt.position, HERE, 0)


def contents_button(source: Source, position: int) -> Button:
    """Make the button that leads to the page of a report's contents on which an excerpt's chapter is."""
    return button("Contents", "library-contents", source.id, 0, position)
