"""Statements that others may answer with one press, and what is counted of the presses."""
