"""Render pages and Markdown documents from their templates: one set-up of Jinja, one base page, one style, one policy.

A page is a single file. Its content security policy lets its own style be applied, and nothing else be run or loaded.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.text.markdown import escape_markdown
from bot.text.quotes import nest_quotes
from bot.text.words import count_people

if TYPE_CHECKING:
    from jinja2 import Environment


def render_page(name: str, **values: object) -> str:
    """Render the template ``name`` as a whole HTML file, whose values are escaped. The same values give the same text.

    The style is that of all pages and then ``name``.css. Raises jinja2.UndefinedError for a value that is missing.
    """
    style = read_style(name)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _environment().get_template(f"{name}.html").render(values, style=style, style_hash=digest)


def render_markdown(name: str, **values: object) -> str:
    """Render a Markdown template. Values are not escaped: give those that people wrote to the filter ``cell``."""
    return _environment().get_template(f"{name}.md").render(values)


@cache
def read_style(name: str) -> str:
    """Read the style of all pages and that of one kind of page, which may override it."""
    folder = files("bot.render").joinpath("templates")
    return "".join(folder.joinpath(f"{each}.css").read_text(encoding="utf-8") for each in ("base", name))


@cache
def _environment() -> Environment:
    # It is needed with the first page, and never by a bot that makes none.
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("bot.render"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(people=count_people, cell=escape_markdown, nested=nest_quotes)
    return environment
