"""Bring into a summary what was counted of the presses: once a statement, never added up, and only from some on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from string import ascii_lowercase

from bot.models.replies import Reply
from bot.models.summaries import KeyPoint, Summary
from bot.models.views import LEAST_PRESSES, PointViews, StatementTotal, ViewTotals
from bot.summaries.engine.courtesies import is_agreement
from bot.summaries.engine.relations import Relation, find_relation
from bot.views.statement_matches import find_statements

Name = tuple[str, tuple[int, ...]]
"""A statement's words and replies, by which it is known among the totals."""


def find_supporters(replies: Sequence[Reply], reply_ids: Collection[int]) -> frozenset[str]:
    """Return who supports a statement by what everybody can read, as pseudonyms.

    ``reply_ids`` are the replies that say it, ``replies`` are those of its prompt in the order of time. These are the
    replies' authors, those who answered one of them in agreement, also "Same!" to a "+1", and those who reacted to any
    of these with a sign of agreement.
    """
    named = frozenset(reply_ids)
    standing = {reply.id: reply for reply in replies if reply.id in named}
    answered: dict[int | None, Reply] = {reply.message_id: reply for reply in standing.values()}
    answered.pop(None, None)
    for reply in replies:
        target = answered.get(reply.reply_to)
        if reply.id in standing or target is None or not _agrees(reply.text, target.text):
            continue
        standing[reply.id] = reply
        if is_agreement(reply.text) and reply.message_id is not None:
            answered[reply.message_id] = target
    people = {reply.person for reply in standing.values()}
    return frozenset(people.union(*(reply.endorsers for reply in standing.values())))


def _agrees(text: str, answered: str) -> bool:
    return is_agreement(text) or find_relation(text, answered) is Relation.AGREES


def join_totals(totals: Iterable[ViewTotals]) -> ViewTotals:
    """Join the totals of several prompts. How many people pressed is known only if they pressed at one prompt."""
    pressed = [each for each in totals if each.people or each.statements]
    statements = tuple(statement for each in pressed for statement in each.statements)
    return ViewTotals(pressed[0].people if len(pressed) == 1 else 0, statements)


def apply_views(summary: Summary, totals: ViewTotals, replies: Sequence[Reply]) -> Summary:
    """Return the summary with what may be shown of the presses behind its points; what it showed before goes.

    ``replies`` are those that the summary may read, by whose ids its quotes name them. A single voice with enough
    presses becomes a point, unless they are those behind a point already. Returns it unchanged if nothing changes, or
    if it is frozen: then nobody can count again.
    """
    if summary.frozen or (not totals.statements and not _shows_views(summary) and summary.tapped is None):
        return summary
    counter = _Counter(totals.statements, {str(reply.id): reply for reply in replies})
    points = [replace(point, views=counter.count(point)) for point in summary.points]
    counter.claim(points)
    raised = [replace(voice, views=counter.count_voice(voice)) for voice in summary.voices]
    risen = _name_risen([voice for voice in raised if voice.views is not None], summary.points)
    fallen = [point for point in points if _falls(point)]
    points = [*(point for point in points if not _falls(point)), *risen]
    if _is_ordered(summary.points):  # in a draft that goes on from an earlier summary, what came since stays behind
        points.sort(key=lambda point: -point.weight)
    voices = (*_to_voices(fallen), *(voice for voice in raised if voice.views is None))
    after = replace(summary, points=tuple(points), voices=voices)
    return replace(after, tapped=_count_tapped(after, totals))


def remove_views(summary: Summary) -> Summary:
    """Return the summary without anything of presses, to hold it against another one that may count them again."""
    points = (replace(point, views=None) for point in summary.points)
    return replace(summary, points=tuple(sorted(points, key=lambda point: (-point.weight, point.ref))), tapped=None)


@dataclass(slots=True)
class _Counter:
    """Counts the people of points. ``claimed`` are the replies of statements that are behind a point."""

    statements: Sequence[StatementTotal]
    replies: Mapping[str, Reply]
    claimed: frozenset[Name] = frozenset()

    def count(self, point: KeyPoint) -> PointViews | None:
        """Count the people of a point as far as it may be shown; each is in the number once."""
        made_of = find_statements(point, self.statements)
        enough = [statement for statement in made_of if statement.others >= LEAST_PRESSES]
        if not enough:
            return None
        people = self._people_of(point)
        most = max(len(people), *(len(people & statement.known) + statement.others for statement in enough))
        is_exact = len(made_of) == 1 and people == made_of[0].known
        differs = any(statement.different >= LEAST_PRESSES for statement in made_of)
        return PointViews(most, at_least=not is_exact, differs=differs)

    def count_voice(self, voice: KeyPoint) -> PointViews | None:
        """Count a single voice in the same way, unless a point is made of its statement too."""
        made_of = find_statements(voice, self.statements)
        if any(_name(statement) in self.claimed for statement in made_of):
            return None
        self.claimed |= {_name(statement) for statement in made_of}
        return self.count(voice)

    def claim(self, points: Iterable[KeyPoint]) -> None:
        """Note the statements that points are made of."""
        made_of = (find_statements(point, self.statements) for point in points)
        self.claimed |= {_name(statement) for statements in made_of for statement in statements}

    def _people_of(self, point: KeyPoint) -> frozenset[str]:
        """Return who supports a point in the thread by what everybody can read."""
        counted = (quote.message for quote in point.quotes if not quote.private)
        said = [self.replies[message] for message in counted if message in self.replies]
        return frozenset({reply.person for reply in said}.union(*(reply.endorsers for reply in said)))


def _name(statement: StatementTotal) -> Name:
    return statement.text, statement.replies


def _shows_views(summary: Summary) -> bool:
    return any(point.views is not None or point.from_voices for point in summary.points)


def _falls(point: KeyPoint) -> bool:
    """Say whether a point goes back among the voices: nobody gave it a name or looked at it, and nobody joined."""
    stands_alone = point.from_voices and point.heard == 1 and point.review is None and not point.ref
    return stands_alone and point.views is None


def _to_voices(points: Iterable[KeyPoint]) -> Iterator[KeyPoint]:
    return (replace(point, from_voices=False) for point in points)


def _name_risen(voices: Iterable[KeyPoint], beside: Sequence[KeyPoint]) -> list[KeyPoint]:
    """Make points of voices; where those beside them have names, by which papers refer to them, they get such too."""
    names = [point.ref for point in beside if point.ref]
    lead = max((_lead_of(name) for name in names), key=lambda lead: (len(lead), lead), default="")
    used = [int(name.removeprefix(lead).removesuffix("n")) for name in names if _lead_of(name) == lead]
    free = count(max(used, default=0) + 1)
    return [replace(voice, from_voices=True, ref=f"{lead}{next(free)}" if names else "") for voice in voices]


def _lead_of(name: str) -> str:
    return name[: len(name) - len(name.lstrip(ascii_lowercase))]


def _is_ordered(points: Sequence[KeyPoint]) -> bool:
    weights = [point.weight for point in points]
    return weights == sorted(weights, reverse=True)


def _count_tapped(summary: Summary, totals: ViewTotals) -> int | None:
    """Say how many people pressed in all, if nothing of those who pressed otherwise can be worked out of it."""
    printed = max((point.same_here for point in summary.points if point.views is not None), default=0)
    return totals.people if totals.people >= max(LEAST_PRESSES, printed + LEAST_PRESSES) else None
