"""Make excerpts of blocks: whole paragraphs or runs of them, lists with their lead-in, headings as the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.library.blocks import (
    COVER,
    FEWEST_WORDS,
    HEADING_CHARACTERS,
    LONGEST_HEADING,
    MOST_WORDS,
    PASSAGE_CHARACTERS,
    Block,
)
from bot.library.lead_ins import leads_on, read_lead_in
from bot.library.paths import end_heading, join_path
from bot.library.split import IMPOSSIBLE, count_words, divide_at_least_cost
from bot.library.units import MOST_WORDS_WHOLE, Unit, make_units
from bot.models.library import Passage

# So short a paragraph rather belongs to what follows.
LEAD_WORDS = 15
# What leads to a box with a number is seldom the sentence that it parts.
_BOX = re.compile(r"box \d", re.IGNORECASE)


def make_excerpts(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Return the blocks' text as passages in order, of about 40 to 150 words and at most 1,800 characters.

    A list with the sentence that leads to it may have 225 words. The passages' texts joined are the text of the
    blocks, without the headings that became places; a heading with nothing under it is kept as text. What is in a
    box, a table or a figure is in passages of its own, with the sentence that leads to it. A list that is longer than
    that is parted, and its later parts begin with that sentence again and LEFT_OUT.
    """
    passages: list[Passage] = []
    for path, section in _sections([block for block in blocks if block.aside != COVER]):
        units = list(make_units(section))
        place = join_path([end_heading(heading.text) for heading in path])
        passages += [_passage(run, place) for run in divide_at_least_cost(units, _cost)]
    return tuple(passages)


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], list[Block]]]:
    """Return the runs of blocks below the same headings, each with these.

    A box within a few words of running text comes after them, so that they stay together.
    """
    path: list[Block] = []
    section: list[Block] = []
    waiting: list[Block] = []
    for index, block in enumerate(blocks):
        inner = [outer for outer in path if outer.aside in (0, block.aside)]
        if len(inner) < len(path) or (section and section[-1].aside != block.aside):
            section, carried = _part_lead_in(section, block)
            if section:
                yield path, section
            section = carried
        path = inner
        if block.kind != "heading":
            section += [*waiting, block]
            waiting = []
        elif not _is_place(blocks, index):
            # It belongs to what comes next rather than to what came before.
            waiting.append(replace(block, kind="paragraph"))
        else:
            if section:
                yield path, section
            path = [*(outer for outer in path if outer.aside != block.aside or outer.level < block.level), block]
            section, waiting = waiting, []
            if len(block.text) > HEADING_CHARACTERS:
                waiting = [replace(block, kind="paragraph")]
    section += waiting
    if section:
        yield path, section


def _part_lead_in(section: list[Block], following: Block) -> tuple[list[Block], list[Block]]:
    """Return a section before a box or a table, and the sentence at its end that leads to that, which goes with it."""
    last = section[-1] if section else None
    if last is None or last.kind != "paragraph" or last.level or last.aside or not following.aside:
        return section, []
    lead_in = read_lead_in(last.text)
    if not lead_in or following.kind == "heading" or _BOX.match(following.text):
        return section, []
    before = last.text.removesuffix(lead_in).rstrip()
    kept = [replace(last, text=before)] if before else []
    return [*section[:-1], *kept], [replace(last, text=lead_in, aside=following.aside)]


def _is_place(blocks: Sequence[Block], index: int) -> bool:
    """Say whether a heading has text under it or its sub-headings, and is short enough to be shown as a place."""
    heading = blocks[index]
    under = islice(blocks, index + 1, None)
    end = next((block for block in under if block.kind != "heading" or block.level <= heading.level), None)
    if end is None or end.kind == "heading" or (heading.aside and blocks[index + 1].aside != heading.aside):
        return False
    return len(heading.text) <= LONGEST_HEADING


def _cost(run: Sequence[Unit]) -> float:
    """Say how far a run of units is from a good excerpt. One good paragraph alone costs nothing."""
    text = "\n\n".join(unit.text for unit in run)
    words = count_words(text)
    if len(run) > 1 and (len(text) > PASSAGE_CHARACTERS or words > MOST_WORDS_WHOLE):
        return IMPOSSIBLE + words
    too_short, too_long = max(0, FEWEST_WORDS - words), max(0, words - MOST_WORDS)
    ends_open = 30 if leads_on(text) or text.endswith((",", ";")) else 0
    # A few words too short is better than two thoughts in one; much too short is not.
    ends_short = 3 if len(run) > 1 and count_words(run[-1].text) < LEAD_WORDS else 0
    return too_short**2 / 10 + too_long + ends_open + ends_short + 4 * (len(run) - 1)


def _passage(run: Sequence[Unit], path: str) -> Passage:
    pages = [page for unit in run for page in (unit.page_from, unit.page_to) if page is not None]
    pages += [page for page in (run[0].lead_page,) if page is not None]
    return Passage(
        text=run[0].lead + "\n\n".join(unit.text for unit in run),
        heading=path,
        page_from=min(pages, default=None),
        page_to=max(pages, default=None),
    )
