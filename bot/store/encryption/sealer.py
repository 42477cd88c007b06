"""Encryption of people's words and keyed pseudonyms for their ids. The keys never leave this module in clear."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import UserError

KEY_BYTES = 32
NONCE_BYTES = 12


class WrongKeyError(UserError):
    """The data key does not open what is stored."""


class ChangedRowError(UserError):
    """A row does not open with the key that it was sealed under: somebody changed it, or it is damaged."""


CHANGED = (
    "Part of what’s stored was changed by hand or is damaged, so it can’t be trusted. Ask whoever runs the bot to "
    "run python -m bot verify."
)


class Sealer:
    """AES-256-GCM under a ring of keys: the first seals, all of them open.

    ``key_id`` is the first key's; a row's own tells which key sealed it, without telling the key.

    A sealed value is nonce (12 bytes) + ciphertext + tag. What it belongs to is bound in as associated data: see
    bot.store.schema.sealed_columns. A value that was copied to another row, or whose row was changed, does not open.
    """

    __slots__ = ("_first", "_ring", "key_id")

    def __init__(self, first: bytes, *others: bytes) -> None:
        if any(len(key) != KEY_BYTES for key in (first, *others)):
            raise ValueError(f"a data key has {KEY_BYTES} bytes")
        self.key_id = _key_id(first)
        self._first = AESGCM(first)
        self._ring = {_key_id(key): AESGCM(key) for key in others} | {self.key_id: self._first}

    @property
    def key_ids(self) -> frozenset[str]:
        """Return the keys that can be opened with."""
        return frozenset(self._ring)

    def seal(self, text: str, bound: str) -> bytes:
        """Encrypt ``text``, with ``bound`` bound in."""
        return self.seal_all([(text, bound)])[0]

    def seal_all(self, texts: Sequence[tuple[str, str]]) -> list[bytes]:
        """Encrypt texts, each with what is beside it bound in."""
        # The nonces are drawn at once: to draw each by itself takes as long as to encrypt a message.
        nonces = os.urandom(NONCE_BYTES * len(texts))
        sealed: list[bytes] = []
        for number, (text, bound) in enumerate(texts):
            nonce = nonces[number * NONCE_BYTES : (number + 1) * NONCE_BYTES]
            sealed.append(nonce + self._first.encrypt(nonce, text.encode(), bound.encode()))
        return sealed

    def open(self, sealed: bytes, bound: str, key_id: str) -> str:
        """Decrypt with the key of the row's ``key_id``.

        Raises WrongKeyError if that key is not known, and ChangedRowError if ``bound`` is not what was bound in
        or the value was changed.
        """
        key = self._ring.get(key_id)
        if key is None:
            raise WrongKeyError(
                "WARD_DATA_KEY doesn’t fit this database. Set the key that it was made with, then start again."
            )
        try:
            return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound.encode()).decode()
        except InvalidTag:
            raise ChangedRowError(CHANGED) from None


def lock_mark(key: bytes, mark: str) -> str:
    """Encrypt a mark of 32 hex digits to 32 others, which tell nothing without the key of 32 bytes."""
    encryptor = _one_block(key).encryptor()
    return (encryptor.update(bytes.fromhex(mark)) + encryptor.finalize()).hex()


def unlock_mark(key: bytes, locked: str) -> str:
    """Return the mark that ``lock_mark`` encrypted."""
    decryptor = _one_block(key).decryptor()
    return (decryptor.update(bytes.fromhex(locked)) + decryptor.finalize()).hex()


def _one_block(key: bytes) -> Cipher[modes.ECB]:
    # A mark is one block, and no two are the same: so no mode has to keep blocks of one text apart.
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"ward-to-board key id" + key).hexdigest()[:8]


class Pseudonyms:
    """Keyed pseudonyms: the same person has the same one in one server, and another in every other server."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, guild_id: int, user_id: int) -> str:
        """Return the pseudonym of a person in a server: 32 hex digits of HMAC-SHA256."""
        return hmac.digest(self._key, b"person:%d:%d" % (guild_id, user_id), "sha256").hex()[:32]

    def erased(self, kind: str, name: object) -> str:
        """Return the keyed mark of something that was erased, for the journal of erasures: 32 hex digits."""
        return hmac.digest(self._key, f"erased {kind}:{name}".encode(), "sha256").hex()[:32]

    def tombstone(self, message_id: int) -> str:
        """Return the keyed mark that an erased message leaves, so that it does not come back: 32 hex digits."""
        return hmac.digest(self._key, b"message:%d" % message_id, "sha256").hex()[:32]

    def withdrawal(self, code_hash: str) -> str:
        """Return the keyed mark of a withdrawal code, by its hash: 32 hex digits."""
        return hmac.digest(self._key, f"withdrawal:{code_hash}".encode(), "sha256").hex()[:32]

    def database(self) -> str:
        """Return a keyed mark of the database itself, by which a file of prompt keys is known to be its own."""
        return hmac.digest(self._key, b"file of prompt keys", "sha256").hex()[:32]

    def report(self, guild_id: int, key: str) -> str:
        """Return the keyed mark of a report to a server's facilitators, so that it is posted once: 32 hex digits."""
        return hmac.digest(self._key, f"report:{guild_id}:{key}".encode(), "sha256").hex()[:32]

    def reaction(self, reply_id: int, person: str, emoji: str) -> str:
        """Return the seal of a reaction that is held, which nobody can make without the key: 32 hex digits."""
        return hmac.digest(self._key, f"reaction held:{reply_id}:{person}:{emoji}".encode(), "sha256").hex()[:32]

    def reaction_tombstone(self, person: str, message_id: int, emoji: str) -> str:
        """Return the keyed mark that an erased reaction leaves: 32 hex digits."""
        return hmac.digest(self._key, f"reaction:{message_id}:{person}:{emoji}".encode(), "sha256").hex()[:32]
