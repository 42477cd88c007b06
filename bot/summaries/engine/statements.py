"""Find statements: what people say that can be in a summary by itself, with the words that show it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.summaries.engine.clauses import LEAST_HEADING, SHORT_HEADING, choose_heading, count_words, has_verb
from bot.summaries.engine.questions import is_claim
from bot.summaries.engine.ranking import rate_standing
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.vectors import Floats, Space
from bot.summaries.engine.words import WEAK, content_stems

LONGEST_QUOTE = 350
"""Characters up to which a whole sentence is shown as evidence."""
MOST_WEIGHED = 4_000
LEAST_STANDING = 0.5
LEAST_MATTER = 2
"""Words of matter that a statement needs to say something of its own."""
LEAST_WITHOUT_VERB = 6
"""Words from which a thought stands without a verb that is known as one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that may head a point. ``heading`` is verbatim in the quote; ``quality`` says how good it is."""

    unit: int
    author: int
    message: int
    heading: str
    quote: str
    quality: float


def find_statements(reading: Reading, space: Space, scores: Floats) -> list[Statement]:
    """Return what people say that can be in a summary by itself, in the thread's order.

    Of very many thoughts only those that somebody answered or reacted to are weighed, and the best of the others.
    """
    best = np.argsort(-scores, kind="stable")[:MOST_WEIGHED].tolist()
    heard = (
        index
        for index, unit in enumerate(reading.units)
        if reading.messages[unit.message].id in reading.answered or reading.messages[unit.message].endorsers
    )
    statements = (_statement(reading, space, index, float(scores[index])) for index in sorted({*best, *heard}))
    return [statement for statement in statements if statement is not None]


def _statement(reading: Reading, space: Space, index: int, score: float) -> Statement | None:
    unit = reading.units[index]
    if not reading.is_quotable(index) or not _says_something(reading, unit):
        return None
    text = reading.messages[unit.message].text

    def weigh(words: str) -> float:
        return -1.0 if reading.names.holds_name(words) else space.weight(content_stems(words))

    start, end = choose_heading(text, *unit.span, weigh=weigh)
    if reading.names.holds_name(text[start:end]):
        start, end = choose_heading(text, *unit.span, weigh=weigh, is_part=True)
    heading = text[start:end]
    is_short = count_words(heading) < LEAST_HEADING and heading.strip(" .!") != reading.sentence(unit).strip(" .!")
    if is_short or reading.names.holds_name(heading):
        return None
    quality = score * (1.0 if count_words(heading) <= SHORT_HEADING else 0.8) * rate_standing(heading)
    return Statement(index, unit.author, unit.message, heading, quote_text(reading, unit), quality)


def _says_something(reading: Reading, unit: Unit) -> bool:
    if unit.kind == "question" or (unit.kind == "rhetorical" and not is_claim(unit.text)):
        return False
    matter = {stem for stem in unit.stems if stem not in WEAK}
    is_whole = reading.points_made[unit.message] == 1 and reading.messages[unit.message].reply_to is None
    speaks = is_whole or has_verb(unit.text) or unit.words >= LEAST_WITHOUT_VERB or not unit.text.isascii()
    return speaks and len(matter) >= (1 if is_whole else LEAST_MATTER) and rate_standing(unit.text) >= LEAST_STANDING


def quote_text(reading: Reading, unit: Unit) -> str:
    """Say what is shown as evidence: the whole sentence, or for a very long one the thought within it."""
    sentence = reading.sentence(unit)
    return sentence if len(sentence) <= LONGEST_QUOTE else unit.text
