"""What people write beside their name: what they do, where they work, and how they are called."""

from __future__ import annotations

_POSTS_TEXT = """
    aap acp amu anp band ccu cdu cns cnm cpn ctp ent fy gp gpst hca hcas hcsw hdu hr icu imt itu
    mau msw nicu odp ods paeds picu rcn rgn rmn rn rnld rnda rm rnmh rcm
    sau scbu scphn scu sdec sho slt spr sr sen ssn ssw stp tna tvn pharm physio phleb psych radiog
"""
POSTS = frozenset(_POSTS_TEXT.split())
"""Short forms of what somebody does or where, also in small letters."""
_PRONOUNS_TEXT = "he him his she her hers they them their theirs ze zir hir xe xem it its any pronouns"
PRONOUNS = frozenset(_PRONOUNS_TEXT.split())
_SURNAMES_TEXT = """
    agarwal ahluwalia banerjee bhatt chatterjee chaudhary chaudhry chopra desai dhillon dutta fernandes fernando gandhi
    ganguly gill gonzalez gupta iyer jha joshi kapoor kaplan khanna kowalski krishnan kulkarni kumari lopez malhotra
    martinez mehta menon mishra mohammed mukherjee nair nayar nguyen nowak obrien oconnor okeefe oneill osullivan pandey
    pereira perez pillai raman rao reddy rodriguez sanchez sandhu saxena schmidt sharma shrestha sidhu siddiqui sinha
    souza subramanian thapa tiwari trivedi varma verma wisniewski yadav
"""
SURE_SURNAMES = frozenset(_SURNAMES_TEXT.split())
"""Surnames that a list of everyday words holds too, though they are nothing else."""
_ENDS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "ness", "le", "n", "en", "ish", "ful", "less", "able")


def strip_ends(small: str) -> list[str]:
    """Return what a word can come from: "wobbly" from "wobble", "knackered" from "knacker"."""
    stems = [small[: -len(end)] for end in _ENDS if small.endswith(end) and len(small) - len(end) > 2]
    return [
        each for stem in stems for each in (stem, f"{stem}e", f"{stem}le", stem[:-1] if stem[-1] == stem[-2] else stem)
    ]
