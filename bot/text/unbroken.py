"""Find where sentences end, and what no cut may fall into: times, dates, numbers, addresses, names with titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_UNITS = (
    "%|per cent|percent|percentage points?|"
    "million|billion|thousand|hundred|m|bn|k|am|pm|a\\.m\\.|p\\.m\\.|noon|midnight|"
    "mm|cm|km|miles?|metres?|g|kg|mg|ml|litres?|pence|p|pounds?|°C|hours?|hrs?|minutes?|mins?|seconds?|secs?|"
    "WTE|FTE|days?|weeks?|months?|years?|beds?|wards?|shifts?|nurses?|staff|people|patients?|pages?|times?"
)
_COUNTED = (
    "pages?|figures?|tables?|box(?:es)?|charts?|chapters?|parts?|sections?|paragraphs?|recommendations?|annex|appendix|"
    "numbers?|levels?|bands?|beds?|rooms?|bays?|wards?|grades?|items?|questions?|volumes?|articles?|schedules?|clauses?|"
    "years?|phases?|stages?|steps?|weeks?|days?|aged?|tel|telephone|phone|ext|extension|bleep|versions?|SI|ISBN"
)
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Square|Sq|Place|Drive|Close|Court|Terrace|Way|Crescent|Gardens|Hill|Row|Walk|"
    "House|Building|Park|Gate|Quay|Green|Mews|Parade|Embankment|Mall|Whitehall"
)
_TITLES = (
    "Drs?|Mr|Mrs|Ms|Mx|Messrs|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Sister|Matron|Rev|Hon|Sec|St|Sgt|Lt|Maj|Col|Gen|"
    "Capt|Cmdr|Adm|Supt|Insp|Cllr|Ald|Sen|Gov|Pres|Rep|Fr|Br|Sr|Sra|Srta|Dra|Mme|Mlle|Herr|Frau|Mt|Ft|Ste|Av|Avda|Justice"
)
_OPENERS = (
    "It|He|She|They|We|You|This|That|These|Those|The|An?|I|In|On|At|By|To|From|With|For|As|If|When|While|After|Before|But|"
    "And|So|Or|Yet|Nobody|Others|Both|There|Then|Here|All|Some|Most|Many|Few|Each|Every|No|Not|None|Our|Their|His|Her|Its|"
    "My|Your|What|Who|Why|How|Where|Which|One|Two|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|However|Only|Such|Another"
)
"""Words that begin a sentence behind a single letter, as in "Annex A. It lists them"; no surname is one of them."""
_WEEKDAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_OTHER_MONTHS = "Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember"
# Every repetition has a bound or eats what it sees once, so that no text makes the search slow.
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"
_FIGURE = r"(?:[£$€¥]\s?)?\d(?:[\d.,:/–−-]*\d)?"
_SHORT_FIGURE = r"(?<![\d.,:/–−-])(?:[£$€¥]\s?)?\d[\d.,:/–−-]{0,14}"
_KINDS = (
    r"(?:https?://|www\.)\S+|(?<!\S)\S{1,64}@\S{1,255}",
    r"(?<![\w.-])(?:[\w-]{1,63}\.){1,6}(?:uk|org|com|net|gov|int|eu|nhs)\b(?:/\S*)?",
    rf"{_FIGURE}(?:\s(?:{_UNITS})\b|\s?%)?(?:\s(?:million|billion|am|pm|a\.m\.|p\.m\.)(?!\w))?",
    r"(?<![\d.,])\d{1,3}(?:\s\d{3}){1,4}(?!\d)",
    r"\(?\+?\d[\d ()–-]{5,18}\d",
    r"[£$€¥]\s\d",
    rf"{_SHORT_FIGURE}\s(?:to|or|and|–|-)\s{_SHORT_FIGURE}(?:\s(?:{_UNITS})\b|\s?%)?",
    rf"{_SHORT_FIGURE}\s(?:a\.m\.|p\.m\.|am|pm)\s(?:GMT|BST|UTC|CE?S?T)\b",
    rf"{_SHORT_FIGURE}\s(?:{_UNITS})\.\s\d+(?:\s(?:{_UNITS})\b)?",
    r"\b\w{1,4}\s[=<>≤≥±]\s[-−]?\d\S*|\d\s?%\sCI\b",
    r"[\[(]\d{4}[\])]\s(?:\d+\s)?[A-Z]{2,8}(?:\s[A-Z][a-z]{1,4})?\s\d+",
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s(?:to|and|–|-)\s\d{{1,2}}(?:st|nd|rd|th)?)?\s(?:{_MONTHS})\b\.?(?:,?\s\d{{4}})?",
    rf"\b(?:{_MONTHS})\.?\s\d{{1,4}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?",
    rf"(?i:\b(?:{_COUNTED})\.?:?)\s(?:\d[\d.,–-]*|[A-Z]|[IVXLC]+)\b",
    rf"\b{_POSTCODE}\b",
    rf"\b\d{{1,4}}[a-z]?\s(?:[A-Z][\w’'-]+\s){{1,4}}(?:{_STREETS})\b(?:,?\s[A-Z][\w’'-]+){{0,4}}(?:,?\s{_POSTCODE}\b)?",
    rf"\b(?:[A-Z][\w’'-]+\s){{1,3}}(?:{_STREETS})\b(?:,\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?){{0,3}},?\s{_POSTCODE}\b",
    r"(?i:\b(?:e\.\s?g|i\.\s?e|cf|vs?|viz|approx|ca)\.),?\s+\S+|\bc\.\s+\S+",
    r"(?i:(?<![’'])\b(?:nos?|figs?|pp?|paras?|ch|chap|vols?|secs?|arts?|pt|regs?|cl|sch|recs?|ss?|ref|tel|ext|eds?|min|max|est)\.)\s+(?=[\d(+~]|[IVXLC]+\b)\S+",
    r"(?i:\b(?:apps?|appx|ann)\.)\s(?:\d|[A-Z]\b)\S*",
    r"(?i:\bref\.)\s+\S*\d\S*|\b(?:incl|excl|eds)\.\s+\S+|\bRt\.?\s+Hon\.?\s+\S+(?:\s[A-Z]\S+)?",
    r"(?i:\b(?:etc|al|ltd|inc|co|dept|govt|hosp|st|ave|rd)\.),?\s+(?=[a-z\d(])\S+",
    rf"\b(?:(?:{_TITLES})\.?\s+){{1,4}}[^\W\d_a-z]\S*",
    rf"\b(?:[^\W\d_a-z]\.\s?){{1,5}}(?!(?i:{_OPENERS})(?![\w.]))(?:[^\W\d_a-z][\w’'-]+|\d\S*)",
    r"\b[a-zA-Z]\.\s[A-Z]\.\s(?=[^\W\d_A-Z])\S|\b[a-z]\.\s[a-z]\.\s+\S+",
    r"[?!…][\"”’]\s(?:I|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)\s(?:asked|said|wrote|told|added|replied|answered|thought)\b",
    rf"\d{{1,2}}\.\s(?:{_OTHER_MONTHS})\b",
    rf"(?:a\.m\.|p\.m\.|am|pm)\s(?:on\s)?(?:{_WEEKDAYS})",
    r"(?:\A|(?<=[a-z]{4}[.!?:;]\s)|(?<=\n))\(?(?:\d{1,2}|[a-zA-Z])[.)]\s+\S",
    r"\b[A-Z][\w’'-]{1,30},\s(?:[A-Z]\.\s?){0,3}[A-Z]\.(?:\s\(\d{4}\))?",
    r"§+\s?\d|\bPO\sBox\s\d|\bQ[1-4]\s\d{4}\b|(?<![\d.,])\d{1,3}\sin\s\d{1,6}(?!\d)|\b[bd]\.\s\d{4}\b",
    r"\b(?:г|ул|им|стр|рис|проф|т)\.\s\S+",
    r"\bQ\.\s+\S",
    r"\b(?:[A-Za-z]\.){2,5}\s+(?=[a-z\d])\S+",
    r"(?<=[A-Za-z])\.(?=[A-Za-z\d])",
)
_CLOSING = r"(?:[\"'”’“»)\]]|\s»)*"
_NOTE_SIGN = r"(?:\[\d{1,3}\]|[*†‡]{1,2}|(?<=[a-z]{4}[.!?])\d{1,3})?"
# A small letter behind it tells that the sentence goes on.
_SENTENCE_END = re.compile(
    rf"(?:[.!?…؟۔।॥]{_CLOSING}{_NOTE_SIGN}(?=\s+[“‘\"'(«„¿¡]?(?P<next>[^\W\d_a-z]))|[。！？](?=.)|"
    rf"(?<=[a-z]{{4}})[.!?]{_CLOSING}(?=\s+(?:[£$€¥]\s?\d|\d[\d,.]*\s[a-z]{{4}}|\d{{1,2}}[.)]\s[A-Z]|\([a-z]{{1,3}}\)\s[A-Z]))|"
    r"(?<=\b(?:19|20)\d\d)[.!?](?=\s+(?:19|20)\d\d\s[a-z]))",
    re.DOTALL,
)
_SHORTENED = re.compile(
    r"\b(?:temp|dept|sect|chap|para|appx|sept|govt|stat|bldg|circ|intl|natl|paras|sched|suppl|approx|incl|excl|cert|spec|"
    r"vols|figs|tabs|arts|secs|recs|cols|eqns?|regs|calc|prob|div|dist|room|cap)\.\Z",
    re.IGNORECASE,
)
"""Words that a figure follows; any other word before a stop and a figure ends a sentence."""
_UNBROKEN = tuple(re.compile(kind) for kind in _KINDS)


def find_unbroken(text: str) -> bytearray:
    """Return a byte for each place in the text: 1 where a cut before that character would fall into something."""
    within = bytearray(len(text) + 1)
    for kind in _UNBROKEN:
        for match in kind.finditer(text):
            start, end = match.start() + 1, match.end()
            if not match[0]:
                continue
            if end - start > 0:
                within[start:end] = b"\1" * (end - start)
            elif match[0] == ".":
                within[end] = 1
    return within


def find_sentence_ends(text: str) -> list[int]:
    """Return the places behind the sentences of a paragraph that others follow, right behind their last sign."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if _ends_sentence(match)]
    return may_cut(ends, find_unbroken(text)) if ends else []


def _ends_sentence(match: re.Match[str]) -> bool:
    following = match["next"]
    if following is not None:
        return not following.islower()
    return _SHORTENED.search(match.string, max(0, match.start() - 10), match.end()) is None


def may_cut(places: Iterable[int], within: bytearray) -> list[int]:
    """Return those of the places at which the text may be cut."""
    return [place for place in places if not within[place]]
