"""Find a report's title, publisher and year where a reader looks for them: on its title page and in its imprint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from bot.library.blocks import Block
from bot.library.split import split_sentences
from bot.text.clean import clean_line

FRONT_BLOCKS, BACK_BLOCKS = 40, 40
FRONT_PAGES, BACK_PAGES = 3, 2
DATE_BLOCKS = 15
IMPRINT_WORDS = 40
"""A line of an imprint has no more words than this; a longer one is text, which may name anybody."""
IMPRINT_PARAGRAPH_WORDS = 60
"""On the first and last pages, a paragraph of up to so many words is read sentence by sentence."""
NAME_CHARACTERS = 80

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|easter)\.?"
)
_YEAR = r"(?P<year>19[5-9]\d|20\d\d)(?![\d/–-])"
_DAY_ANDMONTH = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}"
    rf"(?:\s*(?:[–/-]|to|and)\s*(?:\d{{1,2}}\s+)?{MONTH})?,?\s+(?:\d{{1,2}},?\s+)?"
)
_ISO = r"(?P<iso>19[5-9]\d|20\d\d)-[01]\d-[0-3]\d(?!\d)"
_DATE = rf"(?:{_ISO}|(?:{_DAY_ANDMONTH}|\d{{1,2}}[./-]\d{{1,2}}[./-])?{_YEAR})"
DATE_LINE = re.compile(
    r"\W*(?:(?:final|draft|published|issued|dated?|publication date|date of (?:issue|publication)|report|"
    r"(?:last )?(?:updated|revised|reviewed)|version\s+[\d.]+)\W+)*"
    rf"(?:(?:on|in)\s+)?{_DATE}\W*(?:(?:draft|version|v)\s?[\d.]+\W*)?"
    r"(?:(?:last )?(?:updated|revised|amended|reviewed)\b.{0,40})?",
    re.IGNORECASE,
)
_DATE_AT_END = re.compile(rf"(?:.*?\s)?(?P<before>\S++)\s+{_DAY_ANDMONTH}{_YEAR}[)\]\s]*", re.IGNORECASE)
_OTHER_DATES = {"to", "until", "till", "since", "from", "by", "of", "in", "on", "before", "after", "ended", "ending"}
"""A month after one of these is mostly that of something else, such as "the year ended March 2024"."""
_OF_LATER = re.compile(r"\b(?:review|expir|renew|valid|due|next|effective|amend|updat|revis)", re.IGNORECASE)
"""What the date of a line is, where it is not that of the report."""
_PUBLISHED = re.compile(rf"\b(?:first )?(?:published|issued|printed)(?:\s+(?:on|in))?:?\s+{_DATE}", re.IGNORECASE)
_PUBLISHED_BY_IN = re.compile(
    rf"^(?:first )?(?:publish(?:ed|er)|produced|issued|printed)\b.{{0,120}}?\b{_DATE}", re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)(?=\s+(?:19|20)\d\d|\s+(?:crown )?copyright)|\bcopyright\b)"
    r"[\s©:]*(?:(?:crown|parliamentary)\s+)?(?:copyright\s*)?(?P<rest>[^.;\n]*)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:first )?published\b[^.;\n]{0,40}?\bby|publisher|produced by|issued by)\s*:?\s+"
    r"(?P<name>[^.;©(\n]+)",
    re.IGNORECASE,
)
MASTHEAD = re.compile(r"(?:^|\s)Original: [A-Z]\w+(?:/[A-Z]\w+)*(?: only)?$", re.MULTILINE)
"""The last line above the title of a document of the United Nations; agenda and session are above it."""
_LICENCE = re.compile(
    r"Open Government Licence(?:,? (?:v|version )\d(?:\.\d)?)?|"
    r"Creative Commons Attribution(?:[ -](?:Non-?Commercial|No-?Deriv(?:ative)?s|Share-?Alike))*"
    r"(?: (?:IGO|\d\.\d))*(?: International| Unported)?|"
    r"\bCC[ -]BY(?:-(?:NC|ND|SA))*(?: \d\.\d)?(?: IGO)?(?![\w-])"
)
_NAME_END = re.compile(
    rf"\s*(?:,?\s+{MONTH}\s+\d{{4}}.*|"
    r",?\s+(?:in|on|all rights|registered|charity|copyright)\b.*|,\s+\d.*|,?\s*\b(?:19[5-9]|20\d)\d\b.*|\|.*)$",
    re.IGNORECASE,
)
_PROGRAMS = re.compile(
    r"\b(?:microsoft|adobe|acrobat|indesign|quark|word|powerpoint|office user|libre ?office|openoffice|python-docx|"
    r"google docs?|pages|chrome|windows|mac ?os|user|owner|admin(?:istrator)?|author|default|unknown|customer|"
    r"registered|preferred|test|template|normal|untitled|n/?a|none|print|design(?:er)?|hewlett|dell|lenovo|toshiba)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:NHS\w*|trust|fund|foundation|department|"
    r"ministry|council|commission(?:er)?s?|committee|institute|institution|"
    r"university|college|school|academy|royal|society|association|federation|union|confederation|alliance|agency|"
    r"authority|board|body|service|services|centre|center|office|group|network|partnership|charity|bureau|"
    r"parliament|government|assembly|senate|house of (?:lords|commons)|hospitals?|health|healthcare|care|"
    r"wales|scotland|"
    r"england|ireland|ombudsman|inspectorate|watch|ltd|limited|plc|llp|inc|cic|press|publications?|think tank|"
    r"organi[sz]ation|company|corporation|forum|library|observatory|ICB|ICS|CQC|BMA|RCN|GMC|WHO|OECD|NICE)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"^(?:dr|mr|mrs|ms|mx|prof|professor|sir|dame|lord|lady|baroness|rev)\b", re.IGNORECASE)


def find_year(blocks: Sequence[Block]) -> int | None:
    """Return the year in which the report says that it was published, None if it does not say."""
    lines = list(_imprint_lines(blocks))
    for pattern in (_PUBLISHED, _PUBLISHED_BY_IN):
        for line in lines:
            if match := pattern.search(line):
                return int(match["iso"] or match["year"])
    front = front_of(blocks)[:DATE_BLOCKS]
    for block, after in zip_longest(front, front[1:]):
        if after is not None and after.text.startswith("Dear "):
            continue  # the date of a letter
        for line in block.text.split("\n"):
            if match := DATE_LINE.fullmatch(clean_line(line)):
                return int(match["iso"] or match["year"])
    for line in lines:
        match = _COPYRIGHT.search(line)
        years = re.findall(r"\b(?:19[5-9]\d|20\d\d)\b", match["rest"]) if match else []
        if years:
            return int(years[-1])
    return _year_that_ends_a_line(blocks)


def _year_that_ends_a_line(blocks: Sequence[Block]) -> int | None:
    """Find a date below an address or a name, which a reader of files may take for one paragraph."""
    for block in front_of(blocks)[:DATE_BLOCKS]:
        line = clean_line(block.text)
        match = _DATE_AT_END.fullmatch(line) if len(line.split()) <= IMPRINT_WORDS else None
        if match and match["before"].casefold() not in _OTHER_DATES and not _OF_LATER.search(line):
            return int(match["year"])
    return None


def find_publisher(blocks: Sequence[Block], named: Iterable[str] = ()) -> str:
    """Return who published the report: as it says, or one of those whom the file names, if the title page does too."""
    if any(MASTHEAD.search(block.text) for block in blocks[:FRONT_BLOCKS]) and "United Nations" in [
        block.text for block in blocks[:2]
    ]:
        return "United Nations"
    lines = list(_imprint_lines(blocks))
    for line in lines:
        if (match := _BY.match(line)) and (name := _name(match["name"])):
            return name
    for line in lines:
        match = _COPYRIGHT.search(line)
        name = _name(re.sub(r"^\W*(?:19[5-9]\d|20\d\d)(?:\s*[–-]\s*\d{2,4})?\W*", "", match["rest"])) if match else ""
        if name and is_organisation(name) and len(name.split()) <= 10:
            return name
    text = " ".join(" ".join(block.text.split()) for block in (*front_of(blocks), *_back(blocks))).casefold()
    return next((name for name in map(clean_line, named) if is_organisation(name) and name.casefold() in text), "")


def find_licence(blocks: Sequence[Block]) -> str:
    """Return the open licence that the imprint names, or nothing."""
    text = clean_line(" ".join(block.text for block in (*front_of(blocks), *_back(blocks))))
    match = _LICENCE.search(text)
    return match[0].strip(" (") if match else ""


def is_organisation(name: str) -> bool:
    """Say whether a name is that of an organisation, rather than a person's, a login or a program's."""
    first = re.split(r"[,;(\[/|]|\s[–—-]\s", name, maxsplit=1)[0]
    is_login = " " not in name.strip() and re.search(r"[\d_\\@.]|^[a-z]", name) is not None
    is_surname = " " not in first and first != name and name[len(first)] == ","
    return (
        not (is_login or is_surname or _PERSON.match(name) or _PROGRAMS.search(name))
        and _ORGANISATION.search(first) is not None
    )


def _name(text: str) -> str:
    name = _NAME_END.sub("", clean_line(text)).strip(" ,:–-").removeprefix("the ")
    return name if 2 <= len(name) <= NAME_CHARACTERS and name[:1].isupper() and not _PROGRAMS.search(name) else ""


def front_of(blocks: Sequence[Block]) -> Sequence[Block]:
    return [block for block in blocks[:FRONT_BLOCKS] if block.page_from is None or block.page_from <= FRONT_PAGES]


def _back(blocks: Sequence[Block]) -> Sequence[Block]:
    last = max((block.page_to or 0 for block in blocks[-BACK_BLOCKS:]), default=0)
    ends = blocks[max(FRONT_BLOCKS, len(blocks) - BACK_BLOCKS) :]
    return [block for block in ends if block.page_to is None or block.page_to > last - BACK_PAGES]


def _imprint_lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in (*front_of(blocks), *_back(blocks)):
        for line in block.text.split("\n"):
            if len(line.split()) <= IMPRINT_WORDS:
                yield clean_line(line)
            elif block.page_from is not None and len(line.split()) <= IMPRINT_PARAGRAPH_WORDS:
                yield from map(clean_line, split_sentences(line))
