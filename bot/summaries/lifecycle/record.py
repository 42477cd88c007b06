"""What is kept of a shared summary, so that deletions reach it; it knows no Discord and no SQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from bot.models.private import PrivateReply
from bot.models.replies import Reply
from bot.models.summaries import Balance, Quote, Summary
from bot.models.threads import Message
from bot.summaries.balance import measure_balance
from bot.summaries.io.codec import summary_from_json, summary_to_json
from bot.summaries.io.stored_replies import is_private, private_id
from bot.summaries.lifecycle.consent import remove_refused_quotes
from bot.summaries.lifecycle.deletions import remove_messages, remove_undone_ticks
from bot.summaries.lifecycle.later_counts import count_deleted, count_excluded, limit_endorsements
from bot.summaries.lifecycle.model_additions import keep_proved
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.output.point_groups import point_heading
from bot.summaries.proof.check import quotes_of

TAKEN_BACK = "a reply was deleted"
SEVERAL_TAKEN_BACK = "{count:,} replies were deleted"
REWORDED = "a reply was changed"
LEFT_OUT = "a facilitator left a reply out"
REFUSED = "quotes were taken out"
UNTICKED = "someone took their words off a point"
UNENDORSED = "a reaction was taken back"
PRIVATE = "private replies were deleted or left out"
CHANGED = "Changed on {date}: {why}."


@dataclass(frozen=True, slots=True)
class Record:
    """A shared summary with the replies that it read: ``held`` maps their ids to pseudonyms.

    ``pending`` is true while its message may show something else. ``changed`` says when and why words were taken out.
    ``edits`` holds when those of the replies that had been edited before it was made were edited, and ``gone`` counts
    replies that went since. ``span`` tells the dates of the replies, and ``changes`` counts a reviewer's changes.
    ``outdated`` is what its message says of how far it is out of date. ``outside`` maps points to the messages whose
    words head them outside the server, where those are another person's than inside; empty if they have no heading
    there. It is None in records from before this was kept.
    """

    summary: Summary
    held: Mapping[str, str]
    late: int
    date: str
    changed: str = ""
    pending: bool = True
    edits: Mapping[str, str] = field(default_factory=dict)
    gone: int = 0
    span: str = ""
    changes: int = 0
    outdated: str = ""
    outside: Mapping[str, str] | None = None

    def to_json(self) -> str:
        """JSON that ``summary_from_json`` reads too: the record's own parts are beside the summary's."""
        own = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "summary"}
        return f'{summary_to_json(self.summary)[:-1]},"record":{json.dumps(own)}}}'

    @classmethod
    def from_json(cls, body: str) -> Record:
        """Read what ``to_json`` wrote. Raises ValueError, without any words of it, for anything else."""
        summary = summary_from_json(body)
        try:
            return cls(summary, **json.loads(body)["record"])
        except (KeyError, TypeError):
            raise ValueError("the text is not a record of a shared summary") from None


def remove_lost_words(
    record: Record,
    replies: Sequence[Reply],
    date: str,
    private: Sequence[PrivateReply] = (),
    left_out: Collection[int] = (),
    refused: Collection[str] = (),
    undone: Collection[tuple[str, str]] = (),
) -> Record:
    """Remove the words of replies that were erased, and words that their author changed.

    Return the record unchanged if nothing must be removed. ``private`` are the private replies that may be read,
    ``left_out`` the ids of replies that facilitators left out, which are counted as such. Those whose replies went are
    no longer counted; those who changed their words are, since they were read. Private replies that went are not
    counted as deleted: they may have gone because too few were left. ``refused`` are the ids of replies that may be
    read, but not quoted. ``undone`` are ticks that authors took back, as pairs of a reply and a point. Endorsements
    fall with the reactions that were taken back.
    """
    stored = {str(reply.id): reply for reply in replies}
    apart = {private_id(reply) for reply in private}
    left = frozenset(map(str, left_out)).intersection(stored, record.held)
    erased = frozenset(record.held) - frozenset(stored) - apart
    named_erased = frozenset(message for message in erased if not is_private(message))
    gone = erased | left
    reworded = frozenset(
        quote.message
        for quote in _quotes(record.summary)
        if quote.message in stored and quote.text not in stored[quote.message].text
    )
    endorsers = {message: reply.endorsers for message, reply in stored.items()}
    said = {message: reply.text for message, reply in stored.items()} | {
        private_id(reply): reply.text for reply in private
    }
    proved = keep_proved(record.summary, said)
    unticked = remove_undone_ticks(proved, undone, record.held, endorsers)
    unquoted = remove_refused_quotes(unticked, replies, refused)
    if not gone and not reworded and limit_endorsements(unquoted, stored) == record.summary:
        return record
    summary = remove_messages(unquoted, gone, record.held) if gone else unquoted
    summary = count_excluded(count_deleted(summary, len(named_erased)), len(left))
    held = {message: person for message, person in record.held.items() if message not in gone}
    if reworded:
        summary = replace(remove_messages(summary, reworded, held), coverage=summary.coverage)
    summary = limit_endorsements(summary, stored)
    named = held.keys() & stored.keys()
    weighed = _weigh_again(record.summary, (reply for message, reply in stored.items() if message in named))
    summary = replace(summary, balance=weighed)
    late = sum(stored[message].late for message in named)
    changes = (REWORDED, reworded), (UNTICKED, unticked != proved), (REFUSED, unquoted != unticked)
    words = next((what for what, happened in changes if happened), UNENDORSED)
    deleted = record.gone + len(named_erased)
    taken_back = TAKEN_BACK if deleted == 1 else SEVERAL_TAKEN_BACK.format(count=deleted)
    why = taken_back if named_erased else LEFT_OUT if left else PRIVATE if erased else words
    return replace(
        record,
        summary=summary,
        held=held,
        late=late,
        changed=CHANGED.format(date=date, why=why),
        pending=True,
        edits={message: at for message, at in record.edits.items() if message in held},
        gone=deleted,
    )


def count_lost_headings(before: Summary, after: Summary) -> int:
    """Count the points that a facilitator looked at and that are headed by something else now, or by nothing."""
    now = {point.ref: point_heading(point) for point in after.points if point.ref}
    looked_at = (point for point in before.points if point.review is not None)
    return sum(now.get(point.ref, point_heading(point)) != point_heading(point) for point in looked_at)


def count_lost_outside(before: Record, after: Record) -> int:
    """Count the points that are headed by something else outside the server now, or by nothing, and as before inside.

    A point that has the same heading outside as inside now is not among them.
    """
    if before.outside is None or after.outside is None:
        return 0
    earlier = {point.ref: point_heading(point) for point in before.summary.points}
    same = {point.ref for point in after.summary.points if point_heading(point) == earlier.get(point.ref)}
    now = after.outside
    return sum(ref in same and message != now.get(ref, message) for ref, message in before.outside.items() if message)


def _quotes(summary: Summary) -> tuple[Quote, ...]:
    """Return every quote, and every statement as one of the message that it is in."""
    points = ((point.statement, point.quotes[:1]) for point in (*summary.points, *summary.voices))
    disputed = ((disagreement.statement, disagreement.sides[0].quotes[:1]) for disagreement in summary.disagreements)
    said = ((text, first) for text, first in (*points, *disputed) if text != NOT_QUOTED)
    statements = (Quote(quote.message, text) for text, first in said for quote in first)
    return (*(() if summary.frozen else statements), *quotes_of(summary))


def _weigh_again(summary: Summary, replies: Iterable[Reply]) -> Balance | None:
    """Return the voice balance, if it was told, of the replies as they are now."""
    if summary.balance is None:
        return None
    return measure_balance(Message(str(reply.id), reply.person, reply.text) for reply in replies)
