"""Choose the passages of a report that are most worth discussing.

A passage can be chosen if it has 40 to 120 words in whole sentences. It scores for each sentence that recommends
something or says something uncomfortable (acts.py), and for words by which a writer judges or asks for something. It
loses for names and figures, which stand where a report tells what happened, and for lines that are no sentence. Then
the best is taken again and again; a chapter counts for less each time that one of its passages is taken (maximal
marginal relevance: Carbonell and Goldstein, SIGIR 1998), and a passage that repeats one that was taken is passed over.
`benchmarks.passages` says how often it is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.library.acts import count_acts, match_words
from bot.library.contents import read_contents
from bot.library.sentences import is_for_discussion
from bot.models.library import Excerpt

MOST_CHOSEN = 12
FEWEST_WORDS, MOST_WORDS = 40, 120

_JUDGES = match_words(
    r"vital|critical|essential|important|crucial|necessary|significant|right|wrong|appropriate|effective\w*|clear",
    r"better|poor|difficult\w*|challeng\w*|problem\w*|risk\w*|fear\w*|concern\w*|pressures?|lack\w*|fail\w*|too",
    r"struggl\w*",
)
_ASKS_FOR = match_words(r"should|must|ought|recommend\w*|need(?:s|ed)? to")
_SCORED = ((_JUDGES, 3), (_ASKS_FOR, 2))
"""Words that score one each, and the most that count: more of them make a passage no better."""
_ACT = 3.0
_MOST_SENTENCES = 2
"""What a sentence that does something scores, and how many such sentences count."""
_NAMES_AND_FIGURES = 20.0
_STRAY = 1.0
_LEAST = 2.0
"""What a passage has to score to be offered at all: from here on, about half are worth it."""
_SAME_CHAPTER = 1.25
_MOST_ALIKE = 0.5
"""The share of words (Jaccard) from which on one passage repeats another."""

_STARTS_WELL = re.compile(r"[“\"‘'(]*[A-Z0-9]|[-•–] ?[“\"‘'(]*[A-Z0-9]")
_ENDS_WELL = re.compile(r"[.!?][”\"’')\]]*\Z")
# Who said the quotation before it, a caption, or what is left of a table.
_LEFTOVER = re.compile(
    r"(?m)\A[^.!?\n]{0,60}\b(?:interview|workshop|(?:fe)?male)\b[^.!?\n]{0,12}$|"
    r"^(?:Figure|Table|Fig\.|Chart|Box) [\dA-Z]+[:.]|\|",
    re.IGNORECASE,
)
# A line of its own that ends without a stop: a heading that stayed in the text, or a caption.
_STRAY_LINE = re.compile(r"(?m)^(?![-•–]|\(?\w{1,3}[.)]\s)[^\n]*[^\s.!?:;,”\"’')\]]\s*$")
_OPENS_SENTENCE = (".", "!", "?", ":", "”", '"')
_AROUND = "“”\"'‘’(),.;:"
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class _Candidate:
    excerpt: Excerpt
    chapter: int
    score: float
    words: frozenset[str]


def choose_passages(excerpts: Sequence[Excerpt], most: int = MOST_CHOSEN) -> tuple[int, ...]:
    """Return the ids of at most ``most`` of a report's excerpts, in its order; fewer where fewer are worth it."""
    candidates = [
        candidate
        for number, chapter in enumerate(read_contents(excerpts))
        for excerpt in chapter.excerpts
        if (candidate := _read_candidate(excerpt, number)) is not None
    ]
    chosen: list[_Candidate] = []
    chapters: Counter[int] = Counter()
    while candidates and len(chosen) < most:
        best = max(
            candidates,
            key=lambda each: (each.score - _SAME_CHAPTER * chapters[each.chapter], -each.excerpt.position),
        )
        chosen.append(best)
        chapters[best.chapter] += 1
        candidates = [each for each in candidates if each is not best and _likeness(each, best) < _MOST_ALIKE]
    return tuple(each.excerpt.id for each in sorted(chosen, key=lambda each: each.excerpt.position))


def _read_candidate(excerpt: Excerpt, chapter: int) -> _Candidate | None:
    """Score an excerpt; None for one that is not offered."""
    text = excerpt.passage.text.strip()
    if not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS or not is_for_discussion(excerpt.passage):
        return None
    if not _STARTS_WELL.match(text) or not _ENDS_WELL.search(text) or _LEFTOVER.search(text):
        return None
    score = (
        sum(min(len(words.findall(text)), most) for words, most in _SCORED)
        + sum(_ACT * min(count, _MOST_SENTENCES) for count in count_acts(text).values())
        - _NAMES_AND_FIGURES * _share_of_names_and_figures(text.split())
        - _STRAY * len(_STRAY_LINE.findall(text))
    )
    if score < _LEAST:
        return None
    return _Candidate(excerpt, chapter, score, frozenset(_WORD.findall(text.casefold())))


def _share_of_names_and_figures(words: Sequence[str]) -> float:
    """Return which share of the words hold a figure, or begin with a capital letter though no sentence begins."""
    count, before = 0, "."
    for word in words:
        is_name = word.strip(_AROUND)[:1].isupper() and not before.endswith(_OPENS_SENTENCE)
        count += is_name or any(map(str.isdigit, word))
        before = word
    return count / len(words)


def _likeness(one: _Candidate, other: _Candidate) -> float:
    return len(one.words & other.words) / max(1, len(one.words | other.words))
