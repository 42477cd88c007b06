"""A summary as JSON text and back, for storage: nothing is lost, and what is not a summary is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bot.models.grouping import Sorting, ThemeName
from bot.models.groups import StaffGroups
from bot.models.summaries import Balance, Coverage, Disagreement, KeyPoint, Kind, Quote, Review, Role, Side, Summary
from bot.models.views import PointViews


def summary_to_json(summary: Summary) -> str:
    """Return one line of ASCII JSON that ``summary_from_json`` reads back to an equal summary.

    What only a language model adds is left out where there is none of it.
    """
    data = asdict(summary)
    for holder, name in (*((point, "theme") for point in (*data["points"], *data["voices"])), *_of_model(data)):
        if not holder[name]:
            del holder[name]
    return json.dumps(data, separators=(",", ":"))


def _of_model(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    return ((data, name) for name in ("themes", "opposed", "sorting"))


def summary_from_json(text: str) -> Summary:
    """Return the stored summary. Raises ValueError, without any words of it, if the text is no stored summary."""
    try:
        data = json.loads(text)
        return Summary(
            thread=str(data["thread"]),
            text=str(data["text"]),
            points=tuple(_point(point) for point in data["points"]),
            questions=_quotes(data["questions"]),
            coverage=_coverage(data["coverage"]),
            lines=_quotes(data.get("lines", [])),
            disagreements=tuple(_disagreement(disagreement) for disagreement in data.get("disagreements", [])),
            voices=tuple(_point(point) for point in data.get("voices", [])),
            agreements=_texts(data.get("agreements", [])),
            balance=_balance(data.get("balance")),
            vectors=str(data.get("vectors", "TF-IDF")),
            frozen=bool(data.get("frozen", False)),
            staff=_staff(data.get("staff")),
            withheld=_texts(data.get("withheld", [])),
            edits=None if data.get("edits") is None else _counts(data["edits"]),
            tapped=None if data.get("tapped") is None else int(data["tapped"]),
            themes=tuple(_theme(theme) for theme in data.get("themes", [])),
            opposed=tuple(_pair(pair) for pair in data.get("opposed", [])),
            sorting=None if data.get("sorting") is None else _sorting(data["sorting"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        raise ValueError("the text is not a stored summary") from None


def _point(data: dict[str, Any]) -> KeyPoint:
    return KeyPoint(
        statement=str(data["statement"]),
        quotes=_quotes(data["quotes"]),
        people=int(data["people"]),
        possible=_quotes(data.get("possible", []), Role.SUGGESTED),
        endorsements=int(data.get("endorsements", 0)),
        kind=Kind(data.get("kind", Kind.VIEW)),
        review=_review(data.get("review")),
        ref=str(data.get("ref", "")),
        erased_possible=int(data.get("erased_possible", 0)),
        erased_possible_private=int(data.get("erased_possible_private", 0)),
        private=int(data.get("private", 0)),
        counted=_texts(data.get("counted", [])),
        views=_views(data.get("views")),
        from_voices=bool(data.get("from_voices", False)),
        theme=str(data.get("theme", "")),
    )


def _theme(data: dict[str, Any]) -> ThemeName:
    return ThemeName(str(data["name"]), tuple(_texts(holding) for holding in data["sources"]))


def _pair(data: list[Any]) -> tuple[Quote, Quote]:
    one, other = _quotes(data)
    return one, other


def _sorting(data: dict[str, Any]) -> Sorting:
    counts = {str(name): int(count) for name, count in data.items() if name != "run_by"}
    return Sorting(**counts, run_by=str(data.get("run_by", "")))


def _views(data: dict[str, Any] | None) -> PointViews | None:
    if data is None:
        return None
    return PointViews(int(data["people"]), at_least=bool(data["at_least"]), differs=bool(data["differs"]))


def _review(data: dict[str, Any] | None) -> Review | None:
    if data is None:
        return None
    return Review(
        words=str(data["words"]),
        note=str(data["note"]),
        confirmed=_texts(data["confirmed"]),
        unnamed=_texts(data["unnamed"]),
        unquoted=_texts(data["unquoted"]),
        unticked=_texts(data.get("unticked", [])),
        erased_confirmed=int(data.get("erased_confirmed", 0)),
        erased_confirmed_private=int(data.get("erased_confirmed_private", 0)),
    )


def _disagreement(data: dict[str, Any]) -> Disagreement:
    one, other = (_side(side) for side in data["sides"])
    return Disagreement(str(data["statement"]), (one, other), _quotes(data["common"]))


def _side(data: dict[str, Any]) -> Side:
    counted = _texts(data.get("counted", []))
    return Side(_quotes(data["quotes"]), int(data["people"]), int(data.get("private", 0)), counted)


def _staff(data: dict[str, Any] | None) -> StaffGroups | None:
    if data is None:
        return None
    return StaffGroups(_counts(data["groups"]), int(data["others"]), int(data["people"]), str(data["date"]))


def _balance(data: dict[str, Any] | None) -> Balance | None:
    return None if data is None else Balance(int(data["people"]), int(data["percent"]))


def _texts(data: list[Any]) -> tuple[str, ...]:
    return tuple(str(text) for text in data)


def _quotes(data: list[dict[str, Any]], role: Role = Role.WROTE) -> tuple[Quote, ...]:
    """Return the quotes; ``role`` is that of one stored before roles were."""
    return tuple(
        Quote(
            str(quote["message"]),
            str(quote["text"]),
            bool(quote.get("private", False)),
            Role(quote.get("role", role)),
        )
        for quote in data
    )


def _coverage(data: dict[str, Any]) -> Coverage:
    return Coverage(
        int(data["read"]),
        int(data["held"]),
        int(data["people"]),
        _counts(data["left_out"]),
        _counts(data.get("excluded", [])),
        int(data.get("deleted", 0)),
        int(data.get("private", 0)),
    )


def _counts(data: list[Any]) -> tuple[tuple[str, int], ...]:
    return tuple((str(reason), int(count)) for reason, count in data)
