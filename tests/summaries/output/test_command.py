"""``python -m bot summarise``, run as people and programs run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import commands
from tests.cli.commands import Done
from tests.summaries.engine.semantic.models import MODEL_DIR
from tests.summaries.threads import FOLDER

FILE = str(FOLDER / "discharge.json")


def run(*arguments: str, given: bytes = b"") -> Done:
    return commands.run(Path(), "summarise", *arguments, stdin=given.decode())


def shared() -> bytes:
    """The discussion in the file, in which one more person writes what another one does."""
    data = json.loads(Path(FILE).read_bytes())
    texts = {message["id"]: message["text"] for message in data["messages"]}
    for message in data["messages"]:
        message["text"] = texts["20" if message["id"] == "9" else message["id"]]
    return json.dumps(data).encode()


def test_a_person_sees_points_with_people_quotes_questions_and_coverage() -> None:
    done = run("-", given=shared())
    shown = done.stdout
    assert done.returncode == 0
    assert "24 people replied; the summary draws on 22 of them." in shown
    assert "2 people said this in the thread." in shown
    assert "What people asked" in shown
    assert "found by the program, not checked by a person" in shown


def test_standard_input_is_read_and_json_printed() -> None:
    command = [sys.executable, "-m", "bot", "summarise", "-", "--json"]  # a process of its own, as a shell starts it
    done = subprocess.run(command, input=Path(FILE).read_bytes(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["id"] == "discharge"


def test_a_bad_line_gives_an_error_line_and_the_others_their_answers() -> None:
    good = json.dumps({"id": "a", "prompt": "", "messages": []}).encode()
    lines = b"\n".join([good, b"{nonsense", b'{"id": "b", "messages": 3}', b"", good])
    done = run("-", "--lines", given=lines)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, "b", "a"]
    assert ["error" in answer for answer in answers] == [False, True, True, False]
    assert done.returncode == 1


def test_good_lines_alone_end_well() -> None:
    done = run("-", "--lines", given=b'{"id": 7, "prompt": "x", "messages": []}\n')
    assert (json.loads(done.stdout)["id"], done.returncode) == ("7", 0)


@pytest.mark.parametrize("given", [b"", b"[]", b"{", b'{"id": "x"}'])
def test_bad_input_ends_in_one_sentence_and_code_2(given: bytes) -> None:
    done = run("-", given=given)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_named() -> None:
    done = run("nowhere.json")
    assert done.returncode == 2
    assert "nowhere.json" in done.stderr


def test_a_model_that_is_not_there_is_refused_once_whatever_is_read() -> None:
    for arguments in ((FILE,), ("-", "--lines")):
        done = run(*arguments, "--model", "nowhere", given=b"{nonsense")
        assert (done.returncode, done.stdout) == (2, "")
        assert "--model" in done.stderr
        assert "isn’t there" in done.stderr


def test_a_model_in_a_folder_is_used_for_a_file_and_for_lines() -> None:
    one = run(FILE, "--model", str(MODEL_DIR))
    lines = run("-", "--lines", "--model", str(MODEL_DIR), given=b'{"id": 7, "prompt": "x", "messages": []}\n')
    assert (one.returncode, lines.returncode) == (0, 0)
    assert "The summary used 22 of 24 replies." in one.stdout
    assert json.loads(lines.stdout)["id"] == "7"


def test_a_summary_without_a_model_loads_nothing_of_models_and_of_discord() -> None:
    code = (
        "import sys; from bot.cli.summarise import command\n"
        "assert {'discord', 'sqlalchemy', 'numpy'}.isdisjoint(sys.modules)\n"
        "command(sys.argv[1:], standalone_mode=False)\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, FILE], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "bot.summaries.engine.summariser" in loaded
    assert loaded.isdisjoint({"tokenizers", "onnxruntime", "bot.summaries.engine.semantic"})
    assert loaded.isdisjoint({"discord", "sqlalchemy"})


def test_control_characters_in_replies_do_not_reach_the_terminal() -> None:
    nasty = "\x1b]0;owned\x07The \u202erota is\x9b31m late\r again."
    data = {"id": "t", "prompt": "", "messages": [{"id": "\x1b[2J", "author": "a", "text": nasty}]}
    shown = run("-", given=json.dumps(data).encode()).stdout
    assert "rota" in shown
    assert not set(shown) & set("\x1b\x07\x9b\r\u202e")
