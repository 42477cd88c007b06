"""Find a report's title where a reader looks for it: at the top of its first page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.library.blocks import TITLE_CHARACTERS, Block
from bot.library.title_page import DATE_LINE, FRONT_BLOCKS, MASTHEAD, MONTH, front_of, is_organisation
from bot.text.clean import clean_line

TITLE_BLOCKS = 12
TITLE_WORDS = 20
_GENERIC_WORDS = (
    "a|an|the|and|of|for|to|in|on|our|volume|vol|part|book|report|reports|committee|select|final|draft|interim|"
    "main|full|short|version|rev|revised|revision|appendix|appendices|annex|annexe|attachment|enclosure|enc|item|"
    "agenda|paper|papers|chapter|section|document|documents|doc|no|number|copy|master|web|print|printed|online|"
    "accessible|pdf|word|template|cover|front|back|page|pages|layout|presentation|powerpoint|slide|slides|issue|"
    "edition|summary|executive|contents|table|list|foreword|introduction|preface|acknowledgement|acknowledgements|"
    "background|board|meeting|minutes|session|hc|hl|cm|cp|ref|reference|public|private|confidential|official|"
    "sensitive|publication|publications|untitled|new|updated|clean|tracked|changes|v|i|ii|iii|iv|vi|vii|viii|ix|x|"
    "key|findings|messages|policy|policies|statement|aims?|principles|purpose|scope|procedures?|about|this|recommendation|recommendations|figure|box|case|study|question|questions|theme"
)
_GENERIC = re.compile(rf"{_GENERIC_WORDS}|{MONTH}|v?\d+(?:st|nd|rd|th)?[a-z]?", re.IGNORECASE)


_PLACE = re.compile(r"(?:the )?(?:city|county|town|state|village|borough|district) of [\w .’'-]{3,30}", re.IGNORECASE)
_BODY = re.compile(
    r"(?:(?:the )?(?:united nations|general assembly|security council|economic and social council|"
    r"human rights council|"
    r"world health organi[sz]ation|world bank(?: group)?|european (?:commission|union|parliament)|"
    r"nhs (?:england|wales)|"
    r"house of (?:commons|lords)|(?:department|ministry) (?:of|for) [\w &]{3,60}|[\w-]+ (?:session|year))\W*)+",
    re.IGNORECASE,
)
"""Those whose name is often set above the title."""
_LABEL = re.compile(
    r"(?:organi[sz]ation|author|sponsor|publisher)s?:$|\b(?:prepared|produced|published|issued) by:?$", re.IGNORECASE
)
"""What is before the name of an organisation rather than before a title."""
_JOURNAL = re.compile(
    r"\bet al\b|\bjournal of\b|\bpublic access\b|\bauthor manuscript\b|\bvolume \d+, |^(?:editorial|commentary)\b|"
    r"^(?:viewpoint|research|review|original|invited)(?: and)? (?:paper|article|report|research|contribution)s?\b",
    re.IGNORECASE,
)
"""What is above the title of an article, or beside it on each page."""
_NUMBERED = re.compile(r":$|\bdate of issue\b|\bnotice: ", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:for|of|and|in|on|to|from|with|at|by|or|through|towards?)\s", re.IGNORECASE)
_SITE = re.compile(r"(?:www\.)?[\w-]+\.(?:gov|org|com|net|int|eu|uk)(?:\.uk)?(?!\w)\S*", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:plan|report|review|strategy|guidance|guidelines|framework|survey|evaluation|policy|programme|manifesto)$",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"(?:volume|book)\s+(?:\d{1,2}|[IVX]{1,4}|one|two|three|four|five)\s*[:–—-]\s*\w+\s", re.IGNORECASE
)
_PART = re.compile(
    r"(?:front cover|letter (?:to|from)|message from|dear |welcome|committee member|key messages|at a glance|chapter|"
    r"part|section|table of|executive summary|\d+[. ]|"
    r"about (?:the|this|us|our|[A-Z]+$)|(?:current )?member(?:ship|s)\b|declarations? of|publications?$|contacts?\b|"
    r"terms of reference|list of|foreword|copyright|how to )",
    re.IGNORECASE,
)


def is_title(text: str) -> bool:
    """Say whether a text names a report, rather than its volume, its number, its part or a file."""
    words = text.split()
    is_file_name = len(words) == 1 and (re.search(r"[_\d]|[a-z][A-Z]", text) is not None or text.count("-") > 1)
    parts = re.findall(r"[^\W_]+", text.casefold())
    says_more = any(not _GENERIC.fullmatch(part) for part in parts)
    return says_more and any(char.isalpha() for char in text) and not is_file_name


def is_part(text: str) -> bool:
    """Say whether a heading names a part that many reports have, such as "5 Discussion"."""
    return _PART.match(text) is not None


def is_on_title_page(text: str, blocks: Sequence[Block]) -> bool:
    """Say whether most of a text's words are on the first pages."""
    page = set(_words(" ".join(block.text for block in front_of(blocks))))
    words = _words(text)
    return bool(words) and sum(word in page for word in words) * 10 >= len(words) * 6


def find_title(blocks: Sequence[Block]) -> str:
    """Return the first heading that names a report, near the start; a later one names no more than its part.

    Where there is none, a line above the date at the very start takes its place.
    """
    masthead = next((index for index, block in enumerate(blocks[:FRONT_BLOCKS]) if MASTHEAD.search(block.text)), None)
    first = blocks[:TITLE_BLOCKS] if masthead is None else blocks[masthead + 1 : masthead + 1 + TITLE_BLOCKS]
    page = first[0].page_from if first else None
    if masthead is not None:
        texts = (clean_line(block.text) for block in first[:4])
        return next((text for text in texts if _is_name(text) and text.count(" ") > 2 and not _is_body(text)), "")
    for index, block in enumerate(first):
        if page is None and block.kind == "paragraph" and len(block.text.split()) > TITLE_WORDS:
            break  # what comes after the text has begun is no title
        if _is_body(clean_line(block.text)):
            continue
        is_ahead = block.kind == "heading" and (page is None or block.page_from == page)
        if is_ahead and page is None and is_organisation(block.text) and _leads_to_higher(first[index + 1 :], block):
            continue  # it stands above the title
        whole = _with_rest(first, index) if is_ahead else ""
        if _is_name(whole) and not (index and _LABEL.search(first[index - 1].text)):
            return whole
    line = first[0].text if first and first[0].kind == "paragraph" else ""
    is_dated = any(DATE_LINE.fullmatch(clean_line(block.text)) for block in first[1:4])
    is_line = "\n" not in line and len(line.split()) <= TITLE_WORDS and not line.endswith((".", ":", ";", ","))
    return line if is_dated and is_line and _is_name(line) else ""


def add_volume(title: str, blocks: Sequence[Block]) -> str:
    """Return the title of a report with that of its volume, if it is one of several by the same title."""
    for block in blocks[:TITLE_BLOCKS] if title else ():
        text = clean_line(block.text)
        if _VOLUME.match(text) and len(text.split()) <= TITLE_WORDS and text.casefold() not in title.casefold():
            return f"{title}, {text}"
    return title


def _leads_to_higher(after: Sequence[Block], heading: Block) -> bool:
    """Say whether the next heading is of a higher level."""
    following = next((block for block in after if block.kind == "heading"), None)
    return following is not None and following.level < heading.level


def _is_name(text: str) -> bool:
    return (
        " " in text
        and is_title(text)
        and not _PART.match(text)
        and not _NUMBERED.search(text)
        and not _JOURNAL.search(text)
    )


def _is_body(text: str) -> bool:
    """Say whether a text is only the name of a body; a long one is not tried."""
    return len(text) <= TITLE_CHARACTERS and _BODY.fullmatch(text) is not None


def _with_rest(blocks: Sequence[Block], index: int) -> str:
    """Return a heading with the next line of its page, if that goes on within it or says what kind of report it is."""
    heading, after = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    if _PLACE.fullmatch(heading.text):
        return _of_place(heading, blocks[index + 1 : index + 4])
    if after is None or after.page_from != heading.page_from or len(after.text.split()) > TITLE_WORDS:
        return heading.text
    if heading.text.endswith(":") and not after.text.endswith((".", ":")) and not _LABEL.search(heading.text):
        return f"{heading.text} {clean_line(after.text)}"
    goes_on = after.level == heading.level and _GOES_ON.match(after.text)
    tells_kind = not _KIND.search(heading.text) and _KIND.search(after.text) and _is_name(after.text)
    rest = clean_line(_SITE.sub("", after.text))
    return f"{heading.text} {rest}" if after.kind == "heading" and (goes_on or tells_kind) else heading.text


def _of_place(place: Block, below: Sequence[Block]) -> str:
    """Return what a city's report is called, with the city's name before it; nothing where no report is named."""
    parts = [place.text]
    for block in below:
        if DATE_LINE.fullmatch(clean_line(block.text)):
            continue
        if block.kind != "heading" or block.page_from != place.page_from:
            break
        parts.append(block.text)
        if _KIND.search(block.text):
            return " ".join(parts)
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w{3,}", text.casefold())
