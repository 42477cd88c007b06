"""The client gets no word to a server that cannot prove, at each connection, that it is the one in the address."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver
from cryptography import x509

from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import CUT, UNTRUSTED, LanguageModelClient
from tests.servers.fake_model import FakeModel, fake_model, says
from tests.services.language_model.asking import KEY, REQUEST, fault_of
from tests.services.language_model.certificates import Authority, serving, vouch, write

HOST = "model.example.org"


class Here(AbstractResolver):
    """Finds every name on this machine."""

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[Any]:
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        return None


def client_of(server: FakeModel, host: str = HOST) -> LanguageModelClient:
    port = server.url.split(":")[2].removesuffix("/v1")
    endpoint = ModelEndpoint(f"https://{host}:{port}/v1", "small", KEY)
    return LanguageModelClient(endpoint, resolver=Here(), first_wait_s=0.01)


async def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(tmp_path: Path) -> None:
    own = vouch("127.0.0.1", x509.IPAddress(ip_address("127.0.0.1")), None)
    async with fake_model() as server, fake_model(tls=serving(tmp_path, own)) as posing:
        assert await fault_of(client_of(server, "127.0.0.1")) in (UNTRUSTED, CUT)
        assert await fault_of(client_of(posing, "127.0.0.1")) == UNTRUSTED

    assert (server.asked, posing.asked) == (0, 0)


async def test_a_certificate_that_is_trusted_for_the_very_name_is_enough(tmp_path: Path, trusted: Authority) -> None:
    own = vouch(HOST, x509.DNSName(HOST), trusted)
    async with fake_model(says("{}"), tls=serving(tmp_path, own)) as server:
        assert await client_of(server).ask(REQUEST) == "{}"


@pytest.mark.parametrize(
    "name",
    [
        x509.DNSName("other.example.org"),
        x509.DNSName("example.org"),
        x509.DNSName("*.org"),
        x509.DNSName(f"{HOST}.attacker.example"),
        x509.IPAddress(ip_address("127.0.0.1")),  # where it was found, but not what was asked for
    ],
)
async def test_a_trusted_certificate_for_another_name_is_not(
    tmp_path: Path, trusted: Authority, name: x509.GeneralName
) -> None:
    own = vouch("other.example.org", name, trusted)
    async with fake_model(tls=serving(tmp_path, own)) as server:
        assert await fault_of(client_of(server)) == UNTRUSTED

    assert server.asked == 0


async def test_neither_is_one_that_has_expired(tmp_path: Path, trusted: Authority) -> None:
    own = vouch(HOST, x509.DNSName(HOST), trusted, days=-1)
    async with fake_model(tls=serving(tmp_path, own)) as server:
        assert await fault_of(client_of(server)) == UNTRUSTED

    assert server.asked == 0


async def test_a_certificate_that_changes_for_the_worse_is_noticed_at_the_next_call(
    tmp_path: Path, trusted: Authority
) -> None:
    context = serving(tmp_path, vouch(HOST, x509.DNSName(HOST), trusted))
    async with fake_model(says("{}"), tls=context) as server:
        client = client_of(server)
        assert await client.ask(REQUEST) == "{}"
        context.load_cert_chain(write(tmp_path, vouch(HOST, x509.DNSName(HOST), None)))
        assert await fault_of(client) == UNTRUSTED
        context.load_cert_chain(write(tmp_path, vouch(HOST, x509.DNSName(HOST), trusted)))  # renewed, as is usual
        assert await client.ask(REQUEST) == "{}"

    assert server.asked == 2
