"""Words that stand for numbers, shares and everybody."""

from __future__ import annotations

_NUMBER_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions dozen dozens half quarter third majority everyone everybody nobody percent
"""
NUMBER_WORDS = frozenset(_NUMBER_WORDS.split())
"""They count people or things, so a program may use those alone that people or a report used themselves."""
