"""The card on which facilitators read the private replies of a batch, a page of a few, in random order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.models.private import LEAST_SHOWN, Batch, PrivateReply, Quoting
from bot.text.dates import closing_date_text
from bot.text.escape import escape, shorten
from bot.text.words import plural
from cogs.ui.parts import custom_id, detached

MOST_ON_A_PAGE = 5
MOST_CHARACTERS = 3_300
QUOTED = "\n>>> "
LONGEST_SUBJECT = 80
LONGEST_REASON = 150
ALLOWED = {
    Quoting.YES: "You may quote it.",
    Quoting.COUNT: "Only count it. Do not quote it or retell it.",
    Quoting.RETOLD: "Do not quote it. You may say it in your own words.",
}
NOT_IN = f"""Summaries do not read these yet. Look for words that tell who wrote them, or that harm somebody, and \
leave those replies out. Then let the others into summaries. Where fewer than {LEAST_SHOWN} are left, summaries show \
none."""
TOO_FEW = f"Fewer than {LEAST_SHOWN} are left, so summaries show none of them."
NONE_LEFT = f"""Some of these were taken back or erased. Fewer than {LEAST_SHOWN} are left, so nobody can read them, \
and summaries show none of them."""
Row = ui.ActionRow[ui.LayoutView]


def reading_card(
    batch: Batch, subject: str, replies: Sequence[PrivateReply], page: int, time_zone: str
) -> ui.LayoutView:
    """One page of a batch; a number past either end gives the nearest page.

    ``subject`` is the prompt's question or the series' title. Of a reply nothing shows but its words, what its author
    allows, and why it was left out.
    """
    pages = _pages(replies)
    page = min(max(page, 0), len(pages) - 1)
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(_head(batch, subject, replies, time_zone)))
    for number, reply in pages[page]:
        view.add_item(ui.TextDisplay(f"{_about(number, reply)}{QUOTED}{escape(reply.text)}"))
        view.add_item(ui.ActionRow(_reply_button(batch, reply, page)))
    buttons = list(_foot_buttons(batch, page, len(pages)))
    if buttons:
        view.add_item(ui.Separator())
        view.add_item(ui.ActionRow(*buttons))
    return detached(view)


def batch_text(batch: Batch, subject: str) -> str:
    """What a batch is of, in one escaped line."""
    words = escape(shorten(subject, LONGEST_SUBJECT))
    if batch.check_id is not None:
        return f"What is missing from the summary of “{words}”, as people said in a check of it"
    return f"“{words}”" if batch.prompt_id is not None else f"Several prompts of “{words}”"


def _head(batch: Batch, subject: str, replies: Sequence[PrivateReply], time_zone: str) -> str:
    if not replies:
        return "\n".join(["## Private replies", batch_text(batch, subject), NONE_LEFT])
    out = sum(bool(reply.left_out) for reply in replies)
    count = plural(len(replies), "private reply", "private replies")
    lines = ["## Private replies", batch_text(batch, subject), f"{count}, {out} left out. They stand in random order."]
    if batch.seen_at is None:
        lines.append(NOT_IN)
    else:
        lines.append(f"Summaries read these since {closing_date_text(batch.seen_at, time_zone)}.")
        if len(replies) - out < LEAST_SHOWN:
            lines.append(TOO_FEW)
    return "\n".join(lines)


def _about(number: int, reply: PrivateReply) -> str:
    text = f"**Reply {number}.** {ALLOWED[reply.quoting]}"
    if reply.left_out:
        text += f" Left out: {escape(shorten(reply.left_out, LONGEST_REASON))}"
    return text


def _reply_button(batch: Batch, reply: PrivateReply, page: int) -> ui.Button[ui.LayoutView]:
    name, label = ("private-put-back", "Put back") if reply.left_out else ("private-leave-out", "Leave out")
    return ui.Button(label=label, custom_id=custom_id(name, batch.id, reply.id, page))


def _foot_buttons(batch: Batch, page: int, count: int) -> Iterator[ui.Button[ui.LayoutView]]:
    for label, number in (("Previous", page - 1), ("Next", page + 1)):
        if 0 <= number < count:
            yield ui.Button(label=label, custom_id=custom_id("private-read", batch.id, number))
    if batch.seen_at is None and batch.replies >= LEAST_SHOWN:
        yield ui.Button(
            label="Let them into summaries",
            style=discord.ButtonStyle.primary,
            custom_id=custom_id("private-let-in", batch.id, page),
        )


def _pages(replies: Sequence[PrivateReply]) -> list[list[tuple[int, PrivateReply]]]:
    """The numbered replies, as many on a page as Discord takes; at least one page."""
    pages: list[list[tuple[int, PrivateReply]]] = [[]]
    room = MOST_CHARACTERS
    for number, reply in enumerate(replies, 1):
        # Escaped, a text is at most twice as long; to escape all of them for each page would take long.
        size = len(_about(number, reply)) + len(QUOTED) + 2 * _units(reply.text)
        if pages[-1] and (size > room or len(pages[-1]) == MOST_ON_A_PAGE):
            pages.append([])
            room = MOST_CHARACTERS
        pages[-1].append((number, reply))
        room -= size
    return pages


def _units(text: str) -> int:
    """The length of a text as the strictest reader counts it: in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)
