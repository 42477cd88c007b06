"""An export as JSON: all of a summary and its replies, with nobody’s name or id."""

from __future__ import annotations

import json
from datetime import datetime

from bot.models.groups import StaffGroups
from bot.models.prompts import Wording
from bot.models.replies import Reply
from bot.models.summaries import Disagreement, KeyPoint, Quote, Summary
from bot.summaries.output.counts import NOT_A_SURVEY, has_presses
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.output.point_groups import count_confirmed_people, is_checked
from bot.summaries.output.tables import HOW, Labels, PrivateWords, list_reply_fields, shown_words
from bot.summaries.review.publication import describe_checking
from bot.text.mentions import anonymise_ids


def _private_fields(private: PrivateWords, labels: Labels) -> dict[str, object]:
    told = [{"reference": labels.reference(name), "text": anonymise_ids(text)} for name, text in private.quotable]
    return {"quoted": told, "not_quoted": private.others}


def summary_json(
    wording: Wording,
    replies: tuple[Reply, ...],
    summary: Summary,
    made_at: datetime,
    labels: Labels,
    private: PrivateWords | None = None,
    counted_on: str = "",
) -> bytes:
    """Return all of an export as UTF-8 JSON: prompt, coverage, summary, replies and private replies."""
    coverage, told = summary.coverage, summary.balance
    data = {
        "made_at": made_at.isoformat(),
        "counted_on": counted_on,
        "note": describe_checking(summary.points),
        "vectors": anonymise_ids(summary.vectors),
        "prompt": {
            "text": anonymise_ids(wording.text),
            "question": anonymise_ids(wording.question),
            "source": anonymise_ids(wording.source_title),
            "publisher": anonymise_ids(wording.publisher),
            "year": wording.year,
        },
        "coverage": {
            "read": coverage.in_thread.read,
            "held": coverage.in_thread.held,
            "people": coverage.people,
            "private": coverage.private,
            "left_out": dict(coverage.in_thread.left_out),
            "excluded": dict(coverage.excluded),
            "deleted": coverage.deleted,
        },
        "tapped": summary.tapped,
        "about_presses": NOT_A_SURVEY if has_presses(summary.points) else "",
        "points": [_point_fields(point, labels) for point in summary.points],
        "disagreements": [_disagreement_fields(disagreement, labels) for disagreement in summary.disagreements],
        "single_voices": [_point_fields(voice, labels) for voice in summary.voices],
        "questions": _quote_fields(summary.questions, labels),
        "staff_groups": None if summary.staff is None else _group_fields(summary.staff),
        "not_quoted": sum(reply.text == NOT_QUOTED for reply in replies),
        "balance": None if told is None else {"people": told.people, "percent": told.percent},
        "replies": list_reply_fields(replies, labels),
        "private_replies": None if private is None else _private_fields(private, labels),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _point_fields(point: KeyPoint, labels: Labels) -> dict[str, object]:
    words = point.review.words if point.review is not None else ""
    return {
        "statement": anonymise_ids(point.statement),
        "facilitators_words": anonymise_ids(words),
        "kind": str(point.kind),
        "people": point.total,
        "wrote": point.wrote,
        "same_here": point.same_here,
        "at_least": point.views is not None and point.views.at_least,
        "with_presses": point.views is not None,
        "differs_from_place_to_place": point.views is not None and point.views.differs,
        "in_private_replies": bool(point.private),
        "confirmed": None if point.review is None else count_confirmed_people(point),
        "checked": is_checked(point),
        "quotes": _supporter_fields(point.quotes, labels),
        "proposed_not_counted": _supporter_fields(point.possible, labels),
    }


def _disagreement_fields(disagreement: Disagreement, labels: Labels) -> dict[str, object]:
    return {
        "statement": anonymise_ids(disagreement.statement),
        "sides": [
            {
                "people": side.people,
                "in_private_replies": bool(side.private),
                "quotes": _quote_fields(side.quotes, labels),
            }
            for side in disagreement.sides
        ],
        "common": _quote_fields(disagreement.common, labels),
    }


def _group_fields(groups: StaffGroups) -> dict[str, object]:
    return {"people": groups.people, "groups": dict(groups.groups), "others": groups.others, "date": groups.date}


def _supporter_fields(quotes: tuple[Quote, ...], labels: Labels) -> list[dict[str, str]]:
    fields = _quote_fields(quotes, labels)
    return [{**field, "how": HOW[quote.role]} for field, quote in zip(fields, quotes, strict=True)]


def _quote_fields(quotes: tuple[Quote, ...], labels: Labels) -> list[dict[str, str]]:
    return [{"reference": labels.reference(quote.message), "text": shown_words(quote)} for quote in quotes]
