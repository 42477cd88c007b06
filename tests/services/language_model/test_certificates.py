"""The client gets no word to a server that cannot prove, at each connection, that it is the one in the address."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp.connector
import pytest
from aiohttp.abc import AbstractResolver
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.errors import ModelError
from bot.models.language_model import ModelRequest, Purpose
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import CUT, UNTRUSTED, LanguageModelClient
from tests.fake_model import FakeModel, fake_model, says

KEY = "made-up-key-91f2"
REQUEST = ModelRequest(Purpose.GROUPS, "Group these.", "Theatre lists start late on Mondays.", {}, 500)
HOST = "model.example.org"
VOUCHING = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


class Here(AbstractResolver):
    """Finds every name on this machine."""

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[Any]:
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        return None


class Authority(NamedTuple):
    """Who vouches for certificates."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def vouch(name: str, alternative: x509.GeneralName, by: Authority | None, *, days: int = 1) -> Authority:
    """Make a key and its certificate; without ``by`` one that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC) - timedelta(days=3)
    issuer = subject if by is None else by.certificate.subject
    serial, until = x509.random_serial_number(), now + timedelta(days=3 + days)
    made = x509.CertificateBuilder(issuer, subject, key.public_key(), serial, now, until)
    made = made.add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
    # Python 3.13 asks for what RFC 5280 does: which key is vouched for, by which, and whether that one may vouch.
    signing = key if by is None else by.key
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    issued = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    made = made.add_extension(issued, critical=False)
    if by is None:
        made = made.add_extension(VOUCHING, critical=True)
    return Authority(key, made.sign(signing, hashes.SHA256()))


def write(folder: Path, own: Authority) -> Path:
    """Write a key and its certificate as a server reads them."""
    plain = serialization.NoEncryption()
    pem = own.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "own.pem"
    path.write_bytes(pem + own.certificate.public_bytes(serialization.Encoding.PEM))
    return path


def serving(folder: Path, own: Authority) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(write(folder, own))
    return context


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this system trusts."""
    authority = vouch("An authority", x509.DNSName("authority.example.org"), None)
    context = ssl.create_default_context()
    context.load_verify_locations(cadata=authority.certificate.public_bytes(serialization.Encoding.PEM).decode())
    monkeypatch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", context)
    return authority


def client_of(server: FakeModel, host: str = HOST) -> LanguageModelClient:
    port = server.url.split(":")[2].removesuffix("/v1")
    endpoint = ModelEndpoint(f"https://{host}:{port}/v1", "small", KEY)
    return LanguageModelClient(endpoint, resolver=Here(), first_wait_s=0.01)


async def fault_of(client: LanguageModelClient) -> str:
    with pytest.raises(ModelError) as caught:
        await client.ask(REQUEST)
    return str(caught.value)


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
