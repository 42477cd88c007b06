"""Put a language model's proved grouping in the place of the engine's draft groups; it counts and quotes nothing.

A grouping names places in messages. Where a place is no statement of the reading, nothing of it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.models.grouping import Grouping, Slice, Sorting
from bot.models.summaries import Quote, Summary
from bot.summaries.engine.points import SortedAs
from bot.summaries.engine.questions import is_question
from bot.summaries.engine.reading import Reading
from bot.summaries.engine.running_text import MOST_QUESTIONS, SAME_QUESTION
from bot.summaries.engine.statements import Statement, quote_text
from bot.summaries.engine.vectors import Space
from bot.summaries.engine.words import split_words

MODEL = "a language model"
NO_ANSWER = "the language model couldn’t be used"
MOST_OPPOSED = 10


class SortedStatements:
    """A grouping beside the reading of its thread."""

    def __init__(self, reading: Reading, grouping: Grouping) -> None:
        self._reading = reading
        self._grouping = grouping
        self._unit_at = {
            Slice(reading.messages[unit.message].id, *unit.span): index for index, unit in enumerate(reading.units)
        }

    def place(
        self, statements: Sequence[Statement], engine_groups: Sequence[list[int]]
    ) -> tuple[list[list[int]], SortedAs]:
        """Return the groups of statements, and what is known of single ones.

        What the model did not read, since nothing of it may go out or no answer came, is grouped by the engine.
        """
        units = self._reading.units
        number_of = {statement.unit: number for number, statement in enumerate(statements)}
        # Where the first who wrote words said no, another who wrote the very same ones stands for them.
        of_words = {tuple(split_words(units[unit].text)): number for unit, number in number_of.items()}

        def find(places: Sequence[Slice]) -> list[int]:
            read = (unit for place in places if (unit := self._unit_at.get(place, -1)) >= 0)
            numbers = (number_of.get(unit, of_words.get(tuple(split_words(units[unit].text)))) for unit in read)
            return [number for number in dict.fromkeys(numbers) if number is not None]

        read = set(find(self._grouping.read))
        groups = [left for group in engine_groups if len(left := [n for n in group if n not in read]) > 1]
        best, themes = set(), {}
        for theme in self._grouping.themes:
            if theme.name is not None:
                for places in (*(point.members for point in theme.points), theme.others):
                    themes.update(dict.fromkeys(find(places), theme.name.name))
            for point in theme.points:
                members = find(point.members)
                if len(members) > 1:
                    groups.append(members)
                    best.add(members[0])
        return groups, SortedAs(best, frozenset(find(self._grouping.asides)), themes)

    def choose_questions(self, found: tuple[Quote, ...], space: Space) -> tuple[Quote, ...]:
        """Return the open questions: those that the model names, if their words ask, and of the engine's the others.

        One that the model takes for something else is none, and neither is one that another question already asks.
        """
        reading = self._reading
        named = [unit for place in self._grouping.questions if (unit := self._unit_at.get(place, -1)) >= 0]
        asked = [unit for unit in named if reading.is_quotable(unit) and is_question(reading.units[unit].text)]
        other = {place for theme in self._grouping.themes for point in theme.points for place in point.members}
        other.update(self._grouping.asides)
        kept: list[int] = []
        engine = {(quote.message, quote.text) for quote in found}
        for unit, told in enumerate(reading.units):
            message = reading.messages[told.message].id
            is_engines = (message, told.text) in engine and Slice(message, *told.span) not in other
            if is_engines or unit in asked:
                likeness = space.similarity(*space.row(unit))
                if all(likeness[before] < SAME_QUESTION for before in kept):
                    kept.append(unit)
        units = [reading.units[unit] for unit in kept[:MOST_QUESTIONS]]
        return tuple(Quote(reading.messages[unit.message].id, unit.text) for unit in units)

    def add_drafts(self, summary: Summary, statements: Sequence[Statement]) -> Summary:
        """Add the names of themes that are used, the pairs that oppose each other, and how far the model helped."""
        used = {point.theme for point in (*summary.points, *summary.voices)}
        themes = [theme.name for theme in self._grouping.themes if theme.name is not None and theme.name.name in used]
        by_name = {theme.name: theme for theme in reversed(themes)}
        return replace(
            summary,
            themes=tuple(theme for theme in dict.fromkeys(themes) if by_name[theme.name] is theme),
            opposed=self._find_opposed(statements),
            sorting=self._grouping.sorting,
            vectors=f"{summary.vectors}{describe_help(self._grouping.sorting)}",
        )

    def _find_opposed(self, statements: Sequence[Statement]) -> tuple[tuple[Quote, Quote], ...]:
        of_unit = {statement.unit: statement for statement in statements}
        pairs = []
        for places in self._grouping.opposed:
            units = [self._unit_at.get(place, -1) for place in places]
            if all(unit in of_unit for unit in units) and of_unit[units[0]].author != of_unit[units[1]].author:
                one, other = (self._quote(unit) for unit in units)
                pairs.append((one, other))
        return tuple(pairs[:MOST_OPPOSED])

    def _quote(self, unit: int) -> Quote:
        told = self._reading.units[unit]
        return Quote(self._reading.messages[told.message].id, quote_text(self._reading, told))


def describe_help(sorting: Sorting) -> str:
    """Say, after what likeness was measured with, whether a language model helped to sort."""
    if sorting.unanswered >= sorting.calls:
        return f" ({NO_ANSWER})" if sorting.calls else ""
    if sorting.unanswered:
        return f" and {MODEL} ({sorting.calls - sorting.unanswered} of {sorting.calls} answers could be used)"
    return f" and {MODEL}"
