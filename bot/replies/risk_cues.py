"""The cues that words may be about a risk to somebody: a short list, published word for word in docs/reference.md.

In a cue, "a/b" is either word and "…" is up to three words of any kind. Case, apostrophes and hyphens do not count.
Cues are whole phrases, since staff say "the rota is killing us" and "we were slaughtered last night" of a long day.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Risk(StrEnum):
    """What somebody's words may be about."""

    SELF_HARM = "self-harm"
    BULLYING = "bullying"
    PATIENT_SAFETY = "patient safety"
    CRIME = "crime"


CUES: Mapping[Risk, tuple[str, ...]] = {
    Risk.SELF_HARM: (
        "suicide/suicidal",
        "kill/killing/killed himself/herself/themselves",
        "want/wanted/going/tried/thought/thinking/thoughts … kill/killing myself",
        "harm/harming/harmed myself",
        "want/wanted/urge to hurt myself",
        "thought/thoughts/thinking of/about hurting/cutting myself",
        "my/i … self harm/harmed/harming",
        "end/ending/ended/take/taking/took/taken my/his/her/their … life/lives",
        "end/ending it all",
        "want/wanted to die",
        "wish/wished i was/were dead",
        "wish/wished i had/would not wake/woken up",
        "wish/wished i wouldnt/hadnt … wake/woken up",
        "if i did/do not wake up",
        "if i didnt/dont wake up",
        "dont/not want to live/wake",
        "better off dead",
        "better off without me",
        "nothing left to live for",
        "no reason to live/go",
        "cant/cannot see a reason to live/go",
        "i/my/colleague/nurse/doctor … overdose",
    ),
    Risk.BULLYING: (
        "bully/bullies/bullied/bullying",
        "harass/harasses/harassed/harassing/harassment",
        "victimised/victimized/victimisation/victimization",
        "racist/racially/racism",
        "sexist/homophobic/transphobic/islamophobic/antisemitic … remark/remarks/comment/comments/joke/jokes/abuse",
        "humiliate/humiliates/humiliated/humiliating me/us/him/her/them/staff/people/nurses/juniors/colleagues",
        "humiliated in front of",
        "am/is/are/was/were/get/gets/got/been/being … shouted/screamed/sworn at",
        "belittle/belittles/belittled/belittling me/us/him/her/them/staff/people/nurses/juniors/colleagues",
        "shout/shouts/shouted/shouting/scream/screams/screamed/screaming/swore/swears/swearing at "
        "me/us/him/her/staff/nurses/juniors/colleagues",
        "intimidate/intimidates/intimidated/intimidating me/us/him/her/staff/nurses/juniors/colleagues",
        "intimidate/intimidates/intimidated/intimidating … staff/nurses/juniors/colleagues/students",
        "intimidated by my/our/the/a",
        "threatened/threatens/threatening me/us/him/her/staff/colleagues",
        "was/were/been/being threatened",
        "calls/called/calling … staff/nurses/juniors/colleagues/students names",
        "calls/called/calling me/us/him/her names",
        "mock/mocks/mocked/mocking my/his/her/their … accent/accents/religion/colour",
        "picks/picked/picking on me/us/him/her",
        "scared/afraid/frightened/terrified of my/our/the … "
        "manager/managers/boss/matron/consultant/consultants/sister/supervisor/lead/director",
        "makes/made/making my/her/his/their life hell/misery/unbearable",
        "makes/made/making my/her/his/their life a misery/hell",
    ),
    Risk.PATIENT_SAFETY: (
        "patient/patients/resident/residents/baby/babies/child/children/mother/mothers/someone/somebody … "
        "died/dies/dying … because/waiting/needlessly/unnecessarily/avoidably",
        "patient/patients/resident/residents/someone/somebody/people will/could/might/may/going … die/harmed",
        "patient/patients/resident/residents/baby/babies/child/children … harmed/neglected/abused/mistreated/assaulted",
        "harm/harms/harmed/harming/neglect/neglected/neglecting/abuse/abused/abusing/mistreat/mistreated "
        "… patient/patients/resident/residents/child/children",
        "patients/residents/babies/children/people/lives … at risk",
        "at risk of harm",
        "patient/patients/resident/residents … fell/collapsed … and … nobody/unnoticed/alone/hours",
        "patient/patients/resident/residents … left … urine/faeces/soiled/wet/floor/pain/alone/unattended/corridor",
        "left/lying/lay/sat in … urine/faeces",
        "unsafe",
        "not/never safe for patients/residents/staff/anyone/anybody",
        "is/are/was/were/feel/feels/felt not safe",
        "isnt/arent/wasnt/werent safe",
        "dangerous/dangerously … staffing/staffed/understaffed/levels/ward/unit/shift/low/practice",
        "wrong drug/dose/medication/medicine/blood/leg/side/site/baby/patient",
        "drug/medication error/errors",
        "never event/events",
        "patient/patients/resident/residents/baby/child/he/she/man/woman nearly/almost died",
        "patient/patients/resident/residents/baby/child/he/she/man/woman could/might have died",
        "missed … sepsis/stroke/cancer/diagnosis/dose/doses/insulin/antibiotics",
        "insulin/dose/doses/antibiotics/medication/medicines … missed",
        "cover/covered/covering/covers up",
        "rough/roughly with/handled … patients/residents",
        "hit/hits/hitting/slap/slaps/slapped/slapping/pinch/pinched/drag/dragged "
        "a/the/his/her/our/another patient/resident",
    ),
    Risk.CRIME: (
        "steal/steals/stealing/stole/stolen/theft/thefts of/from … "
        "patient/patients/ward/pharmacy/colleague/colleagues/staff/locker/trust/drugs/medication/residents",
        "steal/steals/stealing/stole/stolen … "
        "drugs/medication/medicines/morphine/money/cash/purse/wallet/phone/jewellery",
        "money/cash/purse/wallet/phone/jewellery/drugs/medication/medicines/morphine … stolen",
        "taking/takes/took/missing … controlled/drug/drugs … drugs/cupboard",
        "fraud/fraudulent/fraudulently",
        "bribe/bribes/bribed/bribery/backhander/backhanders/kickback/kickbacks",
        "falsify/falsifies/falsified/falsifying/forge/forged/forging/fake/faked/faking … "
        "record/records/notes/timesheet/timesheets/expenses/obs/observations/signature/signatures",
        "record/records/notes/timesheet/timesheets/expenses/obs/observations/signature/signatures … "
        "falsified/forged/faked",
        "assault/assaults/assaulted/assaulting",
        "rape/raped/groped/groping/grope",
        "touched/touches/touching me … inappropriately",
        "hit/hits/punch/punched/punches/slap/slapped/kicked/kicks/spat/choked/strangled/beats me/at/her",
        "pulled/carries/carried/brought … knife/gun",
        "drunk on duty/shift/nights",
        "drunk at work",
        "domestic abuse/violence",
        "blackmail/blackmailed/blackmailing/blackmails",
    ),
}

NOT = frozenset(("no", "not", "never", "nobody", "none", "without", "anti", "zero", "isnt", "wasnt", "arent", "hasnt"))
"""Right before a cue of bullying or crime they turn it round: "nobody is bullied here", "we had no harassment"."""
BEFORE = frozenset(("any", "a", "been", "had", "is", "was", "are", "were", "gets", "seen", "of"))
"""What may be between such a word and a cue."""

_TOPICS = (
    "policy policies procedure procedures training awareness prevention campaign week workshop module course survey "
    "poster posters leaflet champion champions helpline strategy department officer specialist risk"
)
ABOUT = frozenset(_TOPICS.split())
"""Right after a cue they make it a topic and no event: "the bullying policy", "fraud awareness"."""
BETWEEN = frozenset(("and", "or", "bullying", "harassment", "discrimination", "fraud", "bribery"))
"""What may be between a cue and such a word: "bullying and harassment training"."""
