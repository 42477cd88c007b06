"""To which addresses words may go: this machine, a private network, or the one host that an administrator approved.

A name can lead elsewhere from one moment to the next, so what counts is the address that a connection goes to, each
time one is made.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver

from bot.errors import ModelError
from bot.models.model_endpoint import ModelEndpoint

_NEAR = tuple(
    ip_network(text) for text in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
"""This machine (RFC 1122, RFC 4291) and private networks (RFC 1918, RFC 4193)."""
_METADATA = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fd00:42::42",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
    )
)
"""Where clouds tell a machine its own secrets."""
_NAT64 = ip_network("64:ff9b::/96")

FORBIDDEN = "{host} leads to an address that no language model may have. Check WARD_LLM_URL."
NOT_APPROVED = (
    "{host} leads outside of this machine and its private network, so no words were sent. If they may go there, set "
    "WARD_LLM_HOST_APPROVED={host}."
)
NOT_ENCRYPTED = "{host} leads outside of the private network, where WARD_LLM_URL has to begin with https://."
NO_NAME = "The name {host} isn’t known to this machine. Check WARD_LLM_URL."


def check_address(address: str, endpoint: ModelEndpoint) -> None:
    """Raise ModelError where words may not go to an IP address, which ``endpoint``'s host led to."""
    host = endpoint.host
    ip = _unwrap(address)
    if ip is None or _is_forbidden(ip):
        raise ModelError(FORBIDDEN.format(host=host))
    if any(ip in network for network in _NEAR if network.version == ip.version):
        return
    if not endpoint.is_outside:
        raise ModelError(NOT_APPROVED.format(host=host))
    if not endpoint.url.casefold().startswith("https://"):
        raise ModelError(NOT_ENCRYPTED.format(host=host))


def is_literal(host: str) -> bool:
    """Tell whether aiohttp takes a host for an IP address, so that no resolver is asked; also one such as 127.1."""
    return ":" in host or host.replace(".", "").isdigit()


class CheckedResolver(AbstractResolver):
    """Looks up names, and refuses a name of which a single address may not be reached.

    What it returns is what the connection goes to: the name is not looked up again.
    """

    def __init__(self, endpoint: ModelEndpoint, inner: AbstractResolver | None = None) -> None:
        self._endpoint = endpoint
        self._inner = inner or ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_UNSPEC) -> list[Any]:
        """Return the addresses of a name. Raises ModelError where one may not be reached, or the name is not known."""
        try:
            found = await self._inner.resolve(host, port, family)
        except OSError:
            found = []
        if not found:
            raise ModelError(NO_NAME.format(host=self._endpoint.host))
        for each in found:
            check_address(str(each["host"]), self._endpoint)
        return list(found)

    async def close(self) -> None:
        """Let go of the resolver within."""
        await self._inner.close()


def _read(text: str) -> IPv4Address | IPv6Address | None:
    with suppress(ValueError):
        return ip_address(text.strip("[]"))
    return None


def _unwrap(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address; one of IPv4 that is written as one of IPv6 counts as what it is."""
    ip = _read(text)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    return ip


def _is_forbidden(ip: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is of no machine, of many, of this network segment alone, or a cloud's own."""
    if ip in _METADATA or ip.is_unspecified or ip.is_link_local or ip.is_multicast:
        return True
    if isinstance(ip, IPv4Address):
        return ip.is_reserved or ip in ip_network("0.0.0.0/8")
    if ip.is_site_local or (int(ip) < 1 << 32 and not ip.is_loopback):  # IPv4 addresses in a form that is out of use
        return True
    inner = ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
    if ip in _NAT64:
        inner = IPv4Address(int(ip) & 0xFFFF_FFFF)
    return inner is not None and not inner.is_global
