"""Read Markdown as people write it and programs convert it: with notes, bold headings and lines cut at a width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.library.blocks import Block, Content
from bot.library.metadata import year_in
from bot.library.readers.contents import drop_linked_contents, tidy_blocks
from bot.library.readers.headings import could_be_heading
from bot.library.readers.markdown_dialects import FENCE, join_pages, plain_line, plain_lines, write_grids
from bot.library.readers.markup import NOTES_HEADING, blocks_and_links
from bot.library.readers.text import join_broken_words, join_cut_lines
from bot.library.title_page import is_organisation
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

_FRONT = re.compile(
    r"\A\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<fields>(?:[ \t\w#\[\]{}\x22'|>-].*\n|\n){1,60}?)"
    r"(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)"
)
_FIELD = re.compile(r"^(\w+)[ \t]*[:=][ \t]*(\S.*)$", re.MULTILINE)
_DASH = re.compile(r"[ \t]*[–—][ \t]+(?=\S)")
_TITLE_BLOCK = re.compile(r"\A%[ \t]+(\S.*)\n(?:%.*\n){0,2}")
_SIGN = re.compile(r"^(?P<indent>[ \t]*)(?:[•·▪◦●‣▸➢►■□❖✓✔\uf0b7\uf0a7][ \t]*|\\[-*+][ \t]+)(?=\S)")
_SECOND_SIGN = re.compile(r"^[ \t]*o[ \t]+(?=\S)")
_TYPED = re.compile(r" {0,3}(?:\(?[a-zA-Z]\)|\(?[ivx]{1,5}\)|\(\d{1,2}\)|[a-z]\.|[ivx]{1,5}\.)[ \t]+\S")
_TIGHT_HEADING = re.compile(r"^(#{1,6})(?=[A-Z\d*])", re.MULTILINE)
_SPACED_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_LINK_IN_LINK = re.compile(r"\[([^\[\]]{0,200})\[([^\[\]\s]{1,10})\]\((#[^()\s]{1,200})\)\]\(#[^()\s]{1,200}\)")
"""An entry of a list of contents and its page, as Pandoc writes them; Markdown knows no link within another."""
_CALLOUT = re.compile(r"^([ \t]*>[ \t]*)\[!(\w+)\][+-]?[ \t]*", re.MULTILINE)
_TASK = re.compile(r"^([ \t]*(?:[-*+]|\d+[.)])[ \t]+)\[([ xX])\](?=[ \t])", re.MULTILINE)
_LOOSE_STRONG = re.compile(r"(?<![*\\])\*\*([ \t]*)([^*\n]*?[^*\s])([ \t]*)\*\*(?!\*)")
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]{1,200})\]:")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,200})\](?!:)")
_STRONG_PARTS = frozenset({"strong_open", "strong_close", "em_open", "em_close", "text", "softbreak", "code_inline"})
_BREAKS = frozenset({"softbreak", "hardbreak"})
_PLAIN_LINE = re.compile(
    r"(?!\s*(?:[#>|]|[-*+][ \t]|\d{1,3}[.)][ \t]|```|~~~|<|\[\^|:[ \t]|[-*_=\s]{3,}$|\*\*[^*\n]+\*\*\s*$))\S"
)


def read_markdown(text: str) -> Content:
    """Return the blocks of a Markdown text: CommonMark with tables, notes, definitions, and what converters leave.

    Notes are at the end.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    titled = _TITLE_BLOCK.match(body)
    body = body[titled.end() :] if titled else body
    fields = {name.lower(): value.strip("\"' ") for name, value in _FIELD.findall(front["fields"])} if front else {}
    if titled:
        fields["title"] = titled[1]
    seen, _ = drop_linked_contents(*blocks_and_links(_render(body)))
    blocks = tidy_blocks([_without_marks(block) for block in seen])
    return Content(blocks, _details(fields, blocks))


def _render(body: str) -> str:
    # The parser is needed with the first Markdown file only.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    # The signs that lead back from a note are for a screen, and its list gets the heading that others have.
    parser.add_render_rule("footnote_anchor", lambda *_: "")
    parser.add_render_rule("footnote_block_open", lambda *_: f"<h1>{NOTES_HEADING}</h1><ol>")
    parser.add_render_rule("footnote_block_close", lambda *_: "</ol>")
    environment: dict[str, Any] = {}
    tokens = parser.parse(_as_commonmark(body), environment)
    rendered: str = parser.renderer.render(_with_bold_headings(tokens), parser.options, environment)
    return rendered


def _as_commonmark(body: str) -> str:
    """Write what people and converters type in the way that CommonMark knows; code stays as it is."""
    body = _LINK_IN_LINK.sub(r"[\1\2](\3)", body)
    if not _SPACED_HEADING.search(body):
        body = _TIGHT_HEADING.sub(r"\1 ", body)  # as older programs write them
    lines = write_grids(plain_lines(body.split("\n")))
    defined = [match[1] for line in lines if (match := _DEFINITION.match(line))]
    referred = set(_REFERENCE.findall("\n".join(_DEFINITION.sub("", line) for line in lines)))
    seen: set[str] = set()
    made: list[str] = []
    in_code = after_item = False
    for line in lines:
        fence = FENCE.match(line)
        in_code ^= fence is not None
        if in_code or fence:
            made.append(line)
            continue
        definition = _DEFINITION.match(line)
        if definition and (definition[1] not in referred or definition[1] in seen):
            # A note that nothing leads to, or a second one of a name, would be dropped: it is kept as text.
            line = f"\n\\[{definition[1]}\\] {line[definition.end() :].strip()}"
        elif definition and definition[1] in defined:
            seen.add(definition[1])
        made.append(_as_commonmark_line(plain_line(line), after_item=after_item))
        after_item = bool(_SIGN.match(line)) or (after_item and bool(line.strip()))
    text = _TASK.sub(
        lambda match: match[1] + ("☐" if match[2] == " " else "☑"), _with_dashes(join_pages("\n".join(made)))
    )
    text = _CALLOUT.sub(lambda match: f"{match[1]}{match[2].capitalize()}: ", text)
    return _join_cut_paragraphs(join_broken_words(text))


def _with_dashes(text: str) -> str:
    """Make items of lines that begin with a dash, where several are below each other or a lead-in is above them.

    Those that begin with a typed letter, such as "(a)", become paragraphs, which are made items later.
    """
    groups = text.strip("\n").split("\n\n")
    for place, group in enumerate(groups):
        first, *rest = group.split("\n")
        if sum(_TYPED.match(line) is not None for line in (first, *rest)) > 1:
            groups[place] = "\n".join(f"\n{line}" if _TYPED.match(line) else line for line in (first, *rest))
            continue
        is_list = len(rest) > (0 if _DASH.match(first) else 1) and all(map(_DASH.match, rest))
        if is_list and (_DASH.match(first) or first.rstrip().endswith(":")):
            groups[place] = "\n".join(_DASH.sub("- ", line, count=1) for line in (first, *rest))
    return "\n\n".join(groups)


def _as_commonmark_line(line: str, *, after_item: bool) -> str:
    line = _SIGN.sub(lambda match: f"{match['indent']}- ", line)
    if after_item:
        line = _SECOND_SIGN.sub("  - ", line)
    # Markdown doesn’t take "**Wards **" for bold text, so its stars would be seen.
    return _LOOSE_STRONG.sub(lambda match: f"{match[1]}**{match[2].lstrip()}**{match[3]}", line)


def _join_cut_paragraphs(text: str) -> str:
    """Join paragraphs of one line each that a converter cut at a width, with an empty line after every line."""
    groups = re.split(r"\n[ \t]*\n\s*?", text)
    made: list[str] = []
    run: list[str] = []
    for group in [*groups, "\n"]:
        line = group.strip("\n")
        if "\n" not in line and _PLAIN_LINE.match(line):
            run.append(line.rstrip())
            continue
        made += [*join_cut_lines(run), group]
        run = []
    return "\n\n".join(made[:-1])


def _with_bold_headings(tokens: Sequence[Any]) -> list[Any]:
    """Make headings of the paragraphs, or first lines of them, that are all bold and look like one."""
    deepest = max((int(token.tag[1:]) for token in tokens if token.type == "heading_open"), default=0)
    tag = f"h{deepest + 1}"
    made: list[Any] = []
    for index, token in enumerate(tokens):
        if token.type == "inline" and token.level == 1 and tokens[index - 1].type == "paragraph_open":
            _join_breaks(token.children)
            end = _end_of_bold_line(token.children)
            if end and _leads_on(tokens, index, whole=end == len(token.children)):
                made[-1] = _retagged(made[-1], "heading_open", tag)
                made.append(_part(token, token.children[:end]))
                made.append(_retagged(tokens[index + 1], "heading_close", tag))
                rest = token.children[end + 1 :]
                if rest:
                    made += [tokens[index - 1], _part(token, rest)]
                continue
        if token.type == "paragraph_close" and made and made[-1].type == "heading_close":
            continue
        made.append(token)
    return made


def _end_of_bold_line(children: Sequence[Any]) -> int:
    """Return how many of a paragraph's parts are its bold first line; 0 if that isn’t a heading."""
    depth = strong = end = 0
    for child in children:
        if child.type in _BREAKS and not depth:
            break
        is_word = child.type in ("text", "code_inline") and child.content.strip()
        if child.type not in _STRONG_PARTS or (is_word and not strong):
            return 0
        depth += child.nesting
        strong += child.nesting if child.type.startswith("strong") else 0
        end += 1
    words = "".join(child.content for child in children[:end]).strip()
    return end if words and could_be_heading(words) else 0


def _leads_on(tokens: Sequence[Any], index: int, *, whole: bool) -> bool:
    """Say whether something is under a bold line: the last line isn’t a heading, nor is one that leads to a list."""
    after = tokens[index + 2].type if index + 2 < len(tokens) else ""
    if whole and tokens[index].content.rstrip("* _").endswith(":") and after.endswith("list_open"):
        return False
    return not whole or any(token.type == "inline" for token in tokens[index + 1 :])


def _join_breaks(children: Sequence[Any]) -> None:
    """Turn a forced line end within a sentence into a space: a converter put it where a page's line ended."""
    for index in range(1, len(children) - 1):
        before, after = children[index - 1].content.rstrip(), children[index + 1].content.lstrip()
        if children[index].type == "hardbreak" and before and before[-1] not in ".:;!?…" and after[:1].islower():
            children[index].type, children[index].tag = "softbreak", ""


def _retagged(token: Any, kind: str, tag: str) -> Any:
    other = token.copy()
    other.type, other.tag, other.hidden = kind, tag, False
    return other


def _part(token: Any, children: Sequence[Any]) -> Any:
    other = token.copy()
    other.children = list(children)
    other.content = "".join(child.content for child in children)
    return other


def _without_marks(block: Block) -> Block:
    """Return a block without stars that no strong text took up."""
    is_marked = block.kind == "heading" or block.text.count("**") > 1
    return replace(block, text=block.text.replace("**", "") or block.text) if is_marked else block


def _details(fields: dict[str, str], blocks: tuple[Block, ...]) -> SourceDetails:
    headings = [block for block in blocks if block.kind == "heading"]
    # A highest heading is the title if it comes first.
    first = headings[0].text if headings and headings[0] is blocks[0] else ""
    author = fields.get("author", "")
    return SourceDetails(
        title=clean_line(fields.get("title", "")) or first,
        publisher=clean_line(fields.get("publisher", "") or (author if is_organisation(author) else "")),
        year=year_in(fields.get("date", "") or fields.get("year", "")),
        address=fields.get("url", "") or fields.get("canonical", ""),
        licence=clean_line(fields.get("license", "") or fields.get("licence", "")),
    )
