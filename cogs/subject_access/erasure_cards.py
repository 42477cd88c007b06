"""The cards of erasing: the choice, one question before anything is erased, and what was done.

A choice lies in custom_ids: the page, a bit for each of its replies, and a digest of the replies that the page showed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import discord
from discord import ui

from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.subject_access.account import IN_DISCORD
from bot.text.clean import clean_line
from bot.text.words import shorten
from cogs.subject_access.data_card import BACK_TO_CARD
from cogs.ui.cards import card, confirm
from cogs.ui.limits import LONGEST_OPTION
from cogs.ui.pages import Page, paginate
from cogs.ui.parts import NEWER, OLDER, Row, button, option, pager, select

PER_PAGE = 25
INTRO = (
    "## Delete replies\n"
    "Choose from the list. We’ll ask once more before anything goes. What you delete leaves every summary and draft "
    "too, with its quotes and counts, and we can’t bring it back.\n"
    "This list has your replies in threads and by the form. For a private reply to a question that has closed, go back "
    "and press “Delete a private reply with a code”."
)
NONE_LEFT = "No replies of yours are stored here."
ERASE_ALL, SURE, GO_BACK = "Delete everything about me", "Yes, delete for good", "Go back"
ONE = (
    "## Delete 1 reply?\n"
    "We delete it for good, with its quotes and counts in every summary and draft. If the bot posted it for you, it "
    "deletes that message. {in_discord}"
)
SOME = (
    "## Delete {count} replies?\n"
    "We delete them for good, with their quotes and counts in every summary and draft. If the bot posted a reply for "
    "you, it deletes that message. {in_discord}"
)
ALL = (
    "## Delete everything about you?\n"
    "**We delete for good**\n"
    "- your replies, suggestions, reactions and what you said about summaries, with all quotes and counts\n"
    "- messages that the bot posted for you\n"
    "- private replies and taps, while a question or a check is open\n"
    "- your choices: group, quotes, direct messages\n\n"
    "**We keep**\n"
    "- each “no” that you gave here, such as to collecting or to quotes, so that we respect it\n"
    "- the log of what you did as a facilitator or organiser\n"
    "- private replies to closed questions: delete them with their code\n\n"
    "{in_discord}"
)


def choice_card(replies: Sequence[Reply], prompts: dict[int, Prompt], number: int, note: str = "") -> ui.LayoutView:
    """Show a page of a person's replies to choose from, counted from 0; a number past the end gives the last page."""
    page = replies_on_page(replies, number)
    options = [_option(place, reply, prompts) for place, reply in enumerate(page.items)]
    route = ("my-delete-choose", page.number, digest_page(page.items))
    chooser = [select("Choose the replies to delete", options, *route, many=True, least=1)] if options else []
    ways = pager(page.number, page.count, "my-delete-page", labels=(NEWER, OLDER))
    everything = button(ERASE_ALL, "my-delete-all", style=discord.ButtonStyle.danger)
    text = "\n".join(part for part in (note, INTRO, "" if options else NONE_LEFT) if part)
    return card(text, *chooser, Row(*ways, everything, button(*BACK_TO_CARD)), framed=False)


def some_card(page: int, chosen: int, digest: str) -> ui.LayoutView:
    """Ask before the replies of a page are erased whose bits are set in ``chosen``."""
    count = chosen.bit_count()
    text = (ONE if count == 1 else SOME).format(count=count, in_discord=IN_DISCORD)
    return _question(text, "my-delete-some", page, f"{chosen:x}", digest)


def all_card() -> ui.LayoutView:
    """Ask before everything is erased."""
    return _question(ALL.format(in_discord=IN_DISCORD), "my-delete-all-now")


def replies_on_page(replies: Sequence[Reply], number: int) -> Page[Reply]:
    """Cut a page out of a person's replies, the newest first."""
    return paginate(replies[::-1], PER_PAGE, number)


def digest_page(shown: Iterable[Reply]) -> str:
    """Make 16 hex digits that tell whether a page shows the same replies, in their present words, as before."""
    versions = ",".join(f"{reply.id}/{reply.edited_at or ''}" for reply in shown)
    return hashlib.sha256(versions.encode()).hexdigest()[:16]


def _option(place: int, reply: Reply, prompts: dict[int, Prompt]) -> discord.SelectOption:
    words = clean_line(reply.text) or "(no words)"
    prompt = prompts.get(reply.prompt_id)
    question = shorten(clean_line(prompt.wording.question), LONGEST_OPTION // 2) if prompt is not None else ""
    return option(shorten(words, LONGEST_OPTION // 2), place, question)


def _question(text: str, *route: object) -> ui.LayoutView:
    return confirm(text, SURE, *route, no=(GO_BACK, "my-delete-page", 0), framed=False)
