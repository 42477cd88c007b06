"""What a language model is used for, and what it cannot be: who asks it, what for, and what an answer may hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from bot.library import drafted_questions
from bot.models.language_model import Purpose
from bot.summaries.language_model import requests
from tests.modules import modules

MAY_ASK = (
    "bot/cli/model_trial.py",
    "bot/services/drafted_questions.py",
    "bot/services/summaries/returning_themes.py",
    "bot/services/summaries/sorting.py",
)
ASK_SOMETHING_ELSE = ("bot/merged_events.py", "bot/operations/health.py", "bot/worker.py")
WRITE_REQUESTS = (
    "bot/cli/model_trial.py",
    "bot/library/drafted_questions.py",
    "bot/summaries/language_model/requests.py",
)
CONNECT = ("bot/cli/model_trial.py", "bot/cli/run.py")


def called(tree: ast.AST) -> Iterator[str]:
    """The last part of the names of all that a module calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def callers(name: str) -> set[str]:
    return {path for path, tree in modules().items() if name in set(called(tree))}


def fields(schema: object) -> set[str]:
    """The names of all that a JSON schema lets an answer hold; each of its objects has to be closed."""
    if isinstance(schema, list):
        return {name for each in schema for name in fields(each)}
    if not isinstance(schema, Mapping):
        return set()
    assert schema.get("type") != "object" or schema["additionalProperties"] is False
    return {*schema.get("properties", ()), *(name for each in schema.values() for name in fields(each))}


def test_only_sorting_matching_drafting_and_the_trial_ask_it() -> None:
    assert callers("ask") == {*MAY_ASK, *ASK_SOMETHING_ELSE}
    assert callers("ModelRequest") == set(WRITE_REQUESTS)
    assert callers("LanguageModelClient") == set(CONNECT)


def test_it_is_asked_for_groups_for_themes_and_for_questions_and_for_nothing_else() -> None:
    assert {purpose.value for purpose in Purpose} == {"groups", "merge", "weeks", "questions", "trial"}
    assert set(requests.INSTRUCTIONS) == {Purpose.GROUPS, Purpose.MERGE, Purpose.WEEKS}


def test_an_answer_has_no_place_for_a_text_in_somebodys_name_a_score_or_a_mood() -> None:
    sorted_numbers = {"themes", "name", "points", "best", "members", "opposed", "questions", "asides"}
    assert fields(requests.SCHEMA) == sorted_numbers
    assert fields(requests.WEEKS_SCHEMA) == {"themes", "name", "members"}
    assert fields(drafted_questions.SCHEMA) == {"questions"}
