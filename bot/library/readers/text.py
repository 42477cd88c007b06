"""Read plain text: paragraphs, wrapped or a line each; lists; and short lines that are headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from bot.library.blocks import Block, Content
from bot.models.library import SourceDetails
from bot.text.clean import clean

BULLET = re.compile(r"(?:[-*•–—▪◦●‣·□☐☑☒✓✔➤►■]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)])\s+(?=\S)")
_SIGN = re.compile(r"[*•–—▪◦●‣·□☐☑☒✓✔➤►■]\s+")
_NUMBERED = re.compile(r"(?:\d{1,2}\.)*\d{1,2}\.?\s+[A-Z]|(?:Chapter|Part|Section|Appendix|Annex)\s+\w{1,4}\b")
_TIME_FIRST = re.compile(r"\d{1,2}:\d{2}\b")
_BROKEN_WORD = re.compile(
    r"(?P<first>[\w’'-]{0,40}[^\W\d_]-)(?P<gap>[ \t]*\n(?:[ \t]*\n)?[ \t]*)"
    r"(?!(?:and|or|to)\b)(?P<rest>[a-z]\S*)(?P<end>(?=\n|\Z)|[ \t]+)"
)
"""A word with a hyphen where its line ended; in "pre- and post-", the hyphen is its own."""
_PLACE = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?=\.?\s)")
_PAGE_NUMBER = re.compile(
    r"(?:(?:^|\s{2,}|\bpage\s|[|\[(–-]\s?)(?:page )?(\d{1,4})\W{0,3}|^\s*(\d{1,4})\s{2,}.*)$", re.IGNORECASE
)
_RULE = re.compile(r"[-=_*#~.\s]{3,}")

_SENTENCE_ENDS = '.!?:;…”"’)'
HEADING_WORDS = 12
LONGEST_RUNNING_HEAD = 150
"""More characters of a line are not compared."""
WRAPPED_AT = range(45, 101)
"""Widths, in characters, at which programs wrap lines; a longer line is a paragraph by itself."""


def read_text(text: str) -> Content:
    """Return the blocks of a plain text; its first line is the title if it looks like a heading."""
    text = join_broken_words(clean(_join_pages(text.split("\f"))))
    paragraphs = [line for group in _join_groups(_groups(text)) for line in _paragraphs(group)]
    blocks = tuple(_blocks(paragraphs))
    first = blocks[0] if blocks else None
    title = first.text if first and first.level == 1 else ""
    return Content(blocks, SourceDetails(title))


def set_bullet(text: str) -> str:
    """Return the text of a list item with a plain dash for its bullet; a number stays."""
    return _SIGN.sub("- ", text, count=1) if _SIGN.match(text) else text


def is_heading_like(text: str) -> bool:
    """Say whether a line is short, starts like a heading and does not end like a sentence."""
    words = text.split()
    starts_well = text[:1].isupper() or text[:1].isdigit() or not text[:1].isascii()
    has_letters = any(char.isalpha() for char in text)
    return len(words) <= HEADING_WORDS and starts_well and has_letters and text[-1] not in ".:;,!…"


def join_broken_words(text: str) -> str:
    """Return the text with words whole that were broken with a hyphen at the end of a line."""
    if _BROKEN_WORD.search(text) is None:
        return text
    # It knows words by the text that they are in, and is needed for broken ones only.
    from bot.library.readers.pdf.words.hyphens import Hyphens

    hyphens = Hyphens(text.split("\n"))
    return _BROKEN_WORD.sub(
        lambda match: hyphens.join(match["first"], match["rest"]) + (match["gap"] if match["end"] else ""), text
    )


def join_cut_lines(lines: Sequence[str]) -> list[str]:
    """Join lines into paragraphs, if a converter cut the text at a width.

    Lines are joined only if that is plain to see: many end within a sentence, and the next continues in small letters.
    """
    cut = [_runs_on(line, after) for line, after in pairwise(lines)]
    if sum(cut) * 3 < len(cut) or not any(cut) or max(map(len, lines)) >= WRAPPED_AT.stop:
        return list(lines)
    width = max(map(len, lines))
    joined = [[lines[0]]]
    for before, line in pairwise(lines):
        # A line that ends a sentence goes on only if the next word had no room in it.
        had_room = len(before) + 1 + len(line.split()[0]) <= width
        if BULLET.match(line) or (before[-1] in _SENTENCE_ENDS and had_room) or _stands_alone(before, line, width):
            joined.append([line])
        else:
            joined[-1] += [" ", line]
    return ["".join(parts) for parts in joined]


def _runs_on(line: str, after: str) -> bool:
    return line[-1] not in _SENTENCE_ENDS and (after[:1].islower() or (line[-1] == "," and not BULLET.match(after)))


def _stands_alone(before: str, line: str, width: int) -> bool:
    """Say whether a short line without a full stop is a heading, or one of a list, rather than a part of a sentence."""
    ends_short = before[-1] not in ",-–—" and len(before) * 2 < width and not line[:1].islower()
    return ends_short or (before[-1] in _SENTENCE_ENDS and len(line) * 2 < width and is_heading_like(line))


def _join_pages(pages: Sequence[str]) -> str:
    """Return the text of pages, as programs print them, without their numbers and the lines that they share."""
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    keys = [
        {place: _key(page[place], number) for place in (0, -1)} if page else {} for number, page in enumerate(lines)
    ]
    often = Counter(key for page in keys for key in set(page.values()))
    parts: list[str] = []
    for page, key in zip(pages, keys, strict=True):
        text = page.strip("\n")
        if key and _is_furniture(key[0], often, len(pages)):
            text = text.partition("\n")[2].strip("\n")
        if key and _is_furniture(key[-1], often, len(pages)):
            text = text.rpartition("\n")[0].strip("\n")
        runs_on = bool(parts) and parts[-1][-1] not in _SENTENCE_ENDS and text.lstrip()[:1].islower()
        parts += [*(["\n" if runs_on else "\n\n"] if parts else []), text] if text else []
    return "".join(parts)


def _key(line: str, page: int) -> tuple[str, int | None]:
    """Return what a line has in common with those of other pages: its words, and how far its page's number is off."""
    line = line.strip()[-LONGEST_RUNNING_HEAD:]
    number = _PAGE_NUMBER.search(line)
    if number is None:
        return " ".join(line.split()), None
    return " ".join(_PAGE_NUMBER.sub("", line).split()), int(number[1] or number[2]) - page


def _is_furniture(key: tuple[str, int | None], often: Counter[tuple[str, int | None]], pages: int) -> bool:
    return often[key] > max(1, pages // 3)


def _groups(text: str) -> Iterator[list[str]]:
    """Return the lines that are together, between empty lines."""
    for group in re.split(r"\n{2,}", text):
        lines = [line for line in group.split("\n") if line and not _RULE.fullmatch(line)]
        if lines:
            yield lines


def _join_groups(groups: Iterable[list[str]]) -> Iterator[list[str]]:
    """Return the groups; those of one line each, one after another, as the paragraphs that they were cut from."""
    for is_single, run in groupby(groups, key=lambda group: len(group) == 1):
        if is_single:
            yield from ([line] for line in join_cut_lines([group[0] for group in run]))
        else:
            yield from run


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of a group: its lines, or fewer where they were wrapped at a width."""
    if not _is_wrapped(lines):
        return list(lines)
    joined = [[lines[0]]]
    for line in lines[1:]:
        if BULLET.match(line):
            joined.append([line])
        else:
            joined[-1] += [" ", line]
    return ["".join(parts) for parts in joined]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Lines are wrapped where all but the last are about as long as a page is wide, or end within a sentence."""
    inner = [line for line in lines[:-1] if not BULLET.match(line)] or lines[:-1]
    if not inner or max(map(len, lines)) >= WRAPPED_AT.stop:
        return False
    full = sum(len(line) >= WRAPPED_AT.start and line[-1] not in ":" for line in inner)
    return full * 3 >= len(inner) * 2


def _blocks(paragraphs: Sequence[str]) -> Iterator[Block]:
    for index, text in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
        if _is_heading(text, following):
            yield Block("heading", text, _level(text, index))
        elif BULLET.match(text):
            yield Block("item", set_bullet(text))
        else:
            yield Block("paragraph", text)


def _level(text: str, index: int) -> int:
    """Return a heading's level: by its number, such as 3 for "1.2 Nights"; 1 for a title, 2 for others."""
    number = _PLACE.match(text)
    if number is not None:
        return number[0].count(".") + 2
    return 1 if index == 0 else 2


def _is_heading(text: str, following: str) -> bool:
    """Say whether a line is a heading: numbered, or before a paragraph that is clearly longer."""
    if _TIME_FIRST.match(text):
        return False  # a line of an agenda
    is_numbered = _NUMBERED.match(text) is not None
    if not is_heading_like(text) or (BULLET.match(text) and (not is_numbered or BULLET.match(following))):
        return False
    words = len(following.split())
    is_longer = words > max(5, len(text.split())) and (words > HEADING_WORDS or following[-1] in ".:!?")
    return is_numbered or (is_longer and not text.endswith("?"))
