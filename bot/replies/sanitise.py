"""What is kept of somebody's words: neither identifiers of people nor any of Discord's ids reach the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.redact import Redaction, redact
from bot.replies.redaction.word_list import NO_WORDS, KnownWords
from bot.text.mentions import remove_mentions
from bot.text.words import human_join


def sanitise(text: str, own_words: KnownWords = NO_WORDS) -> Redaction:
    """Return the text as it is stored, and what was taken out of it, by kind. Doing it twice changes nothing.

    ``own_words`` are those of the server, with the names seen there (Bot.known_words).
    """
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # half of a letter, which JSON may hold, could not be stored
    # Mentions of people are identifiers, so they are sought before their ids are made words.
    redaction = redact(text, own_words.listed, own_words.names)
    kept = remove_mentions(redaction.text)
    return redaction if kept == redaction.text else Redaction(kept, redaction.removed)


def format_removed(removed: Mapping[Identifier, int], what: str = "reply") -> str:
    """Return one sentence for the author that says what was taken out, without the words; empty where nothing was.

    ``what`` is what they wrote: a reply, a suggestion.

    A link that lost all but its host is no identifier of anybody by itself, so it is not spoken of.
    """
    listed = list_kinds(kind for kind, count in removed.items() if count)
    return f"We removed {listed} from your saved {what}." if listed else ""


def list_kinds(kinds: Iterable[Identifier]) -> str:
    """Say what was taken out, such as "an NHS number and a postcode"; empty where it was links at most."""
    given = frozenset(kinds)
    return human_join([kind.phrase for kind in Identifier if kind in given and kind.phrase])


def find_still_shown(written: str, stored: str) -> frozenset[Identifier]:
    """Return the kinds that a message in the thread shows and its stored text does not.

    ``written`` is empty where only the stored text is known. Mentions are left out: a member of the server whom
    somebody mentions is told by Discord.
    """
    if "removed]" not in stored:
        return frozenset()
    marks = ((kind, kind.mark) for kind in Identifier if kind.mark and kind is not Identifier.NAME)
    return frozenset(kind for kind, mark in marks if stored.count(mark) > written.count(mark))
