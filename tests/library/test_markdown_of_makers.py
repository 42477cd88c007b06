"""Markdown and plain text as more programs write them: broken words, typed letters, drawn tables, loose signs."""

from __future__ import annotations

import pytest

from bot.library import read_document
from bot.models.library import Document
from tests.library.documents import paragraph, sentence


def read(text: str) -> Document:
    return read_document(text.encode(), "report.md")


def text_of(text: str) -> str:
    return "\n\n".join(passage.text for passage in read(text).passages)


def places(document: Document) -> list[str]:
    return list(dict.fromkeys(passage.heading for passage in document.passages))


BROKEN = (
    "The night team should meet every week with the ward man-\nager about long-\nterm beds and to see "
    "which gaps are\nleft. A pre-\nand a post-shift talk help with long-term beds, they say."
)


@pytest.mark.parametrize("start", ["# Nights\n\n", ""], ids=["markdown", "plain"])
def test_words_broken_at_the_end_of_a_line_are_whole_and_compounds_keep_their_hyphen(start: str) -> None:
    said = " ".join(text_of(f"{start}{BROKEN}\n").split())
    assert "the ward manager about long-term beds and to see which" in said
    assert "A pre- and a post-shift talk" in said


def test_a_word_broken_before_an_empty_line_is_whole() -> None:
    lines = (
        *("The night team should meet every week with the ward man-", "ager to go through the rota and to see which"),
        *("gaps are left in the month, since nobody else looks at", "it before the shift begins."),
    )
    assert "with the ward manager to go through" in " ".join(text_of("# Nights\n\n" + "\n\n".join(lines)).split())


@pytest.mark.parametrize(
    "labels",
    [("(a)", "(b)", "(c)"), ("a.", "b.", "c."), ("i.", "ii.", "iii."), ("(1)", "(2)", "(3)"), ("a)", "b)", "c)")],
)
def test_lines_with_typed_letters_are_items(labels: tuple[str, ...]) -> None:
    items = "\n".join(
        f"{label} {words}" for label, words in zip(labels, ("more beds", "two lifts", "one phone"), strict=True)
    )
    assert f"Staff asked for:\n{items}" in text_of(f"# Nights\n\nStaff asked for:\n\n{items}\n")


def test_bullets_that_a_converter_escaped_are_items_and_so_are_dashes_at_the_end() -> None:
    assert text_of("# Nights\n\n\\- more beds\n\\- two lifts\n") == "- more beds\n- two lifts"
    assert (
        text_of("# Nights\n\nThey asked for:\n\n– more beds\n– two lifts\n")
        == "They asked for:\n- more beds\n- two lifts"
    )


def test_a_table_that_is_drawn_becomes_rows() -> None:
    grid = (
        "+---------+---------+\n| Group   | Invited |\n+=========+=========+\n"
        "| Night   | 210     |\n| staff   |         |\n+---------+---------+\n"
    )
    assert text_of(f"# Nights\n\n{grid}\n{paragraph(1)}\n").startswith("Group | Invited\nNight staff | 210")
    assert "+---" in text_of(f"# Nights\n\n```\n{grid}```\n\n{paragraph(1)}\n")


def test_a_raised_number_behind_a_sentence_is_no_word() -> None:
    said = text_of(f"# Nights\n\n{sentence(1)}<sup>1</sup> It has 10<sup>6</sup> beds on 4 m<sup>2</sup> of floor.\n")
    assert said == f"{sentence(1)} It has 10⁶ beds on 4 m² of floor."


def test_headings_without_a_space_are_headings() -> None:
    document = read(f"#Nights\n\n##Beds\n\n{paragraph(1)}\n\n##Lifts\n\n{paragraph(2)}\n")
    assert places(document) == ["Nights > Beds", "Nights > Lifts"]
    tagged = read(f"# Nights\n\n{paragraph(1)}\n\n#Beds #Lifts\n\n{paragraph(2)}\n")
    assert places(tagged) == ["Nights"]


@pytest.mark.parametrize(
    "front",
    [
        'layout: post\ntitle: "Safe nights"\nauthors:\n- name: Jo Smith\n  team: Ward 7\nabstract: |\n  A long text\n',
        '# for the site\ntitle: Safe nights\n"x": y\n',
    ],
)
def test_front_matter_with_lists_and_comments_is_in_no_excerpt(front: str) -> None:
    document = read(f"---\n{front}---\n{paragraph(1)}\n")
    assert document.details.title == "Safe nights"
    assert [passage.text for passage in document.passages] == [paragraph(1)]


def test_a_text_whose_only_marks_are_notes_has_its_notes_at_the_end() -> None:
    document = read(f"{sentence(1)}[^1]\n\n{paragraph(2)}[^2]\n\n[^1]: Staff survey.\n\n[^2]: *Ibid.*, page 4.\n")
    assert [(each.heading, each.text) for each in document.passages][-1] == (
        "Notes",
        "1. Staff survey.\n2. Ibid., page 4.",
    )


def test_what_a_program_marks_as_its_own_is_in_no_excerpt() -> None:
    said = text_of(
        f"# Nights\n\n$CTA\n{sentence(1)}\n$CTA\n\n%%\nAsk Jo about this.\n\nAnd Sam.\n%%\n\n{sentence(2)}\n"
    )
    assert said == f"{sentence(1)}\n\n{sentence(2)}"


SIMPLE = "  Group     Invited\n  --------- ---------\n  Nursing   210\n  Porters   40\n"
LONG = (
    "  -------------------------\n  Group     People who\n            were asked\n  --------- ---------------\n"
    "  Night     210\n  staff\n\n  Porters   40\n  -------------------------\n"
)


def test_a_table_of_columns_becomes_rows_and_no_heading() -> None:
    document = read(f"# Nights\n\n{SIMPLE}\n{paragraph(1)}\n\n{LONG}\n{paragraph(2)}\n")
    said = "\n".join(passage.text for passage in document.passages)
    assert places(document) == ["Nights"]
    for row in (
        "Group | Invited\nNursing | 210\nPorters | 40",
        "Group | People who were asked\nNight staff | 210\nPorters | 40",
    ):
        assert row in said
    assert "--" not in said


def test_dashes_of_hyphens_are_dashes_and_code_keeps_its_hyphens() -> None:
    text = "# Nights\n\nThey met -- twice---on 10--12 May, and `run --all` was said.\n"
    assert text_of(text) == "They met – twice—on 10–12 May, and run --all was said."


def test_a_list_of_contents_of_lines_that_are_links_is_in_no_excerpt() -> None:
    entries = "".join(f"[{n} Ward {n} [{n}](#w{n})](#w{n})\n\n" for n in (1, 2, 3))
    parts = "".join(f"## Ward {n}\n\n{paragraph(n)}\n\n" for n in (1, 2, 3))
    document = read(f"# Nights\n\n**CONTENTS**\n\n{entries}{parts}")
    assert places(document) == ["Nights > Ward 1", "Nights > Ward 2", "Nights > Ward 3"]


def test_a_line_of_dashes_between_texts_is_no_table() -> None:
    assert text_of(f"# Nights\n\n{sentence(1)}\n--- --- ---\n{sentence(2)}\n").replace("\n\n", " ").count("|") == 0


def test_raised_and_lowered_signs_of_pandoc_are_read() -> None:
    said = text_of(f"# Nights\n\n{sentence(1)}^1^ It has 10^6^ beds and CO~2~ meters.\n")
    assert said == f"{sentence(1)} It has 10⁶ beds and CO2 meters."
