"""The group /moderation, whose commands live in two files; one cog is made of them, since a group has one cog."""

from discord import app_commands

MODERATION = app_commands.Group(
    name="moderation", description="Leave replies out of summaries, and see what was done", guild_only=True
)
