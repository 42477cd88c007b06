"""Who may own an outcome: a role, usual or another one that an organiser says is a role, and never a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.errors import UserError
from bot.summaries.engine.names import Names

LONGEST_OWNER = 80
ROLES = (
    "Chief Executive",
    "Chief Nurse",
    "Chief Operating Officer",
    "Chief Pharmacist",
    "Company Secretary",
    "Director of Allied Health Professions",
    "Director of Communications",
    "Director of Corporate Governance",
    "Director of Digital",
    "Director of Estates and Facilities",
    "Director of Finance",
    "Director of Infection Prevention and Control",
    "Director of Midwifery",
    "Director of Nursing",
    "Director of People",
    "Director of Strategy",
    "Divisional Director",
    "Freedom to Speak Up Guardian",
    "Guardian of Safe Working Hours",
    "Head of Patient Experience",
    "Matron",
    "Medical Director",
    "Ward manager",
    "Ward sister",
)
"""Roles that are usual on and below the board of an NHS organisation; with "another role", as many as a list holds."""
ANOTHER = "another role"
PERSON = "Name a role as the owner, such as Director of Nursing, and no person or account."

# A mention, an @name, an account's number, an old name with its number, and names as accounts have them.
_ACCOUNT = re.compile(r"<[@#]|@|\d{15,}|\w#\d{4}\b|\b[a-z0-9]{2,}(?:[_.][a-z0-9_.]+)+\b|\b[a-z]+\d+\b")
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame)\b\.?\s+\w", re.IGNORECASE)
_FULL_NAME = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_]\.?)?(?: [^\W\d_][\w'’-]+){1,2}")
_OF_ROLES = frozenset(
    word.casefold()
    for text in (
        *ROLES,
        "Deputy Associate Assistant Clinical Senior Lead Manager Nurse Director Officer Head Team Service Board Group "
        "Committee Trust Health Care Quality Safety Services Unit Department Workforce Education Training Research "
        "Consultant Registrar Doctor Sister Charge Practice Development Risk Improvement Bank Rota Coordinator Partner",
    )
    for word in text.split()
)


def check_owner(typed: str) -> str:
    """Return the role as one line. Raises UserError for a mention, for an account's name, and for a titled person."""
    owner = " ".join(typed.split())
    if _ACCOUNT.search(owner) or _TITLED.search(owner):
        raise UserError(PERSON)
    if len(owner) > LONGEST_OWNER:
        raise UserError(f"The owner is too long. Use at most {LONGEST_OWNER} characters.")
    return owner


def is_usual(owner: str) -> bool:
    """Say whether an owner is one of the usual roles, in any case, so that nothing needs to be asked."""
    return " ".join(owner.split()).casefold() in {role.casefold() for role in ROLES}


def is_like_a_name(owner: str, known: Iterable[str] = ()) -> bool:
    """Say whether an owner reads like a person's name.

    So does what holds a title, a common first name or a word of one of the ``known`` display names, and so do two or
    three words with capitals none of which is usual in a role.
    """
    if Names((), known).holds_name(owner):
        return True
    words = owner.split()
    is_full_name = _FULL_NAME.fullmatch(" ".join(words)) and all(word[0].isupper() for word in words)
    return bool(is_full_name) and not any(word.casefold() in _OF_ROLES for word in words)
