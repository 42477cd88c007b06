"""Simple ways to choose sentences of a thread, each within a limit: first sentences, graphs, chance, and the oracle.

A limit is told how many words (or points) are allowed; all give the chosen sentences in the order of the thread.
"""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.summaries.data import Thread, sentences_of
from benchmarks.summaries.rouge import tokens
from bot.summaries.engine.words import content_stems


@dataclass(frozen=True)
class Line:
    """A sentence as sumy reads it: ``words`` are the stems of those that carry matter."""

    place: int
    message: int
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A thread as sumy reads it."""

    sentences: tuple[Line, ...]


Limit = Callable[[Iterable[Line]], list[Line]]
"""Takes lines, the best first, and keeps those that fit."""
Baseline = Callable[[Thread, Limit], list[Line]]


def document(thread: Thread) -> Document:
    """The thread in our own sentences and stems, so that sumy needs no data of its own."""
    found = enumerate(sentences_of(thread))
    return Document(tuple(Line(place, message, text, tuple(content_stems(text))) for place, (message, text) in found))


def within(words: int) -> Limit:
    """Keep what fits in so many words, passing over what does not."""

    def keep(lines: Iterable[Line]) -> list[Line]:
        kept, left = list[Line](), words
        for line in lines:
            size = len(line.text.split())
            if size <= left:
                kept.append(line)
                left -= size
        return kept

    return keep


def at_most(count: int) -> Limit:
    """Keep so many lines."""
    return lambda lines: list(lines)[:count]


def first_sentences(thread: Thread, limit: Limit) -> list[Line]:
    """The first sentence of every message."""
    seen: dict[int, Line] = {}
    for line in document(thread).sentences:
        seen.setdefault(line.message, line)
    return limit(seen.values())


def by_chance(thread: Thread, limit: Limit) -> list[Line]:
    """Sentences by chance, the same at every run."""
    lines = list(document(thread).sentences)
    random.Random(str(thread["id"])).shuffle(lines)
    return _in_order(limit(lines))


def lexrank(thread: Thread, limit: Limit) -> list[Line]:
    """LexRank of sumy, imported where it is used, so that the rest works without it."""
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return ranked(LexRankSummarizer(), document(thread), limit)


def textrank(thread: Thread, limit: Limit) -> list[Line]:
    """TextRank of sumy, imported as above."""
    from sumy.summarizers.text_rank import TextRankSummarizer

    return ranked(TextRankSummarizer(), document(thread), limit)


def ranked(summarizer: Any, given: Document, limit: Limit) -> list[Line]:
    """What a summarizer of sumy ranks highest; sumy hands over its ratings, the best first, and keeps our choice."""

    def keep(ratings: Sequence[Any]) -> list[Any]:
        by_line = {rating.sentence: rating for rating in ratings}
        return [by_line[line] for line in limit(rating.sentence for rating in ratings)]

    return list(summarizer(given, keep))


def oracle(thread: Thread, limit: Limit) -> list[Line]:
    """What an extract could reach in ROUGE-1: the sentence that adds most, again and again."""
    wanted = [Counter(tokens(reference)) for reference in thread["references"]]
    left = [(line, Counter(tokens(line.text))) for line in document(thread).sentences]
    kept, said, best = list[Line](), Counter[str](), 0.0
    while True:
        fitting = [(line, words) for line, words in left if line in limit([*kept, line])]
        line, words = max(fitting, key=lambda each: _score(said + each[1], wanted), default=(None, Counter[str]()))
        if line is None or _score(said + words, wanted) <= best:
            return _in_order(kept)
        kept.append(line)
        said += words
        best = _score(said, wanted)
        left = [each for each in fitting if each[0] != line]


def _score(said: Counter[str], wanted: list[Counter[str]]) -> float:
    return statistics.fmean((said & each).total() / (said.total() + each.total() or 1) for each in wanted)


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.place)


BASELINES: dict[str, Baseline] = {
    "first sentences": first_sentences,
    "LexRank": lexrank,
    "TextRank": textrank,
    "random": by_chance,
}
