"""Values as JSON text and back by a type, for what comes from a process that nobody trusts: nothing in it is run."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

JsonValue = Any
MANY: Mapping[Any, type] = {
    tuple: tuple,
    Sequence: tuple,
    list: list,
    set: set,
    frozenset: frozenset,
}


def to_json(value: object) -> str:
    """Return a value of dataclasses, enums, collections and plain values as one line of ASCII JSON.

    Raises ValueError for anything else.
    """
    return json.dumps(_plain(value), separators=(",", ":"))


def from_json(text: str, wanted: Any) -> Any:
    """Return the value of a type that the text holds. Raises ValueError, without its words, if it holds none.

    ``wanted`` is a type as in an annotation. ``Any`` takes JSON as it is.
    """
    try:
        return _read(json.loads(text), wanted)
    except (KeyError, TypeError, ValueError, RecursionError, binascii.Error):
        raise ValueError("the text holds no value of that type") from None


def _plain(value: object) -> JsonValue:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):  # as pairs, since a key may be no text
        return [[_plain(key), _plain(each)] for key, each in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    raise ValueError(f"{type(value).__name__} is no plain value")


def _read(data: JsonValue, wanted: Any) -> Any:
    origin, inner = get_origin(wanted), get_args(wanted)
    if wanted is Any:
        return data
    if origin in (Union, UnionType):
        return _read_first(data, inner)
    if origin is Literal:
        return _check(data, data in inner)
    if origin in MANY or wanted in MANY:
        return _read_many(_check(data, isinstance(data, list)), origin or wanted, inner)
    if origin is not None and issubclass(origin, Mapping):
        return {_read(key, inner[0]): _read(value, inner[1]) for key, value in data}
    if isinstance(wanted, type) and is_dataclass(wanted):
        types = _field_types(wanted)
        _check(data, isinstance(data, dict) and data.keys() == types.keys())
        return wanted(**{name: _read(data[name], each) for name, each in types.items()})
    return _read_one(data, wanted)


def _read_one(data: JsonValue, wanted: Any) -> Any:
    if wanted in (None, NoneType):
        return _check(data, data is None)
    if wanted is float:
        return float(_check(data, type(data) in (int, float)))
    if wanted in (bool, int, str):
        return _check(data, type(data) is wanted)
    if issubclass(wanted, Enum):
        return wanted(data)
    if wanted is bytes:
        return base64.b64decode(_check(data, isinstance(data, str)), validate=True)
    if wanted in (date, datetime):
        return wanted.fromisoformat(data)
    raise TypeError


def _read_many(data: list[JsonValue], origin: Any, inner: tuple[Any, ...]) -> Any:
    if origin is tuple and inner and inner[-1] is not Ellipsis:
        return tuple(_read(each, wanted) for each, wanted in zip(data, inner, strict=True))
    return MANY[origin](_read(each, inner[0] if inner else Any) for each in data)


def _read_first(data: JsonValue, wanted: tuple[Any, ...]) -> Any:
    for each in wanted:
        try:
            return _read(data, each)
        except (KeyError, TypeError, ValueError):
            continue
    raise ValueError


@cache
def _field_types(wanted: type) -> Mapping[str, Any]:
    hints = get_type_hints(wanted)
    return {field.name: hints[field.name] for field in fields(wanted)}


def _check(data: JsonValue, is_right: bool) -> JsonValue:
    if not is_right:
        raise TypeError
    return data
