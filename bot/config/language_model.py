"""Checks the settings of the language model: its address, its key, and whether words may leave for its host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.config.values import read_number
from bot.errors import SettingError
from bot.models.model_endpoint import ModelEndpoint

NEED_URL = ("WARD_LLM_MODEL", "WARD_LLM_KEY", "WARD_LLM_HOST_APPROVED", "WARD_LLM_RUN_BY")
_URL = re.compile(r"(?i)https?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?(/[\w.~%/-]*)?(\?[\w.~%=&-]*)?", re.ASCII)


def read_endpoint(values: Mapping[str, str]) -> ModelEndpoint | None:
    """Return where the language model answers; None where no address is set. Raises SettingError."""
    url = values["WARD_LLM_URL"]
    given = [name for name in NEED_URL if values[name]]
    if not url:
        if given:
            raise SettingError(f"{given[0]} is set, but WARD_LLM_URL isn’t. Set it too, or leave out {given[0]}.")
        return None
    if not _URL.fullmatch(url) or not _is_address(url):
        raise SettingError(
            "WARD_LLM_URL isn’t the address of a language model. Write it like http://127.0.0.1:8080/v1, and leave "
            "names and keys out of it."
        )
    if not values["WARD_LLM_MODEL"]:
        raise SettingError("WARD_LLM_MODEL isn’t set. Set it to the model’s name at WARD_LLM_URL.")
    key, approved = values["WARD_LLM_KEY"], values["WARD_LLM_HOST_APPROVED"].casefold()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingError("WARD_LLM_KEY can’t be a key: it has spaces, or signs that no key has. Copy it again.")
    endpoint = ModelEndpoint(
        url,
        values["WARD_LLM_MODEL"],
        key,
        approved_host=approved,
        run_by=values["WARD_LLM_RUN_BY"],
        words_a_day=read_number("WARD_LLM_WORDS_A_DAY", values, range(1_000, 100_000_001)),
        seconds=read_number("WARD_LLM_SECONDS", values, range(5, 3601)),
        calls_at_once=read_number("WARD_LLM_CALLS", values, range(1, 17)),
    )
    if approved and not endpoint.is_outside:
        raise SettingError(
            f"WARD_LLM_HOST_APPROVED isn’t the host in WARD_LLM_URL. If words may go there, set it to {endpoint.host}, "
            "without https:// and without a port. If not, leave it out."
        )
    return endpoint


def _is_address(url: str) -> bool:
    """Tell whether an address has a host and, if any, a port that there can be."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
