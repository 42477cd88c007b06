"""Which of Discord's shards a program holds: Discord parts servers among shards by their ids."""

from __future__ import annotations

from dataclasses import dataclass

SHIFT = 22
"""Discord's formula: https://docs.discord.com/developers/events/gateway#sharding."""


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards that one program holds, of ``count`` in all. The default holds every server there is.

    Raises ValueError where it would hold none, or one that does not exist.
    """

    count: int = 1
    held: frozenset[int] = frozenset({0})

    def __post_init__(self) -> None:
        if not self.held or not self.held <= frozenset(range(self.count)):
            raise ValueError(f"no such shards: {sorted(self.held)} of {self.count}")

    @property
    def are_all(self) -> bool:
        """Whether every server is this program's."""
        return len(self.held) == self.count

    @property
    def hold_first(self) -> bool:
        """Whether rounds that belong to no server are this program's: they go with shard 0."""
        return 0 in self.held

    def hold(self, guild_id: int) -> bool:
        """Say whether a server is this program's."""
        return (guild_id >> SHIFT) % self.count in self.held


EVERY_SHARD = Shards()
