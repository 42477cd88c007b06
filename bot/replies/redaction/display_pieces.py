"""Cut what somebody is shown as at the signs that part a name from a role, a ward or pronouns."""

from __future__ import annotations

import re

from bot.replies.redaction.name_letters import TOKEN
from bot.text.first_names import FIRST_NAMES, NO_NAMES, WORD_NAMES

_BRACKETS = re.compile(r"[(\[{（【「](?P<inside>.*?)(?:[)\]}）】」]|$)")
"""What is beside a name in brackets is where somebody works; a short form of the name can be there too."""
_OPENED = re.compile(r"[(\[{（【「]")
_PARTED = re.compile(r"\s*[|/•;:~–—\\]+\s*|\s+[-·]+\s+")
_COMMA = re.compile(r"\s*,\s*")
_BETWEEN = re.compile(r"[ ・·]")
_PLACES_TEXT = "building centre clinic floor house site suite team theatre unit ward wards wing"
PLACES = frozenset(_PLACES_TEXT.split())
"""What follows the name of a place, which may be somebody's surname too."""
_POSTS_TEXT = """
    aap acp amu anp band ccu cdu cns cnm cpn ctp ent fy gp gpst hca hcas hcsw hdu hr icu imt itu
    mau msw nicu odp ods paeds picu rcn rgn rmn rn rnld rnda rm rnmh rcm
    sau scbu scphn scu sdec sho slt spr sr sen ssn ssw stp tna tvn pharm physio phleb psych radiog
"""
POSTS = frozenset(_POSTS_TEXT.split())
"""Short forms of what somebody does or where, also in small letters."""
_PRONOUNS_TEXT = "he him his she her hers they them their theirs ze zir hir xe xem it its any pronouns"
PRONOUNS = frozenset(_PRONOUNS_TEXT.split())
_NO_PART = PLACES | POSTS | PRONOUNS | (NO_NAMES - WORD_NAMES)


def cut_name(plain: str) -> tuple[list[str], list[str]]:
    """Return the pieces of a display name that may name somebody, and what is in brackets.

    Behind a sign ("Priya | Ward 7"), a piece with the word of a place, a role or a number names nobody.
    """
    short_forms: list[str] = []
    if _OPENED.search(plain):
        short_forms = [match["inside"] for match in _BRACKETS.finditer(plain)]
        outside = _BRACKETS.sub(" ", plain)
        if not list_words(outside):
            return short_forms, []
        plain = outside
    if plain.isascii() and plain.replace(" ", "").isalpha():
        return [plain], short_forms
    pieces = [piece for piece in _PARTED.split(plain) if piece.strip()]
    if len(pieces) > 1:
        pieces = [piece for piece in pieces if not _tells_place(piece)] or pieces
    return [_without_posts(piece) for piece in pieces], short_forms


def list_words(piece: str) -> list[str]:
    """List the words of a name as they were typed."""
    if piece.isascii():
        return TOKEN.findall(piece)
    return [word for run in TOKEN.findall(piece) for word in _BETWEEN.split(run)]


def _without_posts(piece: str) -> str:
    """Return a piece without what is behind a comma and names nobody: "Priya Sharma, RN"."""
    first, *more = _COMMA.split(piece)
    return " ".join((first, *(each for each in more if not _tells_place(each)))) if more else piece


def _tells_place(piece: str) -> bool:
    words = [word.casefold() for word in list_words(piece)]
    return (
        FIRST_NAMES.isdisjoint(words)
        and any(word in _NO_PART or word.isdigit() for word in words)
        and not (_is_titled(words))
    )


def _is_titled(words: list[str]) -> bool:
    """Say whether a piece is somebody by what they do: "Matron Okonkwo"."""
    return len(words) > 1 and words[0] in NO_NAMES and words[0] not in PLACES and _NO_PART.isdisjoint(words[1:])
