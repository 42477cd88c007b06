"""Pages of a long list, and the numbers that custom_ids and options hold. What people send is never trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.errors import UserError
from cogs.ui.limits import count_units

T = TypeVar("T")
MOST_PAGE_DIGITS = 5
MOST_ID = 2**63 - 1
PAGE = "Page {number} of {count}."
CHOOSE = "Choose the {what} from the list that appears while you type."


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. ``number`` counts from 0; ``first`` is the position of its first item, counted from 1."""

    items: tuple[T, ...]
    number: int
    count: int
    first: int

    @property
    def label(self) -> str:
        """Where the reader is, such as "page 2 of 5"."""
        return f"page {self.number + 1} of {self.count}"

    @property
    def sentence(self) -> str:
        """Where the reader is, as a sentence."""
        return PAGE.format(number=self.number + 1, count=self.count)


def paginate(items: Sequence[T], size: int, number: int) -> Page[T]:
    """Cut a page of ``size`` items out of a list. A number past either end gives the nearest page."""
    count = page_count(len(items), size)
    number = min(max(number, 0), count - 1)
    start = number * size
    return Page(tuple(items[start : start + size]), number, count, start + 1)


def page_count(total: int, size: int) -> int:
    """Count the pages that hold ``total`` items; one at least."""
    return max(1, -(-total // size))


def fill_pages(items: Iterable[T], weigh: Callable[[T], int], room: int, *, most: int = MOST_ID) -> list[list[T]]:
    """Put items on as few pages as their order allows: together no heavier than ``room``, and at most ``most``.

    An item that is heavier by itself has a page of its own. Without any items there is no page.
    """
    pages: list[list[T]] = []
    left = 0
    for item in items:
        weight = weigh(item)
        if not pages or weight > left or len(pages[-1]) == most:
            pages.append([])
            left = room
        pages[-1].append(item)
        left -= weight
    return pages


def join_pages(texts: Iterable[str], most: int, separator: str = "\n") -> list[str]:
    """Join texts into pages of at most ``most`` UTF-16 code units; without any texts there is no page."""
    gap = len(separator)
    pages = fill_pages(texts, lambda text: count_units(text) + gap, most + gap)
    return [separator.join(page) for page in pages]


def read_page_number(text: str) -> int:
    """Read a page's number, counted from 0, out of a custom_id; the first page if it names none."""
    return int(text) if _is_whole_number(text) and len(text) <= MOST_PAGE_DIGITS else 0


def id_from(text: str, what: str) -> int:
    """Read the id that an option or a custom_id holds. Raises UserError, which names ``what`` to choose."""
    if not _is_id(text):
        raise UserError(CHOOSE.format(what=what))
    return int(text)


def id_or_zero(text: str) -> int:
    """Read the id that a custom_id holds; 0, which nothing has, if it holds none."""
    return int(text) if _is_id(text) else 0


def _is_id(text: str) -> bool:
    return _is_whole_number(text) and len(text) <= len(str(MOST_ID)) and int(text) <= MOST_ID


def _is_whole_number(text: str) -> bool:
    # isdecimal alone also takes the digits of other scripts.
    return text.isascii() and text.isdecimal()
