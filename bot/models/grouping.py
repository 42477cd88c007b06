"""How a language model sorted the statements of a thread, after code proved it: places in messages, and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slice:
    """Words of one message, from one character to another, by the id that the caller gives the message."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DraftPoint:
    """Statements that may say one thing; the one that says it best comes first, and heads them."""

    members: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class ThemeName:
    """A name that a program gave to several points.

    ``sources`` holds, for each word of the name that people used, the messages with that word. When none of them is
    left, no message holds the name's words, and it goes.
    """

    name: str
    sources: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftTheme:
    """Points on one matter. ``name`` is None where none could be proved; ``others`` are statements in no point."""

    name: ThemeName | None
    points: tuple[DraftPoint, ...]
    others: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorting:
    """How far a language model helped: its calls, those without a usable answer, and what its answers named.

    ``kept`` counts what code let stand, ``refused`` what it did not. ``run_by`` is who runs the model, as the prompt's
    card named them.
    """

    calls: int
    unanswered: int = 0
    kept: int = 0
    refused: int = 0
    run_by: str = ""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A proved sorting. It holds no words but the names of themes: everything else is places in messages.

    ``read`` are the statements that a usable answer was about; the others are left to the engine. ``opposed`` are pairs
    of statements that may contradict each other, ``asides`` jokes and greetings.
    """

    sorting: Sorting
    themes: tuple[DraftTheme, ...] = ()
    opposed: tuple[tuple[Slice, Slice], ...] = ()
    questions: tuple[Slice, ...] = ()
    asides: tuple[Slice, ...] = ()
    read: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class SortedReplies:
    """Which replies to a prompt were sorted: when each of the thread was last edited, "" for never, by its id.

    ``private`` are the ids of private replies; nobody edits those. The same ones need not be sent again.
    """

    thread: Mapping[str, str]
    private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekPlaces:
    """What people wrote on a theme in the thread of one prompt."""

    prompt: int
    places: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class ReturningTheme:
    """Themes of several prompts that may be one matter, in the order of the prompts. The name is proved by them all."""

    name: ThemeName
    weeks: tuple[WeekPlaces, ...]


@dataclass(frozen=True, slots=True)
class ReturningThemes:
    """Which themes come back in the prompts of a series, as a language model matched them and code proved it.

    ``compared`` are the prompts whose themes could be matched. Everything else is places and names of themes.
    """

    sorting: Sorting
    themes: tuple[ReturningTheme, ...] = ()
    compared: tuple[int, ...] = ()
