"""A file that is read into a report of the library, and its details, which a person checks."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS
from bot.errors import UserError
from bot.library import check_size
from bot.library.sentences import is_for_discussion
from bot.models.library import UNREAD_LETTER, Document, Passage, Source
from bot.prompts.texts import format_missing
from bot.services.library import describe_source, import_report
from bot.text.words import plural
from bot.worker_turns import JobKind, Turn
from cogs.core.access import require_facilitator, server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.library.cards import ADD_REPORT, CHECK_DETAILS, cite_source, quote_passage, show_path
from cogs.library.forms import details_form, read_details
from cogs.library.views import answer, named_source
from cogs.ui.cards import card, escape_within
from cogs.ui.forms import file_field, form, form_values, sent_file
from cogs.ui.parts import Row, button

FILE = "file"
HINT = "PDF, Word, .odt, .epub, web page, Markdown, text or transcript (.vtt, .srt); at most 10 MiB."
NO_FILE = "There was no file in the form. Choose one, then send it again."
NOT_FETCHED = "The bot couldn’t get the file from Discord. Please send it again."
SAMPLE_WORDS = 40
READ_AGAIN = "To have it read again, remove that report first. Its questions and marks go with it."
CHECK_NEXT = "Check the details next: they are shown under every prompt."


class SourceCommands(RoutedCog):
    """The part of the library that loads a report, and the form of its details."""

    @route("library-load")
    async def open_load(self, interaction: discord.Interaction[Bot]) -> None:
        """Open the form that takes a file."""
        await require_facilitator(interaction)
        await open_form(
            interaction, form(ADD_REPORT, "library-load-form", fields=[file_field("Report", FILE, hint=HINT)])
        )

    @route("library-load-form")
    async def load(self, interaction: discord.Interaction[Bot]) -> None:
        """Read the file that was sent into a report."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        await show_privately(interaction, await read_file(interaction))

    @route("library-details")
    async def open_details(self, interaction: discord.Interaction[Bot], source_id: str) -> None:
        """Open the form of a source's details."""
        await require_facilitator(interaction)
        source = await named_source(interaction, source_id)
        await open_form(interaction, details_form(source.details, "library-describe", source.id))

    @route("library-describe")
    async def save_details(self, interaction: discord.Interaction[Bot], source_id: str) -> None:
        """Save what the form of a source's details says."""
        await require_facilitator(interaction)
        source = await named_source(interaction, source_id)
        details, problems = read_details(form_values(interaction), source.details)
        described = await describe_source(self.bot.store, source, details, is_whole=not problems)
        unread = await self.bot.store.library.count_unread(source.guild_id, source.id)
        await answer(interaction, details_card(described, problems, unread))


async def read_file(interaction: discord.Interaction[Bot]) -> discord.ui.LayoutView:
    """Read the file of a form into a source, and say what came of it.

    Raises UserError for a file that cannot be read. The size is checked before anything is downloaded.
    """
    sent = sent_file(interaction, FILE)
    if sent is None:
        raise UserError(NO_FILE)
    bot = interaction.client
    # Forms are handled from what they send, so the attachment is built here as discord.py builds it for views.
    file = discord.Attachment(data=sent, state=bot._connection)  # type: ignore[arg-type]
    check_size(file.size)
    try:
        data = await file.read()
    except DISCORD_FAULTS:
        raise UserError(NOT_FETCHED) from None
    guild_id = server(interaction).id
    turn = Turn(guild_id, JobKind.FILE)
    imported = await import_report(bot.store, bot.worker, guild_id, data, file.filename, turn)
    return imported_card(imported.source, imported.document) if imported.is_new else known_card(imported.source)


def imported_card(source: Source, document: Document) -> discord.ui.LayoutView:
    """Show what was read from a file, with an excerpt by which to see how well."""
    pages = f" from {plural(document.pages, 'page')}" if document.pages else ""
    title = f"## {escape_within(source.details.title, 250)}"
    here = "Here’s one of them:" if source.excerpts > 1 else "Here it is:"
    said = f"{title}\n{plural(source.excerpts, 'excerpt')}{pages}. {here}"
    sample = _choose_sample(document.passages)
    heading = f"**{show_path(sample.heading)}**\n" if sample.heading else ""
    missing = format_missing(source.missing)
    first_step = (
        f"{missing} Press “{CHECK_DETAILS}” and fill it in. You can’t post anything from this report before that."
    )
    return card(
        said,
        heading + quote_passage(sample, 1500),
        warn_unread(sum(UNREAD_LETTER in passage.text for passage in document.passages)),
        f"{first_step if missing else CHECK_NEXT} Then choose excerpts and give them questions.",
        _buttons(source),
    )


def known_card(source: Source) -> discord.ui.LayoutView:
    """Say that the same file was read before."""
    return card(
        f"This file is in the library already, as “{escape_within(source.details.title, 250)}”. Nothing was added.\n"
        f"{READ_AGAIN}",
        _buttons(source),
    )


def details_card(source: Source, problems: list[str], unread: int = 0) -> discord.ui.LayoutView:
    """Show a source's details after the form. ``unread`` of its excerpts have letters that the file does not tell."""
    details = source.details
    lines = [
        f"## {escape_within(details.title, 250)}",
        f"Shown under prompts as: {cite_source(details)}",
        f"Address: {escape_within(details.address, 350) or 'none'}",
        f"Right to quote: {escape_within(details.licence, 200) or 'not said'}",
    ]
    is_done = not problems and not source.missing
    kept = "\n".join(("Saved, except this, which hasn’t changed:", *(f"- {problem}" for problem in problems)))
    return card(
        kept if problems else "Saved.", "\n".join(lines), warn_unread(unread), _buttons(source, is_done=is_done)
    )


def warn_unread(excerpts: int) -> str:
    """Warn of excerpts with letters that the file does not tell; say nothing where there are none."""
    if not excerpts:
        return ""
    where = "1 excerpt has" if excerpts == 1 else f"{excerpts:,} excerpts have"
    return (
        f"{where} letters that couldn’t be read: the file doesn’t say what they are. They show as {UNREAD_LETTER}. "
        "Correct them from the report before you use these excerpts."
    )


def _choose_sample(passages: Sequence[Passage]) -> Passage:
    """Choose a passage of some length that is for discussion, a third of the way on: front matter comes first."""
    told = [passage for passage in passages if is_for_discussion(passage)]
    shown = [passage for passage in told if len(passage.text.split()) >= SAMPLE_WORDS] or told or passages
    return shown[len(shown) // 3]


def _buttons(source: Source, *, is_done: bool = False) -> Row:
    """Make the ways on: first to the details or, where these are ``is_done``, to the contents."""
    first, second = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
    return Row(
        button(CHECK_DETAILS, "library-details", source.id, style=second if is_done else first),
        button("Contents", "library-contents", source.id, 0, style=first if is_done else second),
    )
