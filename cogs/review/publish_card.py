"""The question before a draft is published: what staff will see, and what nobody has confirmed or ticked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import discord
from discord import ui

from bot.models.reviews import Draft
from bot.summaries.review.publication import format_checking, list_changed_headings, list_other_words, not_confirmed
from bot.text.words import human_join, plural
from cogs.review.heading_card import choose_heading, list_headings
from cogs.review.point_card import ALL_POINTS
from cogs.review.texts import LENGTHS, PUBLISH, count_unticked, count_unticked_headings, format_unconfirmed
from cogs.summaries.texts import mark_words
from cogs.ui.cards import card, fit, space_texts
from cogs.ui.parts import Button, Row, button

MOST_OTHERS = 30
PUBLISH_ALL, PUBLISH_POINTS = "Publish all", "Publish the points only"
PLACES = "It will be posted in {places}."
UNTICKED = "{quotes} not been checked for names: counted, but not shown."
WILL_SAY = "Staff will see: “{checking}”"
BOARD_LEAVES_OUT = "Board papers leave out {points} not fully checked."
BOARD_WAITS = "You can’t make this series’ board paper while {points} fully checked. Check or drop them first."
HEADINGS = "The headings are shown as they are. Reword any that could name someone."
UNTICKED_HEADINGS = "{headings} checked for names yet. They are shown as they are: reword any that could name someone."
NOBODY: Mapping[str, str] = MappingProxyType({})
WITH, WITHOUT = "all", "points"


def publish_card(
    draft: Draft, places: list[str], note: str = "", quotable: Mapping[str, str] = NOBODY, *, in_series: bool = False
) -> ui.LayoutView:
    """Show what would be published in ``places`` (channels as Discord mentions them), and the buttons that do it.

    ``quotable`` are the words of people who may be quoted outside, by the ids that quotes use. A
    prompt that is ``in_series`` comes into the board paper of its series.
    """
    summary = draft.summary
    others = list_other_words(summary)
    changed = list_changed_headings(summary, quotable)

    def build(length: int) -> list[str]:
        texts = [note, f"## Publish this summary?\n{PLACES.format(places=human_join(places))}"]
        texts.append("\n".join(f"- {line}" for line in _warnings(draft, in_series=in_series)))
        texts.append("\n".join(list_headings(draft, changed, length)))
        if others:
            words = [f"- {mark_words(quote.text, length)}" for quote in others[:MOST_OTHERS]]
            if len(others) > MOST_OTHERS:
                words.append(f"- and {len(others) - MOST_OTHERS:,} more, which /summary thread shows")
            texts.append("It can also show these words. Check they have no names in them.\n" + "\n".join(words))
        return texts

    rows = [choose_heading(draft, changed)] if changed else []
    return card(*space_texts(fit(build, LENGTHS)), *rows, Row(*_buttons(draft, bool(others)), _back(draft)))


def _warnings(draft: Draft, *, in_series: bool) -> Iterator[str]:
    summary = draft.summary
    bare, left_out = count_unticked(summary), not_confirmed(summary)
    if waiting := format_unconfirmed(draft):
        yield waiting
    if bare:
        yield UNTICKED.format(quotes=plural(bare, "quote has", "quotes have"))
    yield _headings(count_unticked_headings(summary))
    if left_out and in_series:
        yield BOARD_WAITS.format(points=plural(left_out, "point isn’t", "points aren’t"))
    elif left_out:
        yield BOARD_LEAVES_OUT.format(points=plural(left_out, "point"))
    yield WILL_SAY.format(checking=format_checking(summary, draft.changes))


def _headings(unticked: int) -> str:
    if not unticked:
        return HEADINGS
    return UNTICKED_HEADINGS.format(headings=plural(unticked, "heading isn’t", "headings aren’t"))


def _back(draft: Draft) -> Button:
    return button(ALL_POINTS, "review-back", draft.id)


def _buttons(draft: Draft, has_others: bool) -> list[Button]:
    route = ("review-publish-now", draft.id, draft.changes)
    waiting = format_unconfirmed(draft) or count_unticked(draft.summary)
    primary = discord.ButtonStyle.secondary if waiting else discord.ButtonStyle.primary
    if not has_others:
        return [button(PUBLISH, *route, WITHOUT, style=primary)]
    return [button(PUBLISH_ALL, *route, WITH, style=primary), button(PUBLISH_POINTS, *route, WITHOUT)]
