"""The group /my, whose commands live in several files; one cog is made of them, since a group has one cog."""

from discord import app_commands

MY = app_commands.Group(
    name="my", description="What is stored about you, and what may be done with it", guild_only=True
)
