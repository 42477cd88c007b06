"""Word files with parts, relationships and raw XML of any kind, as somebody makes them who means harm."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import quoteattr

from tests.word_files import new_word_file

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PARTS = {
    "hdr": "header",
    "ftr": "footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "settings": "settings",
    "glossaryDocument": "glossaryDocument",
}
"""The root element of each kind of part, and the relationship by which a document holds it."""


def plain() -> dict[str, bytes]:
    """The parts of a Word file that is a template as it should be."""
    out = io.BytesIO()
    new_word_file().save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def relate(parts: dict[str, bytes], kind: str, target: str, *, of: str = "word/document.xml", mode: str = "") -> str:
    """Add a relationship to a part of the file (the file itself: ``of=""``). Returns its id."""
    folder, _, name = of.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if of else "_rels/.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    known = parts.get(rels, empty)
    rel_id = f"rEvil{known.count(b'<Relationship ')}"
    kind = kind if ":" in kind else f"{OFFICE}/{kind}"
    added = f"<Relationship Id={quoteattr(rel_id)} Type={quoteattr(kind)} Target={quoteattr(target)}"
    added += f" TargetMode={quoteattr(mode)}/>" if mode else "/>"
    parts[rels] = known.replace(b"</Relationships>", added.encode() + b"</Relationships>")
    return rel_id


def add_part(parts: dict[str, bytes], kind: str, name: str, content: bytes, content_type: str) -> str:
    """Add a part that the document holds by a relationship. Returns the relationship's id."""
    override = f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>'
    types = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    parts |= {"[Content_Types].xml": types, f"word/{name}": content}
    return relate(parts, kind, name)


def with_story(inner: str, *, root: str = "hdr", name: str = "evil.xml", encoding: str = "utf-8") -> dict[str, bytes]:
    """A template with one further part: ``inner`` stands in its root, ``w`` is the namespace of Word."""
    kind = PARTS[root]
    spaces = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml"'
    text = f'<?xml version="1.0" encoding="{encoding}"?><w:{root} {spaces}>{inner}</w:{root}>'
    parts = plain()
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    if kind == "settings":  # a document has one, so it takes the place of the usual
        return parts | {"word/settings.xml": text.encode(encoding)}
    add_part(parts, kind, name, text.encode(encoding), content_type.replace("glossaryDocument", "document.glossary"))
    return parts


def field(*instructions: str, result: str = "1", tag: str = "w:instrText") -> str:
    """A complex field, its instruction cut into runs."""
    runs = "".join(f'<w:r><{tag} xml:space="preserve">{text}</{tag}></w:r>' for text in instructions)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
