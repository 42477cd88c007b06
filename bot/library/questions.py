"""Suggest open questions for a passage: plain ones that fit any, then those that its cues call for."""

from __future__ import annotations

from bot.library.acts import Act, read_acts

PLAIN_QUESTIONS = (
    "How does this compare with what you see where you work?",
    "What in this matters most to you, and why?",
    "What would you add from your own experience?",
    "What does this leave out that people should know?",
    "What should the board hear from you about this?",
)
"""They fit any passage, whatever it says."""

FITTED_QUESTIONS: dict[Act, tuple[str, ...]] = {
    Act.RECOMMENDS: (
        "What would have to change where you work for this to happen?",
        "What small first step could your team take towards this?",
    ),
    Act.WARNS: (
        "Where have you seen something like this, and what came of it?",
        "What would help to prevent this where you work?",
    ),
}


def suggest_questions(text: str) -> tuple[str, ...]:
    """Return five to nine open questions in plain words for a passage; the same text gives the same ones."""
    return PLAIN_QUESTIONS + tuple(question for act in read_acts(text) for question in FITTED_QUESTIONS[act])
