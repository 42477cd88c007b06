"""The kinds of identifiers that are taken out of replies, with the mark that each leaves."""

from __future__ import annotations

from enum import StrEnum

_WORDS = {
    "nhs_number": "NHS number",
    "phone_number": "phone number",
    "email_address": "e-mail address",
    "postcode": "postcode",
    "ni_number": "National Insurance number",
    "date_of_birth": "date of birth",
    "name": "name",
    "own_word": "word",
}


class Identifier(StrEnum):
    """What can tell who somebody is; a link can by its path, so it keeps its host alone."""

    NHS_NUMBER = "nhs_number"
    PHONE_NUMBER = "phone_number"
    EMAIL_ADDRESS = "email_address"
    POSTCODE = "postcode"
    NI_NUMBER = "ni_number"
    DATE_OF_BIRTH = "date_of_birth"
    NAME = "name"
    OWN_WORD = "own_word"
    LINK = "link"

    @property
    def mark(self) -> str:
        """What stands in its place, such as "[postcode removed]"; nothing for a link."""
        return f"[{_WORDS[self.value]} removed]" if self.value in _WORDS else ""


Found = tuple[int, int, Identifier, str]
"""Where one starts and ends in a text, what it is, and for a link the host that stays."""
