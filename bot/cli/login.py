"""Logging in at Discord: for a bot that is to run, or only to look whether a token is good."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

import aiohttp
import discord

from bot.errors import SettingError, UserError
from bot.gateway import NOT_REACHED as NOT_REACHED_BY_GATEWAY

LONGEST_TRY = 30  # seconds
NOT_KNOWN = (
    "DISCORD_TOKEN isn’t a token that Discord knows. Copy it again from discord.com/developers (your application, Bot, "
    "Reset Token), then put it in .env."
)
NOT_REACHED = "Discord can’t be reached. Check the network."
GATEWAY_NOT_REACHED = "Discord answers, but its gateway can’t be reached. Check that WebSockets get through."


class NotReachedError(UserError):
    """Discord does not answer, or something else does in its place."""


class TokenRefusedError(SettingError):
    """Discord does not know the token."""


class BotFound(NamedTuple):
    """The bot that a token belongs to."""

    name: str
    message_content: bool
    """Whether its Message Content intent is on."""


async def login(client: discord.Client, token: str) -> None:
    """Log in over HTTP. Raises TokenRefusedError, or NotReachedError where Discord does not answer."""
    try:
        await client.login(token)
    except discord.LoginFailure:
        raise TokenRefusedError(NOT_KNOWN) from None
    except (OSError, aiohttp.ClientError, discord.HTTPException):
        raise NotReachedError(NOT_REACHED) from None
    except (TypeError, KeyError):
        if client.application is not None:
            raise
        # What answered is not Discord, but a page of the network, for example one to sign in at.
        raise NotReachedError(NOT_REACHED) from None


async def connect(client: discord.Client) -> None:
    """Hold the connection until the client closes. Raises NotReachedError where the gateway never lets it in."""
    try:
        await client.connect()
    except NOT_REACHED_BY_GATEWAY:  # at the first try: later ones are discord.py's
        raise NotReachedError(GATEWAY_NOT_REACHED) from None


async def look_up_bot(token: str) -> BotFound:
    """Ask Discord whose token this is, over HTTP only: the bot does not go online. Raises what ``login`` does."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot has no voice
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            async with asyncio.timeout(LONGEST_TRY):
                await login(client, token)
        except TimeoutError:
            raise NotReachedError(NOT_REACHED) from None
        name = client.user.name if client.user is not None else ""
        flags = client.application_flags
        return BotFound(name, flags.gateway_message_content or flags.gateway_message_content_limited)
