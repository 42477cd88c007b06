"""A page's letters, made into lines: their places, their words, and the signs before items."""
