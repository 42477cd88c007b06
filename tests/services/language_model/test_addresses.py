"""Words go to this machine, its private network, or the one approved host, whatever a name leads to today."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver

from bot.errors import ModelError
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.addresses import FORBIDDEN, NO_NAME, NOT_APPROVED, NOT_ENCRYPTED, check_address
from bot.services.language_model.client import CUT, LanguageModelClient
from tests.servers.fake_model import fake_model, says
from tests.services.language_model.asking import REQUEST

HOST = "model.example.org"
NEAR = ModelEndpoint(f"http://{HOST}/v1", "small")
APPROVED = ModelEndpoint(f"https://{HOST}/v1", "small", approved_host=HOST)
PUBLIC, NO_PLACE = "93.184.216.34", "0.0.0.0"  # noqa: S104 - nothing is bound to it


class Names(AbstractResolver):
    """A resolver whose names lead to the next of these addresses each time."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int = 0, _family: Any = socket.AF_INET) -> list[Any]:
        self.asked.append(host)
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            {"hostname": host, "host": ip, "port": port, "family": family_of(ip), "proto": 0, "flags": 0}
            for ip in found
        ]

    async def close(self) -> None:
        pass


def family_of(ip: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in ip else socket.AF_INET


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.8.9.1", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.20", "fd12::1", "::ffff:10.0.0.1"]
)
def test_this_machine_and_private_networks_need_nothing_more(address: str) -> None:
    check_address(address, NEAR)
    check_address(address, APPROVED)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1::1", "::ffff:8.8.8.8", "100.64.0.1", "172.32.0.1"])
def test_any_other_address_needs_an_approved_host_and_encryption(address: str) -> None:
    with pytest.raises(ModelError, match=NOT_APPROVED.format(host=HOST)):
        check_address(address, NEAR)
    check_address(address, APPROVED)
    plain = ModelEndpoint(f"http://{HOST}/v1", "small", approved_host=HOST)
    with pytest.raises(ModelError, match=NOT_ENCRYPTED.format(host=HOST)):
        check_address(address, plain)
    other = ModelEndpoint(f"https://{HOST}/v1", "small", approved_host="example.org")
    with pytest.raises(ModelError, match=NOT_APPROVED.format(host=HOST)):
        check_address(address, other)


@pytest.mark.parametrize(
    "address",
    [
        *(NO_PLACE, "0.1.2.3", "::", "169.254.169.254", "::ffff:169.254.169.254", "169.254.1.1", "fe80::1"),
        *(
            "fe80::1%eth0",
            "224.0.0.1",
            "ff02::1",
            "255.255.255.255",
            "240.0.0.1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "fd00:42::42",
            "100.100.100.200",
        ),
        *("127.1", "2130706433", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fec0::1", "", "localhost"),
    ],
)
def test_what_no_model_can_have_is_refused_even_if_its_host_is_approved(address: str) -> None:
    for endpoint in (NEAR, APPROVED):
        with pytest.raises(ModelError, match=FORBIDDEN.format(host=HOST)):
            check_address(address, endpoint)


async def test_a_name_is_looked_up_and_checked_at_each_connection() -> None:
    async with fake_model(says("{}")) as server:
        names = Names(("127.0.0.1",), (PUBLIC,), ("127.0.0.1",))
        port = server.url.split(":")[2].removesuffix("/v1")
        client = LanguageModelClient(ModelEndpoint(f"http://{HOST}:{port}/v1", "small"), resolver=names)
        assert await client.ask(REQUEST) == "{}"
        with pytest.raises(ModelError, match=NOT_APPROVED.format(host=HOST)):
            await client.ask(REQUEST)
        assert await client.ask(REQUEST) == "{}"

    assert (server.asked, names.asked) == (2, [HOST] * 3)


@pytest.mark.parametrize("other", [PUBLIC, "169.254.169.254", "::ffff:169.254.169.254", NO_PLACE])
async def test_one_bad_address_beside_a_good_one_is_enough_to_refuse_a_name(other: str) -> None:
    async with fake_model(says("{}")) as server:
        port = server.url.split(":")[2].removesuffix("/v1")
        for answer in (("127.0.0.1", other), (other, "127.0.0.1")):
            client = LanguageModelClient(
                ModelEndpoint(f"http://{HOST}:{port}/v1", "small"), resolver=Names(answer), first_wait_s=0.01
            )
            with pytest.raises(ModelError):
                await client.ask(REQUEST)

    assert server.asked == 0


@pytest.mark.parametrize("host", ["169.254.169.254", "[::ffff:169.254.169.254]", NO_PLACE, "0", "2852039166", PUBLIC])
async def test_an_address_in_the_setting_is_checked_too_and_before_words_are_counted(host: str) -> None:
    async def take(*_: object) -> bool:
        raise AssertionError("words were counted")

    with pytest.raises(ModelError, match=r"leads (to an address|outside)"):
        await LanguageModelClient(ModelEndpoint(f"http://{host}:9/v1", "small"), take).ask(REQUEST)


@pytest.mark.parametrize("address", ["127.0.0.1.", "localhost", HOST, "", "127.0.0.1%lo", "0x7f.0.0.1", "127.0.0.1\n"])
async def test_a_resolver_that_gives_anything_but_an_address_is_not_followed(address: str) -> None:
    with pytest.raises(ModelError, match=FORBIDDEN.format(host=HOST)):
        await LanguageModelClient(NEAR, resolver=Names((address,))).ask(REQUEST)


@pytest.mark.parametrize("host", [f"{HOST}.", f"www.{HOST}", "xn--model-example-org", f"{HOST}.attacker.example"])
async def test_a_host_that_only_looks_like_the_approved_one_gets_nothing(host: str) -> None:
    endpoint = ModelEndpoint(f"https://{host}/v1", "small", approved_host=HOST)
    with pytest.raises(ModelError, match=NOT_APPROVED.format(host=host)):
        await LanguageModelClient(endpoint, resolver=Names((PUBLIC,))).ask(REQUEST)


@pytest.mark.parametrize("host", ["127.0.0.1.", "127.1", "017700000001", "1.1.1.1.1", "0.0.0.0."])
async def test_no_other_way_to_write_an_address_is_taken(host: str) -> None:
    with pytest.raises(ModelError, match=FORBIDDEN.format(host=host)):
        await LanguageModelClient(ModelEndpoint(f"http://{host}:9/v1", "small")).ask(REQUEST)


async def test_a_name_that_is_not_known_is_said() -> None:
    with pytest.raises(ModelError, match=NO_NAME.format(host=HOST)):
        await LanguageModelClient(NEAR, resolver=Names(())).ask(REQUEST)


async def test_a_name_of_this_machine_works_by_the_systems_own_resolver() -> None:
    async with fake_model(says("{}")) as server:
        endpoint = ModelEndpoint(server.url.replace("127.0.0.1", "localhost"), "small")
        try:
            assert await LanguageModelClient(endpoint, first_wait_s=0.01).ask(REQUEST) == "{}"
        except ModelError as error:  # where localhost is ::1 alone, nobody listens there
            assert str(error) == CUT  # noqa: PT017 - not every machine does it
