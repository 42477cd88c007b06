"""Lists of excerpts: a chapter, what a search found, the twelve worth discussing, and what is marked.

Each line says the excerpt's own number in the library, its page, and whether it has a question and is marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.library.acts import read_acts
from bot.library.contents import Chapter
from bot.library.search import find_place, read_search
from bot.library.sentences import is_for_discussion
from bot.models.library import Excerpt, Source
from bot.prompts.texts import place_text
from bot.text.clean import clean_line
from bot.text.headings import SEPARATOR, shorten_heading
from bot.text.words import human_join, plural, shorten
from cogs.library.autocomplete import excerpt_line, opening_words
from cogs.library.cards import SEARCH, WORTH, chapter_title, excerpt_facts, make_series_label, marks_row
from cogs.library.origins import CHAPTER, CHOSEN, FOUND, MARKED, contents_button
from cogs.ui.cards import Part, card, escape_within, fit
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.pages import Page, paginate
from cogs.ui.parts import Row, button, option, pager, select

EXCERPTS_A_PAGE = 15
FEWEST_TO_LEAP = 4
"""From so many pages on, a select leads to any of them."""
REPORTS_NAMED = 4
OPEN, MARK_SOME, UNMARK_SOME = "Open an excerpt", "Mark the ones to use", "Choose the ones not to use"
LEAP = "Go to another part"
HOW_CHOSEN = (
    "Each has 40 to 120 words in whole sentences. The bot looks for advice, for uncomfortable findings, and for words "
    "such as “risk” or “essential”. It goes by words alone, so about four in ten won’t suit you. Read them first."
)
SHOW_HIDDEN = "Show {} more (notes, or no full sentence)"
WRONG_HEADING = "Wrong heading?"
HIDE_AGAIN = "Hide notes, and what has no full sentence"
NONE_CHOSEN = "Nothing in this report clearly suits a discussion. Open its chapters, or search."
NOTHING_FOUND = "No excerpt has all these words. Try fewer, or parts of words."
NOTHING_MARKED = "## Marked to use\nNothing is marked. Press “Use this” on an excerpt, or mark several in a list."
ALL_HIDDEN = "All that’s here are notes, or parts without a full sentence."
NONE_ASKED = "None of these has a question yet."
WORDS_SHOWN = 95
ROOMS = (WORDS_SHOWN, 60, 30, 10)
"""How much of each excerpt a list shows: the most that fits."""
MOST_LINES = 2900
"""The most characters of a list's lines, which leave room for its head."""


def chapter_card(
    source: Source, chapter: Chapter, number: int, marked: frozenset[int], *, show_all: bool
) -> ui.LayoutView:
    """Show one page of a chapter, counted from 0. Excerpts that hold no sentence, and notes, come if ``show_all``."""
    shown = [excerpt for excerpt in chapter.excerpts if show_all or is_for_discussion(excerpt.passage)]
    hidden = sum(not is_for_discussion(excerpt.passage) for excerpt in chapter.excerpts)
    page = paginate(shown, EXCERPTS_A_PAGE, number)
    name = ("library-chapter", source.id, chapter.position)
    head = f"## {escape_within(chapter_title(chapter), 180)}\n{_count(page, len(shown))}"
    turning = pager(page.number, page.count, *name, after=(int(show_all),), switched_off=True)
    label = HIDE_AGAIN if show_all else SHOW_HIDDEN.format(hidden)
    ways = Row(
        *(turning if page.count > 1 else []),
        *([button(label, *name, 0, int(not show_all))] if hidden else []),
        button(WRONG_HEADING, "library-headings", source.id, chapter.position, 0),
        contents_button(source, chapter.position),
    )
    view = ("chapter", source.id, chapter.position, page.number, int(show_all))
    body = _body(page.items, marked, CHAPTER, view, after_heading=chapter.title)
    return card(
        head, *(body or [ALL_HIDDEN]), *_leap(source, chapter, shown, page, show_all), ways, *marks_row(len(marked))
    )


def find_page(chapter: Chapter, position: int, *, show_all: bool) -> int:
    """Return the number of a chapter's page on which an excerpt is, or would be had it not been removed."""
    shown = (excerpt for excerpt in chapter.excerpts if show_all or is_for_discussion(excerpt.passage))
    return sum(excerpt.position < position for excerpt in shown) // EXCERPTS_A_PAGE


def chosen_card(source: Source, chosen: Sequence[Excerpt], marked: frozenset[int]) -> ui.LayoutView:
    """Show what is most worth discussing in a report, what it does, and how it was chosen."""
    contents = Row(button("Contents", "library-contents", source.id, 0), button(SEARCH, "library-search", source.id))
    title = f"-# {escape_within(clean_line(source.details.title), 150)}"
    if not chosen:
        return card(f"## {WORTH}\n{title}\n{NONE_CHOSEN}", contents)
    why = {each.id: acts[0].value for each in chosen if (acts := read_acts(each.passage.text))}
    head = f"## {WORTH}\n{title}\n{_how_many(len(chosen))}{HOW_CHOSEN}"
    body = _body(chosen, marked, CHOSEN, ("worth", source.id), why=why)
    return card(head, *body, contents, *marks_row(len(marked)))


def found_card(
    source_id: int,
    words: str,
    excerpts: Sequence[Excerpt],
    page: Page[int],
    total: int,
    marked: frozenset[int],
    titles: Mapping[int, str],
) -> ui.LayoutView:
    """Show one page of what a search found, with the words around what was looked for.

    ``source_id`` is 0 for a search over all reports; then each line names its report, by ``titles``.
    """
    head = f"## “{escape_within(words, 120)}”\n{plural(total, 'excerpt')}"
    head += f", {page.label}" if page.count > 1 else ""
    back = button("Contents", "library-contents", source_id, 0) if source_id else None
    again = button("Search again", "library-search", source_id)
    home = back or button("All reports", "library-sources", 0)
    if not excerpts:
        return card(f"{head}\n{NOTHING_FOUND}", Row(again, home))
    turning = pager(page.number, page.count, "library-found", source_id, after=(words,), switched_off=True)
    reports = {} if source_id else _name_reports(excerpts, titles)
    around = {excerpt.id: snippet(excerpt.passage.text, words) for excerpt in excerpts}
    origin = FOUND.format(source=source_id, page=page.number, words=words)
    body = _body(excerpts, marked, origin, ("found", source_id, page.number, words), texts=around, why=reports)
    ways = Row(*(turning if page.count > 1 else []), again, home)
    return card(head, *body, ways, *marks_row(len(marked)))


def marked_card(excerpts: Sequence[Excerpt], titles: Mapping[int, str], number: int) -> ui.LayoutView:
    """Show one page of the excerpts that are marked in the server, by their reports, and what is made of them."""
    home = button("All reports", "library-sources", 0)
    if not excerpts:
        return card(NOTHING_MARKED, Row(home))
    page = paginate(excerpts, EXCERPTS_A_PAGE, number)
    named = [f"“{escape_within(clean_line(title), 60)}”" for title in titles.values()]
    named = named if len(named) <= REPORTS_NAMED else [*named[:REPORTS_NAMED], "others"]
    unasked = sum(not excerpt.question.strip() for excerpt in excerpts)
    lacking = f" {unasked} of them have no question yet." if unasked > 1 else ""
    lacking = " One of them has no question yet." if unasked == 1 else lacking
    none_asked = unasked == len(excerpts) > 1
    lacking = f" {NONE_ASKED}" if none_asked else lacking
    head = f"## Marked to use\n{_count(page, len(excerpts))}, from {human_join(named)}.{lacking}"
    options = [
        option(excerpt_line(excerpt, with_heading=False), excerpt.id, ", ".join(excerpt_facts(excerpt, frozenset())))
        for excerpt in page.items
    ]
    reports = _name_reports(page.items, titles) if len(titles) > 1 else {}

    def build(room: int) -> list[str]:
        lines = (
            _line(each, frozenset(), why=reports.get(each.id, ""), room=room, quiet=none_asked) for each in page.items
        )
        return ["\n".join(lines)]

    turning = pager(page.number, page.count, "library-marks", switched_off=True) if page.count > 1 else []
    return card(
        head,
        *fit(build, ROOMS, most=MOST_LINES),
        select(OPEN, options, "library-open", MARKED),
        select(UNMARK_SOME, options, "library-unmark-some", page.number, many=True, least=1),
        Row(
            button(make_series_label(len(excerpts)), "series-marked", style=discord.ButtonStyle.success),
            *turning,
            home,
        ),
    )


def snippet(text: str, words: str) -> str:
    """Cut a line out of a text around the first thing that was looked for; its start where it holds none."""
    line = clean_line(text)
    start = max(0, (find_place(read_search(words), line) or 0) - WORDS_SHOWN // 3)
    if not start:
        return line
    return "…" + line[start:].split(" ", 1)[-1]


def _body(
    excerpts: Sequence[Excerpt],
    marked: frozenset[int],
    origin: str,
    view: tuple[object, ...],
    *,
    after_heading: str | None = None,
    why: Mapping[int, str] | None = None,
    texts: Mapping[int, str] | None = None,
) -> list[Part]:
    """Make the lines of a list, the select that opens one, and the one that marks several.

    With ``after_heading``, the heading of the list, each further heading within it has a line.
    """
    if not excerpts:
        return []
    none_asked = len(excerpts) > 1 and not any(excerpt.question.strip() for excerpt in excerpts)

    def build(room: int) -> list[str]:
        lines = [NONE_ASKED] if none_asked else []
        for excerpt in excerpts:
            inner = excerpt.passage.heading.rsplit(SEPARATOR, 1)[-1].strip()
            if after_heading is not None and inner and inner != heading_of.get(excerpt.id):
                lines.append(f"**{escape_within(shorten_heading(clean_line(inner), 60), 60)}**")
            reason, words = (why or {}).get(excerpt.id, ""), (texts or {}).get(excerpt.id)
            lines.append(_line(excerpt, marked, why=reason, text=words, room=room, quiet=none_asked))
        return ["\n".join(lines)]

    before = [after_heading, *(excerpt.passage.heading.rsplit(SEPARATOR, 1)[-1].strip() for excerpt in excerpts)]
    heading_of = dict(zip((excerpt.id for excerpt in excerpts), before, strict=False))
    names = {each.id: excerpt_line(each, with_heading=False) for each in excerpts}
    options = [option(names[each.id], each.id, ", ".join(excerpt_facts(each, marked))) for each in excerpts]
    unmarked = [option(names[each.id], each.id) for each in excerpts if each.id not in marked]
    parts: list[Part] = [*fit(build, ROOMS, most=MOST_LINES), select(OPEN, options, "library-open", origin)]
    if unmarked:
        parts.append(select(MARK_SOME, unmarked, "library-mark-some", *view, many=True, least=1))
    return parts


def _name_reports(excerpts: Sequence[Excerpt], titles: Mapping[int, str]) -> dict[int, str]:
    """Name the report of each excerpt, short enough for its line."""
    return {each.id: shorten(clean_line(titles.get(each.source_id, "")), 30) for each in excerpts if titles}


def _line(
    excerpt: Excerpt,
    marked: frozenset[int],
    *,
    why: str = "",
    text: str | None = None,
    room: int = WORDS_SHOWN,
    quiet: bool = False,
) -> str:
    """Write an excerpt's line; ``quiet`` leaves out whether it has a question, which is said above the lines."""
    passage = excerpt.passage
    facts = [why, place_text(passage)[:40], *excerpt_facts(excerpt, marked)[int(quiet) :]]
    words = shorten(opening_words(passage.text if text is None else text), room)
    aside = escape_within(clean_line(", ".join(filter(None, facts))), 75)
    return f"**{excerpt.position}** {escape_within(words, room + 15)}{f' ({aside})' if aside else ''}"


def _leap(
    source: Source, chapter: Chapter, shown: Sequence[Excerpt], page: Page[Excerpt], show_all: bool
) -> list[Part]:
    """Make the select that leads to any page of a long chapter, or near it; none where a few presses do the same."""
    if page.count < FEWEST_TO_LEAP:
        return []
    step = EXCERPTS_A_PAGE * -(-page.count // MOST_OPTIONS)
    options = [
        option(f"From excerpt {first.position}", index * step // EXCERPTS_A_PAGE, place_text(first.passage))
        for index, first in enumerate(shown[::step])
    ]
    return [select(LEAP, options, "library-chapter-page", source.id, chapter.position, int(show_all))]


def _count(page: Page[Excerpt], count: int) -> str:
    return plural(count, "excerpt") + (f", {page.label}" if page.count > 1 else "")


def _how_many(count: int) -> str:
    return "" if count >= 12 else f"Only {plural(count, 'excerpt')} can be offered here. "
