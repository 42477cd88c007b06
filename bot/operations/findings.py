"""What a look at the bot and its machine found: a plain sentence each, and what to do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.text.words import human_join, plural


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    LOOK = "look"
    """The bot works; somebody should do something about it."""
    WRONG = "wrong"
    SKIPPED = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is in a sentence, and what to do where it is not well."""

    check: str
    level: Level
    sentence: str
    what_to_do: str = ""


ALL_WELL = "Everything that was checked is well."


def is_any_wrong(findings: Sequence[Finding]) -> bool:
    """Tell whether anything has to be put right before the bot can do its work."""
    return any(finding.level is Level.WRONG for finding in findings)


def format_findings(findings: Sequence[Finding]) -> str:
    """Write findings for a person to read, with a last line that counts what is not well."""
    width = max(len(level) for level in Level) + 2
    lines = []
    for finding in findings:
        lines.append(f"{finding.level:{width}}{finding.check}: {finding.sentence}")
        if finding.what_to_do:
            lines.append(f"{'':{width}}What to do: {finding.what_to_do}")
    return "\n".join([*lines, "", _count(findings)])


def findings_to_json(findings: Sequence[Finding]) -> str:
    """Write findings for a program to read."""
    return json.dumps(
        {"is_well": not is_any_wrong(findings), "findings": [asdict(finding) for finding in findings]},
        indent=2,
        ensure_ascii=False,
    )


def _count(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.level for finding in findings)
    parts = []
    if counts[Level.WRONG]:
        parts.append(f"{plural(counts[Level.WRONG], 'thing')} to put right")
    if counts[Level.LOOK]:
        parts.append(f"{plural(counts[Level.LOOK], 'thing')} to look at")
    if counts[Level.SKIPPED]:
        parts.append(f"{plural(counts[Level.SKIPPED], 'thing')} not checked")
    return f"{human_join(parts)}." if parts else ALL_WELL
