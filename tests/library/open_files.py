"""Makes the OpenDocument texts and e-books that the tests of reading read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_NAMES = " ".join(
    f'xmlns:{short}="{_URN.format(name)}"'
    for short, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")),
        *(("fo", "xsl-fo-compatible"), ("meta", "meta"), ("svg", "svg-compatible")),
    )
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:loext="urn:org:documentfoundation:names:experimental:office"'


def pack(parts: Mapping[str, str], kind: str) -> bytes:
    """A packed folder whose first part says its kind."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"mimetype": kind, **parts}.items():
            archive.writestr(name, text)
    return out.getvalue()


def odt(body: str, *, automatic: str = "", styles: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text with this in its body, in its automatic and its named styles, and in its details."""
    style_part = f"<office:styles>{styles}</office:styles><office:master-styles>Page 1</office:master-styles>"
    parts = {
        "content.xml": f"<office:document-content {_NAMES} {_DC}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {_NAMES}>{style_part}</office:document-styles>",
        "meta.xml": f"<office:document-meta {_NAMES} {_DC}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
    }
    return pack(parts, "application/vnd.oasis.opendocument.text")


def style(name: str, properties: str = "", *, family: str = "paragraph", parent: str = "") -> str:
    """A style of an OpenDocument text."""
    said = f' style:parent-style-name="{parent}"' if parent else ""
    text = f"<style:text-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="{family}"{said}>{text}</style:style>'


def list_style(name: str, *levels: tuple[str, str, str], display: int = 1) -> str:
    """A style of lists; each level has what is before its number, its form and what is behind. No form: a bullet."""
    made = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-prefix="{prefix}" style:num-format="{form}"'
        f' style:num-suffix="{suffix}" text:display-levels="{min(level, display)}"/>'
        if form
        else f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="•"/>'
        for level, (prefix, form, suffix) in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="{name}">{made}</text:list-style>'


def listed(text: str, name: str = "L1", *, goes_on: bool = False, inner: str = "") -> str:
    """A list of one item."""
    said = ' text:continue-numbering="true"' if goes_on else ""
    return f'<text:list text:style-name="{name}"{said}><text:list-item>{p(text)}{inner}</text:list-item></text:list>'


def p(text: str, name: str = "Standard") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{name}">{text}</text:p>'


def h(text: str, level: int = 1) -> str:
    """A heading."""
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{text}</text:h>'


def epub(chapters: Mapping[str, str], *, about: str = "", encryption: str = "") -> bytes:
    """An e-book of these pages, in this order; one that is called nav.xhtml is its list of contents."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"'
        + (' properties="nav"/>' if name == "nav.xhtml" else "/>")
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{about}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    where = '<rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles>'
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{}</body></html>'
    )
    parts = {
        "META-INF/container.xml": f'<container xmlns="{_URN.format("container")[:-4]}">{where}</container>',
        **({"META-INF/encryption.xml": encryption} if encryption else {}),
        "OEBPS/content.opf": package,
        **{f"OEBPS/{name}": page.format(text) for name, text in chapters.items()},
    }
    return pack(parts, "application/epub+zip")
