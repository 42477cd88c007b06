"""Read what a page tells search engines about itself: who published it, and when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_SCRIPT = re.compile(r"<script\b(?=[^<>]*?\bapplication/ld\+json\b)[^<>]*+>([^<]{1,100000})</script>", re.IGNORECASE)
_KINDS = re.compile(r"\w*(?:Article|Report|WebPage|Publication|Guide|Document|CreativeWork|Posting)")
"""The kinds of thing that are a page or a text, in the words of https://schema.org."""


def read_linked_data(page: str) -> Mapping[str, str]:
    """Return the publisher's name and "datePublished" of the first text that a page describes as its own."""
    for script in _SCRIPT.finditer(page):
        try:
            described = list(_things(json.loads(script[1])))
        except (ValueError, RecursionError):
            continue
        for thing in described:
            if _KINDS.fullmatch(_words(thing.get("@type"))):
                publisher = thing.get("publisher")
                name = publisher.get("name") if isinstance(publisher, dict) else publisher
                said = {"publisher": _words(name), "datePublished": _words(thing.get("datePublished"))}
                if any(said.values()):
                    return said
    return {}


def _things(data: Any) -> Iterator[dict[str, Any]]:
    for each in data if isinstance(data, list) else [data]:
        if isinstance(each, dict):
            yield each
            if isinstance(each.get("@graph"), list):
                yield from _things(each["@graph"])


def _words(value: object) -> str:
    return value.strip() if isinstance(value, str) and not value.startswith("http") else ""
