"""The question before a draft is published: what staff will see, and what nobody has confirmed or ticked."""

from __future__ import annotations

from collections.abc import Iterator

import discord
from discord import ui

from bot.models.reviews import Draft
from bot.summaries.output.point_groups import is_reviewed
from bot.summaries.review.publication import list_other_words
from bot.text.words import human_join, plural
from cogs.review.texts import LENGTHS, PUBLISH, count_unconfirmed, count_unticked, count_unticked_headings
from cogs.summaries.texts import mark_words
from cogs.ui.cards import card, fit, space_texts
from cogs.ui.parts import Button, Row, button

MOST_OTHERS = 30
PUBLISH_ALL, PUBLISH_POINTS = "Publish all", "Publish the points only"
PLACES = "It is posted in {places}."
NONE_CONFIRMED = "No supporter is confirmed, so it will say: not checked by a person."
UNCONFIRMED = "{supporters} nobody has confirmed. They are shown as found by the program."
UNTICKED = "{quotes} not ticked as naming nobody: counted, but not shown."
WILL_SAY = "It will say that {changes} made."
HEADINGS = "The headings are shown as they stand{also}. Reword those that could name somebody."
ALSO = ", also {unticked} in words that nobody ticked"
WITH, WITHOUT = "all", "points"


def publish_card(draft: Draft, places: list[str], note: str = "") -> ui.LayoutView:
    """Show what would be published in ``places`` (channels as Discord mentions them), and the buttons that do it."""
    summary = draft.summary
    others = list_other_words(summary)

    def build(length: int) -> list[str]:
        texts = [note, f"## Publish this summary?\n{PLACES.format(places=human_join(places))}"]
        texts.append("\n".join(f"- {line}" for line in _warnings(draft)))
        if others:
            words = [f"- {mark_words(quote.text, length)}" for quote in others[:MOST_OTHERS]]
            if len(others) > MOST_OTHERS:
                words.append(f"- and {len(others) - MOST_OTHERS:,} more, which /summary thread shows")
            texts.append("Beside the points it can show these words. Check that they name nobody.\n" + "\n".join(words))
        return texts

    return card(*space_texts(fit(build, LENGTHS)), Row(*_buttons(draft, bool(others))))


def _warnings(draft: Draft) -> Iterator[str]:
    waiting, bare = count_unconfirmed(draft.summary), count_unticked(draft.summary)
    if not is_reviewed(draft.summary):
        yield NONE_CONFIRMED
    elif waiting:
        yield UNCONFIRMED.format(supporters=plural(waiting, "supporter"))
    if bare:
        yield UNTICKED.format(quotes=plural(bare, "quote is", "quotes are"))
    yield _headings(count_unticked_headings(draft.summary))
    yield WILL_SAY.format(changes=plural(draft.changes, "change was", "changes were"))


def _headings(unticked: int) -> str:
    return HEADINGS.format(also=ALSO.format(unticked=unticked) if unticked else "")


def _buttons(draft: Draft, has_others: bool) -> list[Button]:
    route = ("review-publish-now", draft.id, draft.changes)
    primary = discord.ButtonStyle.primary
    if not has_others:
        return [button(PUBLISH, *route, WITHOUT, style=primary)]
    return [button(PUBLISH_ALL, *route, WITH, style=primary), button(PUBLISH_POINTS, *route, WITHOUT)]
