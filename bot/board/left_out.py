"""What of a series is not in its paper, and why, for the organiser who makes it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.board.page_fit import fit_paper
from bot.board.paper import make_board_paper
from bot.board.source import BoardSource
from bot.board.template import estimate_room
from bot.text.words import human_join, plural

MOST_NAMED = 20
UNWORDED = (
    "{points}: nobody who said so agreed to be quoted. To include {them}, use your own words: /summary draft, the "
    "point, “Reword”, then publish."
)
ONE_SIDED = (
    "Where opinion is split on {numbers}: not both sides agreed to be quoted. You can write both with “Where "
    "opinion is split”."
)
ALONE = "{voices} raised by one person each: nobody agreed to be quoted."
IN_ANNEX = "{parts}: the body has room for two pages, so only the annex has {them}."
MISSING = "{label}: {count:,}."


def describe_left_out(source: BoardSource, template: bytes | None = None) -> tuple[str, ...]:
    """Say what the paper leaves out, a sentence each; () where it has everything. For the worker."""
    return tuple(_lines(source, template))


def _lines(source: BoardSource, template: bytes | None) -> Iterator[str]:
    paper = make_board_paper(source)
    unworded = [str(point.ref) for point in paper.points if not point.has_words]
    if unworded:
        more = [f"{len(unworded) - MOST_NAMED} more"] if len(unworded) > MOST_NAMED else []
        them = "it" if len(unworded) == 1 else "them"
        yield UNWORDED.format(points=human_join([*unworded[:MOST_NAMED], *more]), them=them)
    one_sided = [
        str(part.number)
        for part, prompt in zip(paper.parts, source.prompts, strict=True)
        if prompt.record.summary.disagreements and not part.disputes
    ]
    if one_sided:
        yield ONE_SIDED.format(numbers=f"question{'s' if len(one_sided) > 1 else ''} {human_join(one_sided)}")
    if alone := sum(part.voices_unquoted for part in paper.parts):
        yield ALONE.format(voices=plural(alone, "thing"))
    short = fit_paper(paper, 1.0 if template is None else estimate_room(template)).shortened
    if short:
        parts = human_join([plural(count, what, what.label) for what, count in short])
        yield IN_ANNEX.format(parts=parts, them="it" if sum(count for _, count in short) == 1 else "them")
    for label, count in source.missing:
        if count:
            yield MISSING.format(label=f"{label[0].upper()}{label[1:]}", count=count)
