"""Word files (.docx): numbers, boxes, headings by their look, and no hidden words."""
