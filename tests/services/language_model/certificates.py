"""Certificates, and who vouches for them."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

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
