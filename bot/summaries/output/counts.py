"""How many people support a point, in words: those who made themselves count, each once, and never by likeness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.models.summaries import KeyPoint, Quote, Role, Summary
from bot.summaries.disclosure.private_counts import count_quoted_people
from bot.summaries.io.stored_replies import is_private
from bot.summaries.output.plain_text import IN_PRIVATE, IN_PRIVATE_ALONE
from bot.summaries.output.point_groups import is_checked
from bot.summaries.review.publication import count_supporters
from bot.text.words import count_people, human_join

WROTE, SAME_HERE = "wrote it", "said “same here”"
ALL_WROTE = "said this in the thread"
AT_LEAST = "at least {people}"
OTHERS_SAME_HERE = "the others said “same here”"
SAID_OR_AGREED = "said this or agreed"
"""Of a point whose replies retention took: who wrote it and who agreed is no longer known."""
DIFFERS = "It differs from place to place."
NOT_A_SURVEY = "This isn’t a survey. People chose whether to take part and which statements to answer."
"""Shown below each list of points with numbers that hold presses."""
TAPPED = "{people} tapped “Same here” or “Different here”."
COUNTED_ON = "Counted on {date}."
CHECKED = "Checked."
SAME_HERE_WAYS = "“Same here” adds up like this: {ways}."
WITH_OTHERS = "With reactions and taps, {count}"
STANDINGS = "not checked yet", "partly checked", "checked"
REPLIED = "{people} replied."
USED = "{people} replied; the summary draws on {used} of them."
USED_ALONE = "The summary draws on {people}."
PROPOSED = "The program thinks these may say the same. Nobody has checked it."
"""Heads what the program proposes, which has no number anywhere."""
BESIDE = "These may be about the same thing:"
ONE_THING = "These may be about the same thing:"
WITH_POINT = "These may go with point {number}:"
ALSO_RAISED = "Also raised"
UNCHECKED_PART = "Not checked by a facilitator"
"""Heads, in a summary that a facilitator checked, what nobody could tick."""
MARKED_ALONE = "A facilitator checked only those marked as checked."
FEWEST_WORDS = 6
"""Words that an answer in agreement needs at least, to say more than that somebody agrees."""


def format_people(point: KeyPoint) -> str:
    """Say who of the thread made themselves count: "9 people: 3 wrote it, 6 said “same here”"; empty if nobody did."""
    if not point.total:
        return ""
    if count_quoted_people(point.quotes) < point.people:
        return f"{_open(point)} {SAID_OR_AGREED}"
    if not (point.wrote and point.same_here):
        return f"{_open(point)} {ALL_WROTE if point.wrote else SAME_HERE}"
    others = OTHERS_SAME_HERE if _is_least(point) else f"{point.same_here:,} {SAME_HERE}"
    return f"{_open(point)}: {point.wrote:,} {WROTE}, {others}"


def format_total(point: KeyPoint) -> str:
    """Count everybody of a point together: "9 people", or "at least 9 people" where there may be more."""
    people = count_people(point.total)
    return AT_LEAST.format(people=people) if _is_least(point) else people


def _open(point: KeyPoint) -> str:
    total = format_total(point)
    return total[0].upper() + total[1:]


def _is_least(point: KeyPoint) -> bool:
    return point.views is not None and point.views.at_least


def format_count(point: KeyPoint) -> str:
    """Say who supports a point, as sentences. Private replies have no number and are added to nobody."""
    people = format_people(point)
    if not people:
        return IN_PRIVATE_ALONE
    differs = point.views is not None and point.views.differs
    return " ".join([f"{people}.", *([DIFFERS] if differs else []), *([IN_PRIVATE] if point.private else [])])


def format_same_here(point: KeyPoint) -> str:
    """Say in which ways people said "same here", and how many answered and reacted; empty if nobody did."""
    answered, pressed = point.answered, point.total > point.people + point.endorsements
    ways = [f"{count_people(answered)} answered"] if answered else []
    ways += [f"{count_people(point.endorsements)} reacted"] if point.endorsements else []
    ways += ["others tapped"] if pressed else []
    return SAME_HERE_WAYS.format(ways=human_join(ways)) if ways else ""


def format_with_others(point: KeyPoint) -> str:
    """Say the same behind the words "With reactions and taps", where it counts more than who wrote or answered."""
    count = format_count(point)
    return WITH_OTHERS.format(count=f"{count[0].lower()}{count[1:]}") if point.total > point.people else ""


def has_presses(points: Iterable[KeyPoint]) -> bool:
    """Say whether any number of these points holds presses, so that NOT_A_SURVEY belongs below them."""
    return any(point.views is not None for point in points)


def format_tapped(tapped: int | None) -> str:
    """Say how many people pressed in all; empty if that is not shown."""
    return "" if tapped is None else TAPPED.format(people=count_people(tapped))


def format_checked_count(point: KeyPoint) -> str:
    """Say the same, and that it was checked, if a person confirmed everybody."""
    return f"{format_count(point)} {CHECKED}" if is_checked(point) else format_count(point)


def format_standing(summary: Summary) -> str:
    """Say how far a person checked a summary, in two or three words."""
    confirmed, everybody = count_supporters(summary.points)
    return STANDINGS[bool(confirmed) + (confirmed > 0 and confirmed == everybody)]


def format_turnout(used: int, wrote: int = 0) -> str:
    """Say how many people replied, and how many of them the summary could use. ``wrote`` is 0 if nobody knows."""
    if wrote > used:
        return USED.format(people=count_people(wrote), used=f"{used:,}" if used else "none")
    return REPLIED.format(people=count_people(wrote)) if wrote else USED_ALONE.format(people=count_people(used))


def count_authors(held: Mapping[str, str]) -> int:
    """Count the people of a thread among the authors of replies, by the replies' ids, without private replies."""
    return len({person for message, person in held.items() if not is_private(message)})


def says_something(quote: Quote) -> bool:
    """Say whether a supporter's words tell more than that they agree."""
    words = [word for word in quote.text.split() if any(map(str.isalnum, word))]
    return quote.role is not Role.AGREED or len(words) >= FEWEST_WORDS
