"""Which reactions say that somebody agrees."""

from __future__ import annotations

_AGREEING = frozenset("👍❤♥💯✅✔➕👏🙌☝👆⬆🤝🧡💛💚💙💜🤍🖤🤎🩷🩵🩶")
# How the same sign is written with another colour of skin, or as a picture and not as text.
SUPER = "super "
"""What stands before an emoji in the database where it was given as a super reaction; Discord counts these apart."""
_VARIANTS = dict.fromkeys([0xFE0F, 0xFE0E, 0x200D, *range(0x1F3FB, 0x1F400)])


def is_agreement(emoji: str) -> bool:
    """Whether an emoji means agreement wherever it stands; a server's own emoji, known by a number, does not."""
    return emoji.removeprefix(SUPER).translate(_VARIANTS) in _AGREEING
