"""The group /check."""

from discord import app_commands

CHECK = app_commands.Group(
    name="check", description="Ask staff whether the points of a summary are true where they work", guild_only=True
)
