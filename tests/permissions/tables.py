"""Who may do what, said once: every command, and every button, select and form.

``arguments`` and ``options`` are filled with the ids of something of each kind (see test_permissions.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

MANAGERS = frozenset({"manager"})
FACILITATORS = MANAGERS | {"facilitator"}
ORGANISERS = FACILITATORS | {"organiser"}
EVERYBODY = ORGANISERS | {"staff", "author", "former facilitator"}
ITS_AUTHOR = frozenset({"author"})
REFUSALS = {
    MANAGERS: "Only people with the permission Manage Server can do this.",
    FACILITATORS: "Only facilitators can do this.",
    ORGANISERS: "Only organisers can do this.",
    ITS_AUTHOR: "Only the person who wrote this reply can do that",
}
Ids = SimpleNamespace
Options = Callable[[Ids], Mapping[str, Any]]


def series(ids: Ids) -> dict[str, Any]:
    return {"series": str(ids.series)}


def excerpt(ids: Ids) -> dict[str, Any]:
    return {"excerpt": f"id:{ids.excerpt}"}


def source(ids: Ids) -> dict[str, Any]:
    return {"source": f"id:{ids.source}"}


def prompt(ids: Ids) -> dict[str, Any]:
    return {"prompt": str(ids.prompt)}


def nothing(_: Ids) -> dict[str, Any]:
    return {}


COMMANDS: dict[str, tuple[frozenset[str], Options]] = {
    "setup": (MANAGERS, nothing),
    "library": (FACILITATORS, excerpt),
    "series": (FACILITATORS, series),
    "prompt preview": (FACILITATORS, excerpt),
    "prompt list": (FACILITATORS, nothing),
    "prompt post": (FACILITATORS, excerpt),
    "summary thread": (ORGANISERS, prompt),
    "summary series": (ORGANISERS, series),
    "summary export": (ORGANISERS, prompt),
    "summary draft": (ORGANISERS, prompt),
    "summary board": (ORGANISERS, series),
    "summary show": (ORGANISERS, lambda ids: {"reference": f"P{ids.prompt}-1"}),
    "summary objections": (FACILITATORS, nothing),
    "outcome add": (ORGANISERS, lambda ids: {"points": f"P{ids.prompt}-1", "state": "done", "what": "We hired."}),
    "outcome edit": (ORGANISERS, lambda ids: {"outcome": str(ids.outcome), "what": "We hired two."}),
    "outcome list": (ORGANISERS, lambda ids: {"outcome": str(ids.outcome)}),
    "outcome publish": (ORGANISERS, series),
    "check start": (ORGANISERS, prompt),
    "check status": (ORGANISERS, nothing),
    "suggest": (EVERYBODY, nothing),
    "my": (EVERYBODY, nothing),
    "prompt private": (FACILITATORS, nothing),
    "prompt others": (FACILITATORS, prompt),
    "prompt close": (FACILITATORS, prompt),
    "moderation": (FACILITATORS, nothing),
}


MENUS: dict[str, frozenset[str]] = {"Exclude from summaries": FACILITATORS}
"""Commands in the menu of a message."""


@dataclass(frozen=True)
class Press:
    """A click, a choice or a form: its custom_id's arguments, what was chosen, what was filled in."""

    who: frozenset[str]
    arguments: str = ""
    chosen: str = ""
    filled: tuple[str, ...] = ()


EXCERPT_FORM = ("text", "heading", "place", "question", "whose")
DETAILS_FORM = ("source_title", "publisher", "year", "address", "licence")
ROUTES: dict[str, Press] = {
    "setup-show": Press(MANAGERS, "all"),
    "setup-form": Press(MANAGERS, "numbers:all"),
    "setup-saved": Press(MANAGERS, "contacts:all", filled=("complaints",)),
    "setup-make": Press(MANAGERS),
    "setup-try": Press(MANAGERS),
    "setup-start": Press(MANAGERS, "three_weeks"),
    "setup-governance": Press(MANAGERS),
    "library-sources": Press(FACILITATORS, "0"),
    "library-source": Press(FACILITATORS, chosen="{source}"),
    "library-contents": Press(FACILITATORS, "{source}:0"),
    "library-chapter-open": Press(FACILITATORS, "{source}", chosen="1"),
    "library-chapter": Press(FACILITATORS, "{source}:1:0:0"),
    "library-chapter-page": Press(FACILITATORS, "{source}:1:0", chosen="0"),
    "library-headings": Press(FACILITATORS, "{source}:1:0"),
    "library-heading": Press(FACILITATORS, "{source}", chosen="1.1.00000000"),
    "library-heading-saved": Press(FACILITATORS, "{source}:1:1:00000000", filled=("words", "role")),
    "library-heading-add": Press(FACILITATORS, "{source}"),
    "library-heading-added": Press(FACILITATORS, "{source}", filled=("number", "words", "level")),
    "library-worth": Press(FACILITATORS, "{source}"),
    "library-search": Press(FACILITATORS, "{source}"),
    "library-search-form": Press(FACILITATORS, "{source}", filled=("words",)),
    "library-found": Press(FACILITATORS, "{source}:0:leaders"),
    "library-show": Press(FACILITATORS, "{excerpt}:c"),
    "library-open": Press(FACILITATORS, "c", chosen="{excerpt}"),
    "library-mark": Press(FACILITATORS, "{excerpt}:1:c"),
    "library-mark-some": Press(FACILITATORS, "chapter:{source}:1:0:0", chosen="{excerpt}"),
    "library-marks": Press(FACILITATORS, "0"),
    "library-unmark-some": Press(FACILITATORS, "0", chosen="{excerpt}"),
    "library-suggested": Press(FACILITATORS, "{excerpt}:{state}:c", chosen="0"),
    "library-ask-model": Press(FACILITATORS, "{excerpt}:c"),
    "library-drafted": Press(FACILITATORS, "{excerpt}:1:{state}:c"),
    "library-write": Press(FACILITATORS, "{excerpt}:c"),
    "library-asked": Press(FACILITATORS, "{excerpt}:{state}:c", filled=("question",)),
    "library-load": Press(FACILITATORS),
    "library-load-form": Press(FACILITATORS, filled=("file",)),
    "library-new": Press(FACILITATORS, "{source}"),
    "library-details": Press(FACILITATORS, "{source}"),
    "library-describe": Press(FACILITATORS, "{source}", filled=DETAILS_FORM),
    "library-edit": Press(FACILITATORS, "{excerpt}:c"),
    "library-edited": Press(FACILITATORS, "{excerpt}:{state}:c", filled=EXCERPT_FORM),
    "library-added": Press(FACILITATORS, "{source}", filled=EXCERPT_FORM),
    "prompt-list": Press(FACILITATORS, "0"),
    "prompt-keep": Press(FACILITATORS, "{prompt}"),
    "prompt-kept": Press(FACILITATORS, "{prompt}", filled=("reason",)),
    "prompt-ask": Press(FACILITATORS, "{excerpt}"),
    "prompt-now": Press(FACILITATORS, "{excerpt}:{state}"),
    "series-marked": Press(FACILITATORS),
    "series-marked-form": Press(FACILITATORS, filled=("title", "weekday", "time", "first_date", "channel")),
    "series-state": Press(FACILITATORS, "{series}:paused"),
    "series-list": Press(FACILITATORS, "0"),
    "series-open": Press(FACILITATORS, chosen="{series}"),
    "series-show": Press(FACILITATORS, "{series}"),
    "series-new": Press(FACILITATORS, "0"),
    "series-new-of": Press(FACILITATORS, chosen="{source}"),
    "series-create": Press(FACILITATORS, "{source}", filled=("title", "weekday", "time", "excerpts", "channel")),
    "series-change": Press(FACILITATORS, "{series}"),
    "series-changed": Press(FACILITATORS, "{series}", filled=("title", "weekday", "time", "channel", "time_zone")),
    "series-dates": Press(FACILITATORS, "{series}"),
    "series-dated": Press(FACILITATORS, "{series}", filled=("first_date", "leave_out", "invited")),
    "series-add": Press(FACILITATORS, "{series}"),
    "series-skip-date": Press(FACILITATORS, "{series}:2026-01-01"),
    "series-skip-excerpt": Press(FACILITATORS, "{series}:{excerpt}"),
    "series-stop": Press(FACILITATORS, "{series}"),
    "series-order": Press(FACILITATORS, "{series}:0"),
    "series-pick": Press(FACILITATORS, "{series}:0", chosen="{excerpt}"),
    "series-move": Press(FACILITATORS, "{series}:0:{excerpt}:drop"),
    "board-open": Press(ORGANISERS, "{series}:meeting"),
    "board-fields": Press(ORGANISERS, "{series}:summary", filled=("summary", "recommendation")),
    "board-role": Press(ORGANISERS, "{series}:0"),
    "board-role-form": Press(ORGANISERS, "{series}:0", filled=("role",)),
    "board-theme": Press(ORGANISERS, "{series}"),
    "board-theme-form": Press(ORGANISERS, "{series}", filled=("theme",)),
    "board-split": Press(ORGANISERS, "{series}"),
    "board-split-form": Press(ORGANISERS, "{series}", filled=("matter",)),
    "board-make": Press(ORGANISERS, "{series}"),
    "board-form": Press(ORGANISERS, "{series}", filled=("template",)),
    "follow-up": Press(ORGANISERS),
    "follow-up-form": Press(ORGANISERS, filled=("series",)),
    "summary-page": Press(ORGANISERS, "{prompt}:0:state"),
    "summary-who": Press(ORGANISERS, "{prompt}", chosen="key"),
    "summary-who-page": Press(ORGANISERS, "{prompt}:key:0"),
    "summary-shared": Press(EVERYBODY, "0"),
    "summary-read": Press(EVERYBODY, "{shared}:0"),
    "summary-read-who": Press(EVERYBODY, "{shared}", chosen="key"),
    "summary-shared-who": Press(EVERYBODY, chosen="key"),
    "summary-shared-who-page": Press(EVERYBODY, "{shared}:key:0"),
    "review-page": Press(FACILITATORS, "{draft}:0"),
    "review-choose": Press(FACILITATORS, "{draft}", chosen="{ref}"),
    "review-point": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-back": Press(FACILITATORS, "{draft}"),
    "review-changes": Press(FACILITATORS, "{draft}:0"),
    "review-confirm": Press(FACILITATORS, "{draft}:{ref}:0", chosen="{reply}"),
    "review-more": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-say": Press(FACILITATORS, "{draft}:{ref}:0:aaaa"),
    "review-too": Press(FACILITATORS, "{draft}:{ref}:0", chosen="{reply}"),
    "review-unplaced": Press(FACILITATORS, "{draft}:0"),
    "review-add": Press(FACILITATORS, "{draft}:{reply}:0", chosen="{ref}"),
    "review-add-new": Press(FACILITATORS, "{draft}:{reply}:0"),
    "review-add-some": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-added-some": Press(FACILITATORS, "{draft}:{ref}:0", filled=("who",)),
    "review-show": Press(FACILITATORS, "{draft}:{ref}:0", chosen="{reply}"),
    "review-nobody": Press(FACILITATORS, "{draft}:{ref}:0", chosen="{reply}"),
    "review-kind": Press(FACILITATORS, "{draft}:{ref}:0", chosen="concern"),
    "review-reword": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-reworded": Press(FACILITATORS, "{draft}:{ref}:0", filled=("words",)),
    "review-note": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-noted": Press(FACILITATORS, "{draft}:{ref}:0", filled=("words",)),
    "review-move": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-moved": Press(FACILITATORS, "{draft}:{ref}:0", filled=("who", "to")),
    "review-quote": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-quoted": Press(FACILITATORS, "{draft}:{ref}:0", filled=("who", "words")),
    "review-merge": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-merged": Press(FACILITATORS, "{draft}:{ref}:0", filled=("to",)),
    "review-drop": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-heading": Press(FACILITATORS, "{draft}", chosen="{ref}"),
    "review-heading-use": Press(FACILITATORS, "{draft}:{ref}", chosen="{reply}"),
    "review-heading-words": Press(FACILITATORS, "{draft}:{ref}"),
    "review-heading-worded": Press(FACILITATORS, "{draft}:{ref}", filled=("words",)),
    "review-publish": Press(FACILITATORS, "{draft}"),
    "review-publish-now": Press(FACILITATORS, "{draft}:0:all"),
    "review-dropped": Press(FACILITATORS, "{draft}:{ref}:0"),
    "review-aside": Press(FACILITATORS, "{draft}"),
    "review-set-aside": Press(FACILITATORS, "{draft}"),
    "objection": Press(EVERYBODY),
    "objection-form": Press(EVERYBODY, "{shared}", filled=("words",)),
    "objection-see": Press(FACILITATORS, "{objection}"),
    "objection-choose": Press(FACILITATORS, chosen="{objection}"),
    "objection-page": Press(FACILITATORS, "0"),
    "objection-settle": Press(FACILITATORS, "{objection}"),
    "objection-settled": Press(FACILITATORS, "{objection}", filled=("words",)),
    "outcome-role": Press(ORGANISERS, "0:doing::0"),
    "outcome-post": Press(ORGANISERS, "doing:"),
    "outcome-change": Press(ORGANISERS, "doing:"),
    "outcome-changed": Press(ORGANISERS, filled=("what",)),
    "outcome-cancel": Press(ORGANISERS),
    "outcome-past": Press(EVERYBODY, "{outcome}"),
    "outcome-past-page": Press(EVERYBODY, "{outcome}:0"),
    "outcome-points": Press(EVERYBODY, "{series}"),
    "outcome-points-page": Press(EVERYBODY, "{series}:0"),
    "outcome-list": Press(ORGANISERS, "{outcome}:0"),
    "check-words": Press(EVERYBODY, "{check_claim}"),
    "check-words-form": Press(EVERYBODY, "{check_claim}", filled=("words",)),
    "check-words-withdraw": Press(EVERYBODY, "{check_claim}"),
    "check-figures": Press(EVERYBODY, "{check_claim}"),
    "check-figures-page": Press(EVERYBODY, "{check_claim}:0"),
    "check-start": Press(ORGANISERS, "{prompt}:7:2:0:seen"),
    "check-change": Press(ORGANISERS, "{prompt}:7:2:0"),
    "check-changed": Press(ORGANISERS, "{prompt}", filled=("days", "people")),
    "check-cancel": Press(ORGANISERS),
    "check-status": Press(ORGANISERS),
    "check-end-early": Press(ORGANISERS, "{check}"),
    "check-end": Press(ORGANISERS, "{check}"),
    "suggest-form": Press(EVERYBODY, filled=("passage", "source", "question")),
    "suggestion-approve": Press(FACILITATORS, "{suggestion}"),
    "suggestion-excerpt": Press(FACILITATORS, "{suggestion}", filled=EXCERPT_FORM),
    "suggestion-question": Press(FACILITATORS, "{suggestion}", filled=("question", "source")),
    "suggestion-decline": Press(FACILITATORS, "{suggestion}"),
    "suggestion-declined": Press(FACILITATORS, "{suggestion}", filled=("reason",)),
    "contacts": Press(EVERYBODY),
    "more": Press(EVERYBODY, "{claim}"),
    "reply-about": Press(EVERYBODY, "{claim}"),
    "reply": Press(EVERYBODY, "{claim}"),
    "reply-form": Press(EVERYBODY, "{claim}", filled=("words",)),
    "reply-edit": Press(ITS_AUTHOR, "{reply}"),
    "reply-remove": Press(FACILITATORS, "{prompt}:{message}"),
    "reply-removed": Press(FACILITATORS, "{prompt}:{message}"),
    "reply-edit-form": Press(ITS_AUTHOR, "{reply}", filled=("words",)),
    "reply-withdraw": Press(ITS_AUTHOR, "{reply}"),
    "private": Press(EVERYBODY, "{claim}"),
    "private-form": Press(EVERYBODY, "{claim}", filled=("words",)),
    "private-change": Press(EVERYBODY, "{claim}"),
    "private-withdraw": Press(EVERYBODY, "{claim}"),
    "others": Press(EVERYBODY, "{claim}"),
    "others-again": Press(EVERYBODY, "{claim}"),
    "others-press": Press(EVERYBODY, "{claim}:{statement}s:"),
    "others-next": Press(EVERYBODY, "{claim}:{statement}:"),
    "others-back": Press(EVERYBODY, "{claim}:{statement}"),
    "others-own": Press(EVERYBODY, "{claim}"),
    "others-stop": Press(EVERYBODY),
    "others-undo": Press(EVERYBODY, "{claim}"),
    "offer-tick": Press(FACILITATORS, "{offer}", chosen="{statement}"),
    "offer-show": Press(FACILITATORS, "{offer}:99"),
    "offer-none": Press(FACILITATORS, "{offer}:99"),
    "offer-back": Press(FACILITATORS, "{offer}", chosen="{statement}"),
    "private-read": Press(FACILITATORS, "{batch}:0"),
    "private-leave-out": Press(FACILITATORS, "{batch}:{private}:0"),
    "private-left-out": Press(FACILITATORS, "{batch}:{private}:0", filled=("reason",)),
    "private-put-back": Press(FACILITATORS, "{batch}:{private}:0"),
    "private-let-in": Press(FACILITATORS, "{batch}:0"),
    "moderation-exclude": Press(FACILITATORS, "{message}", filled=("reason",)),
    "moderation-include": Press(FACILITATORS, "{message}"),
    "moderation-home": Press(FACILITATORS),
    "moderation-left-out": Press(FACILITATORS, "0"),
    "moderation-leave-out": Press(FACILITATORS),
    "moderation-linked": Press(FACILITATORS, filled=("message", "reason")),
    "moderation-words": Press(FACILITATORS, "0"),
    "moderation-word": Press(FACILITATORS),
    "moderation-word-add": Press(FACILITATORS, filled=("word",)),
    "moderation-word-drop": Press(FACILITATORS, chosen="Zebrafinch ward"),
    "moderation-log": Press(FACILITATORS, "0:everything"),
    "moderation-log-only": Press(FACILITATORS, chosen="exports"),
    "moderation-csv": Press(FACILITATORS, "everything"),
    "library-remove": Press(FACILITATORS, "excerpt:{excerpt}"),
    "library-removed": Press(FACILITATORS, "source:{source}"),
    "my-card": Press(EVERYBODY),
    "my-choose-collecting": Press(EVERYBODY, "no"),
    "my-choose-group": Press(EVERYBODY, chosen="Students"),
    "my-choose-manages": Press(EVERYBODY, "yes"),
    "my-choose-model": Press(EVERYBODY, "no"),
    "my-choose-notices": Press(EVERYBODY, "yes"),
    "my-choose-others": Press(EVERYBODY, "no"),
    "my-choose-quotes": Press(EVERYBODY, "yes"),
    "my-code": Press(EVERYBODY),
    "my-data": Press(EVERYBODY, "1"),
    "my-export": Press(EVERYBODY),
    "my-ticks": Press(EVERYBODY, "0"),
    "my-undo": Press(EVERYBODY, "{ref}:{reply}:0"),
    "my-quotes": Press(EVERYBODY),
    "my-quotes-back": Press(EVERYBODY),
    "my-delete-page": Press(EVERYBODY, "0"),
    "my-delete-choose": Press(EVERYBODY, "0:state", chosen="0"),
    "my-delete-some": Press(EVERYBODY, "0:1:state"),
    "my-delete-all": Press(EVERYBODY),
    "my-delete-all-now": Press(EVERYBODY),
    "my-withdraw": Press(EVERYBODY, filled=("code",)),
}
FOR_ALL_EYES = ("time_zone", "time-zone")
"""Options whose choices are no server's own."""
