"""A server that an attacker runs, below what a web framework would send: each attack ends in a sentence, and soon."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import time
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ModelError
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import (
    AT_FAULT,
    CUT,
    IS_BUSY,
    NOT_TAKEN,
    NOT_THERE,
    PACKED,
    REDIRECTED,
    TOO_LONG,
    TOO_SLOW,
    LanguageModelClient,
    _read_wait,
)
from bot.services.language_model.wire import NO_COMPLETION
from tests.servers.fake_model import completion
from tests.services.language_model.asking import KEY, REQUEST, SECRET_WORDS
from tests.services.language_model.certificates import Authority, serving, vouch
from tests.services.language_model.raw_server import CHUNKED, Raw, answers, drips, floods, raw, read_request, sends

GOOD = json.dumps(completion("{}")).encode()
BOMB = gzip.compress(b'{"choices":' + b" " * 50_000_000)


async def told(server: Raw, seconds: int = 20) -> str:
    """Ask once, and return the answer or why there was none."""
    endpoint = ModelEndpoint(server.url, "small", KEY, seconds=seconds)
    try:
        return await LanguageModelClient(endpoint, first_wait_s=0.01).ask(REQUEST)
    except ModelError as error:
        return str(error)


@pytest.mark.parametrize(
    ("start", "then"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
        (b"", b"HTTP/1.1 102 Processing\r\nX-A: b\r\n\r\n" * 500),
        (CHUNKED + b"1;", b"a" * 65_536),
        (CHUNKED, b"1\r\n \r\n" * 5_000),
        (CHUNKED, b"00000000000000001;a\r\n \r\n" * 5_000),
    ],
    ids=["interim answers", "other interim answers", "a note on a part", "parts of one byte", "notes on such parts"],
)
async def test_what_is_no_answer_is_not_read_for_ever(start: bytes, then: bytes) -> None:
    async with raw(floods(start, then)) as server:
        began = time.monotonic()
        assert await told(server, seconds=60) == TOO_LONG

    assert server.asked == 1
    assert time.monotonic() - began < 30


async def test_the_same_holds_below_tls(tmp_path: Path, trusted: Authority) -> None:
    own = vouch("127.0.0.1", x509.IPAddress(ip_address("127.0.0.1")), trusted)
    async with raw(floods(CHUNKED + b"1;", b"a" * 65_536), serving(tmp_path, own)) as server:
        began = time.monotonic()
        assert await told(server, seconds=60) == TOO_LONG

    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("start", "then"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 8_000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n" * 1_000),
        (b"HTTP/1.1 200 ", b"a" * 65_536),
        (CHUNKED + b"0\r\n", b"X-A: a\r\n" * 1_000),
    ],
    ids=["long headers", "many headers", "a long status", "many trailers"],
)
async def test_headers_without_end_are_cut_off(start: bytes, then: bytes) -> None:
    async with raw(floods(start, then)) as server:
        assert await told(server) in (CUT, TOO_LONG)


@pytest.mark.parametrize(
    ("start", "then"),
    [(b"", b"H"), (b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n"), (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b" ")],
    ids=["a status", "headers", "a body"],
)
async def test_what_comes_byte_by_byte_is_given_up_in_time(start: bytes, then: bytes) -> None:
    async with raw(drips(start, then)) as server:
        began = time.monotonic()
        assert await told(server, seconds=1) in (TOO_SLOW.format(seconds=1), CUT)

    assert time.monotonic() - began < 6


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((b"Content-Encoding: gzip",), PACKED),
        ((b"Content-Encoding: GZIP",), PACKED),
        ((b"Content-Encoding: identity, gzip",), PACKED),
        ((b"Content-Encoding: br",), PACKED),
        ((b"Content-Encoding: identity", b"Content-Encoding: gzip"), NO_COMPLETION),
        ((b"Content-Type: application/gzip",), NO_COMPLETION),
    ],
)
async def test_a_packed_answer_is_never_unpacked(headers: tuple[bytes, ...], expected: str) -> None:
    async with raw(answers(BOMB, *headers)) as server:
        assert await told(server) == expected


async def test_an_answer_that_says_in_any_letters_that_it_is_not_packed_is_read() -> None:
    async with raw(answers(GOOD, b"Content-Encoding: Identity ")) as server:
        assert await told(server) == "{}"


@pytest.mark.parametrize("status", [b"204 No Content", b"206 Partial Content", b"101 Switching", b"418 Teapot", b"226"])
async def test_a_status_that_is_no_success_is_none(status: bytes) -> None:
    async with raw(answers(b"" if status.startswith(b"204") else GOOD, status=status)) as server:
        assert await told(server) in (NOT_THERE, CUT)


@pytest.mark.parametrize("status", [b"300 Many", b"304 Not Modified", b"305 Use Proxy", b"399 Odd"])
async def test_no_kind_of_redirect_is_followed(status: bytes) -> None:
    async with raw(answers(b"", b"Location: http://169.254.169.254/", status=status)) as server:
        assert await told(server) in (REDIRECTED, CUT)

    assert server.asked <= 3


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b'{"choices": [{"message": {"content": "{}"}}]}',
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
        CHUNKED + b"FFFFFFFFFFFFFFFFFFFF\r\n{}",
        CHUNKED + b"-1\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n{}",
        b"\x16\x03\x01\x02\x00\x01\x00",
    ],
)
async def test_what_is_no_http_is_a_cut_connection(answer: bytes) -> None:
    async with raw(sends(answer)) as server:
        assert await told(server) in (CUT, NO_COMPLETION)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
async def test_json_is_read_in_each_encoding_that_json_may_have_whatever_its_type_is_said_to_be(encoding: str) -> None:
    body = json.dumps(completion("Mae’r rota’n hwyr 護理"), ensure_ascii=False).encode(encoding)
    for kind in (b"application/json", b"text/html; charset=latin-1", b"image/png", b';;;charset="rot13"'):
        async with raw(answers(body, b"Content-Type: " + kind)) as server:
            assert await told(server) == "Mae’r rota’n hwyr 護理"


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(completion("Mæth")).encode("cp500"),
        json.dumps(completion("é"), ensure_ascii=False).encode("latin-1"),
        b'{"error": {"message": "quota exceeded", "code": 429}}',
        b'{"choices": [{"message": {"content": "{}"}}], "choices": []}',
        b'{"choices": [{"message": {"content": NaN}}]}',
        b'{"choices": [{"message": {"content": 1e999}}]}',
        b'{"choices": [{"message": {"content": {"themes": []}}}]}',
        b'{"choices": [{"message": {"content": null, "refusal": "I will not."}}]}',
        b'{"choices": [{"message": {"content": ' + b'{"a":' * 100_000,
        b'{"choices": [{"message": {"content": ' + b"9" * 900_000 + b"}}]}",
        b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD,
        GOOD + GOOD,
        b"data: " + GOOD + b"\n\ndata: [DONE]\n\n",
    ],
)
async def test_a_success_that_holds_no_text_is_refused(body: bytes) -> None:
    async with raw(answers(body)) as server:
        assert await told(server) == NO_COMPLETION

    assert server.asked == 1


@pytest.mark.parametrize(
    "wait",
    [
        b"Mon, 01 Jan 2000 99999999999999999999:00:00 GMT",
        b"Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        b"Fri, 31 Dec 9999 23:59:59 -2359",
        b"Mon, 01 Jan 0001 00:00:00 +2359",
        b"9" * 5_000,
        b"NaN",
        b"1e400",
        b"-1",
        "٣".encode(),
    ],
)
async def test_whatever_a_busy_server_asks_to_wait_is_a_sentence(wait: bytes) -> None:
    async with raw(answers(b"", b"Retry-After: " + wait, status=b"429 Busy")) as server:
        assert await told(server) == IS_BUSY


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,25} [A-Z][a-z]{2} \d{1,25} \d{1,25}:\d\d:\d\d [+-]?\w{1,9}"))
def test_any_text_that_says_when_to_try_again_is_read_or_passed_over(text: str) -> None:
    assert (_read_wait(text) or 0.0) >= 0.0


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, status: bytes = b"200") -> None:
    """Send the words and the key of a request back, wherever an answer has room for them."""
    words, key = SECRET_WORDS.encode(), KEY.encode()
    sent = await read_request(reader)
    assert words in sent
    assert key in sent
    body = json.dumps({"error": {"message": sent.decode(), "param": SECRET_WORDS, "code": KEY}, SECRET_WORDS: KEY})
    headers = [
        b"Set-Cookie: " + words + b"=" + key,
        b"Set-Cookie: a=" + words + b"; Domain=" + key + b"; Path=\x01",
        b"Location: http://127.0.0.1:1/" + key,
        b"Link: <" + words + b">; rel=" + key,
        b"Content-Type: " + words,
        b"Retry-After: " + words,
        b"WWW-Authenticate: " + key,
        b"X-" + key + b": " + words,
        b"Content-Length: %d" % len(body.encode()),
    ]
    writer.write(b"HTTP/1.1 " + status + b" " + words + b" " + key + b"\r\n" + b"\r\n".join(headers))
    writer.write(b"\r\n\r\n" + body.encode())
    await writer.drain()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (b"200", NO_COMPLETION),
        (b"302", REDIRECTED),
        (b"400", NOT_TAKEN),
        (b"404", NOT_THERE),
        (b"429", IS_BUSY),
        (b"500", AT_FAULT.format(status=500)),
        (b"", CUT),
        (b"words", CUT),
    ],
)
async def test_words_and_key_that_a_server_sends_back_are_in_no_log_and_no_sentence(
    status: bytes, expected: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("aiohttp").setLevel(logging.DEBUG)
    async with raw(lambda reader, writer: echo(reader, writer, status)) as server:
        said = await told(server)

    assert said == expected
    everything = f"{caplog.text} {capfd.readouterr()}"
    assert "language model, groups: no answer" in everything
    assert KEY not in everything
    assert SECRET_WORDS not in everything
