"""The engine behind ``summarise``: reads a thread, ranks its thoughts, and picks points, questions and running text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.models.summaries import Summary, SummaryOptions, Thread
from bot.summaries.balance import measure_balance
from bot.summaries.disclosure.private_counts import separate_private_replies
from bot.summaries.engine.disputes import find_stances
from bot.summaries.engine.draft_groups import Likeness, Statements, find_groups
from bot.summaries.engine.points import Statement, Support, choose_points, find_statements, find_support
from bot.summaries.engine.ranking import FOR_POINTS, FOR_TEXT, rate_standings, score_units
from bot.summaries.engine.reading import Reading, read
from bot.summaries.engine.running_text import open_questions, running_text
from bot.summaries.engine.vectors import Space
from bot.summaries.engine.words import REMOVED, content

WORDS = "TF-IDF"


def summarise(thread: Thread, options: SummaryOptions) -> Summary:
    """See ``bot.summaries.summarise``."""
    reading = read(thread)
    if not reading.units:
        return Summary(thread.id, "", (), (), reading.coverage)
    space = Space([unit.stems for unit in reading.units], content(thread.prompt))
    alone = rate_standings(reading)
    ranked = score_units(reading, space, FOR_TEXT, alone)
    statements = find_statements(reading, space, score_units(reading, space, FOR_POINTS, alone))
    support = find_support(reading, statements, space.cosine)
    weighed = _weigh(statements, support)
    statements, support = [statements[place] for place in weighed], [support[place] for place in weighed]
    alike = _likeness(reading, space, statements, options.model)
    places = np.arange(alike.size)
    matrix = alike(places, places)
    groups = find_groups(matrix, [statement.author for statement in statements], alike.threshold())
    points, voices = choose_points(reading, statements, support, groups, matrix, options.max_points)
    lines = running_text(reading, space, ranked, options.budget_words)
    stances = find_stances(reading, space, statements)
    summary = Summary(
        thread=thread.id,
        text="\n".join(line.text for line in lines),
        points=points,
        questions=open_questions(reading, space, ranked),
        coverage=reading.coverage,
        lines=lines,
        disagreements=stances.disagreements,
        agreements=stances.agreements,
        voices=voices,
        balance=measure_balance(thread.messages),
        vectors=WORDS if options.model is None else f"{WORDS} and {_name_model(options.model)}",
    )
    return separate_private_replies(summary, thread)


MOST_WEIGHED = 2_000
"""Statements that are held against each other; of more, those that people share and the best ones."""


def _weigh(statements: Sequence[Statement], support: Sequence[Support]) -> list[int]:
    order = sorted(
        (place for place in range(len(statements)) if not support[place].is_repeat),
        key=lambda place: (-support[place].people, -statements[place].quality, place),
    )
    return sorted(order[:MOST_WEIGHED])


def _likeness(reading: Reading, space: Space, statements: Sequence[Statement], model: str | None) -> Likeness:
    """Return how alike statements are, by the carried vectors and, if a model's folder is given, by its own too.

    Raises ModelError if the model cannot be used.
    """
    texts = [REMOVED.sub(" ", statement.quote) for statement in statements]
    contexts = Space(
        [[stem for index in units for stem in reading.units[index].stems] for units in reading.units_of],
        content(reading.thread.prompt),
    )
    told = Statements(
        texts=texts,
        authors=[statement.author for statement in statements],
        messages=[statement.message for statement in statements],
        rows=[statement.unit for statement in statements],
        answers=reading.followed,
    )
    if model is None:
        return Likeness(told, space, contexts)
    from bot.summaries.engine.semantic import encoder_in

    return Likeness(told, space, contexts, encoder_in(model).encode(texts))


def _name_model(model: str) -> str:
    from bot.summaries.engine.semantic import encoder_in

    return encoder_in(model).name
