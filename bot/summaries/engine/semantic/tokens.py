"""Cut texts into the numbered pieces of words that a model knows, with the library tokenizers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import ModelError
from bot.summaries.engine.semantic.folder import INCOMPLETE, LIBRARIES, NOT_INSTALLED, UNREADABLE, ModelFolder
from bot.summaries.engine.sentence_vectors import PIECES

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

FILES = ("tokenizer.json", "vocab.txt")


class Tokens:
    """A model's own way to cut texts. Long texts are cut off at the model's greatest length.

    A model alone, in a folder that describes nothing, is taken to have the English vocabulary of BERT and MiniLM, which
    the program carries.
    """

    def __init__(self, folder: ModelFolder) -> None:
        """Raises ModelError if the folder has no tokenizer, or a broken one."""
        path = folder.file(*FILES) or (None if folder.config else PIECES)
        if path is None:
            raise ModelError(INCOMPLETE.format(file=FILES[0]))
        self._tokenizer = _tokenizer(path, folder)
        # Some folders ask to fill every text up to a fixed length, which would only cost time.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=folder.max_tokens)

    @property
    def size(self) -> int:
        """How many different pieces there are."""
        return self._tokenizer.get_vocab_size()

    def ids(self, text: str) -> tuple[int, ...]:
        """Return the numbers of a text's pieces, with the marks of its beginning and end."""
        # One by one: in batches the library would start a thread a core, each of which reserves memory.
        return tuple(self._tokenizer.encode(text.encode("utf-8", "replace").decode()).ids)


def _tokenizer(path: Path, folder: ModelFolder) -> Tokenizer:
    try:
        from tokenizers import BertWordPieceTokenizer, Tokenizer
    except ImportError:
        raise ModelError(NOT_INSTALLED.format(packages=LIBRARIES)) from None
    try:
        if path.name == "tokenizer.json":
            return Tokenizer.from_str(path.read_text(encoding="utf-8"))
        # The Tokenizer inside, which knows its marks; it reads the file itself, and asks for nothing else.
        lowercase = folder.tokenizer.get("do_lower_case") is not False
        inner: Tokenizer = BertWordPieceTokenizer(str(path), lowercase=lowercase)._tokenizer
        return inner
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the library raises plain Exceptions for every fault of a file
        raise ModelError(UNREADABLE.format(file=path.name)) from None
