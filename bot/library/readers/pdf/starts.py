"""Tell where an item, a heading or a paragraph begins among a PDF's lines, and where one is not finished."""

from __future__ import annotations

import re

from bot.library.readers.pdf.furniture.margins import LABELLED, LARGER
from bot.library.readers.pdf.headings.looks import NUMBERED, Group, Style
from bot.library.readers.pdf.headings.not_headings import DATE
from bot.library.readers.pdf.words.bullets import BULLETS
from bot.library.readers.pdf.words.lines import BROKEN_HYPHEN, ORDINAL, Line
from bot.library.readers.text import BULLET

ENDS = tuple('.!?:;”"’)]')
_FULL_ENDS = tuple(".!?:;")
STOPS = tuple('.!?:”"')
_RECENT = 20
_ORDINAL = re.compile(rf"{ORDINAL}\s")
_PARAGRAPH = re.compile(r"((?:\d{1,3}\.)+|[A-Z]\.)(\d{1,3})\.?\s")
_SHORTENED = re.compile(
    r"(?:\b(?:i\.e|e\.g|etc|al|cf|vs|viz|approx|nos?|paras?|pp?|figs?|ss?|arts?)|\.\.|(?://|www\b)\S{0,200})\.$",
    re.IGNORECASE,
)
"""A full stop that ends no sentence: of a word that is cut short, of an omission, or of an address that goes on."""
_INITIAL = re.compile(r"[I-Z]\.\s")
"""The first letter of a name, such as "S. Smith", where it is hardly that of an item."""
CONJUNCTION = re.compile(r"(?:AND|OR|OF|FOR|WITH)\s")
LEADS_ON = re.compile(
    rf"(?:\b(?:and|or|of|the|a|an|in|on|for|to|with|by|from|at|as|its|their|our|your)|[,–—:&{BROKEN_HYPHEN}-])$",
    re.IGNORECASE,
)


def begins_item(group: Group, line: Line, style: Style, is_same_page: bool) -> bool:
    """Say whether a line begins an item. "64. Most", "J. Smith" and "– both" do not if the line before runs on."""
    match = BULLET.match(line.text)
    if match is None:
        return False
    last = group.lines[-1]
    if last.size > LARGER * style.size and _INITIAL.match(line.text):
        return False
    if line.text[0] in BULLETS or last.text.endswith((*STOPS, ";")):
        return True
    if _follows(group.lines[0].text, line.text):
        return True
    if not is_same_page:
        return not is_unfinished(group, line, style) or not is_full(last)
    is_set_out = line.left < last.left - 0.8 * line.size or line.left > last.left + 0.8 * line.size
    return is_set_out or not is_full(last) or last.bottom - line.bottom > 1.3 * style.leading


def _follows(before: str, text: str) -> bool:
    """Say whether one item's number comes right after another's, or both have the same sign."""
    first, second = _ORDINAL.match(before), _ORDINAL.match(text)
    if first is None or second is None:
        return second is None and before[0] == text[0]
    if first[1].isdecimal() and second[1].isdecimal():
        return int(second[1]) == int(first[1]) + 1
    return len(first[1]) == len(second[1]) == 1 and ord(second[1]) == ord(first[1]) + 1


def is_next_number(group: Group, line: Line) -> bool:
    """Say whether a line begins with the number after that of the paragraph: "7.59." after "7.58."."""
    before, after = _PARAGRAPH.match(group.lines[0].text), _PARAGRAPH.match(line.text)
    if before is None or after is None:
        return False
    is_next = before[1] == after[1] and int(after[2]) == int(before[2]) + 1 and line.text[after.end() :][:1].isupper()
    return is_next or group.lines[-1].text.endswith(STOPS)


def begins_heading(group: Group, line: Line, drop: float, style: Style) -> bool:
    """Say whether a line set like the heading before it is a heading of its own."""
    last = group.lines[-1]
    if is_continued(line) and drop <= 2 * line.size:
        return False
    if drop > max(1.55, 1.08 * style.leading / style.size) * line.size + 1:
        return True
    if LEADS_ON.search(last.text):
        return False
    day = DATE.match(line.text)
    is_within = day is not None and day.end() < len(line.text)
    return bool((NUMBERED.match(line.text) and not is_within) or LABELLED.match(line.text))


def begins_paragraph(group: Group, line: Line) -> bool:
    """Say whether a line with no more space above it is indented after a sentence, or follows a short line."""
    last = group.lines[-1]
    first = group.lines[0]
    is_beside = first.page == line.page and first.left < line.right and line.left < first.right
    is_behind = group.is_item and is_beside and _begins_large(line)
    is_back = is_behind and line.left < max(group.lines[0].left, last.left) - 0.5 * line.size
    # What begins where the mark does is no item's next line, unless that before had no room for a word more.
    is_at_mark = is_behind and line.left < group.lines[0].left + 1
    is_back = is_back or (is_at_mark and not is_full(last) and not LEADS_ON.search(last.text))
    # The lines of a paragraph whose number is indented may begin with a name.
    is_next = len(group.lines) == 1 or abs(line.left - last.left) < 0.5 * line.size
    is_within = is_next and _ORDINAL.match(group.lines[0].text) and is_full(last) and not last.text.endswith(STOPS)
    if is_back and not is_within:
        return True
    if not last.text.endswith(STOPS) or runs_on(last.text, line):
        return False
    is_indented = not group.is_item and line.left > min(each.left for each in group.lines[-2:]) + 0.8 * line.size
    recent = group.lines[-_RECENT:]
    left, right = min(each.left for each in recent), max(each.right for each in recent)
    is_short = last.right < left + 0.6 * (right - left)
    return is_indented or is_at_mark or is_short


def is_title_of(group: Group, line: Line) -> bool:
    """Say whether a short line that ends without a stop is above a paragraph, right below which it continues."""
    last = group.lines[-1]
    left, right = last.column
    is_short = len(group.lines) == 1 and last.right - left < 0.5 * (right - left) and right - left > 15 * last.size
    return is_short and line.text[:1].isupper() and is_full(line) and not LEADS_ON.search(last.text)


def is_continued(line: Line) -> bool:
    """Say whether a line cannot be the first of a heading."""
    return line.text[0].islower() or CONJUNCTION.match(line.text) is not None


def is_full(line: Line) -> bool:
    """Say whether a line reaches about as far as its column: the text runs on."""
    left, right = line.column
    return right - line.right <= 0.22 * (right - left)


def runs_on(text: str, line: Line) -> bool:
    """Say whether a line goes on in small letters after what is no whole sentence."""
    return begins_small(line) and (not text.endswith(_FULL_ENDS) or _SHORTENED.search(text) is not None)


def is_unfinished(group: Group, line: Line, style: Style) -> bool:
    """Say whether a paragraph continues in the next column or on the next page."""
    text = group.lines[-1].text.rstrip()
    if not group.has_words(4):
        return False
    if (group.is_bold and group.lines[0].size >= style.size) or group.lines[0].size > LARGER * style.size:
        return line.text[:1].islower() or LEADS_ON.search(text) is not None
    if begins_small(line):
        return runs_on(text, line) or (text.endswith(";") and is_full(group.lines[-1]))
    indent = max(_indent(group.lines[0]), _indent(group.lines[-1]))
    is_back = group.is_item and line.text[:1].isupper() and _indent(line) < indent - 0.5 * line.size
    if is_back and not LEADS_ON.search(text):
        return False
    if text.endswith(",") and _indent(line) > _indent(group.lines[-1]) + 0.8 * line.size:
        return False  # a clause of a resolution, each of which ends with a comma
    if group.is_item and not (is_full(group.lines[-1]) or LEADS_ON.search(text)):
        return False
    last = group.lines[-1]
    is_long = line.right - line.left > 0.5 * (last.right - last.left)
    may_be_heading = line.bold and not (LEADS_ON.search(text) and (last.bold or is_long))
    return not text.endswith(ENDS) and not may_be_heading


def begins_small(line: Line) -> bool:
    """Say whether a line begins in small letters, in brackets or outside."""
    return line.text.lstrip("([")[:1].islower()


def _indent(line: Line) -> float:
    return line.left - line.column[0]


def _begins_large(line: Line) -> bool:
    """Say whether a line begins with a capital, or with a paragraph's number and one."""
    return line.text[:1].isupper() or NUMBERED.match(line.text) is not None
