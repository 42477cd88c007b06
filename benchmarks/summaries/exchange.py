"""A language model for the harness: an endpoint, a recorded exchange, or both; what went to and fro is kept to replay.

An exchange is a file of JSON lines: for each request a key of all that it says, its purpose and size, the answer as it
came, and the seconds that it took. It holds no words of any thread but those that a model repeats in its answer.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.config.language_model import read_endpoint
from bot.errors import ModelError, SettingError
from bot.models.language_model import LanguageModel, ModelRequest
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import LanguageModelClient
from bot.services.summaries.sorting import AT_ONCE
from bot.summaries.language_model.requests import write_data

SECONDS = 600
"""The longest that one call can take."""


def connect(url: str, model: str = "", key: str = "") -> LanguageModelClient:
    """Return the bot's own client for an endpoint. Whoever measures names the host, so it counts as approved.

    It has no bound on words a day: the threads that are measured are no server's. Raises SettingError for an address
    that WARD_LLM_URL would not take.
    """
    endpoint = read_endpoint(
        {
            "WARD_LLM_URL": url,
            "WARD_LLM_MODEL": model or "default",
            "WARD_LLM_KEY": key,
            "WARD_LLM_HOST_APPROVED": ModelEndpoint(url, model).host,
            "WARD_LLM_RUN_BY": "",
            "WARD_LLM_WORDS_A_DAY": "100000000",
            "WARD_LLM_SECONDS": str(SECONDS),
            "WARD_LLM_CALLS": str(AT_ONCE),
        }
    )
    if endpoint is None:
        raise SettingError("Name the address of an endpoint, such as http://127.0.0.1:8080/v1.")
    return LanguageModelClient(endpoint)


@dataclass(slots=True)
class Exchange:
    """A language model that answers from a recording, and else asks an endpoint; it counts calls, words and time.

    ``words`` are those of the data, which people wrote; ``instructions`` are the fixed ones that go with them.
    ``faults`` says how often there was no answer, and why.
    """

    endpoint: LanguageModel | None = None
    recorded: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: int = 0
    words: int = 0
    instructions: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        """How many calls had no answer."""
        return self.faults.total()

    async def ask(self, request: ModelRequest) -> str:
        """Answer a request. Raises ModelError where a recording lacks it, or where it had no answer then either."""
        key = make_key(request)
        self.calls, self.words = self.calls + 1, self.words + len(request.data.split())
        self.instructions += len(request.instructions.split())
        if key not in self.recorded:
            self.recorded[key] = await self._ask(request)
        entry = self.recorded[key]
        self.seconds += entry["seconds"]
        if entry["answer"] is None:
            fault = str(entry.get("fault", "The endpoint gave no answer."))
            self.faults[fault] += 1
            raise ModelError(fault)
        return str(entry["answer"])

    async def _ask(self, request: ModelRequest) -> dict[str, Any]:
        if self.endpoint is None:
            raise ModelError("The recording has no answer to this request: it was made of other threads or questions.")
        began = time.perf_counter()
        answer: dict[str, str | None]
        try:
            answer = {"answer": await self.endpoint.ask(request)}
        except ModelError as error:
            answer = {"answer": None, "fault": str(error)}
        took = round(time.perf_counter() - began, 3)
        return {"purpose": request.purpose.value, "words": len(request.data.split()), **answer, "seconds": took}

    def describe(self, took: float) -> str:
        """Write down all calls so far, and how long the program took beside them, of ``took`` seconds in all."""
        program = took - self.seconds if took > self.seconds else took  # a recording takes none of the model's time
        lines = [
            f"In all: {self.calls} calls, {self.words} words of data and {self.instructions} of instructions sent, "
            f"{self.seconds:.1f} s of the model, {program:.1f} s of the program."
        ]
        return "\n".join([*lines, *(f"No answer to {count}: {fault}" for fault, count in self.faults.most_common())])

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
