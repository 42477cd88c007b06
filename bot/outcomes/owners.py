"""Who may be named as the owner of an outcome: a role such as "Director of Nursing", and never a person."""

from __future__ import annotations

import re

from bot.errors import UserError

LONGEST_OWNER = 80
PERSON = "Name a role as the owner, such as Director of Nursing, and no person or account."

# A mention, an @name, an account's number, an old name with its number, and names as accounts have them.
_ACCOUNT = re.compile(r"<[@#]|@|\d{15,}|\w#\d{4}\b|\b[a-z0-9]{2,}(?:[_.][a-z0-9_.]+)+\b|\b[a-z]+\d+\b")
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame)\b\.?\s+\w", re.IGNORECASE)


def checked_owner(typed: str) -> str:
    """The role as one line. Raises UserError for a mention, for an account's name, and for a titled person."""
    owner = " ".join(typed.split())
    if _ACCOUNT.search(owner) or _TITLED.search(owner):
        raise UserError(PERSON)
    if len(owner) > LONGEST_OWNER:
        raise UserError(f"The owner is too long. Use at most {LONGEST_OWNER} characters.")
    return owner
