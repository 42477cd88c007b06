"""Presses about statements: changed, taken back, followed to edits and deletions, and counted once at the closing."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.replies import Edit, Erasure, Reaction
from bot.models.views import Choice, NewStatement, PressCount, ViewTotals
from bot.services.replies.private_replies import release_private_replies
from bot.services.statements import (
    count_presses,
    find_own_presses,
    find_round,
    follow_statements,
    take_back_everywhere,
    take_back_presses,
)
from bot.store import Store, open_store
from bot.store.keyed.prompt_presses import NOT_OPEN
from tests.databases import prepare
from tests.examples import examples
from tests.store.keyed.taps import say, show, tap
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.world import DATA_KEY

either_home = pytest.mark.usefixtures("either_home")

SAME, DIFFERENT, SKIP = Choice
SAID = tuple(f"Ward {name} waits for its rota until Friday." for name in "ABCDEFGH")
PEOPLE = range(30)


async def close(store: Store, prompt: Prompt) -> ViewTotals:
    """Close a prompt, release what lies under its key, and return what was counted."""
    await store.prompts.close(prompt, NOW)
    assert await release_private_replies(store, NOW)
    return await store.presses.totals(prompt.id)


def counted(totals: ViewTotals) -> dict[str, tuple[int, int, int]]:
    return {total.text: (total.same, total.different, total.others) for total in totals.statements}


@either_home
async def test_each_person_is_counted_once_however_they_stand_with_it(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, SAID[:2])
    (first, second) = await show(store, prompt, SAID[:2])
    # 7 answers in agreement, 8 reacts, and both press as well; 9 and 10 only press.
    answer = arrival(prompt, 50, 7, "Same here.")._replace(reply_to=1)
    await store.replies.apply([answer, Reaction(1, GUILD, 8, "👍")])
    for person in (7, 8, 9, 10):
        await tap(store, prompt, person, first.mark, SAME)
    await tap(store, prompt, 9, second.mark, DIFFERENT)
    await tap(store, prompt, 11, second.mark, SKIP)

    totals = await close(store, prompt)

    assert counted(totals) == {SAID[0]: (4, 0, 2), SAID[1]: (0, 1, 0)}
    assert totals.people == 4
    known = {(await store.people.of(GUILD, person)).person for person in (1_000, 7, 8)}
    assert totals.statements[0].known == known


@either_home
async def test_nothing_can_be_counted_before_the_end_and_nothing_pressed_after_it(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, SAID[:1])
    (said,) = await show(store, prompt, SAID[:1])
    await tap(store, prompt, 9, said.mark, SAME)
    assert await store.presses.totals(prompt.id) == ViewTotals()
    round_ = await find_round(store, GUILD, prompt.claim, 9, {}, NOW)

    await close(store, prompt)

    with pytest.raises(UserError, match=NOT_OPEN):
        await tap(store, prompt, 10, said.mark, SAME)
    with pytest.raises(UserError, match=NOT_OPEN):
        await store.presses.press(round_.owner, 9, said.mark, DIFFERENT, [said.mark])
    assert counted(await store.presses.totals(prompt.id)) == {SAID[0]: (1, 0, 1)}
    assert await find_own_presses(store, GUILD, 9) == ()
    assert await take_back_presses(store, prompt, 9) == 0


@either_home
async def test_what_is_pressed_cannot_be_released_uncounted(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, SAID[:1])
    (said,) = await show(store, prompt, SAID[:1])
    await tap(store, prompt, 9, said.mark, SAME)
    closed = await store.prompts.close(prompt, NOW)
    with pytest.raises(ValueError, match="not counted"):
        await store.private.release(closed, NOW)
    await count_presses(store, closed)
    await count_presses(store, closed)
    await store.private.release(closed, NOW)
    assert (await store.presses.totals(prompt.id)).people == 1


@either_home
async def test_whoever_erases_everything_falls_out_of_every_count(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, SAID[:1])
    (said,) = await show(store, prompt, SAID[:1])
    await store.replies.apply([Reaction(1, GUILD, 8, "👍")])
    for person in range(20, 26):
        await tap(store, prompt, person, said.mark, SAME)
    await take_back_everywhere(store, GUILD, 20)
    totals = await close(store, prompt)
    assert (totals.people, counted(totals)) == (5, {SAID[0]: (5, 0, 5)})
    (before,) = totals.statements

    await take_back_everywhere(store, GUILD, 8)

    (after,) = (await store.presses.totals(prompt.id)).statements
    assert after.known == before.known - {(await store.people.of(GUILD, 8)).person}
    assert len(after.known) == len(before.known) - 1


@either_home
async def test_who_stands_with_it_no_longer_is_forgotten_after_the_end(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, SAID[:1])
    (said,) = await show(store, prompt, SAID[:1])
    await store.replies.apply([arrival(prompt, 50, 7, "Same here.")._replace(reply_to=1)])
    await tap(store, prompt, 9, said.mark, SAME)
    (before,) = (await close(store, prompt)).statements
    agreed = (await store.people.of(GUILD, 7)).person
    assert agreed in before.known

    await store.replies.apply([Erasure(prompt.id, (50,))])
    await follow_statements(store, await store.prompts.get(GUILD, prompt.id))

    (after,) = (await store.presses.totals(prompt.id)).statements
    assert agreed not in after.known
    assert "" in after.known  # so that the number may be higher


@either_home
async def test_a_statement_goes_with_its_reply_and_so_does_its_total(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, SAID[:2])
    (first, second) = await show(store, prompt, SAID[:2])
    for said in (first, second):
        await tap(store, prompt, 9, said.mark, SAME)
    await close(store, prompt)
    await store.replies.apply([Erasure(prompt.id, (1,))])
    assert counted(await store.presses.totals(prompt.id)) == {SAID[1]: (1, 0, 1)}


@either_home
async def test_replies_in_nearly_the_same_words_are_one_statement_of_all_their_authors(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, [SAID[0], SAID[0].lower()])
    offer = await store.statements.offer(prompt, [NewStatement(SAID[0], 1, (2,))], NOW)
    assert offer is not None
    await store.statements.decide(offer, 2**62, NOW)
    (said,) = await store.statements.shown(prompt.id)
    for author in (1_000, 1_001):
        assert (await find_round(store, GUILD, prompt.claim, author, {}, NOW)).subjects == {}
    await tap(store, prompt, 9, said.mark, SAME)
    (total,) = (await close(store, prompt)).statements
    assert (total.replies, len(total.known), total.others) == ((1, 2), 2, 1)


@either_home
async def test_two_hundred_people_press_at_once(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, SAID[:1])
    (said,) = await show(store, prompt, SAID[:1])
    await asyncio.gather(*(tap(store, prompt, person, said.mark, SAME) for person in range(200)))
    await asyncio.gather(*(tap(store, prompt, person, said.mark, DIFFERENT) for person in range(50)))
    assert counted(await close(store, prompt)) == {SAID[0]: (150, 50, 150)}


class Simulated:
    """What 30 people do, and by independent count what has to come out."""

    def __init__(self, store: Store, prompt: Prompt, path: Path) -> None:
        self.store, self.prompt, self.path = store, prompt, path
        self.texts = {n + 1: text for n, text in enumerate(SAID)}
        self.pressed: dict[tuple[int, str], Choice] = {}
        self.known: dict[int, set[int]] = {reply: {1_000 + reply - 1} for reply in self.texts}
        self.marks: dict[str, int] = {}
        self.took_part: set[int] = set()
        self.edits = 0

    async def begin(self) -> None:
        await say(self.store, self.prompt, SAID)
        self.marks = {said.mark: said.reply_id for said in await show(self.store, self.prompt, SAID)}

    async def step(self, rng: random.Random) -> None:
        await rng.choices(
            (self.press, self.react, self.agree, self.edit, self.erase, self.undo, self.restart, self.come_late),
            (30, 3, 2, 1, 1, 1, 1, 2),
        )[0](rng)

    async def press(self, rng: random.Random) -> None:
        person, mark = rng.choice(PEOPLE), rng.choice(sorted(self.marks))
        rule = (SAME, DIFFERENT, SKIP)[(person + self.marks[mark]) % 3]
        choice = rule if rng.random() < 0.8 else rng.choice(list(Choice))
        await tap(self.store, self.prompt, person, mark, choice)
        self.pressed[person, mark] = choice
        live = [self.pressed.get((person, other)) for other in self.marks]
        self.took_part.discard(person)
        if SAME in live or DIFFERENT in live:
            self.took_part.add(person)

    async def react(self, rng: random.Random) -> None:
        person, reply = rng.choice(PEOPLE), rng.choice(sorted(self.known))
        await self.store.replies.apply([Reaction(reply, GUILD, person, "👍")])
        self.known[reply].add(person)

    async def agree(self, rng: random.Random) -> None:
        person, reply = rng.choice(PEOPLE), rng.choice(sorted(self.known))
        number = 10_000 + rng.randrange(10**6)
        await self.store.replies.apply([arrival(self.prompt, number, person, "Same here.")._replace(reply_to=reply)])
        self.known[reply].add(person)

    async def come_late(self, rng: random.Random) -> None:
        person = 500 + rng.randrange(5)
        await tap(self.store, self.prompt, person, mark := rng.choice(sorted(self.marks)), SAME)
        self.pressed[person, mark] = SAME
        self.took_part.add(person)

    async def edit(self, rng: random.Random) -> None:
        if len(self.marks) < 4:
            return
        mark = rng.choice(sorted(self.marks))
        reply = self.marks[mark]
        self.edits += 1
        moment = NOW.replace(year=2027, microsecond=self.edits)
        if rng.random() < 0.5:
            text = self.texts[reply] = self.texts[reply].replace(" ", "  ", 1) + " "
        else:
            text = "Nothing of this is so."
            self._forget(mark)
        await self.store.replies.apply([Edit(reply, text, moment)])
        await follow_statements(self.store, await self.store.prompts.get(GUILD, self.prompt.id))

    async def erase(self, rng: random.Random) -> None:
        if len(self.marks) < 4:
            return
        mark = rng.choice(sorted(self.marks))
        reply = self.marks[mark]
        await self.store.replies.apply([Erasure(self.prompt.id, (reply,))])
        self._forget(mark)
        del self.known[reply]

    async def undo(self, rng: random.Random) -> None:
        person = rng.choice(PEOPLE)
        await take_back_presses(self.store, self.prompt, person)
        self.pressed = {key: choice for key, choice in self.pressed.items() if key[0] != person}
        self.took_part.discard(person)

    async def restart(self, _: random.Random) -> None:
        await self.store.close()
        self.store = await open_store(self.path, DATA_KEY)

    def _forget(self, mark: str) -> None:
        del self.marks[mark]
        self.pressed = {key: choice for key, choice in self.pressed.items() if key[1] != mark}

    def expected(self) -> dict[int, tuple[int, int, int]]:
        said: dict[str, dict[Choice, set[int]]] = defaultdict(lambda: defaultdict(set))
        for (person, mark), choice in self.pressed.items():
            said[mark][choice].add(person)
        return {
            reply: (
                len(said[mark][SAME]),
                len(said[mark][DIFFERENT]),
                len(said[mark][SAME] - self.known[reply]),
            )
            for mark, reply in self.marks.items()
        }


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 2**32))
def test_totals_are_those_of_an_independent_count_whatever_happens_meanwhile(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    async def play() -> None:
        path = tmp_path_factory.mktemp("play") / "test.db"
        prepare(path)
        store = await open_store(path, DATA_KEY)
        played = Simulated(store, await open_prompt(store), path)
        await played.begin()
        rng = random.Random(seed)  # noqa: S311 - the same play in each run
        for _ in range(150):
            await played.step(rng)
        totals = await close(played.store, played.prompt)
        await played.store.close()
        assert {total.replies[0]: (total.same, total.different, total.others) for total in totals.statements} == (
            played.expected()
        )
        assert totals.people == len(played.took_part)

    asyncio.run(play())


@either_home
async def test_counts_of_a_prompt_without_presses_are_nothing(store: Store) -> None:
    prompt = await open_prompt(store)
    await say(store, prompt, SAID[:1])
    await show(store, prompt, SAID[:1])
    assert await close(store, prompt) == ViewTotals()
    assert await store.presses.count(prompt, {"abcd": ()}) == (0, {"abcd": PressCount()})
