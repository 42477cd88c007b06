"""Read the JSON files that DiscordChatExporter writes: whose words and reactions they hold, without anybody's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.errors import UserError
from bot.models.replies import is_agreement
from bot.models.threads import Message, Thread
from bot.text.mentions import remove_mentions

SOMEONE = "[someone]"
"""Stands where a message mentioned a person."""
A_ROLE = "@a role"
"""Stands where a message mentioned a role, as in words that are collected."""
FORWARDED, POLL, STICKER, NO_TEXT, ONLY_EMOJI = (
    *("forwarded from elsewhere", "a poll", "a sticker"),
    *("a picture or file without words", "only emoji of the server"),
)
"""Why a message is left out before anything is read."""

_SPOKEN = frozenset({"Default", "Reply", "0", "19"})
"""The kinds of message in which a person speaks; all others are notices of Discord's own or answers of bots."""
_MENTION = re.compile(r"<@!?\d+>")
_UNLISTED = re.compile(r"(?<![\w.])@(?!everyone\b|here\b)(?:[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}|[\w.]{2,32}(?<!\.))")
"""What looks like a mention in older files, which don't list whom a message mentions."""
_GONE = re.compile(r"@(?:unknown(?:[- ]user)?|deleted[- ]user)\b", re.IGNORECASE)
_OLD_NUMBER = re.compile(re.escape(SOMEONE) + r"#\d{4}\b")
"""The number that stood behind each name until 2023."""
_EMOJI = re.compile(r" ?<a?:\w+:\d+>| ?(?<![\w:]):[A-Za-z]\w{1,31}:(?![\w:])")
_TIME = re.compile(r"<t:-?\d+(?::[a-zA-Z])?>")
_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
_NAMES = ("nickname", "name", "displayName", "globalName")


class _Mentions(NamedTuple):
    """What mentions of people and of roles look like in one file; None if there is nobody to mention."""

    people: re.Pattern[str] | None
    roles: re.Pattern[str] | None


def is_chat_export(data: Mapping[str, Any]) -> bool:
    """Return True for a file of DiscordChatExporter: it has the server and the channel beside the messages."""
    return isinstance(data.get("channel"), dict) and "messages" in data and "id" not in data


def thread(data: Mapping[str, Any]) -> Thread:
    """Return the exported channel as a thread; its topic, or else its name, stands for the prompt. Raises UserError.

    The thread says how many messages were left out before it was read, and why. What bots wrote and notices of
    Discord's own are no person's words, and are not counted.
    """
    channel = data["channel"]
    listed = data["messages"]
    if not isinstance(listed, list):
        raise UserError('The exported chat has "messages" that aren’t a list.')
    entries = [_checked(entry, f"Message {number} of the exported chat") for number, entry in enumerate(listed, 1)]
    mentioned = {name for entry in entries for name in _names_of(_listed(entry.get("mentions")))}
    # Who writes may be mentioned too: older files don’t list whom a message mentions.
    mentions = _Mentions(
        _mention_of(mentioned.union(_names_of(entry["author"] for entry in entries))),
        # A role may be that of one ward.
        _mention_of(_text(role.get("name")) for entry in entries for role in _listed(entry["author"].get("roles"))),
    )
    first = {_text(entry["id"]): entry for entry in reversed(entries)}
    messages: list[Message] = []
    reasons: Counter[str] = Counter()
    for entry in reversed(first.values()):
        reason = _why_left_out(entry)
        message = _message(entry, mentions) if reason is None else None
        if message is not None and message.text.strip():
            messages.append(message)
        elif message is not None:
            reasons[ONLY_EMOJI] += 1
        elif reason:
            reasons[reason] += 1
    return Thread(
        _text(channel.get("id")) or "chat",
        _without_people(_text(channel.get("topic") or channel.get("name") or ""), mentions),
        tuple(messages),
        tuple(sorted(mentioned)),
        excluded=tuple(sorted(reasons.items())),
    )


def _checked(entry: object, where: str) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise UserError(f"{where} isn’t a JSON object.")
    author = entry.get("author")
    if not isinstance(author, dict) or not _text(author.get("id")):
        raise UserError(f'{where} has no "author" with an "id".')
    if not _text(entry.get("id")) or not isinstance(entry.get("content"), str):
        raise UserError(f'{where} needs an "id" and a "content" that is text.')
    return entry


def _why_left_out(entry: Mapping[str, Any]) -> str | None:
    """Return why a message is not read: "" for a bot's or a notice of Discord's, None for one that is read."""
    kind = _text(entry.get("type", "Default"))
    if kind not in _SPOKEN or entry["author"].get("isBot") is True:
        return ""
    reference = entry.get("reference")
    is_forward = isinstance(reference, dict) and _text(reference.get("type")) in ("Forward", "1")
    if entry.get("forwardedMessage") or entry.get("messageSnapshots") or is_forward:
        # What was forwarded is somebody else's; a comment above it is the author's own.
        return None if entry["content"].strip() else FORWARDED
    if entry["content"].strip():
        return None
    if entry.get("poll"):
        return POLL
    if entry.get("stickers"):
        return STICKER
    return NO_TEXT if entry.get("attachments") or entry.get("embeds") else None


def _message(entry: Mapping[str, Any], mentions: _Mentions) -> Message:
    reference = entry.get("reference")
    is_answer = isinstance(reference, dict) and _text(reference.get("type")) not in ("Forward", "1")
    reply_to = _text(reference.get("messageId")) if isinstance(reference, dict) and is_answer else ""
    author = _text(entry["author"]["id"])
    return Message(_text(entry["id"]), author, _words(entry, mentions), reply_to or None, _endorsers(entry, author))


def _words(entry: Mapping[str, Any], mentions: _Mentions) -> str:
    """Return a message's words, without mentions by name and without what only Discord shows."""
    text = _without_people(_text(entry["content"]), mentions)
    if "mentions" not in entry:
        text = _UNLISTED.sub(SOMEONE, text)
    text = _OLD_NUMBER.sub(SOMEONE, text)
    text = _SPOILER.sub(r"\1", _TIME.sub("[time]", _EMOJI.sub("", text)))
    return remove_mentions(text)


def _without_people(text: str, mentions: _Mentions) -> str:
    """Return a text in which no person and no role is mentioned by number or by name."""
    text = _GONE.sub(SOMEONE, _MENTION.sub(SOMEONE, text))
    text = mentions.people.sub(SOMEONE, text) if mentions.people is not None else text
    return mentions.roles.sub(A_ROLE, text) if mentions.roles is not None else text


def _mention_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern of mentions: the exporter writes a person's name behind the sign. The longest comes first."""
    written = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    if not written:
        return None
    return re.compile(rf"@(?:{'|'.join(map(re.escape, written))})(?!\w)", re.IGNORECASE)


def _names_of(people: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for person in people:
        for field in _NAMES:
            name = _text(person.get(field)).strip()
            if name:
                yield name


def _endorsers(entry: Mapping[str, Any], author: str) -> tuple[str, ...]:
    """Return the people who reacted in agreement, without bots and the author; none if a file only counts them."""
    people: dict[str, None] = {}
    for reaction in _listed(entry.get("reactions")):
        emoji = reaction.get("emoji")
        if not isinstance(emoji, dict) or not is_agreement(_text(emoji.get("name"))):
            continue
        for person in _listed(reaction.get("users")):
            name = _text(person.get("id"))
            if name and name != author and person.get("isBot") is not True:
                people[name] = None
    return tuple(people)


def _listed(value: object) -> Sequence[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    """Ids are texts in these files, but numbers do no harm; half surrogates cannot be written as UTF-8."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
