"""A summary written down: one document model, then HTML, Markdown, plain text, pictures and tables."""
