"""Read subtitles and transcripts (.vtt, .srt, .sbv) as running text: who speaks and what is said, without times."""

from __future__ import annotations

import re
from html import unescape

from bot.library.blocks import Block, Content
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

_TIME = r"(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,7}"
_BETWEEN = r"[ \t]*(?:-->|,)[ \t]*"
_CUE = re.compile(rf"^[ \t]*{_TIME}{_BETWEEN}{_TIME}.*$", re.MULTILINE)
_SRT = re.compile(rf"\s*(?:\d+[ \t]*\n)?[ \t]*{_TIME}{_BETWEEN}{_TIME}")
_TURN = re.compile(
    r"^([A-Z][^\n:]{1,60}?)[ \t]{2,4}(?:\d{1,2}:)?\d{1,2}:\d{2}[ \t]*\n(?=\S+(?:[ \t]+\S+){3})", re.MULTILINE
)
"""A speaker's name and the time since the start, above what is said."""
_FEWEST_TURNS = 2
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE)
_NAME = r"[A-Z0-9][\w.’'-]*"
_SPEAKER = re.compile(
    rf"^(?:>>\s*)?((?!I )[A-Z][\w.’'-]*(?: (?:{_NAME}|van|von|de|der|la|bin|al|of|the|and)){{0,4}}"
    r"(?: \([^()]{1,30}\))?):\s+(?=\S)"
)
_SOUNDS = re.compile(
    r"[\[(](?:(?:soft|loud|upbeat|background) )?(?:applause|music|laughter|laugh(?:s|ing)|cheer(?:s|ing)|noise|silence"
    r"|pause)(?: (?:playing|continues))?[\])]|♪[^♪]*(?:♪|$)",
    re.IGNORECASE,
)
_NUMBER_AT_END = re.compile(r"(?:^|\n)\d+\s*\Z")


def is_transcript(text: str) -> bool:
    """Say whether a text is a transcript in one of the forms that programs write."""
    start = text.lstrip("\ufeff \t\r\n")[:2000].replace("\r\n", "\n").replace("\r", "\n")
    if _TURN.match(start) and len(_TURN.findall(start)) >= _FEWEST_TURNS:
        return True
    return (start.startswith("WEBVTT") or _SRT.match(start) is not None) and _CUE.search(start) is not None


def read_transcript(text: str) -> Content:
    """Return what is said, in paragraphs of one speaker each."""
    blocks: list[Block] = []
    speaker, spoken = "", list[str]()
    for name, words in _lines(text):
        if spoken and name and name != speaker:
            blocks.append(_paragraph(speaker, spoken))
            spoken = []
        speaker = name or speaker
        spoken.append(words)
    if spoken:
        blocks.append(_paragraph(speaker, spoken))
    return Content(tuple(blocks), SourceDetails(""))


def _lines(text: str) -> list[tuple[str, str]]:
    """Return each line that is said, with its speaker where one is named; a line that rolls on is taken once."""
    lines: list[tuple[str, str]] = []
    shown: list[str] = []  # the lines of the cue before, which programs that write as people speak repeat
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff \t\n")
    if _TURN.match(text):
        _, *turns = _TURN.split(text)
        return [(clean_line(name), clean_line(words)) for name, words in zip(turns[::2], turns[1::2], strict=True)]
    # What is before the first time, and between an empty line and the next time, is a number, a name or a comment.
    for cue in _CUE.split(text)[1:]:
        said, empty, _ = cue.removeprefix("\n").partition("\n\n")
        now: list[str] = []
        for line in (said if empty else _NUMBER_AT_END.sub("", said)).split("\n"):
            voice = _VOICE.search(line)
            words = clean_line(_SOUNDS.sub("", unescape(_TAG.sub("", _VOICE.sub("", line)))))
            named = None if voice else _SPEAKER.match(words)
            name = clean_line(unescape(voice[1])) if voice else named[1] if named else ""
            words = words[named.end() :] if named else words.removeprefix(">>").strip()
            if words:
                now.append(words)
                if words not in shown:
                    lines.append((name, words))
        shown = now
    return lines


def _paragraph(speaker: str, spoken: list[str]) -> Block:
    words = " ".join(spoken)
    return Block("paragraph", f"{speaker}: {words}" if speaker else words)
