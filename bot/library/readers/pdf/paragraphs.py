"""Make headings, paragraphs and list items of the groups of a PDF's lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby

from bot.library.blocks import Block
from bot.library.readers.pdf.bands import Element
from bot.library.readers.pdf.groups import group_elements
from bot.library.readers.pdf.headings import HEADING_WORDS, Headings
from bot.library.readers.pdf.hyphens import Hyphens
from bot.library.readers.pdf.lines import BROKEN_HYPHEN, Line
from bot.library.readers.pdf.looks import Group, Style, key_of, numbering_depth, rank_of
from bot.library.readers.pdf.margins import LARGER
from bot.library.readers.pdf.outline import Outline
from bot.library.readers.pdf.tables import Table
from bot.library.readers.text import set_bullet
from bot.library.sentences import CAPTION, CREDIT
from bot.text.clean import clean_line

_SOURCES = ("source:", "sources:", "note:", "notes:", "base:")
_LABEL = re.compile(
    r"(?:article|chapter|part|section|annexe?|appendix|title|schedule|strategy|goal|theme|pillar)\s+"
    r"(?:\d{1,3}|[IVXLC]{1,6}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)[.:]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?:\s?\([a-z]\))?")
_CAPTION_LABEL = re.compile(r"(?:figure|table|chart|map|graph)\s+(?:\d{1,3}|[IVXL]{1,6})[.:]?", re.IGNORECASE)
"""What is over the title of a table or a figure."""
_CAPTION_WORDS = 60
_CAPTION_START = re.compile(r"(?:Figure|Table|Chart|Map|Box|Graph|Exhibit)\s+(?:[A-Z]\.?)?[\dIVX]")
_TEXT_WORDS = 12
_LABEL_WORDS = 5
_FEWEST_LABELS = 3
_FEWEST_KICKERS = 3
_FIGURE_WORDS = 80
_LARGEST_TITLE = 1.25
_LEVEL_OF_FIGURES = 3
_FEWEST_LARGE_LABELS = 5
_SPEAKER_WORDS = 9
_PICTURE_SIZE = 0.6
"""Letters that are smaller than this, beside those of the text, belong to a picture."""


def blocks_of_elements(elements: Sequence[Element], style: Style, hyphens: Hyphens, outline: Outline) -> list[Block]:
    """Return the blocks of a report's lines and tables, which are in reading order."""
    groups = _with_labels(group_elements(elements, style, outline), style, outline)
    headings = Headings([group for group in groups if isinstance(group, Group)], style, outline)
    blocks: list[Block] = []
    numbers = count(10_000_000)
    for group, aside in _with_asides(groups, style, numbers, headings):
        if isinstance(group, Table):
            blocks += [
                Block("item", set_bullet(clean_line(text)), 0, first, last, aside)
                for text, first, last in group.sentences(hyphens)
            ]
        elif not headings.repeats(group):
            # What the outline names is a heading of the report, also where it is set in a frame.
            block = _block(group, headings.level(group), hyphens)
            blocks.append(replace(block, aside=0 if headings.is_of_report(group) else aside))
    return _with_speakers(block for block in blocks if _is_read(block.text))


def _is_read(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _with_labels(groups: Iterable[Group | Table], style: Style, outline: Outline) -> list[Group | Table]:
    """Return the groups, a label such as "Article 65" put with the heading that is right below it."""
    joined: list[Group | Table] = []
    groups = list(groups)
    kickers = Counter(group.text for group in groups if isinstance(group, Group) and len(group.lines) == 1)
    for group in groups:
        last = joined[-1] if joined else None
        if isinstance(last, Group) and isinstance(group, Group) and _is_labelled(last, group, style, kickers):
            label, first = last.lines[0], group.lines[0]
            if outline.entry(label) is None:
                label = replace(label, size=first.size, bold=group.is_bold, face=first.face, italic=first.italic)
            joined[-1] = Group([label, *group.lines])
        else:
            joined.append(group)
    return joined


def _is_labelled(above: Group, group: Group, style: Style, kickers: Counter[str]) -> bool:
    """Say whether a group is what a label right above it names; ``kickers`` counts the lines that may be one."""
    label, first = above.lines[0], group.lines[0]
    is_number = _NUMBER.fullmatch(above.text) and min(label.size, first.size) >= LARGER * style.size
    is_kicker = kickers[above.text] >= _FEWEST_KICKERS and len(above.text.split()) <= _LABEL_WORDS
    is_kicker = is_kicker and above.text[-1].isalpha() and not above.is_item and not numbering_depth(group.text)
    is_kicker = is_kicker and style.size <= label.size <= first.size < 1.3 * label.size
    is_kicker = is_kicker and label.bottom - first.bottom < 2 * first.size and abs(label.left - first.left) < first.size
    is_kicker = is_kicker and rank_of(key_of(above)) > rank_of(key_of(group))
    is_of_part = bool(_LABEL.fullmatch(above.text) or is_number or is_kicker)
    if not (is_of_part or _CAPTION_LABEL.fullmatch(above.text)):
        return False
    is_near = first.page == label.page and 0 < label.bottom - first.bottom < 3 * first.size
    is_set_out = group.is_bold or first.size >= LARGER * style.size or group.text.isupper()
    most = HEADING_WORDS if is_of_part else _CAPTION_WORDS
    return is_near and is_set_out and len(group.text.split()) <= most


def _with_speakers(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks, a line that says whose words a quotation is put with the quotation."""
    joined: list[Block] = []
    for block in blocks:
        if joined and _is_speaker(joined[-1], block):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}\n{block.text}", page_to=block.page_to)
        else:
            joined.append(block)
    return joined


def _is_speaker(last: Block, block: Block) -> bool:
    are_text = last.kind == block.kind == "paragraph" and last.aside == block.aside
    is_short = len(block.text.split()) <= _SPEAKER_WORDS and block.text[-1] not in '.:;?!,”"'
    return are_text and is_short and last.text[:1] in "“\"‘'" and last.text[-1] in "”\"’'"


def _with_asides(
    groups: Sequence[Group | Table], style: Style, numbers: Iterator[int], headings: Headings
) -> Iterator[tuple[Group | Table, int]]:
    """Return each group with the number of what it belongs to: a caption with its table, labels with others."""
    asides = [group.aside for group in groups]
    for index, group in enumerate(groups):
        if isinstance(group, Table) and not asides[index]:
            asides[index] = next(numbers)
            if index and _is_caption(groups[index - 1]):
                asides[index - 1] = asides[index]
    _part_sourced(groups, asides, style, numbers, headings)
    _part_labels(groups, asides, style, numbers, headings)
    _part_figures(groups, asides, style, numbers, headings)
    for index, group in enumerate(groups):
        if asides[index] or isinstance(group, Table):
            continue
        if _is_caption(group) or group.lines[0].size < _PICTURE_SIZE * style.size:
            asides[index] = next(numbers)
        elif group.text.casefold().startswith(_SOURCES) and group.lines[0].size < style.size:
            asides[index] = asides[index - 1] if index and asides[index - 1] else next(numbers)
    yield from zip(groups, asides, strict=True)


def _part_sourced(
    groups: Sequence[Group | Table], asides: list[int], style: Style, numbers: Iterator[int], headings: Headings
) -> None:
    """Part what is between the title of a figure or a table and the line that tells its source: no text is there."""
    for start, title in enumerate(groups):
        if not isinstance(title, Group) or not _CAPTION_START.match(title.text):
            continue
        if title.text.startswith("Box"):
            continue  # its text is to be read, and its heading names it
        end = start + 1
        while end < len(groups) and not _is_source(groups[end], style):
            if not _is_in_figure(groups[end], title, style, headings):
                break
            end += 1
        if end < len(groups) and _is_source(groups[end], style):
            number = asides[start] or next(numbers)
            for at in range(start, end + 1):
                group = groups[at]
                if isinstance(group, Group):
                    headings.drop(group)
                    asides[at] = number


def _is_source(group: Group | Table, style: Style) -> bool:
    return isinstance(group, Group) and group.text.casefold().startswith(_SOURCES) and group.lines[0].size < style.size


def _is_in_figure(group: Group | Table, title: Group, style: Style, headings: Headings) -> bool:
    if isinstance(group, Table):
        return True
    is_near = group.lines[0].page == title.lines[0].page and not _CAPTION_START.match(group.text)
    is_heading = headings.level(group) > 0 and not headings.is_guess(group)
    is_text = (group.lines[0].size, group.lines[0].face) == (style.size, style.face) and group.has_words(_TEXT_WORDS)
    return is_near and not is_heading and not is_text


def _part_labels(
    groups: Sequence[Group | Table], asides: list[int], style: Style, numbers: Iterator[int], headings: Headings
) -> None:
    """Part the words of charts from the text: several short groups in a row, with the chart's title above them."""

    def is_label(at: int) -> bool:
        group = groups[at]
        return isinstance(group, Group) and not asides[at] and not headings.level(group) and _is_label(group)

    for are_labels, places in groupby(range(len(groups)), key=is_label):
        run = list(places)
        labels = [group for group in groups[run[0] : run[-1] + 1] if isinstance(group, Group)]
        is_small = sum(group.lines[0].size < 0.93 * style.size or _is_figure(group) for group in labels) * 2 > len(run)
        if are_labels and len(run) >= (_FEWEST_LABELS if is_small else _FEWEST_LARGE_LABELS):
            above = groups[run[0] - 1] if run[0] and not asides[run[0] - 1] else None
            is_title = isinstance(above, Group) and above.lines[0].size <= _LARGEST_TITLE * style.size
            if isinstance(above, Group) and is_small and is_title and headings.is_guess(above):
                # What is right above the words of a chart is its title.
                headings.drop(above)
                run.insert(0, run[0] - 1)
            asides[run[0] : run[-1] + 1] = [next(numbers)] * len(run)


def _part_figures(
    groups: Sequence[Group | Table], asides: list[int], style: Style, numbers: Iterator[int], headings: Headings
) -> None:
    """Part a figure's title, and the few words below it in a face of their own, from the text that goes on after it."""
    end = 0
    for start, title in enumerate(groups[:-1]):
        if start < end or asides[start] or not isinstance(title, Group) or not headings.is_guess(title):
            continue
        first, level = groups[start + 1], headings.level(title)
        is_small = title.lines[0].size <= 1.02 * style.size and level >= _LEVEL_OF_FIGURES
        if not is_small or title.lines[0].face == style.face or not _is_in_other_face(first, style, headings):
            continue
        end = start + 1
        while end < len(groups) and not asides[end] and _is_of_figure(groups[end], title, style, headings):
            end += 1
        figure = [group for group in groups[start:end] if isinstance(group, Group)]
        words = sum(len(group.text.split()) for group in figure)
        after = groups[end] if end < len(groups) else None
        if isinstance(after, Group) and not headings.level(after) and words <= _FIGURE_WORDS:
            asides[start:end] = [next(numbers)] * len(figure)


def _is_in_other_face(group: Group | Table, style: Style, headings: Headings) -> bool:
    """Say whether a group is text no larger than the running text, and in another face."""
    if not isinstance(group, Group) or headings.level(group) or group.is_item:
        return False
    return group.lines[0].face != style.face and group.lines[0].size <= 1.02 * style.size


def _is_of_figure(group: Group | Table, title: Group, style: Style, headings: Headings) -> bool:
    """Say whether what follows a figure's title may belong to it: no text, and no heading above that title's level."""
    if not isinstance(group, Group) or group.lines[0].page != title.lines[0].page:
        return False
    level = headings.level(group)
    if level:
        return level >= headings.level(title)
    return group.lines[0].face != style.face


def _is_caption(group: Group | Table) -> bool:
    """Say whether a group names a table or a picture, or tells who made it."""
    if not isinstance(group, Group) or len(group.text.split()) >= _CAPTION_WORDS:
        return False
    return bool(CAPTION.match(group.text) or CREDIT.search(group.text))


def _is_label(group: Group) -> bool:
    """Say whether a group is like the words in a chart: few, and no sentence."""
    text = group.text
    return len(text.split()) <= _LABEL_WORDS and not text.endswith((".", ":", ";", ",", "”")) and not group.is_item


def _is_figure(group: Group) -> bool:
    return not any(char.isalpha() for char in group.text)


def _block(group: Group, level: int, hyphens: Hyphens) -> Block:
    first, last = group.lines[0].page, group.lines[-1].page
    text = _joined(group.lines, hyphens)
    if level:
        return Block("heading", set_bullet(text).removeprefix("- "), level, first, last)
    if group.is_item:
        return Block("item", set_bullet(text), 0, first, last)
    return Block("paragraph", text, 0, first, last)


def _joined(lines: Sequence[Line], hyphens: Hyphens) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = hyphens.join(text, line.text)
    return clean_line(text.replace(BROKEN_HYPHEN, "-"))
