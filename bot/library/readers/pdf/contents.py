"""Take out a report's list of contents, which is no text to discuss and whose lines look like headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.library.readers.pdf.lines import Line, rows_of_lines
from bot.library.readers.pdf.margins import plain
from bot.library.readers.pdf.outline import Entry

_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|(?:·\s?){4,}|_{4,}")
_ENDS_WITH_PAGE = re.compile(r"\S.*?\s(?:\d{1,3}|[ivxl]{1,6})")
_STARTS_WITH_PAGE = re.compile(r"\d{1,3}\s+[^\W\d_].*")
_CONTENTS = re.compile(
    r"(?:table of )?contents?(?: page)?(?: list)?|in this (?:report|document|section)|list of (?:figures|tables|boxes|"
    r"acronyms and tables)|(?:figures|tables|boxes)(?: and (?:figures|tables|boxes))?",
    re.IGNORECASE,
)
_TABLE_OF = re.compile(r"table of", re.IGNORECASE)
_LARGER = 1.3
_WRAPPED = 3
"""The most lines without a page number that an entry takes before the line that has it."""
_FEWEST = 3

Row = list[Line]


def drop_contents(pages: Sequence[Sequence[Line]], outline: Sequence[Entry] = ()) -> list[list[Line]]:
    """Return the pages' lines without lists of contents. ``outline`` has the headings that the file itself tells."""
    known = {(plain(entry.title), entry.page) for entry in outline if len(entry.title) > 3}
    rows = [row for lines in pages for row in rows_of_lines(lines)]
    last_page = max(3, len(pages) // 3) + 1
    gone: set[int] = set()
    at = 0
    while at < len(rows):
        end = _end_of_list(rows, at, known, rows[at][0].page <= last_page)
        if end > at:
            gone.update(id(line) for row in rows[at:end] for line in row)
            at = end
        else:
            at += 1
    return [[line for line in lines if id(line) not in gone] for lines in pages]


def _end_of_list(rows: Sequence[Row], start: int, known: Collection[tuple[str, int]], is_early: bool) -> int:
    """Return where the list ends that begins with this row; ``start`` where none does.

    Only early in a report are dotted lines a list of contents by themselves: later they are those of a form.
    """
    is_headed = bool(_CONTENTS.fullmatch(_text(rows[start]).strip(" :.")))
    if _TABLE_OF.fullmatch(_text(rows[start])) and start + 1 < len(rows):
        end = _end_of_list(rows, start + 1, known, is_early)
        return end if end > start + 1 else start
    if not is_headed and not (is_early and _LEADERS.search(_text(rows[start]))):
        return start
    entries, end, at = 0, start, start + is_headed
    names = {name for name, _ in known}
    while at < len(rows) and at - end <= _WRAPPED + (entries == 0):
        name = plain(_text(rows[at]))
        if (name, rows[at][0].page) in known and at > start:
            break  # the heading itself, to which the list leads
        if is_headed and rows[at][0].size > _LARGER * rows[start][0].size:
            break  # as above, where no bookmark tells it
        if _is_entry(_text(rows[at]), is_headed) or (is_headed and name in names):
            entries += 1
            end = at + 1
        elif is_headed and entries and _CONTENTS.fullmatch(_text(rows[at]).strip(" :.")):
            end = at + 1
        at += 1
    while end < len(rows) and entries and _text(rows[end])[0].islower():
        end += 1  # the last entry's second line
    return end if entries >= _FEWEST else start


def _is_entry(text: str, is_headed: bool) -> bool:
    if _LEADERS.search(text):
        return True
    if not is_headed or text.endswith("."):
        return False
    ends = _ENDS_WITH_PAGE.fullmatch(text) is not None
    return ends or (_STARTS_WITH_PAGE.fullmatch(text) is not None and len(text.split()) < 16)


def _text(row: Row) -> str:
    return " ".join(line.text for line in row)
