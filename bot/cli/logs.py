"""What the program logs: what happened and where, and never what anybody wrote."""

from __future__ import annotations

import asyncio
import logging
import traceback
from types import TracebackType
from typing import Any

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


def set_up_logs(level: str) -> None:
    """Log to standard error from ``level`` on, such as INFO; of libraries, nothing below INFO."""
    handler = logging.StreamHandler()
    handler.setFormatter(WordlessFormatter(LINE))
    # What a library says while it is searched for faults may hold all that it is given, so that is never shown.
    logging.basicConfig(level=max(logging.INFO, logging.getLevelName(level)), handlers=[handler])
    for name in OWN:
        logging.getLogger(name).setLevel(level)
    for name, lowest in CAPPED.items():
        logging.getLogger(name).setLevel(max(lowest, logging.getLevelName(level)))


def on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what nobody caught in the background; asyncio's own line would hold the error's text."""
    error = context.get("exception")
    where = "".join(traceback.format_tb(error.__traceback__)) if error is not None else ""
    log.error("an error in the background: %s\n%s", type(error).__name__ if error is not None else "unknown", where)
