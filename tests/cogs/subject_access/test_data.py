"""What is stored about a person, on the card of /my, its pages and in files: for that person alone."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.models.private import Quoting
from bot.subject_access.account import CANNOT_TELL
from bot.text.words import plural
from cogs.core.rate_limits import TOO_FAST
from cogs.subject_access.data_card import (
    ACTIONS,
    KEPT_UNTIL,
    LEFT_OUT,
    NOTHING,
    PRIVATE,
    REACTIONS,
    READ_WORDS,
    REPLIES_IN,
)
from cogs.subject_access.my_card import COPY, QUOTE_ME_NOT, QUOTES_UNSAID
from tests.cogs.replies.talk import Talk
from tests.cogs.subject_access.steps import choose_group, get_copy, press_in_my, see_data
from tests.wording import says
from tests.world import shown, words

ROTAS = "Rotas come out two days before they start, and nobody can plan a week."
PARKING = "Parking costs me an hour of pay each week."
SECRET = "My manager does not listen."


async def written(talk: Talk) -> None:
    """Ada writes in the thread, by the form and privately; Ben writes too, and reacts."""
    message = await talk.say(ROTAS)
    await talk.fill_in(PARKING)
    await talk.say("Lifts are broken.", 1)
    await talk.world.staff[1].react(message, "👍")
    await talk.settle()
    ada, today = talk.world.staff[0], talk.world.env.now().date()
    await talk.world.store.private.add(
        talk.prompt, ada.id, text=SECRET, quoting=Quoting.COUNT, group="", manages=False, today=today
    )


async def data(talk: Talk, who: int = 0) -> Any:
    return await see_data(talk.world.staff[who], talk.world.prompts)


async def files(talk: Talk, who: int = 0) -> dict[str, str]:
    return await get_copy(talk.world.staff[who], talk.world.prompts)


async def test_a_person_sees_what_is_stored_and_nobody_elses(talk: Talk) -> None:
    await written(talk)
    await talk.world.facilitator.slash(talk.world.prompts, "summary thread", prompt=str(talk.prompt.id), share=True)

    answer = await data(talk)
    first = shown(answer)
    second = await talk.world.staff[0].click(answer.response.message, label=READ_WORDS)

    assert f"{REPLIES_IN.format(replies='2 replies', questions='1 question')}\n- {plural(1, *PRIVATE)}" in first
    assert "Where do you see leadership? 2 replies and 1 private reply." in first
    assert KEPT_UNTIL.format(date="15 January 2027") in first
    assert "counts 2 of your replies" in first
    assert CANNOT_TELL in first
    told = words(second.response.message)
    assert ROTAS in told
    assert PARKING in told
    assert SECRET in told
    assert "Lifts" not in first + told
    assert len(re.findall(r"https://discord.com/channels/\d+/\d+/\d+", told)) == 2
    assert f"- {plural(1, *REACTIONS)}" in shown(await data(talk, 1))


async def test_a_summary_that_quotes_nothing_of_a_person_says_so_in_words(talk: Talk) -> None:
    await written(talk)
    await talk.world.facilitator.slash(talk.world.prompts, "summary thread", prompt=str(talk.prompt.id), share=True)
    assert "quotes 2 parts of them" in shown(await data(talk))

    await press_in_my(talk.world.staff[0], talk.world.prompts, QUOTE_ME_NOT)
    await talk.settle()

    assert "counts 2 of your replies and quotes nothing from them" in shown(await data(talk))


async def test_of_somebody_who_wrote_nothing_nothing_is_stored(talk: Talk) -> None:
    card = shown(await talk.world.staff[3].slash(talk.world.prompts, "my"))

    assert NOTHING in card
    assert QUOTES_UNSAID in card
    assert NOTHING in shown(await data(talk, 3))


async def test_long_words_are_shown_whole_page_by_page(talk: Talk) -> None:
    said = [f"{n}: " + "*wards* " * 200 for n in range(6)]
    for text in said:
        await talk.say(text)
    await talk.settle()

    answer = await data(talk)
    card, told = answer.response.message, ""
    label = "Your words"
    while any(button == label for button in words(card).split("\n")):
        card = (await talk.world.staff[0].click(card, label=label)).response.message
        told, label = told + words(card), "Next"

    assert told.count("wards") == 6 * 200


async def test_the_files_hold_everything_and_ask_nothing_of_other_machines(talk: Talk) -> None:
    await written(talk)
    await choose_group(talk.world.staff[0], talk.world.prompts, "Students")

    found = await files(talk)

    data = json.loads(found["my-data.json"])
    (prompt,) = data["prompts"]
    assert [reply["words"] for reply in prompt["replies"]] == [ROTAS, PARKING]
    assert [reply["words"] for reply in prompt["private_replies"]] == [SECRET]
    assert data["choices"]["staff_group"] == "Students"
    page = found["my-data.html"]
    for text in (ROTAS, PARKING, SECRET, "Students", "Kept until 15 January 2027", "only counted"):
        assert text in page
    assert "Lifts" not in page + found["my-data.json"]
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!https://discord\.com/|#)', page) == []


async def test_words_are_escaped_on_the_page(talk: Talk) -> None:
    await talk.say("<script>alert(1)</script> & more")
    await talk.settle()

    page = (await files(talk))["my-data.html"]

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


async def test_files_come_once_a_minute(talk: Talk) -> None:
    await files(talk)

    assert says(shown(await press_in_my(talk.world.staff[0], talk.world.prompts, COPY)), TOO_FAST)
    await talk.world.env.advance_time(61)
    assert len(await files(talk)) == 2


async def test_what_facilitators_did_is_theirs_to_see(talk: Talk) -> None:
    await written(talk)
    facilitator, office = talk.world.facilitator, talk.world.office
    (first, *_) = await talk.replies()
    await talk.world.store.exclusions.exclude(
        talk.world.guild.id, first.id, user_id=facilitator.id, reason="it names a ward", now=talk.world.env.now()
    )

    own = shown(await see_data(facilitator, office))
    answer = await data(talk)
    theirs = shown(answer)
    author = await talk.world.staff[0].click(answer.response.message, label=READ_WORDS)

    assert f"- {plural(1, *ACTIONS)}" in own
    assert f"- {plural(1, *LEFT_OUT)}" in theirs
    assert "it names a ward" in words(author.response.message)
