"""The nouns of the loop as frozen dataclasses, one module for each step; they know no Discord and no SQL."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class LabelledEnum(StrEnum):
    """Values as they are stored, each beside the words that people read for it, so that no table can forget one."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Take a value and its label, as in ``DONE = "done", "Done"``. Raises ValueError for a member without one."""
        if not label:  # a default, since looking a member up by its value is written like a call with one argument
            raise ValueError(f"{cls.__name__} {value} needs a label")
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
