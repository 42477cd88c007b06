"""Tell what a statement is where its words carry it: a proposal, a question or an offer."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.models.summaries import Kind

_SUBJECT = (
    r"(?:we|they|you|someone|somebody|everyone|everybody|people|staff|managers?|there|it|this|that"
    r"|the\s[\w'’-]+(?:\s[\w'’-]+){0,3}|every\s\w+)"
)
_PROPOSAL = re.compile(
    rf"""
    \b{_SUBJECT}\s(?:really\s|also\s|all\s)?(?:should|ought\sto|must)\b(?!\s?n['’]?t\b)
        (?!\s(?:have|be\s(?:surprised|grateful|ashamed)|never\shave|not\shave|of\b))
    | \b(?:we|staff|they|people)\s(?:really\s|just\s)?need(?!ed|s?\sto\sbe\s(?:seen|told))\b
    | \b(?:let['’]?s|let\sus|why\s(?:not|don['’]?t\s(?:we|they|you))|how\sabout|what\s(?:about|if\swe)
        |could\s(?:we|they|you|someone)|can\s(?:we|they|someone)\s(?!ask))\b
    | \bi(?:['’]d|\swould)\s(?:like|love|want|rather|accept|bin|scrap|keep|have|split|put|make|settle\sfor
        |ask\sfor|prefer|start|go\sfor)\b(?!\sto\s(?:answer|say|know|think))
    | \bwhat\s(?:i|we)(?:['’]d|\swould|\sdo|\sreally)?\s(?:want|need|like)\b | \bwhat\s(?:i
        |we)['’]re\safter\b | \bup\sto\sme\b
    | ^\W*(?:please\s|pls\s|just\s|so\s|and\s|then\s|honestly\s)*(?:give|bring\sback|put|let|scrap|stop
        |start|make|ask|pay|send|fix|get\srid|write|show|tell|open|publish|ring|leave|take
        |move|swap|book|hold|drop|train|employ|hire|teach|post|print|keep)\s(?:us|them|me|it|the|a|an
        |every\w*|one|two|all|people|staff|back|up|your|our|this|that|in|on)\b
        (?!\s(?:out|together|up)\b.{{0,10}}and)
    | \b(?:one|a|two)\s[\w\s'’-]{{2,30}}\s(?:would|could)\s(?:do|be\senough|help|sort|fix|solve|make)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REPORTED = re.compile(
    r"\b(?:told|tells?|said|says?|saying|answered|asks?|asked|asking|reckons?|apparently"
    r"|supposed)\b[^.;]{0,60}\b(?:should|must|ought|need)\b"
    r"|\bring\sme\b|\bhow\syou\slike\b|\bwhat\swe['’]d\slike\b|\b(?:should|ought\sto|must|could)(?:\snot"
    r"|n['’]t|\snever)?(?:\s(?:have|of|ve)|['’]ve)\b|\b(?:i\sdid|and\sthen|last\s(?:week|month|year))\b|[“\"][^”\"]*$",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:i|we)(?:['’]ll|\swill|['’]m|\sam|\scan|\scould)\s(?:happily|gladly|happy\sto|glad\sto|sit\swith"
    r"|help|show\s(?:you|any|people)|teach|take\s(?:any|it\son)|bring|share|lend"
    r"|send\s(?:you|it)|come\sand|cover|write\sit|run\sa|do\sthe)\b|\bhappy\sto\s(?:help|share|show|sort"
    r"|run|take|do|come)\b|\bi(?:['’]ll|\swill)\s(?:come|find\sout|write|look|raise|ask|send|report)\b"
    r"|\bif\sany(?:one|body)\swants\b|\bleave\sit\swith\sme\b",
    re.IGNORECASE,
)
_JOKE = re.compile(
    r"[;:]-?[)DP](?!\w)|[😂🤣😜😉🙃🙄]|\s/s\W{0,3}$|\b(?:lo+l|lmao|only\sjoking|just\skidding|dream\son|yeah,?\sright)\b",
    re.IGNORECASE,
)
LONGEST = 600


def kind_of(statement: str, *, question: bool = False) -> Kind:
    """Say what a statement is by its words; VIEW where they do not say. ``question`` says that it wants an answer."""
    return Kind.QUESTION if question else _kind(statement[:LONGEST])


def is_joke(text: str) -> bool:
    """Return True if a laugh or a wink says that the words are not meant."""
    return bool(_JOKE.search(text[-LONGEST:]))


@lru_cache(maxsize=65_536)
def _kind(text: str) -> Kind:
    if is_joke(text):
        return Kind.VIEW
    if _OFFER.search(text):
        return Kind.OFFER
    return Kind.PROPOSAL if _PROPOSAL.search(text) and not _REPORTED.search(text) else Kind.VIEW
