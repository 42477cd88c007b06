"""The cards of /my delete: the choice, one question before anything is erased, and what was done.

A choice lies in custom_ids: the page, a bit for each of its replies, and a digest of the replies that the page showed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import discord
from discord import ui

from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.prompts.texts import one_line
from bot.subject_access.account import IN_DISCORD
from bot.text.escape import shorten
from bot.text.words import plural
from cogs.ui.parts import custom_id, detached

PER_PAGE = 25
LONGEST_OPTION = 100
INTRO = (
    "## Erase what is stored about you\n"
    "Choose replies from the list, or erase everything. I ask you once more before I erase anything. What is erased "
    "leaves every summary and draft too, with its quotes and its counts. It cannot be brought back.\n"
    "This list holds your replies in threads and by the form. For a private reply to a prompt that is closed, use "
    "/my withdraw with its code."
)
NONE_LEFT = "No replies of yours are stored here."
SOME = (
    "## Erase {count}?\n"
    "I erase them for good, and their quotes and counts in every summary and draft. Where I posted a reply for you, I "
    "delete that message. {in_discord}"
)
ALL = (
    "## Erase everything?\n"
    "I erase all your replies, your private replies to open prompts, your views in open checks, your suggestions, your "
    "reactions, your answers to summaries and your choices (group, quotes, direct messages), with all quotes and "
    "counts. Where I posted a reply for you, I delete that message.\n"
    "What stays: if you used /my stop, that and when you did, and if you said no to quotes, that no, so that I can "
    "keep to them. And what you did as a facilitator or an organiser, which others rely on. Private replies to closed "
    "prompts need their withdrawal code.\n"
    "{in_discord}"
)


def choice_card(replies: Sequence[Reply], prompts: dict[int, Prompt], page: int, note: str = "") -> ui.LayoutView:
    """One page of a person's replies to choose from, counted from 0; a number past the end gives the last page."""
    last = max(0, (len(replies) - 1) // PER_PAGE)
    page = min(max(page, 0), last)
    shown = on_page(replies, page)
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay("\n".join(part for part in (note, INTRO, "" if shown else NONE_LEFT) if part)))
    if shown:
        options = [_option(place, reply, prompts) for place, reply in enumerate(shown)]
        chooser: ui.Select[ui.LayoutView] = ui.Select(
            custom_id=custom_id("my-delete-choose", page, digest_of(shown)),
            placeholder="Choose the replies to erase",
            options=options,
            max_values=len(options),
        )
        view.add_item(ui.ActionRow(chooser))
    buttons: list[ui.Button[ui.LayoutView]] = [
        ui.Button(label=label, custom_id=custom_id("my-delete-page", to))
        for label, to in (("Newer", page - 1), ("Older", page + 1))
        if 0 <= to <= last
    ]
    everything: ui.Button[ui.LayoutView] = ui.Button(
        label="Erase everything", style=discord.ButtonStyle.danger, custom_id=custom_id("my-delete-all")
    )
    view.add_item(ui.ActionRow(*buttons, everything))
    return detached(view)


def some_card(page: int, chosen: int, digest: str) -> ui.LayoutView:
    """The question before the replies of a page are erased whose bits are set in ``chosen``."""
    text = SOME.format(count=plural(chosen.bit_count(), "reply", "replies"), in_discord=IN_DISCORD)
    return _question(text, custom_id("my-delete-some", page, f"{chosen:x}", digest))


def all_card() -> ui.LayoutView:
    """The question before everything is erased."""
    return _question(ALL.format(in_discord=IN_DISCORD), custom_id("my-delete-all-now"))


def done_card(text: str) -> ui.LayoutView:
    """What was done."""
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(text))
    return detached(view)


def on_page(replies: Sequence[Reply], page: int) -> Sequence[Reply]:
    """The replies that a page shows, the newest first."""
    return replies[::-1][page * PER_PAGE : (page + 1) * PER_PAGE]


def digest_of(shown: Iterable[Reply]) -> str:
    """16 hex digits that tell whether a page shows the same replies, in their present words, as before."""
    told = ",".join(f"{reply.id}/{reply.edited_at or ''}" for reply in shown)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _option(place: int, reply: Reply, prompts: dict[int, Prompt]) -> discord.SelectOption:
    words = one_line(reply.text) or "(no words)"
    prompt = prompts.get(reply.prompt_id)
    question = shorten(one_line(prompt.wording.question), LONGEST_OPTION // 2) if prompt is not None else None
    return discord.SelectOption(label=shorten(words, LONGEST_OPTION // 2), value=str(place), description=question)


def _question(text: str, route: str) -> ui.LayoutView:
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(text))
    yes: ui.Button[ui.LayoutView] = ui.Button(
        label="Yes, erase for good", style=discord.ButtonStyle.danger, custom_id=route
    )
    back: ui.Button[ui.LayoutView] = ui.Button(label="Go back", custom_id=custom_id("my-delete-page", 0))
    view.add_item(ui.ActionRow(yes, back))
    return detached(view)
