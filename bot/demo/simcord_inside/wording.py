"""What a visitor reads on simcord's page in place of its own words, which are for programmers."""

from __future__ import annotations

from pathlib import Path

from simcord.preview import _diagnostics, _server

STALE = "stale-revision"
CHANGED = "The page had just changed. Press again."
FAILED = "That didn’t work. Press again, or go on with something else."
OUR_WORDS = {
    STALE: CHANGED,
    "stale-context": CHANGED,
    "stale-generation": "The bot had just come back. Press again.",
    "busy": "The press before this one isn’t done yet. Wait a moment, then press again.",
    "action-timeout": "The bot takes long to answer. Look at the conversation before you press again.",
    "access-denied": "This person can’t read that channel.",
}
"""What a visitor reads in place of simcord's words, which are for programmers; FAILED of everything else."""
SCRIPTS = {
    "/selects.js": (
        (
            "`${selected.length} selected. Choose ${minimum}–${maximum} options.`",
            "maximum > 1 ? `${selected.length} chosen of at most ${maximum}.` : selected.length ? '' : 'Choose one.'",
        ),
        ('"SimCord selection draft actions"', '"Your choice"'),
        ('"SimCord selection draft"', '"Press Apply to keep your choice."'),
    ),
    "/components.js": (("`Upload up to ${component.max_values ?? 1} files, 10 MiB per file.`", '"One file."'),),
    "/commands.js": (
        (
            "choices, (choice) => chooseValue(option, choice));\n          } else clearPopup();",
            "choices, (choice) => chooseValue(option, choice));\n            queryAutocomplete(option, field.value);\n"
            "          } else clearPopup();",
        ),
        ("`OPTIONS MATCHING ${current.toUpperCase()}`", '"OPTIONS"'),
        ("`OPTIONS MATCHING ${field.value.toUpperCase()}`", '"OPTIONS"'),
        ("`OPTIONS MATCHING ${input.value.toUpperCase()}`", '"OPTIONS"'),
        ('"No options match"', 'autocomplete.state === "loading" ? "Looking …" : "Nothing matches"'),
    ),
}
"""What is put in place of parts of simcord's scripts: words for visitors, and choices offered before anything is typed,
as Discord does."""


def use_own_words() -> None:
    """Put our words in place of those that simcord's page has for a programmer, where something went wrong."""
    for code, entry in _diagnostics._CATALOG.items():
        entry[3:] = OUR_WORDS.get(code, FAILED), ""


def rewrite_script(route: str) -> str:
    """Return one of simcord's scripts with our parts in it. Raises LookupError where it is another by now."""
    text = (Path(_server.__file__).with_name("static") / route.removeprefix("/")).read_text(encoding="utf-8")
    for theirs, ours in SCRIPTS[route]:
        if theirs not in text:
            raise LookupError(f"{route} has changed: {theirs}")
        text = text.replace(theirs, ours)
    return text
