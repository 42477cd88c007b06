"""The engine behind ``summarise``: reads a thread, ranks its thoughts, and picks points, questions and running text."""

from __future__ import annotations

import numpy as np

from bot.models.summaries import Summary, SummaryOptions, Thread
from bot.summaries.balance import measure_balance
from bot.summaries.disclosure.private_counts import separate_private_replies
from bot.summaries.engine.disputes import find_stances
from bot.summaries.engine.labels import label_points
from bot.summaries.engine.draft_groups import THRESHOLD, find_groups, likeness
from bot.summaries.engine.points import Statement, Support, choose_points, find_statements, find_support
from bot.summaries.engine.ranking import FOR_POINTS, FOR_TEXT, rate_standings, score_units
from bot.summaries.engine.reading import read
from bot.summaries.engine.running_text import open_questions, running_text
from bot.summaries.engine.vectors import Floats, Space
from bot.summaries.engine.words import content

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
    alike = _likeness([statements[number] for number in weighed], space, options.model)
    statements, support = [statements[n] for n in weighed], {at: support[n] for at, n in enumerate(weighed)}
    groups = find_groups(alike, [statement.author for statement in statements], THRESHOLD)
    points, voices = choose_points(reading, statements, support, groups, alike, options.max_points)
    lines = running_text(reading, space, ranked, options.budget_words)
    stances = find_stances(reading, space, statements)
    summary = Summary(
        thread=thread.id,
        text="\n".join(line.text for line in lines),
        points=label_points(points, thread),
        questions=open_questions(reading, space, ranked),
        coverage=reading.coverage,
        lines=lines,
        disagreements=stances.disagreements,
        agreements=stances.agreements,
        voices=label_points(voices, thread),
        balance=measure_balance(thread.messages),
        vectors=WORDS,
    )
    return separate_private_replies(summary, thread)


MOST_WEIGHED = 2_000
"""Statements that are held against each other; of more, those that people share and the best ones."""


def _weigh(statements: list[Statement], support: dict[int, Support]) -> list[int]:
    order = sorted(range(len(statements)), key=lambda n: (-support[n].people, -statements[n].quality, n))
    return sorted(order[:MOST_WEIGHED])


def _likeness(statements: list[Statement], space: Space, model: str | None) -> Floats:
    from bot.summaries.engine.sentence_vectors import encode
    words=np.array([space.similarity(*space.row(s.unit))[[x.unit for x in statements]] for s in statements]).reshape(len(statements),len(statements))
    v=encode([s.quote for s in statements])
    return likeness(v@v.T, words)
