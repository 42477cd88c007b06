"""A language model sorts the replies to a prompt: asked once for the same replies, and never about what may not go."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.errors import ModelError
from bot.models.language_model import ModelRequest, Purpose
from bot.models.library import Document, Passage, SourceDetails
from bot.models.prompts import NewPrompt, Prompt, Wording
from bot.models.replies import Edit, Erasure
from bot.services.replies.readable_replies import ReadableReplies, SendableReplies, load_readable
from bot.services.summaries import sorting
from bot.services.summaries.drafts import open_draft, repair_draft
from bot.services.summaries.generation import Findings, SummaryAids, summarise_prompt
from bot.services.summaries.organiser_summaries import summarise_prompt_for_organiser
from bot.services.summaries.published_summaries import make_record
from bot.services.summaries.sorting import Asking
from bot.store import Store
from bot.summaries import summary_to_json
from bot.summaries.language_model.requests import MOST_CALLS, SortingCall
from tests.posted_prompts import posted_prompts
from tests.store.samples import GUILD, NOW, arrival
from tests.store.senders import prompt_in
from tests.summaries.language_model.models import numbered, sort_by_words
from tests.world import shared_worker

SAID = (
    "The rota comes out too late to plan childcare.",
    "Nobody can book a dentist when the rota is not there.",
    "I only hear about the rota on the day before it starts.",
    "Parking costs more than my lunch every day.",
)


@dataclass
class Model:
    """A language model that notes what it is asked, and answers as it is told."""

    answers: list[str | Exception] = field(default_factory=list)
    asked: list[ModelRequest] = field(default_factory=list)

    async def ask(self, request: ModelRequest) -> str:
        self.asked.append(request)
        await asyncio.sleep(0)
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        call = SortingCall(request.purpose, request.data, 0)
        return sort_by_words("rota")(call) or ""


async def everything(_: Prompt, read: ReadableReplies) -> Collection[str]:
    return [str(reply.id) for reply in read.replies]


async def nothing(_: Prompt, __: ReadableReplies) -> Collection[str]:
    return ()


async def asked(store: Store, texts: tuple[str, ...] = SAID) -> Prompt:
    prompt = await prompt_in(store, 1)
    await store.replies.apply([arrival(prompt, 1000 + n, n, text) for n, text in enumerate(texts, 1)])
    return prompt


async def excerpt_of_a_report(store: Store, passage: Passage) -> int:
    document = Document(SourceDetails("No more heroes"), (passage,), "f" * 64, "text")
    source, _ = await store.library.add_source(GUILD, document)
    (excerpt,) = await store.library.excerpts(GUILD, source.id)
    return excerpt.id


async def asked_about(
    store: Store, passage: str, question: str, excerpt_id: int | None, texts: tuple[str, ...] = SAID
) -> Prompt:
    """A prompt on a passage, with replies."""
    wording = Wording(passage, True, question, "No more heroes")
    claimed = await store.prompts.claim(NewPrompt(GUILD, 50, wording, NOW + timedelta(days=14), excerpt_id), NOW)
    assert claimed is not None
    prompt = await store.prompts.confirm(claimed, message_id=700, thread_id=700, now=NOW)
    await store.replies.apply([arrival(prompt, 1000 + n, n, text) for n, text in enumerate(texts, 1)])
    return prompt


async def summarised(store: Store, prompt: Prompt, model: Model, sendable: SendableReplies = everything) -> Findings:
    return await summarise_prompt(store, shared_worker(), prompt, SummaryAids(language_model=model, sendable=sendable))


async def test_the_replies_go_out_once_and_the_next_page_costs_nothing(store: Store) -> None:
    prompt, model = await asked(store), Model()
    first = await summarised(store, prompt, model)
    again = await summarised(store, prompt, model)
    page = await summarise_prompt_for_organiser(
        store, shared_worker(), prompt, NOW, SummaryAids(language_model=model, sendable=everything)
    )
    assert [request.purpose for request in model.asked] == [Purpose.GROUPS]
    assert first.summary == again.summary
    assert len(first.summary.points[0].group) == 2
    assert first.summary.sorting is not None
    assert page.found.summary.vectors == "TF-IDF and a language model"


async def test_without_a_model_or_where_nothing_may_be_sent_the_summary_is_the_same_to_the_byte(store: Store) -> None:
    prompt, model = await asked(store), Model()
    plain = await summarise_prompt(store, shared_worker(), prompt)
    unsent = await summarised(store, prompt, model, nothing)
    unsaid = await summarise_prompt(store, shared_worker(), prompt, SummaryAids(language_model=model))
    assert model.asked == []
    assert summary_to_json(plain.summary) == summary_to_json(unsent.summary) == summary_to_json(unsaid.summary)


@pytest.mark.parametrize("of", ["a report", "a suggested passage", "a suggested question", "nobody knows"])
async def test_a_passage_and_its_question_go_along_only_if_staff_suggested_neither(store: Store, of: str) -> None:
    passage = Passage("Leaders exist at all levels.", question="" if of == "a suggested question" else "Where?")
    await store.settings.join([GUILD])
    excerpt_id: int | None = None
    if of in {"a report", "a suggested question"}:
        excerpt_id = await excerpt_of_a_report(store, passage)
    if of in {"a suggested passage", "a suggested question"}:
        words = {"passage": passage.text, "source": "", "question": "Where?"}
        made = await store.suggestions.add(GUILD, 5, **words, now=NOW)
        made = (
            await store.suggestions.make_excerpt(made, passage, 6, NOW)
            if excerpt_id is None
            else await store.suggestions.add_question(made, excerpt_id, "Where?", 6, NOW)
        )
        excerpt_id = made.excerpt_id
    prompt, model = await asked_about(store, passage.text, "Where?", excerpt_id), Model()

    await summarised(store, prompt, model)

    (request,) = model.asked
    assert SAID[0] in request.data
    assert [words in request.data for words in (passage.text, "Where?")] == [of == "a report"] * 2


async def test_words_that_a_server_removes_are_taken_out_of_all_that_is_sent_though_they_were_stored_before(
    store: Store,
) -> None:
    await store.settings.join([GUILD])
    excerpt_id = await excerpt_of_a_report(store, Passage("Heronsgate is a long ward."))
    said = (*SAID, "On HERONSGATE the rota is late too, as it is in Project-Quill.")
    prompt = await asked_about(store, "Heronsgate is a long ward.", "What would help on Heronsgate?", excerpt_id, said)
    model = Model()
    await store.settings.change(GUILD, removed_words=["Heronsgate", "project quill"])

    await summarised(store, prompt, model)

    (request,) = model.asked
    assert "is a long ward" in request.data
    assert "the rota is late too" in request.data
    assert [word for word in ("heron", "quill") if word in request.data.casefold()] == []


async def test_replies_of_people_who_said_no_are_in_no_request(store: Store) -> None:
    prompt, model = await asked(store), Model()

    async def all_but_the_first(_: Prompt, read: ReadableReplies) -> Collection[str]:
        return [str(reply.id) for reply in read.replies[1:]]

    summary = (await summarised(store, prompt, model, all_but_the_first)).summary
    assert SAID[0] not in model.asked[0].data
    assert SAID[1] in model.asked[0].data
    assert any(SAID[0] in quote.text for point in (*summary.points, *summary.voices) for quote in point.quotes)


async def test_where_the_first_of_several_who_pasted_a_reply_said_no_the_words_of_the_others_are_sorted(
    store: Store,
) -> None:
    prompt, model = await asked(store, (SAID[0], SAID[0], SAID[0], SAID[1], SAID[3])), Model()

    async def all_but_the_first(_: Prompt, read: ReadableReplies) -> Collection[str]:
        return [str(reply.id) for reply in read.replies[1:]]

    summary = (await summarised(store, prompt, model, all_but_the_first)).summary
    assert model.asked[0].data.count(SAID[0]) == 1
    (point,) = [point for point in summary.points if point.people > 1]
    assert point.people == 3  # each who wrote it counts, as ever
    assert [quote.text for quote in point.group] == [SAID[1]]


async def test_what_is_asked_again_is_what_came_or_changed_or_may_go_now(store: Store) -> None:
    prompt, model = await asked(store), Model()
    await summarised(store, prompt, model)
    await store.replies.apply([arrival(prompt, 1900, 9, "The rota is a mess for nights.")])
    await summarised(store, prompt, model)
    await store.replies.apply([Edit(1900, "The rota for nights changes every day.", NOW)])
    await summarised(store, prompt, model)
    assert len(model.asked) == 3
    assert "changes every day" in model.asked[2].data


@pytest.mark.parametrize("what", ["erased", "edited", "everything of a person", "withdrawn", "said no", "switched off"])
async def test_nothing_is_kept_of_a_reply_that_goes(store: Store, what: str) -> None:
    prompt, model = await asked(store), Model()
    await summarised(store, prompt, model)
    assert await _count_kept(store) == 1
    reply = (await store.replies.of_prompt(prompt.id))[0]
    match what:
        case "erased":
            await store.replies.apply([Erasure(prompt.id, (reply.message_id or 0,))])
        case "edited":
            await store.replies.apply([Edit(reply.id, "Other words about the rota.", NOW)])
        case "everything of a person":
            await store.personal.erase_all(GUILD, 1)
        case "withdrawn":
            await store.replies.withdraw(reply)
        case "said no":
            await store.sortings.forget_person(GUILD, 1)
        case _:
            await store.sortings.forget_server(GUILD)
    assert await _count_kept(store) == 0


async def test_an_answer_is_not_kept_where_a_reply_went_while_it_was_made(store: Store) -> None:
    prompt = await asked(store)

    class Slow(Model):
        async def ask(self, request: ModelRequest) -> str:
            await store.replies.apply([Erasure(prompt.id, (1001,))])
            return await super().ask(request)

    await summarised(store, prompt, Slow())
    assert await _count_kept(store) == 0


async def test_a_fault_falls_back_to_the_engine_says_so_and_is_tried_again(store: Store) -> None:
    prompt, model = await asked(store), Model([ModelError("The model doesn’t answer.")])
    failed = (await summarised(store, prompt, model)).summary
    plain = (await summarise_prompt(store, shared_worker(), prompt)).summary
    assert failed.vectors == "TF-IDF (the language model couldn’t be used)"
    assert [point.statement for point in failed.points] == [point.statement for point in plain.points]
    assert await _count_kept(store) == 0
    assert (await summarised(store, prompt, model)).summary.vectors == "TF-IDF and a language model"


async def test_a_draft_holds_its_groups_and_what_is_shared_has_no_name_that_a_program_gave(store: Store) -> None:
    prompt, model = await asked(store), Model()
    draft = await open_draft(
        store, shared_worker(), prompt, NOW, SummaryAids(language_model=model, sendable=everything)
    )
    (theme,) = draft.summary.themes
    assert theme.name == "Rota"
    assert draft.summary.points[0].theme == "Rota"
    record = await make_record(store, await summarised(store, prompt, model), "today", 0)
    assert record.summary.themes == ()
    assert not any(point.theme for point in (*record.summary.points, *record.summary.voices))
    assert record.summary.sorting is not None


async def test_a_draft_loses_the_name_whose_words_people_took_back(store: Store) -> None:
    prompt, model = await asked(store), Model()
    draft = await open_draft(
        store, shared_worker(), prompt, NOW, SummaryAids(language_model=model, sendable=everything)
    )
    (theme,) = draft.summary.themes
    assert {message for holding in theme.sources for message in holding} == {"1001", "1002", "1003"}

    await store.replies.apply([Erasure(prompt.id, (1001,))])
    (left,) = (await repair_draft(store, GUILD, draft.id)).summary.themes
    assert [sorted(holding) for holding in left.sources] == [["1002", "1003"]]

    edits = [Edit(number, "I took back what was here before.", NOW) for number in (1002, 1003)]
    await store.replies.apply(edits)
    assert (await repair_draft(store, GUILD, draft.id)).summary.themes == ()


async def test_cancelling_a_summary_cancels_the_calls_on_their_way(store: Store) -> None:
    prompt, started, ended = await asked(store), asyncio.Event(), asyncio.Event()

    class Waiting(Model):
        async def ask(self, request: ModelRequest) -> str:  # noqa: ARG002 - the interface's signature
            started.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()
            raise AssertionError

    task = asyncio.create_task(summarised(store, prompt, Waiting()))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()


def calls(count: int) -> list[SortingCall]:
    data = json.dumps({"question": "", "replies": [[{"n": 1, "says": "The rota is late."}]]})
    return [SortingCall(Purpose.GROUPS, data, 1)] * count


async def test_an_endpoint_that_never_answers_is_soon_asked_no_more() -> None:
    model = Model([ModelError("No.")] * 100)
    answers = await Asking(model).ask_all(calls(30))
    assert answers == (None,) * 30
    assert len(model.asked) <= sorting.MOST_FAILURES + sorting.AT_ONCE


async def test_an_endpoint_that_answers_once_and_then_fails_is_soon_asked_no_more() -> None:
    model = Model(["{}", *[ModelError("No.")] * 100])
    await Asking(model).ask_all(calls(30))
    assert len(model.asked) <= sorting.MOST_FAILURES + sorting.AT_ONCE + 1


async def test_no_more_calls_go_out_than_allowed_and_none_after_the_time_is_over() -> None:
    model = Model()
    assert len(await Asking(model).ask_all(calls(MOST_CALLS + 5))) == MOST_CALLS + 5
    assert len(model.asked) == MOST_CALLS
    late = Model()
    assert await Asking(late, seconds=-1).ask_all(calls(3)) == (None, None, None)


def test_a_test_model_reads_what_it_is_sent() -> None:
    assert numbered(calls(1)[0]) == {1: "The rota is late."}


async def _count_kept(store: Store) -> int:
    read = [await load_readable(store, prompt.id, GUILD) for prompt in await posted_prompts(store)]
    assert read
    async with store._database.read() as connection:
        from sqlalchemy import func, select

        from bot.store.tables import sortings

        return int(await connection.scalar(select(func.count()).select_from(sortings)) or 0)
