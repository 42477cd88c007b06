"""The shape of a bot's token, and what people paste in its place; only Discord knows whether a token is one."""

from __future__ import annotations

import base64
import re

from bot.errors import SettingError

FIND_IT = (
    "You find the token at discord.com/developers: your application, Bot, Reset Token. "
    "Copy it whole, as soon as it is shown."
)
# The bot's id, a time and a signature, in base64url without padding. Discord's signatures have 27 or 38 characters; it
# has made them longer once.
TOKEN = re.compile(r"([\w-]{20,30})\.[\w-]{5,8}\.[\w-]{27,64}", re.ASCII)
LOOKS_LIKE = (
    (re.compile(r"https?://.*", re.I), "This looks like a link, not the token."),
    (re.compile(r"\d{15,20}", re.ASCII), "This looks like the application ID, not the token."),
    (re.compile(r"[0-9a-f]{64}", re.I), "This looks like the public key, not the token."),
    (re.compile(r"[\w-]{32}", re.ASCII), "This looks like the client secret, not the token."),
    (re.compile(rf".*{TOKEN.pattern}.*", re.ASCII), "This looks like a token with something before or after it."),
    (re.compile(r"[\w-]*\.[\w-]*\.[\w-]*", re.ASCII), "This looks like a part of a token."),
)
"""What is pasted by mistake, the likeliest first."""
NO_TOKEN = "This isn’t a bot token."  # noqa: S105 - a sentence
ID = re.compile(rb"\d{15,20}")


def check_shape(pasted: str) -> str:
    """Return what was pasted without the spaces around it, where it has the shape of a bot's token.

    Raises SettingError, which says what it looks like instead, without repeating it, and where the token is.
    """
    token = pasted.strip()
    match = TOKEN.fullmatch(token)
    if match is None:
        what = next((sentence for shape, sentence in LOOKS_LIKE if shape.fullmatch(token)), NO_TOKEN)
        raise SettingError(f"{what} {FIND_IT}")
    if not _is_id(match[1]):
        raise SettingError(f"{NO_TOKEN} {FIND_IT}")
    return token


def _is_id(part: str) -> bool:
    try:
        return ID.fullmatch(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) is not None
    except ValueError:  # one character too many for any padding
        return False
