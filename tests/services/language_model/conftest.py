"""An authority that this system trusts."""

from __future__ import annotations

import ssl

import aiohttp.connector
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.services.language_model.certificates import Authority, vouch


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this system trusts."""
    authority = vouch("An authority", x509.DNSName("authority.example.org"), None)
    context = ssl.create_default_context()
    context.load_verify_locations(cadata=authority.certificate.public_bytes(serialization.Encoding.PEM).decode())
    monkeypatch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", context)
    return authority
