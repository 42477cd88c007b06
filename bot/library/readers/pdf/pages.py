"""What is on each of a PDF's pages; double pages are parted into the two that a reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.library.blocks import Block
from bot.library.readers.pdf.lines import Line
from bot.library.readers.pdf.margins import plain
from bot.library.readers.pdf.outline import Entry
from bot.library.readers.pdf.shapes import Frame

_ALL_BOLD = 0.7
_WIDE = 1.2
"""How much wider than high a double page is at the least."""
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, the frames and rules that are drawn on it, and the places of its pictures."""

    lines: list[Line]
    frames: list[Frame]
    pictures: list[Frame]


def with_plain_text(pages: list[Page]) -> list[Page]:
    """Return the pages, none of their lines bold where the file calls nearly all bold, which then tells nothing."""
    lines = [line for page in pages for line in page.lines]
    if sum(len(line.text) for line in lines if line.bold) < _ALL_BOLD * sum(len(line.text) for line in lines):
        return pages
    return [
        replace(page, lines=[replace(line, bold=False, starts_bold=False) for line in page.lines]) for page in pages
    ]


def part_spreads(pages: Sequence[Page]) -> tuple[list[Page], list[int]]:
    """Return the pages, and each one's number in the file: the halves of double pages are pages of their own.

    Most pages have to be double ones. Their lines are numbered anew, so that one half follows the other.
    """
    parted = [_halves(page) for page in pages]
    if sum(len(halves) == 2 and all(half.lines for half in halves) for halves in parted) < _MOSTLY * len(pages):
        return list(pages), list(range(1, len(pages) + 1))
    numbers = [number for number, halves in enumerate(parted, start=1) for _ in halves]
    every = enumerate((half for halves in parted for half in halves), start=1)
    return [replace(page, lines=[replace(line, page=at) for line in page.lines]) for at, page in every], numbers


def half_of(entry: Entry, pages: Sequence[Page], numbers: Sequence[int]) -> Entry:
    """Return a bookmark with the page among these on which its title is, of those that are its page in the file."""
    found = [at for at, number in enumerate(numbers, start=1) if number == entry.page]
    texts = {at: plain("".join(line.text for line in pages[at - 1].lines)) for at in found[1:] and found}
    at = next((at for at, text in texts.items() if plain(entry.title) in text), found[0] if found else 0)
    return replace(entry, page=at)


def in_file(block: Block, numbers: Sequence[int]) -> Block:
    """Return a block with its pages' numbers in the file."""
    first, last = (page and numbers[page - 1] for page in (block.page_from, block.page_to))
    return replace(block, page_from=first, page_to=last)


def _halves(page: Page) -> list[Page]:
    if not page.lines or page.lines[0].page_width < _WIDE * page.lines[0].page_height:
        return [page]
    middle = page.lines[0].page_width / 2
    if any(line.left < middle < line.right for line in page.lines):
        return [page]
    halves = []
    for start in (0.0, middle):
        lines = [
            replace(line, left=line.left - start, right=line.right - start, page_width=middle)
            for line in page.lines
            if start <= line.left + line.size < start + middle
        ]
        frames, pictures = (
            [
                Frame(max(shape.left - start, 0.0), shape.bottom, min(shape.right - start, middle), shape.top)
                for shape in shapes
                if shape.left < start + middle and start < shape.right
            ]
            for shapes in (page.frames, page.pictures)
        )
        halves.append(Page(lines, frames, pictures))
    return halves
