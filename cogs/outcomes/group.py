"""The group /outcome, whose commands live in two files; one cog is made of them, since a group has one cog."""

from discord import app_commands

OUTCOME = app_commands.Group(
    name="outcome", description="Say what became of the points that staff made", guild_only=True
)
