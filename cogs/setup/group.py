"""The group /setup, whose commands live in several files; one cog is made of them, since a group has one cog."""

import discord
from discord import app_commands

SETUP = app_commands.Group(
    name="setup",
    description="Set up the bot in this server",
    default_permissions=discord.Permissions(manage_guild=True),
    guild_only=True,
)
