"""Whom people can speak to: what a manager sets in a form, and the card's button that shows it to staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.client import Bot
from bot.models.settings import Contact, GuildSettings
from bot.replies.risk_signposting import FOR_CONCERNS, contact_lines
from bot.text.clean import clean_line
from bot.text.words import human_join
from cogs.core.access import server
from cogs.core.answers import answer_privately
from cogs.core.routing import RoutedCog, route
from cogs.setup.rules import rules_text
from cogs.ui.cards import card, pack_lines
from cogs.ui.forms import Field, text_field
from cogs.ui.limits import MOST_CHARACTERS

LONGEST_CONTACT = 150

DATA = (Contact.COMPLAINTS, Contact.CONTROLLER, Contact.DATA_PROTECTION_OFFICER)
CONTACTS, ORGANISATION = "contacts", "organisation"
CONTACT_FORMS: Mapping[str, tuple[str, Sequence[Contact]]] = {
    CONTACTS: ("Contacts", (*FOR_CONCERNS, Contact.COMPLAINTS, Contact.DATA_PROTECTION_OFFICER)),
    ORGANISATION: ("Organisation’s name", (Contact.CONTROLLER,)),
}
"""The forms by their names in custom_ids: title and parts."""
ASKED = {Contact.CONTROLLER: "Your organisation’s name"}
"""What a form asks for where it is more than the contact's label says."""
HINTS = {
    Contact.SPEAK_UP: "Who hears concerns: a name, and how to reach them.",
    Contact.SAFEGUARDING: "Who to tell about harm to a child or an adult at risk.",
    Contact.STAFF_SUPPORT: "Occupational health, counselling, a helpline.",
    Contact.COMPLAINTS: "Required by law: who answers complaints about data.",
    Contact.CONTROLLER: "It decides how data is used (the data controller). You can add an address after a comma.",
    Contact.DATA_PROTECTION_OFFICER: "Name or address of the data protection officer.",
}
NO_LAW = (
    "Contact for complaints: not set. The law says there must be one, so people can complain about how their data is "
    "used."
)
CONTACTS_NOT_SET = "Contacts not set: {kinds}."
SPEAK_TO = "If something is wrong, or you need support, you can speak to:"
NOT_A_ROUTE = (
    "This bot can’t report a concern for you: nobody is alerted by what you write here.\n"
    "**If someone’s life is in danger now, call 999.**"
)
NOT_SET = (
    "No contacts are listed here yet. Ask a facilitator who to speak to. You can also talk to your manager, your "
    "Freedom to Speak Up guardian, the safeguarding team, occupational health or your union."
)


class ContactRoutes(RoutedCog):
    """The button on every card that says whom people can speak to."""

    @route("contacts")
    async def show_contacts(self, interaction: discord.Interaction[Bot], *_: str) -> None:
        """Show whoever pressed it whom they can speak to, and the house rules."""
        settings = await self.bot.store.settings.of(server(interaction).id)
        first, *more = pack_lines([people_text(settings), rules_text(settings)], MOST_CHARACTERS)
        await answer_privately(interaction, card(first, framed=False))
        for text in more:
            await interaction.followup.send(view=card(text, framed=False), ephemeral=True)


def people_text(settings: GuildSettings) -> str:
    """Tell staff whom to speak to."""
    concerns, data = contact_lines(settings.contacts, FOR_CONCERNS), contact_lines(settings.contacts, DATA)
    parts = ["## Get help", *([SPEAK_TO, *concerns] if concerns else [NOT_SET]), "", NOT_A_ROUTE]
    return "\n".join([*parts, *(["### Questions about your data", *data] if data else [])])


def list_missing_contacts(settings: GuildSettings) -> list[str]:
    """List what a manager still has to set; empty where all six are set."""
    lacking = [kind for kind in Contact if not settings.contacts.get(kind)]
    others = [kind.label for kind in lacking if kind is not Contact.COMPLAINTS]
    lines = [NO_LAW] if Contact.COMPLAINTS in lacking else []
    return [*lines, CONTACTS_NOT_SET.format(kinds=human_join(others))] if others else lines


def contact_fields(settings: GuildSettings, which: str) -> list[Field]:
    """Make the fields of one of the forms, filled with what is set."""
    return [
        text_field(
            ASKED.get(kind, kind.label),
            kind.value,
            value=settings.contacts.get(kind) or "",
            hint=HINTS[kind],
            required=False,
            longest=LONGEST_CONTACT,
        )
        for kind in CONTACT_FORMS[which][1]
    ]


def read_contacts(kept: Mapping[str, str], which: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return all contacts after a form was sent, by Contact's values; those that are empty are left out."""
    filled = {kind.value: clean_line(str(values.get(kind.value) or "")) for kind in CONTACT_FORMS[which][1]}
    return {name: words for name, words in {**kept, **filled}.items() if words}
