"""What staff and boards see of a reviewed summary, and how far a person checked it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.models.summaries import KeyPoint, Quote, Review, Summary
from bot.summaries.lifecycle.consent import remove_unconsented_quotes
from bot.summaries.lifecycle.headings import choose_heading_of, is_read
from bot.summaries.lifecycle.model_additions import remove_drafted
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.output.point_groups import (
    count_confirmed_people,
    count_confirmed_private,
    is_checked,
    is_reviewed,
)
from bot.summaries.review.edits import format_edits
from bot.text.words import human_join, plural

NOT_CHECKED = "Found by the program, not checked by a person."
PARTLY = "Partly checked by a facilitator: {parts}."
PARTLY_PEOPLE, PARTLY_PRIVATE = "{confirmed:,} of {everybody:,} supporters", "not all private replies"
CHECKED = "Checked by a facilitator."
CHANGES_MADE = "{changes} made."
"""What is told of a summary from before it was kept what the changes were."""


def prepare_for_staff(summary: Summary, *, with_others: bool) -> Summary:
    """Return the summary as it is published.

    Quotes that nobody ticked are counted only, and who was suggested to the reviewer is left out. Disagreements, single
    voices and questions, whose words nobody can tick, stay only ``with_others``. So do draft groups, unless a person
    confirmed anybody: beside what was checked, nothing stands that the program alone put together. The points keep the
    names that they had in the draft, by which outcomes and papers refer to them. Names that a program gave themes, and
    pairs that it takes to be opposed, are for facilitators alone.
    """
    summary = remove_drafted(summary)
    keeps_groups = with_others and not is_reviewed(summary)
    points = tuple(sorted(map(hide_unticked, summary.points), key=lambda point: -point.weight))
    if keeps_groups:
        groups = {point.ref: point.group for point in summary.points}
        points = tuple(replace(point, possible=groups[point.ref]) for point in points)
    if with_others:
        voices = (replace(voice, possible=voice.group if keeps_groups else ()) for voice in summary.voices)
        return replace(summary, points=points, voices=tuple(voices))
    return replace(summary, points=points, disagreements=(), voices=(), questions=(), lines=(), text="")


def list_other_words(summary: Summary) -> tuple[Quote, ...]:
    """List the words shown with the points: those of draft groups, disagreements, single voices and questions.

    Draft groups are shown only until a person confirmed anybody.
    """
    keeps_groups = not is_reviewed(summary)
    groups = (point.group for point in summary.points if keeps_groups)
    sides = (side.quotes[:2] for disagreement in summary.disagreements for side in disagreement.sides)
    voices = ((*voice.quotes[:1], *(voice.group if keeps_groups else ())) for voice in summary.voices)
    shown = [*(quote for group in (*groups, *sides, *voices) for quote in group), *summary.questions]
    return tuple(dict.fromkeys(quote for quote in shown if quote.text))


def hide_unticked(point: KeyPoint) -> KeyPoint:
    """Return a point without the quotes that nobody ticked as naming nobody: they are counted only."""
    review = point.review or Review()
    hidden = tuple(
        quote.message
        for quote in point.quotes
        if quote.message in review.unquoted or quote.message not in review.unnamed
    )
    unticked = tuple(message for message in hidden if message not in review.unquoted)
    return replace(point, possible=(), review=replace(review, unquoted=hidden, unticked=unticked))


def count_supporters(points: Iterable[KeyPoint]) -> tuple[int, int]:
    """Say how many supporters of the points a person confirmed, and how many there are, each counted once a point."""
    counts = [(count_confirmed_people(point) + count_confirmed_private(point), point.heard) for point in points]
    return sum(confirmed for confirmed, _ in counts), sum(heard for _, heard in counts)


def describe_checking(points: Sequence[KeyPoint]) -> str:
    """Say how far a person checked who says so, in one sentence. Its numbers are of people of the thread alone."""
    confirmed, all_of_them = count_supporters(points)
    if not confirmed:
        return NOT_CHECKED
    if confirmed == all_of_them:
        return CHECKED
    people = sum(count_confirmed_people(point) for point in points)
    everybody = sum(point.people for point in points)
    parts = [PARTLY_PEOPLE.format(confirmed=people, everybody=everybody)] if people < everybody else []
    parts += [PARTLY_PRIVATE] if confirmed - people < all_of_them - everybody else []
    return PARTLY.format(parts=human_join(parts))


def format_checking(summary: Summary, changes: int) -> str:
    """Say how far a person checked who says so, and what they changed: "Checked by a facilitator. 1 point merged."

    ``changes`` counts all that reviewers did, for drafts that did not keep what it was.
    """
    if not changes and not count_supporters(summary.points)[0]:
        return NOT_CHECKED
    done = f"{edits}." if (edits := format_edits(summary)) else ""
    if summary.edits is None and changes:
        done = CHANGES_MADE.format(changes=plural(changes, "change was", "changes were"))
    return " ".join(filter(None, [describe_checking(summary.points), done]))


def prepare_for_board(summary: Summary) -> Summary:
    """Return the summary with the points of which a person confirmed everybody who wrote it or answered.

    Each keeps its count as staff see it: with reactions and presses, which people made themselves. A point of which
    somebody is not confirmed goes as a whole, since its count without them would be another one than staff see. So
    does all that no person can confirm: who possibly says so, disagreements, single voices, questions and the running
    text.
    """
    summary = remove_drafted(summary)
    points = sorted(map(hide_unticked, _list_checked(summary)), key=lambda point: -point.weight)
    return replace(
        summary, points=tuple(points), disagreements=(), voices=(), questions=(), lines=(), text="", agreements=()
    )


def not_confirmed(summary: Summary) -> int:
    """Say how many points `prepare_for_board` leaves out."""
    return len(summary.points) - len(list(_list_checked(summary)))


@dataclass(frozen=True, slots=True)
class ChangedHeading:
    """A point whose heading is another one outside the server, because its author did not agree to be quoted there.

    ``outside`` is empty if it has none there. ``choices`` are messages, each with its words that can head the point: of
    people who agreed, checked by a facilitator.
    """

    point: KeyPoint
    outside: str
    choices: tuple[tuple[str, str], ...]


def list_changed_headings(summary: Summary, said: Mapping[str, str]) -> tuple[ChangedHeading, ...]:
    """List the points whose heading a board paper or a file does not show as it is, in the summary's order.

    ``said`` are the words of those who may be quoted outside, by the ids that quotes use. A point of which nobody was
    confirmed is not among them, nor one in a facilitator's words.
    """
    looked_at = (point for point in summary.points if point.review is not None and point.review.confirmed)
    alone = replace(summary, points=tuple(looked_at), voices=(), disagreements=(), questions=())
    outside = {point.ref: point for point in remove_unconsented_quotes(alone, said).points}
    return tuple(
        ChangedHeading(
            point,
            "" if shown.statement == NOT_QUOTED else shown.statement,
            tuple(_list_choices(shown.quotes, review)),
        )
        for point in summary.points
        if (review := point.review) is not None and not review.words and (shown := outside.get(point.ref)) is not None
        if shown.statement != point.statement or shown.statement == NOT_QUOTED
    )


def find_outside_headings(summary: Summary, said: Mapping[str, str]) -> dict[str, str]:
    """Return the messages whose words head points outside the server, where they are not those that staff see.

    They are by the points' names; empty if a point has no heading outside. ``said`` is as for
    ``list_changed_headings``.
    """
    found: dict[str, str] = {}
    for heading in list_changed_headings(summary, said):
        heads = (message for message, words in heading.choices if words == heading.outside)
        found[heading.point.ref] = next(heads, "")
    return found


def _list_choices(quotes: Sequence[Quote], review: Review) -> Iterator[tuple[str, str]]:
    for quote in quotes:
        if is_read(quote, review) and (headed := choose_heading_of(quotes, quote.message)) is not None:
            yield quote.message, headed[0]


def _list_checked(summary: Summary) -> Iterator[KeyPoint]:
    return (point for point in summary.points if point.quotes and is_checked(point))
