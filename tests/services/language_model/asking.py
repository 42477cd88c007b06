"""A request to a language model, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.errors import ModelError
from bot.models.language_model import ModelRequest, Purpose
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import LanguageModelClient, TakeWords
from bot.store import Store
from tests.servers.fake_model import FakeModel

KEY = "made-up-key-91f2"
SECRET_WORDS = "Theatre lists start late on Mondays."
SCHEMA = {"type": "object", "properties": {"themes": {"type": "array"}}}
DAY = date(2026, 1, 5)
REQUEST = ModelRequest(Purpose.GROUPS, "Group these statements.", SECRET_WORDS, SCHEMA, 500)


def client_of(server: FakeModel, **changes: Any) -> LanguageModelClient:
    """A client that does not pause for long."""
    return LanguageModelClient(replace(ModelEndpoint(server.url, "small", KEY), **changes), first_wait_s=0.01)


def count_on_one_day(store: Store) -> TakeWords:
    """Count words as the bot does, but all on ``DAY``: midnight may come while they go out."""

    async def take(_: date, words: int, most: int) -> bool:
        return await store.model_use.take(DAY, words, most)

    return take


async def fault_of(client: LanguageModelClient) -> str:
    """Ask, and return why there was no answer."""
    with pytest.raises(ModelError) as caught:
        await client.ask(REQUEST)
    assert caught.value.__cause__ is None
    return str(caught.value)
