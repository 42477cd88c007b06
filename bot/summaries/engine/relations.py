"""Tell whether a message agrees or disagrees with the one that it answers, by how it opens and what it denies."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.summaries.engine.words import WEAK, WELSH_AGREEMENT, WORD, content_stems

OPENING = 240
"""Characters in which a message says how it stands to the one that it answers."""

ASKED = 100
"""Last characters of a message in which a question makes "no" to it an answer, and no contradiction."""

_NAME = r"(?-i:@?[A-Z][\w'’-]+(?:\s[A-Z])?)"
_SOFT = (
    r"(?:(?:sorry|well|ah+|o+h|hm+|er|ok|okay|and|so|honestly|personally|omg|god|ha(?:ha)*|lol|thanks"
    r"|to be honest|tbh)"
    r"\b[^\w.!?]{1,4}){0,2}"
)
_START = rf"^[^\w+👆👍💯☝✅🙌👏]{{0,9}}{_SOFT}(?:{_NAME}[^\w.?]{{1,3}})?{_SOFT}"
_VERY = r"(?:(?:so|very|quite|too|just|spot|dead|bang|absolutely|totally|completely|clearly|exactly)\s)?"
_IS = r"(?:['’]s|['’]re|\sis|\sare|\swas|\swere)"
_NOT = r"(?:not|n['’]?t|cannot|no longer)"

_AGREES = re.compile(
    _START
    + rf"""(?:
    \W*[👆👍💯☝✅🙌👏]\W*$
    | \+\s*1\b
    | th(?:is|at)(?=[\s!.👆👍💯🙌]*$) | this(?=\s*[!👆💯🙌]|\.\s) | the\ssame\b(?!\s(?:person|people|thing\sthat
        |as\s(?:saying|if))) | quite\sso\b | fair\s(?:enough|do) | digon\sgwir | {_NAME}\shas\sit\b
    | (?:same|snap|ditto|likewise|seconded|agreed?|indeed|exactly|absolutely|definitely|totally|completely
        |precisely|amen
        |of\scourse|too\sright|hear\shear|well\s(?:said|put)|spot\son|bang\son|100\s?%|yes+|yep|yeah|yup|yh|ie(?=,))
        \b(?!\s*,?\s*(?:but|right|not|person|people|old)\b)(?!\s+and\s+no\b)(?!\sto\s(?:dis|diff))
    | {WELSH_AGREEMENT}(?=\W*$|\s*[,;:.–-]+\s+(?!ond\b))
    | aye\b(?!\s*,?\s*(?:well|right|but)\b)
    | {_VERY}true\b(?!\?)
    | (?:i\s|we\s|wi['’]n\s|would\s|i['’]d\s|have\sto\s|must\s|can\sonly\s){{0,2}}(?:\w{{1,12}}ly\s|do\s|so\s){{0,2}}
        (?:agree\b(?!\sto\b)|concur\b|confirm\sthis|cytuno)
    | (?:i\s)?could(?:\s?n['’]?t|\snot)\sagree\smore
    | (?:me|us|mine|ours)\s(?:too|as\swell|an\sall)\b
    | (?:me|us|mine|ours)\sneither\b | (?:neither|nor)\s(?:do\s|did\s|have\s|am\s|can\s)?(?:i|we|me|us|mine
        |ours|here)\b
    | (?:i['’]?m\s|am\s|we['’]?re\s|all\s)?with\s(?:you|u|{_NAME})\b | (?:i['’]?m\s)?backing\s(?:you|{_NAME})\b
    | what\s{_NAME}\ssaid
    | (?:wish|if\sonly)\s(?:mine|ours|my|our|we)\b
    | (?:good|great|fair|excellent|valid|brilliant)\s(?:point|idea|call|shout|suggestion)
    | (?:that|this|it){_IS}\s(?:a\s)?{_VERY}(?:true|right|correct|fair|exactly|us|me|my\sexperience
        |it\b(?!\sa)|what\s(?:i|we)
        |how\sit\s(?:is|feels)|like\sthat\s(?:here|on|with|for))\b
    | (?:love|like|loving|loved)\s(?:this|that|it)\b | (?:i|we)(?:['’]d)?\s(?:would\s)?(?:love|like)\s(?:this|that)\b
    | (?:i\s|we\s)?(?:could|can)\slive\swith | i['’]?d\stake\sthat | that\s(?:i|we)\swould\s(?:come|go|do|use|like)
    | (?:yes\s)?please(?:\sdo)?\W*$ | (?:brilliant|perfect)(?=\W*$|,\s) | (?:we|i)\s(?:already\sdo
        |do\s(?:that|this|it)\salready)
    | (?:[\w'’-]+\s+){{1,5}}(?:too|as\swell|an\sall)\W*$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_RIGHT = re.compile(
    rf"\b(?:you|u|he|she|they|{_NAME}){_IS}\s(?:not\swrong\b|(?:(?:so|quite|dead|absolutely|totally|spot"
    rf"|completely)\s)?"
    r"(?:right|on)\b(?!\s(?:now|there|up|on|nights|days|call|leave|the|a)\b))"
    r"|\b(?:i|we)(?:\s(?:do|also|very\smuch|\w+ly|would)){0,2},?\sagree\b(?!\sto\b)"
    r"|\b(?:same|similar)\s(?:here|for\s(?:us|me)|on\s(?:our|my)|with\s(?:us|me)|at\sours|thing\s(?:here|on"
    r"|with))\b|\b(?:seen|had|have|hear|heard|get|found)\s(?:exactly\s)?the\ssame\b"
    r"|\bwith\s(?-i:[A-Z][\w'’-]+)\son\s(?:this|that)\b|[,.–-]\s*(?:agreed|aye|us\stoo|me\stoo)\W*$"
    r"|^[^.?!]{0,40}(?:\bfor\s(?:me|us)\stoo\b|['’]s\sthe\ssame\b|\baye\b(?=[.!]))|\bnot\s(?:going\sto"
    r"|gonna)\stell\syou\syou['’]re\swrong",
    re.IGNORECASE,
)
_DISAGREES = re.compile(
    _START
    + rf"""(?:
    (?:no+|naw|nah|nope|hardly|rubbish|nonsense|wrong|untrue|false|not\sreally)\b
        (?!\s+(?:doubt|problem|worries|wonder|one|idea|time|surprise|matter|more|need|chance|way\sof|sign|nothing)\b)
    | (?:(?:i|we|have\sto|must|beg\sto|respectfully|\w+ly|do|would|to)\s){{0,4}}(?:disagree|differ|object)\b
    | (?:(?:i|we)\s)?(?:really\s)?(?:can['’]?t|can\s?not|could\s?n['’]?t|won['’]?t)\s(?:\w+\s)?(?:agree
        |go\salong|see\s(?:it|that|how))
    | with\s(?:all\s(?:due\s)?)?respect | waste\sof\s(?:time|paper|money)\b | not\s(?:me|us|here|for\s(?:me
        |us)|at\sours|in\smy|on\s(?:our|my)|so\b|every|all\sof|true|sure|convinced|one\sfor|what|how|quite)
    | (?:i['’]?d\sbe|be|i['’]?m)\s(?:\w+\s)?(?:wary|careful)\b
    | devil['’]?s['’]?\sadvocate | on\sthe\s(?:contrary|other\shand) | (?:quite\s)?the\sopposite
    | easy\s(?:to\ssay|for|enough) | al(?:l\s|)right\sfor | all\svery\swell | speak\sfor\syourself
        | aye\s(?:well|right) | yeah,?\sright
    | (?:we|i)(?:['’]ve|\shave)?\s?(?:already\s|did\s)?(?:tried?|had)\s(?:that|this|it|those)\b
        | tried\s(?:that|this|it|one)\b | had\s[^.,!?]{{1,25}}\sat\smy\slast\b
    | (?:ouch|sure|fine|right|maybe|perhaps|true)[.!,]\s+but\b
    | (?:that|this|it)(?:['’]s|\sis|\swas)\s?(?:just\s|simply\s)?{_NOT}\s(?:how|what|true|fair|right|so
        |the\scase|my|just|enough|the\s)
    | (?:it|that|this|they)\s(?:is|was|were|are|did|does|do|has|had|have|would|will)(?:\snot
        |n['’]?t)\b(?=[^\w\s]|\s(?:for|here|in|all)\b)
    | (?:absolutely|definitely|certainly)\snot\b | please\sdo\s?n['’]?t | i(?:['’]d
        |\swould)\s(?:much\s)?(?:rather|keep)\b | (?:that|it)['’]?s\sunfair | really\?| (?:i['’]m|i\sam
        |we\sare|we['’]re)\sagainst\b | that\s(?:would|will)\s(?:never|not)\b | but\b | however\b | actually,?\s
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_AGAINST = re.compile(
    rf"\b(?:i|we)\s(?:\w+\s){{0,2}}(?:disagree\b|(?:do|would|can|could)\s?{_NOT}\s(?:\w+\s)?(?:agree|accept"
    rf"|buy\b|go\salong))"
    rf"|\bcan['’]?t\sagree\b|\b{_NOT}\s(?:in|on)\smy\s(?:experience|ward|team|view|opinion)\b"
    r"|\b(?:that|this|it)(?:['’]s|\sis|\swas)\snot\s(?:quite\s|really\s)?(?:how|true|fair|right"
    r"|the\scase)\b|\bso\snot\s(?:everywhere|everyone|always)\b"
    r"|\bi\sdo\s?n['’]?t\s(?:really\s)?think\s(?:so|that|this|it|they|you)\b|^[^.!?]{3,120}\bactually\W*(?:$|[.!?])"
    r"|\b(?:did|does|do|has|was|is|works?|worked|suits?|fine|better)\b[^.!?]{0,40}\bfor\s(?:me"
    r"|us)\b[,\s]*(?:actually|though|to\sbe\sfair|tbh)"
    r"|\b(?:suits|works\sfor|worked\sfor)\s(?:me|us)\b|\bunpopular\s(?:thing|opinion|view)\b|\bthe\sother\sway\b"
    r"|\b(?:(?:hear|understand|see|get|appreciate|respect|take)\s(?:you|that|this|your|the\spoint|why)"
    r"|glad\sfor\syou)\b[^?!]{0,60}\b(?:but|however)\b",
    re.IGNORECASE,
)
_DOUBTS = re.compile(r"\b(?:but|although|except|however|though(?!,))\b(?!\W*$)", re.IGNORECASE)
_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|must"
_ECHO = re.compile(
    rf"^\W*(?:(?:oh|well|but|and|yes|no|actually)\b,?\s+)?(?:(?:not )?(?:in|on|at) (?:\w+\s+){{1,3}})?"
    rf"(?:it|they|we|i|he|she|that|this|ours|mine|there|(?:our|my) [\w'’-]+)\s+"
    rf"(?:(?P<yes>{_AUXILIARY})(?=\s*(?:[,.!;]|$))"
    rf"|(?P<no>(?:{_AUXILIARY})(?:n['’]t|\s+not)\b)(?P<more>(?!\s*(?:[,.!;]|$)))?)",
    re.IGNORECASE,
)
"""Takes up the other's verb alone ("It does, ...", "Ours doesn't."), or denies something with words that follow."""


_NEGATION_WORDS = """
    not no never nobody none nothing nor neither cannot hardly barely lack lacks lacking nowhere rarely seldom dont
    doesnt didnt cant wont isnt arent wasnt werent hasnt havent wouldnt couldnt shouldnt
"""
_NEGATIONS = frozenset(_NEGATION_WORDS.split())


class Relation(StrEnum):
    """How a message relates to the one that it answers."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NEITHER = "neither"


def find_relation(text: str, answered: str) -> Relation:
    """Say how ``text`` relates to ``answered``, which it answers; NEITHER if its words do not say so."""
    own = _own(text)
    opening = own[:OPENING]
    if not own:
        return Relation.NEITHER
    if agrees_openly(own):
        return Relation.AGREES
    echoes = _echoes(own, answered)
    if echoes is not Relation.NEITHER:
        return echoes
    asked = "?" in answered[-ASKED:]
    if not asked and (_DISAGREES.match(opening) or _AGAINST.search(opening)):
        return Relation.DISAGREES
    return Relation.NEITHER


def agrees_openly(text: str) -> bool:
    """Say whether a message opens by agreeing, or names who is right, and does not go on to doubt it."""
    opening = _own(text)[:OPENING]
    agreed = _AGREES.match(opening) or _RIGHT.search(opening)
    return bool(agreed) and not _DOUBTS.search(opening[agreed.end() :][:60]) if agreed else False


def _echoes(own: str, answered: str) -> Relation:
    """Say what taking up the other's verb says: "it does" agrees with what affirms, and contradicts what denies.

    To a question it is an answer. A denial that continues has to share a word with what it denies.
    """
    match = _ECHO.match(own)
    if not match or answered.rstrip().endswith("?"):
        return Relation.NEITHER
    opening = own.split(".")[0]
    if match["more"] is not None and not (set(content_stems(opening)) & set(content_stems(answered))) - WEAK:
        return Relation.NEITHER
    same = bool(match["no"]) == denies(answered)
    return Relation.AGREES if same else Relation.DISAGREES


def denies(text: str) -> bool:
    """Say whether the first sentence of a text denies something."""
    first = re.split(r"[.!?]", text.casefold().replace("’", "'"), maxsplit=1)[0]
    return any(word in _NEGATIONS or word.endswith("n't") for word in WORD.findall(first))


def _own(text: str) -> str:
    """Return the words of a message without those that it quotes."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    return " ".join(" ".join(lines).split())
