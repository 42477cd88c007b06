"""The house rules in the organisation's own words, or ours where it has set none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.models.settings import GuildSettings
from bot.text.markdown import escape
from cogs.ui.forms import Field, text_field

LONGEST_RULES = 1_500
RULES, RULES_TITLE = "rules", "House rules"
OURS = """1. No patient details, and nothing that shows who a patient is.
2. Talk about what happens, not about colleagues by name.
3. You can disagree with what someone says. Don’t attack the person.
4. Keep what people say here in this server. Don’t copy it elsewhere.
5. This isn’t a place to report a concern. Speak to someone who can act on it.
6. Facilitators can remove messages that break these rules."""


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
        hint="Everyone can read them. Leave it empty for the bot’s own rules.",
        long=True,
        required=False,
        longest=LONGEST_RULES,
    )


def read_rules(values: Mapping[str, Any]) -> str:
    """Read the form: the organisation's own rules, or nothing, so that ours hold."""
    words = str(values.get(RULES) or "").strip()
    return "" if words == OURS else words
