"""Who stands behind a point: everybody who wrote it, agreed or was added, on one of the pages."""

from __future__ import annotations

from bot.models.summaries import Coverage, KeyPoint, Quote, Role, Summary
from bot.summaries.output.counts import PROPOSED
from cogs.summaries.supporters import TITLES, find_point, key_of, supporters_card
from tests.cogs.summaries.sample_cards import ADDRESS, PAGES, point, shown_text


def test_who_says_so_lists_who_wrote_it_who_agreed_and_who_was_added_apart() -> None:
    found = KeyPoint(
        "Nights",
        (
            Quote("Nights 1", "Nights, says 1"),
            Quote("2", "Same with us", role=Role.AGREED),
            Quote("3", "Evenings", role=Role.TICKED),
        ),
        3,
        endorsements=2,
        possible=(Quote("9", "Perhaps at night.", role=Role.SUGGESTED),),
    )
    text = "\n".join(shown_text(supporters_card(4, found, {"Nights 1": ADDRESS}, 0, *PAGES)))

    parts = [TITLES[Role.WROTE], "says 1", TITLES[Role.AGREED], "Same with us", "2 people agreed with a reaction."]
    parts += [TITLES[Role.TICKED], "Evenings", PROPOSED, "Perhaps"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert f"“Nights, says 1” ([message]({ADDRESS}))" in text
    assert text.count("[message]") == 1
    assert "## Who says so\n4\\. “Nights”" in text


def test_every_supporter_is_on_one_of_the_pages() -> None:
    found = point("Nights", 90, possible=tuple(Quote(f"p{n}", f"Perhaps {n}.") for n in range(30)))
    text = "\n".join("\n".join(shown_text(supporters_card(4, found, {}, page, *PAGES))) for page in range(10))

    assert all(f"says {n}”" in text for n in range(90))
    assert all(f"Perhaps {n}.”" in text for n in range(30))


def test_a_point_is_found_again_by_its_key_until_its_words_change() -> None:
    first, second = point("Nights", 3), point("Parking", 1)
    summary = Summary("1", "", (first,), (), Coverage(20, 20, 9), voices=(second,))

    assert find_point(summary, key_of(second)) == (2, second)
    assert find_point(summary, key_of(point("Lifts", 1))) is None
