"""How good summaries are, measured on public data with human references, beside simple methods in the same run."""
