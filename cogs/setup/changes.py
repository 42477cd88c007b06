"""How a server's settings are changed: stored, told to the rest of the bot, and explained to the manager."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.client import Bot
from bot.models.reports import ReportKind
from bot.models.settings import GuildSettings
from bot.text.words import plural

SAVED = "Saved."
DAYS_SAVED = (
    "Replies are now erased {days} after their prompt closes. Facilitators are told at least 30 days before, even if "
    "that makes it later. Published summaries stay, with counts but no quotes."
)
PEOPLE_SAVED = (
    "Breakdowns now show staff groups of {people} people or more. Smaller groups are hidden, and so is another if it "
    "would give a small one away. People still know the numbers they’ve seen."
)
REMINDERS_OFF = "There are no reminders."
REMINDERS_ON = (
    "The bot posts one reminder in each prompt’s thread, half-way to closing. It waits while people are talking "
    "there. {quiet}"
)
QUIET = "There are none between {start} and {end} ({zone})."
NEVER_QUIET = "There are no quiet hours."
MODEL_ON = (
    "Replies to questions posted from now on may go to the language model. Replies to earlier questions never do, "
    "because their cards didn’t say so."
)
MODEL_OFF = "From now on nothing is sent to the language model, and the answers that we kept from it are deleted."
PRIVATE_ON = "For questions posted from now on, private replies may go there too, once facilitators have read them."
PRIVATE_OFF = "From now on no private reply goes there."
OF_REMINDERS = ("reminders", "quiet_from", "quiet_to")


async def change_settings(bot: Bot, guild_id: int, changes: Mapping[str, Any]) -> list[str]:
    """Store what changes, by the fields of GuildSettings, tell the bot of it, and say what follows from it."""
    before = await bot.store.settings.of(guild_id)
    after = await bot.store.settings.change(guild_id, **changes)
    if "retention_days" in changes and after.retention_days != before.retention_days:
        # What waits names days that are no longer true; the next daily round tells of those that are.
        await bot.store.reports.drop_waiting(guild_id, ReportKind.RETENTION)
    if before.facilitators_channel_id not in (None, after.facilitators_channel_id):
        bot.dispatch("facilitators_moved", guild_id, before.facilitators_channel_id)
    if changes.get("facilitators_channel_id") is not None:
        bot.dispatch("facilitators_named", guild_id)
    if any(name in changes for name in OF_REMINDERS):
        bot.dispatch("reminders_changed")
    bot.dispatch("settings_changed", guild_id)
    return explain_changes(before, after)


def explain_changes(before: GuildSettings, after: GuildSettings) -> list[str]:
    """Say what follows from the settings that changed, where it is more than their line on the card tells."""
    said = []
    if after.retention_days != before.retention_days:
        said.append(DAYS_SAVED.format(days=plural(after.retention_days, "day")))
    if after.group_threshold != before.group_threshold:
        said.append(PEOPLE_SAVED.format(people=after.group_threshold))
    if any(getattr(after, name) != getattr(before, name) for name in OF_REMINDERS):
        said.append(_reminders(after))
    return [*said, *_model(before, after)]


def _model(before: GuildSettings, after: GuildSettings) -> Iterator[str]:
    if after.language_model != before.language_model:
        yield MODEL_ON if after.language_model else MODEL_OFF
    private = after.language_model_private
    if private != before.language_model_private and (after.language_model or not private):
        yield PRIVATE_ON if private else PRIVATE_OFF


def _reminders(settings: GuildSettings) -> str:
    start, end = settings.quiet_from, settings.quiet_to
    quiet = QUIET.format(start=start, end=end, zone=settings.time_zone) if start != end else NEVER_QUIET
    return REMINDERS_ON.format(quiet=quiet) if settings.reminders else REMINDERS_OFF
