"""The house rules in the organisation's own words, or ours where it has set none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.models.settings import GuildSettings
from bot.text.markdown import escape
from cogs.ui.forms import Field, text_field

LONGEST_RULES = 1_500
RULES, RULES_TITLE = "rules", "House rules"
OURS = """1. No details of patients, and none from which somebody can be worked out.
2. Speak about what happens, not about colleagues by name.
3. You may disagree with what somebody says. Do not attack the person.
4. Leave what people say here in this server. Do not copy it elsewhere.
5. This is not a place to report a concern. Speak to a person who can act on it.
6. Facilitators can remove a message that breaks these rules."""


def rules_text(settings: GuildSettings) -> str:
    """Write the house rules as staff read them."""
    # Ours is a list, which is shown as one; theirs is shown as it was typed.
    return f"### House rules\n{escape(settings.house_rules) if settings.house_rules else OURS}"


def rules_field(settings: GuildSettings) -> Field:
    """Make the field of the form, filled with the rules that hold."""
    return text_field(
        RULES_TITLE,
        RULES,
        value=settings.house_rules or OURS,
        hint="Everybody can read them. Leave it empty for the rules that I come with.",
        long=True,
        required=False,
        longest=LONGEST_RULES,
    )


def read_rules(values: Mapping[str, Any]) -> str:
    """Read the form: the organisation's own rules, or nothing, so that ours hold."""
    words = str(values.get(RULES) or "").strip()
    return "" if words == OURS else words
