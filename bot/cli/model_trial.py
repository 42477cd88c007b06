"""Tell an admin whether the language model answers, and how soon: at the start of the bot, and in doctor.

It gets one short question, without anything that people wrote.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.cli.logs import announce
from bot.errors import ModelError
from bot.models.language_model import LanguageModel, ModelRequest, Purpose
from bot.operations.findings import Finding, Level

if TYPE_CHECKING:
    from bot.models.model_endpoint import ModelEndpoint

CHECK = "Language model"
WITHOUT = "Until it answers, summaries are made without it."
ANSWERS = "The model answers in {seconds:.1f} s."
NO_JSON = (
    "The model answers in {seconds:.1f} s, but not with the JSON that it was asked for, so it may be of little use."
)
_SCHEMA = {
    "type": "object",
    "properties": {"well": {"type": "boolean"}},
    "required": ["well"],
    "additionalProperties": False,
}
_REQUEST = ModelRequest(
    Purpose.TRIAL, 'Answer with the JSON {"well": true}, and nothing else.', "Are you well?", _SCHEMA, 200
)


@asynccontextmanager
async def try_in_background(endpoint: ModelEndpoint | None) -> AsyncIterator[None]:
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
    # It brings aiohttp, which doctor --live does without.
    from bot.services.language_model.client import LanguageModelClient

    try:
        fits, sentence = await try_model(LanguageModelClient(endpoint))
    except ModelError as error:
        return Finding(CHECK, Level.LOOK, str(error), WITHOUT)
    return Finding(CHECK, Level.OK if fits else Level.LOOK, sentence)


async def try_model(model: LanguageModel) -> tuple[bool, str]:
    """Ask the model once. Returns whether its answer fits, and a sentence for an admin. Raises ModelError."""
    started = time.monotonic()
    text = await model.ask(_REQUEST)
    seconds = time.monotonic() - started
    try:
        fits = isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        fits = False
    return fits, (ANSWERS if fits else NO_JSON).format(seconds=seconds)


async def _announce(endpoint: ModelEndpoint) -> None:
    finding = await check_language_model(endpoint)
    announce(" ".join(filter(None, (finding.sentence, finding.what_to_do))), err=finding.level is not Level.OK)
