"""Cut a message into sentences, each a verbatim slice; code blocks and bare quotes of others are passed over."""

from __future__ import annotations

import re
from functools import lru_cache

Span = tuple[int, int]
"""Start and end of a slice, in characters of the message."""

_CODE = r"```.*?(?:```|\Z)"
_QUOTED = r"(?m:^[ \t]*>>> ).*|(?m:^[ \t]*>[^\n]*$)"
_HEADER = r"(?m:^On [^\n]{5,120} wrote:[ \t]*$)"
_FOREIGN = re.compile(f"{_CODE}|{_HEADER}|{_QUOTED}", re.DOTALL)
_LINE_BREAK = re.compile(r"[ \t]{0,9}\r?\n[ \t\r\n]*")
_BULLET = re.compile(r"(?:[-*•–—·#]+|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+|[>|]+[ \t]*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|eg|ie|etc|vs|cf|approx|dept|dr|mr|mrs|ms|prof|st|no|fig|incl|min|max|hrs?|yrs?|wk|temp|esp)\.$",
    re.IGNORECASE,
)
_NO_SPACE = re.compile(r"(?<=[a-z)][.!?])(?=[A-Z][a-z']+\s)|(?<=[!?]{2}\s)(?=[A-Z])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")
"""Spaces outside ASCII, such as a word processor’s no-break space: sentencex fails at one after a lone capital."""
_LINK = re.compile(r"https?://\S+|www\.\S+")


def sentences(text: str) -> list[Span]:
    """Return the sentences of a message in order, without surrounding space, bullets or numbering.

    Empty ones left out.
    """
    return list(_sentences(text))


@lru_cache(maxsize=32_768)
def _sentences(text: str) -> tuple[Span, ...]:
    text = text.encode("utf-8", "replace").decode() if _has_surrogates(text) else text
    found: list[Span] = []
    for start, end in _find_own_spans(text):
        for line_start, line_end in _lines(text, start, end):
            found.extend(_sentences_of_line(text, line_start, line_end))
    trimmed = (_trim(text, start, end) for start, end in found)
    return tuple((start, end) for start, end in trimmed if start < end)


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and _SURROGATE.search(text) is not None


def _find_own_spans(text: str) -> list[Span]:
    spans, position = [], 0
    for foreign in _FOREIGN.finditer(text):
        spans.append((position, foreign.start()))
        position = foreign.end()
    return [*spans, (position, len(text))]


def _lines(text: str, start: int, end: int) -> list[Span]:
    """Lines are thoughts of their own in a chat, but not if a mail program wrapped them at a fixed width."""
    breaks = list(_LINE_BREAK.finditer(text, start, end))
    wrapped = _is_wrapped(text[start:end])
    spans, position = [], start
    for gap in breaks:
        if wrapped and not _ends_paragraph(text, gap, end):
            continue
        spans.append((position, gap.start()))
        position = gap.end()
    return [*spans, (position, end)]


def _is_wrapped(text: str) -> bool:
    lengths = [len(line) for line in text.splitlines() if line.strip()]
    return len(lengths) >= 3 and sum(50 <= length <= 82 for length in lengths[:-1]) >= 0.5 * (len(lengths) - 1)


def _ends_paragraph(text: str, gap: re.Match[str], end: int) -> bool:
    line_start = text.rfind("\n", 0, gap.start()) + 1
    short = gap.start() - line_start < 45
    return gap.group().count("\n") > 1 or short or bool(_BULLET.match(text, gap.end(), end))


def _sentences_of_line(text: str, start: int, end: int) -> list[Span]:
    from sentencex import segment  # takes 1 MB, which the idle bot does without

    pieces = segment("en", _WIDE_SPACE.sub(" ", text[start:end]))
    spans: list[Span] = []
    position = start
    for piece in pieces:
        spans.extend(_split_missing_spaces(text, position, position + len(piece)))
        position += len(piece)
    if position != end:  # the splitter promises to lose nothing; where it does not, keep the line whole
        return [(start, end)]
    return _mend(text, spans)


def _split_missing_spaces(text: str, start: int, end: int) -> list[Span]:
    cuts = [gap.start() for gap in _NO_SPACE.finditer(text, start, end)]
    if not cuts:
        return [(start, end)]
    links = [link.span() for link in _LINK.finditer(text, start, end)]
    cuts = [cut for cut in cuts if not any(left <= cut < right for left, right in links)]
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _mend(text: str, spans: list[Span]) -> list[Span]:
    """Join what was cut after an abbreviation, or before a stray mark."""
    mended: list[Span] = []
    for start, end in spans:
        piece = text[start:end].strip()
        before = text[max(start - 12, mended[-1][0]) : start].rstrip() if mended else ""
        if mended and (_ABBREVIATION.search(before) or not any(map(str.isalnum, piece))):
            mended[-1] = (mended[-1][0], end)
        else:
            mended.append((start, end))
    return mended


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
