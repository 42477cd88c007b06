"""A board paper as a Word file: its body, its annex, tables, and what python-docx has no words for."""
