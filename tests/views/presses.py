"""People who write, answer, react and press, and what is counted of them when their prompt closes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.models.replies import Reply, ReplyKind
from bot.models.summaries import Summary
from bot.models.threads import Message, Thread
from bot.models.views import StatementTotal, ViewTotals
from bot.summaries import remove_messages, summarise
from bot.views.raised_statements import raise_statements
from bot.views.totals import apply_views, find_supporters

NOON = datetime(2018, 8, 20, 12, tzinfo=UTC)
SAID = (
    "Everything is written down twice, on paper and on the screen.",
    "The car park is full before the early shift starts.",
    "Nobody tells us what came of an incident report.",
)
AGREEING = ("Same here.", "Agreed, ours does too.", "+1")
DISSENT = "No, that is not how it is on my ward."


def reply(number: int, person: str, text: str, *, to: int | None = None, endorsers: Sequence[str] = ()) -> Reply:
    """A stored reply; the message that shows it has a number of its own."""
    moment = NOON + timedelta(minutes=number)
    answered = None if to is None else 1000 + to
    return Reply(
        number,
        1,
        person,
        ReplyKind.THREAD,
        text,
        moment,
        message_id=1000 + number,
        reply_to=answered,
        endorsers=tuple(endorsers),
    )


def thread(replies: Sequence[Reply]) -> Thread:
    """The replies as the engine reads them."""
    return Thread(
        "1",
        "What gets in the way of your work?",
        tuple(
            Message(
                str(each.id),
                each.person,
                each.text,
                None if each.reply_to is None else str(each.reply_to - 1000),
                each.endorsers,
            )
            for each in replies
        ),
    )


def total(
    text: str, replies: Sequence[Reply], same: Collection[str] = (), different: Collection[str] = ()
) -> StatementTotal:
    """What is counted of a statement at the closing. ``same`` and ``different`` are those who pressed."""
    ids = tuple(each.id for each in replies if each.text == text)
    known = find_supporters(replies, ids)
    return StatementTotal(text, ids, len(set(same)), len(set(different)), len(set(same) - known), known)


def people(many: int, first: str = "p") -> tuple[str, ...]:
    """So many people who only press."""
    return tuple(f"{first}{number}" for number in range(many))


def forget(
    summary: Summary, totals: ViewTotals, replies: Sequence[Reply], person: str
) -> tuple[Summary, ViewTotals, list[Reply]]:
    """Erase everything of a person, as the services do: their words, their reactions, and their pseudonym."""
    kept = [
        replace(each, endorsers=tuple(name for name in each.endorsers if name != person))
        for each in replies
        if each.person != person
    ]
    gone = frozenset(str(each.id) for each in replies if each.person == person)
    left = remove_messages(summary, gone, {str(each.id): each.person for each in replies})
    statements = tuple(
        replace(
            each,
            known=each.known - {person},
            replies=tuple(number for number in each.replies if str(number) not in gone),
        )
        for each in totals.statements
    )
    after = ViewTotals(totals.people, statements)
    return apply_views(left, after, kept), after, kept


@dataclass
class Ward:
    """A prompt whose people are known one by one, to count them again without any of the product's rules.

    ``stands`` are those who stand with each statement by what everybody can read, as they meant it.
    """

    replies: list[Reply] = field(default_factory=list)
    stands: dict[str, set[str]] = field(default_factory=lambda: {text: set() for text in SAID})
    same: dict[str, set[str]] = field(default_factory=lambda: {text: set() for text in SAID})
    different: dict[str, set[str]] = field(default_factory=lambda: {text: set() for text in SAID})

    def write(self, person: str, text: str) -> None:
        """A person writes a statement in its words."""
        self.replies.append(reply(len(self.replies) + 1, person, text))
        self.stands[text].add(person)

    def answer(self, person: str, place: int, said: str) -> None:
        """A person answers one of the statements, in agreement or not."""
        written = [each for each in self.replies if each.text in SAID]
        if not written:
            return
        target = written[place % len(written)]
        if target.person == person:
            return
        self.replies.append(reply(len(self.replies) + 1, person, said, to=target.id))
        if said != DISSENT:
            self.stands[target.text].add(person)

    def react(self, person: str, place: int) -> None:
        """A person reacts to one of the statements with a sign of agreement."""
        written = [number for number, each in enumerate(self.replies) if each.text in SAID]
        if not written:
            return
        number = written[place % len(written)]
        target = self.replies[number]
        if person not in (target.person, *target.endorsers):
            self.replies[number] = replace(target, endorsers=(*target.endorsers, person))
            self.stands[target.text].add(person)

    def press(self, person: str, text: str, *, same: bool) -> None:
        """A person presses; who presses again has changed their mind."""
        if all(each.person != person or each.text != text for each in self.replies):
            self.same[text].discard(person)
            self.different[text].discard(person)
            (self.same if same else self.different)[text].add(person)

    def close(self) -> ViewTotals:
        """Count everything once, as the closing does."""
        pressed = set().union(*self.same.values(), *self.different.values())
        offered = [text for text in SAID if any(each.text == text for each in self.replies)]
        totals = (total(text, self.replies, self.same[text], self.different[text]) for text in offered)
        return ViewTotals(len(pressed), tuple(totals))

    def summary(self, totals: ViewTotals) -> Summary:
        """The summary of all that is there now."""
        fresh = raise_statements(summarise(thread(self.replies)), totals, self.replies)
        return apply_views(fresh, totals, self.replies)

    def everybody(self, text: str) -> set[str]:
        """Who stands with a statement, by whatever act of their own."""
        return self.stands[text] | self.same[text]
