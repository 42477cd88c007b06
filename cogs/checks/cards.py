"""The cards of a check for everybody: the points with the button, the end, and the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.checks.results import CheckResult, GroupResult, PointResult
from bot.checks.texts import SMALL_GROUPS, group_in_words, heading_of, opening, point_in_words, quoted
from bot.models.checks import LEAST_VIEWS, Check, CheckPoint, CheckState
from bot.prompts.texts import one_line
from bot.summaries.output.picture import Picture
from bot.text.dates import closing_date_text
from bot.text.escape import escape, shorten
from cogs.outcomes.texts import pages_of
from cogs.ui.limits import LONGEST_ALT, within
from cogs.ui.parts import custom_id, detached

HEADING = 150
QUESTION = 200
LONGEST_PAGE = 3_000
"""Characters of points or figures, so that what stands around them fits into the message too."""
ASK = "## Is this true where you work?"
ABOUT = """A summary of replies to “{question}” is published. For each of its points, please say whether it is true \
where you work. You need not have replied before."""
RULES = f"""Open until {{date}}. Nobody sees who gave which view. Results come after the end, and only if \
{LEAST_VIEWS} people or more took part."""
ENDED = "This check ended on {date}. Thank you to everybody who took part."
RESULTS = "## What you said: “{question}”"


def number_line(number: int, point: CheckPoint | PointResult) -> str:
    """A point as one escaped line with its number; where a deletion took its words, that it did."""
    return f"{number}. {quoted(escape(shorten(one_line(heading_of(point)), HEADING)), point)}"


def check_card(check: Check, question: str, time_zone: str) -> ui.LayoutView:
    """The card of a check; while it is open with its button, which also tells after a crash that it was sent."""
    date = closing_date_text(check.ends_at, time_zone)
    asked = within(escape(shorten(one_line(question), QUESTION)), 2 * QUESTION)
    view = ui.LayoutView()
    container: ui.Container[ui.LayoutView] = ui.Container()
    container.add_item(ui.TextDisplay(f"{ASK}\n{ABOUT.format(question=asked)}"))
    container.add_item(ui.Separator())
    container.add_item(ui.TextDisplay("\n".join(_numbered(check.points))))
    container.add_item(ui.Separator())
    is_open = check.state is CheckState.OPEN
    container.add_item(ui.TextDisplay((RULES if is_open else ENDED).format(date=date)))
    button: ui.Button[ui.LayoutView] = ui.Button(
        label="Give your view" if is_open else "This check has ended",
        custom_id=custom_id("view", check.claim),
        style=discord.ButtonStyle.primary if is_open else discord.ButtonStyle.secondary,
        disabled=not is_open,
    )
    container.add_item(ui.ActionRow(button))
    view.add_item(container)
    return detached(view)


def result_card(
    check: Check, result: CheckResult | None, question: str, pictures: Sequence[Picture] = ()
) -> ui.LayoutView:
    """The results for everybody: the first page of them, their pictures, and a button for the others."""
    pages = result_pages(result)
    view = ui.LayoutView()
    container: ui.Container[ui.LayoutView] = ui.Container()
    head = RESULTS.format(question=within(escape(shorten(one_line(question), QUESTION)), 2 * QUESTION))
    container.add_item(ui.TextDisplay(f"{head}\n{opening(result)}"))
    if pictures:
        shown = [
            discord.MediaGalleryItem(f"attachment://{file_name(place)}", description=within(one.alt, LONGEST_ALT))
            for place, one in enumerate(pictures)
        ]
        container.add_item(ui.MediaGallery(*shown))
    if pages:
        container.add_item(ui.TextDisplay(pages[0]))
    label = f"All figures ({len(pages)} pages)" if len(pages) > 1 else "All figures"
    container.add_item(ui.ActionRow(ui.Button(label=label, custom_id=custom_id("check-figures", check.claim))))
    view.add_item(container)
    return detached(view)


def file_name(place: int) -> str:
    """The name of a picture among those of a result, counted from 0."""
    return f"check-{place + 1}.png"


def result_pages(result: CheckResult | None) -> list[str]:
    """Every figure in words, in pages of a message each; [] where there are no figures."""
    if result is None:
        return []
    numbered = enumerate(result.points, 1)
    entries = [f"**{number_line(place, point)}**\n{point_in_words(point)}" for place, point in numbered]
    entries += _groups(result)
    return pages_of(entries, LONGEST_PAGE)


def _groups(result: CheckResult) -> Iterator[str]:
    if not result.groups:
        return
    yield f"### By staff group\n{SMALL_GROUPS}"
    numbers = {point.ref: place for place, point in enumerate(result.points, 1)}
    for group in result.groups:
        yield _group(group, numbers)


def _group(group: GroupResult, numbers: dict[str, int]) -> str:
    lines = [f"- {numbers[point.ref]}: {point_in_words(point)}" for point in group.points]
    return "\n".join((f"**{group_in_words(group)}**", *lines))


def _numbered(points: Sequence[CheckPoint]) -> Iterator[str]:
    """The points as lines that fit into a page together."""
    room = LONGEST_PAGE // max(len(points), 1)
    yield from (within(number_line(number, point), room) for number, point in enumerate(points, 1))
