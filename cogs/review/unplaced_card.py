"""The replies of a draft that stand in no point, for the eyes of one reviewer, each with the way to a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discord import ui

from bot.models.reviews import Draft
from bot.models.summaries import KeyPoint
from bot.services.summaries.drafts import DraftWords
from bot.summaries.output.point_groups import point_heading
from bot.summaries.review.supporters import list_unplaced
from bot.text.words import plural
from cogs.review.point_card import ALL_POINTS, REFUSED, RETELL
from cogs.review.texts import LENGTHS, PUBLISH
from cogs.summaries.texts import mark_words
from cogs.ui.cards import Part, card, fit
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.pages import Page, paginate
from cogs.ui.parts import Row, button, option, pager, put_button_beside, select

REPLIES_A_PAGE = 5
TITLE = "## Replies in no point"
HOW = "Add a reply to the points it makes, or make it a new point. You can leave the rest."
NONE_UNPLACED = "Every reply you can read is in a point."
ADD_TO, NEW_POINT = "Add to…", "New point"
ONLY_COUNTED = "{replies} only be counted, so you can’t read them here."


@dataclass(frozen=True, slots=True)
class UnplacedView:
    """What the list shows: the words that a reviewer may read, and a line of our own at the top."""

    draft: Draft
    words: DraftWords
    page: int = 0
    note: str = ""


def list_readable(draft: Draft, words: DraftWords) -> tuple[str, ...]:
    """List the replies in no point of which a reviewer may read the words, here or at the message itself."""
    unplaced = list_unplaced(draft.summary, draft.held)
    return tuple(
        message for message in unplaced if message in words.texts or message in words.retold or message in words.refused
    )


def say_in_short(words: DraftWords, message: str) -> str:
    """Return what stands for a reply in a select."""
    return words.texts.get(message) or words.retold.get(message) or REFUSED


def unplaced_card(view: UnplacedView) -> ui.LayoutView:
    """Show one page of the replies; a number past either end gives the nearest page."""
    messages = list_readable(view.draft, view.words)
    shown = paginate(messages, REPLIES_A_PAGE, view.page)

    def build(length: int) -> list[str]:
        replies = [
            _reply(view.words, number, message, length) for number, message in enumerate(shown.items, shown.first)
        ]
        return [_head(view, len(messages)), *replies, shown.sentence]

    head, *replies, foot = fit(build, LENGTHS)
    entries = zip(shown.items, replies, strict=True)
    parts = [part for message, text in entries for part in _entry(view, shown.number, message, text)]
    return card(head, *parts, foot if shown.count > 1 else "", Row(*_ways(view, shown)))


def _head(view: UnplacedView, listed: int) -> str:
    silent = len(list_unplaced(view.draft.summary, view.draft.held)) - listed
    lines = [view.note, TITLE, HOW if listed else NONE_UNPLACED]
    lines += [ONLY_COUNTED.format(replies=plural(silent, "private reply may", "private replies may"))] if silent else []
    return "\n".join(line for line in lines if line)


def _reply(words: DraftWords, number: int, message: str, length: int) -> str:
    link = f" ([message]({words.links[message]}))" if message in words.links else ""
    if message in words.texts:
        return f"{number}\\. {mark_words(words.texts[message], length)}{link}"
    if message in words.retold:
        return f"{number}\\. {mark_words(words.retold[message], length)} ({RETELL})"
    return f"{number}\\. {REFUSED}{link}"


def _entry(view: UnplacedView, page: int, message: str, text: str) -> Iterator[Part]:
    where = (view.draft.id, message, page)
    yield put_button_beside(text, button(NEW_POINT, "review-add-new", *where, disabled=message not in view.words.texts))
    points = _sort_points(view.draft.summary.points, message)[:MOST_OPTIONS]
    if points:
        options = [option(f"{number}. {point_heading(point)}", point.ref) for number, point in points]
        yield select(ADD_TO, options, "review-add", *where, many=True, least=1)


def _sort_points(points: Sequence[KeyPoint], message: str) -> list[tuple[int, KeyPoint]]:
    """Number the points, with those first for which the program proposes the reply."""
    numbered = list(enumerate(points, 1))
    return sorted(numbered, key=lambda each: not any(quote.message == message for quote in each[1].possible))


def _ways(view: UnplacedView, shown: Page[str]) -> list[ui.Button[ui.LayoutView]]:
    return [
        *pager(shown.number, shown.count, "review-unplaced", view.draft.id),
        button(ALL_POINTS, "review-back", view.draft.id),
        button(PUBLISH, "review-publish", view.draft.id),
    ]
