"""Asks a language model over HTTP: one call at a time, within bounds of time, size and words, and never elsewhere.

aiohttp does the work, which discord.py brings along: the openai package would add 14 packages, and gives no hold of the
address that a connection goes to. Nothing is logged but what a call was for, its sizes, its time and its outcome.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.errors import ModelError
from bot.models.language_model import ModelRequest
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.addresses import CheckedResolver, check_address, is_literal
from bot.services.language_model.wire import Dialect, build_body, completion_url, count_words, read_text

log = logging.getLogger(__name__)

TakeWords = Callable[[date, int, int], Awaitable[bool]]
"""Counts words of a day up to a bound; false where they would exceed it, as ``ModelUseStore.take``."""
MayGo = Callable[[], Awaitable[bool]]
"""Says whether the words of a request may still go out."""

MOST_BYTES = 1_000_000
TRIES = 3
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
CONNECT_S = 10.0
NOT_UNDERSTOOD = (400, 422, 501)
REFUSED = (401, 403)
BUSY = 429

NO_WORDS_LEFT = "As many words as WARD_LLM_WORDS_A_DAY allows went to the language model today. It goes on tomorrow."
TAKEN_BACK = "Some of these words can’t go to the language model now, so none of them were sent."
KEY_REFUSED = "The language model refused the key. Check WARD_LLM_KEY."
NOT_THERE = "There’s no language model at that address. Check WARD_LLM_URL and WARD_LLM_MODEL."
NOT_TAKEN = (
    "The language model’s server refuses what we ask. Check WARD_LLM_MODEL, and that its context is long enough."
)
REDIRECTED = "The language model’s server sends us to another address, which we don’t follow. Correct WARD_LLM_URL."
IS_BUSY = "The language model is busy. Try again later."
AT_FAULT = "The language model’s server reports a fault (status {status}). Try again later."
CUT = "The connection to the language model was cut, or couldn’t be made. Check that its server runs."
UNTRUSTED = "The certificate of the language model’s server can’t be trusted. Check it, and WARD_LLM_URL."
TOO_SLOW = "The language model didn’t answer within {seconds} seconds (WARD_LLM_SECONDS)."
TOO_LONG = "The language model’s answer is longer than 1 MB, so we didn’t read it."
PACKED = "The language model’s server packs its answers, which we didn’t ask for."


class _Answer(NamedTuple):
    """What a server answered: its status, how long it asks to wait, and the bytes."""

    status: int
    wait_s: float | None
    body: bytes


class _CutError(Exception):
    """The connection broke, which may be different the next time."""


class LanguageModelClient:
    """A language model at an endpoint; ``LanguageModel`` says what it promises. It holds no connection between calls.

    ``take_words`` counts the words of a day. ``resolver`` looks up names, and ``first_wait_s`` is how long the first
    pause before another try is, each next one four times as long.
    """

    def __init__(
        self,
        endpoint: ModelEndpoint,
        take_words: TakeWords | None = None,
        *,
        resolver: AbstractResolver | None = None,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        self.endpoint = endpoint
        self._take_words = take_words
        self._resolver = resolver
        self._first_wait_s = first_wait_s
        self._turns = asyncio.Semaphore(endpoint.calls_at_once)
        self._dialect = Dialect()

    @property
    def host(self) -> str:
        """The host that words go to, as cards name it."""
        return self.endpoint.host

    async def ask(self, request: ModelRequest) -> str:
        """Return the answer as it came, at most 1 MB of text. Raises ModelError, which says why, if there is none.

        What is busy, at fault or cut off is tried again, up to three times in all.
        """
        async with self._turns:
            started, outcome = time.monotonic(), "stopped"
            size = 0
            try:
                text = await self._ask(request)
                outcome, size = "answered", len(text)
            except ModelError:
                outcome = "no answer"
                raise
            finally:
                seconds = time.monotonic() - started
                log.info(
                    "language model, %s: %s in %.1f s, %d words sent, %d characters back",
                    *(request.purpose.value, outcome, seconds),
                    *(len(request.data.split()), size),
                )
            return text

    async def _ask(self, request: ModelRequest) -> str:
        """Ask in the dialect that worked last, and then in simpler ones, until the server understands."""
        dialect: Dialect | None = self._dialect
        while dialect is not None:
            body = build_body(request, self.endpoint.model, dialect)
            answer = await self._send_until_answered(body, request.may_go)
            if answer.status not in NOT_UNDERSTOOD:
                text = read_text(answer.body)
                self._dialect = dialect  # only now: it may have refused something else, such as too long a text
                return text
            dialect = dialect.learn(answer.body)
        raise ModelError(NOT_TAKEN)

    async def _send_until_answered(self, body: dict[str, Any], may_go: MayGo | None) -> _Answer:
        """Send a request, and again after a pause while the server is busy, at fault or cut off.

        Raises ModelError unless it is answered, or not understood.
        """
        wait_s = self._first_wait_s
        for last in (*[False] * (TRIES - 1), True):
            pause, fault = wait_s, CUT
            with suppress(_CutError):
                if may_go is not None and not await may_go():
                    raise ModelError(TAKEN_BACK)
                answer = await self._send(body)
                if answer.status == 200 or answer.status in NOT_UNDERSTOOD:
                    return answer
                fault = _fault_of(answer.status)
                if answer.status != BUSY and answer.status < 500:
                    raise ModelError(fault)
                pause = max(wait_s, answer.wait_s or 0)
            if last or pause > LONGEST_WAIT_S:
                raise ModelError(fault)
            await asyncio.sleep(pause)
            wait_s *= 4
        raise AssertionError("the last try returns or raises")

    async def _send(self, body: dict[str, Any]) -> _Answer:
        """Send one request over a connection of its own. Raises _CutError where it broke."""
        if is_literal(self.endpoint.host):
            check_address(self.endpoint.host, self.endpoint)
        words = count_words(body)
        if self._take_words is not None and not await self._take_words(
            datetime.now(UTC).date(), words, self.endpoint.words_a_day
        ):
            raise ModelError(NO_WORDS_LEFT)
        try:
            async with asyncio.timeout(self.endpoint.seconds), self._session() as session:
                return await self._post(session, body)
        except aiohttp.ServerTimeoutError:  # of the connecting alone
            raise _CutError from None
        except TimeoutError:
            raise ModelError(TOO_SLOW.format(seconds=self.endpoint.seconds)) from None
        except (aiohttp.ClientSSLError, aiohttp.ClientConnectorCertificateError, ssl.SSLError):
            raise ModelError(UNTRUSTED) from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise _CutError from None

    def _session(self) -> aiohttp.ClientSession:
        """Open a session that takes nothing from the environment, keeps no cookies, and reuses no connection."""
        connector = aiohttp.TCPConnector(
            resolver=CheckedResolver(self.endpoint, self._resolver), use_dns_cache=False, force_close=True
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
        )

    async def _post(self, session: aiohttp.ClientSession, body: dict[str, Any]) -> _Answer:
        headers = {"Accept-Encoding": "identity", "User-Agent": "ward-to-board"}
        if self.endpoint.key:
            # Azure's older addresses read the second of them.
            headers |= {"Authorization": f"Bearer {self.endpoint.key}", "api-key": self.endpoint.key}
        url = completion_url(self.endpoint.url)
        async with session.post(url, json=body, headers=headers, allow_redirects=False) as response:
            if 300 <= response.status < 400:
                raise ModelError(REDIRECTED)
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise ModelError(PACKED)
            read = bytearray()
            async for chunk in response.content.iter_any():
                read += chunk
                if len(read) > MOST_BYTES:
                    raise ModelError(TOO_LONG)
            return _Answer(response.status, _read_wait(response.headers.get("Retry-After", "")), bytes(read))


def _fault_of(status: int) -> str:
    if status in REFUSED:
        return KEY_REFUSED
    if status == BUSY:
        return IS_BUSY
    return AT_FAULT.format(status=status) if status >= 500 else NOT_THERE


def _read_wait(text: str) -> float | None:
    """Read how many seconds a server asks to wait, as a number or as a date; None where it does not say."""
    if text.strip().isascii() and text.strip().isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
