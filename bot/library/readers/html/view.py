"""Make the tree of a page what people see: without what is hidden, and with plain headings, lists and paragraphs."""

from __future__ import annotations

import re
from typing import Any

from bot.library.blocks import LONGEST_HEADING
from bot.library.readers.figures import write_formula
from bot.library.readers.markup import BOX, LAYOUT_WORDS, mark_label

HEADINGS = tuple(f"h{level}" for level in range(1, 7))
WORDS_OF_A_SWITCH = re.compile(
    r"^(?:show|hide|open|close|expand|collapse)(?: all)?(?: this)?(?: (?:sections?|steps?|more|details))?$|"
    r"^[+–−×▾▸▲▼]$",
    re.IGNORECASE,
)
MOST_HIDDEN_WORDS = 150
"""So much is hidden only to be folded out."""
MOST_INSIDE = 200
"""A heading with more elements in it than this is a part of a page, and is left as it is."""
_NEVER_SEEN = ("noscript", "video", "audio", "canvas", "iframe", "object", "del", "template", "rt", "rp")
_HIDDEN_NAMES = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-?readers?(?:-text|-only)?|(?:element|text)-invisible|assistive-text|"
    r"a11y-hidden|off-?screen)(?:-focusable)?(?:$|\s)|(?:^|\s)mw-editsection(?:$|\s)",
    re.IGNORECASE,
)
_COOKIE_NAMES = re.compile(r"cookie|consent|gdpr", re.IGNORECASE)
MOST_COOKIE_WORDS = 150
_PANEL_NAMES = re.compile(
    r"(?:^|[\s_-])(?:tabs?|tab-?pan(?:e|el)s?|panels?|collaps\w*|accordion\w*|expand\w*|content|answer|toggle\w*|details)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOX_NAMES = re.compile(
    r"(?:^|[\s_-])(?:box(?:-?out)?|call-?out|case-?study|pull-?out|info-?box|panel|inset|example|spotlight|admonition)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTROLS = ("aria-controls", "data-target", "data-bs-target", "data-toggle-target", "href", "aria-owns")
_NUMBER = re.compile(r"(?:\d{1,3}|[A-Z])(?:\.\d{1,3})*[.:]?")
_LIST_STYLE = re.compile(r"(lower|upper)-?(alpha|latin|roman)", re.IGNORECASE)
_MARK = re.compile(r"[•·▪◦‣∙*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]", re.IGNORECASE)
_LINE = re.compile(r"position:absolute")


def label(element: Any) -> str:
    """Return an element's words in one line."""
    return " ".join(element.text_content().split())


def show_as_seen(root: Any) -> None:
    """Take out of a page's tree what nobody sees, and write what is seen in plain elements."""
    _open_shadow_roots(root)
    _drop_unseen(root)
    for formula in list(root.iter("math")):
        words = write_formula(formula)
        formula.clear(keep_tail=True)
        formula.tag, formula.text = "span", words
    for element in root.xpath("//*[@role='heading']"):
        level = element.get("aria-level") or ""
        element.tag = f"h{level}" if level in "123456" and level else "h2"
        del element.attrib["role"]
    _tidy_headings(root)
    _flatten_layout_tables(root)
    _write_lists(root)
    _join_placed_lines(root)


def mark_boxes(root: Any) -> None:
    """Mark the boxes beside the text that have a heading of their own, which ends with them."""
    for box in root.xpath("//aside | //*[@role='note' or @role='complementary'] | //div | //section"):
        names = f"{box.get('class') or ''} {box.get('id') or ''}"
        is_box = box.tag == "aside" or box.get("role") in ("note", "complementary") or _BOX_NAMES.search(names)
        first = next((each for each in box.iter(*HEADINGS)), None) if is_box else None
        if first is not None and label(box).startswith(label(first)) and len(label(box)) > 2 * len(label(first)):
            box.set(BOX, "1")


def _open_shadow_roots(root: Any) -> None:
    """Programs that save a page write the inside of its own elements as a template, which browsers show."""
    for element in root.xpath("//template[@shadowrootmode or @shadowmode or @shadowroot]"):
        element.tag = "div"


def _drop_unseen(root: Any) -> None:
    controlled = {
        value.lstrip("#")
        for name in _CONTROLS
        for value in root.xpath(f"//*[@role or self::a or self::button]/@{name}")
    }
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None and _is_unseen(element, controlled):
            element.drop_tree()


def _is_unseen(element: Any, controlled: set[str]) -> bool:
    if element.tag in ("html", "body", "main"):
        return False
    style = (element.get("style") or "").replace(" ", "").lower()
    if element.tag in _NEVER_SEEN or "mso-hide:all" in style:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag in ("div", "section", "aside") and _COOKIE_NAMES.search(names):
        words = element.text_content().casefold().split()
        # A section on consent is no banner.
        return len(words) < MOST_COOKIE_WORDS and any("cookie" in word for word in words)
    if _HIDDEN_NAMES.search(element.get("class") or ""):
        return len(element.text_content().split()) < LAYOUT_WORDS
    if element.get("aria-hidden") == "true" and not any(char.isalnum() for char in element.text_content()):
        return True
    if element.get("hidden") not in (None, "until-found") or "display:none" in style or "visibility:hidden" in style:
        is_long = element.tag not in ("p", "span") and len(element.text_content().split()) >= MOST_HIDDEN_WORDS
        if not is_long and not _is_panel(element, controlled):
            return True
        for name in ("hidden", "style"):  # what is hidden at first is read like the rest
            element.attrib.pop(name, None)
    return False


def _is_panel(element: Any, controlled: set[str]) -> bool:
    """Say whether something hidden is shown when people choose it."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.get("id") in controlled or element.get("role") == "tabpanel" or _PANEL_NAMES.search(names):
        return True
    before = element.getprevious() if "visibility" not in (element.get("style") or "") else None
    return (
        element.tag in ("div", "ul", "dd", "section")
        and before is not None
        and before.tag in (*HEADINGS, "button", "dt")
    )


def _tidy_headings(root: Any) -> None:
    """Drop from headings what links to them or folds them out, and put a space behind their numbers."""
    for heading in list(root.iter(*HEADINGS, "summary", "button")):
        inside = list(heading.iterdescendants())
        whole = label(heading) if len(inside) <= MOST_INSIDE else ""
        for inner in inside if 0 < len(whole) <= LONGEST_HEADING else ():
            words = label(inner) if isinstance(inner.tag, str) and inner.getparent() is not None else whole
            is_link = inner.tag == "a" and (inner.get("href") or "").startswith("#")
            if inner.tag in ("div", "p", "section", "header"):
                inner.tag = "span"
                inner.tail = f" {inner.tail or ''}"
            if words == whole:
                continue
            if WORDS_OF_A_SWITCH.match(words) or (is_link and not any(char.isalnum() for char in words)):
                inner.drop_tree()
            elif inner.tag == "span" and _NUMBER.fullmatch(words):
                inner.tail = f" {inner.tail or ''}"


def _flatten_layout_tables(root: Any) -> None:
    for table in list(root.iter("table")):
        own = [each for each in table.iter("tr", "tbody", "thead", "tfoot", "td", "th") if _table_of(each) is table]
        if _is_layout(table, own):
            for each in (table, *own):
                each.tag = "div"
                each.attrib.pop("role", None)
        else:
            for foot in [each for each in own if each.tag == "tfoot"]:
                table.append(foot)


def _table_of(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _is_layout(table: Any, own: list[Any]) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    tags = {each.tag for each in own}
    if tags & {"th", "thead"} or table.find("caption") is not None:
        return False
    if any(True for _ in table.iter(*HEADINGS)) or table.find(".//table") is not None:
        return True
    rows = [[cell for cell in row if cell.tag == "td" and label(cell)] for row in own if row.tag == "tr"]
    is_column = all(len(row) <= 1 for row in rows)
    is_long = any(len(cell.text_content().split()) > LAYOUT_WORDS for row in rows for cell in row)
    return is_column or (is_long and len(rows) <= 2)


def _write_lists(root: Any) -> None:
    """Write the numbers of lists as they are seen: backwards, as letters, or typed into the items."""
    for numbered in root.iter("ol"):
        items = [each for each in numbered if each.tag == "li"]
        style = _LIST_STYLE.search(f"{numbered.get('style') or ''} {numbered.get('class') or ''}")
        if style and not numbered.get("type"):
            kind = "i" if style[2].lower() == "roman" else "a"
            numbered.set("type", kind.upper() if style[1].lower() == "upper" else kind)
        if numbered.get("reversed") is not None:
            start = numbered.get("start") or ""
            first = int(start) if start.isdecimal() and len(start) < 6 else len(items)
            for count, item in enumerate(items):
                item.set("value", item.get("value") or str(max(first - count, 0)))
    for item in root.iter("li"):
        mark = item[0] if len(item) and not (item.text or "").strip() else None
        if mark is not None and mark.tag == "span" and _MARK.fullmatch(label(mark)):
            typed = label(mark)
            mark.drop_tree()
            if typed[-1] in ".)" and item.text is not None:
                item.text = mark_label(typed) + item.text.lstrip()
            elif typed[-1] in ".)":
                item.text = mark_label(typed)


def _join_placed_lines(root: Any) -> None:
    """Make paragraphs of lines that a program placed one by one, when it made a page of a PDF."""
    for box in root.xpath("//div[*[contains(@style, 'position:absolute')] or *[starts-with(@class, 't m0 ')]]"):
        lines = [each for each in box if each.tag in ("p", "div") and _is_placed(each)]
        longest = max((len(label(line)) for line in lines), default=0)
        whole: Any = None
        for line in lines:
            for end in list(line.iter("br")):
                end.tail = f" {end.tail or ''}"
                end.drop_tag()
            words = label(line)
            line.tag = "p"
            for inner in list(line):
                inner.drop_tree()
            if whole is not None and whole.text and words:
                line.getparent().remove(line)
                whole.text = f"{whole.text} {words}"
            else:
                line.text, whole = words, line
            if words and words[-1] in ".!?:”’" and len(words) * 10 < longest * 8:
                whole = None


def _is_placed(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "")
    return bool(_LINE.search(style)) or (element.get("class") or "").startswith("t m0 ")
