"""Take out of words what can show who somebody is once more, before they go to a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.redact import redact
from bot.text.clean import clean_line
from bot.text.first_names import FIRST_NAMES, NO_NAMES, WORD_NAMES

_CAPITAL = re.compile(r"(?<![\w.])[A-Z][\w'’-]*")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sister|Sir|Lady|Nurse|Matron|Auntie|Uncle)\.?\s+[A-Z][\w'’-]+"
    r"(?:\s+[A-Z][a-z][\w'’-]*)?"
)
_ACCOUNT = re.compile(r"(?<!\w)@(?!everyone\b|here\b)[\w.-]+|<[@#][!&]?\d+>|<a?:\w+:\d+>")
_ID = re.compile(r"\d{15,}")
_SURNAME = re.compile(rf"{re.escape(Identifier.NAME.mark)}(?:[ -][A-Z][\w'’-]+)+")
_POSSESSIVE = re.compile(r"['’]s\Z")


def remove_names(text: str, names: Sequence[str] = (), own_words: Sequence[str] = ()) -> str:
    """Return words on one line without identifiers, without the names that were seen, and without other first names.

    Replies were stored without identifiers; what is sent is looked at once more, with the names that are known today.
    ``own_words`` are those that a server does not want stored.
    """
    text = _ACCOUNT.sub(Identifier.NAME.mark, clean_line(text))
    text = redact(text, own_words, tuple(names)).text
    text = _TITLED.sub(Identifier.NAME.mark, text)
    return _ID.sub(Identifier.NAME.mark, _CAPITAL.sub(_hide_first_name, text))


def remove_full_names(text: str, names: Sequence[str] = (), own_words: Sequence[str] = ()) -> str:
    """Do the same, and take out the surnames that follow first names: reports name people in full."""
    return _SURNAME.sub(Identifier.NAME.mark, remove_names(text, names, own_words))


def _hide_first_name(match: re.Match[str]) -> str:
    word = _POSSESSIVE.sub("", match[0])
    small = word.casefold()
    if small in FIRST_NAMES and small not in WORD_NAMES and small not in NO_NAMES:
        return Identifier.NAME.mark + match[0][len(word) :]
    return match[0]
