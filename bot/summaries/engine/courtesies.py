"""Tell the words that carry matter from greetings, thanks, cheers and short agreement."""

from __future__ import annotations

import re

from bot.summaries.engine.clauses import has_verb
from bot.summaries.engine.words import REMOVED, WEAK, WELSH_AGREEMENT, WORD, content_stems, split_words

_OPENING = re.compile(
    r"(?:(?:hi|hiya|hello|hey|dear|good\s+(?:morning|afternoon|evening)|morning|evening)"
    r"(?:\s+(?:all|everyone|everybody|team|folks|there|both|colleagues|@?[A-Z][\w-]+))?\s*[,!.:–-]+\s+"
    r"|(?:thanks|thank\s+you|cheers|ta)(?:\s+(?:so\s+much|very\s+much|a\s+lot|all|everyone))?"
    r"(?:\s+for\s+(?:this|that|sharing|posting|asking|raising\s+this|the\s+\w+))?\s*[,!.:–-]+\s+"
    r"|(?:<@[!&]?\d+>|@\w+)[,:]?\s+)+",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:hi|hiya|hello|hey|dear|good\s+(?:morning|afternoon|evening|night)|thanks?|thank\s+you"
    r"|many\s+thanks|cheers|welcome|congrat\w*"
    r"|well\s+(?:said|done|put)|bye|goodbye|see\s+you|take\s+care|kind\s+regards|best\s+wishes|regards"
    r"|sincerely|happy\s+to\s+help"
    r"|lo+l|ha(?:ha)+|hope\s+(?:this|that)\s+helps|th(?:is|at)['’]?s?\s+(?:is\s+)?(?:really\s+|so\s+|very\s+)?(?:helpful|useful|interesting)|nice\s+one|brilliant|exactly|absolutely|indeed|sorry\b"
    r"|please\s+see|see\s+above|how\s+are\s+you"
    r"|(?:very|really|so|what\s+an?|such\s+an?)?\s*(?:timely|interesting|great|good|excellent|useful|lovely"
    r"|brilliant|thoughtful|fab\w*)"
    r"(?:\s+and\s+\w+)?\s+(?:report|post|thread|point\w*|question|article|read|discussion|piece|topic|idea"
    r"|comment\w*|stuff|work|one))\b",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"(?:\+\s*1|this(?=\W*$)|same(?:\s+here|\s+for\s+(?:me|us)|\s+on\s+(?:our|my)\s+\w+)?|(?:i\s+|we\s+"
    r"|i['’]d\s+|would\s+)?(?:totally|completely|fully"
    r"|strongly|absolutely|really|couldn['’]?t|could\s+not|so|very\s+much|definitely)?\s*agree\w*|me\s+too"
    r"|us\s+too|ditto|seconded|exactly|absolutely"
    r"|so\s+true|very\s+true|true|hear\s+hear|well\s+said|spot\s+on|100\s*%|yes\b|yep|yeah|definitely"
    rf"|{WELSH_AGREEMENT}(?=\W*$))",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:but|not|no|don['’]?t|disagree\w*|except|however|though|if|isn['’]?t|never)\b|n['’]t\b|\?", re.IGNORECASE
)
_GOES_ON_TO_DOUBT = re.compile(r"\b(?:but|although|except|however|though)\b", re.IGNORECASE)
_AGREES_AT_END = re.compile(
    r"[,.–-]\s*(?:(?:i|we)\s+(?:\w+ly\s+)?agree|agreed|same here|us too|me too)\W*$", re.IGNORECASE
)
_AGREEING_CLAUSE = re.compile(
    r"(?:(?:(?:it|that)(?:['’]s|\s+is)\s+|just\s+|exactly\s+|much\s+)?(?:the\s+)?same"
    r"(?:\s+here|\s+(?:with|for|at|in|on)\s+(?:us|me|(?:our|my|the)\s+\w+))?(?:\s+too)?"
    r"|(?:i\s+|we\s+)?(?:(?:totally|completely|fully|strongly|absolutely|really|definitely)\s+)?agreed?"
    r"(?:\s+with\s+(?:(?:the\s+)?\w+(?:\s+[A-Z]\w+)?))?"
    r"|(?:s?he|they|you)(?:['’](?:s|re)|\s+(?:is|are))\s+(?:so\s+|quite\s+|absolutely\s+)?right"
    r"|me\s+too|us\s+too|ditto|seconded|exactly|absolutely|definitely|so\s+true|very\s+true|true|hear,?\s+hear"
    r"|well\s+said|spot\s+on|yes|yep|yeah)\s*[:,;.!–—-]+\s+(?!(?:but|not|no|although|though|however|except|and|or)\b)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:ring|call|phone|text|email|bleep|message|reach|contact|drop)\s(?:me|us)\b|\bget\sin\stouch\b|\btype\sit\b",
    re.IGNORECASE,
)
_NO_POINT = re.compile(
    r"\b(?:leaving|retirement|christmas|xmas|farewell|birthday)\s(?:do|card|drinks?|party|lunch|cake"
    r"|present|collection)\b"
    r"|['’]s\sleaving\b|\bhere\sit\sis\W*$|\bdrop\sme\sa\sline\b|\bi['’]?ll\s(?:mostly\s"
    r"|just\s)?be\slistening\b|\bon\slates\W*$|\bsay\sso\sout\sloud\b"
    r"|\bwhip-?round\b|\bbring\s(?:a|your)\s(?:fork|plate|mug|friend|bottle)|\bsign\s(?:it|the\scard"
    r"|there)\b|\bcollection\stin\b"
    r"|\bkettle(?:['’]s|\sis)\son\b|\b(?:bring|brought|do|hid|good|decent|lovely|lemon|there['’]s|there\s(?:is|are))\s"
    r"(?:the\s|some\s|good\s|lovely\s)?(?:cakes?|biscuits?|doughnuts|brownies|tray\s?bake|drizzle)\b"
    r"|\b(?:cakes?|biscuits|doughnuts|brownies|tray\s?bake)\s(?:are\s|is\s)?(?:in|on)\s(?:the\s)?"
    r"(?:room|kitchen|office|tea|coffee|staff|desk)\b"
    r"|\b(?:ring|call|phone|text|email|e-mail|bleep|message|dm|reach|contact)\s(?:me"
    r"|us)\b(?=[^.]{0,25}(?:removed\]|\d|\bon\b|\bif\b|\bat\b|\W*$))"
    r"|\bget\sin\stouch\b|\bcreated\san\sattachment\b|\b(?:this|wrong|the\sother)\s(?:thread|channel"
    r"|chat)\b|\bchanging\sthe\ssubject\b"
    r"|\b(?:bore|nos|prynhawn)\sda\b|\bi['’]?ll\s(?:kick|start)\s(?:us\s)?off\b|\b(?:against\sthe\sgrain"
    r"|unpopular\sopinion|devil['’]?s\sadvocate)\b"
    r"|\b(?:be|been)\spolite\b|\bsee\syou\s(?:next|at|on|there|all|monday|soon)|\b(?:getting"
    r"|taking)\sa\spasting\b|\btake\s(?:the|your)\spoint\b"
    r"|\bthanks\sfor\s(?:coming|this|posting|sharing|asking)\b|\bi['’]?m\sreading\s(?:every|all)\b"
    r"|^\W*(?:a\sword\sfrom|i['’]d\slike\sto\sanswer|sorry\s(?:for|about)\sthe\s(?:typos?|essay|long|rant)"
    r"|sent\sfrom\smy)",
    re.IGNORECASE,
)
_LONE_CAPITALS = re.compile(r"(?:[A-Z][\w.'’-]*|of|and|the|for|&|,|-|\s)+$")
_SHORT_AGREEMENT = 7


def skip_greeting(text: str, start: int, end: int) -> int:
    """Say where a sentence's own matter begins: after "Hi all," and the like, if something follows."""
    opening = _OPENING.match(text, start, end)
    return opening.end() if opening and opening.end() < end else start


def skip_agreement(text: str, start: int, end: int) -> int:
    """Say where a sentence's own matter begins: after "The same with us:" and the like, if a full thought follows."""
    opening = _AGREEING_CLAUSE.match(text, start, end)
    return opening.end() if opening and has_verb(text[opening.end() : end]) else start


def is_agreement(message: str) -> bool:
    """Return True for a whole message that only agrees ("Same here", "+1", "Totally agree with this")."""
    plain = message.strip()
    opening = _AGREEMENT.match(plain)
    if not opening:
        return False
    if len(WORD.findall(plain)) > _SHORT_AGREEMENT or _DOUBT.search(plain):
        return _could_not_agree_more(plain)
    return all(stem in WEAK for stem in content_stems(plain[opening.end() :]))


def _could_not_agree_more(plain: str) -> bool:
    return bool(re.fullmatch(r"(?:i\s+)?could(?:n['’]?t|\s+not)\s+agree\s+more\W*", plain, re.IGNORECASE))


def opens_in_agreement(sentence: str) -> bool:
    """Say whether a sentence begins by agreeing, and does not go on to doubt ("Yes, it shuts at seven")."""
    return bool(_AGREEMENT.match(sentence)) and not _GOES_ON_TO_DOUBT.search(sentence)


def agrees_openly(sentence: str) -> bool:
    """Say whether a sentence begins or ends by saying that it agrees ("Nights are left out, I agree")."""
    return opens_in_agreement(sentence) or bool(_AGREES_AT_END.search(sentence[-30:]))


def is_courtesy(sentence: str) -> bool:
    """Return True for greetings, thanks, praise of the post and agreement that add nothing of their own."""
    plain = sentence.strip("\"'“”‘’*_ ")
    if is_agreement(plain):
        return True
    opening = _COURTESY.match(plain)
    return bool(opening) and len(content_stems(plain[opening.end() if opening else 0 :])) <= 2


def is_signature(sentence: str) -> bool:
    """Return True for a name with a title or a place ("Professor A. Name, University of Somewhere")."""
    words = WORD.findall(sentence)
    count = len(words)
    if not 2 <= count <= 10:
        return False
    capitals = sum(1 for word in words if word[0].isupper())
    return (
        capitals >= 2
        and capitals >= 0.6 * count
        and bool(_LONE_CAPITALS.match(sentence.rstrip(".")))
        and not has_verb(sentence)
    )


LONGEST_ASIDE = 16
"""Words up to which such a phrase is what a sentence is about: "Ring me on ..."; in a longer one it is an example."""


def is_no_point(sentence: str) -> bool:
    """Return True for what belongs in no summary: ways to reach somebody, leaving dos, talk about the thread itself."""
    if REMOVED.search(sentence) and _CONTACT.search(sentence):
        return True
    return len(sentence.split()) <= LONGEST_ASIDE and bool(_NO_POINT.search(sentence))


def has_matter(sentence: str) -> bool:
    """Return True if a sentence holds at least three words, one of them with matter of its own.

    Scripts that put no space between words have few runs of letters, so there the letters are counted. Marks of what
    was removed count as nothing.
    """
    sentence = REMOVED.sub(" ", sentence)
    words = split_words(sentence)
    unspaced = not sentence.isascii() and sum(map(len, words)) >= 8 * len(words) > 0
    return (len(words) >= 3 or unspaced) and bool(content_stems(sentence))
