"""What doctor finds at Discord: its clock, the token, the intent, and what the bot lacks in each server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
import discord
import discord.gateway

from bot.cli.login import LONGEST_TRY, NotReachedError, TokenRefusedError, login
from bot.errors import UserError
from bot.operations.findings import Finding, Level
from bot.store import Store
from bot.text.clean import strip_harmful
from bot.text.words import plural
from cogs.core.channel_permissions import invite_link, list_missing_permissions
from cogs.setup.findings import list_findings

REACHED, CLOCK, GATEWAY, TOKEN = "Discord", "Clock", "Gateway", "Token"
INTENT, SERVERS = "Message Content intent", "Servers"
CLOCK_LOOK_S, CLOCK_WRONG_S = 5, 60
MOST_SERVERS = 100
NOT_REACHED = Finding(
    REACHED,
    Level.SKIPPED,
    "It can’t be reached from here, so the clock, the token, the intent and the servers weren’t checked.",
    "Check the network. The bot needs HTTPS to discord.com and gateway.discord.gg.",
)
SWITCH_ON = (
    "Switch it on at discord.com/developers: your application, Bot, Privileged Gateway Intents. Until then, people "
    "reply with the form."
)
_MENTION = re.compile(r"<(#|@&)(\d+)>")


async def check_discord(token: str, store: Store | None) -> list[Finding]:
    """List what was found at Discord. Without a store, the servers are only counted."""
    clock = await _check_clock()
    if clock is None:
        return [NOT_REACHED]
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot has no voice
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            async with asyncio.timeout(LONGEST_TRY):
                await login(client, token)
        except TokenRefusedError as error:
            return [clock, Finding(TOKEN, Level.WRONG, str(error))]
        except (NotReachedError, TimeoutError):
            return [clock, NOT_REACHED]
        name = strip_harmful(client.user.name) if client.user is not None else ""
        known = Finding(TOKEN, Level.OK, f"Discord knows it. The bot is called {name}.")
        findings = [clock, await _check_gateway(), known, _check_intent(client)]
        try:
            return [*findings, *await _check_servers(client, store)]
        except (discord.HTTPException, aiohttp.ClientError, OSError):
            return [*findings, Finding(SERVERS, Level.SKIPPED, "Discord didn’t say which servers the bot is in.")]


async def _check_clock() -> Finding | None:
    """Compare this machine's clock with Discord's; None where Discord does not answer."""
    try:
        timeout = aiohttp.ClientTimeout(total=LONGEST_TRY)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            before = datetime.now(UTC)
            async with session.get(f"{discord.http.Route.BASE}/gateway") as answer:
                theirs = parsedate_to_datetime(answer.headers["Date"])
            now = before + (datetime.now(UTC) - before) / 2
    except (aiohttp.ClientError, OSError, TimeoutError, KeyError, ValueError):
        return None
    seconds = abs((now - theirs).total_seconds())
    if seconds <= CLOCK_LOOK_S:
        return Finding(CLOCK, Level.OK, "It agrees with Discord's.")
    level = Level.WRONG if seconds > CLOCK_WRONG_S else Level.LOOK
    side = "ahead of" if now > theirs else "behind"
    return Finding(
        CLOCK,
        level,
        f"It is {plural(round(seconds), 'second')} {side} Discord's, so questions come and close at the wrong time.",
        "Let the system set it, for example with: timedatectl set-ntp true",
    )


async def _check_gateway() -> Finding:
    """Open a WebSocket as the bot does, and close it again: a firewall or a proxy may let only web pages through."""
    gateway = discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    try:
        async with (
            asyncio.timeout(LONGEST_TRY),
            aiohttp.ClientSession() as session,
            session.ws_connect(gateway.with_query(v="10", encoding="json")),
        ):
            return Finding(GATEWAY, Level.OK, "The bot can connect.")
    except (aiohttp.ClientError, OSError, TimeoutError):
        return Finding(
            GATEWAY,
            Level.WRONG,
            f"Discord answers, but its gateway ({gateway.host}) can’t be reached from here, so the bot can’t connect.",
            f"Let this machine open WebSockets to {gateway.host}, port {gateway.port}. A proxy may block them.",
        )


def _check_intent(client: discord.Client) -> Finding:
    flags = client.application_flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return Finding(INTENT, Level.OK, "It is on.")
    return Finding(INTENT, Level.LOOK, "It is off, so the bot can’t read what people write in threads.", SWITCH_ON)


async def _check_servers(client: discord.Client, store: Store | None) -> list[Finding]:
    servers = [guild async for guild in client.fetch_guilds(limit=MOST_SERVERS)]
    if not servers:
        link = invite_link(client.application_id or 0)
        return [Finding(SERVERS, Level.LOOK, "The bot is in no server yet.", f"Open: {link}")]
    if store is None:
        sentence = f"The bot is in {plural(len(servers), 'server')}. What it may do there wasn’t checked."
        return [Finding(SERVERS, Level.SKIPPED, sentence)]
    findings: list[Finding] = []
    for server in servers:
        findings += await _check_server(client, store, server)
    return findings


async def _check_server(client: discord.Client, store: Store, server: discord.Guild) -> Sequence[Finding]:
    """Look at one server as /setup does: what the bot lacks where it posts and reports."""
    check = f"Server {strip_harmful(server.name)}"
    guild = await client.fetch_guild(server.id)
    for channel in await guild.fetch_channels():
        guild._add_channel(channel)  # what a gateway session would have brought
    if client.user is not None:
        guild._add_member(await guild.fetch_member(client.user.id))
    settings = await store.settings.of(guild.id)
    if settings.prompts_channel_id is None:
        return [Finding(check, Level.LOOK, "It isn’t set up yet.", "Use /setup there.")]
    try:
        places = await store.prompts.places(guild.id)
    except UserError as error:
        return [Finding(check, Level.SKIPPED, str(error))]
    problems = list_findings(guild, settings, message_content=True, places=places)
    place = guild.get_channel(settings.prompts_channel_id)
    cannot_post = place is None or bool(list_missing_permissions(place, guild.me))
    return [
        # The gravest comes first.
        Finding(check, Level.LOOK if number or not cannot_post else Level.WRONG, _plain(guild, text))
        for number, text in enumerate(problems)
    ] or [Finding(check, Level.OK, "The bot has every permission that it needs there.")]


def _plain(guild: discord.Guild, text: str) -> str:
    """Write what the bot says in Discord for a terminal: names in place of mentions, and no bold."""

    def name(match: re.Match[str]) -> str:
        if match[1] == "#":
            channel = guild.get_channel(int(match[2]))
            return f"#{channel.name}" if channel is not None else "a deleted channel"
        role = guild.get_role(int(match[2]))
        return f"@{role.name}" if role is not None else "a deleted role"

    return strip_harmful(_MENTION.sub(name, text).replace("**", ""))
