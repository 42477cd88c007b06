"""The groups /prompt and /series, whose commands live in several files; a group has one cog, made of them."""

from discord import app_commands

PROMPT = app_commands.Group(name="prompt", description="Post, preview and close prompts", guild_only=True)
SERIES = app_commands.Group(name="series", description="Run a weekly series of prompts", guild_only=True)
