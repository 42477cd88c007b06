"""What people see of the reply form: the form itself, the message in the thread, and how their words are used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import ui

from bot.models.prompts import Prompt, Wording
from bot.models.replies import Reply
from bot.models.settings import GuildSettings
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import plural, shorten
from cogs.ui.cards import card, text_card
from cogs.ui.forms import Field, checkbox_field, form, text_field
from cogs.ui.parts import Button, Row, button, buttons

LONGEST_REPLY = 1_500
LONGEST_MESSAGE = 2_000
LONGEST_PLACEHOLDER = 100
WORDS = "words"
HINT = "They go in the thread under your name. No patient details, please."
KEPT_BACK = "kept-back"
KEEP_BACK = "Don’t put mine to others"
KEEP_BACK_HINT = "Others may be asked if it’s the same with them, without your name. For all your replies here."
EDIT, WITHDRAW = "Edit", "Withdraw"

_SHORT = """### How your words are used
- We store what you write, encrypted, and a code in place of your name. People here see who wrote what in the thread.
- We delete it {days} after the question closes. Delete your message, and our copy goes too.
- You’re quoted outside this server only if you say yes."""

_ABOUT = """## How your words are used
**What is stored.** Your words, the time, how many files you attached (not the files), and who reacted to them. Words \
are stored encrypted. In place of your name I store a code, which is the same for all you write in this server. It is \
not anonymous: people here can see who wrote what in the thread.
**What is taken out first.** NHS, phone, National Insurance, hospital, staff, case and account numbers, e-mail and \
street addresses, postcodes, dates of birth, number plates, meeting codes, paths of files and links, names of people \
in this server, names beside an age or a bed, and words that your facilitators listed. Many are missed, such as a name \
by itself, so leave them out. The thread itself still shows what you wrote there.
**For how long.** For {days} after the prompt closes, or until you delete them. If the thread is deleted, they are \
left out of new summaries and erased after 30 days, unless a facilitator keeps them and gives a reason. If I am \
removed from this server, everything is erased after 30 days.
**Who sees them.** Everyone who can see the thread. Organisers and facilitators can make summaries. They can save \
them as files, in which people have made-up codes that are new in each file. Your words are quoted outside this server \
only if you said yes, with /my quotes.
**Private replies.** They are not posted, and nobody sees them while the prompt is open. The form says until when the \
people who run me could find out who wrote one.
**How to take them back.** Delete your message, or press Withdraw under a reply that you sent by the form. My copy is \
erased, and so is every quote of it in a summary that I posted. Only a mark without words stays, so that it cannot \
come back. Files that somebody saved, and what somebody has read, are out of my reach.
**What you can do.** See what I hold with /my data, or get it with /my export. Erase it with /my delete. Keep what you \
write out with /my stop. Let me write to you with /my notices.
Please leave out all details of patients. This is not a place to report a concern: press “Get help” on the \
card, speak to your Freedom to Speak Up guardian, or follow your safeguarding procedure."""


def describe_use_shortly(settings: GuildSettings) -> str:
    """Say in three lines how people's words are used in a server."""
    return _SHORT.format(days=plural(settings.retention_days, "day"))


def describe_use(settings: GuildSettings) -> str:
    """Say how people's words are used in a server, as the settings are now."""
    return _ABOUT.format(days=plural(settings.retention_days, "day"))


def reply_form(prompt: Prompt, *, keeps_back: bool) -> ui.Modal:
    """Make the form in which somebody writes a reply, with what they chose before about putting it to others."""
    kept_back = checkbox_field(KEEP_BACK, KEPT_BACK, checked=keeps_back, hint=KEEP_BACK_HINT)
    return form("Your reply", "reply-form", prompt.claim, fields=[_words_field(prompt.wording, ""), kept_back])


def read_kept_back(values: Mapping[str, Any]) -> bool:
    """Read whether the author does not want what they write put to others."""
    return values.get(KEPT_BACK) is True


def edit_form(reply: Reply, wording: Wording) -> ui.Modal:
    """Make the same form with the words as they are stored."""
    words = _words_field(wording, reply.text[:LONGEST_REPLY])
    return form("Edit your reply", "reply-edit-form", reply.id, fields=[words])


def _words_field(wording: Wording, words: str) -> Field:
    return text_field(
        "Your words",
        WORDS,
        value=words,
        hint=HINT,
        placeholder=shorten(clean_line(wording.question), LONGEST_PLACEHOLDER),
        long=True,
        longest=LONGEST_REPLY,
    )


def format_posted(name: str, words: str) -> str:
    """Write a form's reply as the thread shows it: the author's name and words, with nothing for Discord to act on."""
    return f"**{escape(clean_line(name)) or 'Someone'}** wrote:\n{quote_words(words)}"


def quote_words(words: str) -> str:
    """Write words as a block quote that goes on to the end of a message."""
    return f">>> {escape(words)}"


def keep_words(words: str) -> str:
    """Give an author's words back, to keep."""
    return f"Here are your words, to keep:\n{quote_words(words)}"


def give_back(sentence: str, words: str) -> ui.LayoutView:
    """Say something to an author, with their own words under it if there are any."""
    return text_card(f"{sentence} {keep_words(words)}" if words else sentence)


def plain_view(reply_id: int) -> ui.View:
    """Make the author's two buttons under a plain message, whose words a phone's notification can show.

    Their custom_ids also tell which reply a message shows.
    """
    return buttons(*_own_buttons(reply_id))


def card_view(reply_id: int, text: str) -> ui.LayoutView:
    """Show the reply as a card, which holds twice as much: for words that grow too long when they are escaped."""
    return card(text, Row(*_own_buttons(reply_id)), framed=False)


def _own_buttons(reply_id: int) -> list[Button]:
    return [button(EDIT, "reply-edit", reply_id), button(WITHDRAW, "reply-withdraw", reply_id)]
