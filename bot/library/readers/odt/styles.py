"""Tell from an OpenDocument text's styles how its words look, and count its lists and headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.library.readers.figures import read_number, write_number
from bot.library.readers.headings import MOST_BASED, level_of_name

_URN = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, TEXT, TABLE, STYLE = (_URN.format(name) for name in ("office", "text", "table", "style"))
_FO = _URN.format("xsl-fo-compatible")
_LEVELS = 10
_FORMATS = {
    "1": "decimal",
    "01, 02, 03, ...": "decimalZero",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
OUTLINE = ""
"""The name by which the numbers of headings go."""


class Styles:
    """The styles of one file by their family and name. ``roots`` are the roots of its parts, the later ones first."""

    def __init__(self, roots: Sequence[Any]) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self.lists: dict[str, Any] = {}
        for root in reversed(roots):
            for style in root.iter(f"{STYLE}style"):
                self._styles[style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or ""] = style
            for style in root.iter(f"{TEXT}list-style"):
                self.lists[style.get(f"{STYLE}name") or ""] = style
            for style in root.iter(f"{TEXT}outline-style"):
                self.lists[OUTLINE] = style

    def names(self, element: Any, family: str = "paragraph") -> list[str]:
        """Return the names of an element's style and of those that it is based on, in lower case."""
        return [
            (style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or "").lower().replace("_20_", " ")
            for style in self._chain(element, family)
        ]

    def level(self, paragraph: Any) -> int | None:
        """Return a heading's level, by itself or by its style; None for other paragraphs."""
        said = paragraph.get(f"{TEXT}outline-level") if paragraph.tag == f"{TEXT}h" else None
        for style in self._chain(paragraph, "paragraph"):
            said = said or style.get(f"{STYLE}default-outline-level")
        if said or paragraph.tag == f"{TEXT}h":
            return read_number(said, 1)
        return next(filter(None, map(level_of_name, self.names(paragraph))), None)

    def says(self, look: Sequence[tuple[Any, str]], name: str, namespace: str = _FO) -> str:
        """Return what the styles of the elements around a text say, such as "bold"; the nearest comes first."""
        for element, family in look:
            for style in self._chain(element, family):
                for properties in style.findall(f"{STYLE}text-properties"):
                    if said := properties.get(f"{namespace}{name}"):
                        return str(said)
        return ""

    def _chain(self, element: Any, family: str) -> Iterator[Any]:
        name, seen = element.get(f"{TEXT}style-name") or "", set[str]()
        while (style := self._styles.get((family, name))) is not None and name not in seen and len(seen) < MOST_BASED:
            seen.add(name)
            yield style
            name = style.get(f"{STYLE}parent-style-name") or ""


class Numbers:
    """Counts the items of a file's lists, and its headings, in their order."""

    def __init__(self, styles: Styles) -> None:
        self._lists = styles.lists
        self._counts: dict[str, list[int | None]] = {}

    def begin(self, style: str) -> None:
        """Start a list of this style again."""
        self._counts.pop(style, None)

    def follow(self, style: str, other: str) -> None:
        """Go on in a list of one style with the numbers of a list of another one."""
        if style != other and other in self._counts:
            self._counts[style] = self._counts[other]

    def next_label(self, style: str, level: int, start: str | None = None) -> str | None:
        """Count one more item of a level from 0, and return what is shown before it; None for a bullet."""
        counts = self._counts.setdefault(style, [None] * _LEVELS)
        level = min(level, _LEVELS - 1)
        before = counts[level]
        counts[level] = read_number(start, before + 1 if before is not None else self._start(style, level))
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        definition = self._definition(style, level)
        if definition is None or definition.tag not in (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"):
            return "" if style == OUTLINE else None
        prefix, suffix = (definition.get(f"{STYLE}num-{name}") or "" for name in ("prefix", "suffix"))
        if not definition.get(f"{STYLE}num-format"):
            return f"{prefix}{suffix}".strip() if any(map(str.isalpha, prefix + suffix)) else ""
        shown = range(max(0, level + 1 - read_number(definition.get(f"{TEXT}display-levels"), 1)), level + 1)
        figures = ".".join(filter(None, (self._written(style, each) for each in shown)))
        return f"{prefix}{figures}{suffix}".strip()

    def _written(self, style: str, level: int) -> str:
        definition = self._definition(style, level)
        form = definition.get(f"{STYLE}num-format") if definition is not None else None
        count = self._counts[style][level]
        count = self._start(style, level) if count is None else count
        return write_number(count, _FORMATS.get(form, "decimal") if form else "none")

    def _start(self, style: str, level: int) -> int:
        definition = self._definition(style, level)
        return read_number(definition.get(f"{TEXT}start-value") if definition is not None else None, 1)

    def _definition(self, style: str, level: int) -> Any | None:
        levels = self._lists.get(style, ())
        return next((each for each in levels if each.get(f"{TEXT}level") == str(level + 1)), None)
