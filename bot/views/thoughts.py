"""Find the whole thoughts of a thread that stand alone, each a verbatim slice of one reply."""

from __future__ import annotations

import re

from bot.summaries.engine.clauses import LONG_SENTENCE, count_words, has_verb
from bot.summaries.engine.courtesies import skip_greeting
from bot.summaries.engine.questions import is_question
from bot.summaries.engine.ranking import rate_standing
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.words import STOP, WEAK, content_stems, split_words

FEWEST_WORDS, MOST_WORDS = 5, 40
MOST_CHARACTERS = 300
LEAST_MATTER = 2
"""Words of matter that a thought needs; where some are of little matter, one more."""
LEAST_LITTLE = 0.2
"""The share of an English thought's words that say nothing by themselves."""
WITHOUT_VERB = 9
"""Words from which a thought stands without a verb that is known as one."""

WITHOUT_VERB_STANDING = 0.6
"""What the engine makes of a thought whose only fault is that no verb is seen in it."""

_LEANS = re.compile(
    r"\W*(?:and|but|also|plus|yet|aye|me|him|ours?(?=\s(?:is|are|was|has|does|did|do)\b)|mine|yours|theirs|another|others?"
    r"|similar(?:ly)?|likewise|instead|otherwise|therefore|still|again|even(?!\sa\b)|except|like|until|as\sfor|perhaps"
    r"|maybe|anyway|you|ye|u|ur|your|here|back|more|less|too(?!\s(?:many|much|few|little|often)\b)|just|only|hope|happy"
    r"|hate|sick|hard|different|every\sone(?!\s(?:of|who))|let\sme|say|now|mind|try|pretty|soon|fwiw|by\sthen"
    r"|after\s(?:this|that)|(?:can|may)\si|what\si|i\sshould\slike|i(?:['’]d)?\s(?:go\salong|second|echo|support)"
    r"|i['’]?m\snot|(?:of\s)?course|read|\w+day(?!s)|finally|lastly|(?:\w+\s){1,2}of\s(?:it|them|that|those)|thanks?|please|pls)\b",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"\W*(?:\w{2,}ed|got|had|kept|slept|sat|went|came|was|were|been|took|made|lost|spent|told|said|saw|left|sent"
    r"|is|are|has|have|does|being)\s(?:an?|the|in|on|for|to|by|at|my|our|your|off|no|it|me|us|him|myself|out|up|from|with|twice|once|\w+\stimes)\b",
    re.IGNORECASE,
)
"""A beginning that leaves out who: "Slept in the car". What should be done may leave it out: "Put the rota up"."""
_WITHOUT_VERB = re.compile(r"\W*(?:the|an?|our|every|each|no|most|many|some|all|\w{3,}s)\b", re.IGNORECASE)
_VERB_LIKE = re.compile(
    r"\b\w{3,}s\s(?:(?!and\b|or\b|of\b)\w+\s)?(?:the|an?|us|our|no|every|at|on|in|up|down)\b", re.IGNORECASE
)
"""Where a verb that is not known as one may stand: "saves an hour", "computers freeze at"."""
_SAYS_WHO = re.compile(
    r"\W*(?:we|i|nobody|no\sone|everybody|everyone|people|staff)\s(?:(?:all|never|always|often|still|just|\w+ly)\s)?"
    r"(?!(?:who|that|in|on|of|from|with|and|or|both|all|like)\b)[a-z]{3,}\b",
    re.IGNORECASE,
)
"""A beginning that says who does something, whatever the verb: "We record", "Nobody ever rings"."""
_NO_PREDICATE = re.compile(
    r"\b(?:(?:who|that|which)(?:['’]\w+)?\s(?:\w+n['’]t\s|\w+ly\s|never\s|always\s)?\w+|to\s\w+|\w{2,}ing)\b",
    re.IGNORECASE,
)
"""Verbs that say nothing of a thought's subject: "somebody who knows how to listen"."""
_LIST = re.compile(
    r"\W*(?!\w+ly\b|(?:at|in|on|for|when|if|after|before)\s|sometimes|often|nowadays)[\w'’-]+(?:\s[\w'’-]+)?,|\W*(?:two|three|four|\d+)\s\w+\s\w+,"
    r"|\W*(?:\w+ty|five|ten|quarter|half)\s(?:past|to)\s|.*[.!]\s+\w",
    re.IGNORECASE,
)
_IT_STANDS = re.compile(
    r"it\s(?:takes?|costs?|helps?\s(?:to|when|if)|feels\s(?:like|as)|would\shelp)\b"
    r"|it(?:['’]s|\sis|\swould\sbe)\s(?!like\b|an?\b|the\b|not\b)(?:[\w'’]+\s){1,3}(?:to|when|if|that|how)\b",
    re.IGNORECASE,
)
_THIS_STANDS = re.compile(r"this\s(?:hospital|trust|place|organisation|job|ward|team|department)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:do|did|does|done|doing|like|about|for|of|to|with|on|than|at)\s(?:that|this|those|these|it|them|so)\W*$"
    r"|\b(?:above|below|as\s(?:you|others?|someone)\s(?:said|say|says)|(?:too|as\swell|an\sall)\W*$|here['’]s"
    r"|(?:up|in|down|over|along|through|out)\sthere|(?:this|the)\s(?:thread|report|excerpt)"
    r"|(?:in|on|at|of|to|with|from|for|against|than|about)\s(?:that|those|these|this)\s"
    r"(?!hospital|trust|place|ward|job|team)\w+)\b",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"\b(?:the|an?|our|my|your|their|every|each|no|any|some|this|whose|another|half|two|three)\s\w+"
    r"|\b(?!(?:is|was|has|does|us|this|his|its|always|sometimes|as|yes|thus|perhaps)\b)\w{2,}s\b"
    r"|\b(?:people|staff|nobody|everybody|anybody|somebody|no\sone|(?:every|any|some)(?:one|thing)|nothing|management"
    r"|folk)\b|(?!^)(?-i:[A-Z]\w)",
    re.IGNORECASE,
)
_STANDS_FOR = re.compile(
    r"\b(?:it|they|them|these|those|theirs?)(?:['’]\w+)?\b|\b(?:that|this)(?=(?:['’]s|\sis|\swas)\b|\W*$)",
    re.IGNORECASE,
)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


def find_thought(reading: Reading, unit: Unit) -> str | None:
    """Return the words around a unit that are a whole thought: its sentence, or a part of a long one; else None."""
    if unit.kind != "statement":
        return None
    text = reading.messages[unit.message].text
    start, end = skip_greeting(text, *unit.sentence), unit.sentence[1]
    if "@" in text[unit.sentence[0] : start]:
        return None
    sentence = text[start:end]
    if _stands(sentence):
        return sentence
    part = unit.text.rstrip(" \t\r\n,;:-–—")
    return part if part != sentence and count_words(sentence) > LONG_SENTENCE and _stands(part) else None


def _stands(thought: str) -> bool:
    return (
        FEWEST_WORDS <= count_words(thought) <= MOST_WORDS
        and len(thought) <= MOST_CHARACTERS
        and "\n" not in thought
        and not is_question(thought)
        and "?" not in thought
        and _opens_alone(thought)
        and not _POINTS_BACK.search(thought)
        and (_IT_STANDS.match(thought) or not _points_to_nothing(thought))
        and is_english(thought)
        and _holds_matter(thought)
        and all(thought.count(opening) == thought.count(closing) for opening, closing in _PAIRS)
        and thought.count('"') % 2 == 0
    )


def _holds_matter(thought: str) -> bool:
    stems = set(content_stems(thought))
    return len(stems - WEAK) >= LEAST_MATTER or len(stems) > LEAST_MATTER


def is_english(thought: str) -> bool:
    """Say whether enough little English words are among a thought's: nobody could be seen in another language."""
    words = split_words(thought)
    return sum(word in STOP for word in words) >= LEAST_LITTLE * len(words)


def _points_to_nothing(thought: str) -> bool:
    """Say whether "it" or "they" comes before any noun that it could stand for."""
    pointer = _STANDS_FOR.search(thought)
    return pointer is not None and not _NOUN_BEFORE.search(thought[: pointer.start()])


def _opens_alone(thought: str) -> bool:
    if _IT_STANDS.match(thought) or _THIS_STANDS.match(thought):
        return has_verb(thought)
    if _LEANS.match(thought) or _NO_SUBJECT.match(thought) or _LIST.match(thought):
        return False
    if has_verb(_NO_PREDICATE.sub(" ", thought)):
        return rate_standing(thought) == 1.0
    if _SAYS_WHO.match(thought):
        return rate_standing(thought) >= WITHOUT_VERB_STANDING
    return (
        bool(_WITHOUT_VERB.match(thought) and _VERB_LIKE.search(thought))
        and count_words(thought) >= WITHOUT_VERB
        and rate_standing(thought) >= WITHOUT_VERB_STANDING
    )


_SHARED = re.compile(
    r"\b(?:we|our|us|nobody|no\sone|naebody|every(?:one|body|thing)?|anyone|anybody|people|staff|patients|teams?|managers"
    r"|nurses|leaders|colleagues|management|never|always|should|must|needs?|whoever|most|all|any|each)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:i|me|my|myself|i['’]\w+)\b", re.IGNORECASE)
_MY_VIEW = re.compile(r"\W*i\s(?:do\s?n['’]?t\s)?(?:feel|think|believe|wish|want|need|would|worry)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|told|said|came|went|got|saw|took|gave|did|ran|kept|lost|spent|sat|rang|wrote|thought|used\sto"
    r"|(?<!\bhave\s)(?<!\bhas\s)(?<!\bbeen\s)(?<!\bare\s)(?<!\bis\s)(?<!\bbe\s)(?<!\bnot\s)(?<=\s)\w{3,}ed)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(r"\d[:.]\d\d|\b\d+\s?(?:[ap]m|mins?|minutes)\b|\bonce\b(?!\s(?:on|in|for)\s)", re.IGNORECASE)


LEAST_INTEREST = 0.37
"""What a thought needs to be offered: two of what speaks against it are too much."""


def rate_interest(thought: str) -> float:
    """Return a factor from 0 to 1: how likely others are to have something to say to a thought.

    What holds for all, and what should be done, meets others' days; a story of one's own meets few.
    """
    factor = 1.0 if _SHARED.search(thought) else 0.6
    if mine := _MINE.search(thought):
        factor *= 0.6 if mine.start() < 2 and not _MY_VIEW.match(thought) else 0.8
    if _PAST.search(thought):
        factor *= 0.6
    if _ONCE.search(thought):
        factor *= 0.6
    return factor * min(1.0, count_words(thought) / 9)
