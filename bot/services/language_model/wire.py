"""What goes over the wire: a chat completion of the OpenAI kind, made simpler for servers that know less."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from bot.errors import ModelError
from bot.models.language_model import ModelRequest

SEED = 20260105
LONGEST_WORD = 10
"""Characters, on average."""
NO_COMPLETION = "The language model’s answer has no text. Check that WARD_LLM_URL is the address of a chat completion."
BY_SCHEMA = "{instructions}\n\nAnswer with JSON alone. It has to fit this JSON schema:\n{schema}"
_COMPLETIONS = "/chat/completions"


class Form(Enum):
    """How a server is asked to keep to the schema."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    WORDS = "in words"


_NEXT = {Form.SCHEMA: Form.OBJECT, Form.OBJECT: Form.WORDS}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server knows. It starts with everything, and each refusal takes one thing away."""

    form: Form = Form.SCHEMA
    most_tokens: str = "max_tokens"
    without: frozenset[str] = frozenset()

    def learn(self, refusal: bytes) -> Dialect | None:
        """Return what to try after a server refused a request, from what it wrote; None if nothing is left to try."""
        name = _read_parameter(refusal)
        if name == self.most_tokens == "max_tokens":
            return replace(self, most_tokens="max_completion_tokens")
        if name in ("seed", "temperature") and name not in self.without:
            return replace(self, without=self.without | {name})
        return replace(self, form=_NEXT[self.form]) if self.form in _NEXT else None


def _read_parameter(refusal: bytes) -> str:
    """Read which parameter a server refuses, as OpenAI's own errors name it; empty where it does not say.

    Nothing else of an error is read: some servers send the whole request back in it.
    """
    try:
        return str(json.loads(refusal)["error"]["param"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def completion_url(url: str) -> str:
    """Return the address of the completion below a base address; a query, such as a version, stays at its end."""
    base, mark, query = url.partition("?")
    base = base.rstrip("/")
    return f"{base if base.endswith(_COMPLETIONS) else base + _COMPLETIONS}{mark}{query}"


def build_body(request: ModelRequest, model: str, dialect: Dialect) -> dict[str, Any]:
    """Build the body of a request. The words go as a message of their own, apart from the instructions."""
    instructions = request.instructions
    if dialect.form is not Form.SCHEMA:
        schema = json.dumps(request.schema, ensure_ascii=False)
        instructions = BY_SCHEMA.format(instructions=instructions, schema=schema)
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": instructions},
            {"role": "user", "content": request.data},
        ],
        "temperature": 0,
        "seed": SEED,
        "stream": False,
        dialect.most_tokens: request.most_tokens,
    }
    if dialect.form is Form.SCHEMA:
        schema_of = {"name": f"ward_{request.purpose.value}", "strict": True, "schema": request.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema_of}
    elif dialect.form is Form.OBJECT:
        body["response_format"] = {"type": "json_object"}
    return {name: value for name, value in body.items() if name not in dialect.without}


def read_text(body: bytes) -> str:
    """Return the text of a completion. Raises ModelError where there is none, such as in a call of a tool."""
    try:
        answer = json.loads(body)
        text = answer["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise ModelError(NO_COMPLETION) from None
    if not isinstance(text, str) or not text.strip():
        raise ModelError(NO_COMPLETION)
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair could not be stored


def count_words(body: Mapping[str, Any]) -> int:
    """Count the words that a request sends.

    Ten characters count as a word at least: some languages write without spaces, and the bound holds there too.
    """
    texts = [message["content"] for message in body["messages"]]
    return sum(max(len(text.split()), len(text) // LONGEST_WORD) for text in texts)
