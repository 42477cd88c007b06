"""Rows under a key that is destroyed when a prompt or a check ends: what people press and write privately."""
