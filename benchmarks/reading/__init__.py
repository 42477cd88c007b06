"""How well and how fast files are read: words, headings, places, order, time and memory."""
