"""Read Word files (.docx)."""

from __future__ import annotations

import io
import re
import zipfile

from bot.errors import UserError
from bot.library.blocks import Content
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.docx_view import HEADING_STYLE, TITLE_STYLE, rewrite_as_seen
from bot.library.readers.file_type import DAMAGED
from bot.library.readers.markup import LOWEST_HEADING, NOTES_HEADING, blocks_of_html
from bot.library.readers.packed import BROKEN, open_packed, read_field, read_part
from bot.models.library import SourceDetails

# Word's lists of contents are for pages that excerpts do not have; its titles are headings that mammoth takes for text.
STYLES = f"""
p.{TITLE_STYLE} => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='TOC Heading'] => !
p[style-name='table of figures'] => !
""" + "\n".join(f"p.{HEADING_STYLE.format(level)} => h{level}:fresh" for level in range(1, LOWEST_HEADING + 1))
_BACK_LINK = re.compile(r'<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>')
_NOTES = re.compile(r'<ol>(?=<li id="(?:foot|end)note-)')


def read_docx(data: bytes) -> Content:
    """Return the blocks of a Word file.

    Its footnotes are at the end. Raises UserError for a bomb or a damaged file.
    """
    # It is needed with the first Word file only.
    import mammoth

    try:
        with open_packed(data) as archive:
            details = _details(archive)
            seen = rewrite_as_seen(archive)
        html: str = mammoth.convert_to_html(
            io.BytesIO(seen), style_map=STYLES, convert_image=mammoth.images.img_element(lambda _image: {})
        ).value
    except BROKEN:
        raise UserError(DAMAGED) from None
    html = _NOTES.sub(f"<h1>{NOTES_HEADING}</h1><ol>", _BACK_LINK.sub("", html), count=1)
    return Content(tidy_blocks(blocks_of_html(html)), details)


def _details(archive: zipfile.ZipFile) -> SourceDetails:
    core, app = read_part(archive, "docProps/core.xml"), read_part(archive, "docProps/app.xml")
    named = (read_field(core, "publisher"), read_field(app, "Company"), read_field(core, "creator"))  # none is certain
    return SourceDetails(title=read_field(core, "title"), publisher=next(filter(None, named), ""))
