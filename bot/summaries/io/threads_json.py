"""Threads and answers as JSON: our own form, and files of DiscordChatExporter. Errors name places, no words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.errors import UserError
from bot.models.summaries import KeyPoint, Quote, Summary, SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries.io import chat_export
from bot.summaries.io.codec import summary_from_json, summary_to_json

__all__ = ["parse", "summary_from_json", "summary_to_data", "summary_to_json", "thread_from_data", "thread_from_json"]

CHOOSE_JSON = "This export isn’t JSON. Export the chat again with DiscordChatExporter, and choose JSON as its format."
_OTHER_EXPORT = re.compile(r"\s*(?:<|=====|\W?AuthorID\b|\[\d{1,4}[./-]\d)")
"""How the other forms of that program begin, and chats that were copied from elsewhere."""
MOST_BUDGET_WORDS = 10_000
MOST_POINTS = 100


def thread_from_json(text: str | bytes) -> tuple[Thread, SummaryOptions]:
    """Read one thread, in our own form or as DiscordChatExporter writes it. Raises UserError."""
    return thread_from_data(parse(text))


def parse(text: str | bytes) -> object:
    """JSON to Python values; UserError with line and column where it is not JSON."""
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        if _OTHER_EXPORT.match(decoded):
            raise UserError(CHOOSE_JSON)
        data: object = json.loads(decoded)
        return data
    except UnicodeDecodeError:
        raise UserError("The file isn’t UTF-8 text. Save it as UTF-8 JSON and try again.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UserError(f"This isn’t valid JSON: something is wrong at {place}.") from None
    except (RecursionError, ValueError):
        raise UserError(
            "This isn’t JSON that can be read: it is nested too deeply or holds a number too long."
        ) from None


def thread_from_data(data: object) -> tuple[Thread, SummaryOptions]:
    """Return the thread and the limits asked for. Raises UserError that says what is wrong and where."""
    if not isinstance(data, dict):
        raise UserError('A thread must be a JSON object with "id", "prompt" and "messages".')
    if chat_export.is_chat_export(data):
        return chat_export.thread(data), SummaryOptions()
    listed = data.get("messages")
    if not isinstance(listed, list):
        raise UserError('The thread needs "messages", a list of messages.')
    messages = tuple(_message(entry, number) for number, entry in enumerate(listed, 1))
    _refuse_repeats(messages)
    thread = Thread(
        _identifier(data, "id", "The thread"),
        _text(data.get("prompt", ""), "prompt", "The thread"),
        messages,
        tuple(dict.fromkeys(message.author for message in messages if not message.private)),
    )
    return thread, _options(data)


def summary_to_data(summary: Summary) -> dict[str, object]:
    """Return a summary as the answer to a program, ready for JSON.

    ``support`` and ``possible`` list message ids, as do the sides of a disagreement and ``agreements``. ``private``
    counts the private replies among those that support a point, or among those that were read, if there are any.
    ``views`` and ``tapped`` are there where people pressed "Same here" and so many that it may be shown. ``opposed``
    are pairs that a language model takes to contradict each other, ``theme`` is the name that it gave; neither is there
    where none was asked.
    """
    coverage, told = summary.coverage, summary.balance
    return {
        "id": summary.thread,
        "summary": summary.text,
        "points": [_point(point) for point in summary.points],
        "voices": [
            {"text": voice.statement, "message": voice.quotes[0].message, "kind": voice.kind.value}
            for voice in summary.voices
            if voice.quotes
        ],
        "disagreements": [
            {
                "text": disagreement.statement,
                "sides": [[*_ids(side.quotes), *side.counted] for side in disagreement.sides],
            }
            for disagreement in summary.disagreements
        ],
        "agreements": list(summary.agreements),
        "questions": [_quote(question) for question in summary.questions],
        "balance": None if told is None else {"people": told.people, "percent": told.percent},
        "coverage": {
            "read": coverage.read,
            "held": coverage.held,
            "people": coverage.people,
            **({"private": coverage.private} if coverage.private else {}),
            "left_out": dict(coverage.left_out),
            **({"excluded": dict(coverage.excluded)} if coverage.excluded else {}),
        },
        **({} if summary.tapped is None else {"tapped": summary.tapped}),
        "vectors": summary.vectors,
        **({"opposed": [_ids(pair) for pair in summary.opposed]} if summary.opposed else {}),
    }


def _point(point: KeyPoint) -> dict[str, object]:
    return {
        "text": point.statement,
        "kind": point.kind.value,
        "support": [*_ids(point.quotes), *point.counted],
        **({"private": point.private} if point.private else {}),
        "possible": _ids(point.group),
        "suggested": _ids(tuple(quote for quote in point.possible if quote not in point.group)),
        "endorsements": point.endorsements,
        **({} if point.views is None else {"views": asdict(point.views)}),
        "quotes": [_quote(quote) for quote in point.quotes],
        **({"theme": point.theme} if point.theme else {}),
    }


def _ids(quotes: tuple[Quote, ...]) -> list[str]:
    return [quote.message for quote in quotes]


def _quote(quote: Quote) -> dict[str, str]:
    return {"message": quote.message, "text": quote.text}


def _message(entry: object, number: int) -> Message:
    where = f"Message {number}"
    if not isinstance(entry, dict):
        raise UserError(f'{where} must be a JSON object with "id", "author" and "text".')
    reply_to = None if entry.get("reply_to") is None else _identifier(entry, "reply_to", where)
    if "text" not in entry:
        raise UserError(f'{where} has no "text".')
    name, private = _identifier(entry, "id", where), _flag(entry, "private", where, default=False)
    return Message(
        id=name,
        author=name if private else _identifier(entry, "author", where),
        text=_text(entry["text"], "text", where),
        reply_to=reply_to,
        endorsers=_endorsers(entry.get("endorsers"), where),
        private=private,
        quotable=not private or _flag(entry, "quotable", where, default=True),
    )


def _flag(entry: Mapping[str, Any], key: str, where: str, *, default: bool) -> bool:
    value = entry.get(key, default)
    if not isinstance(value, bool):
        raise UserError(f'{where} has a "{key}" that isn’t true or false.')
    return value


def _endorsers(listed: object, where: str) -> tuple[str, ...]:
    """Return the names as authors have them, each once, in the order given."""
    if listed is None:
        return ()
    if not isinstance(listed, list):
        raise UserError(f'{where} has "endorsers" that aren’t a list of names.')
    entries = ({"endorsers": name} for name in listed)
    return tuple(dict.fromkeys(_identifier(entry, "endorsers", where) for entry in entries))


def _refuse_repeats(messages: tuple[Message, ...]) -> None:
    seen: dict[str, int] = {}
    for number, message in enumerate(messages, 1):
        if message.id in seen:
            raise UserError(f"Messages {seen[message.id]} and {number} have the same id. Each message needs its own.")
        seen[message.id] = number


def _identifier(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise UserError(f'{where} needs "{key}", a text that isn’t empty or a whole number.')
    return _whole(value)


def _text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise UserError(f'{where} has a "{key}" that isn’t text.')
    return _whole(value)


def _whole(text: str) -> str:
    """Half a surrogate pair is legal in JSON but cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _options(data: Mapping[str, Any]) -> SummaryOptions:
    default = SummaryOptions()
    return SummaryOptions(
        budget_words=_limit(data, "budget_words", default.budget_words, MOST_BUDGET_WORDS),
        max_points=_limit(data, "max_points", default.max_points, MOST_POINTS),
    )


def _limit(data: Mapping[str, Any], key: str, default: int, most: int) -> int:
    value = data.get(key)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise UserError(f'The thread has a "{key}" that isn’t a whole number from 1 to {most}.')
    return value
