"""The card of /moderation, and the list of replies that are left out of summaries."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ui

from bot.models.actions import FoundReply
from bot.text.links import link_words
from bot.text.markdown import escape_line
from bot.text.words import plural
from cogs.moderation.entries import BACK, EVERYTHING, NOTHING, Entry, format_entry
from cogs.moderation.words import word_button
from cogs.ui.cards import card
from cogs.ui.pages import Page
from cogs.ui.parts import Row, button, pager, put_button_beside

NEWEST = 3
REPLIES_A_PAGE = 5
LONGEST_REASON = 180
LEAVE_OUT, LEFT_OUT, WORDS, LOG = "Leave a reply out", "Replies left out", "Words to remove", "The whole log"
PUT_IT_BACK = "Put it back"
NONE_LEFT_OUT = "No reply is left out of summaries."
HOW = (
    "To leave a reply out of summaries, open its menu, choose Apps, then “Exclude from summaries”. Or press the button "
    "and paste a link to it."
)


def moderation_card(left_out: int, words: int, newest: Sequence[Entry]) -> ui.LayoutView:
    """Show what is left out, how many words are removed and what was done last, with the ways on."""
    counts = f"{plural(left_out, 'reply', 'replies')} left out of summaries. {plural(words, 'word')} to remove."
    done = "\n".join(map(format_entry, newest)) or NOTHING
    return card(
        f"## Moderation\n{counts}\n{HOW}",
        f"### Done last\n{done}",
        Row(button(LEAVE_OUT, "moderation-leave-out"), word_button()),
        Row(
            button(LEFT_OUT, "moderation-left-out", 0),
            button(WORDS, "moderation-words", 0),
            button(LOG, "moderation-log", 0, EVERYTHING),
        ),
    )


def left_out_card(page: Page[FoundReply], links: Sequence[str], total: int, *, note: str = "") -> ui.LayoutView:
    """Show a page of the ``total`` replies that are left out, each with its reason and the button that puts it back.

    ``links`` leads to the messages of the page's replies, in order.
    """
    title = f"## {plural(total, 'reply', 'replies')} left out of summaries"
    rows = [
        put_button_beside(
            f"{link_words('This reply', link)}\nThe reason: “{escape_line(reply.reason, LONGEST_REASON)}”",
            button(PUT_IT_BACK, "moderation-include", reply.message_id, page.number),
        )
        for reply, link in zip(page.items, links, strict=True)
    ]
    ways = pager(page.number, page.count, "moderation-left-out")
    return card(
        note,
        title,
        NONE_LEFT_OUT if not total else "",
        *rows,
        Row(*ways, button(LEAVE_OUT, "moderation-leave-out"), button(BACK, "moderation-home")),
    )
