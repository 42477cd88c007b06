"""The engine behind ``summarise``: reads a thread, ranks its thoughts, and picks points, questions and running text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.models.grouping import Grouping
from bot.models.summaries import Summary, SummaryOptions
from bot.models.threads import Thread
from bot.summaries.balance import measure_balance
from bot.summaries.disclosure.private_counts import separate_private_replies
from bot.summaries.engine.disputes import find_stances
from bot.summaries.engine.draft_groups import find_groups
from bot.summaries.engine.likeness import Likeness, Statements
from bot.summaries.engine.points import NOT_SORTED, choose_points
from bot.summaries.engine.ranking import FOR_POINTS, FOR_TEXT, rate_standings, score_units
from bot.summaries.engine.reading import Reading, read
from bot.summaries.engine.running_text import open_questions, running_text
from bot.summaries.engine.sentence_vectors import find_other_languages
from bot.summaries.engine.sorted_statements import SortedStatements
from bot.summaries.engine.statements import Statement, find_statements
from bot.summaries.engine.support import Support, find_support
from bot.summaries.engine.vectors import Floats, Space
from bot.summaries.engine.words import REMOVED, content_stems

WORDS = "TF-IDF"


def summarise(thread: Thread, options: SummaryOptions, grouping: Grouping | None = None) -> Summary:
    """See ``bot.summaries.summarise``."""
    reading = read(thread)
    if not reading.units:
        return Summary(thread.id, "", (), (), reading.coverage)
    sorted_by_model = None if grouping is None else SortedStatements(reading, grouping)
    space = make_space(reading)
    alone = rate_standings(reading)
    ranked = score_units(reading, space, FOR_TEXT, alone)
    statements, support = find_weighed(reading, space, alone)
    alike = _likeness(reading, space, statements, options.model)
    places = np.arange(alike.size)
    matrix = alike(places, places)
    groups = find_groups(matrix, [statement.author for statement in statements], alike.threshold())
    questions = open_questions(reading, space, ranked)
    sorted_as = NOT_SORTED
    if sorted_by_model is not None:
        groups, sorted_as = sorted_by_model.place(statements, groups)
        questions = sorted_by_model.choose_questions(questions, space)
    points, voices = choose_points(reading, statements, support, groups, matrix, options.max_points, sorted_as)
    lines = running_text(reading, space, ranked, options.budget_words)
    stances = find_stances(reading, space, statements)
    summary = Summary(
        thread=thread.id,
        text="\n".join(line.text for line in lines),
        points=points,
        questions=questions,
        coverage=reading.coverage,
        lines=lines,
        disagreements=stances.disagreements,
        agreements=stances.agreements,
        voices=voices,
        balance=measure_balance(thread.messages),
        vectors=WORDS if options.model is None else f"{WORDS} and {_name_model(options.model)}",
    )
    if sorted_by_model is not None:
        summary = sorted_by_model.add_drafts(summary, statements)
    return separate_private_replies(summary, thread)


def make_space(reading: Reading) -> Space:
    """Return the space of words in which a thread's units are compared."""
    return Space([unit.stems for unit in reading.units], content_stems(reading.thread.prompt))


def find_weighed(reading: Reading, space: Space, alone: Floats | None = None) -> tuple[list[Statement], list[Support]]:
    """Return the statements that are in conflict, and who backed each themselves.

    ``alone`` says how well each unit stands alone, where that was rated before.
    """
    scores = score_units(reading, space, FOR_POINTS, rate_standings(reading) if alone is None else alone)
    statements = find_statements(reading, space, scores)
    support = find_support(reading, statements, space.cosine)
    weighed = _weigh(statements, support)
    return [statements[place] for place in weighed], [support[place] for place in weighed]


MOST_WEIGHED = 2_000
"""Statements that are in conflict; of more, those that people share and the best ones."""


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
        content_stems(reading.thread.prompt),
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
    from bot.summaries.engine.semantic import load_encoder

    encoder = load_encoder(model)
    others = find_other_languages(texts) if encoder.is_multilingual else None
    return Likeness(told, space, contexts, encoder.encode(texts), others)


def _name_model(model: str) -> str:
    from bot.summaries.engine.semantic import load_encoder

    return load_encoder(model).name
