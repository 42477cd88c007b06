"""Replies as use cases: sent by form or privately, read for summaries, quoted, withdrawn."""
