"""From all tables by staff group that were ever shown, nobody can work out a hidden number or anybody's group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.groups import NOT_SAID, GroupTable, StaffGroups
from bot.models.people import STAFF_GROUPS, Choices
from bot.summaries.disclosure.disclosure_control import (
    LEAST_THRESHOLD,
    THRESHOLD,
    count_by_group,
    find_groups_to_show,
    is_worth_comparing,
)
from bot.summaries.disclosure.staff_groups import OTHERS, format_table, groups_of, list_rows, make_table, publish_table
from tests.examples import examples

NOW = datetime(2018, 8, 6, 23, 30, tzinfo=UTC)
NURSES, DOCTORS, CLERKS = STAFF_GROUPS[1], STAFF_GROUPS[0], STAFF_GROUPS[6]
THREE = ("nurses", "doctors", "porters")


def people(start: int = 0, **counts: int) -> dict[str, str]:
    """People by name with their groups, so many of each, numbered from ``start``."""
    names = {"nurses": NURSES, "doctors": DOCTORS, "clerks": CLERKS, "silent": NOT_SAID}
    said = [names[group] for group, count in counts.items() for _ in range(count)]
    return {f"person-{start + number}": group for number, group in enumerate(said)}


class Server:
    """Looks at tables one after the other, as a server's organisers ask for them."""

    def __init__(self) -> None:
        self.kept: list[GroupTable] = []

    def ask(self, subject: str, group_of: Mapping[str, str], threshold: int = THRESHOLD) -> StaffGroups | None:
        """What is shown of a subject."""
        new = make_table(subject, group_of, self.kept, threshold, NOW)
        self.kept += [new] if new is not None else []
        shown = [table for table in self.kept if table.subject == subject and table.shown]
        return publish_table(shown[-1], threshold, "Europe/London") if shown else None


FIRST = people(nurses=30, doctors=20, silent=12)


def test_a_table_shows_large_groups_and_the_rest_together_with_its_day() -> None:
    found = Server().ask("prompt:1", FIRST)

    assert found == StaffGroups(((NURSES, 30), (DOCTORS, 20)), 12, 62, "7 August 2018")
    assert list_rows(found)[-1] == (OTHERS, 12)
    assert format_table(found) == (
        "Who took part, by staff group (62 people in the thread, 7 August 2018): "
        "Nursing and midwifery 30; Medical and dental 20; All other groups together 12."
    )


def test_where_nobody_said_their_group_there_is_nothing_to_look_at() -> None:
    server = Server()
    assert server.ask("prompt:1", people(silent=60)) is None
    assert server.kept == []


def test_a_table_stays_as_it_was_while_a_few_people_came_or_went() -> None:
    server = Server()
    before = server.ask("prompt:1", FIRST)
    more = people(100, nurses=THRESHOLD - 1)

    assert server.ask("prompt:1", FIRST | more) == before
    assert server.ask("prompt:1", dict(list(FIRST.items())[1:]) | people(200, nurses=40)) == before
    assert len(server.kept) == 1


def test_a_table_grows_by_many_people_at_once() -> None:
    server = Server()
    server.ask("prompt:1", FIRST)
    few = server.ask("prompt:1", FIRST | people(100, nurses=12, doctors=6))
    grown = server.ask("prompt:1", FIRST | people(100, nurses=12, doctors=6) | people(200, nurses=12, doctors=11))

    assert few is not None
    assert dict(few.groups) == {NURSES: 30, DOCTORS: 20}  # 26 after 20 would tell what six of eighteen said
    assert grown is not None
    assert dict(grown.groups) == {NURSES: 54, DOCTORS: 37}


def test_a_table_in_which_a_group_grows_by_a_few_is_refused_and_not_looked_at_again_at_once() -> None:
    server = Server()
    before = server.ask("prompt:1", FIRST)
    few = people(100, nurses=15, doctors=2)

    assert server.ask("prompt:1", FIRST | few) == before
    assert server.ask("prompt:1", FIRST | few | people(200, doctors=4)) == before
    assert len(server.kept) == 2


def test_a_group_that_was_hidden_is_shown_once_it_is_as_large_as_all_that_was_hidden() -> None:
    server = Server()
    server.ask("series:3", FIRST)
    some = server.ask("series:3", FIRST | people(100, nurses=12, clerks=11))
    more = people(200, clerks=20, doctors=12, silent=15)
    many = server.ask("series:3", FIRST | people(100, nurses=12, clerks=11) | more)

    assert some is not None
    assert CLERKS not in dict(some.groups)
    assert many is not None
    assert dict(many.groups) == {NURSES: 42, DOCTORS: 32, CLERKS: 31}


def test_a_prompt_and_its_series_have_tables_only_where_one_holds_many_more_people() -> None:
    server = Server()
    prompt = server.ask("prompt:1", FIRST)
    assert prompt is not None
    assert server.ask("series:3", FIRST | people(100, doctors=1)) is None
    assert server.ask("prompt:2", dict(list(FIRST.items())[:40]) | people(100, nurses=20)) is None
    whole = server.ask("series:3", FIRST | people(100, nurses=20))
    assert whole is not None
    assert dict(whole.groups) == {NURSES: 50, DOCTORS: 20}


def test_a_table_whose_people_were_erased_still_keeps_its_likes_away() -> None:
    server = Server()
    server.ask("prompt:1", FIRST)
    server.kept = [replace(table, people=frozenset(), erased=len(FIRST)) for table in server.kept]

    assert server.ask("prompt:2", FIRST | people(100, nurses=1)) is None
    assert server.ask("prompt:2", FIRST | people(100, nurses=11)) is not None


def test_a_threshold_that_was_raised_hides_more_of_a_table_that_is_kept() -> None:
    server = Server()
    server.ask("prompt:1", FIRST)
    found = server.ask("prompt:1", FIRST, threshold=25)

    assert found is not None
    assert (found.groups, found.others) == (((NURSES, 30),), 32)


def test_who_said_no_group_is_in_the_group_not_said() -> None:
    choices = {"a": Choices("a", group=NURSES), "b": Choices("b"), "d": Choices("d", group=DOCTORS)}
    assert groups_of(frozenset("abc"), choices) == {"a": NURSES, "b": NOT_SAID, "c": NOT_SAID}


@settings(max_examples=examples(80), deadline=None)
@given(st.data())
def test_no_sum_or_difference_of_tables_is_over_fewer_people_than_the_threshold(data: st.DataObject) -> None:
    crowd = [f"person-{number}" for number in range(60)]
    group_of = {person: data.draw(st.sampled_from([NURSES, DOCTORS, CLERKS])) for person in crowd}
    server = Server()
    for number in range(data.draw(st.integers(2, 7))):
        first, last = sorted(data.draw(st.tuples(st.integers(0, 60), st.integers(0, 60))))
        chosen = set(crowd[first:last]) ^ data.draw(st.sets(st.sampled_from(crowd), max_size=2))
        server.ask(f"prompt:{number % 3}", {one: group_of[one] for one in crowd if one in chosen})
    known = [table for table in server.kept if table.shown]
    members = np.array([[one in table.people for one in crowd] for table in known], dtype=float)
    for signs in product((-1, 0, 1), repeat=len(known)):
        people_in_it = np.count_nonzero(np.array(signs) @ members) if known else 0
        assert people_in_it == 0 or people_in_it >= THRESHOLD


def splits(size: int) -> Iterator[tuple[int, int, int]]:
    """Every way to part people into three groups."""
    return ((one, two, size - one - two) for one in range(size + 1) for two in range(size + 1 - one))


def answers(history: Sequence[str], truth: Mapping[str, tuple[int, int, int]]) -> tuple[tuple[int | None, ...], ...]:
    """All that an attacker sees: of each set of people that was asked for, the numbers that were shown."""
    group_of = {
        f"{crowd}{number}": group
        for crowd, counts in truth.items()
        for number, group in enumerate(name for name, count in zip(THREE, counts, strict=True) for _ in range(count))
    }
    kept: list[GroupTable] = []
    seen: list[tuple[int | None, ...]] = []
    for asked in history:
        chosen = {person: group for person, group in group_of.items() if person[0] in asked}
        if is_worth_comparing(frozenset(chosen), kept, threshold=LEAST_THRESHOLD):
            shown = find_groups_to_show(chosen, THREE, kept, threshold=LEAST_THRESHOLD)
            counts = count_by_group(chosen, THREE)
            kept.append(GroupTable("", counts, frozenset(chosen), shown, NOW))
            seen.append(tuple(counts[group] if group in shown else None for group in THREE))
        else:
            seen.append(())
    return tuple(seen)


@pytest.mark.parametrize(
    ("history", "sizes"),
    [
        (("a", "ab", "abc"), (7, 1, 5)),  # somebody alone joins
        (("ab", "a", "ac"), (7, 1, 6)),  # somebody alone leaves
        (("ab", "bc"), (5, 6, 5)),  # two prompts share people
        (("a", "ab"), (14, 7)),  # a hidden group comes to light
        (("a", "b", "abc"), (6, 5, 5)),  # two prompts and their series
    ],
)
@pytest.mark.sampled(1)
def test_who_knows_the_rules_and_who_took_part_cannot_work_out_a_small_number(
    history: Sequence[str], sizes: Sequence[int]
) -> None:
    crowds = "abc"[: len(sizes)]
    truths = defaultdict(list)
    for split in product(*map(splits, sizes)):
        truth = dict(zip(crowds, split, strict=True))
        truths[answers(history, truth)].append(truth)
    assert any(None not in numbers and numbers for seen in truths for numbers in seen) or len(truths) > 1
    for seen, fitting in truths.items():
        for crowd in {*crowds, *history}:
            for place in range(len(THREE)):
                possible = {sum(truth[one][place] for one in crowd) for truth in fitting}
                assert len(possible) > 1 or next(iter(possible)) not in range(1, LEAST_THRESHOLD), (seen, crowd, place)
