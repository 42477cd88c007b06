"""Turn what the converter of Word files passes over or misreads into what it reads, and drop what nobody sees."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from bot.library.readers.docx.styles import Styles, W, is_on, value
from bot.library.readers.figures import write_formula

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LOOKED_THROUGH = tuple(f"{W}{name}" for name in ("fldSimple", "dir", "bdo", "ruby", "rubyBase", "hyperlink"))
"""Their text is seen, and the converter does not know them, or fails where a link leads nowhere."""
_CHECKBOX = "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"
_CONTENTS_FIELD = re.compile(r"\s*(?:TOC|INDEX)\b")


def make_plain(root: Any, styles: Styles) -> None:
    """Change a part of a Word file in place, so that the converter reads of it what a person sees."""
    _rename(root)
    _write_formulas(root)
    _drop_lists_of_contents(root)
    for sign in list(root.iter(f"{W}showingPlcHdr")):
        # Nobody filled the field in: it only says "Click here to enter text".
        field = next(sign.iterancestors(f"{W}sdt"), None)
        for run in list(field.iter(f"{W}r")) if field is not None else []:
            _drop(run)
    for run in list(root.iter(f"{W}r")):
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None and styles.is_hidden(run, paragraph):
            _drop(run)
    for paragraph in list(root.iter(f"{W}p")):
        _join_to_next(paragraph)
        _split_bold_line(paragraph, styles)


def properties_of(paragraph: Any) -> Any:
    """Return the element with a paragraph's properties, made if there is none."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def append_text(run: Any, words: str) -> None:
    """Put words at the end of a run."""
    text = run.makeelement(f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = words
    run.append(text)


def _rename(root: Any) -> None:
    for element in list(root.iter(*_LOOKED_THROUGH)):
        element.tag = f"{W}smartTag"
    for element in root.iter(f"{W}cr"):
        element.tag = f"{W}br"
    for element in root.iter(f"{W}ptab"):
        element.tag = f"{W}tab"
    for note in root.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        # A sign that somebody chose is text beside it; the converter leaves out only the others.
        if note.get(f"{W}customMarkFollows") not in (None, "0", "false"):
            note.getparent()[:] = [note]
    # The signs of boxes to tick are in the text too; with these, the converter would take them for a form's.
    for unread in list(root.iter(f"{W}rt", _CHECKBOX)):
        _drop(unread)
    for choice in list(root.iter(f"{MC}AlternateContent")):
        # The converter reads what is meant for old programs; new ones may write nothing for these.
        if choice.find(f"{MC}Fallback") is None:
            boxes = list(choice.iter(f"{W}txbxContent"))
            fallback = choice.makeelement(f"{MC}Fallback")
            fallback.extend(boxes)
            choice[:] = [fallback]


def _write_formulas(root: Any) -> None:
    for formula in list(root.iter(f"{_M}oMath")):
        words = write_formula(formula)
        formula.clear()
        formula.tag = f"{W}r"
        append_text(formula, words)
    for wrapper in list(root.iter(f"{_M}oMathPara")):
        wrapper.tag = f"{W}smartTag"


def _drop_lists_of_contents(root: Any) -> None:
    """Drop what a field lists: headings with their pages. Word marks it with styles, other programs only as a field."""
    for gallery in list(root.iter(f"{W}docPartGallery")):
        control = next(gallery.iterancestors(f"{W}sdt"), None)
        if control is not None and (value(gallery) or "").startswith("Table of Contents"):
            _drop(control)
    fields: list[tuple[int, list[str]]] = []  # of each open one: where it begins among the runs, and what it says
    runs: list[Any] = []
    for run in root.iter(f"{W}r"):
        runs.append(run)
        for part in run.iter(f"{W}fldChar", f"{W}instrText"):
            if part.tag == f"{W}instrText":
                if fields:
                    fields[-1][1].append(part.text or "")
            elif part.get(f"{W}fldCharType") == "begin":
                fields.append((len(runs) - 1, []))
            elif part.get(f"{W}fldCharType") == "end" and fields:
                start, said = fields.pop()
                if _CONTENTS_FIELD.match("".join(said)):
                    dropped, runs[start:] = runs[start:], []
                    _empty(dropped)


def _empty(runs: Sequence[Any]) -> None:
    for run in runs:
        run[:] = []


def _join_to_next(paragraph: Any) -> None:
    """Say of a paragraph whose end is not seen that its end was deleted: the converter joins it to the next.

    A large first letter is a paragraph of its own, too. One whose end only ends its style goes on in the same line,
    but is a heading beside its text.
    """
    properties = paragraph.find(f"{W}pPr")
    frame = properties.find(f"{W}framePr") if properties is not None else None
    mark = properties.find(f"{W}rPr") if properties is not None else None
    is_hidden = mark is not None and is_on(mark.find(f"{W}vanish")) and not is_on(mark.find(f"{W}specVanish"))
    if is_hidden or (frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")):
        if mark is None:
            mark = properties.makeelement(f"{W}rPr")
            properties.append(mark)
        mark.append(mark.makeelement(f"{W}del"))


def _split_bold_line(paragraph: Any, styles: Styles) -> None:
    """Make a paragraph of its own of a bold first line, where text that is not bold follows it in the same one."""
    found = next((br for br in paragraph.iter(f"{W}br") if br.get(f"{W}type") in (None, "textWrapping")), None)
    run = found.getparent() if found is not None else None
    if found is None or run is None or run.getparent() is not paragraph or styles.heading_level(paragraph) is not None:
        return
    at = paragraph.index(run)
    before = [each for each in (*paragraph[:at], run) if _has_words(each, until=found)]
    after = next((each for each in (run, *paragraph[at + 1 :]) if _has_words(each, since=found)), None)
    if after is None or not before or not all(each.tag == f"{W}r" for each in (*before, after)):
        return
    if not all(styles.is_bold(each, paragraph) for each in before) or styles.is_bold(after, paragraph):
        return
    rest, rest_of_run = paragraph.makeelement(f"{W}p"), run.makeelement(f"{W}r")
    rest.append(copy.deepcopy(properties_of(paragraph)))
    for numbers in rest.findall(f"{W}pPr/{W}numPr"):
        _drop(numbers)
    at, place = paragraph.index(run), run.index(found)
    if run.find(f"{W}rPr") is not None:
        rest_of_run.append(copy.deepcopy(run.find(f"{W}rPr")))
    rest_of_run.extend(run[place + 1 :])
    _drop(found)
    rest.append(rest_of_run)
    rest.extend(paragraph[at + 1 :])
    paragraph.addnext(rest)


def _has_words(element: Any, *, until: Any = None, since: Any = None) -> bool:
    """Say whether words are in an element; in the run of a line's end, before or after that."""
    begun = since is None or since.getparent() is not element
    for each in element.iter():
        if each is until:
            return False
        begun = begun or each is since
        if begun and each.tag == f"{W}t" and (each.text or "").strip():
            return True
    return False


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
