"""Tries a model of sentence vectors; it loads nothing heavy by itself, so that the bot can send it to the worker."""

from __future__ import annotations


def name_of_model(directory: str) -> str:
    """The name of the model in a folder, after it encoded a first text. Raises ModelError where it cannot be used."""
    from bot.summaries.semantic import encoder_in

    return encoder_in(directory).name
