"""Find identifiers that have a shape of their own: mentions, links, e-mail addresses, postcodes, NI numbers.

No pattern tries a place twice: what can repeat without an end is possessive, and starts only where a word does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.replies.redaction.kinds import Found, Identifier

_NAME = re.compile(r"<@!?\d+>")

_LINK = re.compile(
    r"(?<![\w@.-])(?:"
    r"(?:https?|s?ftp|smb|file)://(?P<user>[^\s/@<>]*+@)?(?P<host>[\w-]++(?:\.[\w-]++)*+|\[[0-9a-f:.]++\]|(?=/))"
    r"|(?P<www>www\.[\w-]++(?:\.[\w-]++)*+)"
    r"|(?P<bare>(?:[\w-]++\.)++(?:uk|com|org|net|io|co|gov|info|eu|ie|wales|scot|cymru|edu|int|us|me|app|gl|gle|ly|ms)"
    r"(?=/))"
    r")(?::\d++)?(?P<rest>[/?#][^\s<>]*+)?",
    re.IGNORECASE,
)
A_FILE = "a file"
"""What is left of a link that has no host: to a file on somebody's computer."""
_AFTER_LINK = ".,;:!?)]}'\"’”*_|"

_AT = r"(?:[*_~|`]{0,3}\s?@\s?|\s?[\[(]\s?at\s?[\])]\s?)"
_DOT = r"(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)"
_DOMAIN = rf"[\w-]++(?:{_DOT}[\w-]++)*{_DOT}[^\W\d_][\w-]++"
_EMAIL = re.compile(
    rf"(?<![\w.+%'’-])(?:[.+%'’-]*+(?P<plain>\w[\w.+%'’-]*+{_AT}{_DOMAIN})"
    r"|(?P<spoken>[^\W_]++(?:[._][^\W_]++)++\s{1,2}at\s{1,2}"
    r"[\w-]++(?:(?:\.|\s{1,2}dot\s{1,2})[\w-]++)*(?:\.|\s{1,2}dot\s{1,2})[^\W\d_][\w-]++))",
    re.IGNORECASE,
)

_GAP = r"[ \t\u00a0\u2007\u2009\u202f.*_‑–-]{0,3}"
_POSTCODE = re.compile(
    rf"(?<![^\W_])(?P<area>[A-Z]{{1,2}})[0-9][0-9A-Z]?{_GAP}[0-9](?P<last>[ABD-HJLNP-UW-Z]{{2}})(?![^\W_])"
    r"(?!\s{1,2}(?:floor|shift))",
    re.IGNORECASE,
)
_AREAS = re.compile(
    r"(?:AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|"
    r"EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|"
    r"ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|"
    r"SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE)",
    re.IGNORECASE,
)
_NOT_A_POSTCODE = frozenset(("st", "nd", "rd", "th", "hr", "yr", "wk", "ug", "ft", "tb", "gb", "lb"))
"""Floors, shifts and doses: "ward E4 2nd floor", "E4 8hr", "B12 5ug", typed in small letters."""

_NI_NUMBER = re.compile(
    rf"(?<![^\W_])(?P<prefix>[A-Z]{{2}})(?P<gap>{_GAP})[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}"
    rf"(?P<suffix>{_GAP}[A-D](?![^\W_]))?(?![^\W_])",
    re.IGNORECASE,
)
_NI_CUE = re.compile(r"national\s+insurance|\bn\.?\s?i\b|\bnino\b", re.IGNORECASE)
_CUE_WITHIN = 40


def find_names(text: str) -> Iterator[Found]:
    """Find Discord's mentions of people."""
    yield from ((*match.span(), Identifier.NAME, "") for match in _NAME.finditer(text))


def find_links(text: str) -> Iterator[Found]:
    """Find links that say more than their host."""
    for match in _LINK.finditer(text):
        rest = (match["rest"] or "").rstrip(_AFTER_LINK)
        if match["user"] or rest not in ("", "/"):
            end = match.end() - len(match["rest"] or "") + len(rest)
            yield match.start(), end, Identifier.LINK, match["host"] or match["www"] or match["bare"] or A_FILE


def find_email_addresses(text: str) -> Iterator[Found]:
    """Find e-mail addresses, also with "(at)" and "[dot]", or with a plain "at" behind a name with a full stop."""
    for match in _EMAIL.finditer(text):
        yield *match.span("plain" if match["plain"] else "spoken"), Identifier.EMAIL_ADDRESS, ""


def find_postcodes(text: str) -> Iterator[Found]:
    """Find whole postcodes of a real area; the first half alone stays."""
    for match in _POSTCODE.finditer(text):
        if _AREAS.fullmatch(match["area"]) and match["last"] not in _NOT_A_POSTCODE:
            yield *match.span(), Identifier.POSTCODE, ""


def find_ni_numbers(text: str) -> Iterator[Found]:
    """Find National Insurance numbers.

    Without the last letter, or in small letters, only where they are named as such.
    """
    for match in _NI_NUMBER.finditer(text):
        looks_like_one = match["suffix"] and (match["prefix"].isupper() or not match["gap"])
        if looks_like_one or _NI_CUE.search(text, max(0, match.start() - _CUE_WITHIN), match.start()):
            yield *match.span(), Identifier.NI_NUMBER, ""
