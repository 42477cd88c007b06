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
        r"(?<![“‘\"'])(?:(?-i:should)|ought to)(?! (?:vs|find (?:it )?useful|or|not[”’\"']|"
        r"(?:not |never (?:ever )?)?have \w+(?:ed|en)|"
        r"(?:also |not )*be (?:noted|recognised|remembered|read|stressed|understood|addressed to|sent)))",
        r"(?:there|we|boards?|managers?|leaders?|employers?|trusts?|government|nhs) must",
        r"recommend(?:s|ed)? that", r"we recommend",
        r"(?:essential|vital|crucial|imperative) that(?! I\b)", r"there is (?:also )?a need (?:to|for)",
        r"(?<!that )we need to(?! be (?:\w+ )?aware)",
    ),
    Act.WARNS: match_words(
        r"shortages? of",
        r"(?:severe|national|staff\w*|workforce|funding) (?:shortages?|shortfalls?)", r"shortfalls?",
        r"short[- ]staffed", r"short of (?:staff|nurses|doctors|people|time|money)",
        r"(?<!may )(?<!well )(?<!will )(?<!might )struggle[sd]?", r"(?:is|are|was|were) (?:\w+ )?struggling",
        r"failed to(?! (?:find|show|attend|return)\b)", r"failings",
        r"(?:been|was|were) (?:bullied|harassed)", r"scapegoat\w*",
        r"(?:report|face|suffer|experienc|heard)\w* (?:more |from |of )?(?:bullying|harassment|discrimination|racism)",
        r"fear(?:s|ed)? that", r"burn(?:t|ed|ing)?[- ]?out", r"(?:are|were|staff|feel|felt|left) exhausted(?! all)",
        r"too (?:few|little|late|many|slow|scared)",
        r"lack(?:s|ed|ing)? of(?! (?:\w+ )?(?:data|information|knowledge|evidence))",
        r"(?:raised|growing) concerns? (?:about|that|over)",
        r"(?:was|were|been) (?:\w+ )?(?:concerned|worried) (?:about|that)", r"afraid (?:of|that|to)",
        r"(?:have|having|with|many|more|number of) vacancies", r"m[ai]s?trust", r"distrust",
        r"(?:is|are|was|were|been|being) (?:neglected|overlooked|undermined)",
        r"not (?:been )?(?:heard|listened to)", r"cover(?:ed)?[- ]ups?", r"low (?:morale|trust)",
    ),
}  # fmt: skip

# Whether, how or what somebody should do is no advice, nor is a question.
_ASKED = re.compile(
    r"\b(?:whether|how|if|what)\b[^,;.:]{0,80}?\b(?:should|ought to)\b|\basked (?:whether|if|how)\b[^,;.:]*",
    re.IGNORECASE,
)
# What is warded off, looked out for or only thought of is no finding.
_WARDED = re.compile(
    r"\b(?:prevent|tackl|address|eliminat|challeng|reduc|protect|avoid|overcom|minimis)\w*\b[^,;.:]{0,60}|"
    r"\b(?:alert to|mindful|aware|possibility|risks?|free|if|rather than|much or|never|instead)\b[^,;.:]{0,60}",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?[\"'”’)\]]*\.?\Z|\A[-•–\s]*(?:Whether|What|Who|How|Why|When|Which|Where)\b")


def count_acts(text: str) -> dict[Act, int]:
    """Count the sentences of a text that do each of these. A question does nothing of it."""
    counts = dict.fromkeys(Act, 0)
    for sentence in _split(text):
        if not _ASKS.search(sentence):
            said = {Act.RECOMMENDS: _ASKED.sub("", sentence), Act.WARNS: _WARDED.sub("", _ASKED.sub("", sentence))}
            for act, cue in _CUES.items():
                counts[act] += bool(cue.search(said[act]))
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
