"""/setup contacts: the organisation's own contacts, set in two forms, and the card's button that shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.settings import Contact, GuildSettings
from bot.replies.risk_signposting import contact_lines
from bot.text.clean import clean_line
from bot.text.words import human_join
from cogs.core.access import managers_only, require_manager, server
from cogs.core.answers import answer_privately, open_form
from cogs.core.routing import RoutedCog, route
from cogs.setup.rules import rules_text
from cogs.ui.cards import card, pack_lines
from cogs.ui.forms import form, form_values, text_field
from cogs.ui.limits import MOST_CHARACTERS
from cogs.ui.parts import Row, button

LONGEST_CONTACT = 150

CONCERNS = (Contact.SPEAK_UP, Contact.SAFEGUARDING, Contact.STAFF_SUPPORT)
DATA = (Contact.COMPLAINTS, Contact.CONTROLLER, Contact.DATA_PROTECTION_OFFICER)
FOR_CONCERNS, FOR_DATA = "Contacts for concerns", "Contacts for questions about data"
FORMS: Mapping[str, tuple[str, Sequence[Contact]]] = {
    "concerns": (FOR_CONCERNS, CONCERNS),
    "data": (FOR_DATA, DATA),
}
"""The forms by the name in their custom_id: title and parts."""
HINTS = {
    Contact.SPEAK_UP: "Who hears concerns: a name, and how to reach them.",
    Contact.SAFEGUARDING: "Whom to tell of harm to a child or an adult at risk.",
    Contact.STAFF_SUPPORT: "Occupational health, counselling, a helpline.",
    Contact.COMPLAINTS: "Required by law: who answers complaints about data.",
    Contact.CONTROLLER: "The organisation that decides how data is used.",
    Contact.DATA_PROTECTION_OFFICER: "Name or address of the data protection officer.",
}
NO_LAW = "Contact for complaints: not set. The law asks for one, so that people can complain about the use of data."
NOT_A_ROUTE = (
    "I am not a reporting route: nobody is alerted by what you write here. If somebody is in danger now, call 999. "
    "If something is wrong, speak to a person."
)
NOT_SET = (
    "No contacts are set here yet. Ask a facilitator whom to speak to. You can also speak to your manager, to your "
    "organisation's Freedom to Speak Up guardian, to its safeguarding team, to occupational health, or to a union."
)


class ContactCommands(RoutedCog):
    """The part of /setup that holds whom people can speak to."""

    @app_commands.command(description="Set whom staff can speak to: for concerns, support, and questions about data")
    @managers_only()
    async def contacts(self, interaction: discord.Interaction[Bot]) -> None:
        """Show what is set, with a button for each form."""
        settings = await self.bot.store.settings.of(server(interaction).id)
        await answer_privately(interaction, contacts_card(settings))

    @route("contacts-open")
    async def open_contacts(self, interaction: discord.Interaction[Bot], which: str) -> None:
        """Open one of the forms."""
        await require_manager(interaction)
        settings = await self.bot.store.settings.of(server(interaction).id)
        await open_form(interaction, contacts_form(settings, which))

    @route("contacts-form")
    async def save_contacts(self, interaction: discord.Interaction[Bot], which: str) -> None:
        """Save one of the forms; a part that was left empty is cleared."""
        await require_manager(interaction)
        guild_id = server(interaction).id
        kept = await self.bot.store.settings.of(guild_id)
        contacts = change_contacts(kept.contacts, which, form_values(interaction))
        settings = await self.bot.store.settings.change(guild_id, contacts=contacts)
        await answer_privately(interaction, contacts_card(settings, note="Saved."))

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
    concerns, data = contact_lines(settings.contacts, CONCERNS), contact_lines(settings.contacts, DATA)
    parts = ["## Get help", NOT_A_ROUTE, *(concerns or [NOT_SET])]
    return "\n".join([*parts, *(["### Questions about your data", *data] if data else [])])


def list_missing_contacts(settings: GuildSettings) -> list[str]:
    """List what a manager still has to set; empty where all six are set."""
    lacking = [kind for kind in Contact if not settings.contacts.get(kind)]
    others = [kind.label for kind in lacking if kind is not Contact.COMPLAINTS]
    lines = [NO_LAW] if Contact.COMPLAINTS in lacking else []
    if others:
        lines.append(f"Contacts not set: {human_join(others)}.")
    return [*lines, "Set them with /setup contacts."] if lines else []


def contacts_card(settings: GuildSettings, *, note: str = "") -> ui.LayoutView:
    """Show managers every contact, and the buttons that open the forms."""
    texts = (
        note,
        "## Contacts\nStaff see these when they press “Get help” on a card.",
        "\n".join(contact_lines(settings.contacts, list(Contact))),
        "\n".join(list_missing_contacts(settings)),
    )
    buttons = [button(title, "contacts-open", which) for which, (title, _) in FORMS.items()]
    return card(*texts, Row(*buttons, button("House rules", "rules-open")))


def contacts_form(settings: GuildSettings, which: str) -> ui.Modal:
    """Make one of the two forms, filled with what is set. Raises UserError for a name of no form."""
    title, kinds = _form(which)
    fields = [
        text_field(
            kind.label,
            kind.value,
            value=settings.contacts.get(kind) or "",
            hint=HINTS[kind],
            required=False,
            longest=LONGEST_CONTACT,
        )
        for kind in kinds
    ]
    return form(title, "contacts-form", which, fields=fields)


def change_contacts(kept: Mapping[str, str], which: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return all contacts after a form was sent, by Contact's values; those that are empty are left out."""
    filled = {kind.value: clean_line(str(values.get(kind.value) or "")) for kind in _form(which)[1]}
    return {name: words for name, words in {**kept, **filled}.items() if words}


def _form(which: str) -> tuple[str, Sequence[Contact]]:
    if which not in FORMS:
        raise UserError("That form is out of date. Use /setup contacts.")
    return FORMS[which]
