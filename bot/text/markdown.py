"""Escape words for Markdown: for Discord's, and for files, in which neither a link nor a mention may come of them."""

from __future__ import annotations

import re

from bot.text.clean import clean_line, drop_overrides
from bot.text.mentions import anonymise_ids
from bot.text.words import shorten

_ANYWHERE = re.compile(r"[\\*_~|`\[\]<]|(?<=:)//")
_LINE_START = re.compile(r"^([ \t]*)(?:([#>+-])|([0-9]+)([.)]))", re.MULTILINE)
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_FORMATS = re.compile(r"([\\`*_{}\[\]<>#|~&]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")
_LIVE = re.compile(r"([$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
"""What programs that read Markdown may make a formula, a link or a mention of."""


def escape(text: str) -> str:
    """Escape a text so that Discord shows it as typed: no format, heading, list, link, mention or time.

    Control characters, and those that turn the direction of what follows, are left out. The result can be up to
    twice as long, and must not be cut: shorten first.
    """
    plain = _ANYWHERE.sub(lambda match: "\\" + match[0], drop_overrides(text))
    plain = _LINE_START.sub(_without_line_format, plain)
    return _EVERYBODY.sub("@\u200b", plain)


def escape_line(text: str, most: int) -> str:
    """Escape words on one line, shortened to ``most`` characters before that."""
    return escape(shorten(clean_line(text), most))


def unescape(text: str) -> str:
    """Return the text of which ``escape`` made this, as Discord shows it."""
    return re.sub(r"\\(.)", r"\1", text).replace("@\u200b", "@")


def escape_markdown(text: str) -> str:
    """Escape words for a Markdown file, on one line and also within a table; an address in them may become a link."""
    return _FORMATS.sub(r"\\\1", " ".join(text.split()))


def escape_staff_words(text: str) -> str:
    """Escape somebody's words for a Markdown file, without Discord's ids; neither link nor mention comes of them."""
    return _LIVE.sub(r"\\\1", escape_markdown(anonymise_ids(text))).replace("@", "@\u200b")


def _without_line_format(match: re.Match[str]) -> str:
    indent, sign, number, stop = match.groups()
    return f"{indent}\\{sign}" if sign else f"{indent}{number}\\{stop}"
