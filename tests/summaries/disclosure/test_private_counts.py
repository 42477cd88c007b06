"""Private replies in summaries: counted apart from people, and quoted only where their authors allow it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.private import PrivateReply, Quoting
from bot.models.prompts import Prompt, PromptState, Wording
from bot.models.replies import Reply, ReplyKind
from bot.models.reviews import Confirm, Move, ShowQuotes
from bot.models.summaries import Disagreement, Quote, Side, Summary, SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, remove_messages, summarise, summary_from_json, summary_to_json
from bot.summaries.disclosure.private_counts import separate_private_replies
from bot.summaries.io.stored_replies import private_id, thread_of
from bot.summaries.io.threads_json import summary_to_data, thread_from_data
from bot.summaries.lifecycle.freshness import PrivateVersion, Version, count_changes
from bot.summaries.lifecycle.record import PRIVATE, Record, remove_lost_words
from bot.summaries.output.alt_text import describe_picture
from bot.summaries.output.export import Export, export_files
from bot.summaries.output.html import render_summary_page
from bot.summaries.output.markdown import render_summary_markdown
from bot.summaries.output.paper import make_paper
from bot.summaries.output.tables import Labels, summary_table
from bot.summaries.output.terminal import render_terminal
from bot.summaries.pipeline import read_series
from bot.summaries.proof.check import quotes_of
from bot.summaries.review.changes import apply_change
from bot.summaries.review.continuation import number_points
from bot.summaries.review.publication import prepare_for_board
from bot.summaries.review.supporters import DraftReplies
from tests.examples import examples
from tests.summaries.threads import SENTENCES, threads

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDING = Wording("Leaders exist at all levels.", True, "Where do you see leadership?", "No more heroes")
PROMPT = Prompt(1, 1, 2, PromptState.CLOSED, "00", WORDING, NOW, NOW)
MARK = "Zebrafinch"
SAME = "Nobody listens when we raise short staffing on nights"


def unquotable(text: str) -> str:
    """The text with a word in each thought that nobody else uses."""
    return f"{MARK} {text} and {MARK} too. {MARK}, {text}"


def private_message(number: int, text: str, quotable: bool) -> Message:
    name = f"p{number:032x}"
    return Message(name, name, text if quotable else unquotable(text), private=True, quotable=quotable)


@st.composite
def with_private(draw: st.DrawFn) -> Thread:
    """A hostile thread and private messages after it, which alone have their own id for their author."""
    said = draw(threads(10))
    assume(all(message.id != message.author for message in said.messages))
    drawn = draw(st.lists(st.tuples(st.sampled_from(SENTENCES), st.booleans()), max_size=8))
    apart = tuple(private_message(number, text, quotable) for number, (text, quotable) in enumerate(drawn))
    return replace(said, messages=said.messages + apart)


def renderings(summary: Summary) -> list[str]:
    """Everything that is made of a summary, the cards of Discord left out."""
    made = make_paper(WORDING, summary, NOW, [])
    board = make_paper(WORDING, summary, NOW, [], board=True)
    table = summary_table(summary, Labels({}, {})).decode()
    texts = [
        summary_to_json(summary),
        render_terminal(summary),
        json.dumps(summary_to_data(summary)),
        describe_picture(summary, []),
        table,
    ]
    return [*texts, render_summary_page(made), render_summary_markdown(made), render_summary_markdown(board)]


@settings(max_examples=examples(80), deadline=None)
@given(with_private())
def test_a_summary_is_sound_and_words_that_may_not_be_quoted_are_nowhere(said: Thread) -> None:
    summary = summarise(said)

    assert check_summary(summary, said) == ()
    assert [text for text in renderings(summary) if MARK in text] == []
    assert summary_from_json(summary_to_json(summary)) == summary


@settings(max_examples=examples(60), deadline=None)
@given(with_private(), st.data())
def test_what_is_left_after_withdrawals_is_sound(said: Thread, data: st.DataObject) -> None:
    known = {message.id: message for message in said.messages}
    said = replace(said, messages=tuple(known.values()))
    gone = frozenset(data.draw(st.lists(st.sampled_from(sorted(known)), unique=True))) if known else frozenset[str]()
    left = replace(said, messages=tuple(message for message in said.messages if message.id not in gone))
    authors = {message.id: message.author for message in said.messages}

    summary = remove_messages(summarise(said), gone, authors)

    assert check_summary(summary, left, later=True) == ()


def reply(number: int, person: str, text: str) -> Reply:
    return Reply(number, 1, person, ReplyKind.THREAD, text, NOW, message_id=number)


def private(number: int, text: str, quoting: Quoting) -> PrivateReply:
    return PrivateReply(f"{number:032x}", 1, text, date(2026, 1, 5), quoting, "Students", True)


REPLIES = (
    reply(11, "a", f"{SAME}."),
    reply(12, "b", f"{SAME}. So people stop raising it."),
    reply(13, "c", "Car parking costs more than an hour of my pay each week."),
)
APART = (
    private(1, f"{SAME}. It has been so for years.", Quoting.YES),
    private(2, f"{SAME}. {MARK} told me so.", Quoting.COUNT),
    private(3, f"{SAME}. {MARK} knows it.", Quoting.RETOLD),
    private(4, "The new forms make handover take far too long.", Quoting.YES),
    private(5, f"The new forms make handover take far too long. {MARK} says so.", Quoting.RETOLD),
)
SAID = thread_of(PROMPT, REPLIES, tuple(reversed(APART)))


def found() -> Summary:
    return summarise(SAID)


def record() -> Record:
    held = {message.id: message.author for message in SAID.messages}
    return Record(found(), held, 0, "5 January 2026", pending=False)


def test_people_and_private_replies_are_counted_apart_and_nobody_is_joined() -> None:
    summary = found()
    first = summary.points[0]

    assert [message.id for message in SAID.messages[3:]] == [private_id(reply) for reply in APART]
    assert (first.people, first.private, len(first.counted)) == (2, 3, 2)
    assert (summary.coverage.people, summary.coverage.private, summary.coverage.read) == (3, 5, 8)
    for text in (
        render_terminal(summary),
        describe_picture(summary, []),
        render_summary_markdown(make_paper(WORDING, summary, NOW, [])),
    ):
        assert "2 people said this in the thread. It came up in private replies too" in text
        assert "It came up in private replies" in text.replace("private replies too", "")
        assert not re.search(r"\d (people and )?private repl", text)
    told = render_summary_markdown(make_paper(WORDING, summary, NOW, []))
    assert "Some private replies aren’t quoted." in told
    assert "| Private replies used | 5 |" in told


BUSY, QUIET = "The nights are far too busy now.", "The nights are calm and well staffed."
ROTA = "The rota comes out on Fridays."


def disputed(*private: tuple[str, bool]) -> tuple[Disagreement, ...]:
    """What is left of a dispute of m1 and m2 with m3 and m4: some are private, and may be quoted or not."""
    texts = {"m1": BUSY, "m2": f"{BUSY} And loud.", "m3": QUIET, "m4": f"{QUIET} And warm.", "m5": ROTA, "m6": ROTA}
    sides = tuple(
        Side(tuple(Quote(message, texts[message]) for message in side), 2) for side in (("m1", "m2"), ("m3", "m4"))
    )
    said = Thread("t", "", tuple(Message(name, f"p{name}", text) for name, text in texts.items()))
    plain = replace(
        summarise(said),
        disagreements=(Disagreement(BUSY, (sides[0], sides[1]), (Quote("m5", ROTA), Quote("m6", ROTA))),),
    )
    apart = dict(private)
    messages = tuple(
        replace(message, private=message.id in apart, quotable=apart.get(message.id, True)) for message in said.messages
    )
    return separate_private_replies(plain, replace(said, messages=messages)).disagreements


def test_a_side_whose_first_words_may_not_be_quoted_is_headed_by_those_of_the_next_person() -> None:
    (left,) = disputed(("m1", False))

    assert left.statement == "The nights are far too busy now. And loud"
    assert [quote.message for quote in left.sides[0].quotes] == ["m2"]
    assert (left.sides[0].people, left.sides[0].private, left.sides[0].counted) == (1, 1, ("m1",))
    assert (left.sides[1].people, left.sides[1].private, left.sides[1].counted) == (2, 0, ())


def test_a_side_that_nobody_may_be_quoted_on_takes_the_disagreement_along() -> None:
    assert disputed(("m3", False), ("m4", False)) == ()
    assert [side.private for left in disputed(("m3", True), ("m4", True)) for side in left.sides] == [0, 2]


def test_what_both_sides_say_stays_only_where_both_may_be_quoted() -> None:
    assert [len(left.common) for left in disputed(("m1", True))] == [2]
    assert [left.common for left in disputed(("m5", False))] == [()]


def test_of_a_series_private_replies_count_once_and_courses_are_of_people_alone() -> None:
    summary, problems, ways = read_series(summarise, SummaryOptions(), [PROMPT], REPLIES, APART)

    assert problems == ()
    assert (summary.points[0].people, summary.points[0].private) == (2, 3)
    handover = next(point for point in summary.points if "handover" in point.statement)
    assert (handover.people, handover.private) == (0, 2)
    assert ways[handover.statement].prompts == 0


def test_the_checker_recounts_both_and_refuses_words_that_may_not_be_quoted() -> None:
    summary = found()
    first, others = summary.points[0], summary.points[1:]
    hidden = next(message for message in SAID.messages if not message.quotable)
    wrong = (
        replace(first, people=3),
        replace(first, private=2),
        replace(first, counted=(*first.counted, "11")),
        replace(first, counted=(*first.counted, first.counted[0]), private=4),
        replace(first, counted=(*first.counted, private_id(APART[3])), private=4),
        replace(first, quotes=tuple(replace(quote, private=False) for quote in first.quotes)),
        replace(first, quotes=(*first.quotes, Quote(hidden.id, hidden.text, True)), counted=first.counted[1:]),
    )

    assert check_summary(summary, SAID) == ()
    for point in wrong:
        assert check_summary(replace(summary, points=(point, *others)), SAID) != ()
    shown = (Quote(hidden.id, MARK, True),)
    for one in (replace(summary, questions=shown), replace(summary, lines=shown, text=MARK)):
        assert any("may not be quoted" in problem for problem in check_summary(one, SAID))
    few = replace(summary, coverage=replace(summary.coverage, private=1))
    assert any("private replies" in problem for problem in check_summary(few, SAID))


def test_a_summary_that_was_stored_before_there_were_private_replies_still_loads() -> None:
    old = json.loads(summary_to_json(summarise(thread_of(PROMPT, REPLIES))))
    for point in (*old["points"], *old["voices"]):
        del point["private"], point["counted"]
        for quote in point["quotes"]:
            del quote["private"]
    del old["coverage"]["private"]

    assert summary_from_json(json.dumps(old)) == summarise(thread_of(PROMPT, REPLIES))


def test_a_withdrawn_private_reply_leaves_its_quote_and_its_count_and_is_no_deleted_reply() -> None:
    left = tuple(reply for reply in APART if reply.id != APART[0].id)

    after = remove_lost_words(record(), REPLIES, "6 January 2026", left)

    point = after.summary.points[0]
    assert (point.people, point.private) == (2, 2)
    assert private_id(APART[0]) not in summary_to_json(after.summary)
    assert (after.summary.coverage.private, after.summary.coverage.deleted, after.gone) == (4, 0, 0)
    assert PRIVATE in after.changed
    assert check_summary(after.summary, thread_of(PROMPT, REPLIES, left), later=True) == ()


@pytest.mark.parametrize("left", [*range(2**6)])
def test_no_private_reply_that_comes_or_goes_changes_a_number_of_the_thread(left: int) -> None:
    """Also of one that says nothing: why it was left out is told of the thread alone."""
    apart = (*APART, private(6, "ok", Quoting.YES))
    said = thread_of(PROMPT, (*REPLIES, reply(14, "d", "ok")), apart)
    alone = summarise(thread_of(PROMPT, (*REPLIES, reply(14, "d", "ok")))).coverage
    summary = summarise(said)
    gone = frozenset(private_id(one) for number, one in enumerate(apart) if not left >> number & 1)
    authors = {message.id: message.author for message in said.messages}

    after = remove_messages(summary, gone, authors)

    assert summary.coverage.in_thread == alone == after.coverage.in_thread
    assert (alone.read, alone.held, alone.left_out) == (3, 4, (("no words of their own", 1),))
    rest = replace(said, messages=tuple(message for message in said.messages if message.id not in gone))
    assert check_summary(after, rest, later=True) == ()


def test_where_too_few_are_left_all_private_replies_leave_a_stored_summary() -> None:
    after = remove_lost_words(record(), REPLIES, "6 January 2026")

    assert not any(quote.private for quote in quotes_of(after.summary))
    assert after.summary.coverage.private == 0
    assert check_summary(after.summary, thread_of(PROMPT, REPLIES), later=True) == ()


def test_an_excluded_reply_leaves_a_stored_summary_and_is_counted_as_excluded() -> None:
    after = remove_lost_words(record(), REPLIES, "6 January 2026", APART, {11})
    apart: tuple[Version, ...] = tuple(PrivateVersion(private_id(reply)) for reply in APART)
    now: tuple[Version, ...] = REPLIES

    assert (after.summary.points[0].people, after.summary.points[0].private) == (1, 3)
    assert after.summary.coverage.excluded == (("left out by a facilitator", 1),)
    assert (after.summary.coverage.deleted, after.gone) == (0, 0)
    assert "a facilitator left a reply out" in after.changed
    assert count_changes(after, (*now[1:], *apart)).taken_back == count_changes(after, (*now[1:], *apart)).added == 0
    assert count_changes(after, (*now, *apart)).added == 1


HELD = DraftReplies({message.id: message.author for message in SAID.messages}, {}, {})


def test_a_reviewer_confirms_what_may_not_be_quoted_and_cannot_show_it() -> None:
    draft = number_points(found())
    point = draft.points[0]
    confirmed = apply_change(draft, Confirm(point.ref, (point.quotes[0].message, *point.counted)), HELD, "1n")

    assert prepare_for_board(confirmed).points == ()
    assert check_summary(confirmed, SAID) == ()
    everybody = tuple(quote.message for quote in point.quotes)
    confirmed = apply_change(draft, Confirm(point.ref, (*everybody, *point.counted)), HELD, "1n")
    board = prepare_for_board(confirmed).points[0]
    assert (board.people, board.private, len(board.counted)) == (point.people, point.private, 2)
    for change in (ShowQuotes(point.ref, point.counted), Move(point.ref, point.counted, "new")):
        with pytest.raises(UserError):
            apply_change(draft, change, HELD, "1n")
    moved = apply_change(draft, Move(point.ref, point.counted, draft.points[1].ref), HELD, "1n")
    assert sorted((one.people, one.private) for one in moved.points if one.private) == [(0, 4), (2, 1)]


def test_files_hold_private_replies_apart_and_only_words_that_may_be_quoted() -> None:
    export = Export(WORDING, REPLIES, found(), NOW, private=tuple(reversed(APART)))
    made = export_files(export, Random(1))  # noqa: S311 - a test deals the same each time
    files = {file.name: file.content.decode("utf-8-sig", "ignore") for file in made}

    assert files["private_replies.csv"].splitlines() == [
        '"Reference","Private reply"',
        f'"P1","{APART[0].text}"',
        f'"P2","{APART[3].text}"',
        '"Not quoted","3 private replies"',
    ]
    assert [name for name, text in files.items() if MARK in text or "Students" in text] == []
    told = json.loads(files["summary.json"])
    assert [one["text"] for one in told["private_replies"]["quoted"]] == [APART[0].text, APART[3].text]
    assert told["private_replies"]["not_quoted"] == 3
    assert (told["points"][0]["people"], told["points"][0]["in_private_replies"]) == (2, True)
    assert "P1" in files["summary.csv"]


def test_a_file_may_say_that_messages_are_private_and_which_may_be_quoted() -> None:
    entries: list[dict[str, object]] = [
        {"id": "1", "author": "a", "text": f"{SAME}."},
        {"id": "2", "text": f"{SAME}, says {MARK}.", "private": True, "quotable": False},
    ]
    read, _ = thread_from_data({"id": "t", "prompt": "", "messages": entries})
    told = summary_to_data(summarise(read))

    assert read.messages[1] == Message("2", "2", f"{SAME}, says {MARK}.", private=True, quotable=False)
    assert MARK not in json.dumps(told)
    assert told["coverage"] == {"read": 2, "held": 2, "people": 1, "private": 1, "left_out": {}}
    with pytest.raises(UserError, match="true or false"):
        thread_from_data({"id": "t", "prompt": "", "messages": [{**entries[0], "private": "yes"}]})
