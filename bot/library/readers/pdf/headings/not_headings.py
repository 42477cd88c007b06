"""Tell what is no heading of a PDF, however it is set: by its words, and by what is right above and below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.library.readers.pdf.headings.looks import Group, numbering_depth
from bot.library.sentences import CAPTION, CREDIT

WEAK_HEADING_WORDS = 10
_FEWEST_LISTED = 3
FEWEST_LEADING = 4
"""The words with which a sentence leads to a list; fewer, such as "Actions for staff:", may be a heading."""
_CLOSE = 1.4
"""The space, in sizes of type, in which lines are right below each other."""
_AMOUNT = re.compile(
    r"[£$€]?\d[\d.,]*\s?(?:%|[kKmM]?\b\s?[kMGT]?Wh\b|[kKmM]\b|million\b|billion\b|per cent\b)"
    r"|(?:top|over|nearly)\s\d[\d.,]*$|(?:\d{3}|\d{1,3},\d{3})\s\w+$|(?:million|billion)\s\w+$",
    re.IGNORECASE,
)
"""What stands large beside a picture, such as "8.1 million"."""
_WORD = re.compile(r"[^\W\d_]{3}")
_ADDRESS = re.compile(r"\S@\S|https?:|www\.", re.IGNORECASE)
DATE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s)?"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?:\s\d{1,2}(?:st|nd|rd|th)?)?,?\s\d{4}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r".{8}(?:[a-z)]{2}|\d{2})\.\s?[A-Z]")
_SIGN_INSIDE = re.compile(r"\S\s•\s")
_QUOTATION = re.compile(r"[“\"‘'].*[”\"’']{1,2}[.,]?")
_QUOTED = re.compile(r"[“\"‘'].*|.*[”\"’](?:\s\(.*\))?")


def has_name(group: Group) -> bool:
    """Say whether a group has a word, and is no note, caption, address, date, amount, or more than one sentence."""
    text = group.text.strip()
    if group.lines[0].noted or _WORD.search(text) is None or CAPTION.match(text) or CREDIT.search(text):
        return False
    if len(text.split()) > WEAK_HEADING_WORDS and _SENTENCE_END.search(text):
        return False
    return not (_AMOUNT.match(text) or _ADDRESS.search(text) or _SIGN_INSIDE.search(text) or DATE.fullmatch(text))


def is_quoted(text: str) -> bool:
    """Say whether several words are somebody's, as quotation marks tell."""
    return _QUOTED.fullmatch(text) is not None and len(text.split()) > 4


def above(groups: Sequence[Group], at: int) -> Group | None:
    """Return the group before one, if it is in the same box or in none as well."""
    return groups[at - 1] if at and groups[at - 1].aside == groups[at].aside else None


def following(groups: Sequence[Group], at: int) -> Group | None:
    """Return the group after one, if it is in the same box or in none as well."""
    return groups[at + 1] if at + 1 < len(groups) and groups[at + 1].aside == groups[at].aside else None


def is_no_heading(group: Group, above: Group | None, below: Group | None) -> bool:
    """Say whether a group belongs to what is right above it, or right below it."""
    if above is not None and (_names_speaker(group, above) or _is_led_to(group, above)):
        return True
    return below is not None and _leads_to_list(group, below)


def is_right_below(group: Group, below: Group) -> bool:
    """Say whether a group is on the lines right below another."""
    last, first = group.lines[-1], below.lines[0]
    return last.page == first.page and 0 < last.bottom - first.bottom <= _CLOSE * last.size


def _names_speaker(group: Group, above: Group) -> bool:
    """Say whether a line is no further below a quotation than the quotation's own lines are from each other."""
    last, first = above.lines[-1], group.lines[0]
    gap = above.lines[-2].bottom - last.bottom if len(above.lines) > 1 else _CLOSE * last.size
    is_near = last.page == first.page and 0 < last.bottom - first.bottom <= 1.1 * gap
    return len(group.lines) == 1 and is_near and _QUOTATION.fullmatch(above.text) is not None


def _is_led_to(group: Group, above: Group) -> bool:
    """Say whether the text above leads to several lines with a colon, as it does to a list."""
    is_text = above.text.endswith(":") and not above.is_bold and above.lines[-1].page == group.lines[0].page
    return is_text and len(group.lines) >= _FEWEST_LISTED


def _leads_to_list(group: Group, below: Group) -> bool:
    """Say whether several words that end with a colon are before a list: they are its first line."""
    is_name = group.text.isupper() or numbering_depth(group.text) or not group.has_words(FEWEST_LEADING)
    return group.text.endswith(":") and not is_name and below.is_item and not below.is_bold
