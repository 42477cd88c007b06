"""Outcomes: which points of published summaries are answered, what is overdue, and who may be named as owner."""
