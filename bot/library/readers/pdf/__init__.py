"""The reader of PDF files, from the lines on a page to headings, paragraphs and notes."""
