"""Take out a report's list of contents, which is no text to discuss and whose lines look like headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from bot.library.readers.pdf.furniture.margins import body_size, is_set_like_heading, plain
from bot.library.readers.pdf.headings.outline import Entry
from bot.library.readers.pdf.words.lines import Line, rows_of_lines

_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|(?:·\s?){4,}|_{4,}|\ufffd{4,}")
_LED = re.compile(rf"(?:{_LEADERS.pattern})\s?(\d{{1,3}})$")
_ENDS_WITH_PAGE = re.compile(r"\S.*?\s(?:(?:p\.\s?)?\d{1,3}|[ivxl]{1,6})")
_CONTENTS = re.compile(
    r"(?:table of )?contents?(?: page)?(?: list)?|in this (?:report|document|section)|list of (?:figures|tables|boxes|"
    r"acronyms and tables)|(?:figures|tables|boxes)(?: and (?:figures|tables|boxes))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}")
_WRAPPED = 3
"""The most lines without a page number that an entry takes before the line that has it."""
_FEWEST = 3
_MOST_WORDS = 8
_NAME_WORDS = 3
_LED_WITHIN = 60

Row = list[Line]


def drop_contents(
    pages: Sequence[Sequence[Line]], whole: Sequence[Sequence[Line]], outline: Sequence[Entry] = ()
) -> list[list[Line]]:
    """Return the pages' lines without lists of contents.

    ``whole`` has the numbers at the feet of pages as well, since those of a list's last entries may be taken for such.
    ``outline`` has the headings that the file itself tells.
    """
    known = {(plain(entry.title), entry.page) for entry in outline if len(entry.title) > 3}
    rows = [row for lines, on_page in zip(pages, whole, strict=True) for row in _rows(lines, on_page)]
    body = body_size(line for lines in pages for line in lines)
    names = {name for name, _ in known} | {
        plain(line.text) for lines in pages for line in lines if is_set_like_heading(line, body)
    }
    gone: set[int] = set()
    at = 0
    while at < len(rows):
        end = _end_of_list(rows, at, known, names, body)
        if end > at:
            gone.update(id(line) for row in rows[at:end] for line in row)
            at = end
        else:
            at += 1
    return [[line for line in lines if id(line) not in gone] for lines in pages]


def _rows(lines: Sequence[Line], whole: Sequence[Line]) -> Iterator[Row]:
    """Return the rows of a page's lines, each with the number beside it though that may be a page's own."""
    known = set(map(id, lines))
    for row in rows_of_lines(whole):
        if any(id(line) in known for line in row):
            yield [line for line in row if id(line) in known or _NUMBER.fullmatch(line.text)]


def _end_of_list(
    rows: Sequence[Row], start: int, known: Collection[tuple[str, int]], names: Collection[str], body: float
) -> int:
    """Return where the list ends that has this row as its heading; ``start`` where it has none."""
    heads = [" ".join(map(_text, rows[start : start + count])).strip(" :.") for count in (1, 2)]
    found = next((count for count, head in enumerate(heads, start=1) if _CONTENTS.fullmatch(head)), None)
    if found is None:
        found = int(_is_name(rows[start]))
        if not _are_led(rows[start + found : start + found + _FEWEST]):
            return start
    entries, end, at = 0, start, start + found
    drawn = _end_of_drawn(rows, at)
    while at < len(rows) and at - end <= _WRAPPED:
        name = plain(_text(rows[at]))
        if (name, rows[at][0].page) in known and _led_to(rows[at]) is None:
            break  # the heading itself, to which the list leads
        is_named = name in names and not is_set_like_heading(rows[at][0], body)
        if is_named or _is_entry(_text(rows[at])) or any(_NUMBER.fullmatch(line.text) for line in rows[at][1:]):
            entries += 1
            end = at + 1
        at += 1
    return max(drawn, _end_of_page(rows, end) if entries >= _FEWEST else start)


def _led_to(row: Row) -> int | None:
    """Return the number to which a row's dots lead."""
    end = _LED.search(_text(row)[-_LED_WITHIN:])
    return int(end[1]) if end else None


def _are_led(rows: Sequence[Row]) -> bool:
    """Say whether dots lead to numbers that rise, as those of pages do: a list of contents in any language."""
    numbers = [number for row in rows if (number := _led_to(row)) is not None]
    return len(numbers) == _FEWEST and numbers == sorted(numbers) and numbers[0] < numbers[-1]


def _is_name(row: Row) -> bool:
    return len(row) == 1 and len(row[0].text.split()) <= _NAME_WORDS and row[0].text[-1].isalpha()


def _end_of_drawn(rows: Sequence[Row], at: int) -> int:
    """Return the end of the page if all of it is a drawing with the numbers of pages, and no sentence; 0 if not."""
    rest = list(takewhile(lambda row: row[0].page == rows[at - 1][0].page, rows[at:]))
    numbers = sum(_NUMBER.fullmatch(line.text) is not None for row in rest for line in row)
    are_words = all(line.text[-1] not in ".;" and len(line.text.split()) <= _MOST_WORDS for row in rest for line in row)
    return at + len(rest) if numbers >= _FEWEST and are_words else 0


def _end_of_page(rows: Sequence[Row], end: int) -> int:
    """Return the end of a list with the last entry on its page, whose number may be lost, if nothing else follows."""
    page = rows[end - 1][0].page
    rest = list(takewhile(lambda row: row[0].page == page, rows[end:]))
    is_entry = len(rest) <= _WRAPPED and not any(_text(row).endswith(".") for row in rest)
    return end + len(rest) if is_entry else end


def _is_entry(text: str) -> bool:
    return bool(_LEADERS.search(text) or _ENDS_WITH_PAGE.fullmatch(text))


def _text(row: Row) -> str:
    return " ".join(line.text for line in row)
