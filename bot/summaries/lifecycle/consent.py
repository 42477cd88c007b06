"""What can leave the server: every count of a summary, and the words of people who said yes to being quoted outside.

Words are taken out here, before anything is written, so that no file can show them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.models.replies import Reply
from bot.models.summaries import Disagreement, KeyPoint, Quote, Review, Role, Side, Summary
from bot.summaries.lifecycle.headings import choose_quote_heading, choose_read_heading
from bot.summaries.lifecycle.model_additions import keep_drafted
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.proof.check import quotes_of

Quotes = tuple[Quote, ...]


def quotable_words(replies: Iterable[Reply], quotable: Collection[str]) -> dict[str, str]:
    """Return the words of people who may be quoted outside (``quotable``, pseudonyms), by the ids that quotes use."""
    said: dict[str, str] = {}
    for reply in replies:
        if reply.person in quotable:
            said[str(reply.id)] = reply.text
            if reply.message_id is not None:
                said.setdefault(str(reply.message_id), reply.text)
    return said


def remove_refused_quotes(summary: Summary, replies: Iterable[Reply], refused: Collection[str]) -> Summary:
    """Return the summary without the words of the replies ``refused`` (ids as quotes name them); all counts stay.

    Returns the summary unchanged if it shows none of their words.
    """
    if not any(quote.text and quote.message in refused for quote in quotes_of(summary)):
        return summary
    return remove_unconsented_quotes(
        summary, {str(reply.id): reply.text for reply in replies if str(reply.id) not in refused}
    )


def count_unconsented_quotes(summary: Summary, said: Mapping[str, str]) -> int:
    """Say how many different quotes of a summary are left out outside, for lack of consent."""
    return len({quote for quote in quotes_of(summary) if not _may_be_quoted(quote, said)})


def remove_unconsented_quotes(summary: Summary, said: Mapping[str, str]) -> Summary:
    """Return the summary without the words of those who did not consent; all counts stay.

    ``said`` are the words of those who did, by the ids that quotes use; private replies are quoted in a summary only
    if their authors allowed it. Quotes of others keep their place with an empty text, and ``withheld`` names them.
    A statement in the words of others gives way to those of the next supporter who consented, else to NOT_QUOTED. Once
    a facilitator looked at the summary, it gives way only to words that they have read. The running text loses its
    lines.
    """
    withheld = sorted({quote.message for quote in quotes_of(summary) if not _may_be_quoted(quote, said)})
    private = {quote.message for quote in quotes_of(summary) if quote.private}
    summary = keep_drafted(summary, lambda message: message in said or message in private)
    looked_at = any(point.review is not None for point in summary.points)
    keeper = _Keeper(said, _list_statements(summary, said), Review() if looked_at else None)
    points = sorted((keeper.point(point) for point in summary.points), key=_order)
    lines = tuple(line for line in summary.lines if _may_be_quoted(line, said))
    return replace(
        summary,
        text="\n".join(line.text for line in lines),
        lines=lines,
        points=tuple(points),
        voices=tuple(sorted((keeper.point(voice) for voice in summary.voices), key=_order)),
        disagreements=tuple(keeper.disagreement(disagreement) for disagreement in summary.disagreements),
        questions=tuple(sorted(keeper.kept(summary.questions), key=lambda question: not question.text)),
        withheld=tuple(withheld),
    )


def _may_be_quoted(quote: Quote, said: Mapping[str, str]) -> bool:
    return quote.private or quote.message in said


def _stands(statement: str, quotes: Sequence[Quote], said: Mapping[str, str]) -> bool:
    """Say whether a statement is in the words of a first supporter who may be quoted.

    An empty one is not.
    """
    first = next(iter(quotes), None)
    return not statement or (first is not None and (first.private or statement in said.get(first.message, "")))


def _list_statements(summary: Summary, said: Mapping[str, str]) -> set[str]:
    """Return the statements that stay, so that no other becomes the same."""
    points = (*summary.points, *summary.voices)
    return {point.statement.casefold() for point in points if _stands(point.statement, point.quotes, said)}


def _order(point: KeyPoint) -> tuple[float, bool]:
    """By who says so; of what one person raised, what is not quoted comes last."""
    return -point.weight, not point.is_shared and point.statement == NOT_QUOTED


@dataclass(frozen=True, slots=True)
class _Keeper:
    said: Mapping[str, str]
    stated: set[str]
    review: Review | None
    """What stands for a facilitator's ticks where they are none: None if nobody looked at the summary."""

    def kept(self, quotes: Iterable[Quote]) -> Quotes:
        """Return the quotes, without the words of those who did not consent."""
        return tuple(quote if _may_be_quoted(quote, self.said) else replace(quote, text="") for quote in quotes)

    def point(self, point: KeyPoint) -> KeyPoint:
        # Those who are counted agreed with the statement: who only answered them may have said something else.
        checked = frozenset(point.review.confirmed) if point.review is not None else frozenset()
        heads = [quote for quote in point.quotes if quote.role is not Role.AGREED or quote.message in checked]
        review = point.review or self.review
        statement, quotes = self._headed(point.statement, point.quotes, self.stated, heads, review)
        return replace(point, statement=statement, quotes=quotes, possible=self.kept(point.possible))

    def disagreement(self, disagreement: Disagreement) -> Disagreement:
        """Return both sides with their counts; what both say stays only if both may be quoted."""
        one, other = disagreement.sides
        statement, quotes = self._headed(disagreement.statement, one.quotes, set(), one.quotes, self.review)
        sides: tuple[Side, Side] = replace(one, quotes=quotes), replace(other, quotes=self.kept(other.quotes))
        common = disagreement.common if all(_may_be_quoted(quote, self.said) for quote in disagreement.common) else ()
        return Disagreement(statement, sides, common)

    def _headed(
        self, statement: str, quotes: Quotes, stated: set[str], heads: Collection[Quote], review: Review | None
    ) -> tuple[str, Quotes]:
        """Return a statement that may be shown, and its quotes, the one that holds it first.

        Another statement is in the words of one of ``heads``; with a ``review``, in words that a facilitator has read.
        """
        kept = self.kept(quotes)
        if _stands(statement, quotes, self.said):
            return statement, kept
        free, blank = (tuple(quote for quote in kept if bool(quote.text) is wanted) for wanted in (True, False))
        own = [quote for quote in free if quote in heads]
        restated = choose_quote_heading(own) if review is None else choose_read_heading(own, review)
        if restated is None or restated[0].casefold() in stated:
            return NOT_QUOTED, (*blank, *free)
        stated.add(restated[0].casefold())
        head = restated[1][0]
        return restated[0], (head, *(quote for quote in free if quote.message != head.message), *blank)
