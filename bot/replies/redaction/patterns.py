"""Find identifiers that have a shape of their own: mentions, links, e-mail addresses, paths, NI numbers.

No pattern tries a place twice: what can repeat without an end is possessive, and starts only if a word does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.replies.redaction.kinds import Found, Identifier

_MENTION = re.compile(r"<@!?\d+>")

_SCHEME = "(?:https?|s?ftp|smb|file)://"
_LINK = re.compile(
    r"(?<![\w@.-])(?<!https://)(?<!http://)(?<!ftp://)(?<!smb://)(?<!file://)(?:"
    rf"{_SCHEME}(?P<user>(?:{_SCHEME}|[^\s/@<>]*+@)*+)(?P<host>[\w-]++(?:\.[\w-]++)*+|\[[0-9a-f:.]++\]|(?=/))"
    r"|(?P<www>www\.[\w-]++(?:\.[\w-]++)*+)"
    r"|(?P<bare>(?:[\w-]++\.)++(?:uk|com|org|net|io|co|gov|info|eu|ie|wales|scot|cymru|edu|int|us|me|app|gl|gle|ly|ms)"
    r"(?=/))"
    r")(?::\d++)?(?P<rest>[/?#][^\s<>]*+)?",
    re.IGNORECASE,
)
A_FILE = "a file"
"""What is left of a link that has no host: to a file on somebody's computer."""
_AFTER_LINK = ".,;:!?)]}'\"’”*_|"

_OPEN, _SHUT = r"\s?[\[({<]\s?", r"\s?[\])}>]\s?"
_AT = rf"(?:[*_~|`]{{0,3}}\s?@\s?|{_OPEN}at{_SHUT})"
_DOT = rf"(?:\.|{_OPEN}dot{_SHUT}|\sdot\s)"
_DOMAIN = rf"[\w-]++(?:{_DOT}[\w-]++)*{_DOT}[^\W\d_][\w-]++"
_EMAIL = re.compile(
    rf"(?<![\w.+%'’-])(?:[.+%'’-]*+(?P<plain>\w[\w.+%'’-]*+{_AT}{_DOMAIN})"
    r"|(?P<spoken>[^\W_]++(?:[._][^\W_]++)++\s{1,2}at\s{1,2}"
    r"[\w-]++(?:(?:\.|\s{1,2}dot\s{1,2})[\w-]++)*(?:\.|\s{1,2}dot\s{1,2})[^\W\d_][\w-]++)"
    r"|(?P<short>(?:[^\W_]++(?:[._-][^\W_]++)++@[a-z][\w-]++|[\w-]++@(?:nhs|gmail|outlook|hotmail|yahoo|icloud|doctors))"
    r"(?![.@-]*+\w)))",
    re.IGNORECASE,
)
_SPOKEN_DOMAIN = re.compile(
    r"(?:\s{1,2}at\s{1,2}|\s?@\s?)(?P<domain>[\w-]{1,40}(?:(?:\.|\s{1,2}dot\s{1,2})[\w-]{1,40}){0,4}\s{1,2}dot\s{1,2}"
    r"(?:net|com|uk|org|scot|wales|cymru|ie|eu|info|edu|gov|me))(?![\w-])"
    r"|\s{1,2}at\s{1,2}(?:nhs\.net|gmail\.com|(?:outlook|hotmail|yahoo|icloud)\.(?:com|co\.uk))(?![\w-])",
    re.IGNORECASE,
)
_SPOKEN_LOCAL = re.compile(
    r"(?<![\w.-])[\w-]{1,40}(?:(?:\.|\s(?:dot|underscore|dash|hyphen)\s)[\w-]{1,40}){0,4}\Z", re.IGNORECASE
)
_LOCAL_WITHIN = 80

_SEGMENT = r"[^\n\\/:*?\"<>|]{1,60}"
_FILE = r"(?:[^\s\\/:*?\"<>|]{1,60}(?:\s[^\s\\/:*?\"<>|]{1,40}){0,4}?\.[a-z]{2,5}(?![\w])|[^\s\\/:*?\"<>|]{1,60})"
_PATH = re.compile(
    rf"\\\\[\w.$-]{{1,60}}\\(?:{_SEGMENT}\\){{0,12}}{_FILE}"
    rf"|(?<![^\W_])[a-z]:[\\/](?=[^\s\\/])(?:(?:{_SEGMENT}[\\/]){{1,12}}{_FILE}|[^\s\\/:*?\"<>|]{{1,60}}\.[a-z]{{2,5}}\b)"
    r"|(?<![\w/.~])(?:/home/|/users/|~/)[\w.-]{1,60}(?:/[^\s/]{1,60}){0,12}",
    re.IGNORECASE,
)

_GAP = r"[ \t\u00a0\u2007\u2009\u202f.*_/‑–-]{0,3}"
_NI_NUMBER = re.compile(
    rf"(?<![^\W_])(?P<prefix>[A-Z]{{2}})(?P<gap>{_GAP})[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}"
    rf"(?P<suffix>{_GAP}[A-D](?![^\W_]))?(?![^\W_])",
    re.IGNORECASE,
)
_NI_CUE = re.compile(r"national\s+insurance|\bn\.?\s?i\b|\bnino\b", re.IGNORECASE)
_CUE_WITHIN = 40


def find_mentions(text: str) -> Iterator[Found]:
    """Find Discord's mentions of people."""
    yield from ((*match.span(), Identifier.NAME, "") for match in _MENTION.finditer(text))


def find_links(text: str) -> Iterator[Found]:
    """Find links that say more than their host."""
    for match in _LINK.finditer(text):
        rest = (match["rest"] or "").rstrip(_AFTER_LINK)
        if match["user"] or rest not in ("", "/"):
            end = match.end() - len(match["rest"] or "") + len(rest)
            yield match.start(), end, Identifier.LINK, match["host"] or match["www"] or match["bare"] or A_FILE


def find_email_addresses(text: str) -> Iterator[Found]:
    """Find e-mail addresses, also with "(at)" and "[dot]", spelt out, and without the end of "@nhs.net"."""
    for match in _EMAIL.finditer(text):
        yield *match.span(match.lastgroup or 0), Identifier.EMAIL_ADDRESS, ""
    for match in _SPOKEN_DOMAIN.finditer(text):
        local = _SPOKEN_LOCAL.search(text, max(0, match.start() - _LOCAL_WITHIN), match.start())
        # "Look at nhs.net" tells of a page; a name in an address mostly has a sign or a figure.
        if local and (match["domain"] or not local[0].isalpha()):
            yield local.start(), match.end(), Identifier.EMAIL_ADDRESS, ""


def find_file_paths(text: str) -> Iterator[Found]:
    """Find paths on a server, a drive or in somebody's home that go two steps deep, or end in a file."""
    yield from ((*match.span(), Identifier.FILE_PATH, "") for match in _PATH.finditer(text))


def find_ni_numbers(text: str) -> Iterator[Found]:
    """Find National Insurance numbers.

    Without the last letter, or in small letters, only if they are named as such.
    """
    for match in _NI_NUMBER.finditer(text):
        looks_like_one = match["suffix"] and (match["prefix"].isupper() or not match["gap"])
        if looks_like_one or _NI_CUE.search(text, max(0, match.start() - _CUE_WITHIN), match.start()):
            yield *match.span(), Identifier.NI_NUMBER, ""
