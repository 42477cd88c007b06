"""Time zones by their IANA names, checked as typed."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from bot.errors import UserError

AREAS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
HOME = "Europe/London"
DID_YOU_MEAN = "That isn’t a time zone the bot knows. Did you mean {zones}?"
NOT_KNOWN = "That isn’t a time zone the bot knows. Type its area and city, like {home}."
BRITISH = frozenset({"bst", "gmt", "uk", "gb", "britain", "united kingdom", "england", "scotland", "wales"})


def check_time_zone(name: str) -> str:
    """Return the IANA name that was typed, in its own spelling.

    A city alone will do. Raises UserError with suggestions.
    """
    typed = _plain(name)
    exact = [zone for zone in _zones() if _plain(zone) == typed]
    by_city = [zone for zone in _zones() if _city(zone) == typed]
    if exact or len(by_city) == 1:
        return (exact or by_city)[0]
    close = by_city or _close(typed)
    if not close:
        raise UserError(NOT_KNOWN.format(home=HOME))
    raise UserError(DID_YOU_MEAN.format(zones=" or ".join(close)))


def _close(typed: str) -> list[str]:
    if typed in BRITISH:
        return [HOME]
    known = {_plain(zone): zone for zone in _zones()} | {_city(zone): zone for zone in _zones()}
    return list(dict.fromkeys(known[name] for name in get_close_matches(typed, known, n=3, cutoff=0.7)))


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("_", " ").split())


def _city(zone: str) -> str:
    return _plain(zone.rsplit("/", 1)[-1])


@cache
def _zones() -> tuple[str, ...]:
    """Return the names of places, with UTC: fixed offsets and historic aliases would not follow summer time."""
    return tuple(sorted(zone for zone in available_timezones() if zone.split("/")[0] in AREAS or zone == "UTC"))
