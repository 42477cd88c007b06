"""Read a file of any kind that the library takes into a document. Slow and hungry: the worker process runs it."""

from __future__ import annotations

import hashlib

from bot.errors import UserError
from bot.library.blocks import MAX_CHARACTERS, Content, check_size
from bot.library.excerpts import make_excerpts
from bot.library.metadata import fit_details
from bot.library.readers.encoding import decode
from bot.library.readers.file_type import Form, form_of
from bot.models.library import Document, TextFormat

TOO_DEEP = "The file has too many tables or lists inside one another. Save it as PDF, then try again."
NO_TEXT = "There’s no text in the file that the bot can read. Choose another file."

FORMATS: dict[Form, TextFormat] = {
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "epub": "epub",
    "mhtml": "html",
    "html": "html",
    "transcript": "text",
    "markdown": "markdown",
    "text": "text",
}


def read_document(data: bytes, filename: str) -> Document:
    """Return the document in a file's bytes: what it says about itself, and its passages in order.

    The content decides the kind; ``filename`` is only used as a title if there is none. Raises UserError for a
    file that is empty, too large, locked, damaged, without text or of another kind.
    """
    check_size(len(data))
    form = form_of(data)
    try:
        content = _read(data, form)
    except RecursionError:  # of whatever library reads it: no report has so many tables or lists within one another
        raise UserError(TOO_DEEP) from None
    if sum(len(block.text) for block in content.blocks) > MAX_CHARACTERS:
        raise UserError(f"The file has more than {MAX_CHARACTERS:,} characters of text. Split it, then try again.")
    passages = make_excerpts(content.blocks)
    if not passages:
        raise UserError(NO_TEXT)
    details, missing = fit_details(content.details, content.blocks, filename, form)
    return Document(
        details=details,
        passages=passages,
        digest=hashlib.sha256(data).hexdigest(),
        format=FORMATS[form],
        pages=content.pages,
        missing=missing,
    )


def _read(data: bytes, form: Form) -> Content:
    """Return each reader loads with the first file of its kind, for the libraries that it needs."""
    match form:
        case "pdf":
            from bot.library.readers.pdf.document import read_pdf

            return read_pdf(data)
        case "docx":
            from bot.library.readers.docx.document import read_docx

            return read_docx(data)
        case "odt":
            from bot.library.readers.odt.document import read_odt

            return read_odt(data)
        case "epub":
            from bot.library.readers.epub import read_epub

            return read_epub(data)
        case "html":
            from bot.library.readers.html.document import read_html

            return read_html(decode(data))
        case "mhtml":
            from bot.library.readers.html.document import read_mhtml

            return read_mhtml(data)
        case "transcript":
            from bot.library.readers.transcript import read_transcript

            return read_transcript(decode(data))
        case "markdown":
            from bot.library.readers.markdown import read_markdown

            return read_markdown(decode(data))
        case "text":
            from bot.library.readers.text import read_text

            return read_text(decode(data))
