"""Tell the questions that somebody wants answered from those that are a way of saying something."""

from __future__ import annotations

import re

_MARK = re.compile(r"[?؟？;]['\"”’)\s*_]*$")
_ASKS = r"(?:how|what|why|when|where|who|whose|whom|which)(?:['’]s|['’]re|['’]d)?"
_INVERTED = r"(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|had|may|am)(?:n['’]?t)?"
_FORM = re.compile(
    rf"(?:^|[,:;–-]\s*|\b(?:and|but|so|also|or|then|ok|sorry|please|question)\b\W*)(?:{_ASKS}"
    rf"|{_INVERTED}\s(?:i|we|you|u|ye|he|she|it"
    rf"|they|there|this|that|these|those|the|my|our|your|any\w*|some\w*|people|staff|no\w*))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:any(?:one|body)|some(?:one|body)|any\s(?:of\s(?:you|us)|chance|news|idea)|can\s(?:i|we)\sask"
    r"|(?:do|does|did|would|could|can)\s(?:you|u)\s"
    r"(?:know|mind|remember|have|ever|get|use|still)|real\squestion|is\sit\s(?:right|true)|is\s(?:that|this"
    r"|it)\s(?:even\s)?(?:allowed|possible|ok)"
    r"|how\s(?:do|does|did|can|would)\s(?:i|we|you|u|people|other)|(?:who|where|when|what)\s(?:do|does"
    r"|should|can|would)\s(?:i|we|you|u)"
    r"|(?:who|where|when|what|which)\s(?:is|are|was|were)\s(?:my|our|it\sthat|responsible)|where\sdo(?:es)?"
    r"|(?:should|must|does|do)\s(?:i|we)|what\swould|to\swho|has\sthere|are\sthere\sany|is\sthere\san?y?)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"^\W*(?:and\s|but\s|so\s)?(?:is|are|was|were|do|does|did|should|would|could|can|have|has"
    r"|will)n['’]?t\b|\bsince\swhen\b|\bwho\s(?:would|could|wants|thought|cares|knew|needs)\b"
    r"|\bwhat(?:['’]s|\sis)\sthe\s(?:point|use)\b"
    r"|\bhow\s(?:hard|is\sthat|many\stimes|dare|come\snobody)\b|\bwhy\s(?:bother|would)\b|\bso\swhat\b"
    r"|\bwhose\sfault\b"
    r"|\b(?:d['’]?you|do\s(?:you|they|u)|does\s(?:he|she))\s(?:think|reckon|imagine|suppose|expect|call)\b"
    r"|\bwhat\sdo\sthey\b"
    r"|\bwould\sthat\sbe\b|\bi['’]?m\sgoing\sto\sdo\b|[,–-]\s*(?:right|no|yes|eh|really|is\sit|are\sthey"
    r"|was\sit|does\sit|do\sthey|like)\s*\?+\W*$"
    r"|,\sthe\s\w+(?:\s\w+)?\?+\W*$|\bis\sit\s*\?+\W*$|\bmeant\sto\b|\bminding\sthe\b"
    r"|\?[^?]{0,40}\bleaving\b|\b(?:card|cake|xmas|leaving|raffle)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"^\W*(?:\w+n['’]?t\b|why\s(?:not|do\s?n['’]?t|ca\s?n['’]?t))", re.IGNORECASE)
_SHORT = re.compile(r"^\W*(?:which|what|whose|where|when|how many)(?:\s\w+){0,2}\W*$", re.IGNORECASE)
"""A whole sentence of two or three words that asks back: "Which winter?", "What window"."""
_UNMARKED = re.compile(
    rf"^\W*(?:{_ASKS}\s(?:do|does|did|can|could|should|would|is|are|will|many|much|about|has|have)\b"
    r"|(?:does|do|has|have|can|could|would|is|are|did)\s(?:any|some)(?:one|body)\b)",
    re.IGNORECASE,
)


LONGEST = 30
"""Words up to which a question stands for itself; in a longer one the mark ends a complaint."""


def is_question(sentence: str) -> bool:
    """Say whether a sentence has the form of a question, with its mark or by its words."""
    if _MARK.search(sentence):
        return not sentence.rstrip().endswith(";")
    return bool(_UNMARKED.match(sentence) or _SHORT.match(sentence)) and sentence.rstrip()[-1:] not in {
        "!",
        ".",
        ";",
        ":",
    }


def is_claim(sentence: str) -> bool:
    """Say whether a question that wants no answer says something by its form: "Isn't that what we asked for?"."""
    return not _FORM.match(sentence.lstrip("\"'“‘(*_ ")) or bool(_DENIES.match(sentence))


def wants_answer(sentence: str, *, is_last: bool, is_answered: bool) -> bool:
    """Say whether a question is asked to be answered.

    ``is_last`` says that nothing follows it in its message, ``is_answered`` that somebody else replied to the message.
    """
    asked = sentence.lstrip("\"'“‘(*_ ")
    if not _FORM.search(asked) and not _OPEN.search(sentence):
        return False
    if _SAYING.search(sentence):
        return False
    if _OPEN.search(sentence) or _SHORT.match(sentence):
        return True
    return (is_last or is_answered) and len(sentence.split()) <= LONGEST
