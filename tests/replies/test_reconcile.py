from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.models.replies import ReplyKind
from bot.replies.reconcile import Changes, Held, HistoryReading, SeenMessage, find_changes

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
EARLIER, LATER = NOON - timedelta(minutes=1), NOON + timedelta(minutes=1)


def seen(
    message_id: int, text: str = "Short staffing", edited_at: datetime | None = None, **more: object
) -> SeenMessage:
    return replace(SeenMessage(message_id, 7, text, NOON, edited_at), **more)  # type: ignore[arg-type]


def held(message_id: int | None, edited_at: datetime | None = None, kind: ReplyKind = ReplyKind.THREAD) -> Held:
    return Held(message_id or 500, message_id, edited_at, kind)


def reading(
    *messages: SeenMessage, complete: bool = True, with_content: bool = True, up_to: int = 1000
) -> HistoryReading:
    return HistoryReading(messages, complete, with_content, up_to)


def test_a_missed_reply_is_added_and_a_held_one_is_left_alone() -> None:
    assert find_changes([held(1)], reading(seen(1), seen(2))) == Changes(add=(seen(2),))


def test_a_reply_is_absent_only_from_a_complete_reading() -> None:
    assert find_changes([held(1)], reading()).absent == (1,)
    assert find_changes([held(1)], reading(complete=False)) == Changes()


def test_a_reply_that_came_after_the_reading_began_is_not_missed() -> None:
    assert find_changes([held(11)], reading(up_to=10)) == Changes()
    assert find_changes([held(10)], reading(up_to=10)).absent == (10,)


def test_words_of_a_form_are_changed_by_the_form_alone() -> None:
    assert find_changes([held(1, kind=ReplyKind.FORM)], reading(seen(1, "By Ada: words", NOON))) == Changes()


def test_a_newer_edit_is_applied_and_an_older_page_never_overrides_a_live_edit() -> None:
    page = reading(seen(1, "Better words", NOON))
    assert find_changes([held(1)], page).edit == page.seen
    assert find_changes([held(1, EARLIER)], page).edit == page.seen
    assert find_changes([held(1, NOON)], page) == Changes()
    assert find_changes([held(1, LATER)], page) == Changes()


def test_without_message_content_no_words_are_lost_to_empty_texts() -> None:
    page = reading(seen(1, "", NOON), seen(2, "", attachments=1), seen(3, "@Ward to Board hello"), with_content=False)
    assert find_changes([held(1), held(4)], page) == Changes(add=(page.seen[2],), absent=(4,))


def test_an_empty_message_counts_only_for_its_attachment() -> None:
    page = reading(seen(1, " "), seen(2, "", attachments=1))
    assert find_changes([], page).add == (page.seen[1],)


def test_an_erased_message_is_never_added_again() -> None:
    assert find_changes([], reading(seen(1)), erased={1}) == Changes()


def test_messages_of_bots_are_no_replies() -> None:
    assert find_changes([], reading(seen(1, collectable=False))) == Changes()


def test_a_form_reply_vanishes_only_with_the_bot_message_that_shows_it() -> None:
    shown = reading(seen(1, "A member wrote: hello", LATER, collectable=False))
    form = held(1, kind=ReplyKind.FORM)
    assert find_changes([form], shown) == Changes()
    assert find_changes([form], reading()).absent == (1,)
    assert find_changes([held(None, kind=ReplyKind.FORM)], reading()) == Changes()


@pytest.mark.parametrize(("place", "gone"), [(ReplyKind.THREAD, (1, 2)), (ReplyKind.CHANNEL, (3,))])
def test_a_reading_says_nothing_about_replies_kept_elsewhere(place: ReplyKind, gone: tuple[int, ...]) -> None:
    replies = [held(1), held(2, kind=ReplyKind.FORM), held(3, kind=ReplyKind.CHANNEL)]
    assert find_changes(replies, replace(reading(), kind=place)).absent == gone


def test_overlapping_pages_add_a_message_once_with_its_latest_words() -> None:
    newer = seen(1, "Second thoughts", LATER)
    assert find_changes([], reading(seen(1), newer, seen(1))).add == (newer,)


MOMENTS = st.none() | st.sampled_from([EARLIER, NOON, LATER])
MESSAGES = st.builds(
    SeenMessage,
    message_id=st.integers(1, 12),
    author_id=st.just(7),
    text=st.sampled_from(["", "Short staffing", "Not heard"]),
    created_at=st.just(EARLIER),
    edited_at=MOMENTS,
    attachments=st.integers(0, 1),
    collectable=st.booleans(),
)
READINGS = st.builds(
    HistoryReading,
    seen=st.lists(MESSAGES, max_size=8).map(tuple),
    complete=st.booleans(),
    with_content=st.booleans(),
    up_to=st.integers(0, 14),
    kind=st.sampled_from([ReplyKind.THREAD, ReplyKind.CHANNEL]),
)
REPLIES = st.lists(
    st.builds(held, st.integers(1, 12), MOMENTS, st.sampled_from(ReplyKind)), max_size=8, unique_by=lambda each: each.id
)


def applied(replies: list[Held], found: Changes, kind: ReplyKind) -> list[Held]:
    edits = {each.message_id: each.edited_at for each in found.edit}
    kept = [
        replace(reply, edited_at=edits.get(reply.message_id or 0, reply.edited_at))
        for reply in replies
        if reply.message_id not in found.absent
    ]
    return kept + [Held(each.message_id, each.message_id, each.edited_at, kind) for each in found.add]


@given(REPLIES, READINGS, st.sets(st.integers(1, 12)))
def test_reconciling_twice_changes_nothing(replies: list[Held], page: HistoryReading, erased: set[int]) -> None:
    found = find_changes(replies, page, erased)
    after = applied(replies, found, page.kind)
    assert find_changes(after, page, erased) == Changes()
    assert len({reply.id for reply in after}) == len(after)


@given(REPLIES, READINGS)
def test_no_reply_that_was_seen_is_ever_absent(replies: list[Held], page: HistoryReading) -> None:
    present = {each.message_id for each in page.seen}
    assert present.isdisjoint(find_changes(replies, page).absent)


def naive(replies: list[Held], page: HistoryReading, erased: set[int]) -> Changes:
    """The same comparison as plainly as it can be said, in quadratic time."""
    latest = [
        max((other for other in page.seen if other.message_id == number), key=lambda o: o.edited_at or o.created_at)
        for number in sorted({each.message_id for each in page.seen})
    ]
    add, edit = [], []
    for each in latest:
        same = [reply for reply in replies if reply.message_id == each.message_id]
        if not each.collectable or each.message_id in erased:
            continue
        if not same and (each.text.strip() or (page.with_content and each.attachments)):
            add.append(each)
        for reply in same:
            newer = each.edited_at is not None and (reply.edited_at is None or each.edited_at > reply.edited_at)
            if newer and page.with_content and reply.kind is not ReplyKind.FORM:
                edit.append(each)
    absent = [
        reply.message_id
        for reply in replies
        if reply.message_id is not None
        and page.complete
        and reply.message_id <= page.up_to
        and (reply.kind is ReplyKind.CHANNEL) == (page.kind is ReplyKind.CHANNEL)
        and not any(each.message_id == reply.message_id for each in page.seen)
    ]
    return Changes(tuple(add), tuple(edit), tuple(absent))


@given(REPLIES, READINGS, st.sets(st.integers(1, 12)))
def test_the_comparison_finds_what_a_naive_one_finds(
    replies: list[Held], page: HistoryReading, erased: set[int]
) -> None:
    moments = {(each.message_id, each.edited_at or each.created_at) for each in page.seen}
    assume(len(moments) == len(page.seen))  # Discord has no two versions of a message from one moment

    assert find_changes(replies, page, erased) == naive(replies, page, erased)


@given(st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)))
def test_messages_are_added_and_missed_in_the_order_of_their_ids(there: set[int], stored: set[int]) -> None:
    found = find_changes([held(number) for number in sorted(stored)], reading(*(seen(number) for number in there)))

    assert [each.message_id for each in found.add] == sorted(there - stored)
    assert list(found.absent) == sorted(stored - there)
