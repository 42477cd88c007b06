"""Measures the choice of the passages worth discussing against a reader's own, on public reports that you fetch.

    python -m benchmarks.passages FOLDER

``passages.json`` beside it names the reports, and marks passages that a reader labelled without knowing what the
program chooses: as worth discussing, as not, and which of these were drawn at random if not all of a report were read.
What a later reader of files made the program choose was read later, mixed with as many others; chance leaves it out.
A mark is a hash of a passage's first eight words, so no wording is kept. An excerpt has the label of the first mark
that stands in it, since the cut into excerpts may change. A file belongs to the report most of whose marks it holds.

Printed are how many of the labelled passages that the program chose are worth discussing, with Wilson's interval of
95 % (E. B. Wilson, 1927), and the same by chance, for the longest twelve and for the twelve with most of "should" and
its like. The program was settled on the reports that are not held back. "Found" says how many of the marks are still in
the text: fewer of them mean that the program reads the file in another order now.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import UserError
from bot.library import read_document
from bot.library.contents import read_contents
from bot.library.lead_ins import drop_repeated
from bot.library.selection import FEWEST_WORDS, MOST_CHOSEN, MOST_WORDS, choose_passages
from bot.library.sentences import is_for_discussion
from bot.models.library import Excerpt

OPENING_WORDS = 8
MARK_CHARACTERS = 10
_ADVICE = re.compile(r"\b(?:should|must|ought|need to|recommend)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labels:
    """The marks of one report. ``drawn`` are those drawn at random; where there are none, every passage was read.

    ``later`` are those read because the program chose them since, and what was mixed with them.
    """

    worth: frozenset[str]
    rest: frozenset[str]
    drawn: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    held_back: bool = False


@dataclass(slots=True)
class Share:
    """How many of some passages are worth discussing."""

    worth: int = 0
    of: int = 0

    def add(self, other: Share) -> None:
        """Count the passages of another report too."""
        self.worth += other.worth
        self.of += other.of

    def __str__(self) -> str:
        if not self.of:
            return "–"
        low, high = wilson_interval(self.worth, self.of)
        return f"{self.worth} of {self.of} ({self.worth / max(1, self.of):.0%}, {low:.0%} to {high:.0%})"


@dataclass(slots=True)
class Row:
    """What was found in one report, or in several."""

    chosen: Share = field(default_factory=Share)
    by_chance: Share = field(default_factory=Share)
    longest: Share = field(default_factory=Share)
    advice: Share = field(default_factory=Share)
    unlabelled: int = 0

    def add(self, other: Row) -> None:
        """Count another report too."""
        for mine, theirs in zip(self._shares(), other._shares(), strict=True):
            mine.add(theirs)
        self.unlabelled += other.unlabelled

    def __str__(self) -> str:
        return f"{' | '.join(map(str, self._shares()))} | {self.unlabelled}"

    def _shares(self) -> tuple[Share, ...]:
        return self.chosen, self.by_chance, self.longest, self.advice


def read_labels() -> dict[str, Labels]:
    """Return the labels of each report, by its title."""
    data = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return {
        title: Labels(
            worth=frozenset(each["worth"]),
            rest=frozenset(each["rest"]),
            drawn=frozenset(each.get("drawn", ())),
            later=frozenset(each.get("later", ())),
            held_back=each.get("held_back", False),
        )
        for title, each in data.items()
    }


LABELS = read_labels()


def main() -> None:
    """Print a line for each report, and two for all: those it was settled on, and those held back."""
    if len(sys.argv) != 2:
        raise SystemExit(f"usage: python -m benchmarks.passages FOLDER, with the reports {', '.join(LABELS)}")
    print(
        "| report | chosen | by chance | longest | most advice | chosen, not labelled | chapters | found |\n|"
        + "---|" * 8
    )
    settled, held_back = Row(), Row()
    for title, excerpts in read_reports(Path(sys.argv[1])):
        row = measure(excerpts, LABELS[title])
        (held_back if LABELS[title].held_back else settled).add(row)
        chosen = frozenset(choose_passages(excerpts))
        chapters = sum(bool(chosen & {each.id for each in chapter.excerpts}) for chapter in read_contents(excerpts))
        known = LABELS[title].worth | LABELS[title].rest
        found = known & {mark for excerpt in excerpts for mark in marks(excerpt.passage.text)}
        print(f"| {title} | {row} | {chapters} | {len(found)} of {len(known)} |")
    print(f"| settled on | {settled} | | |\n| held back | {held_back} | | |")


def measure(excerpts: Sequence[Excerpt], labels: Labels) -> Row:
    """Say how much of a report's choice is worth discussing, and of simpler choices."""
    row = Row()
    labelled: list[tuple[Excerpt, bool]] = []
    chosen = frozenset(choose_passages(excerpts))
    for excerpt in filter(can_be_chosen, excerpts):
        mark = next((mark for mark in marks(excerpt.passage.text) if mark in labels.worth | labels.rest), None)
        is_worth = mark in labels.worth
        if mark is None:
            row.unlabelled += excerpt.id in chosen
            continue
        if excerpt.id in chosen:
            row.chosen.add(Share(is_worth, 1))
        if mark in labels.later:
            continue
        labelled.append((excerpt, is_worth))
        if not labels.drawn or mark in labels.drawn:
            row.by_chance.add(Share(is_worth, 1))
    if not labels.drawn:
        row.longest.add(best_twelve(labelled, lambda text: len(text.split())))
        row.advice.add(best_twelve(labelled, lambda text: len(_ADVICE.findall(text))))
    return row


def best_twelve(labelled: Sequence[tuple[Excerpt, bool]], score: Callable[[str], int]) -> Share:
    """Count those worth discussing among the twelve with the highest score."""
    best = sorted(labelled, key=lambda pair: -score(pair[0].passage.text))[:MOST_CHOSEN]
    return Share(sum(is_worth for _, is_worth in best), len(best))


def wilson_interval(count: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's interval of a share; from 0 to 1 where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, square = count / of, z * z / of
    middle, half = share + square / 2, z * math.sqrt(share * (1 - share) / of + square / (4 * of))
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def read_reports(folder: Path) -> Iterator[tuple[str, Sequence[Excerpt]]]:
    """Read the files of a folder that are reports with labels, each once, with its title there."""
    read: set[str] = set()
    for path in sorted(folder.iterdir()):
        try:
            passages = read_document(path.read_bytes(), path.name).passages
        except UserError:
            continue
        found = frozenset(mark for passage in passages for mark in marks(passage.text))
        for title, labels in LABELS.items():
            known = labels.worth | labels.rest
            if title not in read and len(known & found) > len(known) / 2:
                read.add(title)
                yield title, [Excerpt(number, 1, number, passage) for number, passage in enumerate(passages, 1)]


def marks(text: str) -> list[str]:
    """Return the marks of all runs of eight words in a text: of their letters and figures, without capitals.

    The words that a list's later part says again are left out, since they are another passage's.
    """
    own = drop_repeated(text).casefold().split()
    words = [letters for word in own if (letters := "".join(filter(str.isalnum, word)))]
    runs = (words[start : start + OPENING_WORDS] for start in range(max(1, len(words) - OPENING_WORDS + 1)))
    return [hashlib.sha256("".join(run).encode()).hexdigest()[:MARK_CHARACTERS] for run in runs]


def can_be_chosen(excerpt: Excerpt) -> bool:
    """Say whether an excerpt has the length and the sentence of one that is offered."""
    return FEWEST_WORDS <= len(excerpt.passage.text.split()) <= MOST_WORDS and is_for_discussion(excerpt.passage)


if __name__ == "__main__":
    main()
