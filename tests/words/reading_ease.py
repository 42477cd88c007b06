"""Measures how easily a text of the bot reads, with textstat: Flesch's reading ease and the Flesch-Kincaid grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import textstat

FEWEST_WORDS = 15
"""Of fewer words the formulas say nothing: one long word, such as a job's title, outweighs all others."""
SHORTEST_LINE = 4
"""Words that a line of a screen has at least to be read as a sentence; labels of buttons would flatter the measure."""
LEAST_EASE, MOST_GRADE = 70.0, 7.5
"""For a whole screen of staff. Flesch calls 60 to 70 plain English and 70 to 80 fairly easy. Kincaid's grades are years
of school in the United States; 7 is year 8 in England, at 12 to 13 years."""
LEAST_EASE_OF_PARAGRAPH, MOST_GRADE_OF_PARAGRAPH = 60.0, 9.0
"""For each paragraph of such a screen, so that a stiff one cannot hide among easy ones."""

_NOT_SAID = re.compile(
    r"```.*?```|`[^`]*`|<[#@&!t:][^>]*>|https?://\S+|“[^”]*”|/[a-z]+(?: [a-z]+)?|\{[^}]*\}", re.DOTALL
)
"""What stands for something else: code, mentions, dates, addresses, quoted words, commands, fields to fill in."""
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(?m)^\s*(?:-#|#{1,3}|-|>{1,3}|\d+\\?\.)\s+|[*_~\\|]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads: ``ease`` is higher and ``grade`` lower the easier it is; ``words`` counts them."""

    text: str
    ease: float
    grade: float
    words: int

    @property
    def is_plain(self) -> bool:
        """Whether a screen of staff reads as easily as it has to, or is too short to tell."""
        return self.words < FEWEST_WORDS or (self.ease >= LEAST_EASE and self.grade <= MOST_GRADE)

    @property
    def is_plain_paragraph(self) -> bool:
        """Whether a paragraph for staff does."""
        return self.ease >= LEAST_EASE_OF_PARAGRAPH and self.grade <= MOST_GRADE_OF_PARAGRAPH


def measure(text: str) -> Reading:
    """Measure a whole text of Discord's Markdown: each line is a sentence at least, and what is quoted is one word."""
    return _measure("\n".join(read_aloud(text)))


def measure_paragraphs(text: str) -> Iterator[Reading]:
    """Measure each line of a text that has enough words for the formulas."""
    return (_measure(line) for line in read_aloud(text) if len(line.split()) >= FEWEST_WORDS)


def unwrap(page: str) -> str:
    """Return a page of Markdown with each paragraph and each item in one line, without pictures and tags."""
    lines = [""]
    for line in re.sub(r"!\[[^\]]*\]\([^)]*\)|<[^>]+>", "", page).splitlines():
        goes_on = line.strip() and lines[-1] and not lines[-1].startswith("#")
        if goes_on and not re.match(r"\s*(?:[-#|>]|\d+\.)", line):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    return "\n".join(lines)


def read_aloud(text: str) -> Iterator[str]:
    """Yield the lines that are sentences, without marks and addresses, with "this" for whatever is quoted."""
    bare = _MARKS.sub("", _NOT_SAID.sub("this", _LINK.sub(r"\1", text))).replace("’", "'")
    for line in map(str.strip, bare.splitlines()):
        if len(re.findall(r"[a-zA-Z']+", line)) >= SHORTEST_LINE:
            yield line if line[-1] in ".!?" else f"{line}."


def _measure(said: str) -> Reading:
    ease, grade = textstat.flesch_reading_ease(said), textstat.flesch_kincaid_grade(said)
    return Reading(said, ease, grade, len(said.split()))
