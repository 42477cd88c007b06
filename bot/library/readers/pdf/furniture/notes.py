"""Part footnotes from the running text of a PDF's pages, and take their raised signs out of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.library.readers.pdf.furniture.margins import LARGER, SMALLER
from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.words.lines import LOWER, RAISED, RAISED_COMMA, Line, join_lines, rows_of_lines

_START = re.compile(r"\[?(\d{1,3}|[*∗†‡§¶]{1,3})[\])]?\.?\s*(?=[^\W\d_]|[“\"‘'(\[])")
_BRACKETED = re.compile(r"\((\d{1,3})\)")
_FEWEST_LINES = 3
_THIN = 3.0
_SHORT = 0.5
"""The widest rule, in widths of the page, below which a line is a note whatever it begins with."""
_RAISED_RUN = re.compile(f"\\s?\\([{RAISED}]+\\)|(?:[{RAISED}]+[{RAISED_COMMA}⁻\\s]*)+(?<!\\s)")
_UNIT = re.compile(r"(?:\b|\d)(?:[kcmd]?m|ft|in|yd|sq|[A-Za-z])$")
_FIGURES = re.compile(r"[\d.,]*\d%?$")
_NAME = re.compile(r"[A-Z]{2}$")
_TYPED_RULE = re.compile(r"[_–—-]{3,}")


def part_notes(lines: Sequence[Line], body: float, frames: Sequence[Frame]) -> tuple[list[Line], list[Line]]:
    """Part a page's running text from the footnotes below its columns.

    Notes are set a little smaller, are below all text of their column, and begin with a sign: one that is raised,
    or below a rule, or after a space. A rule that is typed is no text: the paragraph above goes on past it.
    """
    lines = [line for line in lines if not _TYPED_RULE.fullmatch(line.text)]
    text = [line for line in lines if line.size >= SMALLER * body]
    # On a page all in small letters, such as that of a table, only a raised sign tells a note, here or in the text.
    is_small = sum(line.size < LARGER * body for line in text) < _FEWEST_LINES
    raised = {run[0].strip().translate(LOWER) for line in lines for run in _RAISED_RUN.finditer(line.text)}
    raised.update(line.text.split()[0] for line in lines if line.noted)
    gone: set[int] = set()
    notes: list[Line] = []
    low = [line for line in lines if line.size < SMALLER * body or line.noted]
    low = [line for line in low if not any(_is_below(other, line) for other in text)]
    for column in _columns(low):
        start = _start_of_notes(column, lines, () if is_small else frames, raised, is_small)
        if start is not None:
            gone.update(map(id, column[start:]))
            # A note's number may stand apart from it.
            notes += map(join_lines, rows_of_lines(column[start:]))
    return [line for line in lines if id(line) not in gone], notes


def _is_below(line: Line, other: Line) -> bool:
    """Say whether a line is below another, in the same column."""
    return line.bottom < other.bottom - 1 and line.left < other.right and other.left < line.right


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Return lines one above the other, from the top, column by column; the words beside a note's number are in its."""
    columns: list[list[Line]] = []
    sides: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: (-line.bottom, line.left)):
        for at, (left, right) in enumerate(sides):
            is_number = right - left < 4 * line.size and columns[at][-1].is_level_with(line)
            widest = 4 * line.size if is_number and any(map(str.isalpha, line.text)) else 0.0
            if line.left < right + widest and left < line.right:
                columns[at].append(line)
                sides[at] = min(left, line.left), max(right, line.right)
                break
        else:
            columns.append([line])
            sides.append((line.left, line.right))
    yield from (columns[at] for at in sorted(range(len(columns)), key=lambda at: sides[at][0]))


def _start_of_notes(
    column: Sequence[Line], lines: Sequence[Line], frames: Sequence[Frame], raised: Collection[str], is_small: bool
) -> int | None:
    """Return the index of a column's first note; ``raised`` are the raised figures of the page's text."""
    for index, line in enumerate(column):
        space = min((other.bottom for other in lines if _is_below(line, other)), default=line.page_height) - line.top
        widths = [frame.width for frame in frames if _is_rule_above(frame, line) and not _is_edge(frame, frames)]
        has_rule = any(width < _SHORT * line.page_width for width in widths)
        # A number may stand apart from its note, below a rule that may be as wide as the page.
        row = " ".join(each.text for each in column[index:] if each.is_level_with(line))
        is_apart = widths if row != line.text else (has_rule or space > 0.6 * line.size)
        is_signed = line.noted or (line.text in raised and _BRACKETED.fullmatch(line.text))
        if is_signed or (is_apart and not is_small and _START.match(row)):
            return index
        # So does a note that goes on from the page before, or that has lost its number.
        if index == 0 and (has_rule or (widths and raised and any(map(str.isalpha, row)))):
            return index
    return None


def _is_rule_above(frame: Frame, line: Line) -> bool:
    is_above = frame.is_rule and frame.width < line.page_width
    return is_above and 0 <= frame.bottom - line.bottom < 3 * line.size and abs(frame.left - line.left) < 3 * line.size


def _is_edge(rule: Frame, frames: Sequence[Frame]) -> bool:
    """Say whether a rule meets another, as the edges of a table's cells do."""
    thin = (frame for frame in frames if min(frame.width, frame.height) < _THIN)
    return any(
        abs(other.left - rule.left) + abs(other.right - rule.right) > 2 * _THIN
        and other.left - _THIN <= rule.right
        and rule.left <= other.right + _THIN
        and other.bottom - _THIN <= rule.top
        and rule.bottom <= other.top + _THIN
        for other in thin
    )


@dataclass(slots=True)
class Signs:
    """The numbers of a report's notes, by page: those of notes, and those of signs that can be nothing else."""

    notes: dict[int, set[int]] = field(default_factory=dict)
    signs: dict[int, set[int]] = field(default_factory=dict)

    def learn_notes(self, notes: Sequence[Line]) -> None:
        """Remember the numbers with which notes begin."""
        for line in notes:
            match = _START.match(line.text)
            if match and match[1].isdecimal():
                self.notes.setdefault(line.page, set()).add(int(match[1]))

    def learn_text(self, lines: Sequence[Line]) -> None:
        """Remember the raised numbers that are after words and stops."""
        for line in lines:
            for run in _RAISED_RUN.finditer(line.text):
                if _is_after_word(line.text[: run.start()]):
                    self.signs.setdefault(line.page, set()).update(_numbers(run[0]))

    def drop(self, line: Line) -> Line:
        """Return a line without the signs of notes. Powers, such as those of units, stay as raised figures."""
        if not any(char in RAISED for char in line.text):
            return line

        def without(run: re.Match[str]) -> str:
            # A sign may stand where the space between two words should be.
            return (" " * line.text[run.end() :][:1].isalpha()) if self._is_sign(run, line) else run[0]

        text = _RAISED_RUN.sub(without, line.text)
        text = text.replace(RAISED_COMMA, ",")
        return replace(line, text=re.sub(r"\s{2,}", " ", text).strip())

    def _is_sign(self, run: re.Match[str], line: Line) -> bool:
        before, number = line.text[: run.start()].rstrip(), _numbers(run[0])[0]
        notes, signs = (
            set().union(*(numbers.get(line.page + step, ()) for step in (-1, 0, 1)))
            for numbers in (self.notes, self.signs)
        )
        if run[0].endswith(")") or _is_after_word(before):
            # A name may end with a figure, as "IRIS²" does, of which there is no note.
            is_name = run[0] in "²³" and _NAME.search(before) is not None
            return not (is_name and self.notes) or _is_near(number, notes)
        figures = _FIGURES.search(before)
        if figures is None:
            return not _UNIT.search(before)
        return len(figures[0]) > 2 or _is_near(number, notes | signs)


def _is_near(number: int, others: Collection[int]) -> bool:
    return any(abs(number - other) <= 2 for other in others)


def _is_after_word(before: str) -> bool:
    before = before.rstrip()
    if not before or before[-1].isdigit() or before[-1] == "%":
        return False
    return not _UNIT.search(before)


def _numbers(raised: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,4}", raised.translate(LOWER))]
