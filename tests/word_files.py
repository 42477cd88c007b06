"""A new Word file without python-docx's hundred styles of tables, which take most of a reader's time."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document

KEPT = ("TableNormal", "TableGrid")


def new_word_file() -> Document:
    """An empty Word file, with every style but most of those for tables. docx.Document() has them all."""
    return docx.Document(io.BytesIO(_template()))


@cache
def _template() -> bytes:
    file, out = docx.Document(), io.BytesIO()
    styles = file.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in KEPT:
            styles.remove(style)
    file.save(out)
    return out.getvalue()
