"""The kinds of identifiers that are taken out of replies, with the mark that each leaves."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Identifier(StrEnum):
    """A detail that can show who somebody is, with its word in a mark, and the phrase that tells its author.

    The path of a link can hold a name, so only the host stays. Nothing marks this, and nobody is told.
    """

    word: str
    phrase: str

    NHS_NUMBER = "nhs_number", "NHS number", "an NHS number"
    PHONE_NUMBER = "phone_number", "phone number", "a phone number"
    EMAIL_ADDRESS = "email_address", "e-mail address", "an e-mail address"
    POSTCODE = "postcode", "postcode", "a postcode"
    NI_NUMBER = "ni_number", "National Insurance number", "a National Insurance number"
    DATE_OF_BIRTH = "date_of_birth", "date of birth", "a date of birth"
    REFERENCE = "reference", "reference number", "a number such as a hospital, staff or case number"
    MEETING_CODE = "meeting_code", "meeting code", "a meeting’s number or passcode"
    NUMBER_PLATE = "number_plate", "number plate", "a number plate"
    STREET_ADDRESS = "street_address", "address", "a street address"
    FILE_PATH = "file_path", "file path", "the path of a file"
    PERSON = "person", "person’s name", "what may be a patient’s name"
    NAME = "name", "name", "the name of a person in this server"
    OWN_WORD = "own_word", "word", "a word your facilitators don’t want stored"
    LINK = "link", "", ""

    def __new__(cls, value: str, word: str = "", phrase: str = "") -> Self:
        """Take a value with its word and its phrase."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.word, member.phrase = word, phrase
        return member

    @property
    def mark(self) -> str:
        """What is in its place, such as "[postcode removed]"; nothing for a link."""
        return f"[{self.word} removed]" if self.word else ""


Found = tuple[int, int, Identifier, str]
"""Where one starts and ends in a text, what it is, and for a link the host that stays."""
