"""What is better not parted: a paragraph, or a list with the words that lead to it; and where a long one is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.library.blocks import FEWEST_WORDS, MOST_WORDS, PASSAGE_CHARACTERS, Block
from bot.library.lead_ins import find_lead_ins, is_list_within, keep_short, leads_on, read_lead_in, repeat_lead_ins
from bot.library.split import IMPOSSIBLE, count_words, cut_passage, divide_at_least_cost

# A paragraph that is only a little too long is better left whole.
MOST_WORDS_WHOLE = MOST_WORDS * 6 // 5
# The items of a list say little without the sentence that leads to them.
MOST_WORDS_LISTED = MOST_WORDS * 3 // 2
_GOES_ON = (":", ",", ";")
_NUMBER = re.compile(r"\s*(?:[A-Z]\w+ )?\(?(\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxl]{1,5})[.):]+\s", re.IGNORECASE)
_FIRST_NUMBERS = frozenset({"1", "a", "i"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a list, or as much of one as fits an excerpt."""

    text: str
    page_from: int | None
    page_to: int | None
    lead: str = ""
    """The lines that say again what leads to it, where that is in the excerpt before."""
    lead_page: int | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, or a part of one, with what is between it and the piece before."""

    text: str
    joint: str
    block: Block
    lead: str = ""
    lead_page: int | None = None


def make_units(section: Sequence[Block]) -> Iterator[Unit]:
    """Return what is better not parted of the blocks of a section, each no longer than an excerpt."""
    for unit in _groups(section):
        yield from _small_enough(unit)


def _groups(section: Sequence[Block]) -> Iterator[list[Block]]:
    """Return the paragraphs, each with the list that follows it, and numbered items with the paragraph under each."""
    unit: list[Block] = []
    for block in section:
        if unit and not _belongs_to(unit, block):
            yield unit
            unit = []
        unit.append(block)
    if unit:
        yield unit


def _belongs_to(unit: Sequence[Block], block: Block) -> bool:
    last = unit[-1]
    if last.level:
        return True  # what was a heading stays with what follows it
    if block.kind == "item":
        if _is_next_paragraph(unit, block):
            return False
        # A number that goes on over a paragraph belongs to the number before it, not to that paragraph.
        goes_on = (match := _NUMBER.match(block.text)) is not None and match[1].lower() not in _FIRST_NUMBERS
        return last.kind == "item" or not goes_on or last.text.endswith(_GOES_ON)
    if last.kind == "paragraph":
        return leads_on(last.text)
    stands_alone = len(unit) < 2 or unit[-2].kind != "item"
    return stands_alone and _NUMBER.match(last.text) is not None


def _is_next_paragraph(unit: Sequence[Block], block: Block) -> bool:
    """Say whether a number begins the paragraph after a list, or after a long paragraph with a number of its own."""
    number = _NUMBER.match(block.text)
    if number is None or not number[1][0].isdigit() or number[1] in _FIRST_NUMBERS or unit[-1].kind != "item":
        return False
    is_list = unit[-1].text.startswith("- ")
    return is_list or (unit[0].kind == "item" and count_words(unit[-1].text) >= FEWEST_WORDS)


def _small_enough(unit: Sequence[Block]) -> Iterator[Unit]:
    """Cut a unit that is too long: a list between its items, a paragraph between sentences."""
    pieces = _pieces(unit)
    is_list = any(block.kind == "item" for block in unit[1:]) or is_list_within(unit[0].text)
    is_led = is_list and (unit[0].kind != "item" or leads_on(unit[0].text))
    if _fits(_text(pieces), MOST_WORDS_LISTED if is_led else MOST_WORDS_WHOLE):
        yield _join(pieces)
    elif len(pieces) == 1:
        yield from (_join([part]) for part in _part(pieces[0], _cut(pieces[0].text)))
    else:
        yield from map(_join, divide_at_least_cost(_cut_pieces(pieces), _cost))


def _fits(text: str, most: int) -> bool:
    return len(text) <= PASSAGE_CHARACTERS and count_words(text) <= most


def _pieces(unit: Sequence[Block]) -> list[_Piece]:
    """Return the blocks of a unit, each with what leads to it."""
    pieces = []
    for index, (block, leads) in enumerate(zip(unit, find_lead_ins(unit), strict=True)):
        above = unit[index - 1] if index else block
        joint = "\n\n" if block.kind == above.kind == "paragraph" and not above.level else "\n"
        # Nothing is left out between an item and the words right before it.
        kept = keep_short(leads) if leads and leads[-1].index < index - 1 else ()
        page = unit[kept[0].index].page_to if kept else None
        pieces.append(_Piece(block.text, joint, block, repeat_lead_ins(kept), page))
    return pieces


def _cut_pieces(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Part what is too long, also together with what leads to it, and a lead-in from the sentences before it."""
    cut: list[_Piece] = []
    for piece in pieces:
        lead_in = read_lead_in(piece.text) if piece is not pieces[-1] else ""
        before = piece.text.removesuffix(lead_in).rstrip()
        if lead_in and count_words(before) >= FEWEST_WORDS:
            texts = [*_cut(before), lead_in]
        elif cut and read_lead_in(cut[-1].text) and not _fits(cut[-1].text + piece.text, MOST_WORDS_WHOLE):
            texts = cut_passage(piece.text)
        else:
            texts = _cut(piece.text)
        cut += _part(piece, texts)
    return cut


def _part(piece: _Piece, texts: Sequence[str]) -> list[_Piece]:
    """Return the parts of a piece that have these texts; nothing leads to the later ones."""
    parts: list[_Piece] = []
    end = 0
    for text in texts:
        start = piece.text.index(text, end)
        parts.append(_Piece(text, piece.text[end:start], piece.block) if parts else replace(piece, text=text))
        end = start + len(text)
    return parts


def _cut(text: str) -> list[str]:
    return [text] if _fits(text, MOST_WORDS_WHOLE) else cut_passage(text)


def _cost(run: Sequence[_Piece]) -> float:
    """Say how far a run of a unit's pieces is from a good excerpt."""
    text = _text(run)
    is_pair = len(run) == 2 and read_lead_in(run[0].text) != ""
    if len(run) > 1 and not _fits(text, MOST_WORDS_WHOLE if is_pair else MOST_WORDS):
        return IMPOSSIBLE + len(text)
    ends_open = 300.0 if leads_on(text) else 0.0
    # Better before the words that lead to a list within the list than behind its first items.
    begins_list = 60.0 if len(run) > 1 and leads_on(run[0].text) else 0.0
    return ends_open + 200.0 - begins_list + abs(count_words(text) - 100)


def _text(run: Sequence[_Piece]) -> str:
    return run[0].text + "".join(piece.joint + piece.text for piece in run[1:])


def _join(run: Sequence[_Piece]) -> Unit:
    text, first = _text(run), run[0]
    pages = [page for piece in run for page in (piece.block.page_from, piece.block.page_to) if page is not None]
    lead = first.lead if _fits(first.lead + text, MOST_WORDS_WHOLE) else ""
    return Unit(text, min(pages, default=None), max(pages, default=None), lead, first.lead_page if lead else None)
