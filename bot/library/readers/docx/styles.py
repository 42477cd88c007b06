"""Tell from a Word file's styles whether a paragraph is a heading, and whether a run is hidden, bold or large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from bot.library.readers.headings import MOST_BASED, level_of_name

T = TypeVar("T")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOWEST_LEVEL = 9
USUAL_HALF_POINTS = 20
"""Word's size of type where a file says nothing."""
_OFF = frozenset({"0", "false", "off", "none"})


class Styles:
    """The styles of one file, by their ids. ``root`` is the element w:styles, or None if there is none."""

    def __init__(self, root: Any | None) -> None:
        styles = root.findall(f"{W}style") if root is not None else []
        self._by_id: dict[str, Any] = {style.get(f"{W}styleId") or "": style for style in styles}
        self._usual = next(
            (
                style.get(f"{W}styleId") or ""
                for style in styles
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") not in (None, *_OFF)
            ),
            "",
        )
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault") if root is not None else None

    def heading_level(self, paragraph: Any) -> int | None:
        """Return the level of a heading, 1 to 9, by the paragraph's own outline level or its style's; else None."""
        properties = paragraph.find(f"{W}pPr")
        own = _outline_level(properties)
        if own is not None:
            return own or None
        for depth, style in enumerate(self.chain(self.style_id(paragraph))):
            level = _outline_level(style.find(f"{W}pPr"))
            level = level_of_name(style_name(style)) if level is None else level
            if level is None and not depth and style_name(style).lower() == "heading":
                level = 1  # some programs give the highest no number; others base titles and captions on it
            if level is not None:
                return level or None
        return None

    def style_id(self, paragraph: Any) -> str:
        """Return the id of a paragraph's style; that of the usual one where it names none."""
        named: str | None = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return named or self._usual

    def names(self, paragraph: Any) -> list[str]:
        """Return the names of a paragraph's style and of those that it is based on, in lower case."""
        return [style_name(style).lower() for style in self.chain(self.style_id(paragraph))]

    def chain(self, style_id: str) -> Iterator[Any]:
        """Return a style and those that it is based on, the nearest first."""
        seen: set[str] = set()
        while style_id in self._by_id and style_id not in seen and len(seen) < MOST_BASED:
            seen.add(style_id)
            yield self._by_id[style_id]
            style_id = value(self._by_id[style_id].find(f"{W}basedOn")) or ""

    def is_hidden(self, run: Any, paragraph: Any) -> bool:
        """Say whether a run's text is hidden: nobody sees it who reads or prints the file."""
        return self._of_run(run, paragraph, lambda properties: _toggle(properties.find(f"{W}vanish"))) or False

    def is_bold(self, run: Any, paragraph: Any) -> bool:
        """Say whether a run is set in bold."""
        return self._of_run(run, paragraph, lambda properties: _toggle(properties.find(f"{W}b"))) or False

    def half_points(self, run: Any, paragraph: Any) -> int:
        """Return a run's size of type in half points."""
        return self._of_run(run, paragraph, lambda properties: _number(properties.find(f"{W}sz"))) or USUAL_HALF_POINTS

    def _of_run(self, run: Any, paragraph: Any, read: Callable[[Any], T | None]) -> T | None:
        """Return what the run says of itself, or else its style, its paragraph's style, or the file's defaults."""
        own = run.find(f"{W}rPr")
        styles = [*self.chain(value(run.find(f"{W}rPr/{W}rStyle")) or ""), *self.chain(self.style_id(paragraph))]
        for properties in (own, *(style.find(f"{W}rPr") for style in styles)):
            said = read(properties) if properties is not None else None
            if said is not None:
                return said
        usual = self._defaults.find(f"{W}rPr") if self._defaults is not None else None
        return read(usual) if usual is not None else None


def value(element: Any | None) -> str | None:
    """Return the attribute w:val of an element, None if there is none."""
    said: str | None = element.get(f"{W}val") if element is not None else None
    return said


def style_name(style: Any) -> str:
    """Return a style's name; Word keeps those of its own styles in English in every language."""
    return value(style.find(f"{W}name")) or ""


def is_on(element: Any | None) -> bool:
    """Say whether an element that switches something on is there, and does not switch it off."""
    return element is not None and value(element) not in _OFF


def _outline_level(properties: Any | None) -> int | None:
    """Return 1 to 9 for a heading, 0 if it is said to be body text, None if nothing is said."""
    level = _number(properties.find(f"{W}outlineLvl")) if properties is not None else None
    if level is None:
        return None
    return level + 1 if 0 <= level < LOWEST_LEVEL else 0


def _toggle(element: Any | None) -> bool | None:
    return None if element is None else is_on(element)


def _number(element: Any | None) -> int | None:
    text = value(element) or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
