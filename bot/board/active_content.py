"""What a Word file may not hold, since it runs or fetches something: fields, links, objects, in whichever part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.errors import UserError

if TYPE_CHECKING:
    from docx.opc.package import OpcPackage

HARMLESS_FIELDS = ("PAGE", "NUMPAGES", "STYLEREF", "DATE", "TITLE")
"""What headers and footers need. Each of these is worked out from the document and the clock alone."""
NAME = re.compile(r"\s*([A-Za-z]+)(?=[\s\\\"]|$)")
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
VML, OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
XML_KINDS = """
    officeDocument core-properties extended-properties custom-properties styles stylesWithEffects settings webSettings
    fontTable theme numbering header footer footnotes endnotes comments commentsExtended commentsIds
    commentsExtensible people glossaryDocument customXml customXmlProps bibliography classificationlabels diagramData
    diagramLayout diagramQuickStyle diagramColors diagramDrawing
"""
"""The kinds of relationship that an ordinary document has, to parts of XML. Every kind that is not named is refused."""
BINARY_KINDS = frozenset({"thumbnail", "font", "printerSettings"})
PICTURE = "image"
PRESSED = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
"""The elements whose link is followed only when a person presses it."""
PRESSABLE = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)

MACROS = "The template has macros or embedded objects. Save it as a Word document without them (.docx), then try again."
REMOTE = (
    "The template gets something from somewhere else, such as a linked picture. Put it in the file, then try again."
)
FIELD = (
    "The template has {field}. It may only have the fields PAGE, NUMPAGES, STYLEREF, DATE and TITLE. Find it in "
    "Word with Alt+F9, take it out, then try again."
)
LINK = "The template has a link that isn’t a web or e-mail address. Take it out, then try again."
FILE = "The template has another file inside it. Copy the file’s text into it instead, then try again."
MAIL_MERGE = "The template is set up for a mail merge. Switch that off in Word (Mailings), then try again."
OTHER_PART = (
    "The template has a part of the kind “{kind}”, which a paper doesn’t need. Save it again in Word, then try again."
)

REFUSED = {
    "mailMerge": MAIL_MERGE,
    "altChunk": FILE,
    "subDoc": FILE,
    "saveThroughXslt": REMOTE,
    "attachedTemplate": REMOTE,
    "object": MACROS,
    "control": MACROS,
    "entryMacro": MACROS,
    "exitMacro": MACROS,
}
"""Elements of Word's own namespace that run or fetch something without being a field."""
KINDS = {
    "aFChunk": FILE,
    "subDocument": FILE,
    "vbaProject": MACROS,
    "wordVbaData": MACROS,
    "oleObject": MACROS,
    "package": MACROS,
    "control": MACROS,
    "activeXControlBinary": MACROS,
}


def refuse_active_content(package: OpcPackage) -> None:
    """Raise UserError for the first thing that would run or fetch something when the file is opened.

    Any other error means that a part of it cannot be read.
    """
    kinds: list[tuple[Any, Any]] = [(package, relation) for relation in package.rels.values()]
    kinds += [(part, relation) for part in package.iter_parts() for relation in part.rels.values()]
    externals: dict[Any, set[str]] = {}
    targets: dict[Any, set[str]] = {}
    for source, relation in kinds:
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external:
            _refuse_external(kind, relation.target_ref)
            externals.setdefault(source, set()).add(relation.rId)
        else:
            targets.setdefault(relation.target_part, set()).add(kind)
    for part, reached in targets.items():
        _refuse_part(part, reached, externals.get(part, set()))


def _refuse_external(kind: str, address: str) -> None:
    if kind != "hyperlink":
        raise UserError(REMOTE)
    if not PRESSABLE.match(address):
        raise UserError(LINK)


def _refuse_part(part: Any, kinds: set[str], externals: set[str]) -> None:
    """Look through a part that is reached by these kinds of relationship, and has these external links."""
    xml_kinds = set(XML_KINDS.split())
    for kind in sorted(kinds - xml_kinds - BINARY_KINDS - {PICTURE}):
        shown = re.sub(r"[^A-Za-z]", "", kind)[:40]
        raise UserError(KINDS.get(kind, OTHER_PART).format(kind=shown))
    if kinds & xml_kinds:
        _refuse_xml(_parse(part.blob), externals)
    elif PICTURE in kinds and re.match(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|[\s\0])*<", part.blob):
        _refuse_drawing(_parse(part.blob))


def _parse(content: bytes) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise ValueError("a part of Word has no document type, and an entity could hide a word")
    return root


def _refuse_xml(root: Any, externals: set[str]) -> None:
    for element in root.iter("*"):
        space, name = _split(element.tag)
        if space in WORD and name in REFUSED:
            raise UserError(REFUSED[name])
        if (space, name) == (OFFICE, "OLEObject"):
            raise UserError(MACROS)
        if name == "webVideoPr" or (space == VML and _fetches_by_address(element)):
            raise UserError(REMOTE)
        for attribute, value in element.attrib.items():
            if _split(attribute)[0] in RELATION and value in externals and name not in PRESSED:
                raise UserError(REMOTE)
    for words in _instructions(root):
        named = NAME.match(words)
        if named is None or named[1].upper() not in HARMLESS_FIELDS:
            name = named[1].upper()[:40] if named else ""
            raise UserError(FIELD.format(field=f"the field {name}" if name else "a field without a name"))


def _fetches_by_address(element: Any) -> bool:
    """Say whether a drawing of the old kind names a file itself, and not by a relationship."""
    names = [_split(attribute) for attribute in element.attrib]
    return ("", "src") in names or (_split(element.tag)[1] != "shape" and (OFFICE, "href") in names)


@dataclass(slots=True)
class _Instruction:
    """The instruction of a field as it is read: by itself, and with the ordinary text between."""

    words: str = ""
    with_text: str = ""
    is_open: bool = True
    """Whether its result has not begun."""

    def end(self) -> Iterator[str]:
        """Yield both readings, once."""
        if self.is_open:
            yield from (self.with_text, self.words)
        self.is_open = False


def _instructions(root: Any) -> Iterator[str]:
    """Yield the instruction of every field of a part, its runs joined.

    Where ordinary text is part of an instruction, both readings are yielded. For a field that is part of another's
    instruction, a text without a name is yielded too: it could make any name.
    """
    fields: list[_Instruction] = []
    stray = _Instruction()
    for element in root.iter("*"):
        space, name = _split(element.tag)
        if space not in WORD:
            continue
        reading = fields[-1] if fields and fields[-1].is_open else None
        kind = _attribute(element, "fldCharType") if name == "fldChar" else ""
        if reading is not None and (name == "fldSimple" or kind == "begin"):
            yield ""
        if name == "fldSimple":
            yield _attribute(element, "instr")
        elif kind == "begin":
            fields.append(_Instruction())
        elif kind and fields:
            yield from (fields.pop() if kind == "end" else fields[-1]).end()
        _add_text(name, element.text or "", reading, stray)
    yield from (words for field in (stray, *fields) if field.is_open for words in (field.words,) if words)


def _add_text(name: str, text: str, reading: _Instruction | None, stray: _Instruction) -> None:
    if name in ("instrText", "delInstrText"):
        (reading or stray).words += text
    if name in ("instrText", "delInstrText", "t", "delText") and reading is not None:
        reading.with_text += text


def _refuse_drawing(root: Any) -> None:
    """Raise UserError where a picture in SVG names anything outside itself."""
    for element in root.iter("*"):
        if _split(element.tag)[1] in ("script", "foreignObject"):
            raise UserError(REMOTE)
        links = [value for key, value in element.attrib.items() if _split(key)[1] in ("href", "src")]
        if any(not value.strip().startswith(("#", "data:image/")) for value in links):
            raise UserError(REMOTE)
        styles = " ".join([*element.attrib.values(), element.text or ""]).casefold()
        if "@import" in styles or re.search(r"url\(\s*(?!['\"]?#)[^\s]", styles):
            raise UserError(REMOTE)


def _attribute(element: Any, name: str) -> str:
    """Return an attribute by its name, in whatever namespace; empty if there is none."""
    return next((str(value) for key, value in element.attrib.items() if _split(key)[1] == name), "")


def _split(tag: str) -> tuple[str, str]:
    """Return the namespace of a tag or an attribute, and its name."""
    space, _, name = tag.rpartition("}")
    return space[1:], name
