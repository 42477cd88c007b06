"""Prepare the text of HTML for parsers: without markup that never ends, and without signs that only lead to a note."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from bot.library.readers.figures import write_raised

_TAG_START = re.compile(r"</?[a-zA-Z]")
# As parsers read it: only a quote right behind "=" holds a ">" back. Nothing is tried twice (possessive).
_TAG = re.compile(r"""</?[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+>""")
_HIDDEN = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"))
"""How markup begins that shows nothing, and how it ends."""
_NAME = re.compile(r"</?([a-zA-Z][\w:-]*)")
DEEPEST = 200
"""So many elements may be open around another. The parser goes no deeper than 256, and drops all the rest of a page."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "small"}
    | {"span", "strike", "strong", "sub", "sup", "tt", "u"}
)
_CELLS = frozenset({"p", "td", "th"})
_ENDED = {
    "li": frozenset({"p", "li"}),
    "dt": frozenset({"p", "dt", "dd"}),
    "dd": frozenset({"p", "dt", "dd"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _CELLS | {"tr"},
    "tbody": _CELLS | {"tr", "thead", "tbody"},
}
"""What is often left open, and ends where one of these begins."""
_RAW = re.compile(r"<(script|style)\b", re.IGNORECASE)
NOTE_SIGN = re.compile(r"\[?\(?(?:\d{1,3}|[a-z]|[*†‡§↑])\)?\]?|\[[^\[\]]{1,40}\]", re.IGNORECASE)
_NOTE_LINK = re.compile(r"<sup\b[^<>]*>((?:(?!</?sup\b).){0,2000})</sup>", re.IGNORECASE | re.DOTALL)
_BACK_LINK = re.compile(
    r"<a\b[^<>]*>(?:\s|&#160;|&nbsp;)*(?:[↩↑⏎⤴^¶]|&#(?:8617|x21a9|8593);)\ufe0e?\s*</a>", re.IGNORECASE
)
"""What leads from a note back to its place in the text."""
_AFTER_SENTENCE = tuple(".,;:!?”’\"')]")
_LOOSE_SIGN = re.compile(r"\d{1,3}(?:[,–-] ?\d{1,3})*")
_ANY_TAG = re.compile(r"<[^<>]*>")


def drop_unclosed(html: str) -> str:
    """Return the HTML with each "<" that begins nothing whole as "&lt;", and without comments, scripts and styles.

    No reader needs these. For each "<" that never ends, a parser would look through all the rest of the text; here the
    time is in step with the length.
    """
    return "".join(_Scan(html).parts())


def drop_note_links(html: str) -> str:
    """Return the HTML without raised signs that link to a note, such as "[1]", and without the links back.

    Other raised text stays; raised figures become figures that are raised in plain text too.
    """
    return _BACK_LINK.sub("", _NOTE_LINK.sub(_raised, html))


class _Scan:
    """One look through a text, from its start to its end. It remembers what doesn’t come again, and what is open."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._gone: set[str] = set()
        self._open: list[str] = []
        self._left_out: Counter[str] = Counter()

    def parts(self) -> list[str]:
        parts, at = [], 0
        while (start := self._html.find("<", at)) >= 0:
            parts.append(self._html[at:start])
            part, at = self._markup(start)
            parts.append(part)
        return [*parts, self._html[at:]]

    def _markup(self, start: int) -> tuple[str, int]:
        """Return what is in place of the markup at ``start``, and where it ends."""
        for opening, closing in _HIDDEN:
            if self._html.startswith(opening, start):
                end = self._find(closing, start + len(opening))
                return ("&lt;", start + 1) if end < 0 else ("", end + len(closing))
        tag = _TAG.match(self._html, start) if "tag" not in self._gone else None
        if tag is None:
            if _TAG_START.match(self._html, start):
                self._gone.add("tag")  # where one does not end, no later one does
            return "&lt;", start + 1
        raw = _RAW.match(tag[0])
        if raw is None or tag[0].endswith("/>"):
            return self._within_bounds(tag[0]), tag.end()
        return "", self._end_of(raw[1], tag.end())

    def _within_bounds(self, tag: str) -> str:
        """Return a tag; a new paragraph or nothing instead of one that begins or ends what lies too deep."""
        match = _NAME.match(tag)
        name = match[1].lower() if match else ""
        if tag.endswith("/>") or name in _VOID:
            return tag
        if tag.startswith("</"):
            if self._left_out[name]:
                self._left_out[name] -= 1
                return ""
            if name in self._open:
                while self._open.pop() != name:
                    pass
            return tag
        ended = _ENDED.get(name, frozenset() if name in _INLINE else frozenset({"p"}))
        while self._open and self._open[-1] in ended:
            self._open.pop()
        if len(self._open) < DEEPEST:
            self._open.append(name)
            return tag
        self._left_out[name] += 1
        return "" if name in _INLINE else "<p>"

    def _end_of(self, name: str, start: int) -> int:
        """Say where the contents of a script or style end, with its end tag; at the end of the text without one."""
        end = re.compile(f"</{name}[^>]*>?", re.IGNORECASE).search(self._html, start)
        return len(self._html) if end is None else end.end()

    def _find(self, what: str, start: int) -> int:
        end = -1 if what in self._gone else self._html.find(what, start)
        if end < 0:
            self._gone.add(what)
        return end


def is_loose_sign(before: str, raised: str) -> bool:
    """Say whether raised text is the number of a note behind a sentence, which somebody typed without a link."""
    return before[-1:] in _AFTER_SENTENCE and _LOOSE_SIGN.fullmatch(raised) is not None


def _raised(match: re.Match[str]) -> str:
    element, inner = match[0], match[1]
    figures = unescape(_ANY_TAG.sub("", inner)).strip()
    if _is_note_link(inner) or is_loose_sign(match.string[max(0, match.start() - 1) : match.start()], figures):
        return ""
    # As plain text, 10 to the power of 6 would become 106.
    raised = write_raised(figures)
    return raised if raised != figures else element


def _is_note_link(inner: str) -> bool:
    text = unescape(_ANY_TAG.sub("", inner)).strip()
    # Some programs put a stroke behind the sign, as a raised text of its own.
    return text == "/" or ("<a" in inner.lower() and NOTE_SIGN.fullmatch(text) is not None)
