"""Summaries as use cases: made, drafted, published and kept true, sorted by a language model, verified."""
