"""The cards of a summary that one organiser asked for: made again from what is stored, for their eyes only."""

from __future__ import annotations

from discord import ui

from bot.errors import UserError
from bot.services.summaries.generation import Findings, SeriesFindings
from bot.services.summaries.organiser_summaries import OrganiserSummary
from bot.summaries.output.trends import Course, Trend
from bot.text.words import plural
from cogs.summaries.card import summary_card
from cogs.summaries.card_text import CardDetails
from cogs.summaries.supporters import find_point, supporters_card

GONE = "This point is no longer in the summary. Ask for the summary again."
HELD_BACK = "{} left out, because the thread was deleted."
TRENDS = {
    Trend.NEW: "New: only the latest prompt has it",
    Trend.GROWING: "growing",
    Trend.FADING: "fading",
    Trend.STEADY: "",
}
COURSE = "Came up in {prompts} of {of} prompts{trend}."
EACH_ONCE = "{prompts}; each person counts once."


def organiser_card(
    subject: str, summary: OrganiserSummary, page: int, *, note: str = "", alt: str = ""
) -> ui.LayoutView:
    """Show one page, counted from 0. ``subject`` is what its custom_ids name, see subjects.

    ``alt`` is the alternative text of the picture that the message carries.
    """
    findings = summary.found
    courses = findings.courses if isinstance(findings, SeriesFindings) else {}
    shown = CardDetails(
        question=findings.title,
        summary=findings.summary,
        date=summary.date,
        late=findings.late if isinstance(findings, Findings) else 0,
        links=summary.links,
        note=note or _format_held_back(findings),
        span=_span_line(summary),
        courses={statement: format_course(course) for statement, course in courses.items()},
        comes_back=summary.comes_back,
        alt=alt,
        wrote=len({reply.person for reply in findings.replies}),
    )
    pages, who = ("summary-page", subject), ("summary-who", subject)
    return summary_card(shown, page, pages, after=(summary.state,), who=who)


def organiser_supporters_card(subject: str, summary: OrganiserSummary, key: str, page: int) -> ui.LayoutView:
    """Show one page of everybody's words on a point. Raises UserError where the summary has it no longer."""
    point = find_point(summary.found.summary, key)
    if point is None:
        raise UserError(GONE)
    return supporters_card(*point, summary.links, page, "summary-who-page", subject, key)


def format_course(course: Course) -> str:
    """Say how a point went over several prompts, as a short sentence; empty where there is one prompt only."""
    if course.of < 2:
        return ""
    if course.trend is Trend.NEW:
        return f"{TRENDS[Trend.NEW]}."
    trend = f", {TRENDS[course.trend]}" if TRENDS[course.trend] else ""
    return COURSE.format(prompts=course.prompts, of=course.of, trend=trend)


def _format_held_back(findings: Findings | SeriesFindings) -> str:
    held_back = findings.held_back if isinstance(findings, SeriesFindings) else 0
    was = "was" if held_back == 1 else "were"
    return HELD_BACK.format(f"{plural(held_back, 'prompt')} {was}") if held_back else ""


def _span_line(summary: OrganiserSummary) -> str:
    if isinstance(summary.found, Findings):
        return summary.span
    return f"{summary.span} {EACH_ONCE.format(prompts=plural(len(summary.found.prompts), 'prompt'))}".strip()
