"""Papers as PDF, tagged for screen readers (PDF/UA-1): the extra "pdf", whose library is loaded with the first one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from bot.render.font import Font

Block = dict[str, Any]
STANDARD: Literal["ua-1"] = "ua-1"
RENDER = Path(__file__).parents[1] / "render"


@cache
def can_write_pdf() -> bool:
    """Say whether what sets a PDF is installed. Looks, and loads nothing."""
    return find_spec("typst") is not None


def write_pdf(title: str, last_line: str, blocks: Iterable[Block], made_at: datetime) -> bytes:
    """Set blocks as a PDF in our own look, with its title, its language and its headings. For the worker.

    The same blocks at the same moment give the same file.
    """
    import typst

    paper = _keep_drawn({"title": title, "last": last_line, "blocks": list(blocks)}, Font(16, right_to_left=True))
    return typst.compile(
        str(RENDER / "templates" / "paper.typ"),
        root=str(RENDER),
        font_paths=[str(RENDER / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(paper)},
        pdf_standards=STANDARD,
        format="pdf",
        timestamp=made_at.replace(microsecond=0),
    )


def heading(text: str, level: int = 2) -> Block:
    """Make a heading."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(text: str, *, bold: bool = False, small: bool = False) -> Block:
    """Make a paragraph."""
    return {"kind": "text", "text": text, "bold": bold, "small": small}


def new_page() -> Block:
    """Start a page."""
    return {"kind": "page"}


def box(lines: Iterable[tuple[str, bool]]) -> Block:
    """Make a box of paragraphs, each with whether it is bold."""
    return {"kind": "box", "lines": _cell(lines)}


def bars(rows: Iterable[tuple[str, float, str]], alt: str, caption: str) -> Block:
    """Make a bar chart: each bar's name, its part of the longest, and its label; ``alt`` says it in words."""
    drawn = [{"name": name, "share": share, "label": label} for name, share, label in rows]
    return {"kind": "bars", "bars": drawn, "alt": alt, "caption": caption}


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str | Iterable[tuple[str, bool]]]],
    shares: Sequence[float],
    *,
    small: bool = False,
) -> Block:
    """Make a table. A cell is a text, or paragraphs, each with whether it is bold; one head goes over all columns."""
    cells = [[_cell([(each, False)] if isinstance(each, str) else each) for each in row] for row in rows]
    return {"kind": "table", "heads": list(heads), "rows": cells, "shares": list(shares), "small": small}


def _keep_drawn(value: Any, font: Font) -> Any:
    """Return the same with "…" for signs that the font lacks: the standard takes no empty boxes."""
    if isinstance(value, str):
        return font.keep_drawn(value)
    if isinstance(value, list):
        return [_keep_drawn(each, font) for each in value]
    return {name: _keep_drawn(each, font) for name, each in value.items()} if isinstance(value, dict) else value


def _cell(lines: Iterable[tuple[str, bool]]) -> list[Block]:
    return [{"text": text, "bold": bold} for text, bold in lines]
