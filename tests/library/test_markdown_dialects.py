"""Markdown of Obsidian, MkDocs, MyST, Pandoc, Hugo and of converters: what only they show is left out, no word else."""

from __future__ import annotations

import pytest

from tests.library.documents import paragraph, sentence
from tests.library.test_markdown import places, read, words_of


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        (
            "As [[Rota policy|the policy]] and [[Handover]] say, it is hard.",
            "As the policy and Handover say, it is hard.",
        ),
        ("It is ==very== hard. %%Ask Jane%%", "It is very hard."),
        ("It is hard. ^block1", "It is hard."),
        ("It is hard :smile: at 10:30:15, as :hospital: said: no.", "It is hard at 10:30:15, as said: no."),
        ("It is {term}`hard` for [small]{.smallcaps} teams.{: .lead }", "It is hard for small teams."),
        ("It {{< icon x >}}is hard.{% include x %}", "It is hard."),
        ("So **“hard”**it is, **not** 2*3.", "So “hard”it is, not 2*3."),
        ("It is hard where a=={b} is.", "It is hard where a=={b} is."),
        ("{hard}", "{hard}"),
    ],
)
def test_signs_of_one_program_are_no_words(typed: str, seen: str) -> None:
    assert words_of(read(f"# Rest\n\n{typed}\n")) == seen


@pytest.mark.parametrize(
    "line",
    [
        *("![[photo.png]]", "Page 3 of 20", "page 3", "3 / 20", "{4}----------------", "(target)=", "+++", ":::"),
        *("[TOC]", "[[_TOC_]]", "\\newpage", "import Tabs from '@theme/Tabs';", "{% include note.html %}"),
    ],
)
def test_lines_that_are_for_a_program_are_left_out(line: str) -> None:
    assert words_of(read(f"# Rest\n\n{sentence(1)}\n\n{line}\n\n{sentence(2)}\n")) == f"{sentence(1)}\n\n{sentence(2)}"


@pytest.mark.parametrize(
    ("start", "end", "indent"),
    [
        ("```{note}\n:class: tip", "```", ""),
        (":::{admonition} A case\n:class: tip", ":::", ""),
        (":::note A case", ":::", ""),
        ('::: {.callout-note title="A case"}', ":::", ""),
        ('!!! note "A case"\n', "", "    "),
        ("??? question\n", "", "    "),
        ('=== "A case"\n', "", "    "),
    ],
)
def test_a_box_is_read_as_text_under_its_title(start: str, end: str, indent: str) -> None:
    inside = f"{indent}{sentence(1)}\n\n{indent}- {sentence(2)}"
    said = words_of(read(f"# Rest\n\n{start}\n{inside}\n{end}\n\n{sentence(3)}\n"))
    lines = [line for line in said.split("\n") if line]
    assert lines[-3:] == [sentence(1), f"- {sentence(2)}", sentence(3)]
    assert lines[:-3] == (["A case"] if "A case" in start and "title=" not in start else [])


def test_code_with_a_name_is_no_box_and_a_short_underline_is_a_heading() -> None:
    document = read(f"Rest\n===\n\n{sentence(1)}\n\n```{{python}}\nprint('x')\n```\n\n{sentence(2)}\n")
    assert places(document) == ["Rest"]
    assert "print('x')" in words_of(document)


def test_a_title_block_gives_the_title() -> None:
    document = read(f"% Nights on wards\n% The Rota Group\n% May 2024\n\n# Rest\n\n{paragraph(1)}\n")
    assert document.details.title == "Nights on wards"
    assert words_of(document) == paragraph(1)


def test_marks_of_a_heading_and_its_link_to_itself_are_no_words() -> None:
    document = read(f'# Rest [¶](#rest "Permanent link") {{ #rest .big }}\n\n{paragraph(1)}\n')
    assert places(document) == ["Rest"]


def test_a_list_of_contents_of_links_or_with_pages_is_left_out() -> None:
    links = "## Table of contents\n\n- [Boards](#boards)\n  - [Who](#who)\n- [Wards](#wards)\n"
    pages = "# Contents\n\nBoards ........ 3\nWho sits there . . . . . 4\nWards ........ 5\n"
    for listed in (links, pages):
        document = read(f"{listed}\n# Boards\n\n- [The survey](http://x.org)\n\n{paragraph(1)}\n")
        assert places(document) == ["Boards"]
        assert words_of(document) == f"- The survey\n\n{paragraph(1)}"


def test_a_bold_line_with_a_colon_is_a_place_unless_it_leads_to_a_list() -> None:
    document = read(f"**What we heard:**\n\n{paragraph(1)}\n\n**We ask for:**\n\n- {sentence(2)}\n- {sentence(3)}\n")
    assert places(document) == ["What we heard"]
    assert "We ask for:" in words_of(document)


def test_the_caption_of_a_figure_is_no_place() -> None:
    document = read(f"# Rest\n\n{paragraph(1)}\n\n**Figure 3: Who answered**\n\n{paragraph(2)}\n")
    assert places(document) == ["Rest"]


@pytest.mark.parametrize(
    "between", ["{4}------------", "Page 3 of 20", "<!-- PageBreak -->", "![](_page_4_Picture_2.jpeg)\n\n{4}---------"]
)
def test_a_sentence_that_the_end_of_a_page_cut_is_whole(between: str) -> None:
    said = words_of(
        read(f"# Rest\n\nThe ward knew of it, and\n\n{between}\n\nnobody told. So\n\n{between}\n\nWards wait.\n")
    )
    assert said == "The ward knew of it, and nobody told. So\n\nWards wait."
