"""Read reports into sources with excerpts, suggest questions, and hold the built-in packs.

It knows no Discord and no database. The libraries that read files load with the first file.
"""

from __future__ import annotations

from bot.library.blocks import MAX_FILE_BYTES, check_size
from bot.library.packs import load_pack, pack_names
from bot.library.questions import suggest_questions
from bot.library.readers.document import read_document

__all__ = ["MAX_FILE_BYTES", "check_size", "load_pack", "pack_names", "read_document", "suggest_questions"]
