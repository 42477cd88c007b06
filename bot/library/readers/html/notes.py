"""Put the notes of a page where a report has them: under "Notes", without the signs that lead there and back."""

from __future__ import annotations

import re
from typing import Any

from bot.library.readers.html.source import NOTE_SIGN, is_loose_sign
from bot.library.readers.html.view import HEADINGS, label
from bot.library.readers.markup import NOTES_HEADING

_NAMES = re.compile(r"fn|note|ftn|edn|cite|bib|ref(?![a-z])", re.IGNORECASE)
_INSIDE = ("ltx_note", "sidenote", "marginnote", "footnote-content")
"""Classes of notes that are written within the sentence that they belong to, and shown beside it."""
_MARKS = re.compile(r"(?:^|\s)(?:ltx_note_mark|ltx_tag_note|margin-toggle|sidenote-number)(?:$|\s)")
_BLOCKS = ("li", "p", "div", "dd", "aside", "section")
MOST_BRACKETS = 4
_WAYS_BACK = ("^", "↑", "↩", "↩︎", "⏎", "⤴")
_HEADED = re.compile(r"notes|references|bibliography|sources", re.IGNORECASE)


def tidy_notes(root: Any) -> None:
    """Drop from a page's tree the signs of notes, and put a heading over notes that have none."""
    _move_inside_notes(root)
    _head_note_lists(root)
    first = _drop_signs(root)
    if first is not None and not any(True for _ in first.iterancestors("ol")):
        _head_from(first)
    for sign in root.xpath("//sup[not(*)]"):
        before = sign.getprevious()
        text = (sign.getparent().text if before is None else before.tail) or ""
        if is_loose_sign(text, label(sign)):
            sign.drop_tree()


def _drop_signs(root: Any) -> Any | None:
    """Drop the links that lead to a note or back from it; return the first paragraph that one led back from."""
    places: dict[str | None, int] = {}
    for index, element in enumerate(root.iter()):
        for name in (element.get("id"), element.get("name")) if isinstance(element.tag, str) else ():
            places.setdefault(name, index)
    first = None
    for index, element in enumerate(list(root.iter())):
        href = (element.get("href") or "") if element.tag == "a" else ""
        if not href.startswith("#") or not _is_sign(element):
            continue
        if places.get(href[1:], index) >= index:
            _drop(element)
            continue
        block = next(element.iterancestors(*_BLOCKS), None)
        number = re.search(r"\d{1,3}", label(element))
        begins = block is not None and block.tag != "li" and _begins(block, element)
        first = block if first is None else first
        if number and begins:
            # What is left of the link's own text is the number of the note.
            for inner in list(element):
                inner.drop_tree()
            element.text, element.tail = f"{number[0]}.", f" {(element.tail or '').lstrip(' .]')}"
            element.drop_tag()
        else:
            _drop(element)
    return first


def _drop(sign: Any) -> None:
    """Drop a sign, with what is raised or bracketed around it."""
    around = sign.getparent()
    while around is not None and around.tag in ("sup", "span", "b") and _is_all(around, sign):
        sign, around = around, around.getparent()
    if sign.getparent() is not None:
        sign.drop_tree()


def _is_all(around: Any, sign: Any) -> bool:
    """Say whether there is nothing else than a sign, but for brackets around it."""
    pieces = [around.text, sign.tail]
    for each in around if len(around) <= MOST_BRACKETS else ():
        if each is not sign:
            pieces += [label(each), each.tail]
    return len(around) <= MOST_BRACKETS and not "".join(piece or "" for piece in pieces).strip("[]() ")


def _begins(block: Any, element: Any) -> bool:
    """Say whether a block of text begins with an element, and goes on behind it."""
    while element is not block:
        before, parent = element.getprevious(), element.getparent()
        if before is not None or (parent.text or "").strip():
            return False
        if (element.tail or "").strip() or element.getnext() is not None:
            return _begins_only(block, parent)
        element = parent
    return False


def _begins_only(block: Any, element: Any) -> bool:
    while element is not block:
        if element.getprevious() is not None or (element.getparent().text or "").strip():
            return False
        element = element.getparent()
    return True


def _is_sign(link: Any) -> bool:
    """Say whether a link is the sign of a note, rather than words or a number in the text."""
    words = label(link)
    if words in _WAYS_BACK:
        return True
    if not NOTE_SIGN.fullmatch(words):
        return False
    names = " ".join(link.get(name) or "" for name in ("role", "href", "id", "name", "class"))
    is_raised = link.getparent().tag == "sup" or link.find(".//sup") is not None
    return is_raised or _NAMES.search(names) is not None


def _move_inside_notes(root: Any) -> None:
    moved: list[Any] = []
    for name in _INSIDE:
        for note in root.xpath(f"//span[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"):
            if any(name in (each.get("class") or "").split() for each in note.iterancestors("span")):
                continue
            for mark in list(note.iter()):
                if _MARKS.search(mark.get("class") or "") and mark.getparent() is not None:
                    mark.drop_tree()
            item = note.makeelement("li")
            item.text = note.text
            item.extend(list(note))
            note.clear(keep_tail=True)
            moved.append(item)
    if moved:
        part = next((each for tag in ("main", "article", "body") for each in root.iter(tag)), root)
        heading, notes = part.makeelement("h2"), part.makeelement("ol")
        heading.text = NOTES_HEADING
        notes.extend(moved)
        part.append(heading)
        part.append(notes)


def _head_note_lists(root: Any) -> None:
    for notes in root.xpath(
        "//*[@role='doc-endnotes' or @role='doc-footnotes' or contains(@class, 'footnotes')] | //div[@class='footnote']"
    ):
        if notes.getparent() is None or any(True for _ in notes.iter(*HEADINGS)):
            continue
        if not any(True for _ in notes.iterancestors("main")) or _has_text_before(notes):
            _add_heading(notes)


def _has_text_before(element: Any) -> bool:
    return any(isinstance(each.tag, str) and label(each) for each in element.itersiblings(preceding=True))


def _head_from(first: Any) -> None:
    """Put the heading over the outermost part that begins with the first note, if the notes end the page."""
    box = first
    while (
        box.getparent() is not None
        and box.getparent().tag not in ("body", "main", "article", "html")
        and not _has_text_before(box)
        and not (box.getparent().text or "").strip()
    ):
        box = box.getparent()
    before = next(
        (each for each in box.itersiblings(preceding=True) if isinstance(each.tag, str) and label(each)), None
    )
    is_headed = before is not None and before.tag in HEADINGS and _HEADED.search(label(before))
    if before is not None and not is_headed and not any(True for _ in box.iter(*HEADINGS)):
        _add_heading(box)


def _add_heading(notes: Any) -> None:
    # Where a page has several chapters, its notes are those of all of them.
    is_title = len(set(map(label, notes.getroottree().iter("h1")))) <= 1
    heading = notes.makeelement("h2" if is_title else "h1")
    heading.text = NOTES_HEADING
    notes.addprevious(heading)
