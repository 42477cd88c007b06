"""Writes the folder for an information governance team: documents as Markdown and as pages, and tables as CSV."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.governance.facts import Facts, server_settings
from bot.governance.promises import promises, way
from bot.governance.register import Stored, register
from bot.models.settings import Contact

if TYPE_CHECKING:
    from jinja2 import Environment
    from markdown_it import MarkdownIt

NAMES = (
    "1-privacy-notice",
    "2-impact-assessment",
    "3-what-is-stored",
    "4-the-datas-way",
    "5-suppliers",
    "6-requests",
    "7-promises",
    "8-settings",
)
TO_FILL_IN = "To fill in"
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&]|(?<=^\d)[.)]|^[-+=])")
_FORMULA = ("=", "+", "-", "@")


def pack(facts: Facts) -> dict[str, bytes]:
    """Every file by its name. The same facts give the same files."""
    texts = {name: document(name, facts) for name in NAMES}
    documents = {f"{name}.md": text for name, text in texts.items()}
    pages = {f"{name}.html": page_of(text) for name, text in texts.items()}
    return {name: text.encode() for name, text in (documents | pages).items()} | _tables(facts)


def packed(facts: Facts) -> bytes:
    """The same files in one ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pack(facts).items():
            archive.writestr(zipfile.ZipInfo(f"governance/{name}"), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def document(name: str, facts: Facts) -> str:
    """One of NAMES as Markdown."""
    template = _templates().from_string(_read(f"templates/{name}.md"))
    return template.render(
        server=cell(facts.server),
        settings=facts.settings,
        made_on=facts.made_on,
        version=facts.version,
        model=_model(facts.model),
        by_hand=facts.is_by_hand,
        contact=_Contacts(facts.settings.contacts),
        register=[_filled(one, facts) for one in register()],
        way=way(),
        promises=promises(),
        server_settings=list(server_settings(facts.settings)),
        program=facts.program,
        blank=lambda what: f"**[{TO_FILL_IN}: {what}]**",
        missing=lambda what: f"**[{TO_FILL_IN}: {what}, with /setup contacts]**",
    )


class _Contacts(dict[str, str]):
    """A server's contacts by Contact's values, made harmless; those that are not set are empty."""

    def __init__(self, contacts: Mapping[str, str]) -> None:
        super().__init__({contact.value: cell(contacts.get(contact, "")) for contact in Contact})


def _model(folder: str) -> str:
    if folder:
        return f"Summaries also compare meanings with a model on the same machine ({cell(folder)})."
    return "No language model is used: summaries compare words."


def _kept(stored: Stored, facts: Facts) -> str:
    return stored.kept.format(retention_days=facts.settings.retention_days)


def _filled(stored: Stored, facts: Facts) -> dict[str, Any]:
    names = ("table", "what", "why", "seen", "personal", "columns")
    return {name: getattr(stored, name) for name in names} | {"kept": _kept(stored, facts)}


def _tables(facts: Facts) -> dict[str, bytes]:
    stored = [
        (one.table, column.name, column.meaning, column.form, one.what, one.why, _kept(one, facts), one.seen)
        for one in register()
        for column in one.columns
    ]
    head = ("table", "column", "what it holds", "in the database", "of what", "why", "how long", "who sees it")
    steps = [(step.start, step.end, step.what, step.protected) for step in way()]
    return {
        "what-is-stored.csv": _csv([head, *stored]),
        "the-datas-way.csv": _csv([("from", "to", "what", "how it is protected"), *steps]),
    }


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([f"'{text}" if text.startswith(_FORMULA) else text for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """Words on one line that Markdown shows as they were typed, also within a table."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def page_of(text: str) -> str:
    """A document as one HTML file, without scripts or anything from elsewhere."""
    style = _read("page.css")
    return (
        _templates()
        .from_string(_read("page.html"))
        .render(
            title=text.splitlines()[0].removeprefix("# ").replace("\\", ""),
            body=_parser().render(text),
            style=style,
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        )
    )


@cache
def _templates() -> Environment:
    from jinja2 import Environment, StrictUndefined

    # What people wrote is made harmless for Markdown where it is filled in; Markdown's own pages let no HTML through.
    rules = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)  # noqa: S701
    rules.filters["cell"] = cell
    return rules


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _read(name: str) -> str:
    return files("bot.governance").joinpath(name).read_text(encoding="utf-8")
