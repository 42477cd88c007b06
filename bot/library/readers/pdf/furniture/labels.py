"""Put a short label at the top of a box, such as "Recommendation", before the box's text: it names no section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.library.readers.pdf.furniture.margins import is_set_like_heading
from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.words.bullets import BULLETS
from bot.library.readers.pdf.words.lines import Line

_MOST_WORDS = 3
_FEWEST_PAGES = 3
_HIGHEST = 0.6
_NEAR = 2.5
_TOUCHING = 2.0
_FURTHER_IN = 2.0


@dataclass(frozen=True, slots=True)
class _Label:
    """A label, the first line of the box's text, and the number of the paragraph where one is beside the label."""

    line: Line
    text: Line
    number: Line | None


def join_labels(pages: Sequence[Sequence[Line]], frames: Sequence[Sequence[Frame]], body: float) -> list[list[Line]]:
    """Return the pages' lines, each label that comes on several pages in one line with the text below it."""
    found = [list(_labels(lines, on_page, body)) for lines, on_page in zip(pages, frames, strict=True)]
    uses = Counter(name for labels in found for name in {label.line.text.casefold() for label in labels})
    joined = []
    for lines, labels in zip(pages, found, strict=True):
        known = [label for label in labels if uses[label.line.text.casefold()] >= _FEWEST_PAGES]
        gone = {id(line) for label in known for line in (label.line, label.number)}
        texts = {id(label.text): _joined(label) for label in known}
        kept = (line for line in lines if id(line) not in gone)
        joined.append([each for line in kept for each in texts.get(id(line), (line,))])
    return joined


def _joined(label: _Label) -> tuple[Line, ...]:
    name = label.line.text.rstrip(" :")
    number = f"{label.number.text} " if label.number else ""
    lead, text = f"{number}{name[0].upper()}{name[1:]}:", label.text
    if text.text[0] in BULLETS:  # the label leads to a list
        set_alike = replace(text, text=lead, left=label.line.left, right=label.line.right, bottom=label.line.bottom)
        return set_alike, text
    # Lines that are no further in than a number would each begin a paragraph after a sentence.
    left = text.left - (_FURTHER_IN if label.number else 0)
    return (replace(text, text=f"{lead} {text.text}", left=left, starts_bold=label.line.bold),)


def _labels(lines: Sequence[Line], frames: Sequence[Frame], body: float) -> Iterator[_Label]:
    """Return the labels of a page's boxes: a few words set like a heading, alone above the only text of their box."""
    for frame in frames:
        if not (frame.is_box and 3 * body < frame.height):
            continue
        inside = sorted((line for line in lines if _holds(frame, line)), key=lambda line: (-line.bottom, line.left))
        if len(inside) < 2 or frame.height > _HIGHEST * inside[0].page_height:
            continue
        name, first, *_ = inside
        is_name = len(name.text.split()) <= _MOST_WORDS and not any(map(str.isdigit, name.text))
        is_name = is_name and name.text[-1] not in ".,;?!" and is_set_like_heading(name, body)
        is_alone = all(line.setting != name.setting for line in inside[1:])
        if is_name and is_alone and name.bottom - first.bottom <= _NEAR * name.size:
            yield _Label(name, first, _number_beside(name, lines))


def _holds(frame: Frame, line: Line) -> bool:
    return frame.holds(line.left, line.right, line.bottom) and line.top <= frame.top + _TOUCHING


def _number_beside(label: Line, lines: Sequence[Line]) -> Line | None:
    """Return the number of a paragraph that is to the left of its label, such as "31."."""
    for line in lines:
        is_level = abs(line.bottom - label.bottom) < 2 and line.right <= label.left
        if is_level and line.text.replace(".", "").isdecimal():
            return line
    return None
