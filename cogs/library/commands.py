"""/library: load a report, browse it, and shape its excerpts, for facilitators."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.library import check_size
from cogs.core.access import facilitators_only, server
from cogs.core.answers import defer_answer
from cogs.core.routing import RoutedCog
from cogs.library.autocomplete import chosen_excerpt, chosen_source, excerpt_choices, source_choices
from cogs.library.cards import sources_card
from cogs.library.edits import open_add_form, open_edit_form
from cogs.library.navigation import answer, answer_excerpt, page_of
from cogs.library.questions import question_card
from cogs.library.removal import ask_about_excerpt, ask_about_source
from cogs.library.sources import read_file


class LibraryCommands(RoutedCog):
    """The commands of the library; their buttons and forms are in the cogs beside."""

    library = app_commands.Group(name="library", description="Reports and their excerpts", guild_only=True)

    @library.command(name="import", description="Load a report: PDF, DOCX, HTML, Markdown or plain text")
    @app_commands.describe(file="The report, at most 10 MiB")
    @facilitators_only()
    async def load(self, interaction: discord.Interaction[Bot], file: discord.Attachment) -> None:
        """Read a file into a source."""
        check_size(file.size)
        await defer_answer(interaction)
        await answer(interaction, await read_file(interaction, file))

    @library.command(name="list", description="Browse the sources and their excerpts")
    @app_commands.describe(source="Open this source at once")
    @app_commands.autocomplete(source=source_choices)
    @facilitators_only()
    async def browse(self, interaction: discord.Interaction[Bot], source: str | None = None) -> None:
        """Show the sources, or one source's excerpts."""
        if source is None:
            await answer(interaction, sources_card(await self.bot.store.library.sources(server(interaction).id), 0))
        else:
            await answer(interaction, await page_of(interaction, await chosen_source(interaction, source), 0))

    @library.command(description="Show a whole excerpt with its place and its question")
    @app_commands.describe(excerpt="Type some of its words, then choose it")
    @app_commands.autocomplete(excerpt=excerpt_choices)
    @facilitators_only()
    async def show(self, interaction: discord.Interaction[Bot], excerpt: str) -> None:
        """Show one excerpt."""
        await answer_excerpt(interaction, await chosen_excerpt(interaction, excerpt))

    @library.command(description="Write an excerpt by hand in a form")
    @app_commands.describe(source="The report that it belongs to: type some of its title, then choose it")
    @app_commands.autocomplete(source=source_choices)
    @facilitators_only()
    async def add(self, interaction: discord.Interaction[Bot], source: str) -> None:
        """Open an empty form."""
        await open_add_form(interaction, await chosen_source(interaction, source))

    @library.command(description="Change an excerpt's words, place or question in a form")
    @app_commands.describe(excerpt="Type some of its words, then choose it")
    @app_commands.autocomplete(excerpt=excerpt_choices)
    @facilitators_only()
    async def edit(self, interaction: discord.Interaction[Bot], excerpt: str) -> None:
        """Open the excerpt's form."""
        await open_edit_form(interaction, await chosen_excerpt(interaction, excerpt))

    @library.command(description="Attach or change an excerpt's question, with suggestions")
    @app_commands.describe(excerpt="Type some of its words, then choose it")
    @app_commands.autocomplete(excerpt=excerpt_choices)
    @facilitators_only()
    async def question(self, interaction: discord.Interaction[Bot], excerpt: str) -> None:
        """Show the question with suggestions."""
        await answer(interaction, question_card(await chosen_excerpt(interaction, excerpt)))

    @library.command(description="Remove an excerpt, or a source with all its excerpts")
    @app_commands.describe(excerpt="The excerpt to remove", source="The source to remove")
    @app_commands.autocomplete(excerpt=excerpt_choices, source=source_choices)
    @facilitators_only()
    async def remove(
        self, interaction: discord.Interaction[Bot], excerpt: str | None = None, source: str | None = None
    ) -> None:
        """Ask whether it is meant."""
        if excerpt is not None and source is None:
            await ask_about_excerpt(interaction, await chosen_excerpt(interaction, excerpt))
        elif source is not None and excerpt is None:
            await ask_about_source(interaction, await chosen_source(interaction, source))
        else:
            raise UserError("Choose an excerpt or a source to remove: one of the two.")
