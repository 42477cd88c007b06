"""Make excerpts of blocks: whole paragraphs or runs of them, lists with their lead-in, headings as the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.library.blocks import (
    COVER,
    FEWEST_WORDS,
    HEADING_CHARACTERS,
    LONGEST_HEADING,
    MOST_WORDS,
    PASSAGE_CHARACTERS,
    Block,
)
from bot.library.paths import join_path
from bot.library.split import (
    IMPOSSIBLE,
    count_words,
    cut_passage,
    divide_at_least_cost,
    fits_one_excerpt,
    split_sentences,
)
from bot.models.library import Passage
from bot.text.words import shorten

# A paragraph that is only a little too long is better left whole.
MOST_WORDS_WHOLE = MOST_WORDS * 6 // 5
# The items of a list say little without the sentence that leads to them.
MOST_WORDS_LISTED = MOST_WORDS * 3 // 2
# So short a paragraph rather belongs to what follows.
LEAD_WORDS = 15
_OPEN_ENDS = (":", ",", ";")
_NUMBER = re.compile(r"\s*(?:[A-Z]\w+ )?\(?(\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxl]{1,5})[.):]+\s", re.IGNORECASE)
_FIRST_NUMBERS = frozenset({"1", "a", "i"})


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is better not parted: a paragraph, or a list with the sentence that leads to it."""

    text: str
    page_from: int | None
    page_to: int | None
    lead: str = ""
    """The sentence that leads to it, where that is in the passage before: a list was too long for one."""


def make_excerpts(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Return the blocks' text as passages in order, of about 40 to 150 words and at most 1,800 characters.

    A list with the sentence that leads to it may have 225 words. The passages' texts joined are the text of the
    blocks, without the headings that became places; a heading with nothing under it is kept as text. What is in a
    box, a table or a figure is in passages of its own. The end of a list that is longer than that has the sentence
    that leads to it as its place.
    """
    passages: list[Passage] = []
    for path, section in _sections([block for block in blocks if block.aside != COVER]):
        units = [part for unit in _units(section) for part in _small_enough(unit)]
        for run in divide_at_least_cost(units, _cost):
            lead = run[0].lead if all(unit.lead for unit in run) else ""
            passages.append(_passage(run, join_path((*path, lead) if lead else path)))
    return tuple(passages)


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Return the runs of blocks below the same headings, each with the path of these.

    A box within a few words of running text comes after them, so that they stay together.
    """
    path: list[Block] = []
    section: list[Block] = []
    waiting: list[Block] = []
    for index, block in enumerate(blocks):
        inner = [outer for outer in path if outer.aside in (0, block.aside)]
        if len(inner) < len(path) or (section and section[-1].aside != block.aside):
            if section:
                yield _names(path), section
            section = []
        path = inner
        if block.kind != "heading":
            section += [*waiting, block]
            waiting = []
        elif not _is_place(blocks, index):
            # It belongs to what comes next rather than to what came before.
            waiting.append(replace(block, kind="paragraph"))
        else:
            if section:
                yield _names(path), section
            path = [*(outer for outer in path if outer.aside != block.aside or outer.level < block.level), block]
            section, waiting = waiting, []
            if len(block.text) > HEADING_CHARACTERS:
                waiting = [replace(block, kind="paragraph")]
    section += waiting
    if section:
        yield _names(path), section


def _names(path: Sequence[Block]) -> tuple[str, ...]:
    return tuple(shorten(heading.text, HEADING_CHARACTERS) for heading in path)


def _is_place(blocks: Sequence[Block], index: int) -> bool:
    """Say whether a heading has anything under it, and is short enough to be shown as a place."""
    heading = blocks[index]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    is_empty = following is None or (following.kind == "heading" and following.level <= heading.level)
    is_empty = is_empty or (heading.aside != 0 and following is not None and following.aside != heading.aside)
    return not is_empty and len(heading.text) <= LONGEST_HEADING


def _units(section: Sequence[Block]) -> Iterator[list[Block]]:
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
        return last.kind == "item" or not goes_on or last.text.endswith(_OPEN_ENDS)
    stands_alone = len(unit) < 2 or unit[-2].kind != "item"
    return last.kind == "item" and stands_alone and _NUMBER.match(last.text) is not None


def _is_next_paragraph(unit: Sequence[Block], block: Block) -> bool:
    """Say whether a number begins the paragraph after a list, or after a long paragraph with a number of its own."""
    number = _NUMBER.match(block.text)
    if number is None or not number[1][0].isdigit() or number[1] in _FIRST_NUMBERS or unit[-1].kind != "item":
        return False
    is_list = unit[-1].text.startswith("- ")
    return is_list or (unit[0].kind == "item" and count_words(unit[-1].text) >= FEWEST_WORDS)


def _small_enough(unit: Sequence[Block]) -> Iterator[_Unit]:
    """Split a unit that is too long: a list between items, a paragraph between sentences."""
    whole = _join_blocks(unit)
    is_led = len(unit) > 1 and (unit[0].kind != "item" or unit[0].text.endswith(":"))
    most = MOST_WORDS_LISTED if is_led else MOST_WORDS_WHOLE
    if len(whole.text) <= PASSAGE_CHARACTERS and count_words(whole.text) <= most:
        yield whole
    elif len(unit) > 1:
        for run in divide_at_least_cost(unit, lambda run: _list_cost(run, unit[0])):
            if fits_one_excerpt(_join_blocks(run).text):
                lead = unit[0].text if is_led and run[0] is not unit[0] and run[0].kind == "item" else ""
                yield replace(_join_blocks(run), lead=_last_words(lead))
            else:
                for block in run:
                    yield from _small_enough([block])
    else:
        for text in cut_passage(whole.text):
            yield _Unit(text, whole.page_from, whole.page_to)


def _last_words(lead_in: str) -> str:
    """Return the sentence with which a text leads to a list, such as "They should:", or nothing if none does."""
    return shorten(split_sentences(lead_in)[-1].strip(), HEADING_CHARACTERS) if lead_in.endswith(":") else ""


def _list_cost(run: Sequence[Block], lead_in: Block) -> float:
    text = _join_blocks(run).text
    if not fits_one_excerpt(text):
        return IMPOSSIBLE + len(text)
    alone = 1_000.0 if len(run) == 1 and run[0] is lead_in else 0.0
    ends_open = 300.0 if text.endswith(_OPEN_ENDS[:1]) else 0.0
    # Better before the words that lead to a list within the list than behind its first items.
    begins_list = 60.0 if len(run) > 1 and run[0].text.endswith(_OPEN_ENDS[:1]) else 0.0
    return alone + ends_open + 200.0 - begins_list + abs(count_words(text) - 100)


def _join_blocks(unit: Sequence[Block]) -> _Unit:
    text = "\n".join(block.text for block in unit)
    pages = [page for block in unit for page in (block.page_from, block.page_to) if page is not None]
    return _Unit(text, min(pages, default=None), max(pages, default=None))


def _cost(run: Sequence[_Unit]) -> float:
    """Say how far a run of units is from a good excerpt. One good paragraph alone costs nothing."""
    text = "\n\n".join(unit.text for unit in run)
    words = count_words(text)
    if len(run) > 1 and (len(text) > PASSAGE_CHARACTERS or words > MOST_WORDS_WHOLE):
        return IMPOSSIBLE + words
    too_short, too_long = max(0, FEWEST_WORDS - words), max(0, words - MOST_WORDS)
    ends_open = 30 if text.endswith(_OPEN_ENDS) else 0
    # A few words too short is better than two thoughts in one; much too short is not.
    leads_on = 3 if len(run) > 1 and count_words(run[-1].text) < LEAD_WORDS else 0
    return too_short**2 / 10 + too_long + ends_open + leads_on + 4 * (len(run) - 1)


def _passage(run: Sequence[_Unit], path: str) -> Passage:
    pages = [page for unit in run for page in (unit.page_from, unit.page_to) if page is not None]
    return Passage(
        text="\n\n".join(unit.text for unit in run),
        heading=path,
        page_from=min(pages, default=None),
        page_to=max(pages, default=None),
    )
