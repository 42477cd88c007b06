"""The words that lead to a list, a quotation or a table, such as "The board should:", and which of them lead where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from bot.library.blocks import LEFT_OUT, Block
from bot.library.sentences import CAPTION
from bot.library.split import count_words, split_sentences

MOST_LEAD_WORDS = 40
_LEADS_ON = re.compile(r"[:—–][\s\"”’*_)]*\Z")
_MARKER = re.compile(
    r"\s*(?:(?P<sign>[-–—•☐☑✓*])|(?P<open>\(?)(?P<label>\d{1,3}|[a-z]|[ivxl]{1,5})(?P<close>[.)]))\s", re.I
)
_FIRST_LETTERS = re.compile(r"[^\W\d_]{1,2}")
_ROMAN = re.compile(r"[ivxl]+")
_LIST_WITHIN = re.compile(rf"(?:\S+\s+){{0,{MOST_LEAD_WORDS - 1}}}?\S*[:—–]\s+\((?:1|a|i)\)\s")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A lead-in, the index of its block, and whether it is only the last sentence of that."""

    text: str
    index: int
    is_part: bool = False


class _Look(NamedTuple):
    """How an item is marked, and whether it begins with a capital letter; None where a name such as NHS hides that."""

    mark: str
    is_capital: bool | None


@dataclass(frozen=True, slots=True)
class _Level:
    """A list: what leads to it, how its items look, and how the item looks that leads to it, if one does."""

    lead: LeadIn
    look: _Look
    outer: _Look | None = None

    @property
    def has_end(self) -> bool:
        """Say whether its items look otherwise than those around it, so that its end is seen."""
        if self.outer is None or self.outer.mark != self.look.mark:
            return True
        return {self.outer.is_capital, self.look.is_capital} == {True, False}


def leads_on(text: str) -> bool:
    """Say whether a text ends with a sign that leads to what follows: a colon or a dash."""
    return _LEADS_ON.search(text[-40:]) is not None


def read_lead_in(text: str) -> str:
    """Return the last sentence of a text if it leads to what follows and is short, else nothing."""
    if not leads_on(text) or CAPTION.match(text):
        return ""
    last = split_sentences(text)[-1].strip()
    return last if count_words(last) <= MOST_LEAD_WORDS else ""


def find_lead_ins(blocks: Sequence[Block]) -> list[tuple[LeadIn, ...]]:
    """Return what leads to each block, the outermost first; nothing for what is no item, or in no such list.

    Nor is anything told of an item that may be in a list within that one, since it looks like all others: from one
    that leads to items like itself up to the next that leads on, or one that begins small where the others do not.
    """
    levels: list[_Level] = []
    leads: list[tuple[LeadIn, ...]] = []
    for index, block in enumerate(blocks):
        look = _look(blocks, index)
        before = blocks[index - 1] if index else None
        if block.kind != "item" or before is None:
            levels = []
        elif text := _read_lead(blocks, index - 1):
            outer = _look(blocks, index - 1) if before.kind == "item" else None
            levels.append(_Level(LeadIn(text, index - 1, text != before.text), look, outer))
        else:
            levels = _levels_of(levels, look, leads_on(block.text))
        leads.append(tuple(level.lead for level in levels) if _is_sure(levels, look) else ())
    return leads


def is_list_within(text: str) -> bool:
    """Say whether a text is a list in one sentence, such as "They should: (1) ask; (2) listen"."""
    return _LIST_WITHIN.match(text) is not None


def keep_short(leads: Sequence[LeadIn]) -> Sequence[LeadIn]:
    """Return as many lead-ins as are no longer together than one may be; the outer ones go first."""
    while sum(count_words(lead.text) for lead in leads) > MOST_LEAD_WORDS:
        leads = leads[1:]
    return leads


def repeat_lead_ins(leads: Sequence[LeadIn]) -> str:
    """Return lead-ins as lines above a later item, with LEFT_OUT where words of the report are not repeated."""
    text = ""
    for lead, inner in zip_longest(leads, leads[1:]):
        is_next = inner is not None and inner.index == lead.index + 1 and not inner.is_part
        text += f"{lead.text}\n" if is_next else f"{lead.text}\n{LEFT_OUT}\n"
    return text


def drop_repeated(text: str) -> str:
    """Return the text of an excerpt without the lead-in that another one has already."""
    return text.rsplit(f"\n{LEFT_OUT}\n", 1)[-1]


def _read_lead(blocks: Sequence[Block], index: int) -> str:
    """Return the words with which a block leads to the item after it; no heading leads, and no row to a row."""
    block = blocks[index]
    is_row = block.kind == "item" and not _mark(blocks, index) and not _mark(blocks, index + 1)
    return "" if block.level or is_row else read_lead_in(block.text)


def _levels_of(levels: Sequence[_Level], look: _Look, is_lead: bool) -> list[_Level]:
    """Return the lists that an item with a look is in, of those that the item before it was in."""
    within = list(levels)
    while within:
        inner = within[-1]
        is_back = inner.outer == look and (inner.has_end or is_lead)
        if inner.look.mark == look.mark and not is_back:
            break
        within.pop()
    return within


def _is_sure(levels: Sequence[_Level], look: _Look) -> bool:
    """Say whether an item with a look is in these lists, and in no other within them."""
    is_inner = bool(levels) and levels[-1].look.is_capital is True and look.is_capital is False
    return not is_inner and all(level.has_end for level in levels)


def _look(blocks: Sequence[Block], index: int) -> _Look:
    word = _FIRST_LETTERS.search(_MARKER.sub("", blocks[index].text, count=1))
    is_clear = word is not None and not word[0][1:].isupper()
    return _Look(_mark(blocks, index), word[0][0].isupper() if word and is_clear else None)


def _mark(blocks: Sequence[Block], index: int) -> str:
    """Return how an item is marked: "-" for any sign, "(a)", "(i)" or "1." for their like, nothing without a mark."""
    match = _MARKER.match(blocks[index].text)
    if match is None:
        return ""
    if match["sign"]:
        return "-"
    label = match["label"].lower()
    kind = "1" if label.isdigit() else "i" if _ROMAN.fullmatch(label) and not _follows_letter(blocks, index) else "a"
    return f"{match['open']}{kind}{match['close']}"


def _follows_letter(blocks: Sequence[Block], index: int) -> bool:
    """Say whether the item at an index is such as "(i)" after "(h)"."""
    label, before = _MARKER.match(blocks[index].text), _MARKER.match(blocks[index - 1].text) if index else None
    if label is None or before is None or not before["label"] or leads_on(blocks[index - 1].text):
        return False
    return len(before["label"]) == len(label["label"]) == 1 and ord(label["label"]) == ord(before["label"]) + 1
