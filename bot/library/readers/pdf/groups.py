"""Put the lines of a PDF together that belong together: to a paragraph, an item or a heading, in a box or outside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.library.readers.pdf.furniture.margins import LARGER, SMALLER
from bot.library.readers.pdf.headings.looks import NUMBERED, SAME, Group, Style, is_in_capitals
from bot.library.readers.pdf.headings.outline import Outline
from bot.library.readers.pdf.page.spans import Element
from bot.library.readers.pdf.page.tables import Table
from bot.library.readers.pdf.starts import (
    CONJUNCTION,
    ENDS,
    LEADS_ON,
    STOPS,
    begins_heading,
    begins_item,
    begins_paragraph,
    is_continued,
    is_full,
    is_next_number,
    is_title_of,
    is_unfinished,
    runs_on,
)
from bot.library.readers.pdf.words.lines import BROKEN_HYPHEN, Line
from bot.library.readers.text import BULLET
from bot.library.sentences import CAPTION

_RUNS_ON = f".,-{BROKEN_HYPHEN}"
_CLOSE = 1.15
_FURTHEST = 1.7
_MOST_BETWEEN = 30
_MOST_PAGES = 3
LABEL_WORDS = 5
_TITLE = re.compile(r"[A-Z][^.:“”()\d]{5,100}")
"""A line that may be a title though it is as long as its column is wide: it has nothing that a title hardly has."""
_SOURCE = re.compile(r"Sources?: ?[A-Z]")
_AFTERWORD = re.compile(r"\[[^\[\]]{1,40}\][.;]?")
"""What belongs to the sentence before it, though a new line or page begins with it: "[2015, amended 2022]"."""


def group_elements(elements: Sequence[Element], style: Style, outline: Outline) -> list[Group | Table]:
    """Return groups and tables in order. What is within a paragraph, as a box or a figure is, comes after it."""
    groups: list[Group | Table] = []
    last: Group | None = None
    for element in elements:
        if isinstance(element, Table):
            groups.append(element)
            last = None
        elif (last and last.aside == element.aside and _goes_on(last, element, style, outline)) or (
            last := _parted_from(groups, element, style, outline)
        ):
            last.lines.append(element)
        else:
            last = Group([element])
            groups.append(last)
    return groups


def _parted_from(groups: Sequence[Group | Table], line: Line, style: Style, outline: Outline) -> Group | None:
    """Return the paragraph from which a line was parted by boxes, tables, or figures with their captions."""
    if line.aside:
        return None
    is_by_boxes, is_by_headings = True, False
    for group in groups[:-_MOST_BETWEEN:-1]:
        if isinstance(group, Table) or group.aside:
            continue
        last, pages = group.lines[-1], line.page - group.lines[-1].page
        if pages > _MOST_PAGES:
            return None
        first, is_caption = group.lines[0], CAPTION.match(group.lines[0].text)
        if (first.size, first.face) == (style.size, style.face) and not (group.is_bold or is_caption):
            # Past pages that are full of figures only a line that reaches as far as its column goes on.
            is_far = pages > 1 and (line.text[:1].isupper() or last.text.endswith(ENDS) or not is_full(last))
            if group is groups[-1] or is_far or not group.has_words(LABEL_WORDS + 1):
                return None
            if is_by_boxes and _goes_on(group, line, style, outline):
                return group
            goes_on = line.size == first.size and line.text[:1].islower() and is_unfinished(group, line, style)
            # Past what may be a heading only a broken word goes on, or a line that reaches as far as its column.
            is_broken = last.text.endswith(("-", BROKEN_HYPHEN))
            goes_on = goes_on and (not is_by_headings or is_broken or is_full(last))
            goes_on = goes_on and BULLET.match(line.text) is None
            return group if goes_on else None
        is_title = not is_caption and first.size > SMALLER * style.size and any(map(str.isalpha, first.text))
        is_by_headings = is_by_headings or (is_title and not first.italic)
        if is_by_headings and not line.text[:1].islower():
            return None
        is_by_boxes = False
    return None


def _goes_on(group: Group, line: Line, style: Style, outline: Outline) -> bool:
    """Say whether a line belongs to the paragraph, item or heading before it."""
    last = group.lines[-1]
    entry = outline.entry(line)
    if entry is not None or outline.entry(last) is not None:
        return entry == outline.entry(last)
    if outline.are_together(last, line) or _AFTERWORD.fullmatch(line.text):
        return True
    if _SOURCE.match(line.text):
        return False
    drop = last.bottom - line.bottom
    if line.noted or abs(line.size - last.size) > max(SAME * last.size, 0.5):
        return _is_display_going_on(group, line, drop, style)
    is_same_page = line.page == last.page and -last.size / 2 <= drop <= 4 * line.size
    if begins_item(group, line, style, is_same_page) or is_next_number(group, line):
        return False
    leading = style.leading * max(1.0, line.size / style.size)
    if _is_named_by(group, line, drop, leading, style):
        return True
    if _is_set_otherwise(group, line, drop, leading, style):
        return False
    if not is_same_page or (line.column != last.column and drop < 0):
        is_caption = CAPTION.match(group.lines[0].text) or CAPTION.match(line.text)
        is_other = line.face not in {each.face for each in group.lines}
        is_other = is_other and (line.text[0].isupper() or last.italic)
        return not is_caption and not is_other and is_unfinished(group, line, style)
    if group.is_bold or group.lines[0].size > 1.1 * style.size:
        return not begins_heading(group, line, drop, style)
    # Lines of one sentence may be further apart, as where a table or a sign made room for itself.
    is_sentence = runs_on(last.text, line) and abs(line.left - last.left) < 1 and is_full(last)
    is_sentence = is_sentence and group.has_words(LABEL_WORDS + 1)
    is_near = drop <= (_FURTHEST if is_sentence else 1.3) * leading
    return is_near and not begins_paragraph(group, line) and not is_title_of(group, line)


def _is_display_going_on(group: Group, line: Line, drop: float, style: Style) -> bool:
    """Say whether words set large run on in mid-sentence where their size changes."""
    last = group.lines[-1]
    is_near = line.page == last.page and 0 < drop <= 1.7 * max(line.size, last.size)
    are_large = min(line.size, last.size) > LARGER * style.size
    are_large = are_large and (group.has_words(4) or CONJUNCTION.match(line.text) is not None)
    is_figure = line.text[0] in "$£€0123456789" and not NUMBERED.match(line.text)
    return is_near and are_large and (is_continued(line) or last.text.endswith(",") or is_figure)


def _is_named_by(group: Group, line: Line, drop: float, leading: float, style: Style) -> bool:
    """Say whether a short bold line that ends with a colon names the text right below it."""
    last = group.lines[-1]
    is_name = last.bold and last.text.endswith(":") and not last.text.isupper()
    is_name = is_name and line.face in (last.face, style.face)
    return is_name and not line.starts_bold and line.text[0].isupper() and 0 < drop <= _CLOSE * leading


def _ends_heading(group: Group, line: Line, style: Style) -> bool:
    """Say whether a heading in capitals, or in a colour, ends before a line that is set in another way."""
    last = group.lines[-1]
    if not line.text[0].isupper() or is_continued(line) or LEADS_ON.search(last.text):
        return False
    if is_in_capitals(group.text) and any(map(str.islower, line.text)):
        return True
    is_set_out = group.is_bold or last.size > LARGER * style.size
    return is_set_out and line.colour != last.colour and last.text[-1] not in _RUNS_ON and not is_full(last)


def _is_set_otherwise(group: Group, line: Line, drop: float, leading: float, style: Style) -> bool:
    """Say whether a line is set in another way than the group, as what follows a heading is."""
    last = group.lines[-1]
    # A bold sentence with its paragraph right below it is no heading.
    leads_on = last.text.endswith((".", " -", "–")) and 0 < drop <= _CLOSE * leading
    if group.is_bold and not (line.starts_bold or leads_on):
        return True
    if line.bold and not (last.bold or group.is_bold) and (last.text.endswith(STOPS) or not group.has_words(3)):
        return True
    is_head = len(group.lines) == 1 and last.italic and not (line.italic or last.text.endswith(ENDS) or is_full(last))
    return is_head or _ends_heading(group, line, style) or _changes_style(group, line, style)


def _changes_style(group: Group, line: Line, style: Style) -> bool:
    """Say whether a line is the first in the running text's face, or the first in another, and no sentence runs on."""
    last = group.lines[-1]
    # Bold words may begin a paragraph.
    if line.face == last.face or style.face not in (line.face, last.face) or last.bold != last.starts_bold:
        return False
    if last.text.endswith("?"):
        return True  # a question that is a heading may be long
    if not line.text[:1].isupper() or last.text.endswith((*STOPS, ",")):
        return False
    is_title = len(group.lines) == 1 and not (group.is_item or LEADS_ON.search(last.text))
    return not is_full(last) or (
        is_title and last.face[:4] != line.face[:4] and _TITLE.fullmatch(last.text) is not None
    )
