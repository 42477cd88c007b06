"""See the names of people in what others wrote, so that no heading names a colleague or a patient.

A name is seen where the caller knows it, after a title, in a mention, among common first names, and where a capital
stands within a sentence on a word that the thread writes in no other way. What is no name and looks like one costs a
heading and no more: another clause takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.summaries.engine.words import STOP, WORD

_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sister|Sir|Lady|Nurse|Matron|Auntie|Uncle)\.?\s+[A-Z][\w'’-]+",
)
_TITLED_LOOSELY = re.compile(r"\b(?:mr|mrs|ms|mx|dr|prof)\.?\s+[a-z][\w'’-]{2,}", re.IGNORECASE)
_MENTIONED = re.compile(r"<@!?\d+>|(?<!\w)@(?!everyone\b|here\b)\w")
_BRACKETS = re.compile(r"[(\[{].*?(?:[)\]}]|$)")
"""What stands beside a display name in brackets is where somebody works, and no name."""
_CAPITAL = re.compile(r"(?<![\w.])(?P<name>[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)?)(?:['’]s)?(?!\w)")
_STARTS = re.compile(r"(?:^|[.!?:;\n…*_\"“(–-]|['‘](?=\w))\s*(?:[^\w\s]+\s*)?$")
_NO_NAMES_TEXT = """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february march april may june july august september october november december christmas easter
    halloween ramadan diwali hogmanay english welsh scottish irish british polish wales scotland england ireland
    britain london europe google excel word teams outlook whatsapp facebook windows datix god lord jesus covid nhs
    trust board ward unit team day night bay theatre clinic matron sister doctor doctors nurse nurses nursing porter
    porters staff student students manager managers facilities estates pharmacy pharmacist physio therapist therapy
    radiographer radiology domestic domestics housekeeper cleaner kitchen catering clerk secretary secretaries
    reception admin charge lead chief head bank agency nights days lates midwife midwives maternity consultant
    registrar junior senior paramedic technician support worker assistant care carer theatres recovery outpatients
    community security surgical medical mental health
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_LEAST = 3


class Names:
    """Knows the names that a thread holds."""

    def __init__(self, texts: Iterable[str], known: Iterable[str] = ()) -> None:
        """``known`` are names that the caller has, such as display names; each word of them is one."""
        texts = list(texts)
        lower = {word for text in texts for word in WORD.findall(text) if word.islower()}
        bare = (_BRACKETS.sub(" ", name) for name in known)
        told = {word.casefold() for name in bare for word in WORD.findall(name) if _may_be_name(word)}
        self._within = told & STOP & _COMMON
        told = {word for word in told if word not in STOP and word not in _NO_NAMES}
        seen = {match["name"] for text in texts for match in _CAPITAL.finditer(text) if _stands_within(text, match)}
        # A word that the thread also writes small is a word: "Matron said", "the matron".
        found = {_plain(name) for name in seen} - lower - _NO_NAMES - STOP
        self._names = (told - (lower & _COMMON)) | found
        self._capitals = told & lower & _COMMON

    def holds_name(self, text: str) -> bool:
        """Say whether a text names a person, as far as can be seen."""
        if (
            _MENTIONED.search(text)
            or _TITLED.search(text)
            or _TITLED_LOOSELY.search(text)
            or self._holds_stop_word(text)
        ):
            return True
        for word in WORD.findall(text):
            small = _plain(word)
            if small in self._names or small in _FIRST_NAMES or (small in self._capitals and word[:1].isupper()):
                return True
        return False

    def _holds_stop_word(self, text: str) -> bool:
        """Say whether a text names somebody called Will or May: with a capital, where no sentence begins."""
        return bool(self._within) and any(
            match["name"].casefold() in self._within and _stands_within(text, match)
            for match in _CAPITAL.finditer(text)
        )


_COMMON_TEXT = """
    will may mark grace hope rose joy dawn bill rob pat sue jack art dean faith iris ivy june lily miles summer
    robin drew frank gene grant guy max miles nick penny ray rich rusty sandy sunny terry victor violet wade ward
    wren
"""
_COMMON = frozenset(_COMMON_TEXT.split())
"""Names that are words too: they count with a capital only."""
_FIRST_NAMES_TEXT = """
    aaron abdul abi abigail adam adeel aditi adrian agnes agnieszka ahmed aidan aileen aisha alan alastair alba alec
    alex alexander alfie ali alice alina alison amanda amara amber amelia amina amir amy ana andrea andrew andy
    angela angus anil anita anna anne annie anthony antonio anwen arthur asha ashley ayesha barbara barry becky
    beatrice ben benjamin bernadette beth bethan beverley bev bhavna billy blessing bob brenda brian bridget bronwen
    bryn callum cameron cara carl carla carmel carol caroline carys catherine cath cathy cerys charles charlie
    charlotte chloe chris christina christine christopher ciara claire clare clive colin connor craig daniel danny
    daphne darren dave david davina deborah debbie deepa delyth denise derek derrick diana diane dilys dominic
    donald donna doreen dorota doris dorothy douglas duncan dylan eddie edith edward eilidh eileen elaine eleanor
    eleri elizabeth ella ellen ellie elsie emily emma emmanuel eric erin ethan euan eva evan eve ewa fatima fatou
    fiona fionnuala florence fran frances francis fred gareth gary gavin gemma geoff george georgia geraint gerald
    gerry gillian gina gladys glen glenys gloria gordon graham greg gwen gwyneth hamish hannah harold harriet harry
    hazel heather helen henry hettie hilary holly howard huw hugh ian ieuan imran ina ines ingrid isaac isabel isla
    iwan jackie jacob jacqui jade jake james jamie jan jane janet janice janine jasmine jason jean jeanette jeff
    jemma jennifer jenny jeremy jess jessica jim jimmy jo joan joanna joanne joe joel johanna john jon jonathan
    jordan josephine josh joshua joyce juan judith judy julia julian julie justin kamal karen karl kate katherine
    kathleen kathryn kathy katie kavita kay keith kelly ken kenneth kerry kevin khadija kirsty krystyna kumar kwame
    kyle laura lauren laurence lee leila len leo leon leroy lesley leslie lewis liam linda lindsay lisa lloyd lorna
    lorraine louise lucy luke lynda lynette lynn lynne mabel magda maggie mair mairi malcolm mandy marcus margaret
    maria marie marilyn marion marjorie marta martha martin mary matt matthew maureen maxine meera megan meinir
    melanie melissa menna michael michelle mike miriam moira mohammed mohamed mollie molly monica morag morgan moses
    muhammad muriel myra nadia nan nancy naomi natalie natasha nathan neha neil nerys nia niamh nicholas nicola
    nicole nigel nikki nina nkechi noah noel nora norman nuala oliver olivia ollie omar oscar owen padma pamela
    patricia patrick paul paula pauline peggy pete peter phil philip phyllis polly pooja priya rachel rajesh raj
    ralph raymond rebecca rhian rhiannon rhodri rhys rita robert roger ron ronald rosalind rosemary rosie ross roy
    ruaridh rubina ruth ryan sabir sadia sally sam samantha samuel sandra sanjay sara sarah sasha scott sean serena
    shabnam shannon sharon shaun sheila shelagh shirley sian sidra simon siobhan sofia sonia sophia sophie stacey
    stanley stella stephanie stephen steve steven stuart sunita susan susie suzanne sylvia tamsin tania tanya tara
    tash ted teresa tess theresa thomas tim timothy tina toby tom tomos tony tracey tracy trevor tunde una usha
    vanessa vera veronica vicky victoria vincent vivian wayne wendy wiktoria wilfred william winifred winnie yasmin
    yusuf yvette yvonne zainab zara zoe zofia zubair
"""
_FIRST_NAMES = frozenset(_FIRST_NAMES_TEXT.split())
"""First names that are common in the United Kingdom and no everyday words; seen in any spelling of capitals."""


def _may_be_name(word: str) -> bool:
    return len(word) >= _LEAST and word.isalpha()


def _plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").casefold()


def _stands_within(text: str, match: re.Match[str]) -> bool:
    """Say whether a capital stands where no sentence begins."""
    return not _STARTS.search(text[max(0, match.start() - 6) : match.start()])
