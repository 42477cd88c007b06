"""The settings of an organisation’s language model."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config
from bot.errors import SettingError
from bot.models.model_endpoint import ModelEndpoint
from tests.config.test_settings import GIVEN

MODEL = {"WARD_LLM_URL": "http://127.0.0.1:8080/v1", "WARD_LLM_MODEL": "small"}


def test_without_an_address_there_is_no_language_model_and_with_one_it_is_the_plain_case() -> None:
    assert Config.from_environ(GIVEN).language_model is None
    assert Config.from_environ(GIVEN | MODEL).language_model == ModelEndpoint("http://127.0.0.1:8080/v1", "small")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"WARD_LLM_MODEL": ""}, "WARD_LLM_MODEL"),
        ({"WARD_LLM_URL": ""}, "WARD_LLM_MODEL"),
        *(
            ({"WARD_LLM_URL": url}, "WARD_LLM_URL")
            for url in (
                *("127.0.0.1:8080", "ftp://127.0.0.1/v1", "http://", "http:///v1", "http://h:99999/v1", "http://h:0/"),
                *("http://key@127.0.0.1/v1", "http://a:b@127.0.0.1/v1", "http://127.0.0.1\\@example.org/v1"),
                *("http://127.0.0.1/v1#x", "http://a b/v1", "http://a/v1\nHost: b", "http://[::1/v1", "http://é/v1"),
                *("file:///etc/passwd", "http://[zz]/v1", "https://user:secret@example.org/v1"),
                *("http://①②⑦.0.0.1/v1", "http://127。0。0。1/v1", "http://%31%32%37.0.0.1/v1", "http://[::1%25lo]/v1"),
                *("http://127.0.0.1/v1\tx", "//127.0.0.1/v1", "http://127.0.0.1:80:90/v1", "http://127.0.0.1?@a.b/v1"),
            )
        ),
        ({"WARD_LLM_KEY": "two words"}, "WARD_LLM_KEY"),
        ({"WARD_LLM_KEY": "a\r\nb"}, "WARD_LLM_KEY"),
        ({"WARD_LLM_KEY": "schlüssel"}, "WARD_LLM_KEY"),
        ({"WARD_LLM_HOST_APPROVED": "example.org"}, "WARD_LLM_HOST_APPROVED"),
        ({"WARD_LLM_HOST_APPROVED": "http://127.0.0.1"}, "WARD_LLM_HOST_APPROVED"),
        ({"WARD_LLM_HOST_APPROVED": "*"}, "WARD_LLM_HOST_APPROVED"),
        (
            {"WARD_LLM_URL": "https://example.org./v1", "WARD_LLM_HOST_APPROVED": "example.org"},
            "WARD_LLM_HOST_APPROVED",
        ),
        ({"WARD_LLM_WORDS_A_DAY": "999"}, "WARD_LLM_WORDS_A_DAY"),
        ({"WARD_LLM_SECONDS": "4"}, "WARD_LLM_SECONDS"),
        ({"WARD_LLM_CALLS": "0"}, "WARD_LLM_CALLS"),
    ],
)
def test_a_language_model_that_cannot_be_used_is_refused_without_its_key(changes: dict[str, str], name: str) -> None:
    with pytest.raises(SettingError, match=name) as caught:
        Config.from_environ(GIVEN | MODEL | {"WARD_LLM_KEY": "made-up-secret"} | changes)

    assert "secret" not in str(caught.value)
    assert changes.get("WARD_LLM_KEY", "made-up-secret") not in str(caught.value)


def test_the_key_of_a_language_model_can_come_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("made-up-secret\n", encoding="utf-8")
    config = Config.from_environ(GIVEN | MODEL | {"WARD_LLM_KEY_FILE": str(tmp_path / "key")})

    assert config.language_model is not None
    assert config.language_model.key == "made-up-secret"
    assert "made-up-secret" not in f"{config!r} {config}"
    with pytest.raises(SettingError, match="Keep one of the two"):
        Config.from_environ(GIVEN | MODEL | {"WARD_LLM_KEY": "a", "WARD_LLM_KEY_FILE": str(tmp_path / "key")})
