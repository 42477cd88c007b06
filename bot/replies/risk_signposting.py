"""Sees by published cues whether words may be about a risk, and tells their author alone whom to speak to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bot.models.settings import Contact, GuildSettings
from bot.replies.risk_cues import ABOUT, BEFORE, BETWEEN, CUES, NOT, Risk
from bot.text.markdown import escape

GAP = "…"
LONGEST_GAP = 3
MOST_BETWEEN = 3
_TOKEN = re.compile(r"[^\W_]+|[.!?;\n]")
_APOSTROPHES = "'’‘ʼ`"
_KEPT = bytes(code if chr(code).isalnum() and code < 128 else ord(" ") for code in range(256))
_CAN_BE_TURNED = frozenset((Risk.BULLYING, Risk.CRIME))
_CAN_BE_TOPIC = frozenset((Risk.BULLYING, Risk.CRIME, Risk.SELF_HARM))

FOR_CONCERNS = (Contact.SPEAK_UP, Contact.SAFEGUARDING, Contact.STAFF_SUPPORT)
"""Whom staff can speak to when something is wrong."""
_FIRST = (
    "What you wrote may be about a risk to you or to someone else. This bot can’t report a concern for you. It has "
    "told nobody, and it keeps no note of this. If something is wrong, please speak to a person:"
)
_NONE_SET = (
    "Ask a facilitator who to speak to. Your organisation has a Freedom to Speak Up guardian, a safeguarding team "
    "and support for staff. You can also talk to your manager or your union."
)
_NOW = "**If someone is in danger now, call 999.**"
_SAMARITANS = "If you don’t want to go on, you can talk to Samaritans at any hour: call 116 123. It’s free."

Cue = tuple[frozenset[str], ...]


def find_risks(text: str) -> frozenset[Risk]:
    """Say what a text may be about, by the cues of care_cues. Takes linear time in the length of the text."""
    small = text.casefold()
    for apostrophe in _APOSTROPHES:
        small = small.replace(apostrophe, "")
    # Most messages hold no cue's rarest word, which is much quicker to see, in bytes, than the cues themselves.
    if _anchors().isdisjoint(small.encode(errors="replace").translate(_KEPT).split()):
        return frozenset()
    tokens = _TOKEN.findall(small)
    by_first = _by_first()
    return frozenset(
        risk
        for at, token in enumerate(tokens)
        for risk, cue in by_first.get(token, ())
        for end in _ends(tokens, at, cue)
        if not _is_turned(tokens, at, risk) and not _is_topic(tokens, end, risk)
    )


def care_lines(settings: GuildSettings, text: str) -> str:
    """Say whom the author of a text can speak to, as Discord markdown; empty if no cue of a risk is in it.

    It is for the author's eyes alone. Every kind of risk gets the same contacts, since a cue is no diagnosis.
    """
    risks = find_risks(text)
    if not risks:
        return ""
    listed = contact_lines(settings.contacts, FOR_CONCERNS) or [_NONE_SET]
    last = [_NOW, *([_SAMARITANS] if Risk.SELF_HARM in risks else [])]
    # The empty line ends the list, or the number to call would be read as a part of its last contact.
    return "\n".join((_FIRST, *listed, "", *last))


def contact_lines(contacts: Mapping[str, str], kinds: Sequence[Contact]) -> list[str]:
    """Return a line for each contact that is set, such as "- Safeguarding: extension 4321", with nothing to act on."""
    return [f"- {kind.label}: {escape(contacts[kind])}" for kind in kinds if contacts.get(kind)]


@cache
def _anchors() -> frozenset[bytes]:
    """Of each cue the words of one part, one of which is in every text that has the cue; long words are rarer."""
    cues = (cue for entries in _by_first().values() for _, cue in entries)
    rarest = (max(cue, key=lambda part: min(map(len, part))) for cue in cues)
    return frozenset(word.encode() for part in rarest for word in part)


@cache
def _by_first() -> Mapping[str, Sequence[tuple[Risk, Cue]]]:
    """Return the cues by each word that they can begin with."""
    index: dict[str, list[tuple[Risk, Cue]]] = defaultdict(list)
    for risk, cues in CUES.items():
        for cue in cues:
            parts = tuple(frozenset(part.split("/")) for part in cue.split())
            for word in parts[0]:
                index[word].append((risk, parts))
    return dict(index)


def _ends(tokens: Sequence[str], at: int, cue: Cue) -> Iterator[int]:
    """Say where the cue ends (exclusive) if it begins at a place; a gap takes as few words as it can."""
    if not cue:
        yield at
        return
    if cue[0] == {GAP}:
        for skipped in range(LONGEST_GAP + 1):
            yield from _ends(tokens, at + skipped, cue[1:])
            if at + skipped >= len(tokens) or not tokens[at + skipped].isalnum():
                return
    elif at < len(tokens) and tokens[at] in cue[0]:
        yield from _ends(tokens, at + 1, cue[1:])


def _is_turned(tokens: Sequence[str], at: int, risk: Risk) -> bool:
    if risk not in _CAN_BE_TURNED:
        return False
    before = reversed(tokens[max(0, at - MOST_BETWEEN) : at])
    return next((word for word in before if word not in BEFORE), "") in NOT


def _is_topic(tokens: Sequence[str], end: int, risk: Risk) -> bool:
    if risk not in _CAN_BE_TOPIC:
        return False
    after = tokens[end : end + MOST_BETWEEN + 1]
    return next((word for word in after if word not in BETWEEN), "") in ABOUT
