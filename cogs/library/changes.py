"""Changing an excerpt: only as it was when its form was opened, and never with the loss of what somebody wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zlib import crc32

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Excerpt, Passage
from bot.models.prompts import Wording
from bot.prompts.texts import check_wording
from bot.store.library import ChangedMeanwhileError
from bot.text.escape import shorten
from cogs.core.access import server
from cogs.library.answers import answer, answer_excerpt, named_excerpt
from cogs.library.cards import Row, button, card

MOST_GIVEN_BACK = 3000
SAVED = "Saved. Prompts already posted keep their words."


def state_of(passage: Passage) -> str:
    """A short mark of a passage as it is, by which a form can tell that somebody changed it meanwhile."""
    return f"{crc32(repr(passage).encode()):08x}"


async def change_excerpt(
    interaction: discord.Interaction[Bot],
    excerpt_id: str,
    state: str,
    change: Callable[[Passage], Passage],
    *,
    written: str,
) -> None:
    """Change an excerpt that is still as ``state`` says, and show it; otherwise give back what was ``written``."""
    try:
        excerpt = await named_excerpt(interaction, excerpt_id)
        if state_of(excerpt.passage) != state:
            raise ChangedMeanwhileError
        changed = await interaction.client.store.library.edit_excerpt(
            server(interaction).id, excerpt.id, change(excerpt.passage), was=excerpt.passage
        )
    except UserError as error:
        await give_back(interaction, error.public, written, button("See the excerpt", "library-show", excerpt_id))
    else:
        await answer_excerpt(interaction, changed, note=note_of(changed, SAVED))


async def give_back(
    interaction: discord.Interaction[Bot], reason: str, written: str, *buttons: discord.ui.Button[discord.ui.LayoutView]
) -> None:
    """Say why something was not saved, and show what a person wrote, so that they can copy it."""
    # A code block shows the words exactly as they were written; only its own end mark has to give way.
    kept = shorten(written.replace("```", "'''"), MOST_GIVEN_BACK)
    copy = [f"This is what you wrote, to copy:\n```\n{kept}\n```"] if kept.strip() else []
    await answer(interaction, card(f"{reason} Nothing was saved.", *copy, *([Row(*buttons)] if buttons else [])))


def note_of(excerpt: Excerpt, saved: str) -> str:
    """What to say of an excerpt that was saved: also what would keep it from being posted."""
    passage = excerpt.passage
    wording = Wording(passage.text, passage.own_words, passage.question or "-", "-")
    try:
        check_wording(replace(wording, heading=passage.heading, place=passage.place))
    except UserError as error:
        return f"{saved} It cannot be posted yet: {error}"
    return saved
