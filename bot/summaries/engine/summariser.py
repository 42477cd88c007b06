"""The engine behind ``summarise``: reads a thread, ranks its thoughts, and picks points, questions and running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.summaries import Summary, SummaryOptions, Thread
from bot.summaries.balance import measure_balance
from bot.summaries.disclosure.private_counts import separate_private_replies
from bot.summaries.engine.disputes import find_stances
from bot.summaries.engine.labels import label_points
from bot.summaries.engine.points import key_points
from bot.summaries.engine.ranking import FOR_POINTS, FOR_TEXT, rate_standings, score_units
from bot.summaries.engine.reading import Reading, read
from bot.summaries.engine.running_text import open_questions, running_text
from bot.summaries.engine.vectors import Space
from bot.summaries.engine.voices import find_single_voices
from bot.summaries.engine.words import content

if TYPE_CHECKING:
    from bot.summaries.engine.semantic import Meanings


WORDS = "TF-IDF"


def summarise(thread: Thread, options: SummaryOptions) -> Summary:
    """See ``bot.summaries.summarise``."""
    reading = read(thread)
    if not reading.units:
        return Summary(thread.id, "", (), (), reading.coverage)
    space = Space([unit.stems for unit in reading.units], content(thread.prompt))
    alone = rate_standings(reading)
    ranked = score_units(reading, space, FOR_TEXT, alone)
    meanings = _meanings(reading, options.model)
    points = key_points(reading, space, score_units(reading, space, FOR_POINTS, alone), options.max_points, meanings)
    used = frozenset(point.statement for point in points)
    questions = open_questions(reading, space, ranked, used)
    lines = running_text(reading, space, ranked, options.budget_words)
    stances = find_stances(reading, space)
    summary = Summary(
        thread=thread.id,
        text="\n".join(line.text for line in lines),
        points=label_points(points, thread),
        questions=questions,
        coverage=reading.coverage,
        lines=lines,
        disagreements=stances.disagreements,
        agreements=stances.agreements,
        voices=label_points(find_single_voices(reading, space, ranked, points), thread),
        balance=measure_balance(thread.messages),
        vectors=WORDS if meanings is None else f"{WORDS} and {meanings.name}",
    )
    return separate_private_replies(summary, thread)


def _meanings(reading: Reading, model: str | None) -> Meanings | None:
    """Return sentence vectors of the units, where a model's folder is given.

    Raises UserError where it cannot be used.
    """
    if model is None:
        return None
    from bot.summaries.engine.semantic import Meanings, encoder_in

    return Meanings(encoder_in(model), [unit.text for unit in reading.units])
