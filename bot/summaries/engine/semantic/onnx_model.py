"""A model of any kind in an ONNX file, run by onnxruntime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.errors import ModelError
from bot.summaries.engine.semantic.folder import LIBRARIES, NOT_INSTALLED, UNREADABLE, UNSUITED

Weights = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

SHORT_OF_MEMORY = ("bad_alloc", "Failed to allocate memory")
INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


class OnnxModel:
    """Called with numbers of pieces, it gives their vectors."""

    def __init__(self, path: Path) -> None:
        """Raises ModelError if onnxruntime is missing, the file broken, or the model of another kind."""
        try:
            import onnxruntime
        except ImportError:
            raise ModelError(NOT_INSTALLED.format(packages=LIBRARIES)) from None
        onnxruntime.disable_telemetry_events()  # some builds for Windows would report to their maker
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), _options(onnxruntime), providers=["CPUExecutionProvider"]
            )
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - its errors have no common class of their own
            _raise_if_short_of_memory(error)
            raise ModelError(UNREADABLE.format(file=path.name)) from None
        self._inputs = {each.name for each in self._session.get_inputs()}
        outputs = [each for each in self._session.get_outputs() if len(each.shape) == 3]
        if not outputs or "input_ids" not in self._inputs or not self._inputs <= INPUTS:
            raise ModelError(UNSUITED.format(fault="doesn’t take texts and give vectors of their words"))
        self._output = outputs[0].name

    def __call__(self, ids: Integers) -> Weights:
        """Return the vectors of texts of one length: numbers of shape (texts, length) in, (texts, length, d) out."""
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        try:
            (values,) = self._session.run([self._output], {name: given[name] for name in self._inputs})
        except Exception as error:
            _raise_if_short_of_memory(error)
            raise
        return np.asarray(values, np.float32)


def _raise_if_short_of_memory(error: Exception) -> None:
    """Raise MemoryError where onnxruntime ran out of memory, which it says only in words."""
    if any(words in str(error) for words in SHORT_OF_MEMORY):
        raise MemoryError from None


def _options(onnxruntime: object) -> object:
    """Return one thread and no store of memory of its own: the worker's memory is limited."""
    options = onnxruntime.SessionOptions()  # type: ignore[attr-defined]
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4  # a fault is raised; the library need not print it as well
    return options
