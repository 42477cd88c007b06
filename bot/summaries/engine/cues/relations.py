"""The words by which a message says that it agrees or disagrees with the one that it answers, with their weights."""

from __future__ import annotations

import re

Cues = tuple[tuple[re.Pattern[str], float], ...]

_BEFORE = "sorry|well|ah|oh|hm+|er|ok|okay|thanks|hi|but|and|so|personally|honestly|frankly"
_START = rf"^\W{{0,9}}(?:(?:{_BEFORE})\b[^\w.!?]{{1,4}}){{0,3}}"
_VERY = r"(?:so |very |quite |too |absolutely |totally |completely |simply |just |spot |dead |clearly )?"
_NOT = r"(?:not|n['’]t|never)"
_THAT_IS = r"(?:that|this|it)(?:['’]s| is| was)"
_YOU_ARE = r"you(?:['’]re| are)"
_IS_NOT = r"(?:is|are|was|were|do|does|did|has|have|would|should|could)n['’]?t"
_YES = "yes|yep|yeah|yup|aye|indeed|absolutely|exactly|definitely|totally|completely|precisely"
_NO = "no|nope|nah|nonsense|rubbish|wrong|incorrect|false|not really|not true|not so|hardly"
_HARMLESS_NO = "doubt|problem|worries|wonder|one|idea|time|surprise|matter|more|need"
_DOUBTING = "really|seriously|since when|says who|so what|how so|how (?:is|does) that|why (?:would|should)|who says"
_UNTRUE = (
    "not (?:true|right|correct|the case|how|what|fair|so)|wrong|false|untrue|nonsense|rubbish|incorrect|unfair|silly"
)
_FLAWED = rf"(?:{_NOT}|\w{{2,8}}n['’]t|fails?|wrong|flawed|irrelevant|invalid|false|absurd)"
_REASONING = "argument|logic|claim|point|premise|reasoning|analogy|statement"


def _cues(*pairs: tuple[str, float]) -> Cues:
    return tuple((re.compile(pattern, re.IGNORECASE), weight) for pattern, weight in pairs)


AGREES_AT_START = _cues(
    (_START + r"(?:i\s|we\s)?(?:\w{1,12}\s){0,2}agree(?:d|s)?\b", 1.2),
    (_START + rf"(?:{_YES})\b(?!\s*,?\s*but)", 1.0),
    (_START + r"(?:same|ditto|likewise|seconded|this|\+\s?1|100\s?%|hear hear)\b", 0.9),
    (_START + rf"{_VERY}(?:true|right)\b(?!\?)", 1.0),
    (_START + r"(?:good|great|fair|excellent|valid) (?:point|idea|call|shout|suggestion)", 0.9),
    (_START + r"(?:well said|well put|spot on|bang on|of course|no doubt|couldn['’]?t agree more)", 1.2),
    (_START + rf"{_YOU_ARE} {_VERY}(?:right|correct|on)\b", 1.2),
    (_START + rf"{_THAT_IS} {_VERY}(?:true|right|correct|fair|exactly|my experience|what (?:i|we))", 1.1),
    (_START + r"(?:love|like|liked|loving) (?:this|that|the|your)\b", 0.8),
    (_START + r"(?:brilliant|excellent|great|perfect|wonderful|amazing|please do)(?:[,!.]|$)", 0.8),
    (_START + r"(?:me neither|nor (?:me|us|mine|ours|here)|me too|us too|neither do (?:i|we)|nor do (?:i|we))\b", 1.0),
    (r"^\W*(?:[\w'’-]+\s+){1,4}(?:too|as well)\W*$", 0.9),
)
AGREES_ANYWHERE = _cues(
    (r"\b(?:i|we)(?: (?:do|also|very much|\w+ly|would)){0,2},? (?:agree|concur)\b(?! to (?:dis|differ))", 0.9),
    (r"\bcould(?:n['’]t| not) agree more\b", 1.2),
    (r"\b(?:as|like) (?:you|@?\w+) (?:said|say|says|wrote|mentioned|pointed out)\b", 0.4),
    (rf"\b{_YOU_ARE} {_VERY}right\b(?!,? but)", 0.9),
    (r"\b(?:same|similar) (?:here|for us|for me|on (?:our|my)|with us|thing (?:here|on|with))\b", 0.8),
    (r"\b(?:me|us) too\b", 0.7),
    (r"\b(?:seen|had|have|hear|heard|get|found|noticed|feel|felt) (?:exactly )?the same\b", 0.9),
    (r"\b(?:we|i) (?:already do|do (?:that|this|it) already)\b", 0.8),
)
DISAGREES_AT_START = _cues(
    (_START + rf"(?:{_NO})\b(?!\s+(?:{_HARMLESS_NO}))", 1.0),
    (_START + r"(?:i\s|we\s)?(?:\w{1,12}\s){0,2}(?:disagree|beg to differ|object)\b", 1.4),
    (
        _START
        + r"(?:please don['’]?t|on the contrary|however,|i(?:['’]d| would) (?:much )?rather|oh,? i don['’]?t know)",
        1.0,
    ),
    (_START + r"(?:however|actually|on the contrary|on the other hand|conversely|whereas|although|except)\b", 0.7),
    (r"^\W{0,9}(?:but|yes,? but|yeah,? but)\b", 0.7),
    (_START + r"(?:i(?:['’]m| am) )?not (?:sure|convinced|certain|so sure|entirely)\b", 0.9),
    (_START + rf"{_IS_NOT}\b[^.!]{{3,120}}\?", 0.7),
    (_START + rf"(?:{_DOUBTING}|what makes you)\b[^.!]{{0,120}}\?", 0.8),
    (_START + rf"so (?:what )?{_YOU_ARE} (?:think|mean|say)ing\b", 0.6),
    (_START + rf"{_THAT_IS} {_VERY}(?:{_UNTRUE}|ridiculous|absurd|a (?:myth|stretch|fallacy|cop))", 1.1),
)
DISAGREES_ANYWHERE = _cues(
    (r"\b(?:i|we)(?: (?:have to|must|do|\w+ly|would)){0,2} disagree\b", 1.3),
    (
        rf"\b(?:i|we) (?:do|would|can|could) ?{_NOT}(?: \w{{1,10}}){{0,2}} (?:agree|accept|buy|see (?:it|that|how))\b",
        1.1,
    ),
    (rf"\b(?:i|we) (?:do|would) ?{_NOT}(?: really)? think (?:that['’]?s?|this|it|so|they|you)\b", 0.9),
    (r"\b(?:i|we)(?: am| are|['’]m|['’]re) (?:\w+ly )?against\b", 1.0),
    (r"\b(?:i|we) can(?:no|['’]?)t see (?:that|it|how|why)\b", 1.0),
    (rf"\b{_NOT} (?:quite|entirely|really|exactly|strictly) (?:right|true|fair|correct|so)\b", 0.9),
    (rf"\b{_THAT_IS} {_VERY}(?:{_UNTRUE})\b", 0.9),
    (rf"\b{_YOU_ARE} (?:\w{{1,12}} )?(?:wrong|mistaken|confus\w+|missing|ignoring|assuming|twisting)\b", 1.1),
    (rf"\byour (?:{_REASONING})\b[^.]{{0,60}}\b{_FLAWED}\b", 1.0),
    (
        r"\b(?:agree|right|true|fair|point|maybe|perhaps|yes|yeah|understand|appreciate|see)\b"
        r"[^.?!]{0,60}[,;.]?\s(?:but|however|though)\b",
        0.7,
    ),
    (rf"\b(?:is|are|was) ?{_NOT} the (?:answer|solution|way|problem|point|issue)\b", 0.9),
    (r"\bthink [^.!?]{0,40}\b(?:is|are) the (?:answer|solution|way)\b", 0.4),
    (r"\bso not (?:everywhere|always|everyone|everybody|all)\b|\bnot (?:everywhere|everyone|everybody)\W*$", 0.9),
    (r"\bon the (?:contrary|other hand)\b|\bto the contrary\b|\b(?:quite )?the opposite\b", 0.8),
    (
        r"\bnot (?:in|on) my (?:experience|ward|team|view|opinion)\b|\bmy experience is (?:the opposite|different)\b",
        0.9,
    ),
    (rf"\b(?:that|which) (?:does|would|did|will) ?{_NOT} (?:mean|follow|make|work|help|solve|change)\b", 0.7),
)
HINTS_AGAINST = _cues(
    (rf"\b(?:{_NOT}|\w{{2,8}}n['’]?t|cannot|no)\b", 0.25),
    (r"\b(?:you|your|yours|yourself|u|ur)\b", 0.25),
    (r"\?", 0.25),
    (r"\b(?:why|source|evidence|proof|false|wrong|myth|nonsense|rubbish|ridiculous|silly|pointless)\b", 0.25),
    (r"\b(?:at all|in fact|actually|instead|rather than|even if|to be fair|who says|stop)\b", 0.15),
    (_START + r"(?:you|it['’]?s not|it is not|they (?:don['’]?t|are|do)|because|lol|um|oh|wait|why|how|not)\b", 0.25),
)
HINTS_FOR = _cues(
    (r"\b(?:right|same|exactly|too|also|agreed?|definitely|literally|sadly|yeah|yep|yes|true)\b", 0.3),
    (r"\b(?:them|their|they['’]re|these|those)\b", 0.2),
    (r"!", 0.2),
    (_START + r"(?:and|plus|just|my|i had|i was|it was|that was|this|amen|facts|lol|love|good|great|well)\b", 0.25),
)
"""Hints are weak: a few of them together say what one alone does not."""
DAMPERS = _cues(
    (
        r"\b(?:thank|thanks|cheers|glad|hope (?:you|this|that|it)|sorry (?:to hear|you|that)|good luck|best wishes)\b",
        0.5,
    ),
    (
        r"\b(?:can|could|may) i ask\b"
        r"|\b(?:do|does|did|have|has|are|is|were|how|what|where|when)\b[^.!?]{3,90}\?",
        0.3,
    ),
    (r"\bnot (?:too|so|that) bad\b|\bno (?:worries|problem|pain|issues?|need to)\b|\bmy (?:fault|mistake|bad)\b", 0.5),
)
"""Thanks, sympathy and plain questions: what follows is rarely meant against anybody."""
_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|must"
ECHO = re.compile(
    rf"^\W*(?:(?:oh|well|but|and|yes|no|actually)\b,?\s+)?(?:(?:not )?(?:in|on|at) (?:\w+\s+){{1,3}})?"
    rf"(?:it|they|we|i|he|she|that|this|ours|mine|there|(?:our|my) [\w'’-]+)\s+"
    rf"(?:(?P<yes>{_AUXILIARY})(?=\s*(?:[,.!;]|$))"
    rf"|(?P<no>(?:{_AUXILIARY})(?:n['’]?t|\s+not)\b)(?P<more>(?!\s*(?:[,.!;]|$)))?)",
    re.IGNORECASE,
)
"""Takes up the other's verb alone ("It does, ...", "Ours doesn't."), or denies something with words that follow."""
ANSWERS_NO = re.compile(_START + r"(?:no|nope|nah|not)\b", re.IGNORECASE)
