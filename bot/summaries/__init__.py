"""Summaries that people can check: pure rules over threads; no Discord, no SQL, no clock, nothing downloaded."""

from __future__ import annotations

from bot.models.grouping import Grouping
from bot.models.summaries import Summary, SummaryOptions
from bot.models.threads import Thread
from bot.summaries.io.codec import summary_from_json, summary_to_json
from bot.summaries.lifecycle.deletions import remove_messages
from bot.summaries.proof.check import check_summary

__all__ = ["check_summary", "find_model_name", "remove_messages", "summarise", "summary_from_json", "summary_to_json"]

DEFAULT_OPTIONS = SummaryOptions()


def summarise(thread: Thread, options: SummaryOptions = DEFAULT_OPTIONS, grouping: Grouping | None = None) -> Summary:
    """Summarise a thread: up to ``max_points`` key points with their people, questions, running text, coverage.

    ``grouping`` is how a language model sorted the thread's statements, proved. Its points take the place of the
    engine's draft groups; nothing that is counted or quoted comes from it.

    Pure and deterministic: the same thread gives the same summary. Every statement, quote, question and line of the
    running text is verbatim in a message. numpy is loaded at the first call, not before.
    """
    from bot.summaries.engine import summariser

    return summariser.summarise(thread, options, grouping)


def find_model_name(directory: str) -> str:
    """Name the model in a folder, after it encoded a first text. Raises ModelError if it cannot be used.

    What runs a model is loaded at the first call, and by nobody who uses none.
    """
    from bot.summaries.engine.semantic import load_encoder

    return load_encoder(directory).name
