"""Replies: what a person said to a prompt, and the events that change what is stored of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.models import LabelledEnum


class ReplyKind(LabelledEnum):
    """THREAD: a message in the prompt's thread. CHANNEL: a Discord reply to the card. FORM: sent by the form."""

    THREAD = "thread", "a message in the thread"
    CHANNEL = "channel", "a reply to the card in the channel"
    FORM = "form", "sent by the form, posted by the bot"


class Arrival(NamedTuple):
    """A message that Discord delivered, before it is stored. ``author_id`` never reaches the database in clear.

    ``id`` is the Discord id of what carried the words: the message, or for a form the interaction.
    ``message_id`` is the message that shows them in Discord; for a form it is None until the bot has posted it.
    ``text`` has mentions of people already replaced. There is one for every message, so it is of the quickest kind.
    """

    id: int
    guild_id: int
    prompt_id: int
    author_id: int
    text: str
    created_at: datetime
    kind: ReplyKind = ReplyKind.THREAD
    message_id: int | None = None
    reply_to: int | None = None
    edited_at: datetime | None = None
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A stored reply, opened. ``person`` is a pseudonym; counts are of people, never of replies."""

    id: int
    prompt_id: int
    person: str
    kind: ReplyKind
    text: str
    created_at: datetime
    message_id: int | None = None
    reply_to: int | None = None
    edited_at: datetime | None = None
    attachments: int = 0
    late: bool = False
    agreed: int = 0
    """Distinct people, the author left out, who reacted to it."""
    endorsers: tuple[str, ...] = ()
    """Pseudonyms of those among them whose reaction is a sign of agreement."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds of a reply. ``message_id`` is None for a form reply whose message is not posted yet."""

    id: int
    message_id: int | None
    edited_at: datetime | None
    kind: ReplyKind = ReplyKind.THREAD


@dataclass(frozen=True, slots=True)
class Edit:
    """New words of a stored reply. An edit older than what is stored changes nothing."""

    id: int
    text: str
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """Messages of a prompt that were deleted in Discord, stored here or not."""

    prompt_id: int
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reaction:
    """A person put an emoji on a message, or took it off again."""

    message_id: int
    guild_id: int
    user_id: int
    emoji: str
    added: bool = True


@dataclass(frozen=True, slots=True)
class ReactionsCleared:
    """All reactions of a message, or those with one emoji, were removed."""

    message_id: int
    emoji: str | None = None


ReplyEvent = Arrival | Edit | Erasure | Reaction | ReactionsCleared


SUPER = "super "
"""What is before an emoji in the database where it was given as a super reaction; Discord counts these separately."""
_AGREEING = frozenset("👍❤♥💯✅✔➕👏🙌☝👆⬆🤝🧡💛💚💙💜🤍🖤🤎🩷🩵🩶")
# How the same sign is written with another colour of skin, or as a picture and not as text.
_VARIANTS = dict.fromkeys([0xFE0F, 0xFE0E, 0x200D, *range(0x1F3FB, 0x1F400)])


def is_agreement(emoji: str) -> bool:
    """Say whether an emoji means agreement wherever it is; a server's own emoji, known by a number, does not."""
    return emoji.removeprefix(SUPER).translate(_VARIANTS) in _AGREEING
