"""Which themes come back in several prompts: what one more call is asked, and what of its answer stands.

Only words of threads go out and are named, not those of private replies: where a theme was raised in a week by a few of
these alone, nobody may be able to tell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.models.grouping import Grouping, ReturningTheme, ReturningThemes, Slice, Sorting, ThemeName, WeekPlaces
from bot.models.threads import Thread
from bot.summaries.language_model.answers import SortedNumbers, read_sorting
from bot.summaries.language_model.grouping import prepare
from bot.summaries.language_model.names import remove_names
from bot.summaries.language_model.requests import BATCH_CHARACTERS, MOST_WEEK_THEMES, SortingCall, call_weeks
from bot.summaries.proof.theme_names import prove_name

LONGEST_SAID = 200
"""Characters of a statement that stands for a theme."""
MOST_SAID = 2
"""Statements that stand for a theme."""
OVERHEAD = 30
"""Characters that a theme takes beside its name and its statements."""


@dataclass(frozen=True, slots=True)
class Week:
    """A prompt's replies and how they were sorted. ``hidden`` are ids of messages of which nothing may go out."""

    prompt: int
    thread: Thread
    hidden: frozenset[str]
    grouping: Grouping


@dataclass(frozen=True, slots=True)
class WeekTheme:
    """A theme of one prompt as it goes out: its name, if words of the thread prove it, and what people said on it."""

    prompt: int
    name: str
    says: tuple[str, ...]
    places: tuple[Slice, ...]
    people: int


def list_week_themes(weeks: Sequence[Week]) -> tuple[WeekTheme, ...]:
    """List the themes that may be matched, in an order that their words alone decide.

    Of many, each prompt gives those of most people first. Empty where fewer than two prompts have any.
    """
    of_weeks = [sorted(_list_themes(week), key=lambda theme: -theme.people) for week in weeks]
    if sum(map(bool, of_weeks)) < 2:
        return ()
    chosen: list[WeekTheme] = []
    room = BATCH_CHARACTERS
    for row in zip_longest(*of_weeks):
        for theme in filter(None, row):
            room -= OVERHEAD + len(theme.name) + sum(map(len, theme.says))
            if len(chosen) == MOST_WEEK_THEMES or (room < 0 and len(chosen) > 1):
                return _shuffle(chosen)
            chosen.append(theme)
    return _shuffle(chosen)


def prepare_weeks(weeks: Sequence[Week]) -> SortingCall | None:
    """Return the call that matches the themes of several prompts; None where there is nothing to match."""
    themes = list_week_themes(weeks)
    if len({theme.prompt for theme in themes}) < 2:
        return None
    return call_weeks([(theme.name, theme.says) for theme in themes])


def read_weeks(weeks: Sequence[Week], answer: str | None) -> ReturningThemes:
    """Prove what an answer to ``prepare_weeks`` says; without a usable answer, no theme comes back."""
    themes = list_week_themes(weeks)
    numbers = None if answer is None else read_sorting(answer, len(themes))
    compared = tuple(week.prompt for week in weeks)
    if numbers is None:
        return ReturningThemes(Sorting(1, unanswered=1), (), compared)
    proof = _Proof(weeks, themes)
    found = tuple(proof.prove(numbers))
    return ReturningThemes(
        Sorting(1, 0, numbers.kept - proof.refused, numbers.refused + proof.refused), found, compared
    )


class _Proof:
    """Numbers of themes into places, names into words, and a count of what is refused."""

    def __init__(self, weeks: Sequence[Week], themes: Sequence[WeekTheme]) -> None:
        self._themes = themes
        self._order = [week.prompt for week in weeks]
        self._known = tuple(dict.fromkeys(name for week in weeks for name in week.thread.names))
        self._said = {message.id: message.text for week in weeks for message in week.thread.messages}
        self.refused = 0

    def prove(self, numbers: SortedNumbers) -> Iterator[ReturningTheme]:
        """Yield what comes back: themes of two prompts or more, under a name that their words prove."""
        taken: set[str] = set()
        for answered in numbers.themes:
            pointed = [number for point in answered.points for number in point.members]
            members = [self._themes[number - 1] for number in dict.fromkeys((*pointed, *answered.others))]
            name = self._name(answered.name, members, taken) if len({theme.prompt for theme in members}) > 1 else None
            if name is None:
                self.refused += len(members)
            else:
                taken.add(name.name.casefold())
                yield ReturningTheme(name, self._weeks_of(members))

    def _name(self, name: str, members: Sequence[WeekTheme], taken: set[str]) -> ThemeName | None:
        """Prove the given name by words of all members; failing that, one that a member had in its own week."""
        said = {place.message: self._said[place.message] for theme in members for place in theme.places}
        own = [theme.name for theme in sorted(members, key=lambda theme: -theme.people)]
        for each in (name, *own):
            proved = prove_name(each, said, self._known)
            if proved is not None and proved.name.casefold() not in taken:
                return proved
        return None

    def _weeks_of(self, members: Iterable[WeekTheme]) -> tuple[WeekPlaces, ...]:
        places: dict[int, list[Slice]] = {prompt: [] for prompt in self._order}
        for theme in members:
            places[theme.prompt] += theme.places
        return tuple(WeekPlaces(prompt, tuple(found)) for prompt, found in places.items() if found)


def _list_themes(week: Week) -> Iterator[WeekTheme]:
    messages = {message.id: message for message in week.thread.messages if not message.private and message.quotable}
    items = [item for reply in prepare(week.thread, week.hidden).replies for item in reply]
    says = {item.place: item.says for item in items if item.place.message in messages}
    for theme in week.grouping.themes:
        points = sorted(theme.points, key=lambda point: -len(point.members))
        placed = dict.fromkeys((*(place for point in points for place in point.members), *theme.others))
        places = tuple(place for place in placed if place in says)
        if not places:
            continue
        best = [*(point.members[0] for point in points), *theme.others]
        said = dict.fromkeys(says[place][:LONGEST_SAID] for place in (*best, *places) if place in says)
        words = {place.message: messages[place.message].text for place in places}
        named = None if theme.name is None else prove_name(theme.name.name, words, week.thread.names)
        name = "" if named is None else remove_names(named.name, week.thread.names, week.thread.own_words)
        people = len({messages[message].author for message in words})
        yield WeekTheme(week.prompt, name, tuple(said)[:MOST_SAID], places, people)


def _shuffle(themes: Sequence[WeekTheme]) -> tuple[WeekTheme, ...]:
    """Put themes in an order that follows from the words of all of them, and tells nothing of the weeks."""
    texts = ["\n".join((theme.name, *theme.says)) for theme in themes]
    seed = hashlib.blake2b("\0".join(sorted(texts)).encode(errors="replace"), digest_size=32).digest()
    keys = [hashlib.blake2b(text.encode(errors="replace"), key=seed).digest() for text in texts]
    return tuple(themes[number] for number in sorted(range(len(themes)), key=lambda number: keys[number]))
