"""Pictures of what staff said to a check, with no more words of people than the paper itself quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.board.document import BoardPaper, BoardPicture
from bot.board.page_estimate import picture_width
from bot.board.texts import quote_words
from bot.checks.picture import POINTS_A_PICTURE, draw_results
from bot.checks.results import CheckResult
from bot.models.outcomes import PointRef

MOST = 2
LEAST_WIDTH = 7.0
"""Centimetres: drawn narrower, its letters would be too small to read."""
CAPTION = "Question {number}: what staff said when its points were put to them again."


def check_pictures(paper: BoardPaper, results: Iterable[CheckResult]) -> tuple[BoardPicture, ...]:
    """Return at most MOST pictures, those that can be read in a paper. It draws, so call it in the worker."""
    drawn = _draw(paper, list(results)[:MOST])
    return tuple(picture for picture in drawn if picture_width(picture) >= LEAST_WIDTH)


def _draw(paper: BoardPaper, results: Iterable[CheckResult]) -> Iterator[BoardPicture]:
    numbers = {part.prompt_id: part.number for part in paper.parts}
    headings = {
        point.ref: f"{point.ref}: {quote_words(point.heading) if point.is_quote else point.heading}"
        for point in paper.points
    }
    for result in results:
        prompt_id = result.check.prompt_id
        shown = [
            replace(point, heading=headings[ref], verbatim=False)
            for point in result.points
            if point.is_shown and (ref := PointRef(prompt_id, point.ref)) in headings
        ]
        if shown and prompt_id in numbers:
            drawn, *_ = draw_results(replace(result, points=tuple(shown[:POINTS_A_PICTURE])))
            yield BoardPicture(drawn.png, drawn.alt, CAPTION.format(number=numbers[prompt_id]))
