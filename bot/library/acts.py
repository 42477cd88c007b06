"""What a passage does, by its English cue words: it recommends something, or says something uncomfortable.

A cue stays only where it proved right on real reports, and on the passages that were labelled by hand
(tests/library/labelled_passages.json).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import pairwise

from bot.text.unbroken import find_sentence_ends


class Act(StrEnum):
    """What a passage does, and what a list calls it."""

    RECOMMENDS = "recommendation"
    WARNS = "uncomfortable finding"


def match_words(*patterns: str) -> re.Pattern[str]:
    """Return a pattern for any of these as whole words, in capital or small letters."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


_CUES: Mapping[Act, re.Pattern[str]] = {
    Act.RECOMMENDS: match_words(
        r"(?<![“‘\"'])(?:should|ought to)(?! (?:vs|or|not[”’\"']|(?:not |never (?:ever )?)?have \w+(?:ed|en)|"
        r"(?:also |not )*be (?:noted|recognised|remembered|read|stressed|understood|addressed to|sent)))",
        r"(?:there|we|boards?|managers?|leaders?|employers?|trusts?|government|nhs) must",
        r"recommend(?:s|ed)? that", r"we recommend",
        r"(?:essential|vital|crucial|imperative) that(?! I\b)", r"there is (?:also )?a need (?:to|for)", r"we need to",
    ),
    Act.WARNS: match_words(
        r"shortages?", r"shortfalls?", r"short[- ]staffed", r"short of (?:staff|nurses|doctors|people|time|money)",
        r"struggl(?:e|es|ed|ing)", r"fail(?:s|ed|ing|ures?)? to", r"failings", r"unsafe",
        r"bull(?:y|ied|ying)", r"harass\w*", r"discriminat\w+", r"racism", r"blam(?:ed|ing)", r"scapegoat\w*",
        r"burn(?:t|ed|ing)?[- ]?out", r"exhausted(?! all)", r"too (?:few|little|late|many|slow|low|scared)",
        r"lack(?:s|ed|ing)? of", r"(?:raised|serious|growing|many|have) concerns? (?:about|that|over)",
        r"concerned (?:about|that)", r"worried", r"fear(?:s|ed|ful)", r"afraid",
        r"(?:have|having|with|many|more|number of) vacancies", r"m[ai]s?trust", r"distrust",
        r"undermin(?:e|es|ed|ing)", r"neglect(?:ed)?", r"inefficien\w+", r"overlooked",
        r"not (?:been )?(?:heard|listened to)", r"cover(?:ed)?[- ]ups?", r"low (?:morale|trust)",
    ),
}  # fmt: skip

# Whether, how or what somebody should do is no advice, nor is a question.
_ASKED = re.compile(
    r"\b(?:whether|how|if|what)\b[^,;.:]{0,80}?\b(?:should|ought to)\b|\basked (?:whether|if|how)\b[^,;.:]*",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?[\"'”’)\]]*\.?\Z|\A[-•–\s]*(?:Whether|What|Who|How|Why|When|Which|Where)\b")


def count_acts(text: str) -> dict[Act, int]:
    """Count the sentences of a text that do each of these. A question does nothing of it."""
    counts = dict.fromkeys(Act, 0)
    for sentence in _split(text):
        if not _ASKS.search(sentence):
            said = _ASKED.sub("", sentence)
            for act, cue in _CUES.items():
                counts[act] += bool(cue.search(said))
    return counts


def read_acts(text: str) -> tuple[Act, ...]:
    """Return what a passage does, what it does most first; a passage may do nothing of it."""
    counts = count_acts(text)
    return tuple(sorted((act for act in Act if counts[act]), key=lambda act: -counts[act]))


def _split(text: str) -> Iterator[str]:
    """Split a text into its lines, and these into sentences."""
    for line in text.splitlines():
        places = [0, *find_sentence_ends(line), len(line)]
        yield from filter(None, (line[start:end].strip() for start, end in pairwise(places)))
