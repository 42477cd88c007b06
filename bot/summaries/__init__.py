"""Summaries that people can check: pure rules over threads; no Discord, no SQL, no clock, nothing downloaded."""

from __future__ import annotations

from bot.models.summaries import Summary, SummaryOptions, Thread
from bot.summaries.io.codec import summary_from_json, summary_to_json
from bot.summaries.lifecycle.deletions import without_messages
from bot.summaries.proof.check import check_summary

__all__ = ["check_summary", "summarise", "summary_from_json", "summary_to_json", "without_messages"]

DEFAULT_OPTIONS = SummaryOptions()


def summarise(thread: Thread, options: SummaryOptions = DEFAULT_OPTIONS) -> Summary:
    """What was said in a thread: up to ``max_points`` key points with their people, questions, running text, coverage.

    Pure and deterministic: the same thread gives the same summary. Every statement, quote, question and line of the
    running text is verbatim in a message. numpy is loaded at the first call, not before.
    """
    from bot.summaries.engine import summariser

    return summariser.summarise(thread, options)
