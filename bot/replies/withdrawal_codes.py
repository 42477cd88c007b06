"""Withdrawal codes: shown once to the author of a private reply, who can erase it with one later."""

from __future__ import annotations

import hashlib
import re
import secrets

# Crockford's base 32: it leaves out I, L and O, which are taken for digits, and U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 4
GROUP_LENGTH = 4

_IGNORED = re.compile(r"[^0-9A-Z]")
_MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a random code of 80 bits, in groups of four with dashes between, such as "7Q2K-M0ZD-91TB-XW4C"."""
    letters = (secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP_LENGTH))
    return "-".join("".join(next(letters) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def hash_code(typed: str) -> str | None:
    """Return the SHA-256 of a code as it was typed, in 64 hex digits; None for what cannot be a code.

    Case, spaces, dashes and other signs do not count, and O is read as 0, I and L as 1. A hash without salt or
    stretching is enough: nobody can try 80 random bits.
    """
    letters = _IGNORED.sub("", typed.upper()).translate(_MISREAD)
    if len(letters) != GROUPS * GROUP_LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return hashlib.sha256(letters.encode()).hexdigest()
