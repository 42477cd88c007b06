"""Screen statements: those with a recognisable person, patient details, an insult, or marks are never offered.

When in doubt, a statement is left out: others miss little, and a wrong one hurts somebody. Names and risks are seen by
``bot.summaries.engine.names`` and ``bot.replies.risk_signposting``.
"""

from __future__ import annotations

import re
import unicodedata

from bot.summaries.engine.kinds import is_joke
from bot.summaries.engine.words import NOT_WORDS, REMOVED

_ROLES = """
    manager matron sister boss consultant registrar doctor medic nurse midwife physio\\w* pharmacist porter cleaner
    domestic housekeeper receptionist secretary director executive exec ceo chief lead leader supervisor deputy
    colleague friend mate student trainee technician therapist radiographer paramedic surgeon an[ae]esthetist gp hca
    officer coordinator cook chef driver guard clerk worker assistant sho reg fy[12] operator trainer adviser advisor
    volunteer educator mentor dietitian psychologist chaplain administrator engineer electrician plumber locum
    bloke guy lad
"""
_RELATIVES = """
    mum mam mother dad father son daughter husband wife partner brother nan gran\\w* grandad aunt\\w* uncle niece nephew
    relative carer
"""
_PATIENTS = (
    "patient inpatient resident client user baby toddler child lady gentleman gent man woman girl boy chap fella"
)


def _any_of(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_ROLE = _any_of(_ROLES)
_PERSON = _any_of(f"{_RELATIVES} {_PATIENTS}")
_THE = r"\b(?:my|our|your|their|the|that|this|one|another|some|which|a\scertain)\s+"
_FILLER = r"(?:(?!(?:who|that|to|and|of|for|in|on|is|are)\b)[\w'’-]+\s+){0,2}?"
"""Words between "the" and a person: "the new ward manager"."""
_NO_MORE = (
    r"(?![\s-]+(?:(?:ward\s)?rounds?|rota|vacanc\w+|posts?|shifts?|training|staffing|call|care|safety|records?|notes"
    r"|transport)\b)"
)
"""A person's word before another noun names a thing: "the consultant ward round", "the patient transport"."""
_HAPPENED = re.compile(
    r"\b(?:\w{2,}ed|was|were|had|told|said|left|came|went|got|saw|took|gave|made|did|ran|kept|lost|spent|sat|rang"
    r"|wrote)\b",
    re.IGNORECASE,
)
_WOULD = re.compile(r"\b(?:should|would|could|must|can|cannot|might|will|needs?|if)\b", re.IGNORECASE)
_FEW = "(?:one|two|three|four|five|six|[1-6])"

_SINGLED_OUT = re.compile(
    rf"""
    \b(?:he|she|him|his|hers?|himself|herself)\b
    | {_THE}{_FILLER}{_ROLE}\b{_NO_MORE}
    | \ban?\s+{_FILLER}{_ROLE}\s+(?:of\s(?:mine|ours)|on\s(?:my|our))\b
    | \bone\s+of\s+(?:us|them|you|(?:the|our|my|your|these|those)\s+{_FILLER}{_ROLE}s?)\b
    | \b(?:mr|mrs|ms|miss|dr|prof|sister|nurse)\.?\s(?-i:[A-Z]\b)
    | \b{_FEW}\s(?:of\s(?:our|the|my)\s(?:\w+\s)?)?{_ROLE}s\b | \b{_FEW}\sof\sour\b
    | \bthe\sperson\s(?:in|on|at|from|who)\b
    | \b(?:have|has)\s(?:only\s|just\s)?one\sperson\b | \bsome(?:one|body)\s+(?:on|in|from|at|up)\b
    | \b(?:the|our|my)\s+(?:head|chair)\s+of\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ANYBODY = re.compile(rf"\b(?:an?\s+{_FILLER}{_ROLE}\b{_NO_MORE}|some(?:one|body)|one\sperson)", re.IGNORECASE)
"""Somebody who stands for all of a kind, unless the words tell what happened: "a porter told me"."""
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty|forty)(?:[\s-]\w+)?"
_WRITER = re.compile(
    rf"""
    \b(?:the|our|my|your|their|an)\s+only\s+(?:[\w-]+\s+){{0,3}}?(?:{_ROLE}|one|person|man|woman)\b
    | \b(?:i['’]?m|i\sam|i['’]ve\sbeen|i\swas|as|being)\s+the\b | \bi(?:['’]?m|\sam)\s(?:new|leaving|retiring)\b
    | \b(?:i|i['’]ve|my|me)\b.*\b{_NUMBER}\s+years\b | \b{_NUMBER}\s+years\b.*\b(?:i|i['’]ve|my|me)\b
    | \b(?:we['’]?re|there['’]?s|there\sare)\s(?:only\s|just\s)?{_FEW}\sof\sus\b
    | \b(?:us|the)\s{_FEW}\s(?:of|up|down|on|in)\b
    | \bi\s(?:have|manage|run|lead|supervise)\s(?:[\w-]+\s){{1,2}}(?:people|staff|{_ROLE}s)\b
    | ^\W*as\san?\s{_FILLER}{_ROLE}\b | \bmy\s(?:\w+\s)?{_ROLE}s\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PATIENT = re.compile(
    rf"""
    \b(?:an?|my|our|the|one|that|this|another)\s+{_FILLER}{_PERSON}\b{_NO_MORE} | \b(?:mum|mam|dad|nan|gran)\b
    | \b\w+[\s-](?:years?|yrs?|months?|weeks?|days?)[\s-]olds?\b
    | \b(?:aged|over|past)\s(?:\d\d\b|sixty|seventy|eighty|ninety)
    | \b(?:bed|bay|room|cubicle|ward|theatre|band|clinic|unit)s?\s*(?:no\.?\s*|number\s*)?
        (?:\d+\w?\b(?!\s?(?:hours?|minutes|days|weeks|times|patients|beds)\b)|(?-i:[B-HJ-Z])\b)
    | \b(?:an?|the|one|this|that)\sfamily\b | \b(?:an?|one|the)\s(?:cardiac\s)?(?:arrest|fall|seizure)\b
    | \b(?:bed|bay|room|cubicle)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ILLNESS = re.compile(
    r"\b(?:cancer|dementia|stroke|sepsis|diabet\w+|depress\w+|anxiety|ptsd|pregnan\w+|miscarr\w+|menopaus\w+|autis\w+"
    r"|adhd|dyslex\w+|epilep\w+|asthma\w*|disab\w+|wheelchair|deaf|sick\sleave|off\s(?:sick|ill)|long\scovid)\b",
    re.IGNORECASE,
)
_DEATH = re.compile(r"\b(?:die[ds]?|dying|dead|deaths?)\b", re.IGNORECASE)
_MYSELF = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|my|me|as\sa)\b", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?"
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DATED = re.compile(
    rf"""
    \b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b | \b{_MONTH}\s\d{{1,2}}\b | \b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b
    | \b(?:yesterday|this\smorning|tonight)\b | \b(?:last|the\sother)\s(?:night|day|week|weekend|month|shift)\b
    | \b(?:on|last|since)\s{_DAY}\b | \b(?:in|last)\s{_MONTH}\b | \bthe\s\d+(?:st|nd|rd|th)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

_SWEARING = re.compile(
    r"\b(?:\w*fuck\w*|\w*shit\w*|cunts?|bollo(?:ck|x)\w*|bugger\w*|bastards?|arse(?:hole)?s?|wank\w*|twats?|piss\w*"
    r"|crap\w*|damn\w*|bloody|sod(?:ding|s)?|dick(?:head)?s?|pricks?|knob(?:head)?s?|toss(?:er)?s?|bitch\w*|gits?"
    r"|effing|feck\w*|ffs|wtf|numpt\w+|eejits?|hell)\b|\w[*#@$]+\w",
    re.IGNORECASE,
)
"""A list of our own: those of packages hold little of what is said in British hospitals, and bar words of medicine."""
_JIBE = re.compile(
    r"""
    \b(?:useless|clueless|idiot\w*|lazy|laziness|stupid\w*|morons?|incompeten\w+|pathetic|clowns?|muppets?|jobsworths?
        |(?:pen|pencil|paper)[\s-]?pushers?|suits|liars?|cowards?|hypocri\w+|arrogan\w+|ignorant|hopeless|rubbish|circus
        |shambles|farce|a\sjoke|so-called|backsides?|god['’]s\sgift|too\s(?:thick|dim|posh|grand|important))\b
    | \b(?:do|does|did)(?:\sno|n['’]?)t\s(?:even\s|really\s)?(?:care|give\sa)\b | \b(?:care\sless|nobody\s.*\bcares)\b
    | (?<!\bi\s)(?<!\bwe\s)\b(?:have|has|had|with)\s(?:absolutely\s)?no\s(?:idea|clue)\b
    | (?:n['’]?t|\bnot)\s(?:got\s|have\s)?a\sclue\b | \bwouldn['’]?t\sknow\b
    | \bcouldn['’]?t\s(?:run|organi[sz]e|find|manage)\b | \bwhoever\b | \bswan\w*\b
    | \babout\sthemselves\b | \bwho\s(?:thought|came\sup|designed|decided)\b
    | \b(?:u|you)\s(?:lot|people|guys)\b | \bno\snames\b | \bcertain\s(?:people|individuals|managers)\b
    | \bnever\s(?:done|worked|held)\sa\b
    | ^\W*(?:oh|ah|wow|lovely|brilliant|fantastic|wonderful|funny|apparently|obviously|surprise|bless|imagine|god|cheers
        |nothing\ssays
        |(?:nice|good|great|lovely)\s(?:to\s(?:know|see|hear)|that)|well\sdone|of\scourse|no\sdoubt|congratulations
        |thanks?|great\s\w+,)(?!\w)
    | [🙄🤡😒🤮💩🖕]
    | (?<!\w)["“‘'][\w-]+(?:\s[\w-]+)?["”’'](?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_UNSEEN = re.compile(r"[*_~\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MARKS = re.compile(r"\|\||`|\w@\w|\d{5}")


def is_fit(statement: str) -> bool:
    """Say whether a statement singles nobody out, mentions no patient, and hurts nobody, as far as the program can see.

    It must hold no link, mention, code, hidden text or mark of what was removed.
    """
    words = strip_disguises(statement)
    return not (
        _MARKS.search(statement)
        or NOT_WORDS.search(statement)
        or REMOVED.search(statement)
        or _singles_out(words)
        or _DATED.search(words)
        or _SWEARING.search(statement)
        or _JIBE.search(words)
        or is_joke(statement)
    )


def strip_disguises(text: str) -> str:
    """Return a text without what hides words: marks of emphasis, unseen letters, letters in another dress."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).split())


def _singles_out(statement: str) -> bool:
    return bool(
        _SINGLED_OUT.search(statement)
        or _PATIENT.search(statement)
        or _DEATH.search(statement)
        or _WRITER.search(statement)
        or (_ILLNESS.search(statement) and _MYSELF.search(statement))
        or (_ANYBODY.search(statement) and _HAPPENED.search(statement) and not _WOULD.search(statement))
    )
