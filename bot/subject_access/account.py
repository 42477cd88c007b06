"""What is held about one person as plain values, and as two files: JSON, and a page that prints and runs no scripts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.models.checks import CheckWords
from bot.models.personal import PersonData, PointOutcome, Tick, Use
from bot.models.prompts import Prompt
from bot.models.replies import Reply, ReplyKind
from bot.models.reviews import Objection
from bot.models.suggestions import Suggestion
from bot.render.pages import render_page
from bot.text.dates import format_local_date
from bot.text.links import channel_link, message_link

WITHOUT_WORDS = (
    "We also keep marks without words, so that what was erased can’t come back. The people who run this bot look "
    "after the backups."
)


def list_personal_data(data: PersonData, made_at: datetime) -> dict[str, Any]:
    """Return everything, by prompt.

    Moments are aware UTC; ids of Discord are texts, since JSON's numbers are too short.
    """
    own = {record.prompt_id for part in (data.replies, data.private, data.reactions, data.uses) for record in part}
    own |= {check.prompt_id for check, _ in data.missing} | {pressed.prompt_id for pressed in data.presses}
    return {
        "about": "Everything Ward to Board stores about you in this server",
        "made_at": made_at,
        "server": str(data.guild_id),
        "code_in_place_of_your_name": data.choices.person,
        "choices": _choices(data),
        "prompts": [_prompt(data, prompt) for prompt_id, prompt in sorted(data.prompts.items()) if prompt_id in own],
        "answers_to_summaries": [_objection(objection) for objection in data.objections],
        "suggestions": [_suggestion(suggestion) for suggestion in data.suggestions],
        "changes_to_drafts": [{"what": change.what, "at": change.at} for change in data.changes],
        "done_as_facilitator_or_organiser": [
            {"what": action.action, "subject": action.subject, "reason": action.reason, "at": action.at}
            for action in data.actions
        ],
        "notes": [CANNOT_TELL, IN_DISCORD, WITHOUT_WORDS],
    }


def write_account(data: PersonData, made_at: datetime) -> bytes:
    """Return the account as an indented JSON file, in UTF-8."""
    told = json.dumps(list_personal_data(data, made_at), ensure_ascii=False, indent=2, default=_moment)
    return f"{told}\n".encode()


def render_account(data: PersonData, made_at: datetime, time_zone: str) -> bytes:
    """Render the whole file in UTF-8, with times in an IANA time zone. The same data gives the same file."""

    def day(moment: datetime) -> str:
        return format_local_date(moment, time_zone)

    def minute(moment: datetime) -> str:
        return f"{day(moment)} at {moment.astimezone(ZoneInfo(time_zone)):%H:%M}"

    told = list_personal_data(data, made_at)
    return render_page("personal_data", **told, day=day, minute=minute, time_zone=time_zone).encode()


MODELLED = "may_be_sent_to_a_language_model"


def _choices(data: PersonData) -> dict[str, Any]:
    chosen = data.choices
    return {
        "staff_group": chosen.group,
        "i_manage_people": chosen.manages,
        "may_be_quoted_outside_this_server": chosen.quotes,
        "may_be_quoted_in_this_server": not chosen.refused,
        **({} if chosen.modelled else {MODELLED: False}),
        "direct_messages": chosen.notices,
        "your_discord_id_is_stored": chosen.notices,
        "stopped": chosen.stopped,
        "not_collected": [{"from": silence.since, "until": silence.until} for silence in data.silences],
    }


def _prompt(data: PersonData, prompt: Prompt) -> dict[str, Any]:
    return {
        "question": prompt.wording.question,
        "link": thread_link(prompt),
        "kept_until": find_erasure(prompt, data.retention_days),
        "replies": [_reply(data, prompt, reply) for reply in data.replies if reply.prompt_id == prompt.id],
        "private_replies": [
            {
                "words": reply.text,
                "day": reply.day.isoformat(),
                "may_be_quoted": reply.quoting,
                "staff_group": reply.group,
                "i_manage_people": reply.manages,
                **({MODELLED: reply.modelled} if prompt.wording.model_private else {}),
            }
            for reply in data.private
            if reply.prompt_id == prompt.id
        ],
        "what_you_tapped": [
            {"words": words, "you_tapped": choice.label}
            for pressed in data.presses
            if pressed.prompt_id == prompt.id
            for words, choice in pressed.pressed
        ],
        "what_you_say_is_missing_in_open_checks": [
            _missing(words) for check, words in data.missing if check.prompt_id == prompt.id
        ],
        "reactions": [
            {"emoji": reaction.emoji, "message": str(reaction.message_id or "")}
            for reaction in data.reactions
            if reaction.prompt_id == prompt.id
        ],
        "summaries": [_use(data, use) for use in data.uses if use.prompt_id == prompt.id],
        "points_where_a_facilitator_put_your_words": [
            _tick(data, tick) for tick in data.ticks if tick.ref.prompt_id == prompt.id
        ],
        "points_off_which_you_took_your_words": [str(ref) for ref in data.undone if ref.prompt_id == prompt.id],
        "what_became_of_it": [_became(became) for became in data.became if became.ref.prompt_id == prompt.id],
    }


def _reply(data: PersonData, prompt: Prompt, reply: Reply) -> dict[str, Any]:
    return {
        "words": reply.text,
        "how": reply.kind.label,
        "written_at": reply.created_at,
        "changed_at": reply.edited_at,
        "late": reply.late,
        "files_attached": reply.attachments,
        "link": format_link(prompt, reply),
        "left_out_of_summaries_because": data.left_out.get(reply.id, ""),
    }


def _missing(words: CheckWords) -> dict[str, Any]:
    return {"words": words.text, "may_be_quoted": words.quoting, "day": words.day.isoformat()}


def _use(data: PersonData, use: Use) -> dict[str, Any]:
    return {
        "what": "a draft that facilitators work on" if use.shared_at is None else "a summary that others can see",
        "link": "" if use.shared_at is None else message_link(data.guild_id, *use.shared_at),
        "counts_replies": use.counted,
        "quotes": list(use.quotes),
    }


def _objection(objection: Objection) -> dict[str, Any]:
    return {
        "words": objection.text,
        "sent_at": objection.made_at,
        "settled_at": objection.settled_at,
        "answer": objection.settled_how,
    }


def _tick(data: PersonData, tick: Tick) -> dict[str, Any]:
    return {
        "point": tick.heading,
        "reference": str(tick.ref),
        "your_words": tick.words,
        "link": "" if tick.shared_at is None else message_link(data.guild_id, *tick.shared_at),
    }


def _became(became: PointOutcome) -> dict[str, Any]:
    decided = became.outcome.decided
    return {
        "point": became.heading,
        "reference": str(became.ref),
        "state": decided.state.label,
        "what": decided.what,
        "because": decided.reason,
        "owner": decided.owner,
        "due": decided.due.isoformat() if decided.due else None,
        "answered_at": became.outcome.changed_at or became.outcome.made_at,
    }


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "passage": suggestion.passage,
        "where_it_is_from": suggestion.source,
        "question": suggestion.question,
        "sent_at": suggestion.made_at,
        "state": suggestion.state,
        "answered_at": suggestion.decided_at,
        "answer": suggestion.answer,
    }


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError


AFTER_GOING = timedelta(days=30)
"""How long the replies of a deleted thread are kept."""

CANNOT_TELL = (
    "This doesn’t list private replies to closed questions, or what you tapped there, or what you tapped and wrote "
    "in checks that have ended. Not even the bot can tell whose they are. If you kept the code of a private reply, "
    "/my can still erase it within a day."
)
IN_DISCORD = "Your messages in Discord itself stay where they are. Only you can delete them there."


def find_erasure(prompt: Prompt, retention_days: int) -> datetime | None:
    """Say when the replies to a prompt are erased, by what is known now; None if they were erased already."""
    if prompt.frozen_at is not None:
        return None
    closes = (prompt.closed_at or prompt.closes_at) + timedelta(days=retention_days)
    if prompt.gone_at is not None and not prompt.keep_reason:
        return min(closes, prompt.gone_at + AFTER_GOING)
    return closes


def format_link(prompt: Prompt, reply: Reply) -> str:
    """Return the address of the message that shows a reply; empty if there is none now."""
    place = prompt.channel_id if reply.kind is ReplyKind.CHANNEL else prompt.thread_id
    if reply.message_id is None or place is None or prompt.gone_at is not None:
        return ""
    return message_link(prompt.guild_id, place, reply.message_id)


def thread_link(prompt: Prompt) -> str:
    """Return the address of a prompt's thread; empty if there is none now."""
    if prompt.thread_id is None or prompt.gone_at is not None:
        return ""
    return channel_link(prompt.guild_id, prompt.thread_id)
