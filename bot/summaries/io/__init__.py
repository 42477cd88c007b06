"""Summaries and threads in and out: JSON, chat exports, stored replies, and the stored form."""
