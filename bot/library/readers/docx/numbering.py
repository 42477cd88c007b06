"""The numbers that Word shows before paragraphs: they are in no text, and continue over whatever is between."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from bot.library.readers.docx.styles import Styles, W, style_name, value
from bot.library.readers.figures import MOST, write_number

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


class Numbering:
    """Counts the numbered paragraphs of a file in their order. ``root`` is w:numbering, or None if there is none."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        lists = root.findall(f"{W}abstractNum") if root is not None else []
        self._abstract = {each.get(f"{W}abstractNumId") or "": each for each in lists}
        self._nums: dict[str, Any] = {
            num.get(f"{W}numId") or "": num for num in (root.findall(f"{W}num") if root is not None else [])
        }
        self._counters: dict[str, list[int | None]] = defaultdict(lambda: [None] * LEVELS)
        self._begun: set[tuple[str, int]] = set()

    def place_of(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the number of a paragraph's list, and its level from 0; None for a paragraph in no list."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        num_id, level = value(_child(own, "numId")), value(_child(own, "ilvl"))
        for style in self._styles.chain(self._styles.style_id(paragraph)):
            said = style.find(f"{W}pPr/{W}numPr")
            num_id = num_id if num_id is not None else value(_child(said, "numId"))
            level = level if level is not None else value(_child(said, "ilvl")) or self._level_of(num_id, style)
        if num_id is None or num_id not in self._nums:
            return None
        return num_id, int(level) if level is not None and level in "012345678" and level else 0

    def next_label(self, num_id: str, level: int) -> str | None:
        """Count one more paragraph, and return what Word shows before it: "3.", "2.1", "(a)"; None for a bullet."""
        abstract_id = self._abstract_id(num_id)
        counters = self._counters[abstract_id]
        if (num_id, level) not in self._begun:
            self._begun.add((num_id, level))
            restart = value(_child(self._override(num_id, level), "startOverride"))
            if restart is not None:
                counters[level] = None
        counters[level] = self._start(num_id, level) if counters[level] is None else (counters[level] or 0) + 1
        for below in range(level + 1, LEVELS):
            if self._restarts(num_id, below, after=level):
                counters[below] = None
        definition = self._definition(num_id, level)
        if _format(definition) == "bullet":
            return None
        text = value(_child(definition, "lvlText")) or ""
        plain = _child(definition, "isLgl") is not None
        return _PLACE.sub(lambda match: self._written(num_id, int(match[1]) - 1, plain=plain), text).strip()

    def _restarts(self, num_id: str, level: int, *, after: int) -> bool:
        """Say whether a level starts again after a higher one: always, never (0), or from the level that it names."""
        said = value(_child(self._definition(num_id, level), "lvlRestart"))
        return said is None or not said.isdecimal() or after < int(said)

    def _written(self, num_id: str, level: int, *, plain: bool) -> str:
        counters = self._counters[self._abstract_id(num_id)]
        count = counters[level]
        if count is None:
            count = counters[level] = self._start(num_id, level)
        return write_number(count, "decimal" if plain else _format(self._definition(num_id, level)))

    def _start(self, num_id: str, level: int) -> int:
        override = value(_child(self._override(num_id, level), "startOverride"))
        start = override or value(_child(self._definition(num_id, level), "start")) or "1"
        return int(start) if start.isascii() and start.isdecimal() and int(start) <= MOST else 1

    def _definition(self, num_id: str, level: int) -> Any | None:
        own = _child(self._override(num_id, level), "lvl")
        return own if own is not None else _level(self._abstract.get(self._abstract_id(num_id)), level)

    def _override(self, num_id: str, level: int) -> Any | None:
        overrides = self._nums[num_id].findall(f"{W}lvlOverride") if num_id in self._nums else []
        return next((each for each in overrides if each.get(f"{W}ilvl") == str(level)), None)

    def _abstract_id(self, num_id: str) -> str:
        abstract_id = value(_child(self._nums.get(num_id), "abstractNumId")) or ""
        linked = value(_child(self._abstract.get(abstract_id), "numStyleLink"))
        style = next(self._styles.chain(linked), None) if linked else None
        other = value(_child(style.find(f"{W}pPr/{W}numPr") if style is not None else None, "numId"))
        # A list may take its look from a list style, which names another list. It goes one step, never round.
        return (value(_child(self._nums.get(other or ""), "abstractNumId")) or abstract_id) if other else abstract_id

    def _level_of(self, num_id: str | None, style: Any) -> str | None:
        """Return the level that a list keeps for a style, such as 1 for heading 2."""
        abstract = self._abstract.get(self._abstract_id(num_id)) if num_id else None
        style_id = style.get(f"{W}styleId")
        for each in abstract.findall(f"{W}lvl") if abstract is not None else []:
            if value(_child(each, "pStyle")) in (style_id, style_name(style)):
                found: str | None = each.get(f"{W}ilvl")
                return found
        return None


def _format(definition: Any | None) -> str:
    return value(_child(definition, "numFmt")) or "decimal"


def _level(abstract: Any | None, level: int) -> Any | None:
    levels = abstract.findall(f"{W}lvl") if abstract is not None else []
    return next((each for each in levels if each.get(f"{W}ilvl") == str(level)), None)


def _child(element: Any | None, name: str) -> Any | None:
    return element.find(f"{W}{name}") if element is not None else None
