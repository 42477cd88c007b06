"""Tell an admin whether the language model answers: at the start of the bot, and in doctor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.cli.logs import announce
from bot.errors import ModelError
from bot.operations.findings import Finding, Level

if TYPE_CHECKING:
    from bot.models.model_endpoint import ModelEndpoint

CHECK = "Language model"
WITHOUT = "Until it answers, summaries are made without it."


@asynccontextmanager
async def trying(endpoint: ModelEndpoint | None) -> AsyncIterator[None]:
    """Meanwhile, ask the language model once and say what came of it. Nothing waits for that."""
    if endpoint is None:
        yield
        return
    task = asyncio.create_task(_announce(endpoint), name="operations")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def check_language_model(endpoint: ModelEndpoint) -> Finding:
    """Ask the language model once, for doctor."""
    # They bring aiohttp, which doctor --live does without.
    from bot.services.language_model.client import LanguageModelClient
    from bot.services.language_model.trial import try_model

    try:
        fits, sentence = await try_model(LanguageModelClient(endpoint))
    except ModelError as error:
        return Finding(CHECK, Level.LOOK, str(error), WITHOUT)
    return Finding(CHECK, Level.OK if fits else Level.LOOK, sentence)


async def _announce(endpoint: ModelEndpoint) -> None:
    finding = await check_language_model(endpoint)
    announce(" ".join(filter(None, (finding.sentence, finding.what_to_do))), err=finding.level is not Level.OK)
