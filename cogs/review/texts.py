"""What a reviewer reads of a point's people and of a draft's state, in words."""

from __future__ import annotations

from bot.models.reviews import Draft
from bot.models.summaries import KeyPoint, Kind, Quote, Role, Summary
from bot.summaries.output.point_groups import count_confirmed_people, count_confirmed_private, is_verbatim
from bot.summaries.review.publication import NOT_CHECKED
from bot.summaries.review.supporters import review_of
from bot.text.words import count_people, plural

KINDS = {
    Kind.EXPERIENCE: "Experience",
    Kind.CONCERN: "Concern",
    Kind.PROPOSAL: "Proposal",
    Kind.QUESTION: "Question",
    Kind.OFFER: "Offer of help",
    Kind.PRAISE: "Praise",
    Kind.VIEW: "View",
}
ROLES = {Role.WROTE: "wrote it", Role.AGREED: "said “same here”", Role.TICKED: "added by a facilitator"}
"""How a supporter came to a point."""
LENGTHS = (400, 300, 220, 160, 120, 80, 50, 30)
"""How many characters of each quote are tried; the first at which a card fits is taken."""
CHECKED = "A person checked everyone counted here."
PUBLISH = "Publish"
CONFIRMED, UNCHECKED, TO_CHECK = "checked", "not checked yet", "still to check"
NOT_TICKED = "not yet checked for names"
TO_CONFIRM = "Still to check: {people} on {points}."
NOBODY = "nobody"


def people_line(point: KeyPoint) -> str:
    """Write "2 wrote it, 1 said “same here”; 2 checked, 1 still to check"; private replies come separately.

    Where everybody is checked, it says how many quotes nobody has looked through for names.
    """
    in_thread = [quote.role for quote in point.quotes if not quote.private]
    roles = ", ".join(f"{in_thread.count(role)} {what}" for role, what in ROLES.items() if role in in_thread)
    people = _counts(count_confirmed_people(point), point.people)
    private = _counts(count_confirmed_private(point), point.private)
    is_confirmed = all(quote.message in review_of(point).confirmed for quote in point.quotes)
    unticked = sum(not is_ticked(point, quote) for quote in point.quotes)
    names = f"{unticked} {NOT_TICKED}" if is_confirmed and unticked else ""
    parts = [roles, people, f"private replies: {private}" if private else "", names]
    return "; ".join(part for part in parts if part) or NOBODY


def _counts(confirmed: int, everybody: int) -> str:
    counts = {CONFIRMED: confirmed, TO_CHECK: everybody - confirmed}
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def is_checked(point: KeyPoint) -> bool:
    """Say whether a person checked everybody whose words a reviewer can read, and looked for names in what is shown."""
    confirmed = review_of(point).confirmed
    return all(quote.message in confirmed and is_ticked(point, quote) for quote in point.quotes)


def is_ticked(point: KeyPoint, quote: Quote) -> bool:
    """Say whether nobody has to look for names in a quote: that was done, it is only counted, or it has no words."""
    review = review_of(point)
    return not quote.text or quote.message in review.unnamed or quote.message in review.unquoted


def find_next_unchecked(draft: Draft, ref: str = "") -> str:
    """Find the point to look at after another: the next unchecked one, or the first of them; empty where none is."""
    points = draft.summary.points
    start = next((number for number, point in enumerate(points, 1) if point.ref == ref), 0)
    waiting = (point.ref for point in (*points[start:], *points[:start]) if not is_checked(point))
    return next(waiting, "")


def count_unconfirmed(draft: Draft) -> tuple[int, int]:
    """Count the people whom nobody has confirmed on some point, each once, and the points."""
    waiting = [
        [message for message in (*(quote.message for quote in point.quotes), *point.counted) if message not in ticked]
        for point in draft.summary.points
        for ticked in [review_of(point).confirmed]
    ]
    # A private reply belongs to nobody in the thread: it counts as one by its own id.
    people = {draft.held.get(message, message) for messages in waiting for message in messages}
    return len(people), sum(map(bool, waiting))


def format_unconfirmed(draft: Draft) -> str:
    """Say how many people on how many points are still to check; empty if nobody is."""
    people, points = count_unconfirmed(draft)
    return TO_CONFIRM.format(people=count_people(people), points=plural(points, "point")) if people else ""


def count_unticked(summary: Summary) -> int:
    """Count the quotes that would be shown and that nobody has ticked as naming nobody."""
    return sum(
        quote.message not in (*review_of(point).unnamed, *review_of(point).unquoted)
        for point in summary.points
        for quote in point.quotes
    )


def count_unticked_headings(summary: Summary) -> int:
    """Count the headings that are words of a quote that is not yet checked for names; they are shown all the same."""
    verbatim = (point for point in summary.points if point.quotes and is_verbatim(point))
    return sum(
        point.quotes[0].message in review_of(point).unquoted or point.quotes[0].message not in review_of(point).unnamed
        for point in verbatim
    )


def format_progress(draft: Draft) -> str:
    """Say how far the review has come, in one sentence."""
    points = draft.summary.points
    if not any(count_confirmed_people(point) + count_confirmed_private(point) for point in points):
        return NOT_CHECKED
    return format_unconfirmed(draft) or CHECKED
