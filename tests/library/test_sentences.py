"""What holds a sentence, and what is a note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.sentences import has_sentence, is_for_discussion, is_note
from bot.models.library import Passage

SENTENCES = (
    "Boards need attention.",
    "“You cannot share information between practices,” said one of them.",
    "The plan has three parts:\n- staff\n- patients\n- money",
    "Table 2 follows. Rural organisations had an average of 29% of positions being vacant.",
    "- People who raise concerns hear nothing.\n- Nobody answers",
    "Mae arweinwyr yn gwrando ar eu timau.",
    "領導者需要傾聽他們的團隊。",
    "يجب على القادة الاستماع إلى فرقهم.",
    "Does anybody know who answers? Ward 7",
)
NO_SENTENCES = (
    "Organisation type Total WTE Vacancies Trust | 112.99 | 2.5 National Organisation | 32 10.7",
    "37. Lincolnshire Community Health Services NHS Trust 38. Lincolnshire Partnership Foundation Trust",
    "National Workforce Planner Workforce Planning and Intelligence Directorate",
    "Figure 6: Map showing vacancies by organisation postcode",
    "18,500 – 20,499 2  20,500 – 22,499 3",
    "Dr. J. A. Smith, St. Mary’s Hospital, N. Lincs.",
    "@everyone **bold** [link](https://example.org) # heading",
    "",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_found_in_what_holds_one(text: str) -> None:
    assert has_sentence(text)


@pytest.mark.parametrize("text", NO_SENTENCES)
def test_what_tables_and_lists_of_names_leave_holds_none(text: str) -> None:
    assert not has_sentence(text)


@pytest.mark.parametrize(
    ("heading", "text", "is_one"),
    [
        ("Notes", "See the figures of last year.", True),
        ("Part 2 > References", "Smith, J. wrote about it.", True),
        ("Part 2", "12 See Appendix D for the definition.", True),
        ("Part 2", "[3]: Ibid.", True),
        ("Part 2", "14. Smith J, Jones K. Leading well.", True),
        ("Part 2", "5. The UK, like others, has fewer doctors.", False),
        ("Part 2", "3 of 9 people answered.", False),
        ("Notes from the ward", "People write what they see.", False),
        ("", "Leaders listen.", False),
        (
            "Survey",
            "How satisfied are you with your hours?\na. Very satisfied\nb. Somewhat satisfied\nc. Don’t know",
            True,
        ),
        ("Survey", "What will come of it?\na. A larger team\nb. Other (please specify)", True),
        ("Survey", "Do you hold cases?\na. Yes\nb. No\n15. How many children are allocated to you?", True),
        ("Survey", "If you work at night, please select Ward 2.\na. Ward 1\nb. Ward 2", True),
        ("Survey", "Many of us don’t know what will come of it. Others agree that it helps.", False),
        ("Part 2", "We will:\n- agree\n- write it down", False),
        ("", "This document is available for download at www.example.org.", True),
        ("", "This publication is licensed under the terms of the Open Government Licence.", True),
        ("Part 2", "This report is available to all who work on the wards.", False),
        ("Chapter 2", "Hill, J. B., A. Shah, K. C. Brown, et al. “Rest and Rotas.” Ward Notes, vol. 4 (2021).", True),
        ("Chapter 2", "Hill, who led the ward (2019 to 2021), asked for more rest. It was refused.", False),
    ],
)
def test_notes_are_known_by_their_heading_or_their_beginning(heading: str, text: str, is_one: bool) -> None:
    assert is_note(heading, text) is is_one


def test_what_somebody_wrote_or_asked_about_is_never_hidden() -> None:
    for passage in (Passage("Table 3", own_words=True), Passage("Table 3", question="Why so few?")):
        assert is_for_discussion(passage)
    assert not is_for_discussion(Passage("Table 3"))


@given(st.text(max_size=400))
def test_any_text_is_judged_and_a_sentence_behind_it_is_found(text: str) -> None:
    has_sentence(text)
    assert has_sentence(f"{text}\n\nLeaders listen to their teams.")


@pytest.mark.parametrize(
    "caption",
    [
        "Table 6: How the wards did. The figures in brackets are those of last year.",
        "Figure 4 Where the wards are in the house.",
        "Source: the office, by letter.",
        "The night team meets in its room. Photo by: Jo Hill",
    ],
)
def test_a_caption_alone_holds_no_sentence_to_discuss(caption: str) -> None:
    assert not has_sentence(f"{caption}\nNorth: 21; South: 35")
    assert has_sentence(f"{caption}\nMost wards have too few beds.")


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("8. References", "Smith, J. wrote about it."),
        ("Annex C: Bibliography > The night", "Smith, J. wrote about it."),
        ("VII. Notes and references", "Smith, J. wrote about it."),
        ("Part 2", "1a) Name of the ward: Click here to enter text. We will read it."),
        ("Part 2", "I have read the notes.\n- Yes\n- No"),
        ("Part 2", "Equality: Yes/No\nThe panel reads what the ward has written."),
    ],
)
def test_numbered_references_and_forms_are_nothing_to_discuss(heading: str, words: str) -> None:
    assert is_note(heading, words)
    assert not is_note("8. Reference wards", "They have more beds.")
