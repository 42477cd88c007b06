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
KEEP_BACK = "Don’t show my sentences to others"
KEEP_BACK_HINT = "Otherwise colleagues may be asked about one, without your name. This covers all your replies."
CHANGE, DELETE = "Change", "Delete"

_SHORT = """### How your words are used
- We store what you write, encrypted, and a code in place of your name. People here see who wrote what in the thread.
- We delete it {days} after the question closes. Delete your message, and our copy goes too.
- You’re quoted outside this server only if you say yes."""

_ABOUT = """## How your words are used
**What we store.** Your words, the time, how many files you attached (not the files), and who reacted. We encrypt your \
words. In place of your name we store a code, the same for everything you write in this server. It isn’t anonymous: \
people here can see who wrote what in the thread.
**What we take out first.** NHS, phone, National Insurance, hospital, staff, case and account numbers, e-mail and \
street addresses, postcodes, dates of birth, number plates, meeting codes, links and file paths, names of people in \
this server, names beside an age or a bed, and words your facilitators listed. We miss many, such as a name by itself, \
so please leave them out. The thread still shows what you wrote.
**For how long.** For {days} after the question closes, or until you delete them. If the thread is deleted, we leave \
them out of new summaries and erase them after 30 days, unless a facilitator keeps them and gives a reason. If the bot \
is removed from this server, we erase everything after 30 days.
**Who sees them.** Everyone who can see the thread. Organisers and facilitators can make summaries, and save them as \
files. In those, people have made-up codes, new in each file. You’re quoted outside this server only if you said yes, \
in /my.
**Private replies.** We don’t post them, and nobody sees them while the question is open. The form says until when the \
bot’s administrators could trace one to you.
**How to delete them.** Delete your message, or press Delete under a reply you sent by the form. We erase our \
copy, and every quote from it in a summary that the bot posted. We keep only a mark without words, so that it can’t \
come back. We can’t reach files that someone saved, or what someone has read.
**What you can do.** Type /my. You can see what’s stored about you, get a copy, erase it, stop collecting, choose if \
we may quote you, and let the bot write to you.
No patient details, please. This isn’t a place to report a concern: press “Get help” on the card, speak to your \
Freedom to Speak Up guardian, or follow your safeguarding procedure."""


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
    """Read whether the author does not want what they write shown to others."""
    return values.get(KEPT_BACK) is True


def edit_form(reply: Reply, wording: Wording) -> ui.Modal:
    """Make the same form with the words as they are stored."""
    words = _words_field(wording, reply.text[:LONGEST_REPLY])
    return form("Change your reply", "reply-edit-form", reply.id, fields=[words])


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
    return [button(CHANGE, "reply-edit", reply_id), button(DELETE, "reply-withdraw", reply_id)]
