"""Every text of the program that people can read is in everyday words, and reads easily."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.words.code_texts import CodeText, read_code_texts, texts_in
from tests.words.reading_ease import measure, measure_paragraphs

STIFF = re.compile(
    r"\b(?:[Ss]omebody|anew|apart|besides|any more|[Nn]obody['’]s|held against|put to (?!others)|bears?|[Ii]t says that"
    r"|[Mm]eanwhile|by (?:myself|themselves)|lacks?|[Ww]hom|1 say|ticked as)\b|(?<!leadership )\bstands?\b"
)
"""Words of a translation, which nobody says (WORDS.md, "Patterns to hunt")."""
LONG_FORMS = re.compile(r"\bcannot\b|\b(?:do|does|did|is|are|was|were|could|should|has) not\b", re.IGNORECASE)
"""What people say as one word: can’t, don’t, isn’t."""
REPLACED = re.compile(
    "|".join(
        (
            "something close to this",
            r"confirmed by a person\)",
            "reacted in agreement",
            "nam(?:e|ing) nobody",
            "nobody has confirmed",
            r"changes were made\.",
            "may your words be quoted",
            "tells nothing of",
            "all replies are of",
            "a late reply is marked",
            "in our own words, with",
            "before I stored",
            r"keep it\. `?/my",
            "could find out who wrote",
            "no outcome yet",
            "published that a person",
            "waits: some",
            "put to staff",
            "replies that (?:are held|were read)",
            "says otherwise",
            "since others rely",
            "people a point",
            "given on",
            "people divide",
            "set aside",
            "take back$",
            "data['’]s way",
            "the source['’]s own words",
        )
    ),
    re.IGNORECASE,
)
"""The worst twenty sentences, and four labels, of which none may come back in any form."""
SAID_BY_PEOPLE = re.compile(
    r"I (?:don’t )?manage people|what I meant|Undo all I tapped|[Qq]uote (?:me|my words)|count my reply"
    r"|show my sentences|about me|Send me messages|Reply with my name|Add my own words|send my words|Choose my own"
    r"|roles for me"
    r"|/?\bmy [a-z]+$|/my\b|\bmy-"
)
"""Buttons, on which people speak of themselves, and the name of a command."""
THE_BOT_SPEAKS = re.compile(r"\bI\b|\bI’\w+|\b[Mm]y\b|\bme\b|\bmyself\b")
FIELD = re.compile(r"\{[^}]*\}")
LEAST_EASE, MOST_GRADE = 55.0, 10.0
"""Texts for facilitators and for whoever runs the bot hold names of menus; those for staff have a test of their own."""
OURS = re.compile(r"(?<!/)\b(?:prompts?|excerpts?|outcomes?)\b", re.IGNORECASE)
"""Words of facilitators and of the code; to staff it is a question, a passage and an answer."""
STAFF = (
    "bot/discord_errors.py",
    "bot/models/people.py",
    "bot/models/views.py",
    "bot/outcomes/points.py",
    "bot/prompts/reminders.py",
    "bot/replies/risk_signposting.py",
    "bot/replies/sanitise.py",
    "bot/services/replies/private_replies.py",
    "bot/services/replies/submission.py",
    "bot/services/statements.py",
    "bot/services/replies/withdrawals.py",
    "bot/store/keyed/check_presses.py",
    "bot/store/keyed/prompt_presses.py",
    "bot/store/replies/replies.py",
    "bot/subject_access/",
    "bot/summaries/lifecycle/",
    "bot/summaries/output/counts.py",
    "bot/worker_turns.py",
    "cogs/checks/cards.py",
    "cogs/checks/forms.py",
    "cogs/core/routing.py",
    "cogs/outcomes/posts.py",
    "cogs/private_replies/answers.py",
    "cogs/private_replies/forms.py",
    "cogs/prompts/card.py",
    "cogs/replies/forms.py",
    "cogs/replies/left_posts.py",
    "cogs/replies/views.py",
    "cogs/review/objections.py",
    "cogs/subject_access/",
    "cogs/suggestions/commands.py",
    "cogs/summaries/card.py",
    "cogs/summaries/card_text.py",
    "cogs/summaries/supporters.py",
    "cogs/summaries/texts.py",
    "cogs/views/cards.py",
    "cogs/views/question_cards.py",
    "cogs/views/presses.py",
)
"""Files of texts that staff read, all or nearly all: those too that nobody meets who does everything right."""
WORD_LISTS = ("bot/outcomes/owners.py",)
GOVERNANCE = "bot/governance/"
"""Documents for lawyers and information governance teams, which are written in other words."""


@pytest.fixture(scope="module")
def texts() -> tuple[CodeText, ...]:
    return tuple(text for text in read_code_texts() if not text.path.startswith(GOVERNANCE))


def find_faults(text: CodeText) -> Iterator[str]:
    """Say what is wrong with a text, each fault with its place."""
    place, words = f"{text.path}:{text.line}", FIELD.sub("{}", text.words)
    for pattern in (STIFF, LONG_FORMS, REPLACED):
        if found := pattern.search(words):
            yield f"{place}: “{found[0]}” in {text.words!r}"
    if found := THE_BOT_SPEAKS.search(SAID_BY_PEOPLE.sub("", words)):
        yield f"{place}: the bot says “{found[0]}” in {text.words!r}"
    for paragraph in measure_paragraphs(text.words):
        if paragraph.ease < LEAST_EASE or paragraph.grade > MOST_GRADE:
            yield f"{place}: ease {paragraph.ease:.0f}, grade {paragraph.grade:.1f}: {text.words!r}"


def test_every_text_of_the_program_is_in_everyday_words_and_reads_easily(texts: tuple[CodeText, ...]) -> None:
    assert len(texts) > 1500
    assert sum(1 for text in texts for _ in measure_paragraphs(text.words)) > 120
    assert [fault for text in texts if text.path not in WORD_LISTS for fault in find_faults(text)] == []


def test_what_staff_can_read_has_their_words_and_reads_easily(texts: tuple[CodeText, ...]) -> None:
    theirs = [text for text in texts if text.path.startswith(STAFF) and " " in text.words]

    assert len(theirs) > 200
    assert [path for path in STAFF if not any(text.path.startswith(path) for text in texts)] == []
    assert [text for text in theirs if OURS.search(text.words)] == []
    assert [each for text in theirs for each in measure_paragraphs(text.words) if not each.is_plain_paragraph] == []


@pytest.mark.parametrize(
    "stiff",
    [
        "Somebody answered this already.",
        "Its card stands nowhere now.",
        "The bot posts it anew.",
        "It is kept apart from the database.",
        "Nobody can change it any more.",
        "Nobody’s words are left.",
        "Questions that were put to staff.",
        "Ask a facilitator whom to speak to.",
        "The template lacks these styles.",
        "The file cannot be read.",
        "This is not a survey.",
        "I took a phone number out of your words.",
        "Give my role these permissions.",
        "People divide on this point.",
        "No outcome yet, or overdue: 4.",
        "Replies that were read: 12.",
        "Notwithstanding the aforementioned considerations, participation in subsequent organisational consultations "
        "remains discretionary, irrespective of previously communicated preferences and managerial responsibilities.",
    ],
)
def test_a_stiff_text_is_found(stiff: str) -> None:
    assert list(find_faults(CodeText("bot/x.py", 1, stiff)))


def test_a_plain_text_is_not() -> None:
    plain = "Can we quote you, without your name? Tap “You may quote me”. If you don’t, we still count your reply."

    assert list(find_faults(CodeText("bot/x.py", 1, plain))) == []
    assert measure(plain).is_plain


def test_texts_are_read_out_of_code_without_its_docstrings_logs_and_patterns() -> None:
    source = '''
"""A module of somebody."""
SAID = "Two words"
"""What somebody says."""
ONE = "Word"
log.warning("it cannot be read: %s", SAID)
def tell(count):
    """Tell somebody."""
    if not count:
        raise ValueError("nobody cannot be counted")
    return f"It has {count} words, {re.compile('a b')}" + ("and these "
        "go on")
'''
    assert [text.words for text in texts_in(source, "x.py")] == ["Two words", "It has {} words, {}", "and these go on"]
