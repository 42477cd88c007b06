"""Make a saved web page plain: what folds out gets a heading of its own, and what surrounds the text goes."""

from __future__ import annotations

import copy
import itertools
import re
from typing import Any

from bot.library.readers.html.bold_lines import head_bold_lines, set_title_apart
from bot.library.readers.html.notes import tidy_notes
from bot.library.readers.html.view import HEADINGS, WORDS_OF_A_SWITCH, label, mark_boxes, show_as_seen

_FURNITURE_TAGS = frozenset({"nav", "footer", "form", "dialog", "menu", "button", "select", "textarea", "label"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "toolbar", "menu", "menubar"}
)
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:skip-?links?|bread-?crumbs?|share|sharing|social|newsletter|subscribe|feedback|"
    r"related|side-?bar|adverts?|promo|tabs__title|print-link|pagination|pager|comments?|organisation-logos|modal|popup|"
    r"(?:jp-)?relatedposts|sharedaddy|entry-meta|byline|published-dates|metadata|title-meta|review-date|back-to-(?:top|content)|"
    r"unsubscribe)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTENTS_NAMES = re.compile(r"(?:^|[\s_-])(?:toc|contents-list)(?:$|[\s_-])", re.IGNORECASE)
_SIGNS_OF_A_SITE = ("nav", "header", "footer", "aside", "main", "article")
_TABS = (
    "//*[@role='tab' or contains(@class, 'tabs__tab') or @data-toggle='tab' or @data-bs-toggle='tab' "
    "or @data-toggle='pill' or @data-bs-toggle='pill']"
)
_SWITCHES = (
    "//button[@aria-expanded or @aria-controls] | //*[self::div or self::a or self::span or self::p][@aria-expanded] | "
    "//*[@data-toggle='collapse' or @data-bs-toggle='collapse'] | "
    "//button[contains(@class, 'accordion') or contains(@class, 'collaps') or contains(@class, 'toggle')]"
)
MOST_SIBLINGS = 300
"""So far back a heading is looked for, so that no page makes the search slow."""
MOST_LABEL_WORDS = 20
"""A label of more words than this is text."""


def parse_page(text: str) -> Any | None:
    """Return the tree of a page, in which what folds out has headings; None if there is nothing to read."""
    # They are large, and needed with the first page only.
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        # Control characters are in no page that a person reads, and the parser refuses some.
        root = html.document_fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text))
    except (etree.ParserError, ValueError):
        return None
    show_as_seen(root)
    set_title_apart(root)
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    _head_details(root)
    _head_panels(root, by_id)
    _head_switches(root, by_id)
    head_bold_lines(root)
    tidy_notes(root)
    mark_boxes(root)
    return root


def main_part(root: Any) -> tuple[Any, bool]:
    """Return the part of a page that holds its text, and whether the page itself says so."""
    for tag in ("main", "article"):
        parts = root.xpath(f"//{tag} | //*[@role='{tag}']")
        if len(parts) == 1:
            return parts[0], True
    body = root.find("body")
    return (body if body is not None else root), False


def title_of(root: Any) -> str:
    """Return the only heading of the highest level in the main part of a page, or nothing if there are several."""
    titles = {label(each) for each in main_part(root)[0].iter("h1")} or {label(each) for each in root.iter("h1")}
    titles.discard("")
    return titles.pop() if len(titles) == 1 else ""


def is_plain_document(root: Any) -> bool:
    """Say whether a page is a text that was saved as HTML, with nothing of a web site around it."""
    if any(True for _ in root.iter(*_SIGNS_OF_A_SITE)) or root.xpath("//*[@role]"):
        return False
    # A line that is nothing but links to other pages is part of a menu.
    outward = [link for link in root.iter("a") if not (link.get("href") or "#").startswith(("#", "mailto:"))]
    return not any(label(link) and _is_all_links(link.getparent()) for link in outward)


def _is_all_links(element: Any) -> bool:
    around = [element.text, *(each.tail for each in element)]
    return (
        all(each.tag in ("a", "br", "img") for each in element) and not "".join(text or "" for text in around).strip()
    )


def drop_furniture(part: Any) -> None:
    """Drop from a part of a page what leads elsewhere, asks for something or was put around the text."""
    for element in list(part.iter()):
        if element is not part and element.getparent() is not None and _is_furniture(element):
            element.drop_tree()


def _is_furniture(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    if element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        # A whole page may be one form, which old programs wrote so.
        if element.tag == "footer" and any(True for _ in element.iterancestors("blockquote", "figure")):
            return False  # it says who said it
        return element.tag not in ("form", "label") or len(element.text_content().split()) < 60
    if element.tag in HEADINGS or any(True for _ in element.iterancestors(*HEADINGS)):
        return False
    names = element.get("class") or ""
    if element.tag != "section" and "section" not in names.split():
        names = f"{names} {element.get('id') or ''}"  # that of a section is made of its heading
    if _CONTENTS_NAMES.search(names):
        linked = sum(len(link.text_content().split()) for link in element.iter("a"))
        return linked * 2 >= len(element.text_content().split())
    return bool(_FURNITURE_NAMES.search(names)) and len(element.text_content().split()) < 150


def _head_details(root: Any) -> None:
    """Make a heading of each summary, one level below the heading that it is under."""
    for summary in list(root.iter("summary")):
        if summary.find(".//*") is None or not any(True for _ in summary.iter(*HEADINGS)):
            _make_heading(summary)
        box = next(summary.iterancestors("details"), None)
        if box is not None and summary.tag != "summary":
            _end_heading(box)


def _head_panels(root: Any, by_id: dict[str, Any]) -> None:
    """Put the label of each tab before its panel, and drop the row of tabs."""
    lists, headed = set(), set()
    labelled = {panel.get("aria-labelledby"): panel for panel in root.xpath("//*[@role='tabpanel'][@aria-labelledby]")}
    for tab in root.xpath(_TABS):
        if tab.tag in HEADINGS:
            continue  # it stands over its panel already
        panel = by_id.get(tab.get("aria-controls") or (tab.get("href") or tab.get("data-bs-target") or "").lstrip("#"))
        panel = panel if panel is not None else labelled.get(tab.get("id"))
        if panel is None or panel in tab.iterancestors():
            continue
        if panel not in headed:
            _put_before(panel, tab)
        headed.add(panel)
        row = next(tab.iterancestors("ul", "ol"), None)
        row = (
            row
            if row is not None
            else next((each for each in tab.iterancestors() if each.get("role") == "tablist"), tab)
        )
        lists.add(row)
    for row in lists:
        if headed & set(row.iterdescendants()):
            continue
        if row.getparent() is not None and row.tag not in ("body", "html", "main"):
            row.drop_tree()


def _head_switches(root: Any, by_id: dict[str, Any]) -> None:
    """Make headings of the buttons that fold a part of the page out."""
    for switch in root.xpath(_SWITCHES):
        if switch.getparent() is None:
            continue
        heading = next(switch.iterancestors(*HEADINGS), None)
        words = label(switch)
        if heading is not None:
            switch.drop_tag()
        elif words and not WORDS_OF_A_SWITCH.match(words):
            names = ("aria-controls", "data-bs-target", "data-target", "href")
            target = next((switch.get(name) for name in names if switch.get(name)), "").lstrip("#")
            after = switch.getnext()
            opens = by_id.get(target) is not None or (
                not target and after is not None and after.tag in ("div", "section")
            )
            if opens and not any(True for _ in switch.iterancestors("nav", "header", "form")):
                _make_heading(switch)


def _put_before(panel: Any, tab: Any) -> None:
    words = label(tab)
    first = next((label(each) for each in panel.iter(*HEADINGS)), "")
    if words and first != words:
        heading = panel.makeelement("h2")
        heading.text = words
        panel.insert(0, heading)
        heading.tail, panel.text = panel.text, None
        _set_level(heading)


def _make_heading(element: Any) -> None:
    if 0 < len(label(element).split()) <= MOST_LABEL_WORDS:
        element.tag = "h2"
        _set_level(element)


def _end_heading(box: Any) -> None:
    """Name again the heading over a box where text follows it: what the box was called ends with it."""
    following = next((each for each in box.itersiblings() if isinstance(each.tag, str) and label(each)), None)
    if following is None or following.tag in ("details", *HEADINGS):
        return
    above = _heading_over(box, of_folds=False)
    if above is None:
        return
    opening = next(
        (each for each in following.iter() if isinstance(each.tag, str) and not len(each) and label(each)), None
    )
    inside = next(
        (
            True
            for each in following.iter(*HEADINGS)
            if opening is None or each is opening or opening in each.iterdescendants()
        ),
        False,
    )
    if not inside:
        again = copy.deepcopy(above)
        again.tail = None
        following.addprevious(again)


def _heading_over(element: Any, *, of_folds: bool = True) -> Any | None:
    """Return the heading that an element is under; with ``of_folds``, what folds out beside it counts too."""
    for each in (element, *element.iterancestors()):
        before = _heading_before(each, of_folds=of_folds)
        if before is not None:
            return before
    return None


def _set_level(heading: Any) -> None:
    nearest = _heading_over(heading)
    if nearest is None:
        return
    # What folds out one after another is of one level.
    box = next(nearest.iterancestors("details"), None)
    is_within = box is not None and box in heading.iterancestors("details")
    is_fellow = nearest.get("data-folds") is not None and not is_within
    heading.tag = nearest.tag if is_fellow else f"h{min(int(nearest.tag[1:]) + 1, 6)}"
    heading.set("data-folds", "1")


def _heading_before(element: Any, *, of_folds: bool = True) -> Any | None:
    """Return the last heading in what is before an element within its parent."""
    for sibling in itertools.islice(element.itersiblings(preceding=True), MOST_SIBLINGS):
        is_read = isinstance(sibling.tag, str) and (of_folds or sibling.tag != "details")
        inside = list(sibling.iter(*HEADINGS)) if is_read else []
        if inside:
            return inside[0 if sibling.tag == "details" else -1]
    return None
