"""Random and hostile threads: the checker holds always, and nothing depends on chance."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.summaries import Quote, Role, Summary, SummaryOptions, Thread
from bot.summaries import check_summary, remove_messages, summarise, summary_from_json, summary_to_json
from bot.summaries.engine.words import split_words
from bot.summaries.lifecycle.frozen import freeze_summary
from bot.summaries.output.terminal import render_terminal
from bot.summaries.proof.check import quotes_of
from tests.examples import examples
from tests.summaries.threads import SENTENCES, talks, texts, thread, threads

options = st.builds(SummaryOptions, budget_words=st.integers(0, 200), max_points=st.integers(0, 12))


@settings(max_examples=examples(150), deadline=None)
@given(threads() | talks(), options)
def test_every_summary_is_sound(said: Thread, limits: SummaryOptions) -> None:
    summary = summarise(said, limits)
    assert check_summary(summary, said, most_points=limits.max_points) == ()
    assert len(summary.text.split()) <= limits.budget_words
    assert summary == summarise(said, limits)


@settings(max_examples=examples(80), deadline=None)
@given(threads() | talks(), st.integers(1, 12))
def test_only_who_made_themselves_count_is_counted_and_nobody_of_those_proposed(said: Thread, most: int) -> None:
    said = _with_distinct_ids(said)
    summary = summarise(said, SummaryOptions(max_points=most))
    messages = {message.id: message for message in said.messages}
    for point in (*summary.points, *summary.voices):
        counted = {messages[quote.message].author for quote in point.quotes}
        proposed = {messages[quote.message].author for quote in point.possible}
        reacted = {name for quote in point.quotes for name in messages[quote.message].endorsers} - counted
        assert point.total == len(counted) + len(reacted)
        assert counted.isdisjoint(proposed)
        assert {quote.role for quote in point.quotes} <= {Role.WROTE, Role.AGREED}
        assert {quote.role for quote in point.possible} <= {Role.GROUPED, Role.SUGGESTED}
        for quote in point.quotes[1:]:
            message = messages[quote.message]
            if quote.role is Role.AGREED:
                assert message.reply_to in messages
                assert messages[message.reply_to or ""].author != message.author
            else:
                first = split_words(point.quotes[0].text)
                assert set(split_words(quote.text)) & set(first) or not first
    without = summarise(replace(said, messages=tuple(replace(one, reply_to=None) for one in said.messages)))
    assert all(quote.role is Role.WROTE for point in without.points for quote in point.quotes)


@settings(max_examples=examples(80), deadline=None)
@given(threads() | talks())
def test_a_persons_words_stand_under_one_point_only(said: Thread) -> None:
    summary = summarise(_with_distinct_ids(said), SummaryOptions(max_points=40))
    shown = [(quote.message, quote.text) for point in (*summary.points, *summary.voices) for quote in point.quotes]
    assert len(shown) == len(set(shown))


@settings(max_examples=examples(60), deadline=None)
@given(texts)
def test_a_message_alone_is_quoted_verbatim_or_left_out(text: str) -> None:
    said = thread(text)
    summary = summarise(said)
    assert check_summary(summary, said) == ()
    assert summary.coverage.read + sum(count for _, count in summary.coverage.left_out) == 1


@settings(max_examples=examples(60), deadline=None)
@given(threads() | talks())
def test_a_stored_summary_comes_back_equal(said: Thread) -> None:
    summary = summarise(said)
    assert summary_from_json(summary_to_json(summary)) == summary


@settings(max_examples=examples(60), deadline=None)
@given(threads() | talks())
def test_what_is_printed_cannot_harm_a_terminal(said: Thread) -> None:
    shown = render_terminal(summarise(said))
    assert all(char == "\n" or char.isprintable() or char in "\u200c\u200d\u200e\u200f" for char in shown)


@settings(max_examples=examples(150), deadline=None)
@given(threads() | talks(), st.data())
def test_after_deletions_the_rest_is_sound_and_holds_none_of_the_deleted_words(
    said: Thread, data: st.DataObject
) -> None:
    said = _with_distinct_ids(said)
    ids = [message.id for message in said.messages]
    gone = frozenset(data.draw(st.lists(st.sampled_from(ids), unique=True))) if ids else frozenset[str]()
    _left_is_sound(said, summarise(said), gone)


@settings(max_examples=examples(60), deadline=None)
@given(threads() | talks(), st.data())
def test_after_deletions_one_by_one_the_rest_is_as_sound(said: Thread, data: st.DataObject) -> None:
    said = _with_distinct_ids(said)
    summary = summarise(said)
    for message in data.draw(st.permutations(said.messages))[:6]:
        summary = _left_is_sound(said, summary, frozenset({message.id}))
        said = replace(said, messages=tuple(kept for kept in said.messages if kept is not message))


@settings(max_examples=examples(60), deadline=None)
@given(threads() | talks())
def test_what_retention_leaves_is_sound_and_quotes_nobody(said: Thread) -> None:
    before = summarise(_with_distinct_ids(said))
    left = freeze_summary(before)
    assert check_summary(left, replace(said, messages=())) == ()
    assert quotes_of(left) == ()
    assert [point.people for point in left.points] == [point.people for point in before.points]
    assert freeze_summary(left) == left == summary_from_json(summary_to_json(left))


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=12), st.data())
def test_the_order_of_equal_replies_changes_nothing_but_who_is_named_first(
    said: list[str], data: st.DataObject
) -> None:
    messages = thread(*said).messages
    shuffled = data.draw(st.permutations(messages))
    queues = {text: iter([message for message in shuffled if message.text == text]) for text in said}
    other = Thread("t", thread().prompt, tuple(next(queues[text]) for text in said))
    assert _words(summarise(thread(*said))) == _words(summarise(other))


def _words(summary: Summary) -> object:
    """A summary with every message named by its words, and with the supporters of each point as a set beside."""
    told = [
        (p.statement, p.people, p.kind, _texts(p.quotes), _texts(p.possible))
        for p in (*summary.points, *summary.voices)
    ]
    sides = [
        (found.statement, [_texts(side.quotes) for side in found.sides], _texts(found.common))
        for found in summary.disagreements
    ]
    supporters = [frozenset(quote.message for quote in point.quotes) for point in summary.points if point.people > 1]
    counts = (len(summary.agreements), summary.balance, summary.coverage)
    return told, sides, supporters, _texts(summary.questions), summary.text, counts


def _texts(quotes: tuple[Quote, ...]) -> list[str]:
    return [quote.text for quote in quotes]


def _left_is_sound(said: Thread, summary: Summary, gone: frozenset[str]) -> Summary:
    authors = {message.id: message.author for message in said.messages}
    endorsers = {message.id: message.endorsers for message in said.messages}
    left = remove_messages(summary, gone, authors, endorsers)
    remaining = tuple(message for message in said.messages if message.id not in gone)
    assert check_summary(left, replace(said, messages=remaining)) == ()
    assert not gone & {quote.message for quote in quotes_of(left)}
    return left


def _with_distinct_ids(said: Thread) -> Thread:
    return replace(said, messages=tuple({message.id: message for message in said.messages}.values()))
