"""How a card tells each part of a summary, in Discord's Markdown; people's words are escaped and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.models.summaries import Balance, Coverage, Disagreement, KeyPoint, Quote, Side, Summary, Toward
from bot.summaries.output.plain_text import NOT_QUOTED, format_unquoted
from bot.summaries.output.point_groups import (
    ERASED,
    count_confirmed_people,
    count_confirmed_private,
    count_possible_people,
    count_possible_private,
)
from bot.text.markdown import escape
from bot.text.words import count_people, plural
from cogs.summaries.pages import cut_words

TOWARD = {
    Toward.SUPPORTS: "It supports the passage.",
    Toward.CHALLENGES: "It challenges the passage.",
    Toward.EXTENDS: "It adds to the passage.",
}
USUAL_VECTORS = "TF-IDF"
IN_WORDS_OF_FACILITATOR = "{heading} (facilitator’s words)"
SAID_ALIKE = "{who} said something close to this"
SAID = "{who} said this"
CONFIRMED = " ({confirmed} confirmed by a person)"
NOT_CONFIRMED = " (not checked by a person)"
AGREED = "{others} reacted in agreement"
NOTE = "Facilitator’s note: {note}"
DISPUTED = "### People see this differently: {disputed}"
SIDES = "One side", "The other side"
BOTH_SAY = "What both say:"
POSSIBLY = "{others} more possibly"
QUESTIONS = "### Questions that staff asked"
READ = "Read {read:,} of {held}, from {people}."
LEFT_OUT = "Left out: {reasons}."
DELETED = "{replies} deleted."
BALANCE = "The most active tenth of {people} wrote {percent}% of the words."
METHOD = "Likeness was measured with {vectors}."


@dataclass(frozen=True, slots=True)
class CardLimits:
    """How much is shown of each part: characters of a quotation, quotations of a point or a side, links or none.

    ``addresses`` holds addresses of messages by the ids that quotes use; it is empty where others see the card.
    """

    length: int
    quotes: int = 2
    links: bool = True
    addresses: Mapping[str, str] = field(default_factory=dict)

    def quoted(self, quote: Quote) -> str:
        """Return somebody's words in quotation marks, with the way to their message."""
        return mark_words(quote.text, self.length) + self.link(quote)

    def link(self, quote: Quote) -> str:
        """Write the way to a quote's message."""
        address = self.addresses.get(quote.message) if self.links else None
        return f" ([message]({address}))" if address else ""


def mark_words(text: str, length: int) -> str:
    """Put words in quotation marks; those that are left out show as an ellipsis outside of the marks."""
    part, cut = cut_words(text, length)
    return f"“{escape(part)}”{' …' * cut}"


def plain(text: str, length: int) -> str:
    """Write words that are no quotation, such as a facilitator's."""
    part, cut = cut_words(text, length)
    return f"{escape(part)}{' …' * cut}"


def format_statement(point: KeyPoint, length: int) -> str:
    """Write a point's statement as a quotation; where a facilitator gave it other words, these, marked as theirs."""
    if point.review is not None and point.review.words.strip():
        return IN_WORDS_OF_FACILITATOR.format(heading=plain(point.review.words, length))
    if point.statement == NOT_QUOTED:
        return NOT_QUOTED
    return mark_words(point.statement, length) if point.statement else ERASED


def list_shown_quotes(point: KeyPoint) -> tuple[Quote, ...]:
    """Return the supporters' quotes without those that a facilitator chose to count only, or whose authors said no."""
    hidden = frozenset(point.review.unquoted) if point.review is not None else frozenset()
    return tuple(quote for quote in point.quotes if quote.text and quote.message not in hidden)


def format_point(number: int, point: KeyPoint, room: CardLimits, course: str = "") -> str:
    """Write a point's heading, who said it, and some of their words, but no quote that adds nothing to the heading."""
    quotes = list_shown_quotes(point)
    reworded = point.review is not None and point.review.words.strip()
    repeats = bool(quotes) and not reworded and _normalise(quotes[0].text) == _normalise(point.statement)
    link = room.link(quotes[0]) if repeats else ""
    lines = [f"### {number}. {format_statement(point, room.length)}{link}", f"{who_said(point)}."]
    about = [TOWARD[point.toward]] if point.toward is not None else []
    about += [course] if course else []
    lines += [" ".join(about)] if about else []
    lines += (
        [f"> {room.quoted(quote)}" for quote in quotes[1:2] * (room.quotes > 0)]
        if repeats
        else [f"> {room.quoted(quote)}" for quote in quotes[: room.quotes]]
    )
    if point.review is not None and point.review.note.strip():
        lines.append(NOTE.format(note=plain(point.review.note, room.length)))
    return "\n".join(lines)


def who_said(point: KeyPoint) -> str:
    """Say how many clearly say so, who else possibly does, who agreed by a reaction, and what a person confirmed."""
    said = SAID if point.heard == 1 else SAID_ALIKE
    parts = [said.format(who=format_counts(point.people, point.private))]
    if point.review is not None:
        confirmed = _format_confirmed(point)
        parts[0] += CONFIRMED.format(confirmed=confirmed) if confirmed else NOT_CONFIRMED
    if possible := count_possible_people(point):
        parts.append(POSSIBLY.format(others=f"{possible:,}"))
    if private := count_possible_private(point):
        parts.append(f"{plural(private, 'private reply', 'private replies')} possibly")
    if point.endorsements:
        parts.append(AGREED.format(others=plural(point.endorsements, "other")))
    return "; ".join(parts)


def format_counts(in_thread: int, private: int) -> str:
    """Count people and private replies separately, never their sum, since somebody may be in both."""
    if not private:
        return count_people(in_thread)
    said = plural(private, "private reply", "private replies")
    return f"{count_people(in_thread)} in the thread, {said}" if in_thread else said


def _format_confirmed(point: KeyPoint) -> str:
    """Say how many of those who say so a person confirmed; empty where nobody was."""
    in_thread, private = count_confirmed_people(point), count_confirmed_private(point)
    if point.private and in_thread + private:
        return f"{count_people(in_thread)} and {plural(private, 'private reply', 'private replies')}"
    return f"{in_thread:,}" if in_thread else ""


def format_disagreement(disagreement: Disagreement, room: CardLimits) -> str:
    """Say what is disputed, each side with its people and some of their words, and what both sides say."""
    disputed = mark_words(disagreement.statement, room.length) if disagreement.statement else ERASED
    disputed = NOT_QUOTED if disagreement.statement == NOT_QUOTED else disputed
    lines = [DISPUTED.format(disputed=disputed)]
    for name, side in zip(SIDES, disagreement.sides, strict=True):
        lines += [f"{name}, {format_counts(side.people, side.private)}:", *_side(side, room)]
    if disagreement.common and room.quotes:
        lines += [BOTH_SAY, *(f"> {room.quoted(quote)}" for quote in disagreement.common[: room.quotes])]
    return "\n".join(lines)


def format_questions(questions: Sequence[Quote], room: CardLimits) -> str:
    """List the questions that people asked."""
    return "\n".join([QUESTIONS, *(f"- {room.quoted(question)}" for question in questions if question.text)])


def format_coverage(coverage: Coverage) -> Iterator[str]:
    """Say how many replies of how many were read, what was left out and why, and how many were deleted."""
    excluded = sum(count for _, count in coverage.excluded)
    held = plural(coverage.held + excluded, "reply", "replies")
    yield READ.format(read=coverage.read, held=held, people=format_counts(coverage.people, coverage.private))
    reasons = [*coverage.left_out, *coverage.excluded]
    if reasons:
        yield LEFT_OUT.format(reasons=", ".join(f"{count:,} ({reason})" for reason, count in reasons))
    if coverage.deleted:
        yield DELETED.format(replies=plural(coverage.deleted, "reply was", "replies were"))


def format_balance(balance: Balance) -> str:
    """Say how much of the text came from the most active tenth, without names."""
    return BALANCE.format(people=count_people(balance.people), percent=balance.percent)


def format_method(summary: Summary) -> str:
    """Say what likeness was measured with, where it is not the usual."""
    if summary.vectors == USUAL_VECTORS:
        return ""
    return METHOD.format(vectors=plain(summary.vectors, 80))


def _side(side: Side, room: CardLimits) -> list[str]:
    unquoted = format_unquoted(len(side.counted))
    return [
        *(f"> {room.quoted(quote)}" for quote in [quote for quote in side.quotes if quote.text][: room.quotes]),
        *([unquoted] if unquoted else []),
    ]


def _normalise(text: str) -> str:
    return " ".join(text.split()).rstrip(".!…").casefold()
