"""Presses come into summaries: each person once, never added up, and only where enough pressed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.summaries import Coverage, KeyPoint, Quote, Review, Role, Summary
from bot.models.views import LEAST_PRESSES, PointViews, StatementTotal, ViewTotals
from bot.summaries import check_summary, summarise
from bot.summaries.lifecycle.frozen import freeze_summary
from bot.views.proof import check_views
from bot.views.raised_statements import raise_statements
from bot.views.statement_matches import find_statements
from bot.views.totals import apply_views, find_supporters, join_totals, remove_views
from tests.examples import examples
from tests.views.presses import AGREEING, DISSENT, SAID, Ward, forget, people, reply, thread, total

TWICE, PARKING, _ = SAID
NAMES = st.sampled_from([f"person-{number}" for number in range(14)])
TEXTS = st.sampled_from(SAID)
PLACES = st.integers(0, 9)
ACTS = st.one_of(
    st.tuples(st.just("write"), NAMES, TEXTS),
    st.tuples(st.just("answer"), NAMES, PLACES, st.sampled_from([*AGREEING, DISSENT])),
    st.tuples(st.just("react"), NAMES, PLACES),
)
PRESSES = st.lists(st.tuples(NAMES, TEXTS, st.booleans()), max_size=50)


def act(ward: Ward, acts: list[tuple[object, ...]]) -> None:
    for name, *told in acts:
        getattr(ward, str(name))(*told)


def ward_of(acts: list[tuple[object, ...]], presses: list[tuple[str, str, bool]]) -> Ward:
    ward = Ward()
    act(ward, acts)
    for person, text, same in presses:
        ward.press(person, text, same=same)
    return ward


def printed(summary: Summary) -> list[tuple[str, int, PointViews]]:
    return [
        (text, point.total, point.views)
        for point in summary.points
        if point.views is not None
        for text in SAID
        if point.statement.rstrip(".") in text
    ]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(ACTS, min_size=3, max_size=14), PRESSES, st.lists(ACTS, max_size=3))
def test_an_exact_number_is_everybody_and_at_least_never_says_too_many(
    acts: list[tuple[object, ...]], presses: list[tuple[str, str, bool]], late: list[tuple[object, ...]]
) -> None:
    ward = ward_of(acts, presses)
    totals = ward.close()
    act(ward, late)

    summary = ward.summary(totals)

    for text, number, views in printed(summary):
        everybody = ward.everybody(text)
        assert number <= len(everybody) if views.at_least else number == len(everybody)
        assert len(ward.same[text]) >= LEAST_PRESSES
        assert min(each.others for each in totals.statements if each.text == text) >= LEAST_PRESSES
        assert not views.differs or len(ward.different[text]) >= LEAST_PRESSES
    assert check_summary(summary, thread(ward.replies)) == ()
    assert check_views(summary, totals, ward.replies) == ()
    assert apply_views(summary, totals, ward.replies) == summary
    assert [point.weight for point in summary.points] == sorted((p.weight for p in summary.points), reverse=True)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(ACTS, min_size=3, max_size=14), PRESSES, st.data())
def test_whoever_is_erased_leaves_every_exact_number_by_one(
    acts: list[tuple[object, ...]], presses: list[tuple[str, str, bool]], data: st.DataObject
) -> None:
    ward = ward_of(acts, presses)
    totals = ward.close()
    before = ward.summary(totals)
    gone = data.draw(NAMES)

    after, left, kept = forget(before, totals, ward.replies, gone)

    for text, number, views in printed(after):
        erased = {gone} if gone in ward.stands[text] else set()
        everybody = ward.everybody(text) - erased
        assert number <= len(everybody) if views.at_least else number == len(everybody)
    assert check_views(after, left, kept) == ()


def test_who_wrote_agreed_or_reacted_stands_with_a_statement_and_who_disagreed_does_not() -> None:
    replies = [
        reply(1, "ann", TWICE, endorsers=("fred",)),
        reply(2, "bob", "Same here.", to=1, endorsers=("gus",)),
        reply(3, "cat", "No, it is not like that with us.", to=1),
        reply(4, "dan", "+1", to=2),
        reply(5, "eve", "+1"),
        reply(6, "ann", "+1", to=3),
    ]
    assert find_supporters(replies, (1,)) == {"ann", "bob", "dan", "fred", "gus"}
    assert find_supporters(replies, ()) == frozenset()


def three_and_six() -> tuple[Summary, ViewTotals]:
    """Three people write it in the same words, and six press."""
    replies = [reply(number, f"w{number}", TWICE) for number in (1, 2, 3)]
    totals = ViewTotals(11, (total(TWICE, replies, people(6)),))
    return apply_views(summarise(thread(replies)), totals, replies), totals


def test_nine_people_of_whom_six_pressed_are_counted_exactly() -> None:
    summary, _ = three_and_six()
    (point,) = summary.points
    assert point.views == PointViews(9)
    assert (point.total, point.wrote, point.same_here, point.weight) == (9, 3, 6, 9)
    assert summary.tapped == 11


def test_below_five_presses_nothing_of_them_is_shown() -> None:
    replies = [reply(number, f"w{number}", TWICE) for number in (1, 2, 3)]
    bare = summarise(thread(replies))
    assert apply_views(bare, ViewTotals(4, (total(TWICE, replies, people(4)),)), replies) == bare
    shown = apply_views(bare, ViewTotals(5, (total(TWICE, replies, people(5)),)), replies)
    assert shown.points[0].views == PointViews(8)


@pytest.mark.parametrize(("others", "views"), [(0, None), (1, None), (4, None), (5, PointViews(11))])
def test_fewer_than_five_who_only_pressed_cannot_be_worked_out_from_those_whom_everybody_can_see(
    others: int, views: PointViews | None
) -> None:
    seen = people(5, "seen")
    replies = [reply(1, "ann", TWICE, endorsers=seen)]
    totals = ViewTotals(5 + others, (total(TWICE, replies, (*seen, *people(others))),))

    (point,) = apply_views(summarise(thread(replies)), totals, replies).points

    assert point.views == views
    assert point.total == (6 if views is None else 11)


def test_few_presses_of_a_second_statement_do_not_show_through_the_largest_number() -> None:
    replies = [reply(number, f"w{number}", TWICE) for number in range(1, 9)]
    quotes = tuple(Quote(str(each.id), each.text) for each in replies)
    few = StatementTotal(TWICE.upper(), (5, 6, 7, 8), 1, 0, 1, frozenset(f"w{number}" for number in range(1, 9)))
    many = StatementTotal(TWICE, (1,), 5, 0, 5, frozenset({"w1"}))
    summary = Summary("1", "", (KeyPoint(TWICE, quotes, 8),), (), Coverage(8, 8, 8))
    shown = apply_views(summary, ViewTotals(6, (many, few)), replies)
    assert shown.points[0].views == PointViews(8, at_least=True)


def test_a_point_of_two_statements_shows_the_larger_number_and_not_the_sum() -> None:
    replies = [reply(1, "ann", TWICE), reply(2, "bob", PARKING)]
    totals = ViewTotals(12, (total(TWICE, replies, people(6)), total(PARKING, replies, people(7, "q"))))
    quotes = (Quote("1", TWICE), Quote("2", PARKING, role=Role.TICKED))
    merged = Summary("1", "", (KeyPoint(TWICE, quotes, 2),), (), Coverage(2, 2, 2))
    assert apply_views(merged, totals, replies).points[0].views == PointViews(8, at_least=True)


def test_who_was_ticked_after_the_closing_makes_it_at_least() -> None:
    replies = [reply(1, "ann", TWICE), reply(2, "bob", "We do all our notes two times over.")]
    totals = ViewTotals(6, (total(TWICE, replies, people(6)),))
    quotes = (Quote("1", TWICE), Quote("2", replies[1].text, role=Role.TICKED))
    ticked = Summary("1", "", (KeyPoint(TWICE, quotes, 2),), (), Coverage(2, 2, 2))
    assert apply_views(ticked, totals, replies).points[0].views == PointViews(7, at_least=True)


@pytest.mark.parametrize(("different", "differs"), [(4, False), (5, True)])
def test_it_differs_only_where_five_stand_on_each_side(different: int, differs: bool) -> None:
    replies = [reply(1, "ann", TWICE)]
    totals = ViewTotals(20, (total(TWICE, replies, people(6), people(different, "q")),))
    (point,) = apply_views(summarise(thread(replies)), totals, replies).points
    assert point.views == PointViews(7, differs=differs)


def test_different_here_alone_shows_nothing() -> None:
    replies = [reply(1, "ann", TWICE)]
    bare = summarise(thread(replies))
    totals = ViewTotals(30, (total(TWICE, replies, people(4), people(20, "q")),))
    shown = apply_views(bare, totals, replies)
    assert (shown.points, shown.voices) == (bare.points, bare.voices)


@pytest.mark.parametrize(("pressed", "tapped"), [(10, None), (11, 11)])
def test_how_many_tapped_is_shown_only_five_above_every_printed_number(pressed: int, tapped: int | None) -> None:
    replies = [reply(1, "ann", TWICE)]
    totals = ViewTotals(pressed, (total(TWICE, replies, people(6)),))
    assert apply_views(summarise(thread(replies)), totals, replies).tapped == tapped


def voice_and_point() -> tuple[Summary, list]:  # type: ignore[type-arg]
    replies = [reply(1, "ann", TWICE), reply(2, "bob", TWICE), reply(3, "cat", PARKING)]
    point = KeyPoint(TWICE, (Quote("1", TWICE), Quote("2", TWICE)), 2)
    voice = KeyPoint(PARKING, (Quote("3", PARKING),), 1)
    return Summary("1", "", (point,), (), Coverage(3, 3, 3), voices=(voice,)), replies


def test_a_single_voice_with_enough_presses_becomes_a_point_and_goes_back_without_them() -> None:
    bare, replies = voice_and_point()
    totals = ViewTotals(6, (total(PARKING, replies, people(6)),))

    shown = apply_views(bare, totals, replies)

    assert [(point.statement, point.total) for point in shown.points] == [(PARKING, 7), (TWICE, 2)]
    assert shown.voices == ()
    assert check_summary(shown, thread(replies), most_points=1) == ()
    assert apply_views(shown, ViewTotals(), replies) == bare


def test_a_voice_that_rises_among_named_points_gets_a_name_of_its_own() -> None:
    bare, replies = voice_and_point()
    named = replace(bare, points=(replace(bare.points[0], ref="zn7"),))
    shown = apply_views(named, ViewTotals(6, (total(PARKING, replies, people(6)),)), replies)
    assert [point.ref for point in shown.points] == ["zn8", "zn7"]
    assert [point.ref for point in apply_views(shown, ViewTotals(), replies).points] == ["zn7", "zn8"]


def test_the_same_presses_stand_behind_a_point_and_not_behind_a_voice_too() -> None:
    bare, replies = voice_and_point()
    near = replace(bare, voices=(KeyPoint(TWICE, (Quote("3", TWICE),), 1),))
    replies[2] = reply(3, "cat", TWICE)
    shown = apply_views(near, ViewTotals(6, (total(TWICE, replies, people(6)),)), replies)
    assert [point.views for point in shown.points] == [PointViews(8, at_least=True)]
    assert len(shown.voices) == 1


def test_a_draft_that_goes_on_from_an_earlier_summary_keeps_its_order() -> None:
    bare, replies = voice_and_point()
    carried = KeyPoint(PARKING, (Quote("3", PARKING),), 1, ref="1", review=Review())
    draft = replace(bare, points=(carried, replace(bare.points[0], ref="a1")), voices=())
    shown = apply_views(draft, ViewTotals(6, (total(TWICE, replies, people(6)),)), replies)
    assert [point.ref for point in shown.points] == ["1", "a1"]


def test_words_of_an_answer_in_agreement_and_private_words_bring_no_presses() -> None:
    answer = "Same here, and the car park is full before the early shift starts."
    other = StatementTotal("The car park is full before the early shift starts.", (2,), 20, 0, 20, frozenset({"bob"}))
    point = KeyPoint(TWICE, (Quote("1", TWICE), Quote("2", answer, role=Role.AGREED)), 2)
    assert find_statements(point, (other,)) == ()
    private = KeyPoint(PARKING, (Quote("p2", PARKING, private=True),), 0, private=1)
    assert find_statements(private, (replace(other, replies=(2,)),)) == ()


@pytest.mark.parametrize(
    ("statement", "is_of_it"),
    [
        ("The rota is late", True),
        ("THE ROTA  is late!", True),
        ("The rota is late and the doors jam every single night.", True),
        ("The doors jam every single night", False),
        ("Parking costs too much", False),
    ],
)
def test_a_statement_belongs_to_a_point_by_the_words_that_the_point_is_about(statement: str, is_of_it: bool) -> None:
    quote = Quote("1", "The rota is late and the doors jam every single night.")
    point = KeyPoint("The rota is late", (quote,), 1)
    told = StatementTotal(statement, (1,), 9, 0, 9, frozenset({"ann"}))
    assert bool(find_statements(point, (told,))) is is_of_it
    assert find_statements(point, (replace(told, replies=(2,)),)) == ()


def test_a_frozen_summary_keeps_its_printed_numbers() -> None:
    summary, _ = three_and_six()
    frozen = freeze_summary(summary)
    assert apply_views(frozen, ViewTotals(), ()) == frozen
    assert (frozen.points[0].total, frozen.tapped) == (9, 11)


def test_how_many_tapped_at_several_prompts_together_is_not_known() -> None:
    _, one = three_and_six()
    assert join_totals([one, ViewTotals()]) == one
    assert join_totals([one, one]).people == 0
    assert len(join_totals([one, one]).statements) == 2


def test_two_ways_of_counting_presses_leave_the_same_summary_without_them() -> None:
    summary, _ = three_and_six()
    assert remove_views(summary) == remove_views(replace(summary, tapped=None))
    assert all(point.views is None for point in remove_views(summary).points)


def raised(refused: tuple[str, ...] = (), said: str = PARKING) -> Summary:
    """A statement that no point is made of, which the program had put beside another one."""
    replies = [reply(1, "ann", TWICE), reply(2, "bob", f"Well. {said}", endorsers=("cat",))]
    beside = Quote("2", replies[1].text, role=Role.GROUPED)
    point = KeyPoint(TWICE, (Quote("1", TWICE),), 1, (beside,))
    bare = Summary("1", "", (point,), (), Coverage(2, 2, 2))
    statement = StatementTotal(PARKING, (2,), 6, 0, 6, find_supporters(replies, (2,)))
    totals = ViewTotals(6, (statement,))
    shown = apply_views(raise_statements(bare, totals, replies, refused), totals, replies)
    assert check_summary(shown, thread(replies)) == ()
    assert check_views(shown, totals, replies) == ()
    return shown


def test_a_statement_that_many_pressed_is_shown_though_no_point_was_made_of_it() -> None:
    first, second = raised().points
    assert (first.statement, first.views, first.endorsements) == (PARKING, PointViews(8), 1)
    assert (second.statement, second.possible) == (TWICE, ())


@pytest.mark.parametrize("shown", [raised(("2",)), raised(said="The car park is full.")])
def test_words_that_may_not_be_quoted_or_stand_no_longer_in_their_reply_are_not_raised(shown: Summary) -> None:
    assert [point.statement for point in shown.points] == [TWICE]
    assert shown.voices == ()


def test_a_statement_of_few_presses_or_of_a_point_is_not_raised() -> None:
    bare, replies = voice_and_point()
    totals = ViewTotals(6, (total(PARKING, replies, people(6)),))
    assert raise_statements(bare, totals, replies) == bare
    few = ViewTotals(4, (total(PARKING, replies, people(4)),))
    assert raise_statements(replace(bare, voices=()), few, replies) == replace(bare, voices=())
