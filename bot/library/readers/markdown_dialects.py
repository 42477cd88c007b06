"""Write what dialects of Markdown add (Obsidian, MkDocs, MyST, Pandoc, Hugo) as CommonMark, or leave it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile, zip_longest

FENCE = re.compile(r"[ \t]*(```|~~~)")
_DIRECTIVE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*\{(?P<name>[a-z][\w:-]{0,30})\}[ \t]*(?P<title>.*)")
_CONTAINER = re.compile(
    r"[ \t]*:{3,}[ \t]*(?:\{(?P<name>[a-z][\w:-]{0,30})\}|[a-z]{1,30}\b|\{[.#][^{}]*\})?"
    r"[ \t]*(?P<title>[^{}]*)(?:\{[^{}]*\})?"
)
_ADMONITION = re.compile(
    r'(?:(?:!!!|\?\?\?)\+?[ \t]+\w[\w -]{0,60}|===[!+]?)[ \t]*"(?P<title>[^"]*)"[ \t]*'
    r"|(?:!!!|\?\?\?)\+?[ \t]+[a-z]\w*[ \t]*"
)
_COMMENT = "%%"
_GRID = re.compile(r"[ \t]*\+(?:[-=:]{3,}\+)+[ \t]*")
_RULER = re.compile(r" {0,3}-{2,}(?: +-{2,})+ *")
_FULL_RULE = re.compile(r" {0,3}-{10,} *")
MOST_HEAD_LINES = 10
"""So many lines are the head of a table at most."""
_IN_GRID = re.compile(r"[ \t]*[+|]")
_OPTION = re.compile(r"[ \t]*:[\w-]{1,30}:(?:[ \t].*)?")
_NO_PROSE = frozenset({"code", "code-block", "code-cell", "math", "mermaid", "python", "r", "toctree"})
_NAMES_A_FILE = frozenset({"figure", "image", "include", "literalinclude"})
_LEFT_OUT = (
    r"[ \t]*(?::{3,}|\[\[?_?toc_?\]\]?|\\(?:newpage|pagebreak|clearpage))[ \t]*",
    r"\([\w:. -]{1,60}\)=|\+\+\+",  # the targets and breaks of MyST
    r"\$[A-Z]{1,4}",  # the boxes of GOV.UK
    r"import .{1,200} from ['\"].{1,200}['\"];?",
)
_BETWEEN_PAGES = re.compile(
    r"(?:page )?\d{1,4} (?:of|/) \d{1,4}|page \d{1,4}|\{\d{1,4}\}-{3,}"
    r"|<!-- ?page.{0,60}-->|!\[\]\(_page_[^()\s]{1,60}\)",
    re.IGNORECASE,
)
"""What converters of PDF write where a page ends."""
_PAGE_END = "\ue002"
_PAGE_ENDS = re.compile(rf"(?<=[^\s.!?:;…{_PAGE_END}])\n+(?:{_PAGE_END}\n+)+(?=[a-z])")
_LEFT_OUT_LINE = re.compile("|".join(f"(?:{each})" for each in _LEFT_OUT), re.IGNORECASE)
_INLINE = (
    (re.compile(r"(?:(?<=[\w.,;:’”)]\s)---(?=\s)|(?<=\w)---(?=\w))"), "—"),  # as Pandoc writes dashes
    (re.compile(r"(?:(?<=[\w.,;:’”)]\s)--(?=\s)|(?<=\w)--(?=\w))"), "–"),
    (re.compile(r"(?<=[\w.,;:!?”’)])\^([^\s^\[\]]{1,10})\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<=[A-Za-z])~(\d{1,3})~(?!~)"), r"\1"),
    (re.compile(r"!\[\[[^\[\]\n]{1,200}\]\]"), ""),  # a picture or a page within another
    (re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]"), r"\1"),
    (re.compile(r"%%.{0,500}?%%|\{%.{0,300}?%\}|\{\{.{0,300}?\}\}"), ""),
    (re.compile(r"(?<![=\w])==(?=\S)([^=\n]{1,300})(?<=\S)==(?![=\w])"), r"\1"),
    (re.compile(r"(?<=\S)[ \t]\^[\w-]{1,40}[ \t]*$"), ""),  # by which others link to a paragraph
    (re.compile(r"\{[a-z][\w:-]{0,30}\}(?=`)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,200})\]\{[.#:][^{}\n]{0,100}\}"), r"\1"),
    (re.compile(r"\{(?::?[ \t]{0,3}[#.][^{}\n]{0,200}|:[^{}\n]{1,200})\}[ \t]*$"), ""),
    (re.compile(r"[ \t]?(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])"), ""),  # the name of an emoji
)
_FEWEST_LEADERS = 4
_LAST_NUMBER = re.compile(r"[ \t.]{4,12}\d{1,4}\s*$")


def plain_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines with what is in boxes, tabs and directives as text of its own, under its title."""
    made: list[str] = []
    prose: list[str] = []  # the fences that are open around text
    in_code = after_start = indented = in_comment = False
    for line in lines:
        if line.strip() == _COMMENT and not in_code:
            in_comment = not in_comment
            continue
        if in_comment:
            continue
        if prose and line.strip() == prose[-1]:
            prose.pop()
            made.append("")
            continue
        start = None if in_code else _start_of_box(line)
        if start is not None:
            prose += [start["fence"]] if "fence" in start.re.groupindex else []
            names_file = start.groupdict().get("name") in _NAMES_A_FILE
            made += ["", "" if names_file else (start["title"] or "").strip(), ""]
            after_start, indented = True, start.re is _ADMONITION or indented
            continue
        in_code ^= FENCE.match(line) is not None
        if after_start and _OPTION.fullmatch(line):
            continue
        after_start = after_start and not line.strip()
        indented = indented and (not line.strip() or line.startswith(("    ", "\t")))
        made.append(re.sub(r"^(?: {4}|\t)", "", line) if indented else line)
    return made


def write_grids(lines: Sequence[str]) -> list[str]:
    """Return the lines with tables that are drawn of signs as rows, outside of code; a cell may have several lines."""
    made: list[str] = []
    at = 0
    in_code = False
    lines = _write_columns(lines)
    while at < len(lines):
        in_code ^= FENCE.match(lines[at]) is not None
        drawn = [] if in_code or not _GRID.fullmatch(lines[at]) else list(takewhile(_IN_GRID.match, lines[at:]))
        rows = _rows_of_grid(drawn) if sum(_GRID.fullmatch(line) is not None for line in drawn) > 1 else []
        if rows:
            made += ["", rows[0], "|" + " --- |" * (rows[0].count(" | ") + 1), *rows[1:], ""]
        at += len(drawn) if rows else 1
        made += [] if rows else [lines[at - 1]]
    return made


def _write_columns(lines: Sequence[str]) -> list[str]:
    """Return the lines with tables whose columns are told by a line of dashes, as Pandoc writes them, as drawn ones."""
    made: list[str] = []
    at = 0
    in_code = False
    while at < len(lines):
        in_code ^= FENCE.match(lines[at]) is not None
        if in_code or _RULER.fullmatch(lines[at]) is None:
            made.append(lines[at])
            at += 1
            continue
        starts = [match.start() for match in re.finditer(r"-+", lines[at])]
        head: list[str] = []
        while made and made[-1].strip() and not _FULL_RULE.fullmatch(made[-1]) and len(head) < MOST_HEAD_LINES:
            head.insert(0, made.pop())
        is_long = bool(made) and _FULL_RULE.fullmatch(made[-1]) is not None
        end = next(
            (each for each in range(at + 1, len(lines)) if _ends_table(lines[each], is_long=is_long)), len(lines)
        )
        rows = _long_rows(lines[at + 1 : end]) if is_long else [[line] for line in lines[at + 1 : end]]
        if any(_is_cut(line, starts) for row in (head, *rows) for line in row):
            made += [*head, lines[at]]  # it only parts the text
            at += 1
            continue
        if is_long:
            made.pop()
        border = "+" + "---+" * len(starts)
        drawn = [_drawn_row(row, starts) for row in ([head] if head else []) + rows if row]
        made += ["", border, *(part for row in drawn for part in (*row, border)), ""]
        at = end + (end < len(lines) and lines[end].strip() != "")
    return made


def _is_cut(line: str, starts: Sequence[int]) -> bool:
    """Say whether a column would begin within a word of a line."""
    return any(line[start - 1 : start].strip() for start in starts[1:])


def _ends_table(line: str, *, is_long: bool) -> bool:
    return _FULL_RULE.fullmatch(line) is not None or (
        not is_long and (not line.strip() or bool(_RULER.fullmatch(line)))
    )


def _long_rows(lines: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            rows[-1].append(line)
        else:
            rows.append([])
    return rows


def _drawn_row(lines: Sequence[str], starts: Sequence[int]) -> list[str]:
    ends = [*starts[1:], None]
    return [
        f"| {' | '.join(line[start:end].strip() for start, end in zip(starts, ends, strict=True))} |" for line in lines
    ]


def _rows_of_grid(drawn: Sequence[str]) -> list[str]:
    rows: list[str] = []
    cells: list[list[str]] = []
    for line in drawn:
        if not _GRID.fullmatch(line):
            cells.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif cells:
            columns = zip_longest(*cells, fillvalue="")
            rows.append(f"| {' | '.join(' '.join(filter(None, parts)) for parts in columns)} |")
            cells = []
    return rows


def plain_line(line: str) -> str:
    """Return a line of text, outside of code, without what only one dialect shows."""
    if _LEFT_OUT_LINE.fullmatch(line.rstrip()):
        return ""
    if _BETWEEN_PAGES.fullmatch(line.rstrip()):
        return _PAGE_END
    for pattern, instead in _INLINE:
        line = pattern.sub(instead, line)
    # A line of a list of contents doesn’t continue the one before it.
    end = _LAST_NUMBER.search(line[-20:])
    return f"\n{line}\n" if end and end[0].count(".") >= _FEWEST_LEADERS else line


def join_pages(text: str) -> str:
    """Return the text with what was cut by the end of a page in one paragraph."""
    return _PAGE_ENDS.sub(" ", text).replace(_PAGE_END, "")


def _start_of_box(line: str) -> re.Match[str] | None:
    directive = _DIRECTIVE.fullmatch(line)
    if directive is not None:
        return None if directive["name"] in _NO_PROSE else directive
    return _CONTAINER.fullmatch(line) or _ADMONITION.fullmatch(line)
