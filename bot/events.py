"""The bot's own events: what each says, what it carries, which packages send it and which hear it.

A listener is a cog's method ``on_<name>``; nobody may rely on the order in which listeners hear an event.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the bot's own. Its name goes to ``bot.dispatch``.

    ``carries`` are the arguments, each written as a listener's parameter is: its name and its type.
    """

    name: str
    says: str
    carries: tuple[str, ...]
    senders: tuple[str, ...]
    hearers: tuple[str, ...]


EVENTS = (
    Event(
        "action_failed",
        "A command, a button or a form failed; some of what it began may be noted and not yet done.",
        carries=(),
        senders=("bot.discord_errors",),
        hearers=("cogs.prompts",),
    ),
    Event(
        "check_changed",
        "A check was started, or ended.",
        carries=(),
        senders=("bot.client", "bot.outside_changes", "cogs.checks", "cogs.replies", "cogs.retention"),
        hearers=("cogs.checks",),
    ),
    Event(
        "facilitators_moved",
        "Facilitators have another channel; it carries the id of the one that they had before.",
        carries=("guild_id: int", "before: int"),
        senders=("cogs.setup",),
        hearers=("cogs.suggestions", "cogs.views"),
    ),
    Event(
        "facilitators_named",
        "A channel for facilitators was named.",
        carries=("guild_id: int",),
        senders=("cogs.setup",),
        hearers=("cogs.review", "cogs.suggestions", "cogs.views"),
    ),
    Event(
        "identifiers_removed",
        "A message was stored without identifiers that it still shows.",
        carries=("message: HeardMessage", "kinds: Collection[Identifier]"),
        senders=("cogs.replies",),
        hearers=("cogs.replies",),
    ),
    Event(
        "keeping_back_changed",
        "Somebody said whether what they wrote may be shown to others.",
        carries=("guild_id: int",),
        senders=("cogs.replies", "cogs.subject_access"),
        hearers=("cogs.views",),
    ),
    Event(
        "others_changed",
        "Statements of a prompt were shown to others, or taken back.",
        carries=("prompt_id: int",),
        senders=("cogs.views",),
        hearers=("cogs.views",),
    ),
    Event(
        "posting_waits",
        "A card or a summary could not be posted or changed.",
        carries=(),
        senders=("cogs.review", "cogs.summaries"),
        hearers=("cogs.review",),
    ),
    Event(
        "posts_left",
        "Messages of the bot's own still show replies by the form that are erased.",
        carries=("prompt: WatchedPrompt", "message_ids: Collection[int]"),
        senders=("bot.outside_changes", "cogs.replies", "cogs.subject_access"),
        hearers=("cogs.replies",),
    ),
    Event(
        "private_let_in",
        "What summaries may read of a batch of private replies has changed.",
        carries=("batch_id: int",),
        senders=("cogs.private_replies",),
        hearers=("cogs.review", "cogs.summaries"),
    ),
    Event(
        "prompt_closed",
        "A prompt was closed, and its thread says so.",
        carries=("prompt_id: int",),
        senders=("cogs.prompts",),
        hearers=("cogs.review", "cogs.summaries"),
    ),
    Event(
        "prompt_closed_by_hand",
        "A facilitator closed a prompt, and waits to be told where its draft is.",
        carries=("interaction: discord.Interaction[Bot]", "prompt_id: int"),
        senders=("cogs.prompts",),
        hearers=("cogs.review",),
    ),
    Event(
        "prompt_over",
        "A prompt takes no more answers, or its check has ended, so that what was private until then can be released.",
        carries=("prompt_id: int",),
        senders=("bot.outside_changes", "cogs.checks", "cogs.prompts", "cogs.replies"),
        hearers=("cogs.private_replies", "cogs.views"),
    ),
    Event(
        "quotes_changed",
        "Somebody who answered a prompt said whether they may be quoted.",
        carries=("prompt_id: int",),
        senders=("cogs.subject_access",),
        hearers=("cogs.outcomes", "cogs.review", "cogs.summaries", "cogs.views"),
    ),
    Event(
        "reminders_changed",
        "Reminders were switched on or off, or quiet hours changed.",
        carries=(),
        senders=("cogs.setup",),
        hearers=("cogs.reminders",),
    ),
    Event(
        "replies_erased",
        "Replies to a prompt were erased, reworded or taken off a point by their author, and this is committed.",
        carries=("prompt_id: int",),
        senders=(
            *("bot.outside_changes", "cogs.private_replies", "cogs.replies", "cogs.retention"),
            "cogs.subject_access",
        ),
        hearers=("cogs.checks", "cogs.outcomes", "cogs.review", "cogs.summaries", "cogs.views"),
    ),
    Event(
        "replies_excluded",
        "A reply to a prompt was left out of summaries, or put back.",
        carries=("prompt_id: int",),
        senders=("cogs.moderation",),
        hearers=("cogs.outcomes", "cogs.review", "cogs.summaries", "cogs.views"),
    ),
    Event(
        "replies_missed",
        "What Discord told of replies had to be let go while the database could not be written.",
        carries=(),
        senders=("cogs.replies",),
        hearers=("cogs.replies",),
    ),
    Event(
        "replies_stored",
        "Replies to some prompts were stored and committed.",
        carries=("prompt_ids: Collection[int]",),
        senders=("cogs.replies",),
        hearers=("cogs.summaries", "cogs.views"),
    ),
    Event(
        "report_waits",
        "A report to a server's facilitators could not be sent.",
        carries=("guild_id: int",),
        senders=("cogs.core",),
        hearers=("cogs.core",),
    ),
    Event(
        "risk_met",
        "A reply may be about a risk to somebody.",
        carries=("message: HeardMessage", "text: str"),
        senders=("cogs.replies",),
        hearers=("cogs.replies",),
    ),
    Event(
        "series_changed",
        "A button changed a series, or a command beside the bot closed a prompt, so that something may be due.",
        carries=(),
        senders=("bot.client", "bot.outside_changes", "cogs.prompts", "cogs.setup"),
        hearers=("cogs.prompts",),
    ),
    Event(
        "series_summed",
        "An organiser was shown a summary of several prompts.",
        carries=("interaction: discord.Interaction[Bot]", "prompts: Sequence[Prompt]"),
        senders=("cogs.summaries",),
        hearers=("cogs.outcomes",),
    ),
    Event(
        "servers_taken",
        "Discord has shown the servers of a shard that the bot took after its start.",
        carries=(),
        senders=("bot.gateway",),
        hearers=("cogs.core",),
    ),
    Event(
        "settings_changed",
        "A server's settings were changed.",
        carries=("guild_id: int",),
        senders=("cogs.setup",),
        hearers=("cogs.core",),
    ),
    Event(
        "suggestions_erased",
        "Suggestions were erased; it carries the ids of the messages that showed them.",
        carries=("guild_id: int", "cards: Sequence[int]"),
        senders=("bot.outside_changes", "cogs.retention", "cogs.subject_access"),
        hearers=("cogs.suggestions",),
    ),
    Event(
        "summary_changed",
        "Words left the shared summaries of a prompt, or came to them.",
        carries=("prompt_id: int",),
        senders=("cogs.summaries",),
        hearers=("cogs.checks",),
    ),
    Event(
        "summary_published",
        "A checked summary was posted.",
        carries=("prompt_id: int",),
        senders=("cogs.review",),
        hearers=("cogs.outcomes",),
    ),
    Event(
        "webhook_met",
        "A webhook wrote in the name of a person, to a prompt that collects replies.",
        carries=("prompt: WatchedPrompt",),
        senders=("cogs.replies",),
        hearers=("cogs.replies",),
    ),
    Event(
        "withdrawal_noted",
        "A private reply is to go at the hour of the day at which all go that were taken back by code.",
        carries=(),
        senders=("cogs.subject_access",),
        hearers=("cogs.private_replies",),
    ),
)
"""In the order of their names."""
