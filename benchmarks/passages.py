"""Measures the choice of the twelve passages against a reader's own, on three public reports that you fetch.

    python -m benchmarks.passages FOLDER

``passages.json`` beside it names the reports, and by their first six words the passages that a reader found worth
discussing, before the program had chosen. An excerpt is worth discussing where these words stand in it, at its start
or later, since the cut into excerpts may change. A file belongs to the report most of whose labels it holds. Printed
are how many of those chosen are among the reader's, the same for passages chosen by chance among those of 40 to 120
words that hold a sentence, and over how many chapters they are spread.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.errors import UserError
from bot.library import read_document
from bot.library.contents import read_contents
from bot.library.selection import FEWEST_WORDS, MOST_WORDS, choose_passages
from bot.library.sentences import is_for_discussion
from bot.models.library import Excerpt

LABELS: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
OPENING_WORDS = 6


def main() -> None:
    """Print a line for each report, and one for all."""
    if len(sys.argv) != 2:
        raise SystemExit(f"usage: python -m benchmarks.passages FOLDER, with the reports {', '.join(LABELS)}")
    print("| report | chosen | worth discussing | by chance | chapters |\n|---|---|---|---|---|")
    right = chosen = 0
    for title, excerpts in read_reports(Path(sys.argv[1])):
        worth = {excerpt.id for excerpt in excerpts if holds_label(excerpt.passage.text, LABELS[title])}
        picks = {pick.excerpt_id for pick in choose_passages(excerpts)}
        could_be = [excerpt.id for excerpt in excerpts if can_be_chosen(excerpt)]
        chance = len(worth.intersection(could_be)) / max(1, len(could_be))
        chapters = [chapter for chapter in read_contents(excerpts) if picks & {each.id for each in chapter.excerpts}]
        right, chosen = right + len(picks & worth), chosen + len(picks)
        print(f"| {title} | {len(picks)} | {len(picks & worth)} | {chance:.0%} | {len(chapters)} |")
    print(f"| all | {chosen} | {right} ({right / max(1, chosen):.0%}) | | |")


def read_reports(folder: Path) -> Iterator[tuple[str, Sequence[Excerpt]]]:
    """Read the files of a folder that are reports with labels, each with its title there."""
    for path in sorted(folder.iterdir()):
        try:
            passages = read_document(path.read_bytes(), path.name).passages
        except UserError:
            continue
        whole = letters_of(" ".join(passage.text for passage in passages))
        for title, labels in LABELS.items():
            if sum(letters_of(label) in whole for label in labels) > len(labels) / 2:
                yield title, [Excerpt(number, 1, number, passage) for number, passage in enumerate(passages, 1)]


def opening(text: str) -> str:
    """Return the first words of a passage, by which the labels name it."""
    return " ".join(text.split()[:OPENING_WORDS])


def holds_label(text: str, labels: Sequence[str]) -> bool:
    """Say whether a passage holds the first words of one that the reader marked."""
    letters = letters_of(text)
    return any(letters_of(label) in letters for label in labels)


def letters_of(text: str) -> str:
    """Return the letters and figures of a text, small: bullets and spaces may be read in another way."""
    return "".join(char for char in text.casefold() if char.isalnum())


def can_be_chosen(excerpt: Excerpt) -> bool:
    """Say whether an excerpt has the length and the sentence of one that is offered."""
    return FEWEST_WORDS <= len(excerpt.passage.text.split()) <= MOST_WORDS and is_for_discussion(excerpt)


if __name__ == "__main__":
    main()
