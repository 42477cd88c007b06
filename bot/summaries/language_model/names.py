"""Take names out of words before they go to a language model, however somebody typed them.

What goes out need not be what was typed, since only numbers come back. So words are first put into their plainest
letters, and a name is taken out once too often rather than once too seldom.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.redact import redact
from bot.text.clean import clean_line
from bot.text.everyday_words import is_said_at_work
from bot.text.first_names import FIRST_NAMES, NO_NAME_IN_WELSH, NO_NAMES, WORD_NAMES

_LEAST = 3
"""Letters that a part of a name has at least to be looked for alone."""
_LEAST_UNCASED = 2
"""The same in scripts without capitals: many names in Chinese have two."""
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sister|Sir|Lady|Nurse|Matron|Auntie|Uncle)\.?\s+[A-Z][\w'’-]+"
    r"(?:\s+[A-Z][a-z][\w'’-]*)?"
)
_ACCOUNT = re.compile(r"(?<!\w)@(?!everyone\b|here\b)[\w.-]+|<[@#][!&]?\d+>|<a?:\w+:\d+>")
_ID = re.compile(r"\d(?:[ .-]?\d){14,}")
_UNSEEN = re.compile(
    "[\u0300-\u036f\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u3164\ufe00-\ufe0f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\uffa0]"
)
"""What nobody sees, and marks that are heaped on letters: after the letters were put together, these are all spare."""
_STYLE = re.compile(r"[*`]+|~~|\|\||(?<=[^\W_])_+(?=[^\W_])")
"""Marks that Discord shows as a style, and what joins two words to one."""
_SPELLED = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[ .·_-]{1,2}[^\W\d_](?![^\W\d_])){2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BRACKETS = re.compile(r"[(\[{].*?(?:[)\]}]|$)")
_STARTS = re.compile(r"(?:\A|[.!?:;\n…\"“(–-])\s{0,3}\Z")
_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"))
"""Alphabets with letters that look alike."""
_SURNAME = re.compile(rf"{re.escape(Identifier.NAME.mark)}(?:[ -][A-Z][\w'’-]+)+")
_MARK = re.compile(r"\[[a-zA-Z ]{1,40} removed\]")


def remove_names(text: str, names: Sequence[str] = (), own_words: Sequence[str] = ()) -> str:
    """Return words on one line without identifiers, without the names that were seen, and without other first names.

    Replies were stored without identifiers; what is sent is looked at once more, with the names that are known today.
    ``own_words`` are those that a server does not want stored.
    """
    seen = tuple(names)
    text = _hide_uncased(_ACCOUNT.sub(Identifier.NAME.mark, clean_line(text)), seen)
    text = redact(text, own_words, seen).text
    text = redact(_hide_uncased(make_plain(text), seen), own_words, seen).text
    text = _ID.sub(Identifier.NAME.mark, _TITLED.sub(Identifier.NAME.mark, text))
    known = _list_parts(seen)
    if whole := _find_whole(seen):
        text = whole.sub(Identifier.NAME.mark, text)
    pieces: list[str] = []
    at = 0
    for mark in [*_MARK.finditer(text), None]:  # what is in a mark is nobody's name
        part = text[at : mark.start() if mark else len(text)]
        part = _SPELLED.sub(lambda match: _hide_spelled(match, known), part)
        pieces.append(_WORD.sub(lambda match: _hide_name(match, known), part))
        if mark:
            pieces.append(mark[0])
            at = mark.end()
    return "".join(pieces)


def remove_full_names(text: str, names: Sequence[str] = (), own_words: Sequence[str] = ()) -> str:
    """Do the same, and take out the surnames that follow first names: reports name people in full."""
    return _SURNAME.sub(Identifier.NAME.mark, remove_names(text, names, own_words))


def make_plain(text: str) -> str:
    """Return words on one line in the plainest letters, without styles and without what nobody sees."""
    return clean_line(_STYLE.sub(_leave_space, _UNSEEN.sub("", unicodedata.normalize("NFKC", text))))


def _hide_uncased(text: str, names: tuple[str, ...]) -> str:
    """Hide the parts of names in scripts without capitals, such as Arabic or Chinese, wherever they are.

    Such a part may be a word too. It goes all the same.
    """
    pattern = _find_uncased(names)
    return text if pattern is None else pattern.sub(Identifier.NAME.mark, unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=16)
def _find_uncased(names: tuple[str, ...]) -> re.Pattern[str] | None:
    found: set[str] = set()
    for name in names:
        for part in make_plain(_BRACKETS.sub(" ", name)).split():
            if len(part) >= _LEAST_UNCASED and all(char.lower() == char.upper() for char in part):
                found.update({part} if any(map(str.isalpha, part)) else ())
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True)))) if found else None


def _leave_space(match: re.Match[str]) -> str:
    return " " if match[0].startswith("_") else ""


def _hide_name(match: re.Match[str], known: frozenset[str]) -> str:
    word = match[0]
    bare = re.sub(r"['’]s?\Z", "", word)
    small = fold(bare)
    is_capital = word[0].isupper()
    within = is_capital and not _STARTS.search(match.string, max(0, match.start() - 4), match.start())
    if small in FIRST_NAMES:
        is_name = not NO_NAME_IN_WELSH.match(match.string, match.start())
    elif small in known or (small.endswith("s") and len(small) > _LEAST + 1 and small[:-1] in known):
        is_name = within or not is_said_at_work(small)
    else:
        is_name = _mixes_scripts(bare)
    return Identifier.NAME.mark + word[len(bare) :] if is_name else word


def _hide_spelled(match: re.Match[str], known: frozenset[str]) -> str:
    """Hide a name that is typed letter by letter."""
    small = fold("".join(char for char in match[0] if char.isalpha()))
    return Identifier.NAME.mark if small in known or small in FIRST_NAMES else match[0]


@lru_cache(maxsize=16)
def _list_parts(names: tuple[str, ...]) -> frozenset[str]:
    """List the parts of names that are looked for by themselves, without what somebody does: "Matron Okonkwo"."""
    parts: set[str] = set()
    for name in names:
        words = (fold(word) for word in _WORD.findall(make_plain(_BRACKETS.sub(" ", name))))
        parts.update(word for word in words if len(word) >= _LEAST and word not in NO_NAMES | WORD_NAMES)
    return frozenset(parts)


@lru_cache(maxsize=16)
def _find_whole(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern of whole names of which each part is a word of every day, such as "Rota Queen", however joined.

    One that says what somebody does, such as "Night Manager", is a role.
    """
    found: set[str] = set()
    for name in names:
        words = [word for word in _WORD.findall(make_plain(_BRACKETS.sub(" ", name))) if len(word) >= _LEAST]
        small = [fold(word) for word in words]
        if len(small) > 1 and all(map(is_said_at_work, small)) and NO_NAMES.isdisjoint(small):
            found.add(r"[\W_]{0,2}".join(map(re.escape, words)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found))})(?!\w)", re.IGNORECASE) if found else None


def fold(word: str) -> str:
    """Return a word in small letters without accents."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in letters if not unicodedata.combining(char)))


def _mixes_scripts(word: str) -> bool:
    """Say whether a word has letters of several alphabets, which hides what it says from all but people."""
    scripts = {name for char in word if char.isalpha() and (name := _script_of(char)) in _ALIKE}
    return len(scripts) > 1


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
