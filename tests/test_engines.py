"""Which tests are of SQLite's file alone, each by its name, and where the same is held on a server."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import Why
from tests.servers.postgres import NO_SERVER
from tests.store.postgres import pgbouncer

ROOT = Path(__file__).parents[1]
WHOLE = "every test of the file"
OF_SQLITE = {
    "tests/kills/test_backups.py": {
        WHOLE: Why.BACKUP,
    },
    "tests/kills/test_binding.py": {
        WHOLE: Why.OLD,
    },
    "tests/kills/test_check_release.py": {
        "test_a_release_cut_short_happens_once": Why.LOG,
    },
    "tests/kills/test_moves.py": {
        WHOLE: Why.MOVE,
    },
    "tests/kills/test_press_release.py": {
        "test_a_closing_cut_short_counts_once": Why.LOG,
    },
    "tests/kills/test_private_release.py": {
        "test_a_release_cut_short_happens_once": Why.LOG,
    },
    "tests/store/keyed/test_checks.py": {
        "test_a_check_that_takes_the_number_of_an_erased_one_has_a_key_of_its_own": Why.NUMBERS,
    },
    "tests/store/keyed/test_checks_proof.py": {
        "test_no_byte_of_the_file_tells_who_came_first": Why.ORDER,
    },
    "tests/store/keyed/test_private_proof.py": {
        "test_no_byte_of_the_file_tells_who_came_first": Why.ORDER,
    },
    "tests/store/keyed/test_withdrawals.py": {
        "test_it_happens_once_however_it_is_cut_short": Why.LOG,
        "test_what_is_noted_lies_in_the_order_of_chance": Why.ORDER,
    },
    "tests/store/postgres/test_cut_moves.py": {
        WHOLE: Why.MOVE,
    },
    "tests/store/postgres/test_move.py": {
        WHOLE: Why.MOVE,
    },
    "tests/store/test_bound.py": {
        "test_a_full_disk_leaves_the_database_as_it_was_before_the_migration": Why.FULL_DISK,
        "test_a_row_that_does_not_open_is_left_by_the_migration_and_named": Why.OLD,
        "test_reactions_from_before_they_were_sealed_are_sealed_by_the_migration": Why.OLD,
    },
    "tests/store/test_drafts.py": {
        "test_a_full_disk_leaves_the_draft_as_before_and_says_so": Why.FULL_DISK,
    },
    "tests/store/test_faults.py": {
        "test_a_database_that_the_user_may_only_read_ends_in_a_clear_sentence": Why.RIGHTS,
        "test_a_file_that_is_no_database_is_refused_and_left_alone": Why.NO_DATABASE,
        "test_a_folder_in_place_of_the_file_is_refused": Why.NO_DATABASE,
        "test_a_full_disk_ends_in_a_clear_sentence_and_reading_goes_on": Why.FULL_DISK,
        "test_people_in_discord_do_not_see_where_the_database_lies": Why.NO_DATABASE,
        "test_what_is_cancelled_before_its_rows_are_read_lets_the_file_go": Why.DRIVER,
    },
    "tests/store/test_file_names.py": {
        "test_a_file_of_another_program_is_refused_and_people_in_discord_are_not_told_where_it_is": Why.NO_DATABASE,
    },
    "tests/store/test_inbox.py": {
        "test_replies_wait_while_the_disk_is_full_and_none_is_lost": Why.FULL_DISK,
    },
    "tests/store/test_key_rotation.py": {
        "test_a_rotation_is_refused_while_a_bot_runs_on_the_file": Why.ALONE,
        "test_a_wrong_key_does_not_migrate_an_older_database": Why.OLD,
        "test_a_wrong_key_is_refused_and_no_byte_is_written": Why.OPEN_FILES,
        "test_the_command_says_how_many_rows_and_what_to_do_next": Why.COMMAND,
        "test_there_has_to_be_a_database": Why.NO_DATABASE,
    },
    "tests/store/test_migration.py": {
        "test_a_migration_that_breaks_references_is_undone": Why.REFERENCES,
        "test_a_new_database_has_what_the_migrations_make": Why.SHAPE,
        "test_the_copy_of_before_is_whole_and_the_owners_alone": Why.COPY,
        "test_the_file_can_be_read_by_its_owner_alone": Why.RIGHTS,
        "test_what_people_wrote_in_an_open_check_is_kept_and_what_they_answered_to_four_choices_is_not": Why.OLD,
    },
    "tests/store/test_query_plans.py": {
        "test_no_function_of_the_store_reads_a_whole_table_that_grows": Why.PLANS,
    },
    "tests/store/test_raw_bytes.py": {
        WHOLE: Why.BYTES,
    },
    "tests/store/test_reaction_marks.py": {
        "test_it_can_be_cut_short_anywhere": Why.OLD,
        "test_marks_from_before_there_were_salts_are_salted_at_the_first_opening": Why.OLD,
        "test_until_they_are_salted_they_keep_out_what_was_erased": Why.OLD,
    },
    "tests/store/test_retention.py": {
        "test_a_reader_puts_the_emptying_of_the_log_off": Why.LOG,
    },
    "tests/privacy/test_privacy.py": {
        "test_no_fault_of_the_database_logs_anything": Why.FULL_DISK,
        "test_the_database_holds_neither_words_nor_names_nor_ids": Why.BYTES,
    },
}
"""Every test that a run on PostgreSQL skips. A new one is a promise less there, so say why in tests/engines.py."""


def test_what_a_server_does_not_run_is_named_one_by_one() -> None:
    found = {
        str(file.relative_to(ROOT)): named
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if (named := dict(_marked(ast.parse(file.read_text()))))
    }

    assert found == OF_SQLITE
    assert {why for named in found.values() for why in named.values()} == set(Why)


@pytest.mark.parametrize("why", Why)
def test_what_is_promised_on_a_server_too_is_tested_there(why: Why) -> None:
    said, _, twin = why.partition(":")
    file, _, name = twin.strip().partition("::")

    assert said
    if twin:
        tests = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
        assert name.startswith("test_")
        assert name in {test.name for test in tests if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize(
    ("program", "sentence"), [("find_programs", NO_SERVER), ("find_bouncer", pgbouncer.NO_BOUNCER)]
)
def test_a_clean_checkout_is_not_played_without_the_servers(
    program: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("find_programs", "find_bouncer"):
        monkeypatch.setattr(pgbouncer, name, lambda name=name: None if name == program else "there")

    with pytest.raises(SystemExit, match=r"\.ci/run plays everything") as ended:
        pgbouncer.demand_servers()

    assert sentence in str(ended.value)
    steps = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert steps.index("demand_servers()") < steps.index("step make test")


def _marked(tree: ast.Module) -> Iterator[tuple[str, Why]]:
    """The tests of a file that are marked, with the reason; a mark on one case of a test counts as its."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from ((WHOLE, why) for why in _reasons(node))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from ((node.name, why) for decorator in node.decorator_list for why in _reasons(decorator))


def _reasons(marks: ast.AST) -> Iterator[Why]:
    for node in ast.walk(marks):
        match node:
            case ast.Call(ast.Attribute(attr="sqlite_file"), [ast.Attribute(attr=name)]):
                yield Why[name]
