"""The page and the Markdown of a summary: what they say, that they name nobody, and that no words break them."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from markdown_it import MarkdownIt

from bot.cli.summarise import command
from bot.models.summaries import Coverage, KeyPoint, Quote, Role, Summary
from bot.summaries.output.document import Paper
from bot.summaries.output.html import render_summary_page
from bot.summaries.output.markdown import render_summary_markdown
from bot.summaries.output.paper import make_paper
from tests.examples import examples
from tests.summaries.papers import DAYS, ID, NOON, WORDING, hostile_paper, ordinary, ordinary_paper
from tests.summaries.threads import texts

VOID = {"meta", "rect", "line", "br", "hr"}


class Parts(HTMLParser):
    """The tags of a page with their attributes, and its words; it complains of a tag that is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["title"]):
            self.words += data

    def all(self, name: str) -> list[str]:
        """The values of an attribute wherever it stands."""
        return [value or "" for _, given in self.tags for key, value in given.items() if key == name]


def of(text: str) -> Summary:
    """A summary in which one text stands in every place that holds words."""
    quotes = (Quote("1", text), Quote("2", text))
    point = KeyPoint(text, quotes, 2, quotes)
    return Summary("t", "", (point,), quotes, Coverage(2, 2, 2), voices=(KeyPoint(text, quotes[:1], 1),))


def test_the_page_says_what_was_found_and_by_how_many() -> None:
    words = Parts(render_summary_page(ordinary_paper())).words
    for said in (
        "Where do you see leadership on your ward",
        "Replies from 6 August 2018 to 19 August 2018. Made on 20 August 2018.",
        "5 changes were made.",
        "36 people replied; the summary draws on 34 of them.",
        "Replies received59",
        "Left out: excluded by a facilitator2",
        "What worries them",
        "10 people: 6 wrote it, 4 said “same here”.",
        "9 people: 2 wrote it, 7 said “same here”. Checked.",
        "The program thinks these may say the same. Nobody has checked it.",
        "Facilitator’s note: Raised with the matron on 14 August.",
        "Give each new starter a mentor facilitator’s words",
        "The words of 1 person are counted but not shown.",
        "The other side: 2 people",
        "What both sides say",
        "Also raised",
        "Who decides which training is paid for",
        "The most active tenth of 60 people wrote 31 percent of the words.",
        "Similar replies were found with TF-IDF",
    ):
        assert said in words, said
    assert "two of my colleagues" not in words
    for stiff in ("possibl", "clearly", "more possibly", "that are held", "1 person said", "All replies are of"):
        assert stiff not in words.replace("No more heroes", ""), stiff


def test_what_nobody_checked_says_so() -> None:
    unchecked = make_paper(WORDING, of("We need more beds"), NOON, DAYS)
    assert "Found by the program, not checked by a person." in Parts(render_summary_page(unchecked)).words
    assert "Found by the program, not checked by a person." in render_summary_markdown(unchecked)
    assert "confirmed" not in render_summary_markdown(unchecked)


@pytest.mark.parametrize("write", [render_summary_page, render_summary_markdown])
def test_a_board_reads_confirmed_counts_and_ticked_quotes_alone(write: Callable[[Paper], str]) -> None:
    text = write(ordinary_paper(board=True))
    words = re.sub(r"<[^>]+>|\s+", " ", text)
    assert re.search(r"9 people: 2 wrote it, 7 said “same here”\.\s+Checked\.", words.replace("*", ""))
    assert "Left out: 2 points not fully checked." in text
    assert "Pair every new starter with a mentor for the first six months." in text
    for hidden in ("A mentor for each", "short staffed", "Handover", "parking", "possibly", "disagree", "reacted"):
        assert hidden not in text


@pytest.mark.parametrize("make", [ordinary_paper, partial(ordinary_paper, board=True), hostile_paper])
def test_every_link_leads_to_a_place_in_the_file_and_back(make: Callable[[], Paper]) -> None:
    parts = Parts(render_summary_page(make()))
    ids = Counter(parts.all("id"))
    links = parts.all("href")
    assert max(ids.values()) == 1
    assert links
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    assert all(name in ids for names in parts.all("aria-labelledby") for name in names.split())
    assert {f"#{name}" for name in ids if name.startswith(("use-", "quote-"))} <= set(links)


def test_headings_are_in_order_and_the_page_has_its_landmarks() -> None:
    tags = [tag for tag, _ in Parts(render_summary_page(hostile_paper())).tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(tags.count(landmark) == 1 for landmark in ("header", "nav", "main", "footer"))


@pytest.mark.parametrize("make", [ordinary_paper, hostile_paper])
def test_the_page_holds_no_script_and_asks_for_nothing(make: Callable[[], Paper]) -> None:
    text = render_summary_page(make())
    parts = Parts(text)
    assert not {tag for tag, _ in parts.tags} & {"script", "img", "link", "iframe", "object", "form", "base"}
    assert parts.all("src") == parts.all("style") == []
    assert not [name for _, given in parts.tags for name in given if name.startswith("on")]
    assert "default-src 'none'" in text
    assert not re.search(r"@import|url\(", text)


@pytest.mark.parametrize("write", [render_summary_page, render_summary_markdown])
def test_no_id_or_link_of_discord_stands_in_a_file(write: Callable[[Paper], str]) -> None:
    text = write(hostile_paper())
    assert ID[:-1] not in text
    assert "discord.com" not in text


@settings(max_examples=examples(40), deadline=None)
@given(texts.filter(bool))
def test_any_words_give_a_well_formed_page_with_the_same_tags(text: str) -> None:
    plain = [tag for tag, _ in Parts(render_summary_page(make_paper(WORDING, of("words"), NOON, DAYS))).tags]
    assert [tag for tag, _ in Parts(render_summary_page(make_paper(WORDING, of(text), NOON, DAYS))).tags] == plain


@settings(max_examples=examples(40), deadline=None)
@given(texts)
def test_any_words_stay_plain_text_in_the_markdown(text: str) -> None:
    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    plain, said = (
        renderer.render(render_summary_markdown(make_paper(WORDING, of(words), NOON, DAYS)))
        for words in ("words", text)
    )
    assert re.findall(r"</?[a-z]\w*", said) == re.findall(r"</?[a-z]\w*", plain)


def test_the_markdown_says_the_same_counts_as_the_page() -> None:
    text = render_summary_markdown(ordinary_paper())
    assert "10 people: 6 wrote it, 4 said “same here”." in text
    assert "| Replies received | 59 |" in text
    assert "Give each new starter a mentor (facilitator’s words)" in text
    assert "The other side, 2 people:" in text
    assert "- \\[18\\] " in text


def test_an_empty_summary_has_a_page() -> None:
    empty = make_paper(WORDING, Summary("t", "", (), (), Coverage(0, 0, 0)), NOON, [])
    assert "No two people raised the same thing." in Parts(render_summary_page(empty)).words
    assert "No two people raised the same thing." in render_summary_markdown(empty)


def test_words_of_one_reply_keep_their_number_wherever_they_are_used() -> None:
    made = make_paper(WORDING, of("We need more beds"), NOON, DAYS)
    assert [len(quote.places) for quote in made.quotes] == [4, 3]


@pytest.mark.parametrize("write", [render_summary_page, render_summary_markdown])
def test_what_may_be_about_one_thing_stands_together_and_has_no_number(write: Callable[[Paper], str]) -> None:
    members = (Quote("3", "The car park costs an hour", role=Role.GROUPED), Quote("4", "Fees", role=Role.GROUPED))
    alone = KeyPoint("Parking is dear", (Quote("1", "Parking is dear."),), 1, members)
    private = KeyPoint("Nights", (Quote("2", "Nights are short.", private=True),), 0, private=3)
    made = make_paper(WORDING, Summary("t", "", (private, alone), (), Coverage(5, 5, 5)), NOON, DAYS)
    words = " ".join(re.sub(r"<[^>]+>", " ", write(made).split("<main")[-1]).split())
    assert words.index("It came up in private replies.") < words.index("Also raised")
    also = words[words.rindex("Also raised") :]
    assert also.index("Parking is dear") < also.index("These may be about the same thing:") < also.index("Fees")
    assert not re.search(r"\b[234] (people|person|private)", words)
    assert "1 person" not in words


def test_the_same_summary_gives_the_same_page() -> None:
    assert render_summary_page(make_paper(WORDING, ordinary(), NOON, DAYS)) == render_summary_page(
        make_paper(WORDING, ordinary(), NOON, DAYS)
    )


def test_the_shell_prints_a_page_of_any_discussion(tmp_path: Path) -> None:
    said = [{"id": "1", "author": "a", "text": "The canteen shuts before the night shift starts."}]
    file = tmp_path / "thread.json"
    file.write_text(json.dumps({"id": "t", "prompt": "What would help?", "messages": said}))
    done = CliRunner().invoke(command, [str(file), "--html"])
    words = Parts(done.output.rstrip("\n")).words
    assert done.exit_code == 0
    assert "What would help?" in words
    assert "The canteen shuts before the night shift starts" in words
    assert "The passage we posted" not in words
