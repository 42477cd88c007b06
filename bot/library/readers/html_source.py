"""Prepare the text of HTML for parsers: without markup that never ends, and without signs that only lead to a note."""

from __future__ import annotations

import re
from html import unescape

from bot.library.readers.figures import write_raised

_TAG_START = re.compile(r"</?[a-zA-Z]")
# As parsers read it: only a quote right behind "=" holds a ">" back. Nothing is tried twice (possessive).
_TAG = re.compile(r"""</?[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+>""")
_HIDDEN = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"))
"""How markup begins that shows nothing, and how it ends."""
_RAW = re.compile(r"<(script|style)\b", re.IGNORECASE)
NOTE_SIGN = re.compile(r"\[?\(?(?:\d{1,3}|[a-z]|[*†‡§↑])\)?\]?|\[[^\[\]]{1,40}\]", re.IGNORECASE)
_NOTE_LINK = re.compile(r"<sup\b[^<>]*>((?:(?!</?sup\b).){0,2000})</sup>", re.IGNORECASE | re.DOTALL)
_BACK_LINK = re.compile(
    r"<a\b[^<>]*>(?:\s|&#160;|&nbsp;)*(?:[↩↑⏎⤴^¶]|&#(?:8617|x21a9|8593);)\ufe0e?\s*</a>", re.IGNORECASE
)
"""What leads from a note back to its place in the text."""
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
    return _BACK_LINK.sub("", _NOTE_LINK.sub(lambda match: _raised(match[0], match[1]), html))


class _Scan:
    """One look through a text, from its start to its end. It remembers what does not come again."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._gone: set[str] = set()

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
        return (tag[0], tag.end()) if raw is None or tag[0].endswith("/>") else ("", self._end_of(raw[1], tag.end()))

    def _end_of(self, name: str, start: int) -> int:
        """Say where the contents of a script or style end, with its end tag; at the end of the text without one."""
        end = re.compile(f"</{name}[^>]*>?", re.IGNORECASE).search(self._html, start)
        return len(self._html) if end is None else end.end()

    def _find(self, what: str, start: int) -> int:
        end = -1 if what in self._gone else self._html.find(what, start)
        if end < 0:
            self._gone.add(what)
        return end


def _raised(element: str, inner: str) -> str:
    if _is_note_link(inner):
        return ""
    figures = unescape(_ANY_TAG.sub("", inner)).strip()
    # As plain text, 10 to the power of 6 would become 106.
    raised = write_raised(figures)
    return raised if raised != figures else element


def _is_note_link(inner: str) -> bool:
    text = unescape(_ANY_TAG.sub("", inner)).strip()
    # Some programs put a stroke behind the sign, as a raised text of its own.
    return text == "/" or ("<a" in inner.lower() and NOTE_SIGN.fullmatch(text) is not None)
