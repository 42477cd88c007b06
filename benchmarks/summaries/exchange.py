"""A language model for the harness: an endpoint, a recorded exchange, or both; what went to and fro is kept to replay.

An exchange is a file of JSON lines: for each request a key of all that it says, its purpose and size, the answer as it
came, and the seconds that it took. It holds no words of any thread but those that a model repeats in its answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import ModelError
from bot.models.language_model import LanguageModel, ModelRequest
from bot.summaries.language_model.requests import write_data

SECONDS = 600
MOST_BYTES = 20_000_000
SEED = 7


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1. It is for measuring alone."""

    url: str
    model: str = ""
    key: str = field(default="", repr=False)

    async def ask(self, request: ModelRequest) -> str:
        """Return the answer as it came. Raises ModelError if there is none."""
        return await asyncio.to_thread(self._ask, request)

    def _ask(self, request: ModelRequest) -> str:
        schema = {"name": request.purpose.value, "strict": True, "schema": request.schema}
        body = {
            "messages": [
                {"role": "system", "content": request.instructions},
                {"role": "user", "content": request.data},
            ],
            "temperature": 0,
            "seed": SEED,
            "max_tokens": request.most_tokens,
            "response_format": {"type": "json_schema", "json_schema": schema},
            **({"model": self.model} if self.model else {}),
        }
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        address = f"{self.url.rstrip('/')}/chat/completions"
        asked = urllib.request.Request(address, json.dumps(body).encode(), headers)  # noqa: S310 - named by who measures
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS) as response:  # noqa: S310
                data: Any = json.loads(response.read(MOST_BYTES))
            content = data["choices"][0]["message"]["content"]
        except (urllib.error.URLError, TimeoutError, OSError, ValueError, LookupError, TypeError) as error:
            raise ModelError(f"The endpoint gave no answer ({type(error).__name__}).") from None
        return content if isinstance(content, str) else ""


@dataclass(slots=True)
class Exchange:
    """A language model that answers from a recording, and else asks an endpoint; it counts calls, words and time."""

    endpoint: LanguageModel | None = None
    recorded: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: int = 0
    failed: int = 0
    words: int = 0
    seconds: float = 0.0

    async def ask(self, request: ModelRequest) -> str:
        """Answer a request. Raises ModelError where a recording lacks it, or where it had no answer then either."""
        key = make_key(request)
        self.calls, self.words = self.calls + 1, self.words + len(request.data.split())
        if key not in self.recorded:
            self.recorded[key] = await self._ask(request)
        entry = self.recorded[key]
        self.seconds += entry["seconds"]
        if entry["answer"] is None:
            self.failed += 1
            raise ModelError("The endpoint gave no answer.")
        return str(entry["answer"])

    async def _ask(self, request: ModelRequest) -> dict[str, Any]:
        if self.endpoint is None:
            raise ModelError("The recording has no answer to this request: it was made of other threads or questions.")
        began = time.perf_counter()
        try:
            answer: str | None = await self.endpoint.ask(request)
        except ModelError:
            answer = None
        took = round(time.perf_counter() - began, 3)
        return {"purpose": request.purpose.value, "words": len(request.data.split()), "answer": answer, "seconds": took}

    def write(self, path: Path) -> None:
        """Write what went to and fro, so that it can be replayed."""
        lines = (json.dumps({"key": key, **entry}) for key, entry in self.recorded.items())
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_exchange(path: Path) -> dict[str, dict[str, Any]]:
    """Read a recorded exchange: each entry by the key of its request."""
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {entry.pop("key"): entry for entry in entries}


def make_key(request: ModelRequest) -> str:
    """Return what tells a request from every other: a digest of all that it says."""
    said = write_data([request.purpose.value, request.instructions, request.data, request.schema, request.most_tokens])
    return hashlib.blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()
