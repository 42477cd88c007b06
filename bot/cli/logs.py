"""What the program logs: what happened and where, and never what anybody wrote."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import click

log = logging.getLogger(__name__)

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Their debug lines hold what people wrote, or every statement with its values, so those are never shown.
CAPPED = {"discord": logging.INFO, "aiosqlite": logging.INFO, "asyncio": logging.INFO, "alembic": logging.WARNING}

OWN = ("bot", "cogs")

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WordlessFormatter(logging.Formatter):
    """Shows an error by its kind and its place. Its own text may hold somebody's words, so that is left out."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's name
        """Return the frames of an error, and its kind."""
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind is not None else "")


class JsonFormatter(WordlessFormatter):
    """Writes one JSON object a line, for programs that gather logs; of an error its kind and its place, as above."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as JSON."""
        moment = datetime.fromtimestamp(record.created, UTC)
        fields: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            kind, _, trace = record.exc_info
            fields["error"] = kind.__name__ if kind is not None else ""
            fields["where"] = "".join(traceback.format_tb(trace))
        return json.dumps(fields, ensure_ascii=False)


FORMATTERS = {"text": WordlessFormatter(LINE), "json": JsonFormatter()}


def set_up_logs(level: str, form: str = "text") -> None:
    """Log to standard error from ``level`` on, such as INFO; of libraries, nothing below INFO.

    ``form`` is text or json. What the program says to the person who starts it is then in the log too (``announce``).
    """
    handler = logging.StreamHandler()
    handler.setFormatter(FORMATTERS[form])
    # What a library says while it is searched for faults may hold all that it is given, so that is never shown.
    logging.basicConfig(level=max(logging.INFO, logging.getLevelName(level)), handlers=[handler])
    for name in OWN:
        logging.getLogger(name).setLevel(level)
    for name, lowest in CAPPED.items():
        logging.getLogger(name).setLevel(max(lowest, logging.getLevelName(level)))


def announce(text: str, *, err: bool = False) -> None:
    """Say something to the person who started the program: plainly, or where the log is for programs, in the log."""
    handlers = logging.getLogger().handlers
    if any(isinstance(handler.formatter, JsonFormatter) for handler in handlers):
        log.log(logging.WARNING if err else logging.INFO, "%s", text)
    else:
        click.echo(text, err=err)


def on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what nobody caught in the background; asyncio's own line would hold the error's text."""
    error = context.get("exception")
    where = "".join(traceback.format_tb(error.__traceback__)) if error is not None else ""
    log.error("an error in the background: %s\n%s", type(error).__name__ if error is not None else "unknown", where)
