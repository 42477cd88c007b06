"""Find where people live: postcodes, and a house's number with its street."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from bot.replies.redaction.kinds import Found, Identifier

_GAP = r"[ \t\u00a0\u2007\u2009\u202f.*_‑–-]{0,3}"
_POSTCODE = re.compile(
    rf"(?<![^\W_])(?P<area>[A-Z]{{1,2}})[0-9][0-9A-Z]?{_GAP}[0-9](?P<last>[ABD-HJLNP-UW-Z]{{2}})(?![^\W_])"
    r"(?!\s{1,2}(?:floor|shift))",
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"(?<![^\W_])(?P<area>[A-Z](?:\s[A-Z])?)\s[0-9](?:\s[0-9A-Z])?\s{1,3}[0-9]\s"
    r"(?P<last>[ABD-HJLNP-UW-Z]\s[ABD-HJLNP-UW-Z])(?![^\W_])"
)
_NAMED = re.compile(
    r"\bpost\s?code\b[\s:.,-]{0,3}(?:is\s)?"
    r"(?P<code>(?P<area>[A-Z]\s?[A-Z]?)\s?[0-9]\s?[0-9A-Z]?\s{0,3}[0-9]\s?[A-Z]\s?[A-Z])(?![^\W_])",
    re.IGNORECASE,
)
_AREAS_TEXT = """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
    FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG
    NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR
    TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
_AREAS = frozenset(_AREAS_TEXT.split())
_NOT_A_POSTCODE = frozenset(("st", "nd", "rd", "th", "hr", "yr", "wk", "ug", "ft", "tb", "gb", "lb"))
"""Floors, shifts and doses: "ward E4 2nd floor", "E4 8hr", "B12 5ug", typed in small letters."""

_NUMBER = (
    r"(?<![\w£/.-])(?:(?i:flat|apartment|apt)\s\d{1,4}[a-z]?,?\s{1,2})?"
    r"\d{1,4}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?,?\s{1,2}"
)
_STREET = r"street|road|rd|avenue|ave|lane|crescent|terrace|mews"
"""Words that mean a street in any letters."""
_PLACE = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Crescent|Terrace|Mews|Close|Drive|Dr|Gardens?|Grove|Way|Place|Court|Square"
    r"|Hill|Rise|View|Park|Walk|Row|Green|Parade|Gate|Paddock|Croft|Fold|Brow|Wharf|Quay|Heights|Yard"
    r"|Gdns|Cres|Cl|Sq|Ct|Pl|Terr?|Gro|Pde|Wlk|Meadows?|Fields?|Mount|Dene|Vale|Chase|Approach|Villas?|Cottages?"
    r"|Buildings|Embankment|Esplanade|Promenade|Spinney|Copse|Hollow|Mead"
    r"|Bank(?!\s(?:(?i:holidays?|staff|shifts?|nurses?|hcas?|workers?|hours|team|office|rates?|pay)\b))"
)
"""Words that mean one with capitals, or behind a word that tells of a home."""
_ONE_WORD = r"(?:King|Queen|Prince)sway|Broadway|Parkway|Fairway|Greenway|Westway|Eastway|Northway|Southway"
"""Streets of one word."""
_HOUSES = "Cottage|Bungalow|Farm|Farmhouse|Lodge|Barn|Villa|Mill|House"
_NO_STREET = (
    r"(?!(?:am|pm|an?|and|in|on|at|of|the|to|by|for|from|with|or|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?"
    r"|miles?|metres?|way|more|new|other|people|staff|nurses?|patients?|beds|of)\b)"
)
_ADDRESS = re.compile(
    rf"{_NUMBER}(?:(?:{_NO_STREET}[A-Za-z][\w'’.-]{{0,20}}\s{{1,2}}){{1,2}}(?i:{_STREET})"
    rf"|(?:[A-Z][\w'’.-]{{0,20}}\s{{1,2}}){{1,3}}(?:{_PLACE})|(?:{_ONE_WORD}))\b"
)
_NAMED_HOUSE = re.compile(
    rf"(?<![^\W_])(?:(?i:flat|apartment|apt)\s\d{{1,4}}[A-Za-z]?,?\s)?(?:[A-Z][\w'’-]{{1,20}}\s){{1,3}}"
    rf"(?:{_HOUSES}),?\s(?:[A-Z][\w'’.-]{{0,20}}\s){{1,2}}(?:{_PLACE})\b"
)
"""A house with a name, and its street."""
_HOUSE = re.compile(
    r"(?<![^\W_])(?i:flat|apartment|apt)\s\d{1,4}[A-Za-z]?,?\s(?:[A-Z][\w'’-]{1,20}\s){1,3}"
    r"(?:Court|House|Lodge|Towers?|Heights|Point|Place)\b"
)
_HOME = re.compile(
    r"\b(?:lives?|living|address|home|house|visit(?:s|ed)?|moved|sent)\b(?:[\s:,]{1,2}(?:is|at|to|in|from|her|his|my))"
    rf"{{0,2}}[\s:,]{{1,2}}(?P<address>\d{{1,4}}[a-z]?\s"
    rf"(?:(?:{_NO_STREET}[a-z][\w'’.-]{{0,20}}\s){{1,3}}(?:{_PLACE})|(?:{_ONE_WORD})))\b",
    re.IGNORECASE,
)


_STREETS_TEXT = """
    street road rd avenue ave lane crescent terrace mews st ln close drive dr garden gardens grove way place court
    square hill rise view park walk row green parade gate paddock croft fold brow wharf quay heights yard gdns cres
    cl sq ct pl ter terr gro pde wlk meadow meadows field fields mount dene vale chase approach villa villas cottage
    cottages buildings embankment esplanade promenade spinney copse hollow mead bank kingsway queensway princesway
    broadway parkway fairway greenway westway eastway northway southway
"""
_STREETS = frozenset(_STREETS_TEXT.split())
_FLATS = frozenset(("flat", "apartment", "apt"))
_HOUSE_WORDS = frozenset(_HOUSES.lower().split("|"))


def may_hold_address(words: Set[str]) -> bool:
    """Say whether a text of these words, which has figures, can hold a street."""
    return not words.isdisjoint(_STREETS) or not words.isdisjoint(_FLATS)


def may_name_house(words: Set[str]) -> bool:
    """Say whether a text of these words can hold a house with a name and its street."""
    return not words.isdisjoint(_HOUSE_WORDS) and not words.isdisjoint(_STREETS)


def find_postcodes(text: str) -> Iterator[Found]:
    """Find whole postcodes of a real area, also with spaces between the letters; the first half alone stays."""
    for shape in (_POSTCODE, _SPACED):
        for match in shape.finditer(text):
            if _is_area(match["area"]) and match["last"] not in _NOT_A_POSTCODE:
                yield *match.span(), Identifier.POSTCODE, ""
    for match in _NAMED.finditer(text):
        if _is_area(match["area"]):
            yield *match.span("code"), Identifier.POSTCODE, ""


def find_street_addresses(text: str) -> Iterator[Found]:
    """Find a number with a street, and a flat with its house."""
    yield from find_named_houses(text)
    for shape, group in ((_ADDRESS, 0), (_HOUSE, 0), (_HOME, "address")):
        yield from ((*match.span(group), Identifier.STREET_ADDRESS, "") for match in shape.finditer(text))


def find_named_houses(text: str) -> Iterator[Found]:
    """Find a house with a name, and its street."""
    yield from ((*match.span(), Identifier.STREET_ADDRESS, "") for match in _NAMED_HOUSE.finditer(text))


def _is_area(typed: str) -> bool:
    return "".join(typed.split()).upper() in _AREAS
