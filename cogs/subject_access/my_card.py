"""The card of /my: what we keep about a person, in short, and each of their choices with the button that changes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import discord
from discord import ui

from bot.client import Bot
from bot.models.people import STAFF_GROUPS, Choices
from bot.models.personal import PersonData
from bot.services.subject_access import gather_person_data
from cogs.core.access import server
from cogs.core.answers import show_privately
from cogs.subject_access.data_card import NOTHING, list_counts
from cogs.ui.cards import Part, Space, card
from cogs.ui.parts import Button, Row, button, option, select

QUOTES, OTHERS, NOTICES = "my-choose-quotes", "my-choose-others", "my-choose-notices"
MODEL = "my-choose-model"
GROUP, MANAGES, COLLECTING = "my-choose-group", "my-choose-manages", "my-choose-collecting"
"""The choices, by the routes of what changes them."""
YES, NO = "yes", "no"
"""What a button of a choice sets, so that two presses at once agree."""
TITLE = "## Your data and choices"
KEPT, ONLY_CHOICES = "**What we keep**", "Only your choices below."
SEE, COPY = "See what’s stored", "Get a copy"
CODE, CHOOSE, ERASE_ALL = "Delete a private reply with a code", "Choose replies to delete", "Delete everything about me"

QUOTES_UNSAID = "**Quotes:** in this server only, without your name. May we quote you to the board too?"
QUOTES_YES = "**Quotes:** yes. We may quote you to the board too, without your name."
QUOTES_NO = "**Quotes:** no. Your replies count, but we don’t quote them."
QUOTE_ME, QUOTE_ME_NOT = "You may quote me", "Don’t quote me"

OTHERS_YES = (
    "**Asking others:** yes. We may show colleagues a sentence of yours, without your name, and ask if it’s the same "
    "for them."
)
OTHERS_NO = "**Asking others:** no. We don’t show colleagues what you wrote and ask about it."
OTHERS_HELD = "**Asking others:** not while {why}."
WHILE_STOPPED, WHILE_REFUSED = "collecting is stopped", "you say no to quotes"
ASK_OTHERS, ASK_NOBODY = "You may show my sentences", "Don’t show my sentences to others"

NOTICES_YES = "**Direct messages:** on. We keep your Discord number for this, encrypted."
NOTICES_NO = "**Direct messages:** off. We don’t keep your Discord number."
WRITE_TO_ME, WRITE_NOT = "Send me messages", "Stop messages"

MODEL_YES = (
    "**Language model:** yes. It may get your replies, without your name, to help sort them (see “More” on a card)."
)
MODEL_NO = "**Language model:** no. None of your words go to it, old or new."
TO_MODEL, NOT_TO_MODEL = "You may send my words to it", "Don’t send my words to the language model"

GROUP_IS = "**Staff group:** {group}.{manages} We only show groups of {least} people or more, and never who is in them."
NO_GROUP_SAID, YOU_MANAGE = "not given", " You manage people."
CHOOSE_GROUP, NO_GROUP = "Choose your staff group", "Prefer not to say"
I_MANAGE, I_MANAGE_NOT = "I manage people", "I don’t manage people"

COLLECTING_ON = "**Collecting:** on. We store what you write in threads."
COLLECTING_STOPPED = "**Collecting:** stopped. We store nothing new that you write."
STOP_COLLECTING, START_AGAIN = "Stop collecting", "Start again"


async def show_my_card(interaction: discord.Interaction[Bot], choice: str = "", note: str = "") -> None:
    """After an acknowledgement: show the card of whoever pressed, in place where it is theirs."""
    await show_privately(interaction, await read_my_card(interaction, choice, note))


async def read_my_card(interaction: discord.Interaction[Bot], choice: str = "", note: str = "") -> ui.LayoutView:
    """Make the card from what is stored about whoever asks."""
    store, guild_id = interaction.client.store, server(interaction).id
    settings = await store.settings.of(guild_id)
    data = await gather_person_data(store, guild_id, interaction.user.id)
    asks = settings.language_model and interaction.client.language_model is not None
    return my_card(data, settings.group_threshold, choice, note, asks_of_model=asks)


def my_card(
    data: PersonData, least: int, choice: str = "", note: str = "", *, asks_of_model: bool = False
) -> ui.LayoutView:
    """Show what is kept in short, and the choices as they are now. Groups of fewer than ``least`` people are hidden.

    The choice about a language model is there with ``asks_of_model``, and for those who said no before. ``note`` says
    what the ``choice`` that was just made means. It is there, where the person pressed.
    """
    counts = list(list_counts(data)) or [NOTHING if data.is_empty else ONLY_CHOICES]
    kept = "\n".join((KEPT, *counts))
    erase = button(ERASE_ALL, "my-delete-all", style=discord.ButtonStyle.danger)
    return card(
        TITLE,
        kept,
        Row(button(SEE, "my-data", 0), button(COPY, "my-export")),
        Space.LINE,
        *_list_choices(data.choices, least, {choice: note}, asks_of_model=asks_of_model),
        Space.LINE,
        Row(button(CHOOSE, "my-delete-page", 0), button(CODE, "my-code")),
        Row(erase),
    )


def _list_choices(chosen: Choices, least: int, notes: Mapping[str, str], *, asks_of_model: bool) -> Iterator[Part]:
    """Give each choice as it is, and below it what changes it."""
    yield _say(format_quotes(chosen), notes.get(QUOTES))
    ways = [] if chosen.quotes else [button(QUOTE_ME, QUOTES, YES)]
    yield Row(*ways, *([] if chosen.refused else [button(QUOTE_ME_NOT, QUOTES, NO)]))
    yield _say(format_others(chosen), notes.get(OTHERS))
    yield Row(_turn(chosen.shown, OTHERS, off=ASK_NOBODY, on=ASK_OTHERS))
    if asks_of_model or not chosen.modelled or MODEL in notes:
        yield _say(MODEL_YES if chosen.modelled else MODEL_NO, notes.get(MODEL))
        yield Row(_turn(chosen.modelled, MODEL, off=NOT_TO_MODEL, on=TO_MODEL))
    yield _say(NOTICES_YES if chosen.notices else NOTICES_NO, notes.get(NOTICES))
    yield Row(_turn(chosen.notices, NOTICES, off=WRITE_NOT, on=WRITE_TO_ME))
    yield _say(format_group(chosen, least), notes.get(GROUP))
    groups = [option(group, group, chosen=group == chosen.group) for group in STAFF_GROUPS]
    yield select(CHOOSE_GROUP, [*groups, option(NO_GROUP, NO_GROUP)], GROUP)
    yield Row(_turn(chosen.manages, MANAGES, off=I_MANAGE_NOT, on=I_MANAGE))
    yield _say(COLLECTING_STOPPED if chosen.stopped else COLLECTING_ON, notes.get(COLLECTING))
    yield Row(_turn(not chosen.stopped, COLLECTING, off=STOP_COLLECTING, on=START_AGAIN))


def format_quotes(chosen: Choices) -> str:
    """Say where somebody may be quoted."""
    if chosen.refused:
        return QUOTES_NO
    return QUOTES_YES if chosen.quotes else QUOTES_UNSAID


def format_others(chosen: Choices) -> str:
    """Say whether others may be asked about what somebody wrote, as it is in effect."""
    if not chosen.shown:
        return OTHERS_NO
    if chosen.keeps_back:
        return OTHERS_HELD.format(why=WHILE_STOPPED if chosen.stopped else WHILE_REFUSED)
    return OTHERS_YES


def format_group(chosen: Choices, least: int) -> str:
    """Say what somebody told of themselves, and how it is shown."""
    manages = YOU_MANAGE if chosen.manages else ""
    return GROUP_IS.format(group=chosen.group or NO_GROUP_SAID, manages=manages, least=least)


def _say(choice: str, note: str | None) -> str:
    return f"{choice}\n{note}" if note else choice


def _turn(is_on: bool, name: str, *, off: str, on: str) -> Button:
    """Make the button that turns a choice to the other side."""
    return button(off, name, NO) if is_on else button(on, name, YES)
