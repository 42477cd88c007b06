"""The card on which facilitators read the private replies of a batch, a page of a few, in random order."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.private import LEAST_SHOWN, Batch, PrivateReply, Quoting
from bot.text.dates import format_local_date
from bot.text.markdown import escape
from bot.text.words import plural, shorten
from cogs.ui.cards import Part, Space, card
from cogs.ui.limits import count_units
from cogs.ui.pages import fill_pages, paginate
from cogs.ui.parts import Button, Row, button, pager

MOST_ON_A_PAGE = 5
LONGEST_PAGE = 3_300
"""Characters of replies, so that what is around them fits into the message too."""
QUOTED = "\n>>> "
LONGEST_SUBJECT = 80
LONGEST_REASON = 150
ALLOWED = {
    Quoting.YES: "You may quote it.",
    Quoting.COUNT: "Only count it. Don’t quote it or retell it.",
    Quoting.RETOLD: "Don’t quote it. You may say it in your own words.",
}
NOT_IN = (
    "Summaries don’t use these yet. Leave out any that show who wrote them, or that could harm someone. Then let the "
    f"others into summaries. If fewer than {LEAST_SHOWN} are left, summaries show none."
)
TOO_FEW = f"Fewer than {LEAST_SHOWN} are left, so summaries show none of them."
NONE_LEFT = (
    f"Some of these were deleted. Fewer than {LEAST_SHOWN} are left, so nobody can read them, and "
    "summaries show none of them."
)
LET_IN = "Let them into summaries"
PUT_BACK, LEAVE_OUT = "Put back", "Leave out"
MISSING_FROM = "What people said was missing from the summary of “{question}”"
COUNTED = "{replies}, {out} left out. They’re in random order."
READ_SINCE = "Summaries have used these since {date}."


def reading_card(
    batch: Batch, subject: str, replies: Sequence[PrivateReply], number: int, time_zone: str
) -> ui.LayoutView:
    """Show one page of a batch, counted from 0; a number past either end gives the nearest page.

    ``subject`` is the prompt's question. Of a reply nothing shows but its words, what its author
    allows, and why it was left out.
    """
    numbered = list(enumerate(replies, 1))
    page = paginate(fill_pages(numbered, _weigh, LONGEST_PAGE, most=MOST_ON_A_PAGE), 1, number)
    parts: list[Part] = [_head(batch, subject, replies, time_zone)]
    for place, reply in (each for shown in page.items for each in shown):
        parts += [f"{_about(place, reply)}{QUOTED}{escape(reply.text)}", Row(_reply_button(batch, reply, page.number))]
    ways = pager(page.number, page.count, "private-read", batch.id)
    if batch.seen_at is None and batch.replies >= LEAST_SHOWN:
        let_in = ("private-let-in", batch.id, page.number)
        ways.append(button(LET_IN, *let_in, style=discord.ButtonStyle.primary))
    if ways:
        parts += [Space.LINE, Row(*ways)]
    return card(*parts, framed=False)


def describe_batch(batch: Batch, subject: str) -> str:
    """Say what a batch is of, in one escaped line."""
    words = escape(shorten(subject, LONGEST_SUBJECT))
    if batch.check_id is not None:
        return MISSING_FROM.format(question=words)
    return f"“{words}”"


def _head(batch: Batch, subject: str, replies: Sequence[PrivateReply], time_zone: str) -> str:
    if not replies:
        return "\n".join(["## Private replies", describe_batch(batch, subject), NONE_LEFT])
    out = sum(bool(reply.left_out) for reply in replies)
    count = plural(len(replies), "private reply", "private replies")
    lines = [
        "## Private replies",
        describe_batch(batch, subject),
        COUNTED.format(replies=count, out=out),
    ]
    if batch.seen_at is None:
        lines.append(NOT_IN)
    else:
        lines.append(READ_SINCE.format(date=format_local_date(batch.seen_at, time_zone)))
        if len(replies) - out < LEAST_SHOWN:
            lines.append(TOO_FEW)
    return "\n".join(lines)


def _about(number: int, reply: PrivateReply) -> str:
    text = f"**Reply {number}.** {ALLOWED[reply.quoting]}"
    if reply.left_out:
        text += f" Left out: {escape(shorten(reply.left_out, LONGEST_REASON))}"
    return text


def _reply_button(batch: Batch, reply: PrivateReply, page: int) -> Button:
    name, label = ("private-put-back", PUT_BACK) if reply.left_out else ("private-leave-out", LEAVE_OUT)
    return button(label, name, batch.id, reply.id, page)


def _weigh(numbered: tuple[int, PrivateReply]) -> int:
    """Measure the most that a reply takes: escaped, a text is at most twice as long. To escape all would take long."""
    number, reply = numbered
    return len(_about(number, reply)) + len(QUOTED) + 2 * count_units(reply.text)
