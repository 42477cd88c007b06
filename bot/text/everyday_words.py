"""Which words people use every day, so that they are no sign of a person by themselves, and which of them count."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from bot.text.first_names import NO_NAMES, WORD_NAMES

_SURNAMES_TEXT = """
    adams ahmed akhtar ali allen anderson begum campbell carter chowdhury clarke collins davies davis edwards evans
    griffiths harris harrison hughes hussain jackson james jenkins johnson jones kaur kelly khan lewis lloyd
    mahmood martin mitchell morris morgan murphy patel phillips powell richards roberts robinson rogers shah simpson
    singh smith stewart taylor thomas thompson watson williams williamson wilson wright
"""
_SURNAMES = frozenset(_SURNAMES_TEXT.split())
"""Surnames that a list of everyday words holds too, though they are none."""

_WORK_TEXT = """
    anaesthetic anaesthetics appraisal appraisals bleep camhs chaplaincy childcare continence dialysis dietetics earlies
    endoscopy frailty gynae handover handovers huddle huddles informatics inpatients lates locum locums midwifery
    neonatal neonates obstetric obstetrics oncology ortho paediatric paediatrics paeds palliative payslip payslips
    phleb phlebotomy physio physios physiotherapy preceptee preceptor preceptorship psych radiology resus rostering
    rosters rota rotas safeguarding staffing timesheet timesheets triage viability wellbeing
"""
_WORK_WORDS = frozenset(_WORK_TEXT.split())
"""Words that people at work use every day, beside those, and nobody's surname."""


_TRADES = (
    "ist",
    "ists",
    "ology",
    "iatry",
    "iatric",
    "iatrics",
    "ician",
    "icians",
    "etry",
    "graphy",
    "grapher",
    "graphers",
)
"""How words for what somebody does end: "sonographer", "podiatrist", "cardiology"."""
_SURE_SURNAMES_TEXT = """
    agarwal ahluwalia banerjee bhatt chatterjee chaudhary chaudhry chopra desai dhillon dutta fernandes fernando gandhi
    ganguly gill gonzalez gupta iyer jha joshi kapoor kaplan khanna kowalski krishnan kulkarni kumari lopez malhotra
    martinez mehta menon mishra mohammed mukherjee nair nayar nguyen nowak obrien oconnor okeefe oneill osullivan pandey
    pereira perez pillai raman rao reddy rodriguez sanchez sandhu saxena schmidt sharma shrestha sidhu siddiqui sinha
    souza subramanian thapa tiwari trivedi varma verma wisniewski yadav
"""
SURE_SURNAMES = frozenset(_SURE_SURNAMES_TEXT.split())
"""Surnames that a list of everyday words holds too, though they are nothing else."""
_NUMBER_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions dozen dozens half quarter third majority everyone everybody nobody percent
"""
NUMBER_WORDS = frozenset(_NUMBER_WORDS.split())
"""They count people or things, so a program may use those alone that people or a report used themselves."""
_ENDS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "ness", "le", "n", "en", "ish", "ful", "less", "able")


def is_everyday(small: str) -> bool:
    """Say whether a word in small letters is one that people use every day, and no surname alone."""
    return small in _everyday_words() and small not in _SURNAMES


def is_said_at_work(small: str) -> bool:
    """Say the same, or that it is a word of the work here: "rota" in "Rota Queen" is no sign of her."""
    return small in _WORK_WORDS or is_everyday(small)


def is_surname(small: str) -> bool:
    """Say whether a word of somebody's name, in small letters, can be nothing else than a name."""
    is_word = small in NO_NAMES or small in WORD_NAMES or is_said_at_work(small)
    return not is_word and not small.endswith(_TRADES)


def is_listed_surname(small: str) -> bool:
    """Say whether a word is a usual surname and a word or a place too, such as "Wright" or "Carter"."""
    return small in _SURNAMES


@lru_cache(maxsize=1)
def _everyday_words() -> frozenset[str]:
    pieces = (files("bot.summaries.engine") / "data" / "pieces.txt").read_text(encoding="utf-8").split()
    return frozenset(piece for piece in pieces if piece.isalpha())


def strip_ends(small: str) -> list[str]:
    """Return what a word can come from: "wobbly" from "wobble", "knackered" from "knacker"."""
    stems = [small[: -len(end)] for end in _ENDS if small.endswith(end) and len(small) - len(end) > 2]
    return [
        each for stem in stems for each in (stem, f"{stem}e", f"{stem}le", stem[:-1] if stem[-1] == stem[-2] else stem)
    ]
