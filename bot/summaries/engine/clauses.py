"""Cut long sentences where a thought ends, and finds the clause that can stand alone as a heading."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from bot.summaries.engine.sentences import Span

LONG_SENTENCE = 28
"""Words above which a sentence may hold several thoughts."""
SHORT_HEADING = 16
"""Words up to which a heading reads at a glance."""
LONGEST_SEARCHED = 2000
"""Characters of a sentence that are searched at once for places to cut."""
LEAST_HEADING = 5
"""Words that a heading has at least where it is cut from a longer thought: a stump says too little."""
HARD_LIMIT = 60
"""Words above which a run without any boundary is cut between words, so that it fits on a card."""
LONGEST_PART = 600
"""Characters of such a part at most."""

_SUBJECT = r"(?:i|we|you|they|he|she|it|there|people|staff|nobody|no one|everyone|managers?|that means|this means)"
_SUBJECT_NEXT = rf"(?={_SUBJECT}(?:['’](?:m|re|ve|ll|d|s))?\s)"
_CUT = re.compile(
    rf"""
    \s{{0,9}};\s{{1,9}} | \s{{1,9}}[-–—]+\s{{1,9}} | \s{{0,9}}:\s{{1,9}}
    | ,?\s{{1,9}}(?=but\s|whereas\s|although\s|though\s|yet\s)
    | \s{{0,9}},\s{{1,9}}(?:and\s{{1,9}}|so\s{{1,9}})?{_SUBJECT_NEXT}
    | \s{{1,9}}(?:and|so)\s{{1,9}}{_SUBJECT_NEXT}
    | \s{{1,9}}(?=because\s|in\sorder\sto\s|so\sthat\s|if\swe\s(?:are|want)\sto\s)
    | ,\s{{1,9}}(?=which\s|and\s|so\s|or\s)
    | \s{{1,9}}(?=if\s[^.?!]{{3,80}}\b(?:who|what|how|why|where)\b[^.?!]{{1,80}}\?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WEAK_START = re.compile(
    r"(?:if|when|whenever|unless|although|though|because|since|as|while|whereas|which|who|that|than|until|once"
    r"|even|given|where|after|before|in order|so that|or|of|to|with|for|by|in|on|at|from|not|whether|despite|instead"
    r"|during|without|apart|yet)\b",
    re.IGNORECASE,
)
_CONDITION_AFTER = re.compile(
    r"\W*(?:if(?!\s+we\s+(?:are|want)\s+to)|unless|only|except|until|provided|but only|or)\b", re.IGNORECASE
)
_NO_SUBJECT = re.compile(r"(?:has|have|had|is|are|was|were|does|did|be|been|being)\b", re.IGNORECASE)
_JOINER = re.compile(r"(?:but|and|so|or|yet|also|then|plus)\b,?\s+", re.IGNORECASE)
_HEDGE = re.compile(
    r"(?:(?:personally,?\s+)?i\s+(?:(?:really|strongly|also|personally|honestly|just|still|do)\s+)*(?:think|believe|feel|reckon|guess)"
    r"(?:\s+that)?|it\s+(?:is|has\s+(?:long\s+)?been)\s+my\s+(?:personal\s+)?(?:belief|opinion|view)\s+that"
    r"|(?:in|from)\s+my\s+(?:\w+\s+)?(?:opinion|view|experience),?|imo,?|imho,?|to\s+be\s+(?:honest|fair),?|honestly,?|tbh,?"
    r"|well,|yes,|yeah,|no,|actually,|also,|agreed,|again,|and\s+another\s+thing,?|for\s+(?:me|us),?)\s+(?=[\w\"'“‘])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:[\w'’-]+\s+){0,4}[\w'’-]+:\s+(?=(?:the|a|an|my|our|i|we|you|they|it|there)['’\s])", re.IGNORECASE
)
_VERB_WORDS = """
    is are was were be been am has have had do does did can could will would should must may might cannot
    need want get got feel make made take took go goes went keep kept work help mean begin start lose lost
    tell told say said leave left give gave come came know knew hear heard see saw spend spent ask seem
    become became think believe let try tries tried cost concentrate focus care listen ignore expect treat
    run ran lack support value trust change lead depend matter stop talk speak look find found live die wait
    pay paid stay require affect provide suffer deserve struggle cause deliver manage remain turn put hold
    bring brought show call move write read sit stand close open shut rotate waste miss raise agree disagree
    use share learn blame push tire worry thank hope wish like love hate prefer add cut rely rise fall meet
    teach dont cant wont im doesnt isnt
"""
_VERBS = frozenset(form for word in _VERB_WORDS.split() for form in (word, f"{word}s"))
_VERB_ENDINGS = ("ed", "ing", "ise", "ises", "ize", "izes")
_LEAST_BEFORE_ENDING = 3
_WORD_RUN = re.compile(r"\w+")
_SHORT_FORM = re.compile(r"\w['’](?:t|re|m|ve|ll|s|d)\b")
_DANGLING = re.compile(
    r"\b(?:and|or|but|of|to|the|a|an|with|for|by|in|on|at|from|than|that|which|who|if|as|is|are|was|were|be|our|their|my|we|i|it|so)\W*$",
    re.IGNORECASE,
)
_BARE_START = re.compile(
    r"(?:(?:if|when|unless|because|although|so|and|but|even if)\s+)?"
    r"(?:they|it|that|this|these|those|he|she|them|him|her|its|their|same|such|which|both|neither|one|do|so|then)\b"
    r"(?!\s+said)",
    re.IGNORECASE,
)

_UNBROKEN = re.compile(r"\S+")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))


def count_words(text: str) -> int:
    """Return the number of words as a reader counts them: runs between spaces."""
    return len(text.split())


def split_thoughts(text: str, start: int, end: int) -> list[Span]:
    """Return the parts of a long sentence that can each be weighed alone.

    A sentence of ordinary length is one thought.
    """
    if count_words(text[start:end]) <= LONG_SENTENCE:
        return _hard_cut(text, start, end)
    if end - start > LONGEST_SEARCHED:
        return [part for at, to in _blocks(text, start, end) for part in split_thoughts(text, at, to)]
    parts: list[Span] = []
    for piece in _pieces(text, start, end):
        if parts and not _may_part(text, parts[-1], piece):
            parts[-1] = (parts[-1][0], piece[1])
        else:
            parts.append(piece)
    return [short for part in parts for short in _hard_cut(text, *part)]


def choose_heading(text: str, start: int, end: int, weigh: Callable[[str], float], *, is_part: bool = False) -> Span:
    """Return the weightiest clause of a thought that stands alone in about 16 words, or else the whole thought.

    ``weigh`` says how much matter a piece of text holds. With ``is_part``, a clause is sought in a short thought too.
    """
    start, end = strip_clause(text, start, end)
    if count_words(text[start:end]) <= SHORT_HEADING and not is_part:
        return start, end
    pieces = _pieces(text, start, end)
    runs = [(pieces[i][0], pieces[j][1]) for i in range(len(pieces)) for j in range(i, min(i + 4, len(pieces)))]
    bared = [strip_clause(text, *run) for run in runs]
    fit = [
        run
        for run in bared
        if LEAST_HEADING <= count_words(text[run[0] : run[1]]) <= SHORT_HEADING + 2 and _stands(text, *run, end)
    ]
    if not fit:
        return start, end
    return max(fit, key=lambda run: (round(weigh(text[run[0] : run[1]]), 6), -run[0]))


def stands_alone(statement: str) -> bool:
    """Say whether a statement holds a verb and opens with no word that points elsewhere ("They never do")."""
    opening = statement.lstrip("\"'“‘(* ")
    return not _BARE_START.match(opening) and has_verb(statement)


@lru_cache(maxsize=65_536)
def has_verb(statement: str) -> bool:
    """Return True if an English verb form is seen; a sign of a full thought in English only."""
    # A look at each word: a pattern of all verbs tries every one of them at every word.
    small = statement.lower()
    return any(
        word in _VERBS
        or (
            word.endswith(_VERB_ENDINGS)
            and any(word.endswith(end) and len(word) - len(end) >= _LEAST_BEFORE_ENDING for end in _VERB_ENDINGS)
        )
        for word in _WORD_RUN.findall(small)
    ) or bool(_SHORT_FORM.search(small))


def _blocks(text: str, start: int, end: int) -> list[Span]:
    """Parts of a wall of text, cut between words, short enough that looking for its thoughts takes little time."""
    blocks: list[Span] = []
    while end - start > LONGEST_SEARCHED:
        limit = start + LONGEST_SEARCHED
        cut = text.rfind(" ", start + LONGEST_SEARCHED // 2, limit)
        blocks.append((start, cut if cut > 0 else limit))
        start = blocks[-1][1]
    trimmed = (
        (at + len(text[at:to]) - len(text[at:to].lstrip()), at + len(text[at:to].rstrip()))
        for at, to in [*blocks, (start, end)]
    )
    return [(at, to) for at, to in trimmed if at < to]


def _pieces(text: str, start: int, end: int) -> list[Span]:
    spans, position = [], start
    for cut in _CUT.finditer(text, start, end):
        if cut.start() > position and cut.end() < end:
            spans.append((position, cut.start()))
            position = cut.end()
    return [*spans, (position, end)]


def _may_part(text: str, before: Span, after: Span) -> bool:
    one, other = text[before[0] : before[1]], text[after[0] : after[1]]
    opening = _JOINER.sub("", other, count=1)
    return (
        min(count_words(one), count_words(other)) >= 5
        and not _WEAK_START.match(one)
        and (not _WEAK_START.match(opening) or other.endswith("?"))
        and has_verb(one)
        and has_verb(other)
    )


def _hard_cut(text: str, start: int, end: int) -> list[Span]:
    if end - start <= LONGEST_PART and count_words(text[start:end]) <= HARD_LIMIT:
        return [(start, end)]
    words = list(_UNBROKEN.finditer(text, start, end))
    step = 40 if end - start <= 15 * len(words) else 1
    chunks = [words[i : i + step] for i in range(0, len(words), step)]
    return [(chunk[0].start(), min(chunk[-1].end(), chunk[0].start() + LONGEST_PART)) for chunk in chunks]


def strip_clause(text: str, start: int, end: int) -> Span:
    """Return a slice without joining words, hedges and labels ("As a manager:") at its start, or marks at its end."""
    for _ in range(3):
        opening = _JOINER.match(text, start, end) or _HEDGE.match(text, start, end) or _LABEL.match(text, start, end)
        if not opening or count_words(text[opening.end() : end]) < 4:
            break
        if opening.re is _HEDGE and not has_verb(text[opening.end() : end]):
            break
        start = opening.end()
    while end > start and text[end - 1] in " \t\r\n.,;:-–—":
        end -= 1
    return start, end


def _stands(text: str, start: int, end: int, limit: int) -> bool:
    clause = text[start:end]
    return (
        stands_alone(clause)
        and not _WEAK_START.match(clause)
        and not _NO_SUBJECT.match(clause)
        and not _DANGLING.search(clause)
        and not _CONDITION_AFTER.match(text, end, limit)
        and clause.count('"') % 2 == 0
        and all(clause.count(opening) == clause.count(closing) for opening, closing in _PAIRS)
    )
