"""Suggests open questions for a passage, by what the passage does: it recommends, warns, claims or describes."""

from __future__ import annotations

import re
from typing import Literal

Act = Literal["recommends", "warns", "claims", "describes"]


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


# The first of those with the most cues wins. A passage without any cue describes.
_CUES: dict[Act, re.Pattern[str]] = {
    "recommends": _words(
        r"should(?! not have)", r"must", r"ought to", r"needs? to", r"ha(?:s|ve) to", r"recommend\w*", r"propos\w+",
        r"urg(?:e|es|ed|ing)", r"advi[sc]es?", r"call(?:s|ed)? (?:for|on)", r"(?:essential|vital|crucial) (?:that|to)",
        r"ask(?:s|ed) (?:for|that|people|leaders)", r"priority", r"let us", r"it is time",
    ),
    "warns": _words(
        r"risk\w*", r"danger\w*", r"warn\w*", r"threat\w*", r"harm\w*", r"fail\w*", r"crisis", r"unless", r"unsafe",
        r"shortages?", r"short of", r"worse\w*", r"worr(?:y|ied|ies|ying)", r"concern(?:ed|s)?", r"damag\w+",
        r"undermin\w+", r"poor(?:ly)?", r"neglect\w*", r"problems?", r"barriers?", r"bull(?:y|ied|ying)", r"blam\w+",
        r"los(?:e|es|ing|t|s)", r"too (?:few|little|late|many|much)",
    ),
    "claims": _words(
        r"evidence", r"found", r"finds?", r"findings?", r"show(?:s|n|ed)?", r"belie[fv]\w*", r"argu\w+", r"conclu\w+",
        r"suggest\w*", r"because", r"therefore", r"prov(?:e|es|ed|en)", r"research", r"studies", r"study", r"survey\w*",
        r"(?:more|better|less|higher|lower|rather) than", r"is (?:the )?(?:key|most|best)", r"clear(?:ly)?", r"likely",
        r"per ?cent", r"always", r"never", r"cannot",
    ),
    "describes": re.compile(r"(?!)"),
}  # fmt: skip

_QUESTIONS: dict[Act, tuple[str, str, str]] = {
    "recommends": (
        "What would have to change where you work before this advice about {topic} could be followed?",
        "Who would find this advice a help, who would find it hard, and why?",
        "What small first step could your team take, and what might get in the way?",
    ),
    "warns": (
        "Where have you seen this kind of problem with {topic}, and what came of it?",
        "What are the first signs of this problem, and who needs to hear about them?",
        "What would help to stop this from happening where you work?",
    ),
    "claims": (
        "What have you seen at work that fits this view of {topic}, or goes against it?",
        "Who might see this differently, and what would they say?",
        "If this is right, what should your team or your leaders do differently?",
    ),
    "describes": (
        "How does this compare with what you know of {topic} where you work?",
        "What does this leave out that people should know?",
        "What in this matters most to you, and why?",
    ),
}

# What a passage may be about, in words that everybody uses. The one that is named most often is asked about.
_TOPICS: dict[str, re.Pattern[str]] = {
    "managers": _words(r"manag(?:er|ers|ement)", r"executives?", r"boards?", r"directors?"),
    "leading people": _words(r"leaders?", r"leadership", r"leading", r"led"),
    "training": _words(r"training", r"trained", r"learning", r"education", r"skills?", r"courses?"),
    "staff": _words(r"staff", r"staffing", r"workforce", r"employees?", r"workers?", r"nurses?", r"doctors?"),
    "patients": _words(r"patients?", r"carers?", r"families", r"service users?"),
    "money": _words(r"money", r"costs?", r"budgets?", r"funding", r"financ\w+", r"savings?", r"spending", r"pounds?"),
    "targets and checks": _words(r"targets?", r"regulat\w+", r"inspect\w+", r"data", r"measures?", r"audits?"),
    "teamwork": _words(r"teams?", r"teamwork", r"together", r"partners?", r"partnerships?", r"collaborat\w+"),
    "speaking up": _words(r"speak(?:ing)? up", r"challenge poor", r"whistle\W?blow\w+", r"heard", r"listen\w*"),
    "change": _words(r"changes?", r"reforms?", r"reorgani\w+", r"transform\w*", r"innovat\w+"),
}


def suggest_questions(text: str) -> tuple[str, str, str]:
    """Return three open questions in plain words for a passage; the same text gives the same ones."""
    topic = _topic(text)
    first, second, third = _QUESTIONS[what_it_does(text)]
    return first.format(topic=topic), second.format(topic=topic), third.format(topic=topic)


def what_it_does(text: str) -> Act:
    """Say what a passage mainly does, by its English cue words; one without any of them describes."""
    counts = {act: len(pattern.findall(text)) for act, pattern in _CUES.items()}
    best = max(counts, key=lambda act: counts[act])
    return best if counts[best] else "describes"


def _topic(text: str) -> str:
    counts = {topic: len(pattern.findall(text)) for topic, pattern in _TOPICS.items()}
    best = max(counts, key=lambda topic: counts[topic])
    return best if counts[best] else "such things"
