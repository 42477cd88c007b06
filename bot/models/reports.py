"""Reports to facilitators: kept until they are posted, and remembered afterwards so that each is posted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class ReportKind(StrEnum):
    """What the telling begins. PLAIN: nothing. The others: the days after which replies are erased."""

    PLAIN = "plain"
    GONE = "gone"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a report. Its custom_id says what to do, so that it works after any restart."""

    label: str
    custom_id: str


@dataclass(frozen=True, slots=True)
class NewReport:
    """Something to tell facilitators. ``key`` names it within the server: a report with the same key is posted once.

    ``text`` may have days that are known only when it is posted (bot.prompts.retention.format_erasure_day).
    ``prompt_ids`` are the prompts whose replies are not erased until it is posted; () for a report of the kind PLAIN.
    """

    guild_id: int
    key: str
    text: str = field(repr=False)
    buttons: Sequence[Button] = ()
    kind: ReportKind = ReportKind.PLAIN
    prompt_ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report that waits.

    ``nonce`` lets Discord refuse a second message. ``after_id`` is the last message that the channel had before the
    first try, and None before that: whatever the try brought about has a greater id.
    """

    id: int
    guild_id: int
    nonce: str
    text: str = field(repr=False)
    buttons: tuple[Button, ...] = ()
    after_id: int | None = None
