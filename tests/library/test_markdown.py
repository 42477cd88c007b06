"""Markdown as people type it and programs convert it."""

from __future__ import annotations

import pytest

from bot.library import read_document
from bot.models.library import Document
from tests.library.documents import paragraph, sentence, wrapped


def read(text: str) -> Document:
    return read_document(text.encode(), "notes.md")


def words_of(document: Document) -> str:
    return "\n".join(passage.text for passage in document.passages)


def places(document: Document) -> list[str]:
    return list(dict.fromkeys(passage.heading for passage in document.passages))


def test_footnotes_stand_under_notes_and_leave_no_sign_in_the_text() -> None:
    document = read(
        f"# Rest\n\n{sentence(1)}[^1] {sentence(2)}[^long]\n\n{sentence(3)}^[{sentence(4)}]\n\n"
        f"[^1]: Ibid.\n[^long]: {sentence(5)}\n\n    {sentence(6)}\n"
    )
    text, notes = document.passages
    assert (text.heading, notes.heading) == ("Rest", "Notes")
    assert text.text.split() == " ".join(map(sentence, (1, 2, 3))).split()
    assert notes.text.startswith("1. Ibid.\n")
    assert all(sentence(number) in notes.text for number in (4, 5, 6))
    assert not set("[]^") & set(words_of(document))


def test_a_note_that_nothing_leads_to_and_a_second_one_of_a_name_are_kept() -> None:
    said = words_of(
        read(f"# Rest\n\n{sentence(1)}[^1]\n\n[^1]: {sentence(2)}\n[^1]: {sentence(3)}\n\n[^9]: {sentence(4)}\n")
    )
    assert all(said.count(sentence(number)) == 1 for number in (1, 2, 3, 4))


@pytest.mark.parametrize(
    "line",
    ["**What we heard **", "**What we heard**", "__What we heard__", "***What we heard***", "**What** **we heard**"],
)
def test_a_bold_line_is_a_heading_below_the_others(line: str) -> None:
    document = read(f"# Rest\n\n{line}\n\n{paragraph(1)}\n\n**On nights**\n{paragraph(2)}\n")
    assert places(document) == ["Rest > What we heard", "Rest > On nights"]
    assert "*" not in words_of(document)


def test_bold_words_in_text_lists_and_at_the_end_are_no_headings() -> None:
    document = read(
        f"# Rest\n\n**Rest** matters. {paragraph(1)}\n\n- **North**\n- **South**\n\n**{sentence(2)}**\n\n**The end**\n"
    )
    assert places(document) == ["Rest"]
    assert "The end" in words_of(document)


@pytest.mark.parametrize("sign", ["•", "▪", "◦", "●", "\uf0b7"])
def test_lines_with_a_bullet_of_print_are_items(sign: str) -> None:
    document = read(f"# Rest\n\nWe ask for:\n{sign} {sentence(1)}\n{sign} {sentence(2)}\n{sign}\t{sentence(3)}\n")
    assert words_of(document).split("\n") == ["We ask for:", *(f"- {sentence(number)}" for number in (1, 2, 3))]


def test_lines_that_a_converter_cut_are_joined_whatever_stands_between_them() -> None:
    first, second = paragraph(1, 4), paragraph(2, 3)
    for between in ("\n\n", " \n\n", "  \n"):
        cut = f"{between.join(wrapped(first, 62))}\n\n{between.join(wrapped(second, 62))}"
        document = read(f"# Rest\n\n{cut}\n")
        assert words_of(document).replace("\n\n", "\n").split("\n") == [first, second], repr(between)


def test_short_paragraphs_of_one_line_are_not_joined() -> None:
    lines = [sentence(number, 9) for number in range(1, 7)]
    document = read("# Rest\n\n" + "\n\n".join(lines))
    assert words_of(document).replace("\n\n", "\n").split("\n") == lines


def test_a_plain_text_with_an_empty_line_after_every_line_is_joined_too() -> None:
    text = "\n\n".join(wrapped(paragraph(1, 6), 70))
    document = read_document(f"Rest and rotas\n\n{text}\n".encode(), "notes.txt")
    assert words_of(document) == paragraph(1, 6)


@pytest.mark.parametrize(
    "first",
    [
        "# **Listening on the wards**",
        "# **Listening on the wards **",
        "**Listening on the wards**",
        "# Listening on the wards {#top .unnumbered}",
    ],
)
def test_a_title_holds_no_marks(first: str) -> None:
    document = read(f"{first}\n\n{paragraph(1)}\n\n## Rest\n\n{paragraph(2)}\n")
    assert document.details.title == "Listening on the wards"
    assert all("*" not in place and "{" not in place for place in places(document))


def test_a_title_of_the_front_matter_holds_no_marks() -> None:
    assert read(f'---\ntitle: "**Rest** and `rotas`"\n---\n{paragraph(1)}\n\n# One\n').details.title == "Rest and rotas"


def test_callouts_tasks_definitions_and_what_converters_leave_read_as_text() -> None:
    said = words_of(
        read(
            "# Rest\n\n[TOC]\n\n::: note\n\n- [ ] Write it down\n- [x] Read it aloud\n\n"
            "> [!NOTE]\n> The folder is red.\n\n:::\n\n"
            "Handover\n: What the night tells the day.\n\n~~Twelve~~ Ten minutes.\n\n<!-- check this -->\n"
        )
    )
    for wanted in (
        "☐ Write it down",
        "☑ Read it aloud",
        "Note: The folder is red.",
        "Handover: What the night tells the day.",
    ):
        assert wanted in said
    for unwanted in ("TOC", ":::", "[!", "~~", "check this"):
        assert unwanted not in said


def test_code_is_left_as_it_is() -> None:
    said = words_of(read("# Rest\n\n```\n• not an item\n[^1]: not a note\n```\n\n" + paragraph(1)))
    assert "• not an item [^1]: not a note" in said


@pytest.mark.parametrize("lead", ["", "We ask for:\n"])
def test_lines_that_begin_with_a_dash_below_each_other_are_items(lead: str) -> None:
    document = read(f"# Rest\n\n{lead}– {sentence(1)}\n– {sentence(2)}\n\n{paragraph(3)}\n")
    assert words_of(document).startswith(f"{lead}- {sentence(1)}\n- {sentence(2)}\n")


def test_a_dash_within_a_wrapped_sentence_stays_one() -> None:
    document = read(f"# Rest\n\nPeople rest at noon\n– or so they say – and\neat at one. {paragraph(1)}\n")
    assert words_of(document).startswith("People rest at noon – or so they say – and eat at one.")


def test_front_matter_between_plus_signs_is_read_and_in_no_excerpt() -> None:
    document = read(f'+++\ntitle = "Rest on wards"\ndate = 2021-04-05\n+++\n\n# Nights\n\n{paragraph(1)}\n')
    assert (document.details.title, document.details.year) == ("Rest on wards", 2021)
    assert words_of(document) == paragraph(1)


def test_items_that_begin_with_the_letter_o_are_below_those_with_a_bullet() -> None:
    said = words_of(read(f"# Rest\n\n• {sentence(1)}\no {sentence(2)}\no\t{sentence(3)}\n"))
    assert said.split("\n") == [f"- {sentence(1)}", f"  - {sentence(2)}", f"  - {sentence(3)}"]
