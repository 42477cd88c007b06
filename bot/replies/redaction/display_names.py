"""Read what somebody is shown as: which words name them, and which say what they do, where, or their pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.replies.redaction.display_pieces import POSTS, PRONOUNS, cut_name, list_words
from bot.replies.redaction.name_letters import fold, is_latin
from bot.replies.redaction.name_parts import BEFORE_NAME, is_role, is_role_or_word, list_parts
from bot.replies.redaction.plain_text import PlainText
from bot.text.everyday_words import (
    SURE_SURNAMES,
    is_everyday,
    is_listed_surname,
    is_said_at_work,
    is_surname,
    strip_ends,
)
from bot.text.first_names import FIRST_NAMES, NO_NAMES, WORD_NAMES

_ACCOUNT = re.compile(r"[^\W_]+(?:[._'’-][^\W_]+)*")
_JOINED = re.compile(r"[^\W\d_]+(?:['’‘`´-][^\W\d_]+)+")
_JOINT = re.compile(r"['’‘`´-]")
_MC = re.compile(r"\bMa?c([A-Z][a-z]{2,}|(?<=Mc)[a-z]{3,})")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir"))
_ROLES_TEXT = """
    carer chief cleaner clerk consultant doctor head housekeeper lead manager matron midwife nurse paramedic pharmacist
    physio porter radiographer registrar secretary sister student technician therapist worker
"""
_ROLES = frozenset(_ROLES_TEXT.split())
"""What somebody is called by before their surname: "Matron Okonkwo"."""
_BEFORE_SURNAME = FIRST_NAMES | WORD_NAMES | _ROLES
_NAMES_OF_WORK = NO_NAMES - WORD_NAMES
_NO_PARTS = frozenset((*_TITLES, *PRONOUNS, *POSTS))
_LEAST, _LEAST_SURNAME, _LEAST_JOINED = 3, 4, 6
"""Letters that a name has at least to be looked for alone; a surname has more to be looked for in small letters."""
_LONGEST_POST = 4


@dataclass(frozen=True, slots=True)
class Signs:
    """What one name is found by.

    All its words, words that are surely a name, surnames, what counts with a capital, parts in other scripts.
    """

    whole: tuple[tuple[str, ...], ...]
    surely: tuple[str, ...]
    surnames: tuple[str, ...]
    capitals: tuple[str, ...]
    others: tuple[str, ...]


class _Reading:
    """What was read so far of one name."""

    def __init__(self) -> None:
        self.whole: set[tuple[str, ...]] = set()
        self.surely: set[str] = set()
        self.surnames: set[str] = set()
        self.capitals: set[str] = set()
        self.others: set[str] = set()

    def __len__(self) -> int:
        return len(self.whole) + len(self.surely) + len(self.surnames) + len(self.capitals) + len(self.others)

    def read(self, piece: str, *, is_loud: bool) -> None:
        """Read a piece of a name in which no sign parts one thing from another."""
        typed = [word for word in list_words(piece) if not _is_no_part(word, is_loud=is_loud)]
        words = list(map(fold, typed))
        has_first_name = not FIRST_NAMES.isdisjoint(words)
        is_role = any(word in _NAMES_OF_WORK for word in words)  # "Falcon Ward Sister"
        for word in _list_surnames(typed, words, is_loud=is_loud):
            (self.capitals if is_listed_surname(word) else self.surnames).add(word)
        account = "" if piece.isalpha() else _find_account(piece)
        if account:
            self.surely.add(account)
        latin = words if piece.isascii() else list(filter(is_latin, words))
        self._read_latin(latin, is_role=is_role, is_alone=len(words) == 1)
        if len(latin) < len(words):
            self._read_others([word for word in words if word not in latin])
        is_joined = not account and _JOINT.search(piece) is not None
        if (
            not is_role
            and not has_first_name
            and all(_is_no_word(word) for word in (_join(piece) if is_joined else latin) if len(word) >= _LEAST)
        ):
            self.surnames.update(word for word in latin if len(word) >= _LEAST_SURNAME and is_surname(word))
        if is_role:
            words = [word for word in words if word not in _NAMES_OF_WORK] if has_first_name else []
        self._note_whole(words)
        if is_joined:
            self._read_joined(piece)
        for each in _MC.findall(piece) if "c" in piece else ():
            rest = fold(each)
            self.surnames |= {f"mc{rest}", f"mac{rest}"}
            self.whole |= {("mc", rest), ("mac", rest)}

    def _read_latin(self, words: Sequence[str], *, is_role: bool, is_alone: bool) -> None:
        for word in words:
            if word in FIRST_NAMES or (is_alone and not word.isalpha()):
                self.surely.add(word)
            elif word in SURE_SURNAMES:
                self.surnames.add(word)
            elif len(word) >= _LEAST and not is_role and word not in NO_NAMES and word not in WORD_NAMES:
                self.capitals.add(word)

    def _read_others(self, words: Sequence[str]) -> None:
        """Read words in other scripts; a single one is a whole name, and so is one with what stands before it."""
        for word in words:
            self.others |= list_parts(word)
        if len(words) == 1 and len(words[0]) > 1 and not is_role_or_word(words[0]):
            self.whole.add((words[0],))
        for first, second in pairwise(words):
            if first in BEFORE_NAME:
                self.whole.add((first, second))
                self.others.add(first + second)

    def read_short_form(self, inside: str, pieces: Sequence[str]) -> None:
        """Read what is in brackets: a first name, the beginning of the name, or the name in another script."""
        words = list_words(inside)
        for word in words:
            small = fold(word)
            if not is_latin(small):
                self.others |= list_parts(small)
            elif len(words) > 1 or not small.isalpha() or _is_no_part(word, is_loud=False):
                continue
            elif small in FIRST_NAMES:
                self.surely.add(small)
            elif len(small) >= _LEAST and any(
                fold(each).startswith(small) for piece in pieces for each in list_words(piece)
            ):
                (self.capitals if is_said_at_work(small) else self.surely).add(small)

    def _note_whole(self, words: Sequence[str]) -> None:
        if len(words) < 2:
            return
        self.whole.add(tuple(words))
        joined = "".join(words)
        if len(joined) >= _LEAST_JOINED and joined.isascii() and not is_said_at_work(joined):
            self.surely.add(joined)
        elif not joined.isascii() and len(joined) > 1:
            self.others.add(joined)

    def _read_joined(self, piece: str) -> None:
        """Read words with an apostrophe or a hyphen, which people type with it, without it, and as two."""
        for match in _JOINED.finditer(piece):
            parts = tuple(map(fold, _JOINT.split(match[0])))
            is_ordinary = len(parts[0]) > 1 and FIRST_NAMES.isdisjoint(parts) and all(map(is_said_at_work, parts))
            if is_ordinary or not NO_NAMES.isdisjoint(parts):
                continue
            self.whole.add(parts)
            joined = "".join(parts)
            if len(joined) > _LEAST_SURNAME and joined.isascii():
                self.surnames.add(joined)

    def finish(self) -> Signs:
        """Return what was read."""
        return Signs(
            tuple(self.whole), tuple(self.surely), tuple(self.surnames), tuple(self.capitals), tuple(self.others)
        )


def read_name(name: str) -> Signs:
    """Return what a display name is found by; nothing of what somebody does, where, or their pronouns."""
    pieces, short_forms = cut_name(PlainText(name).plain)
    is_loud = all(piece.isupper() for piece in pieces)
    reading = _Reading()
    telling = [piece for piece in pieces if _names_somebody(piece)] if len(pieces) > 1 else []
    for piece in telling or pieces:
        reading.read(piece, is_loud=is_loud)
        if not telling and len(reading):
            break
    for inside in short_forms:
        reading.read_short_form(inside, pieces)
    return reading.finish()


def _names_somebody(piece: str) -> bool:
    return any(not is_latin(word) or word in FIRST_NAMES for word in map(fold, list_words(piece)))


def _is_no_part(typed: str, *, is_loud: bool) -> bool:
    """Say whether a word of a display name is a title, a pronoun, a number or a short form of what somebody does.

    Capitals alone are such a form ("HCA"), unless all of the name is in capitals.
    """
    small = fold(typed)
    if not small or small in _NO_PARTS or small.isdigit() or (not typed.isascii() and is_role(small)):
        return True
    return not is_loud and 1 < len(typed) <= _LONGEST_POST and typed.isupper() and small not in FIRST_NAMES


def _find_account(piece: str) -> str:
    """Return a name of one word with signs in it, such as "siobhan.k"; empty if it is another."""
    match = _ACCOUNT.fullmatch(piece.strip())
    return match[0].casefold().replace("’", "'") if match and not match[0].isalnum() else ""


@lru_cache(maxsize=4096)
def _is_no_word(word: str) -> bool:
    """Say whether no everyday word is like this one, so that it is taken for a name in small letters too."""
    if (
        not is_surname(word)
        or is_role_or_word(word)
        or any(len(stem) > _LEAST and is_everyday(stem) for stem in strip_ends(word))
    ):
        return False
    return not any(is_everyday(word[:at]) and is_everyday(word[at:]) for at in range(4, len(word) - 3))


def _join(piece: str) -> list[str]:
    """List the words of a name, each without its hyphens and apostrophes."""
    return [fold(word) for word in list_words(_JOINT.sub("", piece))]


def _list_surnames(typed: Sequence[str], small: Sequence[str], *, is_loud: bool) -> Iterator[str]:
    """List the words after a first name or what somebody does that can be nothing but a name.

    Capitals alone are the name of a service ("Sue CAMHS"), unless all of the name is in capitals.
    """
    start = next((at for at, word in enumerate(small, 1) if word in _BEFORE_SURNAME), len(small))
    for word, plain in zip(typed[start:], small[start:], strict=True):
        if len(word) >= _LEAST_SURNAME and is_latin(plain) and (is_loud or not word.isupper()) and is_surname(plain):
            yield plain
