"""Which lines are headings, and which is under which."""
