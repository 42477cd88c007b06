"""The base of all pages: one style, one policy, and words that stay words."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from jinja2 import UndefinedError

from bot.board.html import render_board_page as board_page
from bot.board.paper import make_board_paper
from bot.governance import write_documents
from bot.models.people import Choices
from bot.models.personal import PersonData
from bot.render.pages import read_style, render_markdown, render_page
from bot.subject_access.account import render_account
from bot.summaries.output.html import render_summary_page as summary_page
from tests.board.series import series_source
from tests.governance.test_governance import FACTS
from tests.summaries.papers import ordinary_paper

NOBODY = PersonData(1, 180, Choices("a"), (), {})
PAGES: dict[str, Callable[[], str]] = {
    "summary": lambda: summary_page(ordinary_paper()),
    "board_paper": lambda: board_page(make_board_paper(series_source())),
    "personal_data": lambda: render_account(NOBODY, datetime(2018, 8, 6, tzinfo=UTC), "Europe/London").decode(),
    "document": lambda: write_documents(FACTS)["1-privacy-notice.html"].decode(),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_lets_its_own_style_be_applied_and_nothing_else(name: str) -> None:
    page = PAGES[name]()
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"

    assert re.findall(r'"Content-Security-Policy" content="([^"]*)"', page) == [policy]
    assert style == [read_style(name)]
    assert style[0].startswith(read_style("summary")[:200])
    assert re.search(r"<script|<link|<iframe| style=| on\w+=|@import|url\(", page) is None


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_named_for_people_and_says_its_language(name: str) -> None:
    page = PAGES[name]()

    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert re.findall(r"<title>([^<]+)</title>", page)
    assert page.count("<h1") == page.count("<main") == 1
    assert page.rstrip().endswith("</html>")


def test_only_documents_that_may_be_published_can_be_found_by_search_engines() -> None:
    hidden = {name for name, made in PAGES.items() if '<meta name="robots" content="noindex">' in made()}
    assert hidden == {"summary", "board_paper", "personal_data"}


def test_words_are_escaped_in_pages_and_a_missing_value_is_a_fault() -> None:
    page = render_page("document", title="</title><b>", body="<p>rendered before</p>")

    assert "<title>&lt;/title&gt;&lt;b&gt;</title>" in page
    assert "<p>rendered before</p>" in page
    with pytest.raises(UndefinedError, match="body"):
        render_page("document", title="none")
    with pytest.raises(UndefinedError):
        render_markdown("governance/7-promises")
