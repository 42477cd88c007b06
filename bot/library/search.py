"""Search excerpts by words as people type them: other forms of a word, phrases, accents, wildcards and operators.

The store narrows by loose patterns that both engines know; ``match`` decides, on the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.text.clean import clean_line

MOST_TERMS = 8
ANY_LETTER, ANY_LETTERS = "_", "%"
"""What a pattern of LIKE may hold: one letter, or any number of them."""

_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"})
"""Typists and typesetters write them differently."""
_MARKS = re.compile("[\u0300-\u036f]+")
_PIECES = re.compile(r'-?"[^"]+"|[^\s"]+')
_AROUND = "'\"`.,;:!?()[]{}<>+|&=~^#/\\"
_LOOSE = frozenset("aeioucnwy'\"-")
"""Letters that may have an accent in the text, and signs that are written differently."""
_IS_OR_IZ = re.compile("(?<=i)[sz](?=[aei])")
"""Where British and American spelling differ: "organise" and "organize"."""
_KEPT_DOUBLE = ("ff", "ll", "ss", "zz")
_LEAST_STEM = 4
_IRREGULAR = {"children": ("child",), "child": ("children",), "women": ("woman",), "woman": ("women",)}


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """What an excerpt has to hold, or not if ``is_excluded``: any of the ``typed`` texts, or a word with ``starts``."""

    typed: tuple[str, ...]
    starts: tuple[str, ...] = ()
    is_excluded: bool = False


def read_search(words: str) -> tuple[SearchTerm, ...]:
    """Read what somebody typed into at most eight terms, all of which an excerpt has to meet; none if it has no words.

    Quotation marks hold a phrase together, "OR" takes either of two, "NOT" and a hyphen before a word leave out what
    holds it, and a star within a word stands for any letters.
    """
    terms: list[SearchTerm] = []
    joins = leaves_out = False
    pieces = _PIECES.findall(fold_letters(clean_line(words), keep_capitals=True))
    for place, piece in enumerate(pieces):
        is_between = 0 < place < len(pieces) - 1
        if piece == "OR" and is_between and terms:
            joins = True
        elif piece == "NOT" and place < len(pieces) - 1:
            leaves_out = True
        elif not (piece in ("AND", "&", "+") and is_between):
            term = _read_term(piece, leaves_out=leaves_out)
            if term is not None and joins and not term.is_excluded:
                terms[-1] = SearchTerm(terms[-1].typed + term.typed, terms[-1].starts + term.starts)
            elif term is not None:
                terms.append(term)
            joins = leaves_out = False
    if all(term.is_excluded for term in terms):
        terms = [SearchTerm(term.typed, term.starts) for term in terms]
    return tuple(terms[:MOST_TERMS])


def match(terms: Sequence[SearchTerm], texts: Iterable[str]) -> int | None:
    """Say how well texts that belong together meet all terms: 0 as typed, 1 by other forms of a word, None not."""
    folded = "\n".join(map(fold_letters, texts))
    rank = 0
    for term in terms:
        is_typed = _pattern(term.typed).search(folded) is not None
        is_met = is_typed or (bool(term.starts) and _start_pattern(term.starts).search(folded) is not None)
        if is_met is term.is_excluded:
            return None
        rank = max(rank, int(not is_typed and not term.is_excluded))
    return rank


def find_place(terms: Sequence[SearchTerm], line: str) -> int | None:
    """Return where in a line of text the first thing that was looked for begins; None where nothing is."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(line):
        letters = fold_letters(char)
        folded.append(letters)
        places += [place] * len(letters)
    text = "".join(folded)
    found = [
        hit.start()
        for term in terms
        if not term.is_excluded
        and (hit := _pattern(term.typed).search(text) or (term.starts and _start_pattern(term.starts).search(text)))
    ]
    return places[min(found)] if found else None


def make_patterns(term: SearchTerm) -> tuple[str, ...]:
    """Make patterns of LIKE, escaped with "/", one of which holds for every text that can meet a term."""
    loose = ("".join(map(_loosen, _IS_OR_IZ.sub("\N{BULLET}", text))) for text in (*term.typed, *term.starts))
    return tuple(dict.fromkeys(f"{ANY_LETTERS}{pattern}{ANY_LETTERS}" for pattern in loose))


def fold_letters(text: str, *, keep_capitals: bool = False) -> str:
    """Return a text in small letters without accents, with one kind of apostrophes, quotation marks and dashes."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_SIGNS))).translate(_SIGNS)
    return text if keep_capitals else text.casefold()


def _read_term(piece: str, *, leaves_out: bool) -> SearchTerm | None:
    is_excluded = leaves_out or (piece.startswith("-") and len(piece) > 1)
    piece = piece.removeprefix("-") if is_excluded else piece
    is_phrase = piece.startswith('"')
    text = " ".join(piece.casefold().strip(_AROUND if not is_phrase else '"').split()).strip(" -")
    # One star alone: each further one would multiply the ways to try.
    first, star, rest = text.strip("*").partition("*")
    text = f"{first}{star}{rest.replace('*', '')}"
    if not text:
        return None
    starts = () if is_phrase or "*" in text else tuple(dict.fromkeys(_other_forms(text)))
    return SearchTerm((text,), starts, is_excluded)


def _other_forms(word: str) -> Iterator[str]:
    """Return how other forms of an English word begin, such as "policy" and "policie" of "policies"."""
    if word.endswith(("'s", "s'")):
        word = word.removesuffix("'s").removesuffix("s'")
        yield word
    if not word.isalpha() or not word.isascii() or len(word) < _LEAST_STEM:
        return
    yield from _IRREGULAR.get(word, ())
    if word.endswith(("ies", "ied")):
        yield from (f"{word[:-3]}y", f"{word[:-3]}ie")
    elif word.endswith("y"):
        yield f"{word[:-1]}ie"
    elif word.endswith(("ing", "ed")):
        yield from _forms_of_verb(word.removesuffix("ing").removesuffix("ed"))
    elif word.endswith(("ches", "shes", "sses", "xes")):
        yield word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
        if word.endswith("es"):
            yield f"{word[:-2]}ing"
    elif word.endswith("e"):
        yield f"{word[:-1]}ing"


def _forms_of_verb(stem: str) -> Iterator[str]:
    """Return what a verb without its "ing" or "ed" may begin with: "plan" and "mak" as "plan" and "make"."""
    if len(stem) > 2 and stem[-1] == stem[-2] and not stem.endswith(_KEPT_DOUBLE):
        stem = stem[:-1]
    if len(stem) >= _LEAST_STEM or stem.endswith(_KEPT_DOUBLE):
        yield stem
    elif len(stem) > 1:
        yield f"{stem}e"


def _loosen(char: str) -> str:
    if char in "* ":
        return ANY_LETTERS
    if char in "/%_":
        return f"/{char}"
    return ANY_LETTER if char in _LOOSE or not char.isascii() else char


def _pattern(texts: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(_expression(text) for text in texts))


def _start_pattern(texts: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_expression(text) for text in texts)})")


def _expression(text: str) -> str:
    """Write a text as a pattern: any space for a space, at most forty letters of one word for a star."""
    parts = (r"\s+".join(_IS_OR_IZ.sub("[sz]", re.escape(word)) for word in part.split()) for part in text.split("*"))
    return r"\w{0,40}".join(parts)
