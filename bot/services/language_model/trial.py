"""One short question to the language model, which holds nobody's words: does it answer, and how soon?"""

from __future__ import annotations

import json
import time

from bot.models.language_model import LanguageModel, ModelRequest, Purpose

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
