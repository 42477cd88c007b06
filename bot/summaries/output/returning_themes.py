"""What a summary of several prompts says of themes that come back: the weeks, and the points with their own counts.

A language model put the themes together, so nobody is counted for being in one. People count for the points on which
they made themselves count, and each once over all points of a theme. Private replies, reactions and taps are in no such
number, and a week is named only for what somebody wrote in its thread: else few of them could be worked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.models.grouping import ReturningThemes, Slice
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.summaries import KeyPoint, Summary
from bot.summaries.proof.theme_names import is_unproved
from bot.text.dates import format_local_date
from bot.text.links import channel_link
from bot.text.words import count_people, plural

MOST_THEMES = 10
TITLE = "Comes back"
NAMED = "Named and put together by a program. Nobody has checked it."
COMPARED = "{compared} of {prompts} were compared."
TOGETHER = (
    "In the threads alone, {people} said one of these {points}. Each counts once; reactions and taps don’t count here."
)
BRIEFLY = "{title}: {themes}. {named}"


@dataclass(frozen=True, slots=True)
class WeekLink:
    """A prompt by the local day of its posting, and the address of its thread; "" where it has none."""

    day: str
    address: str


@dataclass(frozen=True, slots=True)
class ThemeAcrossWeeks:
    """A theme that comes back: its name, the weeks in which somebody wrote on it, and points that belong to it.

    ``people`` are those who stand with any of ``points`` in the threads, each once. ``compared`` is how many prompts
    could be compared, of ``prompts``.
    """

    name: str
    weeks: tuple[WeekLink, ...]
    points: tuple[KeyPoint, ...]
    people: int
    compared: int
    prompts: int

    @property
    def together(self) -> str:
        """Count the people of several points together; empty where there are not two points of people."""
        if sum(point.people > 0 for point in self.points) < 2:
            return ""
        points = plural(len(self.points), "point", "points")
        return TOGETHER.format(people=count_people(self.people), points=points)


def describe_week(prompt: Prompt, time_zone: str) -> WeekLink:
    """Say when a prompt was posted, and where its thread is."""
    has_thread = prompt.thread_id is not None and prompt.gone_at is None
    address = channel_link(prompt.guild_id, prompt.thread_id or 0) if has_thread else ""
    return WeekLink(format_local_date(prompt.posted_at or prompt.claimed_at, time_zone), address)


def list_returning_themes(
    returning: ReturningThemes,
    summary: Summary,
    replies: Sequence[Reply],
    weeks: Mapping[int, WeekLink],
    known: Sequence[str] = (),
) -> tuple[ThemeAcrossWeeks, ...]:
    """List the themes that come back in the prompts of ``weeks``, those of most weeks and most people first.

    Each name is proved once more by what is held now; ``known`` are names of people, which it may not hold.
    """
    texts = {str(reply.id): reply.text for reply in replies}
    authors = {str(reply.id): reply.person for reply in replies}
    themes = []
    for theme in returning.themes:
        places = [place for week in theme.weeks for place in week.places]
        said = {place.message: texts[place.message] for place in places if place.message in texts}
        if is_unproved(theme.name, said, known):
            continue
        points = [point for point in (*summary.points, *summary.voices) if _is_on(point, places, texts)]
        people = {authors[quote.message] for point in points for quote in point.quotes if quote.message in authors}
        shown = tuple(weeks[week.prompt] for week in theme.weeks if week.prompt in weeks)
        counts = len(people), len(returning.compared), len(weeks)
        themes.append(ThemeAcrossWeeks(theme.name.name, shown, tuple(sorted(points, key=_weigh)), *counts))
    themes.sort(key=lambda theme: (-len(theme.weeks), -theme.people))
    return tuple(themes[:MOST_THEMES])


def format_briefly(found: Sequence[ThemeAcrossWeeks]) -> str:
    """Name in a line what comes back, and in how many prompts; empty if nothing does."""
    themes = "; ".join(f"{theme.name} ({plural(len(theme.weeks), 'prompt')})" for theme in found)
    return BRIEFLY.format(title=TITLE, themes=themes, named=NAMED) if found else ""


def format_compared(found: Sequence[ThemeAcrossWeeks]) -> str:
    """Say how many prompts were compared, unless all were."""
    first = found[0]
    if first.compared == first.prompts:
        return ""
    return COMPARED.format(compared=first.compared, prompts=plural(first.prompts, "prompt"))


def _weigh(point: KeyPoint) -> float:
    return -point.weight


def _is_on(point: KeyPoint, places: Sequence[Slice], texts: Mapping[str, str]) -> bool:
    """Say whether the words that head a point are among those of a theme."""
    first = point.quotes[0] if point.quotes else None
    if first is None or not point.statement or first.message not in texts:
        return False
    start = texts[first.message].find(point.statement)
    end = start + len(point.statement)
    return start >= 0 and any(
        place.message == first.message and place.start < end and start < place.end for place in places
    )
