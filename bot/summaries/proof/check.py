"""Check a summary against its thread, independently of the engine that made it: every quote, id and count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.models.summaries import (
    MOST_SORTED,
    Coverage,
    Disagreement,
    KeyPoint,
    Message,
    Quote,
    Role,
    Side,
    Summary,
    SummaryOptions,
    Thread,
)
from bot.summaries.balance import FEWEST_PEOPLE, measure_balance
from bot.summaries.disclosure.private_counts import list_counted
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.proof.presses import check_presses
from bot.summaries.proof.theme_names import is_unproved
from bot.summaries.proof.withheld import check_withheld, fill_withheld

Messages = Mapping[str, Message]
COUNTED = Role.WROTE, Role.AGREED, Role.TICKED
MOST_POINTS = SummaryOptions().max_points


def check_summary(
    summary: Summary, thread: Thread, *, most_points: int = MOST_POINTS, later: bool = False
) -> tuple[str, ...]:
    """Return what is wrong with a summary, as sentences that hold ids and numbers but no words of anyone.

    Empty if it is sound.

    ``thread`` is what the summary was made from, as far as it is held; if an id comes twice, the first message
    counts. A person's review may leave more than ``most_points``. With ``later``, time has passed since: reactions and
    wordings may have changed and answered messages may be gone, so endorsements, the voice balance and whom an answer
    agrees with are not looked at again. In a frozen summary, what
    retention took is not looked for. In one that left the server, withheld words are counted but not looked for.
    """
    messages: dict[str, Message] = {}
    for message in thread.messages:
        messages.setdefault(message.id, message)
    problems = list(check_withheld(summary, quotes_of(summary)))
    summary = fill_withheld(summary, messages)
    if summary.thread != thread.id:
        problems.append(f"The summary is of thread {summary.thread}, not of thread {thread.id}.")
    for number, point in enumerate(summary.points, 1):
        problems.extend(_point_problems(f"point {number}", point, messages, summary.frozen))
        if not later and not summary.frozen:
            problems.extend(_endorsement_problems(f"Point {number}", point, messages))
            problems.extend(_answers_problems(f"Point {number}", point, messages))
    problems.extend(check_presses(summary))
    problems.extend(_list_problems(summary, most_points))
    problems.extend(_voices_problems(summary, messages))
    for number, disagreement in enumerate(summary.disagreements, 1):
        problems.extend(_disagreement_problems(f"disagreement {number}", disagreement, messages, summary.frozen))
    problems.extend(_drafted_problems(summary, messages, thread.names))
    problems.extend(_quotes_problems("Question", summary.questions, messages))
    problems.extend(_quotes_problems("Line", summary.lines, messages))
    if summary.text != "\n".join(line.text for line in summary.lines):
        problems.append("The running text is not made of its lines.")
    problems.extend(_agreements_problems(summary.agreements, messages))
    problems.extend(_balance_problems(summary, thread, later))
    problems.extend(_coverage_problems(summary.coverage, thread, summary.frozen))
    problems.extend(_read_problems(summary, messages))
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


def _point_problems(what: str, point: KeyPoint, messages: Messages, frozen: bool) -> Iterator[str]:
    title = what.capitalize()
    yield from _people_problems(what, point, messages, frozen)
    # Of a point that a facilitator looked at, a heading that went may leave none behind.
    if point.review is None or point.statement != NOT_QUOTED:
        yield from _statement_problems(what, point.statement, point.quotes, messages, frozen)
    yield from _quotes_problems(f"{title}, possible quote", point.possible, messages)
    yield from _roles_problems(title, point)
    possible = [messages[quote.message].author for quote in point.possible if quote.message in messages]
    if len(possible) != len(set(possible)):
        yield f"{title} names a possible person twice."
    if not (_authors(point.quotes, messages) | _authors_of(point.counted, messages)).isdisjoint(possible):
        yield f"{title} counts a supporter as possible, too."
    yield from _review_problems(title, point)


def _people_problems(what: str, said: KeyPoint | Side, messages: Messages, frozen: bool) -> Iterator[str]:
    """Return one quote for each supporter, each verbatim; people and private replies are counted separately."""
    title = what.capitalize()
    yield from _quotes_problems(f"{title}, quote", said.quotes, messages)
    yield from _counted_problems(title, said, messages)
    if not said.quotes and (not frozen or said.heard < 1):
        yield f"{title} has no supporter."
        return
    known = [messages[quote.message] for quote in said.quotes if quote.message in messages]
    people = len({message.author for message in known if not message.private})
    private = sum(message.private for message in known) + len(said.counted)
    if said.people < people or (said.people > people and not frozen):
        yield f"{title} counts {said.people} people, but its quotes are of {people}."
    if said.private < private or (said.private > private and not frozen):
        yield f"{title} counts {said.private} private replies, but names {private}."
    if len({message.author for message in known}) != len(known):
        yield f"{title} quotes a person twice."


def _roles_problems(title: str, point: KeyPoint) -> Iterator[str]:
    """Say who is counted without having made themselves count."""
    for number, quote in enumerate(point.quotes, 1):
        if quote.role not in COUNTED:
            yield f"{title} counts quote {number}, which the program only proposes."


def _answers_problems(title: str, point: KeyPoint, messages: Messages) -> Iterator[str]:
    """Say who agreed and answers nobody: neither somebody else's message, nor one of the point from before."""
    order = {name: place for place, name in enumerate(messages)}
    supporters = [messages[quote.message] for quote in point.quotes if quote.message in messages]
    for quote in point.quotes:
        if quote.role is not Role.AGREED or quote.message not in messages:
            continue
        message = messages[quote.message]
        answered = messages.get(message.reply_to or "")
        others = [answered] if answered is not None else []
        others += [other for other in supporters if order[other.id] < order[message.id]]  # whom it may name
        if all(other.author == message.author for other in others):
            yield f"{title} says that message {quote.message} agrees, but it answers nobody else."


def _counted_problems(title: str, said: KeyPoint | Side, messages: Messages) -> Iterator[str]:
    """Say what is counted and not quoted is there, private, and named once."""
    if len({*said.counted, *(quote.message for quote in said.quotes)}) != len(said.counted) + len(said.quotes):
        yield f"{title} names a message twice."
    for message in said.counted:
        if message not in messages:
            yield f"{title} counts message {message}, which is not in the thread."
        elif not messages[message].private or messages[message].quotable:
            yield f"{title} counts message {message} as a private reply that may not be quoted, which it is not."


def _statement_problems(
    what: str, statement: str, quotes: tuple[Quote, ...], messages: Messages, frozen: bool
) -> Iterator[str]:
    if frozen:
        return
    if not statement.strip():
        yield f"The statement of {what} is empty."
    elif quotes:
        first = messages.get(quotes[0].message)
        if first is None or statement not in first.text:
            yield f"The statement of {what} is not verbatim in message {quotes[0].message}."


def _quotes_problems(what: str, quotes: tuple[Quote, ...], messages: Messages) -> Iterator[str]:
    for number, quote in enumerate(quotes, 1):
        if quote.message not in messages:
            yield f"{what} {number} is of message {quote.message}, which is not in the thread."
            continue
        said = messages[quote.message]
        if not quote.text.strip() or quote.text not in said.text:
            yield f"{what} {number} is not verbatim in message {quote.message}."
        if not said.quotable:
            yield f"{what} {number} is of message {quote.message}, which may not be quoted."
        if quote.private != said.private:
            yield f"{what} {number} does not tell whether message {quote.message} is private."


def _review_problems(title: str, point: KeyPoint) -> Iterator[str]:
    if point.review is None:
        return
    quoted = {*(quote.message for quote in point.quotes), *point.counted}
    lists = {"confirmed": point.review.confirmed, "unnamed": point.review.unnamed, "unquoted": point.review.unquoted}
    for name, ids in lists.items():
        if len(ids) != len(set(ids)):
            yield f"{title} lists a reply twice as {name}."
        for stray in sorted(set(ids) - quoted):
            yield f"{title} lists message {stray} as {name}, which is no supporter's."


def _endorsement_problems(title: str, point: KeyPoint, messages: Messages) -> Iterator[str]:
    endorsers = {
        name for quote in point.quotes if quote.message in messages for name in messages[quote.message].endorsers
    }
    counted = len(endorsers - _authors(point.quotes, messages))
    if point.endorsements != counted:
        yield f"{title} counts {point.endorsements} endorsements, but {counted} people endorse it."


def _list_problems(summary: Summary, most: int) -> Iterator[str]:
    points = summary.points
    # Summaries that were stored before reactions counted for the order stand in that of those who said so.
    orders = [[point.weight for point in points], [point.heard for point in points]]
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


def _voices_problems(summary: Summary, messages: Messages) -> Iterator[str]:
    evidence = {quote for point in summary.points for quote in point.quotes}
    for number, voice in enumerate(summary.voices, 1):
        yield from _point_problems(f"voice {number}", voice, messages, summary.frozen)
        if voice.heard != 1:
            yield f"Voice {number} is of {voice.heard} people, not of one."
        if not evidence.isdisjoint(voice.quotes):
            yield f"Voice {number} repeats a quote of a point."
    told = [point.statement.casefold() for point in (*summary.points, *summary.voices)]
    reviewed = summary.frozen or any(point.review for point in summary.points)
    if summary.voices and not reviewed and len(told) != len(set(told)):
        yield "A voice has the statement of another voice or of a point."


def _disagreement_problems(what: str, disagreement: Disagreement, messages: Messages, frozen: bool) -> Iterator[str]:
    title = what.capitalize()
    yield from _statement_problems(what, disagreement.statement, disagreement.sides[0].quotes, messages, frozen)
    people = [_authors(side.quotes, messages) | _authors_of(side.counted, messages) for side in disagreement.sides]
    for number, side in enumerate(disagreement.sides, 1):
        yield from _people_problems(f"{what}, side {number}", side, messages, frozen)
    if not people[0].isdisjoint(people[1]):
        yield f"{title} has a person on both sides."
    yield from _quotes_problems(f"{title}, common quote", disagreement.common, messages)
    if len(disagreement.common) not in {0, 2} and not frozen:
        yield f"{title} has common words of one side only."
    for number, (quote, side_people) in enumerate(zip(disagreement.common, people, strict=False), 1):
        if not frozen and not _authors((quote,), messages) <= side_people:
            yield f"{title} has common words of somebody who is not on side {number}."


def _drafted_problems(summary: Summary, messages: Messages, known: Sequence[str]) -> Iterator[str]:
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
        yield from _quotes_problems(f"Opposed pair {number}, quote", pair, messages)
        if len(_authors(pair, messages)) != 2:
            yield f"Opposed pair {number} is not of two people."


def _agreements_problems(ids: tuple[str, ...], messages: Messages) -> Iterator[str]:
    if len(ids) != len(set(ids)):
        yield "A message is listed twice among the agreements."
    for stray in sorted(set(ids) - messages.keys()):
        yield f"Message {stray}, listed among the agreements, is not in the thread."


def _balance_problems(summary: Summary, thread: Thread, later: bool) -> Iterator[str]:
    told = summary.balance
    if told is None:
        return
    if told.people < FEWEST_PEOPLE or not 0 <= told.percent <= 100:
        yield f"The voice balance says {told.percent} percent of {told.people} people, which cannot be."
    counted = measure_balance(thread.messages)
    if not later and not summary.frozen and told != counted:
        yield "The voice balance is not what the words in the thread give."


def _coverage_problems(coverage: Coverage, thread: Thread, frozen: bool) -> Iterator[str]:
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


def _read_problems(summary: Summary, messages: Messages) -> Iterator[str]:
    """Whoever is quoted or counted was read."""
    quoted = [messages[quote.message] for quote in quotes_of(summary) if quote.message in messages]
    people = len({message.author for message in quoted if not message.private})
    private = len(list_counted(summary) | {message.id for message in quoted if message.private})
    if people > summary.coverage.people:
        yield f"Coverage counts {summary.coverage.people} people, but {people} are quoted."
    if private > summary.coverage.private:
        yield f"Coverage counts {summary.coverage.private} private replies, but {private} are quoted or counted."


def _authors(quotes: Iterable[Quote], messages: Messages) -> set[str]:
    return _authors_of((quote.message for quote in quotes), messages)


def _authors_of(ids: Iterable[str], messages: Messages) -> set[str]:
    return {messages[message].author for message in ids if message in messages}
