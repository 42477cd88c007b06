"""What a server's managers have set with /setup."""

from __future__ import annotations

from dataclasses import dataclass

BY_HAND = "by hand"
AT_ONCE = "at once"


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """One server's settings. Ids are Discord's; None means not set.

    ``publish`` says whether the draft of a closed prompt waits for a reviewer (BY_HAND) or is published (AT_ONCE).
    """

    guild_id: int
    prompts_channel_id: int | None = None
    facilitators_channel_id: int | None = None
    facilitator_role_id: int | None = None
    organiser_role_id: int | None = None
    ping_role_id: int | None = None
    time_zone: str = "Europe/London"
    open_days: int = 14
    publish: str = BY_HAND
    announcements_channel_id: int | None = None
