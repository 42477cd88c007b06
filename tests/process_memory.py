"""Finds what the running bot keeps in memory: every field that can change, of every object that lasts as long as it."""

from __future__ import annotations

import ast
import asyncio
import inspect
import textwrap
import threading
import weakref
from collections import deque
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
OWN = ("bot", "cogs")
CHANGEABLE = (
    dict,
    list,
    set,
    bytearray,
    deque,
    asyncio.Condition,
    asyncio.Event,
    asyncio.Lock,
    asyncio.Queue,
    asyncio.Semaphore,
    threading.Event,
    weakref.WeakKeyDictionary,
    weakref.WeakSet,
    weakref.WeakValueDictionary,
)
MAKERS = {*(kind.__name__ for kind in CHANGEABLE), "defaultdict", "Counter", "OrderedDict"}


def find_fields(*roots: object) -> set[str]:
    """Return the fields that can change of all objects of this program's own that can be reached from some.

    Each is named by its module and the class that sets it. A field counts if what it holds can change, or if a method
    other than ``__init__`` sets it. What Discord's library keeps in the same objects doesn't.
    """
    found: set[str] = set()
    met: dict[int, object] = {}
    to_look_at = list(roots)
    while to_look_at:
        looked_at = to_look_at.pop()
        if id(looked_at) in met:
            continue
        met[id(looked_at)] = looked_at
        if _is_own(type(looked_at)):
            found |= set(_fields_of(looked_at))
        to_look_at += _parts_of(looked_at)
    return found


def find_names() -> set[str]:
    """Return the names of whole modules that hold something empty to be filled, or that a function sets."""
    found = set()
    for path in (path for package in OWN for path in (ROOT / package).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [name for node in tree.body for name in _filled_later(node)]
        names += [name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names]
        found |= {".".join((*path.relative_to(ROOT).with_suffix("").parts, name)) for name in names}
    return found


def _is_own(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in OWN


def _parts_of(whole: object) -> Iterator[object]:
    if isinstance(whole, dict):
        yield from whole.values()
    elif isinstance(whole, list | set | tuple | frozenset | deque):
        yield from whole
    elif isinstance(whole, partial):
        yield from (whole.func, *whole.args, *whole.keywords.values())
    elif inspect.ismethod(whole):
        yield whole.__self__
    elif _is_own(type(whole)):
        yield from _values(whole).values()


def _values(whole: object) -> dict[str, object]:
    slots = [slot for kind in type(whole).__mro__ for slot in getattr(kind, "__slots__", ()) if hasattr(whole, slot)]
    return {**getattr(whole, "__dict__", {}), **{slot: getattr(whole, slot) for slot in slots}}


def _fields_of(whole: object) -> Iterator[str]:
    values = _values(whole)
    for kind in filter(_is_own, type(whole).__mro__):
        first, later = _set_by(kind)
        for name in (first | later) & values.keys():
            if name in later or isinstance(values[name], CHANGEABLE):
                yield f"{kind.__module__}.{kind.__qualname__}.{name}"


@cache
def _set_by(kind: type) -> tuple[set[str], set[str]]:
    """Return the fields that a class sets at the start, and those that it sets later."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    first: set[str] = set(getattr(kind, "__dataclass_fields__", ()))
    later: set[str] = set()
    for method in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
            of = first if method.name in ("__init__", "__post_init__") else later
            of |= {
                target.attr
                for target in ast.walk(method)
                if isinstance(target, ast.Attribute)
                and isinstance(target.ctx, ast.Store)
                and isinstance(target.value, ast.Name)
                and target.value.id == "self"
            }
    return first, later


def _filled_later(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.AnnAssign(ast.Name(name), value=value) | ast.Assign([ast.Name(name)], value):
            match value:
                case ast.Dict([]) | ast.List([]) | ast.Set([]) | ast.Call(args=[]):
                    is_filled = not isinstance(value, ast.Call) or ast.unparse(value.func).rpartition(".")[2] in MAKERS
                case ast.Call(ast.Name("defaultdict" | "ContextVar")):
                    is_filled = True
                case _:
                    is_filled = False
            if is_filled:
                yield name
