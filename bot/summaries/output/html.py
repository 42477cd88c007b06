"""A summary as one HTML file: accessible, printable, without scripts, and asking nothing of any other machine."""

from __future__ import annotations

from bot.render.pages import render_page
from bot.summaries.disclosure.staff_groups import TITLE, about, rows_of
from bot.summaries.output.bars import BAR_WIDTH, DAYS_HEIGHT, DAYS_WIDTH, days_chart, people_bars
from bot.summaries.output.document import Paper
from bot.summaries.output.plain_text import UNQUOTED


def page(paper: Paper) -> str:
    """Render the whole file as text, to be written as UTF-8. The same paper gives the same text."""
    return render_page(
        "summary",
        paper=paper,
        bars=people_bars(paper),
        chart=days_chart(paper.days),
        bar_width=BAR_WIDTH,
        days_width=DAYS_WIDTH,
        days_height=DAYS_HEIGHT,
        unquoted=UNQUOTED,
        staff_title=TITLE,
        staff_note=about(paper.staff) if paper.staff is not None else "",
        staff_rows=rows_of(paper.staff) if paper.staff is not None else (),
    )
