"""Choose the passages of a report that are most worth discussing.

A passage can be chosen if it has 40 to 120 words in whole sentences, stands alone, and by its cues (acts.py) recommends
something, tells something uncomfortable or makes a claim. It scores for each sentence that does so, for the
people whom it speaks of, and loses for figures, for words about the report itself and for the annexes. Then the best is
taken again and again; a chapter counts for less each time that one of its passages is taken (maximal marginal
relevance: Carbonell and Goldstein, SIGIR 1998), and a passage that repeats one that was taken is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.library.acts import Act, count_cues
from bot.library.contents import read_contents
from bot.library.sentences import is_for_discussion
from bot.models.library import Excerpt

MOST_CHOSEN = 12
FEWEST_WORDS, MOST_WORDS = 40, 120

_ACT_POINTS = {Act.RECOMMENDS: 2.0, Act.WARNS: 2.0, Act.CLAIMS: 1.0}
_MOST_SENTENCES = 2
"""More sentences that do the same make a passage no better."""
_ABOUT_PEOPLE = 0.75
_ABOUT_REPORT = 3.0
_FIGURES = 8.0
_LEANS_BACK = 1.0
_IN_ANNEX = 3.0
_STRAY = 0.75
_LEAST = 0.25
"""What a passage has to score to be offered at all."""
_SAME_CHAPTER = 1.25
_SAME_ACT = 0.25
_MOST_ALIKE = 0.5
"""The share of words (Jaccard) from which on one passage repeats another."""

_PEOPLE = re.compile(
    r"\b(?:staff|people|patients?|carers?|families|managers?|leaders?|leadership|nurses?|doctors?|clinicians?|teams?|"
    r"boards?|workforce|employees|workers|professionals|colleagues|public|communities)\b",
    re.IGNORECASE,
)
_STARTS_WELL = re.compile(r"[“\"‘'(]*[A-Z0-9]|[-•–] ?[“\"‘'(]*[A-Z0-9]")
_ENDS_WELL = re.compile(r"[.!?][”\"’')\]]*\Z")
# It opens with a word that needs the passage before it.
_LEANING = re.compile(
    r"(?:This|These|Those|That|They|Their|He|She|His|Her|It|Its|Such|However|Therefore|Thus|Hence|Furthermore|Moreover|"
    r"Additionally|Also|Again|Similarly|Conversely|Finally|Lastly|Nevertheless|Instead|Both|But|And|So|Yet|Then)\b"
)
# Who said the quotation before it, a caption, or what is left of a table.
_LEFTOVER = re.compile(
    r"(?m)\A[^.!?\n]{0,60}\b(?:interview|workshop|(?:fe)?male)\b[^.!?\n]{0,12}$|"
    r"^(?:Figure|Table|Fig\.|Chart|Box) [\dA-Z]+[:.]|\|",
    re.IGNORECASE,
)
# A line of its own that ends without a stop: a heading that stayed in the text, or a caption.
_STRAY_LINE = re.compile(r"(?m)^(?![-•–]|\(?\w{1,3}[.)]\s)[^\n]*[^\s.!?:;,”\"’')\]]\s*$")
_ANNEX = re.compile(
    r"\b(?:appendi(?:x|ces)|annex\w*|method\w*|approach to|fieldwork|background|contributors|about (?:the|this)|"
    r"acknowledge?ments?|terms of reference|foreword|structure of|aims and)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Pick:
    """An excerpt that is worth discussing, and what it does most."""

    excerpt_id: int
    act: Act


@dataclass(frozen=True, slots=True)
class _Candidate:
    excerpt: Excerpt
    chapter: int
    act: Act
    score: float
    words: frozenset[str]


def choose_passages(excerpts: Sequence[Excerpt], most: int = MOST_CHOSEN) -> tuple[Pick, ...]:
    """Return at most ``most`` of a report's excerpts, in its order; fewer where fewer are worth it."""
    candidates = [
        candidate
        for number, chapter in enumerate(read_contents(excerpts))
        for excerpt in chapter.excerpts
        if (candidate := _read_candidate(excerpt, number)) is not None
    ]
    chosen: list[_Candidate] = []
    chapters: Counter[int] = Counter()
    acts: Counter[Act] = Counter()
    while candidates and len(chosen) < most:
        best = max(
            candidates,
            key=lambda each: (
                each.score - _SAME_CHAPTER * chapters[each.chapter] - _SAME_ACT * acts[each.act],
                -each.excerpt.position,
            ),
        )
        chosen.append(best)
        chapters[best.chapter] += 1
        acts[best.act] += 1
        candidates = [each for each in candidates if each is not best and _likeness(each, best) < _MOST_ALIKE]
    in_order = sorted(chosen, key=lambda each: each.excerpt.position)
    return tuple(Pick(each.excerpt.id, each.act) for each in in_order)


def _read_candidate(excerpt: Excerpt, chapter: int) -> _Candidate | None:
    """Score an excerpt; None for one that is not offered."""
    passage = excerpt.passage
    text = passage.text.strip()
    words = text.split()
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS or not is_for_discussion(excerpt):
        return None
    if not _STARTS_WELL.match(text) or not _ENDS_WELL.search(text) or _LEFTOVER.search(text):
        return None
    cues = count_cues(text)
    points = {act: _ACT_POINTS[act] * min(count, _MOST_SENTENCES) for act, count in cues.sentences.items()}
    act = max(points, key=lambda each: points[each])
    score = (
        sum(points.values())
        + _ABOUT_PEOPLE * bool(_PEOPLE.search(text))
        - _ABOUT_REPORT * cues.about_report
        - _FIGURES * max(0.0, sum(any(map(str.isdigit, word)) for word in words) / len(words) - 0.05)
        - _STRAY * len(_STRAY_LINE.findall(text))
        - _LEANS_BACK * bool(_LEANING.match(text.lstrip("“\"‘'(-•– ")))
        - _IN_ANNEX * bool(_ANNEX.search(passage.heading))
    )
    if not points[act] or score < _LEAST:
        return None
    return _Candidate(excerpt, chapter, act, score, frozenset(_WORD.findall(text.casefold())))


def _likeness(one: _Candidate, other: _Candidate) -> float:
    return len(one.words & other.words) / max(1, len(one.words | other.words))
