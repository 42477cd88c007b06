"""Take Discord's ids and links out of words: before they are stored, and once more before they leave the server."""

from __future__ import annotations

import re

from bot.text.clean import strip_harmful

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


def remove_mentions(text: str) -> str:
    """Take every Discord id out: people, roles and channels become words, links to Discord keep their host.

    Custom emoji keep their names. A bare number of 17 to 20 digits is taken for an id too. Takes linear time, and
    doing it twice changes nothing.
    """
    # Nearly all messages hold nothing of the kind, and this is much quicker to see than to search for.
    if "<" in text or "discord" in text.lower() or (_figures(text) >= _LEAST_OF_ID and _LONG_NUMBER.search(text)):
        return _MENTIONS.sub(_name_mention, text)
    return text


def anonymise_ids(text: str) -> str:
    """Put the words on one harmless line, with a mark such as "[person]" for each of Discord's ids and links."""
    text = strip_harmful(text)
    for pattern, instead in _IDS:
        text = pattern.sub(instead, text)
    return text


def _figures(text: str) -> int:
    told = text.encode(errors="replace")
    return len(told) - len(told.translate(None, b"0123456789"))


def _name_mention(match: re.Match[str]) -> str:
    if match["emoji"]:
        return match["emoji"]
    if match["link"]:
        return (match["host"] or "discord.com").lower()
    return next(words for kind, words in _INSTEAD.items() if match[kind])
