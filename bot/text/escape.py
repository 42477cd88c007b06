"""Make people's words safe for each place: Discord, Markdown, a spreadsheet, a terminal; and cut them to a length."""

from __future__ import annotations

import re
import unicodedata

_FORMULA = frozenset("=+-@|%")
"""A cell that begins with one of these may be run as a formula or a command by a spreadsheet."""
_AFTER_SEPARATOR = re.compile(r"(;[\s'\"]*)(?=[=+@＝＋＠−－-])")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$@]|:(?=//)|(?<=www)\.|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])", re.IGNORECASE)
_IDS = (
    (
        re.compile(r"https?://(?:[\w-]{1,63}\.){0,4}(?:discord(?:app)?\.(?:com|gg|net)|discord\.gg)\S*", re.IGNORECASE),
        "[Discord link]",
    ),
    (
        re.compile(r"(?<![\w.-])(?:[\w-]{1,63}\.){0,4}discord(?:app)?\.(?:com|gg|net)/\S+", re.IGNORECASE),
        "[Discord link]",
    ),
    (re.compile(r"<@[!&]?\d+>"), "[person]"),
    (re.compile(r"<#\d+>|<id:\w+>"), "[channel]"),
    (re.compile(r"<a?:(\w+):\d+>"), r":\1:"),
    (re.compile(r"</([\w -]+):\d+>"), r"/\1"),
    (re.compile(r"(?<!\d)\d{17,20}(?!\d)"), "[number]"),
)
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\u061c")
_KEPT_FORMATS = frozenset("\u200c\u200d\u200e\u200f")
"""Joiners that some scripts and emoji need, and marks of direction that do no harm."""


def harmless(text: str) -> str:
    """Text without control characters, bidirectional overrides and invisible ones; tabs and breaks become spaces."""
    return " ".join("".join(_harmless_char(char) for char in text).split())


def _harmless_char(char: str) -> str:
    if char in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if char in _BIDI_CONTROLS or char in _INVISIBLE:
        return ""
    kind = unicodedata.category(char)
    return "" if kind in {"Cc", "Cs", "Co", "Cn"} or (kind == "Cf" and char not in _KEPT_FORMATS) else char


def anonymised_ids(text: str) -> str:
    """The words on one line, harmless, with Discord's ids and links replaced by what they stand for."""
    text = harmless(text)
    for pattern, instead in _IDS:
        text = pattern.sub(instead, text)
    return text


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, not even behind blanks, full-width signs or a semicolon.

    A semicolon starts a new cell where a spreadsheet is set to a language that separates cells by it.
    """
    text = _AFTER_SEPARATOR.sub(r"\1'", text)
    first = unicodedata.normalize("NFKC", text.lstrip("\"' \xa0\u3000\u200c\u200d\u200e\u200f"))[:1]
    return f"'{text}" if first in _FORMULA and first else text


def markdown(text: str) -> str:
    """The words as plain text within Markdown: no formatting, link, picture, list or mention comes of them."""
    escaped = _MARKS.sub(r"\\\1", anonymised_ids(text))
    return escaped.replace("@", "@\u200b")


_MENTIONS = re.compile(
    r"<(?:"
    r"(?P<person>@!?)[0-9]+>"
    r"|(?P<role>@&)[0-9]+>"
    r"|(?P<channel>\#)[0-9]+>"
    # Digits right behind an emoji go with it: with its name they could spell a new one.
    r"|a?(?P<emoji>:\w+:)[0-9]+>[0-9]*"
    r"|(?P<command>/)[^<>\n]*:[0-9]+>"
    r")"
    r"|(?P<link>(?<![a-z-])(?:https?://)?(?:(?:www|ptb|canary|cdn|media)\.)?(?P<host>discord(?:app)?\.(?:com|net))/[^\s<>()\[\]]*"
    r"|discord:/+[^\s<>()\[\]]*)"
    r"|(?P<number>(?<![0-9])[0-9]{17,20}(?![0-9]))",
    re.IGNORECASE,
)
_LEAST_OF_ID = 17
_LONG_NUMBER = re.compile(rf"[0-9]{{{_LEAST_OF_ID}}}")
_INSTEAD = {
    "person": "@someone",
    "role": "@a role",
    "channel": "#a channel",
    "command": "a command",
    "number": "a number",
}

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ANYWHERE = re.compile(r"[\\*_~|`\[\]<]|(?<=:)//")
_LINE_START = re.compile(r"^([ \t]*)(?:([#>+-])|([0-9]+)([.)]))", re.MULTILINE)
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_TRAILING = " \t\n,;:.–—-"


def without_mentions(text: str) -> str:
    """The text without any Discord id: people, roles and channels become words, links to Discord keep their host.

    Custom emoji keep their names. A bare number of 17 to 20 digits is taken for an id too. Takes linear time, and
    doing it twice changes nothing.
    """
    # Nearly all messages hold nothing of the kind, and this is much quicker to see than to search for.
    if "<" in text or "discord" in text.lower() or (_figures(text) >= _LEAST_OF_ID and _LONG_NUMBER.search(text)):
        return _MENTIONS.sub(_without_id, text)
    return text


def escape(text: str) -> str:
    """The text as Discord markdown that shows it as it was typed: no format, heading, list, link, mention or time.

    Control characters, and those that turn the direction of what follows, are left out. The result can be up to
    twice as long, and must not be cut: shorten first.
    """
    kept = "".join(char for char in text if _is_harmless(char))
    plain = _ANYWHERE.sub(lambda match: "\\" + match[0], kept)
    plain = _LINE_START.sub(_without_line_format, plain)
    return _EVERYBODY.sub("@\u200b", plain)


def shorten(text: str, limit: int) -> str:
    """The text in at most ``limit`` characters (1 or more), cut after a word and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if not text[limit - 1].isspace():
        words = head.rsplit(maxsplit=1)
        # A single long word is cut within; so is a text whose only space is at its start.
        head = words[0] if len(words) == 2 else head
    return head.rstrip(_TRAILING) + "…"


def _figures(text: str) -> int:
    told = text.encode(errors="replace")
    return len(told) - len(told.translate(None, b"0123456789"))


def _without_id(match: re.Match[str]) -> str:
    if match["emoji"]:
        return match["emoji"]
    if match["link"]:
        return (match["host"] or "discord.com").lower()
    return next(words for kind, words in _INSTEAD.items() if match[kind])


def _without_line_format(match: re.Match[str]) -> str:
    indent, sign, number, stop = match.groups()
    return f"{indent}\\{sign}" if sign else f"{indent}{number}\\{stop}"


def _is_harmless(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _BIDI)
