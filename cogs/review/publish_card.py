"""The question before a draft is published: what staff will see, and what nobody has confirmed or ticked."""

from __future__ import annotations

from collections.abc import Iterator

import discord
from discord import ui

from bot.models.reviews import Draft
from bot.summaries.output.point_groups import is_reviewed
from bot.summaries.review.publication import list_other_words
from bot.text.words import human_join, plural
from cogs.review.texts import LENGTHS, count_unconfirmed, count_unticked, count_unticked_headings
from cogs.summaries.texts import mark_words
from cogs.ui.cards import card, fit, space_texts
from cogs.ui.parts import Button, Row, button

MOST_OTHERS = 30
WITH, WITHOUT = "all", "points"


def publish_card(draft: Draft, places: list[str], note: str = "") -> ui.LayoutView:
    """Show what would be published in ``places`` (channels as Discord mentions them), and the buttons that do it."""
    summary = draft.summary
    others = list_other_words(summary)

    def build(length: int) -> list[str]:
        texts = [note, f"## Publish this summary?\nIt is posted in {human_join(places)}."]
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
        yield "No supporter is confirmed, so it will say: not checked by a person."
    elif waiting:
        yield f"{plural(waiting, 'supporter')} nobody has confirmed. They are shown as found by the program."
    if bare:
        is_are = "is" if bare == 1 else "are"
        yield f"{plural(bare, 'quote')} {is_are} not ticked as naming nobody: counted, but not shown."
    yield _headings(count_unticked_headings(draft.summary))
    yield f"It will say that {plural(draft.changes, 'change')} {'was' if draft.changes == 1 else 'were'} made."


def _headings(unticked: int) -> str:
    also = f", also {unticked} in words that nobody ticked" if unticked else ""
    return f"The headings are shown as they stand{also}. Reword those that could name somebody."


def _buttons(draft: Draft, has_others: bool) -> list[Button]:
    route = ("review-publish-now", draft.id, draft.changes)
    primary = discord.ButtonStyle.primary
    if not has_others:
        return [button("Publish", *route, WITHOUT, style=primary)]
    return [button("Publish all", *route, WITH, style=primary), button("Publish the points only", *route, WITHOUT)]
