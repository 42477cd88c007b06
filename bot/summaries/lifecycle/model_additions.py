"""What a language model adds to a summary for a facilitator's eyes: kept true when words go, and left out elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.models.grouping import ThemeName
from bot.models.summaries import KeyPoint, Quote, Summary
from bot.summaries.proof.theme_names import is_unproved, keep_sources


def remove_drafted(summary: Summary) -> Summary:
    """Return the summary without names of themes and without pairs that a program takes to oppose each other.

    Return it unchanged if it has none.
    """
    if not summary.themes and not summary.opposed:
        return summary
    return _with_names(replace(summary, themes=(), opposed=()))


def keep_drafted(summary: Summary, keeps: Callable[[str], bool]) -> Summary:
    """Return the summary with those names of themes and opposed pairs that stand on messages which are kept.

    ``keeps`` says so of a message. Return it unchanged if it has no names and no pairs.
    """
    if not summary.themes and not summary.opposed:
        return summary
    kept = {message for message in list_sources(summary) if keeps(message)}
    themes = (keep_sources(theme, kept) for theme in summary.themes)
    opposed = tuple(pair for pair in summary.opposed if all(keeps(quote.message) for quote in pair))
    return _with_names(replace(summary, themes=tuple(filter(None, themes)), opposed=opposed))


def keep_proved(summary: Summary, said: Mapping[str, str]) -> Summary:
    """Return the summary without the names of themes whose words people took out of what they wrote.

    ``said`` are the words of messages as they are now; those that are not among them are not looked at.
    """
    held = (keep_sources(theme, said) or theme for theme in summary.themes)
    gone = {
        theme.name
        for theme, now in zip(summary.themes, held, strict=True)
        if list_messages(now) <= said.keys() and is_unproved(now, said)
    }
    if not gone:
        return summary
    return _with_names(replace(summary, themes=tuple(theme for theme in summary.themes if theme.name not in gone)))


def change_opposed(summary: Summary, change: Callable[[Iterable[Quote]], tuple[Quote, ...]]) -> Summary:
    """Return the summary with its opposed quotes as ``change`` makes them; a pair that loses one goes."""
    pairs = (change(pair) for pair in summary.opposed)
    return replace(summary, opposed=tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2))


def list_sources(summary: Summary) -> frozenset[str]:
    """Return the messages on whose words names of themes stand."""
    return frozenset().union(*map(list_messages, summary.themes))


def list_messages(theme: ThemeName) -> frozenset[str]:
    """Return the messages on whose words one name stands."""
    return frozenset(message for holding in theme.sources for message in holding)


def _with_names(summary: Summary) -> Summary:
    """Take the names that are gone off the points."""
    names = {theme.name for theme in summary.themes}

    def bare(point: KeyPoint) -> KeyPoint:
        return point if not point.theme or point.theme in names else replace(point, theme="")

    return replace(summary, points=tuple(map(bare, summary.points)), voices=tuple(map(bare, summary.voices)))
