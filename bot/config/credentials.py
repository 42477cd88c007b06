"""Reads the secrets among the settings, whether written out or in files of their own: the token and the keys."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.config.declared import SECRETS
from bot.config.values import read_file_path
from bot.errors import SettingError

KEY_BYTES = 32
LONGEST_SECRET = 65_536
"""More bytes than any file with a token or keys in it has."""


def read_secrets(environ: Mapping[str, str], without: Collection[str]) -> dict[str, str]:
    """Put the content of each file of a secret in the place of its setting, and return all settings.

    Raises SettingError where a file cannot be read, or the secret is given in both ways.
    """
    read = dict(environ)
    for name in SECRETS:
        path = environ.get(f"{name}_FILE", "").strip()
        if not path or name in without:
            continue
        if environ.get(name, "").strip():
            raise SettingError(f"{name}_FILE is set, and so is {name}. Keep one of the two.")
        read[name] = _read_secret(f"{name}_FILE", read_file_path(f"{name}_FILE", {f"{name}_FILE": path}))
    return read


def _read_secret(name: str, path: Path) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_SECRET).decode("utf-8-sig").strip()
    except (OSError, ValueError):
        raise SettingError(
            f"{name} doesn’t name a text file that can be read. Check its path and its rights."
        ) from None
    if not text:
        raise SettingError(f"{name} names an empty file. Write the secret into it.")
    return text


def check_token(token: str) -> str:
    """Return the token without spaces around it.

    Raises SettingError if it cannot be one; only Discord knows if it is.
    """
    trimmed = token.strip()
    if not trimmed or not trimmed.isascii() or not trimmed.isprintable() or set(trimmed) & set(" '\"#$"):
        raise SettingError("DISCORD_TOKEN isn’t a bot token. Copy it again from the Bot page of the developer portal.")
    return trimmed


def read_data_keys(text: str) -> tuple[bytes, ...]:
    """Return the data keys, of 32 bytes each, from base64 with commas or spaces between. The first one writes.

    Raises SettingError if one of them is no key, without quoting it.
    """
    keys = tuple(_decode_key(part) for part in re.split(r"[\s,]+", text) if part)
    for place, key in enumerate(keys, start=1):
        if key is None and len(keys) > 1:
            raise SettingError(
                f"WARD_DATA_KEY holds {len(keys)} keys, and number {place} isn’t {KEY_BYTES} bytes in base64. "
                "Copy it whole from where you keep it."
            )
    known = tuple(key for key in keys if key is not None)
    if not known:
        raise SettingError(
            f"WARD_DATA_KEY isn’t {KEY_BYTES} bytes in base64. Copy it whole from where you keep it; "
            "for a new bot, python -m bot init makes one."
        )
    return known


def _decode_key(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None
