"""Whether a passage holds a sentence at all, or only what tables, name lists, headings and notes leave behind."""

from __future__ import annotations

import re

from bot.library.blocks import LEFT_OUT
from bot.models.library import Passage

FEWEST_WORDS = 3
FEWEST_SIGNS = 8
"""The least length of a sentence in a script that writes no spaces."""

_ENDS = re.compile(r"[.!?…؟۔।][\"'”’»)\]]*(?=\s)|[。！？]|\n+")
_CLOSING = "\"'”’»)]*_ "
_SPACELESS = "。！？"
_FULL_STOPS = tuple(".!?…؟۔।" + _SPACELESS)
_LEADS_TO_LIST = re.compile(rf":\s*\n(?:{re.escape(LEFT_OUT)}\n)?\s*(?:[-•*–]|\(?\w{{1,3}}[.)])\s")
CAPTION = re.compile(
    r"(?i:figure|fig\.|table|chart|exhibit|map|graph)\s+(?:(?:[A-Z]\.?)?\d[\w.]*(?:[-–]\d+)?|[IVXL]{1,6}(?![\w-]))\s*(?:[:.–—|-](?:\s|$)|(?<=\s)[A-Z“\"]|$)"
)
"""How the line begins that names a table or a figure; "Figure 6 shows" begins a sentence."""
CREDIT = re.compile(
    r"\b(?i:photo(?:graph)?s?|image|picture|rendering|illustration)(?i: credits?)?(?i: by)?:|^©|^(?:Figure|Table|Map):"
)
"""What only the line below a picture says, or that above one without a number."""
_CAPTIONS = re.compile(rf"(?m)^(?:{CAPTION.pattern}|(?i:sources?|base):)[^\n]*$")
_CREDITED = 25
"""The most words of a line that tells what a picture shows and who made it."""
# What is in the fields of a form.
_FIELD = re.compile(r"\b(?:click|tap) (?:or tap )?here\b|_{4}|\bchoose an item\b|…{4}", re.IGNORECASE)
_NOTES_HEADING = re.compile(
    r"(?:(?:chapter|part|section|annexe?|appendix)\s+)?(?:(?:\d{1,2}\.?){1,3}|[A-Z]|[IVX]{1,4})?[.:)–—-]?\s*"
    r"(?:end ?notes?|foot ?notes?|notes?(?: and references)?|references?(?: and notes)?|bibliography|works cited|"
    r"sources|further reading|glossary(?: of [a-z]+)?|index|acknowledge?ments?|contents|imprint)\W*",
    re.IGNORECASE,
)
# What one may answer in a questionnaire, on a line of its own.
_ANSWER = (
    r"^(?:(?:- |☐ )?(?:[a-z]|[ivx]{1,4})[.)] |- |☐ )(?:don[’']t know|not sure|prefer not to (?:say|answer)|"
    r"not applicable|(?:strongly|somewhat|tend to) (?:dis)?agree|(?:very|somewhat|fairly) (?:dis)?satisfied|"
    r"neither [\w-]+ nor [\w-]+|other[ ,:–-]*\(?(?:please )?(?:specify|state|describe)\)?|\[?open text\]?|"
    r"none of (?:the above|these))\W*$"
)
# Fields to fill in, boxes to tick below each other, or the answers to choose from.
_FORM = re.compile(
    rf"{_FIELD.pattern}|(?:^(?:- |☐ |[a-z][.)] )?(?:yes|no|n/a)\s*$\n?){{2}}|"
    rf"\bplease (?:select|tick)\b|\byes ?/? ?no\s*$|{_ANSWER}",
    re.IGNORECASE | re.MULTILINE,
)
# What a publisher says of the publication itself.
_IMPRINT = re.compile(
    r"\bISBN[:\s]*[\d-]{8}|\bOpen Government Licence\b|\benquiries (?:regarding|about) this publication\b|"
    r"\ball rights reserved\b|"
    r"^this (?:document|publication|report) is (?:also )?available (?:for download )?(?:at|from|on)\b",
    re.IGNORECASE | re.MULTILINE,
)
_IMPRINT_WORDS = 150
# A number, then what notes begin with: See Appendix D, Ibid., Smith J (2010).
_NOTE = re.compile(
    r"\[?\^?\d{1,3}\]?[:.]?\s+(?:See\b|Ibid|Op\. ?cit|Available at|Accessed|https?:|"
    r"(?!The |In |This |We |An? )[A-Z][\w'’-]+,? [A-Z]{1,2}[.,;])"
)

# An entry of a bibliography: Smith, J. B., A. Jones, et al. … (2021).
_REFERENCE = re.compile(
    r"[A-Z][\w’'-]+, (?:[A-Z]\. ?(?:-?[A-Z]\. ?)*)(?:,|and |& |\().{0,1500}\((?:19|20)\d\d\)", re.DOTALL
)


def has_sentence(text: str) -> bool:
    """Say whether a text holds one whole sentence: words that run on to a full stop, or that lead to a list.

    What a caption says counts for none.
    """
    text = _CAPTIONS.sub("", text)
    text = "\n".join(line for line in text.split("\n") if not (CREDIT.search(line) and len(line.split()) <= _CREDITED))
    lead = _LEADS_TO_LIST.search(text)
    if lead and _runs_on(_last_line(text[: lead.start()]).split()):
        return True
    start = 0
    for end in _ENDS.finditer(text):
        if _is_sentence(text[start : end.end()]):
            return True
        start = end.end()
    return _is_sentence(text[start:])


def is_note(heading: str, text: str) -> bool:
    """Say whether a passage is a note, a reference, a form or another part of a report that nobody discusses.

    ``heading`` is the path of headings above it.
    """
    is_under_notes = any(_NOTES_HEADING.fullmatch(part.strip()) for part in heading.split(">"))
    is_imprint = len(text.split()) <= _IMPRINT_WORDS and _IMPRINT.search(text)
    return bool(is_under_notes or is_imprint or _NOTE.match(text) or _REFERENCE.match(text) or _FORM.search(text))


def is_for_discussion(passage: Passage) -> bool:
    """Say whether a passage is shown at first. What somebody wrote or asked about always is."""
    if passage.own_words or passage.question.strip():
        return True
    return has_sentence(passage.text) and not is_note(passage.heading, passage.text)


def _is_sentence(part: str) -> bool:
    part = part.rstrip(_CLOSING).lstrip("-•*–> \t")
    if not part.endswith(_FULL_STOPS) or "|" in part or "•" in part:
        return False
    if part.endswith(tuple(_SPACELESS)):
        return len(part) >= FEWEST_SIGNS
    return _runs_on(part.split())


def _runs_on(words: list[str]) -> bool:
    """Say whether words run on as a sentence's do: at least half of them neither a name nor a number."""
    return len(words) >= FEWEST_WORDS and 2 * sum(map(_is_common, words)) >= len(words)


def _is_common(word: str) -> bool:
    first = next((char for char in word if char.isalnum()), "")
    return first.isalpha() and not first.isupper()


def _last_line(text: str) -> str:
    return text.rsplit("\n", 1)[-1]
