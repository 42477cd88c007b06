"""Replies and their summary as files to take away: they name nobody and harm no program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from bot.models.private import PrivateReply, Quoting
from bot.models.prompts import Wording
from bot.models.replies import Reply
from bot.models.summaries import Summary
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.consent import count_unconsented_quotes, quotable_words, remove_unconsented_quotes
from bot.summaries.lifecycle.deletions import remove_messages
from bot.summaries.output.days import count_by_day
from bot.summaries.output.export_json import summary_json
from bot.summaries.output.html import render_summary_page
from bot.summaries.output.markdown import render_summary_markdown
from bot.summaries.output.paper import make_paper
from bot.summaries.output.picture import draw_summary
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.output.tables import Labels, PrivateWords, group_table, private_table, reply_table, summary_table
from bot.summaries.review.publication import prepare_for_board


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported. The summary's quotes name replies by ``str(reply.id)`` or ``str(reply.message_id)``.

    ``time_zone`` is the IANA zone of the dates, ``changes`` counts a reviewer's changes. With ``board``, the files hold
    the summary alone, and of it what a person confirmed. ``quotable`` are the pseudonyms of those who may be quoted
    outside the server: of everybody else the files hold counts, and no words. ``private`` are the private replies that
    were let into summaries; what their authors allow is in themselves.

    A published summary has its counts from the day ``counted_on``, in words, and from the replies ``read`` (their ids);
    both are empty if it is made now, of all of them.
    """

    wording: Wording
    replies: tuple[Reply, ...]
    summary: Summary
    made_at: datetime
    time_zone: str = "UTC"
    changes: int = 0
    board: bool = False
    quotable: frozenset[str] = frozenset()
    private: tuple[PrivateReply, ...] = ()
    counted_on: str = ""
    read: frozenset[str] = frozenset()

    @property
    def counted(self) -> tuple[Reply, ...]:
        """The replies behind the counts: a published summary knows none that came later."""
        return tuple(reply for reply in self.replies if not self.counted_on or str(reply.id) in self.read)


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file's name and its bytes; texts are UTF-8."""

    name: str
    content: bytes


def export_files(export: Export, random: Random) -> tuple[ExportFile, ...]:
    """Return the files summary.html, summary.md and picture.png; without ``board`` also the tables and summary.json.

    Where people by staff group may be shown, they are in all of these, and without ``board`` in people_by_group.csv.

    ``random`` deals out new pseudonyms for each export, so that two exports cannot be matched by them. No file
    holds an id of Discord's or a link to it. Private replies are kept separate from the others, in
    private_replies.csv and in summary.json, in an order that tells nothing. A quote whose reply is not among
    ``replies`` and ``private`` is left out with its count. It draws, so call it in the worker.
    """
    said = quotable_words(export.replies, export.quotable)
    summary = remove_unconsented_quotes(keep_provable(export.summary, export.replies, export.private), said)
    papers = _papers(export, summary)
    if export.board:
        return papers
    private = _private_words(export.private) if export.private else None
    labels = _labels(export.replies, private, random)
    replies = tuple(reply if str(reply.id) in said else replace(reply, text=NOT_QUOTED) for reply in export.replies)
    groups = [ExportFile("people_by_group.csv", group_table(summary.staff))] if summary.staff is not None else []
    return (
        *papers,
        ExportFile("replies.csv", reply_table(replies, labels)),
        ExportFile("summary.csv", summary_table(summary, labels, export.counted_on)),
        ExportFile(
            "summary.json",
            summary_json(export.wording, replies, summary, export.made_at, labels, private, export.counted_on),
        ),
        *([ExportFile("private_replies.csv", private_table(private, labels))] if private is not None else []),
        *groups,
    )


def count_unquoted(export: Export) -> tuple[int, int]:
    """Count the quotes and the replies that an export leaves out, since their authors did not consent."""
    said = quotable_words(export.replies, export.quotable)
    quotes = count_unconsented_quotes(prepare_for_board(export.summary) if export.board else export.summary, said)
    return quotes, sum(str(reply.id) not in said for reply in export.replies)


def keep_provable(summary: Summary, replies: tuple[Reply, ...], private: tuple[PrivateReply, ...]) -> Summary:
    """Return the summary without what is quoted or counted of replies that are not among those given."""
    authors = {str(reply.message_id): reply.person for reply in replies if reply.message_id is not None}
    authors |= {str(reply.id): reply.person for reply in replies}
    authors |= {private_id(reply): private_id(reply) for reply in private}  # nobody's: each is its own author
    return remove_messages(summary, frozenset(), authors)


def _papers(export: Export, summary: Summary) -> tuple[ExportFile, ...]:
    days = count_by_day([reply.created_at for reply in export.counted], export.time_zone)
    said = make_paper(
        export.wording,
        summary,
        export.made_at,
        days,
        time_zone=export.time_zone,
        changes=export.changes,
        board=export.board,
        wrote=len({reply.person for reply in export.counted}),
        counted_on=export.counted_on,
    )
    drawn = draw_summary(prepare_for_board(summary) if export.board else summary, days, export.wording.question)
    return (
        ExportFile("summary.html", render_summary_page(said).encode()),
        ExportFile("summary.md", render_summary_markdown(said).encode()),
        ExportFile("picture.png", drawn.png),
    )


def _private_words(private: tuple[PrivateReply, ...]) -> PrivateWords:
    ordered = sorted(private, key=lambda reply: reply.id)
    told = tuple((private_id(reply), reply.text) for reply in ordered if reply.quoting is Quoting.YES)
    return PrivateWords(told, len(ordered) - len(told))


def _labels(replies: tuple[Reply, ...], private: PrivateWords | None, random: Random) -> Labels:
    told = private.quotable if private is not None else ()
    references = {name: f"P{number}" for number, (name, _) in enumerate(told, 1)}
    for number, reply in enumerate(replies, 1):
        references[str(reply.id)] = f"R{number}"
    for number, reply in enumerate(replies, 1):
        if reply.message_id is not None:
            references.setdefault(str(reply.message_id), f"R{number}")
    people = sorted({reply.person for reply in replies})
    numbers = list(range(1, len(people) + 1))
    random.shuffle(numbers)
    return Labels(references, {person: f"Person {n}" for person, n in zip(people, numbers, strict=True)})
