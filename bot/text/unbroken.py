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
    "years?|phases?|stages?|steps?|weeks?|days?|aged?|tel|telephone|phone|ext|extension|bleep"
)
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Square|Sq|Place|Drive|Close|Court|Terrace|Way|Crescent|Gardens|Hill|Row|Walk|"
    "House|Building|Park|Gate|Quay|Green|Mews|Parade|Embankment|Mall|Whitehall"
)
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
    r"(?i:\b(?:e\.\s?g|i\.\s?e|cf|vs?|viz|approx|ca|c)\.),?\s+\S+",
    r"(?i:\b(?:nos?|figs?|pp?|paras?|ch|chap|vols?|secs?|arts?|pt|regs?|cl|sch|recs?|ss?|ref|tel|ext|eds?|min|max|est)\.)\s+(?=[\dIVX(+~])\S+",
    r"(?i:\bref\.)\s+\S*\d\S*|\b(?:incl|excl|eds)\.\s+\S+|\bRt\.?\s+Hon\.?\s+\S+(?:\s[A-Z]\S+)?",
    r"(?i:\b(?:etc|al|ltd|inc|co|dept|govt|hosp|st|ave|rd)\.),?\s+(?=[a-z\d(])\S+",
    r"\b(?:Dr|Mr|Mrs|Ms|Mx|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Sister|Matron|Rev|Hon|St|Sgt|Col|Gen|Capt)\.?\s+[A-Z]\S*",
    r"\b(?:[A-Z]\.\s?){1,5}(?:[A-Z][\w’'-]+|\d\S*)",
    r"\b(?:[A-Za-z]\.){2,5}\s+(?=[a-z\d])\S+",
    r"(?<=[A-Za-z])\.(?=[A-Za-z\d])",
)
# A small letter behind it tells that the sentence goes on.
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*(?=\s+[“‘\"'(]?[^\W\d_a-z])|[。！？]")
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
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return may_cut(ends, find_unbroken(text)) if ends else []


def may_cut(places: Iterable[int], within: bytearray) -> list[int]:
    """Return those of the places at which the text may be cut."""
    return [place for place in places if not within[place]]
