"""What a passage does, by its English cue words: it recommends, it tells something uncomfortable, or it makes a claim.

A cue is kept where it proved right on passages that were labelled by hand (tests/library/labelled_passages.json).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.text.unbroken import find_sentence_ends


class Act(StrEnum):
    """What a passage does, and what a list calls it."""

    RECOMMENDS = "recommendation"
    WARNS = "uncomfortable finding"
    CLAIMS = "claim"


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


_CUES: Mapping[Act, re.Pattern[str]] = {
    Act.RECOMMENDS: _words(
        r"(?:should|must|ought to)(?! (?:not have|have \w+(?:ed|en)|(?:also )?be (?:noted|remembered|read|stressed)))",
        r"recommend(?:s|ed)? (?:that|the|a|an|to)", r"we recommend", r"recommendation \d+[:.]",
        r"(?:essential|vital|crucial|imperative|time) (?:that|to|for)", r"call(?:s|ed|ing)? (?:for|on)",
        r"propos(?:e|es|ed) (?:that|to|a|an)", r"(?:there is|is) (?:also )?a need (?:to|for)", r"a need exists to",
        r"will need to", r"we need to", r"(?:it is|now is the) time to",
    ),
    Act.WARNS: _words(
        r"shortages?", r"shortfalls?", r"short[- ]staffed", r"short of (?:staff|nurses|doctors|people|time|money)",
        r"struggl(?:e|es|ed|ing)", r"fail(?:s|ed|ing)? to", r"(?<!heart )(?<!renal )(?<!kidney )(?<!organ )failures?",
        r"failings?", r"unsafe", r"harm(?:s|ed|ful)?",
        r"bull(?:y|ied|ying)", r"harass\w*", r"discriminat\w+", r"racism", r"blam(?:e|ed|ing)", r"scapegoat\w*",
        r"burn(?:t|ed|ing)?[- ]?out", r"exhaust(?:ed|ion|ing)", r"crisis", r"wors(?:e|en|ened|ening)",
        r"too (?:few|little|late|many|much|often|slow|low|scared)", r"lack(?:s|ed|ing)? (?:of|the|a|any)", r"at risk",
        r"risks? (?:of|that|to)", r"concern(?:s|ed)? (?:about|around|that|over|raised)", r"worr(?:y|ied|ies|ying)",
        r"fear(?:s|ed|ful)?", r"afraid", r"(?:have|having|with|many|more|number of) vacancies", r"vacant",
        r"difficult(?:y|ies)? (?:to|in) (?:recruit|retain|hire|fill)",
        r"barriers?", r"m[ai]s?trust", r"distrust", r"undermin(?:e|es|ed|ing)", r"neglect(?:ed|s)?", r"waste[ds]?",
        r"inefficien\w+", r"overlook(?:ed|s)?", r"ignored?", r"silen(?:ce|ced)", r"not (?:been )?(?:heard|listened to)",
        r"cover(?:ed)?[- ]ups?", r"damag(?:e|es|ed|ing)", r"threat(?:s|en|ens|ened|ening)?", r"unease", r"discomfort",
        r"be misused", r"inequalit(?:y|ies)", r"unfair\w*", r"low (?:morale|trust|levels of trust)",
    ),
    Act.CLAIMS: _words(
        r"evidence (?:shows|suggests|that|is)",
        r"(?:found|finds|shows?|showed|suggests?|suggested|argues?|believes?|concludes?) that",
        r"we (?:found|believe|argue|conclude)", r"(?:is|are) (?:the )?(?:key|central|at the heart|essential|crucial)",
        r"depends? on", r"leads? to", r"results? in", r"because", r"(?:more|less|better|worse|higher|lower) \w+ than",
        r"(?:more|less|better|worse|higher|lower|rather) than (?!half|an?\b|one|two|three|four|\d)",
        r"(?:more|less|most) likely", r"most (?:people|patients|staff|participants|respondents)",
        r"majority (?:of|supported)",
        r"not enough", r"cannot", r"instead of", r"outweigh(?:s|ed)?",
    ),
}  # fmt: skip

# What tells how a report was made or where to look in it gives nothing to discuss, whatever its words are.
_ABOUT_THE_REPORT = _words(
    r"this (?:report|chapter|section|paper|study|appendix|document)",
    r"(?:the )?(?:following|next) (?:chapter|section)s?",
    r"(?:table|figure|fig\.|appendix|annex|box|chapter|section) \w{1,3}(?=[\s:.,;)]|$)", r"respondents were asked",
    r"participants were (?:asked|shown|recruited)",
    r"we (?:asked|tested|explored|spoke to|presented|showed|interviewed|surveyed)",
    r"(?:the|this) survey(?! (?:found|finds|shows?|suggests?))", r"survey results", r"did not (?:respond|answer)",
    r"free text", r"response rate", r"the questions? (?=[“\"])", r"summary of",
    r"questionnaires?", r"sample (?:size|profile)", r"base: n", r"methodolog\w+", r"fieldwork",
    r"(?:would like to|we) thank", r"grateful to", r"stimulus", r"workshops? \d", r"terms of reference", r"click here",
    r"further (?:information|detail)s? (?:on|about|can)", r"is set out in", r"commissioned (?:by|to)",
    r"interim report",
)  # fmt: skip
_ASKS = re.compile(r"\?[\"'”’)\]]*\.?\Z|\A[-•–\s]*(?:Whether|What|Who|How|Why|When|Which|Where)\b")


@dataclass(frozen=True, slots=True)
class Cues:
    """How many sentences of a text hold a cue of each act, and the share (0 to 1) that speaks of the report itself."""

    sentences: Mapping[Act, int]
    about_report: float


def count_cues(text: str) -> Cues:
    """Count the cues of a text by sentences. A question does nothing of it, nor does a sentence about the report."""
    counts = dict.fromkeys(Act, 0)
    sentences = list(_split(text))
    about_report = 0
    for sentence in sentences:
        if _ABOUT_THE_REPORT.search(sentence):
            about_report += 1
        elif not _ASKS.search(sentence):
            for act, pattern in _CUES.items():
                counts[act] += bool(pattern.search(sentence))
    return Cues(counts, about_report / max(1, len(sentences)))


def _split(text: str) -> Iterator[str]:
    """Split a text into its lines, and these into sentences."""
    for line in text.splitlines():
        places = [0, *find_sentence_ends(line), len(line)]
        yield from filter(None, (line[start:end].strip() for start, end in pairwise(places)))


def read_acts(text: str) -> tuple[Act, ...]:
    """Return what a passage does, what it does most first; a passage may do nothing of it."""
    counts, order = count_cues(text).sentences, list(Act)
    return tuple(sorted((act for act in Act if counts[act]), key=lambda act: (-counts[act], order.index(act))))
