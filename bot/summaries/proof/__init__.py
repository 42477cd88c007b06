"""Proof of a summary against the stored replies. It never imports the engine whose work it checks."""
