"""Write the folder for an information governance team: documents as Markdown and as pages, and tables as CSV."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import cycle, pairwise, takewhile
from typing import TYPE_CHECKING, Any

from bot.governance.facts import Facts, LanguageModelFacts, server_settings
from bot.governance.register import Step, StoredTable, read_data_flows, read_promises, read_register
from bot.models.settings import Contact
from bot.render.pages import render_markdown, render_page
from bot.text.markdown import escape_markdown
from bot.text.spreadsheet import write_csv

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NAMES = (
    "1-privacy-notice",
    "2-impact-assessment",
    "3-what-is-stored",
    "4-data-flows",
    "5-suppliers",
    "6-requests",
    "7-promises",
    "8-settings",
    "9-record-of-processing",
    "10-if-data-is-breached",
    "11-standards",
)
TO_FILL_IN = "To fill in"


def write_documents(facts: Facts) -> dict[str, bytes]:
    """Write every file, by its name. The same facts give the same files."""
    texts = {name: render_document(name, facts) for name in NAMES}
    documents = {f"{name}.md": text for name, text in texts.items()}
    pages = {f"{name}.html": render_document_page(text) for name, text in texts.items()}
    return {name: text.encode() for name, text in (documents | pages).items()} | _tables(facts)


def write_zip(facts: Facts) -> bytes:
    """Write the same files into one ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in write_documents(facts).items():
            archive.writestr(zipfile.ZipInfo(f"governance/{name}"), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def render_document(name: str, facts: Facts) -> str:
    """Fill in one of NAMES, as Markdown."""
    return render_markdown(
        f"governance/{name}",
        server=escape_markdown(facts.server),
        organisation=escape_markdown(_name_organisation(facts)),
        settings=facts.settings,
        made_on=facts.made_on,
        version=facts.version,
        model=_model(facts),
        language_model=_escape_language_model(facts.language_model),
        by_hand=facts.is_by_hand,
        contact=_Contacts(facts.settings.contacts),
        register=[_fill_in(stored, facts) for stored in read_register()],
        data_flows=_list_data_flows(facts),
        promises=read_promises(),
        server_settings=list(server_settings(facts.settings)),
        program=facts.program,
        is_on_server=facts.is_on_server,
        has_key_server=facts.has_key_server,
        blank=lambda what: f"**[{TO_FILL_IN}: {what}]**",
        missing=lambda what: f"**[{TO_FILL_IN}: {what}, with /setup]**",
    )


def _name_organisation(facts: Facts) -> str:
    """Return the organisation's name, which opens the data controller's contact; without it, the server's name."""
    return facts.settings.contacts.get(Contact.CONTROLLER, "").partition(",")[0].strip() or facts.server


class _Contacts(dict[str, str]):
    """A server's contacts, escaped, by Contact's values. A contact that is not set is empty."""

    def __init__(self, contacts: Mapping[str, str]) -> None:
        super().__init__({contact.value: escape_markdown(contacts.get(contact, "")) for contact in Contact})


def _model(facts: Facts) -> str:
    folder, used = facts.model, _escape_language_model(facts.language_model)
    compares = f"Summaries also compare meanings, with a model on the same machine ({escape_markdown(folder)})."
    if used is None:
        return compares if folder else "No language model is used: summaries compare words."
    groups = (
        f"A language model ({used.name}), run by {used.run_by} at {used.host}, groups replies, also across weeks, and "
        "names the groups. It counts nothing, and writes nothing in a summary. It also drafts questions to "
        "passages of reports, if facilitators ask. The program checks what it answers."
    )
    return f"{compares} {groups}" if folder else groups


def _escape_language_model(used: LanguageModelFacts | None) -> LanguageModelFacts | None:
    if used is None:
        return None
    return replace(
        used, name=escape_markdown(used.name), host=escape_markdown(used.host), run_by=escape_markdown(used.run_by)
    )


def _list_data_flows(facts: Facts) -> list[Step]:
    """List the data flows; what goes to a language model, and comes back, only where one is used."""
    used = facts.language_model
    named = {"host": used.host, "run_by": used.run_by} if used is not None else {}
    flows = [
        step
        for step in read_data_flows(facts.is_on_server, facts.has_key_server)
        if used is not None or not step.by_model
    ]
    return [replace(step, start=step.start.format(**named), end=step.end.format(**named)) for step in flows]


def _format_period(stored: StoredTable, facts: Facts) -> str:
    return stored.kept.format(retention_days=facts.settings.retention_days)


def _fill_in(stored: StoredTable, facts: Facts) -> dict[str, Any]:
    names = ("table", "what", "why", "seen", "personal", "columns")
    return {name: getattr(stored, name) for name in names} | {"kept": _format_period(stored, facts)}


def _tables(facts: Facts) -> dict[str, bytes]:
    stored = [
        (
            table.table,
            column.name,
            column.meaning,
            column.form,
            table.what,
            table.why,
            _format_period(table, facts),
            table.seen,
        )
        for table in read_register()
        for column in table.columns
    ]
    head = ("table", "column", "what it holds", "in the database", "part of", "why", "how long", "who sees it")
    steps = [(step.start, step.end, step.what, step.protected) for step in _list_data_flows(facts)]
    return {
        "what-is-stored.csv": write_csv([head, *stored]),
        "data-flows.csv": write_csv([("from", "to", "what", "how it is protected"), *steps]),
    }


def render_document_page(text: str) -> str:
    """Render a document as one HTML file, without scripts or anything from elsewhere."""
    title = text.splitlines()[0].removeprefix("# ").replace("\\", "")
    return render_page("document", title=title, body=_parser().render(text))


TABLE = 'aria-label="A table, which scrolls sideways where it is wide"'
BESIDE, MOST_COLUMNS = 2, 4
"""How many columns fit beside each other on a phone, and how many a table has at most that is not wide.

Up to the second number, a phone shows the cells of a row below each other, each with its column's name. With more, a
table scrolls by itself, also by the keyboard, and the page does not.
"""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _open_table(_: object, tokens: Sequence[Token], index: int, __: object, env: MutableMapping[str, Any]) -> str:
    table = list(takewhile(lambda token: token.type != "table_close", tokens[index:]))
    names = [after.content for token, after in pairwise(table) if token.type == "th_open"]
    env["wide"] = len(names) > MOST_COLUMNS
    if env["wide"]:
        return f'<div class="scrolls" role="group" tabindex="0" {TABLE}>\n<table>\n'
    if len(names) <= BESIDE:
        return "<table>\n"
    for cell, name in zip((token for token in table if token.type == "td_open"), cycle(names), strict=False):
        cell.attrSet("data-label", name)
    return '<table class="stacks">\n'


def _close_table(_: object, __: object, ___: int, ____: object, env: MutableMapping[str, Any]) -> str:
    return "</table>\n</div>\n" if env["wide"] else "</table>\n"
