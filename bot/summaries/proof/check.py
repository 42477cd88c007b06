"""Check a summary against its thread, independently of the engine that made it: every quote, id and count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.models.summaries import MOST_SORTED, Coverage, Disagreement, Quote, Summary, SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries.balance import FEWEST_PEOPLE, measure_balance
from bot.summaries.disclosure.private_counts import list_counted
from bot.summaries.proof.points import (
    Messages,
    check_answers,
    check_endorsements,
    check_people,
    check_point,
    check_presses,
    check_quotes,
    check_statement,
    list_authors,
    list_quoted_authors,
)
from bot.summaries.proof.theme_names import is_unproved
from bot.summaries.proof.withheld import check_withheld, fill_withheld

MOST_POINTS = SummaryOptions().max_points


def check_summary(
    summary: Summary, thread: Thread, *, most_points: int = MOST_POINTS, later: bool = False
) -> tuple[str, ...]:
    """Return what is wrong with a summary, as sentences that hold ids and numbers but no words of anyone.

    Empty if it is sound.

    ``thread`` is what the summary was made from, as far as it is held; if an id comes twice, the first message
    counts. A person's review may leave more than ``most_points``. With ``later``, time has passed since: reactions and
    wordings may have changed and answered messages may be gone, so endorsements, the voice balance and whom an answer
    agrees with are not looked at again. In a frozen summary, what retention took is not looked for. In one that left
    the server, withheld words are counted but not looked for.
    """
    messages: dict[str, Message] = {}
    for message in thread.messages:
        messages.setdefault(message.id, message)
    problems = list(check_withheld(summary, quotes_of(summary)))
    summary = fill_withheld(summary, messages)
    if summary.thread != thread.id:
        problems.append(f"The summary is of thread {summary.thread}, not of thread {thread.id}.")
    for number, point in enumerate(summary.points, 1):
        problems.extend(check_point(f"point {number}", point, messages, summary.frozen))
        if not later and not summary.frozen:
            problems.extend(check_endorsements(f"Point {number}", point, messages))
            problems.extend(check_answers(f"Point {number}", point, messages))
    problems.extend(check_presses(summary))
    problems.extend(_check_list(summary, most_points))
    problems.extend(_check_voices(summary, messages))
    for number, disagreement in enumerate(summary.disagreements, 1):
        problems.extend(_check_disagreement(f"disagreement {number}", disagreement, messages, summary.frozen))
    problems.extend(_check_drafted(summary, messages, thread.names))
    problems.extend(check_quotes("Question", summary.questions, messages))
    problems.extend(check_quotes("Line", summary.lines, messages))
    if summary.text != "\n".join(line.text for line in summary.lines):
        problems.append("The running text is not made of its lines.")
    problems.extend(_check_agreements(summary.agreements, messages))
    problems.extend(_check_balance(summary, thread, later))
    problems.extend(_check_coverage(summary.coverage, thread, summary.frozen))
    problems.extend(_check_read(summary, messages))
    return tuple(problems)


def quotes_of(summary: Summary) -> tuple[Quote, ...]:
    """Return every quote that a summary holds, wherever it is; statements are no quotes of their own."""
    points = (*summary.points, *summary.voices)
    sides = (side for disagreement in summary.disagreements for side in disagreement.sides)
    return (
        *(quote for point in points for quote in (*point.quotes, *point.possible)),
        *(quote for side in sides for quote in side.quotes),
        *(quote for disagreement in summary.disagreements for quote in disagreement.common),
        *(quote for pair in summary.opposed for quote in pair),
        *summary.questions,
        *summary.lines,
    )


def _check_list(summary: Summary, most: int) -> Iterator[str]:
    points = summary.points
    # Summaries that were stored earlier stand in the order of all who said so, some without those who reacted.
    earlier = [point.total + point.private for point in points], [point.heard for point in points]
    orders = [point.weight for point in points], *earlier
    if all(order != sorted(order, reverse=True) for order in orders):
        yield "The points are not ordered by people."
    if summary.frozen or any(point.review is not None for point in points):
        return  # a person may split a point in two, and more than the program would
    if len({point.statement.casefold() for point in points}) != len(points):
        yield "Two points have the same statement."
    chosen = sum(not point.from_voices for point in points)
    most = max(most, MOST_SORTED) if summary.sorting is not None else most
    if chosen > most:
        yield f"There are {chosen} points, more than {most}."


def _check_voices(summary: Summary, messages: Messages) -> Iterator[str]:
    evidence = {quote for point in summary.points for quote in point.quotes}
    for number, voice in enumerate(summary.voices, 1):
        yield from check_point(f"voice {number}", voice, messages, summary.frozen)
        if voice.heard != 1:
            yield f"Voice {number} is of {voice.heard} people, not of one."
        if not evidence.isdisjoint(voice.quotes):
            yield f"Voice {number} repeats a quote of a point."
    told = [point.statement.casefold() for point in (*summary.points, *summary.voices)]
    reviewed = summary.frozen or any(point.review for point in summary.points)
    if summary.voices and not reviewed and len(told) != len(set(told)):
        yield "A voice has the statement of another voice or of a point."


def _check_disagreement(what: str, disagreement: Disagreement, messages: Messages, frozen: bool) -> Iterator[str]:
    title = what.capitalize()
    yield from check_statement(what, disagreement.statement, disagreement.sides[0].quotes, messages, frozen)
    people = [
        list_quoted_authors(side.quotes, messages) | list_authors(side.counted, messages) for side in disagreement.sides
    ]
    for number, side in enumerate(disagreement.sides, 1):
        yield from check_people(f"{what}, side {number}", side, messages, frozen)
    if not people[0].isdisjoint(people[1]):
        yield f"{title} has a person on both sides."
    yield from check_quotes(f"{title}, common quote", disagreement.common, messages)
    if len(disagreement.common) not in {0, 2} and not frozen:
        yield f"{title} has common words of one side only."
    for number, (quote, side_people) in enumerate(zip(disagreement.common, people, strict=False), 1):
        if not frozen and not list_quoted_authors((quote,), messages) <= side_people:
            yield f"{title} has common words of somebody who is not on side {number}."


def _check_drafted(summary: Summary, messages: Messages, known: Sequence[str]) -> Iterator[str]:
    """Say what is wrong with what a language model added: names of themes, and pairs that it takes to be opposed."""
    said = {name: message.text for name, message in messages.items() if message.quotable}
    names = [theme.name for theme in summary.themes]
    if len(names) != len(set(names)):
        yield "Two themes have one name."
    for number, theme in enumerate(summary.themes, 1):
        if is_unproved(theme, said, known):
            yield f"The name of theme {number} is not proved by the words of its people."
    for number, point in enumerate((*summary.points, *summary.voices), 1):
        if point.theme and point.theme not in names:
            yield f"Point or voice {number} names a theme that is not proved."
    for number, pair in enumerate(summary.opposed, 1):
        yield from check_quotes(f"Opposed pair {number}, quote", pair, messages)
        if len(list_quoted_authors(pair, messages)) != 2:
            yield f"Opposed pair {number} is not of two people."


def _check_agreements(ids: tuple[str, ...], messages: Messages) -> Iterator[str]:
    if len(ids) != len(set(ids)):
        yield "A message is listed twice among the agreements."
    for stray in sorted(set(ids) - messages.keys()):
        yield f"Message {stray}, listed among the agreements, is not in the thread."


def _check_balance(summary: Summary, thread: Thread, later: bool) -> Iterator[str]:
    told = summary.balance
    if told is None:
        return
    if told.people < FEWEST_PEOPLE or not 0 <= told.percent <= 100:
        yield f"The voice balance says {told.percent} percent of {told.people} people, which cannot be."
    counted = measure_balance(thread.messages)
    if not later and not summary.frozen and told != counted:
        yield "The voice balance is not what the words in the thread give."


def _check_coverage(coverage: Coverage, thread: Thread, frozen: bool) -> Iterator[str]:
    left_out = sum(count for _, count in coverage.left_out)
    held = len(thread.messages)
    authors = len({message.author for message in thread.messages if not message.private})
    private = sum(message.private for message in thread.messages)
    if coverage.held < held or (coverage.held > held and not frozen):
        yield f"Coverage says {coverage.held} messages were held, but the thread has {held}."
    if coverage.read + left_out != coverage.held:
        yield f"Coverage does not add up: {coverage.read} read and {left_out} left out of {coverage.held}."
    if coverage.read < 0 or any(count < 1 for _, count in coverage.left_out):
        yield "Coverage holds a count that cannot be."
    if not 0 <= coverage.private <= (coverage.read if frozen else min(private, coverage.read)):
        yield f"Coverage counts {coverage.private} private replies among {private}, in {coverage.read} messages read."
    if not 0 <= coverage.people <= (coverage.read if frozen else min(authors, coverage.read)):
        yield f"Coverage counts {coverage.people} people among {authors}, in {coverage.read} messages read."


def _check_read(summary: Summary, messages: Messages) -> Iterator[str]:
    """Check that everybody who is quoted or counted was read."""
    quoted = [messages[quote.message] for quote in quotes_of(summary) if quote.message in messages]
    people = len({message.author for message in quoted if not message.private})
    private = len(list_counted(summary) | {message.id for message in quoted if message.private})
    if people > summary.coverage.people:
        yield f"Coverage counts {summary.coverage.people} people, but {people} are quoted."
    if private > summary.coverage.private:
        yield f"Coverage counts {summary.coverage.private} private replies, but {private} are quoted or counted."
