"""Words and phrases that staff use for one thing, so that people who say the same are heard to say the same."""

from __future__ import annotations

import re

_PHRASES = {
    "healthcareassistant": "health ?care assistants?|hcas?|health ?care support workers?|hcsws?",
    "takehomemedicine": "take[- ]home (?:medicines?|medications?|meds|drugs)|discharge (?:medicines?|medications?|meds)"
    "|tt[oa]s?",
    "emergencydepartment": "a ?& ?e|emergency departments?|casualty",
    "shortstaffed": "short[- ]?staffed|under[- ]?staffed|staff(?:ing)? shortages?|shortages? of (?:staff|nurses)"
    "|not enough staff|too few staff|short of staff",
    "feedback": "feed[- ]back|(?:hear|heard|hears|hearing) (?:anything |nothing )?back",
    "handover": "hand[- ]overs?",
    "linemanager": "line managers?",
    "carpark": "car ?parks?|car parking|parking(?: spaces?| permits?)?",
    "sickleave": "sick leave|off sick|sickness(?: absence)?",
    "patient": "service users?",
    "exhausted": "burn(?:t|ed)? ?out|burnout|worn out",
    "childcare": "child ?care|child ?minders?|nursery places?",
    "multidisciplinary": "multi[- ]?disciplinary(?: teams?)?|mdts?",
    "incidentreport": "datix(?:es)?(?: forms?| reports?)?|incident (?:reports?|forms?)",
}
_WORDS = {
    "medicine": "medicines medication medications meds drugs",
    "doctor": "doctors medics medic drs",
    "close": "shut shuts shutting closes closed closing",
    "rota": "rotas roster rosters rostering off-duty",
    "canteen": "canteens cafeteria",
    "family": "families relatives",
    "child": "children kids",
    "executive": "executives execs exec",
    "exhausted": "exhausting knackered shattered",
    "afraid": "scared frightened fearful",
    "salary": "salaries wage wages",
    "computer": "computers pc pcs laptop laptops",
    "colleague": "colleagues coworker coworkers workmates",
    "phone": "phones telephone telephones",
    "quick": "quickly fast faster quicker",
    "permit": "allowed permitted",
    "hear": "heard", "lose": "lost", "pay": "paid", "spend": "spent", "write": "wrote written", "eat": "ate eaten",
    "teach": "taught", "hold": "held", "build": "built", "choose": "chose chosen", "drive": "drove driven",
    "sit": "sat", "stand": "stood", "speak": "spoke spoken", "bring": "brought", "buy": "bought", "sell": "sold",
    "woman": "women", "man": "men", "late": "later lateness",
}  # fmt: skip
ALIKE = {other: word for word, others in _WORDS.items() for other in others.split()}
"""What a word is taken for, by the word itself."""

_NAMES = tuple(_PHRASES)
_PHRASE = re.compile(rf"(?<![\w'])(?:{'|'.join(f'({phrase})' for phrase in _PHRASES.values())})(?![\w'])")


def one_name(text: str) -> str:
    """Return a text in lower case with each known phrase under one name ("TTOs" and "take-home medicines")."""
    return _PHRASE.sub(lambda found: _NAMES[(found.lastindex or 1) - 1], text)
