"""Turn the answers of a language model about a thread into a proved grouping: numbers into places, names into words.

Everything is worked out again from the thread, so that nothing but the answers has to be trusted with anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.models.grouping import DraftPoint, DraftTheme, Grouping, Slice, Sorting, ThemeName
from bot.models.threads import Message, Thread
from bot.summaries.language_model.answers import SortedNumbers, ThemeNumbers, read_sorting
from bot.summaries.language_model.requests import MOST_MERGED, SortingCall, call_groups, call_merge, split_batches
from bot.summaries.language_model.statements import Item, Reply, describe_question, list_items
from bot.summaries.proof.theme_names import prove_name

Answers = Sequence[str | None]
"""What came back for each call, in the order of the calls; None where there was no answer."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes out of a thread: its replies, and the batches, each a list of positions of replies."""

    question: str
    replies: tuple[Reply, ...]
    batches: tuple[tuple[int, ...], ...]

    def items_of(self, batch: int) -> list[Item]:
        """Return the items of a batch: the number of each is its place, counted from 1."""
        return [item for place in self.batches[batch] for item in self.replies[place]]

    @property
    def calls(self) -> tuple[SortingCall, ...]:
        """The calls about the batches. The same thread gives the same calls."""
        return tuple(
            call_groups(self.question, [[item.says for item in self.replies[place]] for place in batch])
            for batch in self.batches
        )


@dataclass(slots=True)
class _Point:
    """Statements of one or several batches that may say one thing, by their places, the best first."""

    members: list[Slice]
    theme: str


@dataclass(slots=True)
class _Theme:
    name: str
    points: list[_Point] = field(default_factory=list)
    others: list[Slice] = field(default_factory=list)


def prepare(thread: Thread, hidden: Collection[str] = ()) -> Outgoing:
    """Choose and number what goes out of a thread. ``hidden`` are ids of messages of which nothing may."""
    replies = list_items(thread, hidden)
    batches = split_batches([[item.says for item in reply] for reply in replies])
    return Outgoing(describe_question(thread), replies, tuple(map(tuple, batches)))


def prepare_merge(outgoing: Outgoing, answers: Answers) -> SortingCall | None:
    """Return the call that brings the batches together; None where there is nothing to bring together."""
    points = _list_merged(_Batches(outgoing, answers).themes)
    says = {item.place: item.says for reply in outgoing.replies for item in reply}
    if len(outgoing.batches) < 2 or len(points) < 2:
        return None
    return call_merge(outgoing.question, [(point.theme, says[point.members[0]]) for point in points])


def read_answers(thread: Thread, outgoing: Outgoing, answers: Answers, merged: str | None = None) -> Grouping:
    """Prove what the answers say of a thread. ``merged`` is the answer to ``prepare_merge``, if that was asked."""
    batches = _Batches(outgoing, answers)
    themes, points = batches.themes, _list_merged(batches.themes)
    calls, unanswered = len(outgoing.batches), batches.unanswered
    if len(outgoing.batches) > 1 and len(points) > 1:
        calls += 1
        numbers = None if merged is None else read_sorting(merged, len(points))
        if numbers is None:
            unanswered += 1
        else:
            batches.count(numbers)
            themes = _merge(themes, points, numbers)
    sorting = Sorting(calls, unanswered, batches.kept, batches.refused)
    return _prove(thread, sorting, themes, batches)


class _Batches:
    """The usable answers about batches, with their numbers turned into places."""

    def __init__(self, outgoing: Outgoing, answers: Answers) -> None:
        self.themes: list[_Theme] = []
        self.opposed: dict[tuple[Slice, Slice], None] = {}
        self.questions: dict[Slice, None] = {}
        self.asides: dict[Slice, None] = {}
        self.read: dict[Slice, None] = {}
        self.kept = self.refused = self.unanswered = 0
        self._point_of: dict[Slice, _Point] = {}
        for batch in range(len(outgoing.batches)):
            places = [item.place for item in outgoing.items_of(batch)]
            answer = answers[batch] if batch < len(answers) else None
            numbers = None if answer is None else read_sorting(answer, len(places))
            if numbers is None:
                self.unanswered += 1
            else:
                self.count(numbers)
                self._read(numbers, places)

    def count(self, numbers: SortedNumbers) -> None:
        """Count what an answer named."""
        self.kept += numbers.kept
        self.refused += numbers.refused

    def _read(self, numbers: SortedNumbers, places: Sequence[Slice]) -> None:
        self.read.update(dict.fromkeys(places))
        for theme in numbers.themes:
            self.themes.append(self._read_theme(theme, places))
        self.opposed.update({(places[one - 1], places[other - 1]): None for one, other in numbers.opposed})
        self.questions.update({places[number - 1]: None for number in numbers.questions})
        self.asides.update({places[number - 1]: None for number in numbers.asides})

    def _read_theme(self, answered: ThemeNumbers, places: Sequence[Slice]) -> _Theme:
        theme = _Theme(answered.name, others=[places[number - 1] for number in answered.others])
        for numbers in answered.points:
            members = [places[number - 1] for number in numbers.members]
            # What two batches were both given is in one point with the rest of either.
            before = next((self._point_of[place] for place in members if place in self._point_of), None)
            point = _Point([], answered.name) if before is None else before
            point.members += [place for place in members if place not in self._point_of]
            self._point_of.update({place: point for place in members if place not in self._point_of})
            if before is None:
                theme.points.append(point)
        return theme


def _list_merged(themes: Iterable[_Theme]) -> list[_Point]:
    """List the points that one more call may bring together: those with most statements, in the order of batches."""
    points = [point for theme in themes for point in theme.points]
    largest = sorted(range(len(points)), key=lambda place: (-len(points[place].members), place))[:MOST_MERGED]
    return [points[place] for place in sorted(largest)]


def _merge(themes: Sequence[_Theme], points: Sequence[_Point], numbers: SortedNumbers) -> list[_Theme]:
    """Return the themes as the last call sees them, and what it does not name as the batches left it."""
    moved: set[int] = set()
    merged: list[_Theme] = []
    for answered in numbers.themes:
        made = _Theme(answered.name)
        for joined in (*(point.members for point in answered.points), *((number,) for number in answered.others)):
            parts = [points[number - 1] for number in joined]
            moved.update(map(id, parts))
            made.points.append(_Point([place for part in parts for place in part.members], answered.name))
        merged.append(made)
    for theme in themes:
        left = [point for point in theme.points if id(point) not in moved]
        if left or theme.others:
            merged.append(_Theme(theme.name, left, theme.others))
    return merged


def _prove(thread: Thread, sorting: Sorting, themes: Iterable[_Theme], batches: _Batches) -> Grouping:
    messages: dict[str, Message] = {}
    for message in thread.messages:
        messages.setdefault(message.id, message)
    proved = tuple(_prove_themes(_join_by_name(themes), messages, thread.names))
    pointed = {place for theme in proved for point in theme.points for place in point.members}
    return Grouping(
        sorting=sorting,
        themes=proved,
        opposed=tuple(
            pair for pair in batches.opposed if messages[pair[0].message].author != messages[pair[1].message].author
        ),
        questions=tuple(place for place in batches.questions if place not in pointed),
        asides=tuple(place for place in batches.asides if place not in pointed and place not in batches.questions),
        read=tuple(batches.read),
    )


def _join_by_name(themes: Iterable[_Theme]) -> list[_Theme]:
    """Put together the themes of different batches that have one name."""
    by_name: dict[str, _Theme] = {}
    joined: list[_Theme] = []
    for theme in themes:
        key = theme.name.casefold()
        if not key or key not in by_name:
            by_name[key] = _Theme(theme.name)
            joined.append(by_name[key])
        by_name[key].points += theme.points
        by_name[key].others += theme.others
    return joined


def _prove_themes(
    themes: Iterable[_Theme], messages: Mapping[str, Message], names: Sequence[str]
) -> Iterator[DraftTheme]:
    seen: set[Slice] = set()
    for theme in themes:
        points = [DraftPoint(tuple(_take(point.members, seen))) for point in theme.points]
        others = [*_take(theme.others, seen), *(p.members[0] for p in points if len(p.members) == 1)]
        shared = tuple(point for point in points if len(point.members) > 1)
        members = [place for point in shared for place in point.members] + others
        of_theme = dict.fromkeys(place.message for place in members)
        said = {message: messages[message].text for message in of_theme if messages[message].quotable}
        named: ThemeName | None = prove_name(theme.name, said, names)
        if members:
            yield DraftTheme(named, shared, tuple(others))


def _take(places: Iterable[Slice], seen: set[Slice]) -> Iterator[Slice]:
    """Yield the places that were not taken before: a statement is in one point of one theme."""
    for place in places:
        if place not in seen:
            seen.add(place)
            yield place
