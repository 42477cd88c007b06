"""What people said in a thread, as summaries read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a thread. ``id`` and ``author`` mean something only to the caller (ids, pseudonyms).

    ``endorsers`` are the people who reacted to it with a sign of agreement. A ``private`` message belongs to
    nobody in the thread: each counts as one, with its own id as the author. Words that are not ``quotable`` are read
    and counted, but shown nowhere.
    """

    id: str
    author: str
    text: str
    reply_to: str | None = None
    endorsers: tuple[str, ...] = ()
    private: bool = False
    quotable: bool = True


@dataclass(frozen=True, slots=True)
class Thread:
    """A discussion: the prompt's words and the messages in order of time.

    ``names`` are names of people that the caller knows, such as the display names of who writes: no heading holds one.
    ``own_words`` are those that a server does not want stored; they are taken out of what goes to a language model.
    ``excluded`` counts, by reason, the messages that the caller left out before.
    """

    id: str
    prompt: str
    messages: tuple[Message, ...]
    names: tuple[str, ...] = ()
    excluded: tuple[tuple[str, int], ...] = ()
    own_words: tuple[str, ...] = ()
