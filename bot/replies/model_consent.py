"""Which replies may be sent to a language model: what was promised on the card, what holds now, and who said no."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bot.models.private import PrivateReply
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.settings import GuildSettings


def may_send_from(prompt: Prompt, settings: GuildSettings, host: str) -> bool:
    """Tell whether any reply to a prompt may go to the language model at ``host``.

    Its server has to have it switched on now, and the card of the prompt has to have named this very host from the
    first: whoever replied has read where their words may go.
    """
    return settings.language_model and bool(host) and prompt.wording.model_host == host


def may_send_private_from(prompt: Prompt, settings: GuildSettings, host: str) -> bool:
    """Tell the same for private replies: they need the second switch too, then and now, and a prompt that is released.

    Nobody can tell by then who wrote them.
    """
    promised = prompt.wording.model_private and prompt.released_at is not None
    return may_send_from(prompt, settings, host) and settings.language_model_private and promised


def iterate_sendable(replies: Iterable[Reply], keeping: Collection[str]) -> Iterator[Reply]:
    """Give the replies of a thread but for those of ``keeping``, the pseudonyms of people who said no."""
    return (reply for reply in replies if reply.person not in keeping)


def iterate_sendable_private(replies: Iterable[PrivateReply]) -> Iterator[PrivateReply]:
    """Give the private replies whose authors had read of it and did not say no."""
    return (reply for reply in replies if reply.modelled)
