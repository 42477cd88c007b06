"""Fill the gaps of a summary that left the server, so that the checker counts its people as those of any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.models.summaries import KeyPoint, Quote, Side, Summary
from bot.models.threads import Message
from bot.summaries.output.plain_text import NOT_QUOTED


def check_withheld(summary: Summary, quotes: Iterable[Quote]) -> Iterator[str]:
    """Say what is wrong where words are shown of a message whose author did not consent."""
    for message in sorted({quote.message for quote in quotes if quote.text and quote.message in summary.withheld}):
        yield f"The words of message {message} are withheld, and yet shown."


def fill_withheld(summary: Summary, messages: Mapping[str, Message]) -> Summary:
    """Return the summary with some words of the withheld messages in their places, no two alike.

    Returns it unchanged if none is withheld.
    """
    if not summary.withheld:
        return summary
    gaps = _Gaps(messages, frozenset(summary.withheld))
    return replace(
        summary,
        points=tuple(gaps.point(point) for point in summary.points),
        voices=tuple(gaps.point(voice) for voice in summary.voices),
        disagreements=tuple(
            replace(
                disagreement,
                statement=gaps.statement(disagreement.statement, disagreement.sides[0].quotes),
                sides=(gaps.side(disagreement.sides[0]), gaps.side(disagreement.sides[1])),
            )
            for disagreement in summary.disagreements
        ),
        questions=gaps.quotes(summary.questions),
    )


@dataclass(frozen=True, slots=True)
class _Gaps:
    messages: Mapping[str, Message]
    withheld: frozenset[str]
    used: Counter[str] = field(default_factory=Counter)

    def point(self, point: KeyPoint) -> KeyPoint:
        statement = self.statement(point.statement, point.quotes)
        return replace(
            point, statement=statement, quotes=self.quotes(point.quotes), possible=self.quotes(point.possible)
        )

    def side(self, side: Side) -> Side:
        return replace(side, quotes=self.quotes(side.quotes))

    def statement(self, statement: str, quotes: tuple[Quote, ...]) -> str:
        if statement != NOT_QUOTED or not quotes or quotes[0].message not in self.withheld:
            return statement
        return self._words(quotes[0].message) or statement

    def quotes(self, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(
            replace(quote, text=self._words(quote.message))
            if not quote.text and quote.message in self.withheld
            else quote
            for quote in quotes
        )

    def _words(self, message: str) -> str:
        """Yield the message's words, one letter fewer each time: the checker takes what is alike for a repetition."""
        if message not in self.messages:
            return ""
        text = self.messages[message].text
        self.used[message] += 1
        return text[: 1 - self.used[message]] or text if self.used[message] > 1 else text
