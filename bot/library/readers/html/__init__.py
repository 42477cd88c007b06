"""Web pages: what people see of them, in its order, with headings and notes."""
