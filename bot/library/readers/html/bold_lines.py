"""Make headings of a page's lines that are only bold, and set a title that a program wrote above all others."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any

from bot.library.readers.figures import read_number
from bot.library.readers.headings import could_be_heading
from bot.library.readers.html.view import HEADINGS, label

_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "body", "td", "ul", "ol", "dl", "table", "blockquote", "figure", "hr"}
    | {"pre", "header", "footer", "nav", "aside", "form", "details", "center", *HEADINGS}
)
_TITLE = re.compile(r"(?:^|\s)(?:Mso)?title(?:$|\s)", re.IGNORECASE)
_BOLD = ("b", "strong")
_INLINE = frozenset({"span", "font", "u", "em", "i", "big", "a", "b", "strong"})
_PARTS = _BLOCKS | {"li", "dt", "dd", "th"}
MOST_ANCHORS = 5
MOST_RUNS = 20
"""So many texts of a paragraph are looked at."""
_NO_PLACE_FOR_HEADINGS = ("li", "td", "th", "dt", "dd", "caption", "figcaption", "nav", "summary", "a", *HEADINGS)


def set_title_apart(root: Any) -> None:
    """Set the title that a program wrote as one, such as Word, above all other headings."""
    first = next((each for each in root.iter("p", *HEADINGS) if _TITLE.search(each.get("class") or "")), None)
    headings = list(root.iter("p", *HEADINGS))
    others = [each for each in headings if each.tag != "p" and each is not first]
    is_ahead = first is not None and not any(each.tag != "p" for each in headings[: headings.index(first)])
    if first is None or not label(first) or not is_ahead or not any(each.tag == "h1" for each in others):
        return
    first.tag = "h1"
    for heading in others:
        heading.tag = f"h{min(int(heading.tag[1:]) + 1, 6)}"


def head_bold_lines(root: Any) -> None:
    """Make headings of lines that are all bold, look like a heading and have text under them."""
    _open_numbered_lines(root)
    runs, ends = _text_runs(root)
    level = 1
    for element in list(root.iter(*_BOLD, *HEADINGS)):
        if element.tag in HEADINGS:
            level = int(element.tag[1:])
        elif _leads_to_text(runs, ends[element]) and (line := _bold_line(element)) is not None:
            line.tag = f"h{min(level + 1, 6)}"


def _open_numbered_lines(root: Any) -> None:
    """Write a list of one bold line before text as that line with its number: programs number headings so."""
    for numbered in list(root.iter("ol")):
        item = numbered[0] if len(numbered) == 1 else None
        bold = next((each for each in item.iter(*_BOLD)), None) if item is not None else None
        following = numbered.getnext()
        if bold is None or following is None or following.tag != "p" or label(bold) != label(numbered):
            continue
        if could_be_heading(label(bold)):
            words = f"{read_number(numbered.get('start'), 1)}. {label(bold)}"
            numbered.clear(keep_tail=True)
            numbered.tag = "p"
            line = numbered.makeelement("strong")
            line.text = words
            numbered.append(line)


def _bold_line(element: Any) -> Any | None:
    """Return what holds a bold element and nothing else in its line, if that can be a heading."""
    words = label(element)
    if not words or not could_be_heading(words):
        return None
    if any(True for _ in element.iterancestors(*_NO_PLACE_FOR_HEADINGS)):
        return None
    while _is_alone(element) and element.getparent().tag in _INLINE:
        element = element.getparent()
    parent, before, after = element.getparent(), element.getprevious(), element.getnext()
    while before is not None and _is_anchor(before):
        before = before.getprevious()
    if parent is None or parent.tag not in _BLOCKS or (element.tail or "").strip():
        return None
    text_before = (parent.text if before is None else before.tail) or ""
    begins = not text_before.strip() and (before is None or before.tag == "br" or before.tag in _BLOCKS)
    ends = after is None or after.tag == "br" or after.tag in _BLOCKS
    if not begins or not ends:
        return None
    line = parent if parent.tag in ("p", "div") and _is_alone(element) else element
    following = line.getnext()
    leads_to_list = words.endswith(":") and following is not None and following.tag in ("ul", "ol")
    return None if leads_to_list else line


def _is_alone(element: Any) -> bool:
    parent = element.getparent()
    if parent is None or len(parent) > MOST_ANCHORS:
        return False
    others = [each for each in parent if each is not element]
    texts = (parent.text, element.tail, *(each.tail for each in others))
    return all(map(_is_anchor, others)) and not any((text or "").strip() for text in texts)


def _is_anchor(element: Any) -> bool:
    """Say whether an element only marks a place, to which others link."""
    return element.tag == "a" and not len(element) and not (element.text or "").strip() and element.get("href") is None


def _text_runs(root: Any) -> tuple[list[tuple[Any, bool, str]], dict[Any, int]]:
    """Return the texts of a tree in order, each with its block and whether it is bold, and how many end before each."""
    from lxml import etree  # type: ignore[import-untyped]

    runs: list[tuple[Any, bool, str]] = []
    ends: dict[Any, int] = {}
    blocks: list[Any] = [root]
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        step = int(element.tag in _BOLD or element.tag in HEADINGS)
        depth += step if event == "start" else -step
        if event == "start" and element.tag in _PARTS:
            blocks.append(element)
        elif event == "end":
            ends[element] = len(runs)
            if element.tag in _PARTS:
                blocks.pop()
        text = element.text if event == "start" else element.tail
        if text and text.strip():
            runs.append((blocks[-1], depth > 0, text))
    return runs, ends


def _leads_to_text(runs: Sequence[tuple[Any, bool, str]], start: int) -> bool:
    """Say whether the next part of a page is text that is not all bold."""
    part = runs[start][0] if start < len(runs) else None
    same = list(itertools.takewhile(lambda run: run[0] is part, itertools.islice(runs, start, start + MOST_RUNS)))
    return not all(is_bold for _, is_bold, _ in same) and sum(len(text.split()) for *_, text in same) > 3
