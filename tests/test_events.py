"""The bot's own events: every one is declared, and the declaration is what the code does."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import discord

from bot.events import EVENTS
from tests.modules import modules

DECLARED = {event.name: event for event in EVENTS}
SENT_BY_DISCORD_PY = re.compile(r"dispatch\(\s*'(\w+)'")


def package_of(path: str) -> str:
    """The package of a module two levels deep, such as cogs.replies for cogs/replies/forms.py."""
    return ".".join(path.removesuffix(".py").split("/")[:2])


def dispatches(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of dispatch in a module, but for one that hands on what it was given."""
    named = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    for call in named:
        if ast.unparse(call.func).endswith(".dispatch") and ast.unparse(call.func) != "super().dispatch":
            yield call


def listeners(tree: ast.AST) -> Iterator[tuple[str, ast.AsyncFunctionDef]]:
    """The listeners in a module, by the events' names."""
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)):
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "listener":
                name = mark.args[0].value if mark.args and isinstance(mark.args[0], ast.Constant) else node.name
                yield str(name).removeprefix("on_"), node


OF_DISCORD_PY = {"ready"}
"""Events that the bot sends in discord.py's place."""


@cache
def sent() -> dict[str, list[tuple[str, ast.Call]]]:
    """Who sends which event: paths and calls, by the event's name."""
    calls = defaultdict(list)
    for path, tree in modules().items():
        for call in dispatches(tree):
            name = ast.literal_eval(call.args[0])
            if name not in OF_DISCORD_PY:
                calls[name].append((path, call))
    return dict(calls)


@cache
def heard() -> dict[str, list[tuple[str, ast.AsyncFunctionDef]]]:
    """Who hears which event: paths and methods, by the event's name."""
    methods = defaultdict(list)
    for path, tree in modules().items():
        for name, method in listeners(tree):
            methods[name].append((path, method))
    return dict(methods)


@cache
def of_discord_py() -> frozenset[str]:
    """The events that discord.py itself sends."""
    folder = Path(discord.__file__).parent
    return frozenset(name for path in folder.rglob("*.py") for name in SENT_BY_DISCORD_PY.findall(path.read_text()))


def parameters(method: ast.AsyncFunctionDef) -> tuple[str, ...]:
    """A listener's parameters as they are written; an underscore says that one is not used."""
    return tuple(
        f"{each.arg.lstrip('_')}: {ast.unparse(each.annotation)}" for each in method.args.args[1:] if each.annotation
    )


def test_every_event_is_declared_once_in_the_order_of_names() -> None:
    names = [event.name for event in EVENTS]

    assert names == sorted(set(names))
    assert set(sent()) == set(names)
    assert of_discord_py().isdisjoint(names)


def test_who_sends_an_event_is_declared() -> None:
    senders = {name: {package_of(path) for path, _ in calls} for name, calls in sent().items()}

    assert {event.name: set(event.senders) for event in EVENTS} == senders
    assert all(list(event.senders) == sorted(event.senders) for event in EVENTS)


def test_who_hears_an_event_is_declared_and_somebody_does() -> None:
    hearers = {name: {package_of(path) for path, _ in methods} for name, methods in heard().items() if name in DECLARED}

    assert {event.name: set(event.hearers) for event in EVENTS} == hearers
    assert all(list(event.hearers) == sorted(event.hearers) for event in EVENTS)


def test_nobody_listens_to_an_event_that_nobody_sends() -> None:
    assert {name for name in heard() if name not in DECLARED} <= of_discord_py()
    assert {"ready", "guild_available", "raw_message_delete", "app_command_completion"} <= of_discord_py()


def test_an_event_carries_what_is_declared() -> None:
    astray = [
        f"{path}:{call.lineno}"
        for name, calls in sent().items()
        for path, call in calls
        if call.keywords or len(call.args) - 1 != len(DECLARED[name].carries)
    ]

    assert astray == []


def test_listeners_take_what_is_declared() -> None:
    astray = [
        f"{path}:{method.lineno} takes {', '.join(parameters(method))}"
        for name, event in DECLARED.items()
        for path, method in heard()[name]
        if parameters(method) != event.carries
    ]

    assert astray == []
