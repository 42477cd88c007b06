"""Cards of the library: its reports, one report's contents, and one excerpt with what is around it."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.library.contents import Chapter
from bot.library.questions import suggest_questions
from bot.library.sentences import is_for_discussion
from bot.models.library import Excerpt, Passage, Source, SourceDetails
from bot.prompts.texts import format_missing, place_text
from bot.services.library import digest_passage
from bot.text.clean import clean_line
from bot.text.headings import shorten_heading, shorten_path
from bot.text.markdown import escape
from bot.text.words import plural, shorten
from cogs.library.autocomplete import source_lines
from cogs.library.origins import CHAPTER, contents_button, make_way_back
from cogs.ui.cards import card, escape_within, fit
from cogs.ui.pages import paginate
from cogs.ui.parts import Button, Row, button, option, pager, select

SOURCES_A_PAGE = 20
CHAPTERS_A_PAGE = 20
CHECK_DETAILS = "Check details"
DETAILS_NEEDED = "This report needs details first. {missing} Nothing from it is posted until you fill them in."
LONGEST_PATH, ROOM_TO_ESCAPE = 200, 50
MOST_TEXT = 2200
"""The most characters of an excerpt on its card, which has 4,000 in all."""
CONTEXTS = (160, 80, 0)
"""How much is shown of the excerpts before and after: the most that fits."""
EMPTY_LIBRARY = (
    "## Library\nThere are no reports yet. "
    "Load one: PDF, Word (.docx), .odt, .epub, a web page, Markdown, plain text or a transcript (.vtt, .srt)."
)
NO_EXCERPTS = "This report has no excerpts. Write one."
NO_HEADING = "Without a heading"
NO_QUESTION = "This excerpt has no question yet. Choose one, or write your own."
USE, UNUSE = "Use this", "Don’t use this"
WORTH, SEARCH, ADD_REPORT, WRITE = "Twelve worth discussing", "Search", "Add a report", "Write an excerpt"
BEFORE, AFTER = "Previous excerpt", "Next excerpt"
POST = "Post now"
ASK_MODEL = "Ask the language model for questions"


def sources_card(sources: Sequence[Source], number: int, marked: int) -> ui.LayoutView:
    """Show one page of a server's reports, to choose from. ``number`` counts from 0; ``marked`` excerpts are marked."""
    add = button(ADD_REPORT, "library-load", style=discord.ButtonStyle.primary)
    if not sources:
        return card(EMPTY_LIBRARY, Row(add))
    page, named = paginate(sources, SOURCES_A_PAGE, number), source_lines(sources)
    title = f"## Library\n{plural(len(sources), 'report')}" + (f", {page.label}" if page.count > 1 else "")
    lines = "\n".join(f"- {escape(named[source.id])}" for source in page.items)
    choose = select("Open a report", [option(named[each.id], each.id) for each in page.items], "library-source")
    turning = pager(page.number, page.count, "library-sources", switched_off=True) if page.count > 1 else []
    ways = Row(*turning, button(SEARCH, "library-search", 0), add)
    return card(title, lines, choose, ways, *marks_row(marked))


def contents_card(source: Source, chapters: Sequence[Chapter], number: int, marked: frozenset[int]) -> ui.LayoutView:
    """Show one page of a report's own contents, counted from 0: its chapters, and how many excerpts each has."""
    details = source.details
    aside_ids = frozenset(
        excerpt.id for chapter in chapters for excerpt in chapter.excerpts if not is_for_discussion(excerpt.passage)
    )
    hidden = len(aside_ids)
    count = plural(source.excerpts, "excerpt")
    aside = f"; {hidden} are notes or have no full sentence, and are hidden at first" if hidden > 1 else ""
    aside = "; one is a note or has no full sentence, and is hidden at first" if hidden == 1 else aside
    aside = ", hidden at first: a note, or without a full sentence" if hidden == source.excerpts == 1 else aside
    all_asked = all(excerpt.question.strip() for chapter in chapters for excerpt in chapter.excerpts)
    asked = ", each with a question" if all_asked and source.excerpts > 1 else ""
    title = f"## {escape_within(clean_line(details.title), 250)}\n{count}{asked}{aside}."
    manage = Row(
        button(CHECK_DETAILS, "library-details", source.id),
        button(WRITE, "library-new", source.id),
        button("Remove report", "library-remove", "source", source.id),
        button("All reports", "library-sources", 0),
        button(ADD_REPORT, "library-load"),
    )
    if not chapters:
        return card(title, NO_EXCERPTS, *marks_row(len(marked)), manage)
    page = paginate(chapters, CHAPTERS_A_PAGE, number)
    title += f" Chapters: {page.label}." if page.count > 1 else ""
    lines = "\n".join(f"- {_chapter_line(chapter, marked, aside_ids, asked)}" for chapter in page.items)
    options = [
        option(
            chapter_title(chapter),
            chapter.position,
            ", ".join(filter(None, (_chapter_count(chapter, marked, aside_ids, asked), _first_page(chapter)))),
        )
        for chapter in page.items
    ]
    turning = pager(page.number, page.count, "library-contents", source.id, switched_off=True)
    ways = Row(
        button(WORTH, "library-worth", source.id, style=discord.ButtonStyle.primary),
        button(SEARCH, "library-search", source.id),
        *(turning if page.count > 1 else []),
    )
    choose = select("Open a chapter", options, "library-chapter-open", source.id)
    return card(title, lines, choose, ways, *marks_row(len(marked)), manage)


def excerpt_card(
    excerpt: Excerpt,
    source: Source,
    around: tuple[Excerpt | None, Excerpt | None] = (None, None),
    *,
    is_marked: bool = False,
    asks_model: bool = False,
    origin: str = CHAPTER,
    note: str = "",
) -> ui.LayoutView:
    """Show a whole excerpt between the ones before and after, with its question, and what can be done with it.

    ``asks_model`` says that its passage may go to a language model.
    """
    before, after = around
    passage, question = excerpt.passage, excerpt.question.strip()
    heading = f"## {show_path(passage.heading)}\n" if passage.heading.strip() else ""
    place = f"-# Excerpt {excerpt.position} from {cite_source(source.details, place_text(passage))}"
    suggested = [option(text, index) for index, text in enumerate(suggest_questions(passage.text))]
    ask = "Choose another question" if question else "Choose a question"
    own = button("Write the question", "library-write", excerpt.id, origin)
    ready = [button(POST, "prompt-ask", excerpt.id, style=discord.ButtonStyle.success)] if question else []
    # Whoever marks it wants to post from this report.
    lacks = is_marked and bool(source.missing)
    needed = DETAILS_NEEDED.format(missing=format_missing(source.missing)) if lacks else ""
    ask_first = [button(CHECK_DETAILS, "library-details", source.id)] if lacks else []

    def build(context: int) -> list[str]:
        return [
            note,
            needed,
            f"-# Before it: {_end_of(before, context)}" if before and context else "",
            heading + quote_passage(passage, MOST_TEXT - len(note) - len(needed)),
            f"-# After it: {_start_of(after, context)}" if after and context else "",
            f"**Question:** {escape_within(question, 500)}" if question else NO_QUESTION,
            f"{place}{'. Marked to use' if is_marked else ''}",
        ]

    return card(
        *fit(build, CONTEXTS),
        select(ask, suggested, "library-suggested", excerpt.id, digest_passage(passage), origin),
        *([Row(button(ASK_MODEL, "library-ask-model", excerpt.id, origin))] if asks_model else []),
        Row(
            _mark_button(excerpt, is_marked, origin),
            *ready,
            own,
            button("Change excerpt", "library-edit", excerpt.id, origin),
            *ask_first,
        ),
        Row(
            *([button(BEFORE, "library-show", before.id, origin)] if before else []),
            *([button(AFTER, "library-show", after.id, origin)] if after else []),
            make_way_back(excerpt, origin),
            contents_button(source, excerpt.position),
            button("Remove excerpt", "library-remove", "excerpt", excerpt.id),
        ),
    )


def marks_row(marked: int) -> list[Row]:
    """Make the row that leads on from the marked excerpts of the server; none where nothing is marked."""
    if not marked:
        return []
    make = button(make_series_label(marked), "series-marked", style=discord.ButtonStyle.success)
    return [Row(make, button("See what’s marked", "library-marks", 0))]


def make_series_label(marked: int) -> str:
    """Name the button that makes a series of the marked excerpts."""
    return "Make a series from the marked one" if marked == 1 else f"Make a series from the {marked} marked"


def excerpt_facts(excerpt: Excerpt, marked: frozenset[int]) -> list[str]:
    """Say what a list tells of an excerpt beside its words: whether it has a question, and whether it is marked."""
    asked = "has a question" if excerpt.question.strip() else "no question yet"
    return [asked, "marked"] if excerpt.id in marked else [asked]


def show_path(heading: str) -> str:
    """Write the headings above an excerpt on one line, of a long path those that fit. Escaped."""
    return escape_within(shorten_path(clean_line(heading), LONGEST_PATH), LONGEST_PATH + ROOM_TO_ESCAPE)


def chapter_title(chapter: Chapter) -> str:
    """Name a chapter on one line. Not escaped."""
    return shorten_heading(clean_line(chapter.title), 90) or NO_HEADING


def quote_passage(passage: Passage, limit: int) -> str:
    """Write a passage's words: the source's own in quotation marks, ours said to be a summary."""
    text = passage.text.strip()
    # Each line of a quotation takes two characters more.
    words = escape_within(text, max(100, limit - 2 * text.count("\n") - 20))
    if passage.own_words:
        return f"In our words:\n{words}"
    return "\n".join(f"> {line}" for line in f"“{words}”".split("\n"))


def cite_source(details: SourceDetails, place: str = "") -> str:
    """Write a source in one line: title, publisher, year, and the place in it."""
    parts = (details.title, details.publisher, str(details.year or ""), place)
    return ", ".join(escape_within(clean_line(part), 200) for part in parts if part.strip())


def _chapter_line(chapter: Chapter, marked: frozenset[int], aside: frozenset[int], said: str) -> str:
    """Write a chapter's title, its page and what there is of it: after a colon, or as a sentence after a question."""
    title, count = escape_within(chapter_title(chapter), 90), _chapter_count(chapter, marked, aside, said)
    if page := _first_page(chapter):
        return f"{title.rstrip(':')} ({page}): {count}"
    return f"{title} {count[0].upper()}{count[1:]}" if title.endswith(("?", "!")) else f"{title.rstrip(':')}: {count}"


def _first_page(chapter: Chapter) -> str:
    """Say on which page a chapter begins, by which chapters of the same name are told apart; empty if nobody knows."""
    page = chapter.excerpts[0].passage.page_from
    return f"page {page}" if page is not None else ""


def _chapter_count(chapter: Chapter, marked: frozenset[int], aside: frozenset[int], said: str = "") -> str:
    """Count a chapter's excerpts: those shown at first, with a question, marked, and put ``aside``.

    Questions are left out where it is ``said`` above that every excerpt has one.
    """
    if len(chapter.excerpts) == 1:
        (excerpt,) = chapter.excerpts
        facts = excerpt_facts(excerpt, marked)
        return ", ".join((f"excerpt {chapter.position}", *(facts[int(bool(said) or not excerpt.question.strip()) :])))
    shown = [excerpt for excerpt in chapter.excerpts if excerpt.id not in aside]
    asked = sum(bool(excerpt.question.strip()) for excerpt in chapter.excerpts)
    used = sum(excerpt.id in marked for excerpt in chapter.excerpts)
    parts = [
        plural(len(shown), "excerpt") if shown else "",
        f"{asked} with a question" if asked and not said else "",
        f"{used} marked" if used else "",
        f"{len(chapter.excerpts) - len(shown)} hidden" if len(shown) < len(chapter.excerpts) else "",
    ]
    return ", ".join(filter(None, parts))


def _mark_button(excerpt: Excerpt, is_marked: bool, origin: str) -> Button:
    if is_marked:
        return button(UNUSE, "library-mark", excerpt.id, 0, origin)
    return button(USE, "library-mark", excerpt.id, 1, origin, style=discord.ButtonStyle.primary)


def _start_of(excerpt: Excerpt, most: int) -> str:
    return escape_within(shorten(clean_line(excerpt.passage.text[: 2 * most]), most), 2 * most)


def _end_of(excerpt: Excerpt, most: int) -> str:
    text = clean_line(excerpt.passage.text[-2 * most :])
    end = text if len(text) <= most else "…" + text[-most:].split(" ", 1)[-1]
    return escape_within(end, 2 * most)
