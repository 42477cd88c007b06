"""What reviewers did to a summary beside confirming, counted and put into words: "2 headings reworded, 1 merged"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.models.reviews import AddReplies, Change, ChangeQuote, ChooseHeading, DropPoint, Merge, Move, SetKind
from bot.models.summaries import Review, Summary
from bot.text.words import count_people, plural

MERGED, MOVED, ADDED, DROPPED, QUOTES, KINDS = "merged", "moved", "added", "dropped", "quotes", "kinds"
HEADINGS = "headings"
DONE = {
    ADDED: ("reply", "replies", "added"),
    DROPPED: ("point", "points", "dropped"),
    HEADINGS: ("heading", "headings", "chosen from other replies"),
    QUOTES: ("quote", "quotes", "changed"),
    KINDS: ("kind", "kinds", "changed"),
}


def count_edit(change: Change) -> Mapping[str, int]:
    """Say what a change adds to the counts. Who confirms or chooses quotes changes nothing of what people said."""
    match change:
        case Merge(others=others):
            return {MERGED: len(set(others))}
        case Move(messages=messages):
            return {MOVED: len(set(messages))}
        case AddReplies(messages=messages):
            return {ADDED: len(set(messages))}
        case DropPoint():
            return {DROPPED: 1}
        case ChangeQuote():
            return {QUOTES: 1}
        case ChooseHeading():
            return {HEADINGS: 1}
        case SetKind():
            return {KINDS: 1}
    return {}


def format_edits(*summaries: Summary) -> str:
    """Say what reviewers did to summaries, such as "2 headings reworded, 1 merged"; empty if that is nothing.

    Headings and notes are counted as they are, so one that was taken back counts no more.
    """
    return ", ".join(_list_edits(summaries))


def _list_edits(summaries: Iterable[Summary]) -> Iterator[str]:
    done: Counter[str] = Counter()
    reviews: list[Review] = []
    for summary in summaries:
        done.update(dict(summary.edits or ()))
        reviews += (point.review for point in summary.points if point.review is not None)
    reworded, notes = sum(bool(review.words) for review in reviews), sum(bool(review.note) for review in reviews)
    if reworded:
        yield f"{plural(reworded, 'heading')} reworded"
    if merged := done[MERGED]:
        yield f"{merged:,} merged" if reworded else f"{plural(merged, 'point')} merged"
    if moved := done[MOVED]:
        yield f"{count_people(moved)} moved"
    for what, (singular, several, happened) in DONE.items():
        if done[what]:
            yield f"{plural(done[what], singular, several)} {happened}"
    if notes:
        yield f"{plural(notes, 'note')} added"
