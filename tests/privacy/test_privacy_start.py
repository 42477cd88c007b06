"""At the loudest level, a start shows neither the token nor a key, nor the bytes of them in another form."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.bot_process import output, ready, settings
from tests.servers.fake_gateway import GOOD_TOKEN, fake_discord
from tests.world import DATA_KEY

OTHER_KEY = bytes(range(100, 132))
WRONG_TOKEN = "wrong.secret.value"


def secrets() -> list[str]:
    forms = [form for key in (DATA_KEY, OTHER_KEY) for form in (key.hex(), base64.b64encode(key).decode(), repr(key))]
    return [GOOD_TOKEN, WRONG_TOKEN, *forms]


async def test_a_start_with_two_keys_shows_no_secret(tmp_path: Path) -> None:
    keys = ",".join(base64.b64encode(key).decode() for key in (DATA_KEY, OTHER_KEY))
    settings(tmp_path, WARD_LOG_LEVEL="DEBUG", WARD_DATA_KEY=keys)

    async with fake_discord(message_content=True) as fake, ready(tmp_path, fake) as (process, said):
        process.kill()

    assert len(said) > 200
    assert re.findall(r" DEBUG (?!bot|cogs)\S+", said) == []
    assert [secret for secret in secrets() if secret in said] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"DISCORD_TOKEN": WRONG_TOKEN},
        {"WARD_DATA_KEY": base64.b64encode(OTHER_KEY[:31]).decode()},
        {"WARD_DATA_KEY": f"{base64.b64encode(OTHER_KEY).decode()},{DATA_KEY.hex()}"},
    ],
)
async def test_a_start_that_fails_shows_no_secret(tmp_path: Path, wrong: dict[str, str]) -> None:
    settings(tmp_path, WARD_LOG_LEVEL="DEBUG", **wrong)

    async with fake_discord(message_content=True) as fake:
        code, said = await output(tmp_path, fake.url)

    assert code == 2
    assert base64.b64encode(OTHER_KEY[:31]).decode() not in said
    assert [secret for secret in secrets() if secret in said] == []
